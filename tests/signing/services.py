"""What a certificate authority runs beside its keys, on loopback: time stamps and revocation lists over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from tests.signing.authority import Authority, key

TSA = "Dịch vụ dấu thời gian thử"


@dataclass
class Services:
    """`url` + "/tsa" and "/crl"; turn either off to see what happens without."""

    url: str = ""
    authority: Authority | None = None
    stamps: bool = True
    lists: bool = True
    asked: list[str] = field(default_factory=list)


@contextmanager
def running() -> Iterator[Services]:
    """The services of an authority whose certificates name them."""
    services = Services()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(services))
    services.url = f"http://127.0.0.1:{server.server_port}"
    services.authority = Authority("Cơ quan chứng thực có dịch vụ", crl_url=f"{services.url}/crl")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(services: Services) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            services.asked.append("crl")
            self._answer(services.lists, "application/pkix-crl", lambda: services.authority.crl())

        def do_POST(self) -> None:
            services.asked.append("tsa")
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(
                services.stamps, "application/timestamp-reply", lambda: _stamp(services.authority, body)
            )

        def _answer(self, works: bool, kind: str, made) -> None:
            self.send_response(200 if works else 503)
            self.send_header("Content-Type", kind if works else "text/plain")
            self.end_headers()
            self.wfile.write(made() if works else b"closed")

        def log_message(self, *args: object) -> None:
            """Quiet."""

    return Handler


def _stamp(authority: Authority, request: bytes) -> bytes:
    certificate = asn1.Certificate.load(authority.issue(TSA, stamps_time=True).public_bytes(Encoding.DER))
    secret = key(TSA).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(certificate, keys.PrivateKeyInfo.load(secret))
    return stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()
