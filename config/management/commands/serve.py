"""Run the web server and the worker side by side; when one ends, or on Ctrl-C, both end."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import first_day

GRACE = 20  # seconds a child has to finish the page or the PDF it is at
CHECK_EVERY = 0.2  # seconds


class Stop(Exception):
    """A signal asked the servers to end."""


def ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def commands() -> dict[str, list[str]]:
    """The two programs by name, as argument lists."""
    web = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--no-control-socket"),
        *("--bind", f"{settings.HOST}:{settings.PORT}"),
        *("--workers", str(settings.WEB_WORKERS), "--threads", str(settings.WEB_THREADS)),
        *("--timeout", "60", "--graceful-timeout", "10", "--log-level", "warning"),
    ]
    # nice: a PDF in the making gives way to pages, which people wait for
    worker = [*("nice", "-n", "10"), sys.executable, "manage.py", "db_worker", "--queue-name", "*"]
    worker += ["--interval", "0.5"]
    return {"máy chủ web": web, "tiến trình nền": [*worker, "--no-startup-delay", "--no-reload"]}


def port_taken() -> bool:
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError:
            return True
    return False


def answering() -> bool:
    try:
        socket.create_connection((settings.HOST, settings.PORT), timeout=1).close()
    except OSError:
        return False
    return True


def stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every child to end, and end those that do not."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


class Command(BaseCommand):
    help = "Starts gunicorn and db_worker on HOST:PORT until Ctrl-C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if port_taken():
            raise CommandError(
                f"Cổng {settings.HOST}:{settings.PORT} đang bận hoặc không dùng được; thử: make run PORT=8001"
            )
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, ask_to_stop)
        children: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for name, command in commands().items():
                # A session of its own: Ctrl-C reaches only this command, which stops the children in order.
                children[name] = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)
            self.announce(children)
            self.watch(children)
        except Stop:
            self.stdout.write("\nĐang dừng…")
        finally:
            for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(name, signal.SIG_IGN)
            stop(children)

    def announce(self, children: dict[str, subprocess.Popen[bytes]]) -> None:
        while not answering():
            self.refuse_if_ended(children)
            time.sleep(CHECK_EVERY)
        self.stdout.write(f"\nBáo cáo phường: http://{settings.HOST}:{settings.PORT}/  (Ctrl-C để dừng)")
        if first_day.is_open():
            code = first_day.new_code()
            self.stdout.write(
                f"Dữ liệu ở {settings.DATA_DIR}; các lệnh sau này cũng cần DEMO=0 (ghi trong tệp .env)."
            )
            self.stdout.write(f"Chưa có tài khoản nào. Mở địa chỉ trên và nhập mã thiết lập: {code}")
        self.stdout.flush()

    def watch(self, children: dict[str, subprocess.Popen[bytes]]) -> None:
        while True:
            self.refuse_if_ended(children)
            time.sleep(CHECK_EVERY)

    def refuse_if_ended(self, children: dict[str, subprocess.Popen[bytes]]) -> None:
        for name, child in children.items():
            if child.poll() is not None:
                raise CommandError(f"{name} đã dừng (mã {child.returncode}); dừng tất cả.")
