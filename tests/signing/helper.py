"""A stand-in for the signing tool on a signer's machine: speaks its protocol over wss on loopback."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import ssl
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.signing.authority import DAY, key, subject


@dataclass
class Helper:
    """`asked` are the functions and messages it was given; `sign` makes the signed bytes, or raises to refuse."""

    sign: Callable[[str, bytes], bytes]
    url: str = ""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def work(self, function: str, message: dict[str, Any]) -> dict[str, Any]:
        """Fetches, signs and hands in, as the tool does; its answer to the page."""
        self.asked.append((function, message))
        with urllib.request.urlopen(message["FileName"], timeout=30) as fetched:
            content = fetched.read()
        try:
            signed = self.sign(function, content)
        except ValueError as error:
            return {"Status": 1, "Message": str(error)}
        sent = _hand_in(message["FileUploadHandler"], signed)
        return {
            "Status": 0 if sent["Status"] else 2,
            "Message": sent["Message"],
            "FileServer": sent["FileServer"],
        }


def _hand_in(address: str, content: bytes) -> dict[str, Any]:
    """Posts the file as a form's, without a cookie."""
    line = "signed-file-boundary"
    head = f'--{line}\r\nContent-Disposition: form-data; name="uploadfile"; filename="a.pdf"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{line}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={line}"}
    with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=60) as answer:
        told: dict[str, Any] = json.load(answer)
    return told


@contextmanager
def running(helper: Helper, folder: Path) -> Iterator[Helper]:
    """The helper on a port of its own."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    thread = threading.Thread(target=_serve, args=(loop, helper, _tls(folder), ready), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield helper
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


def _serve(
    loop: asyncio.AbstractEventLoop, helper: Helper, tls: ssl.SSLContext, ready: threading.Event
) -> None:
    async def answer(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                work = loop.run_in_executor(None, helper.work, request.path[1:], json.loads(message.data))
                await socket.send_str(json.dumps(await work))
        return socket

    async def start() -> None:
        app = web.Application()
        app.router.add_get("/{function}", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
        await site.start()
        port = runner.addresses[0][1]
        helper.url = f"wss://127.0.0.1:{port}"
        ready.set()

    asyncio.set_event_loop(loop)
    loop.run_until_complete(start())
    loop.run_forever()


def _tls(folder: Path) -> ssl.SSLContext:
    """A certificate of its own for 127.0.0.1, as such tools bring one."""
    import datetime

    now = datetime.datetime.now(datetime.UTC)
    name = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject("127.0.0.1"))
        .issuer_name(subject("127.0.0.1"))
        .public_key(key("helper").public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
        .add_extension(name, critical=False)
        .sign(key("helper"), hashes.SHA256())
    )
    path = folder / "helper.pem"
    secret = key("helper").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
