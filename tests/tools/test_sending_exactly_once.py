"""Packages from one installation to another that is killed and started again: each arrives once.

A hundred in the tests; `make bench` sends five hundred (PACKAGES=500).
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.tools
PACKAGES = int(os.environ.get("PACKAGES", "100"))
KILLS = 4
SCRIPT = Path(settings.BASE_DIR) / "tests" / "tools" / "sendings.py"


class Installation:
    """One of the two: a folder, a database and a file store of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(settings.BASE_DIR),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "0123456789" * 6,
            "DATA_DIR": str(folder),
            "DEMO": "1",
            "HTTPS": "0",
            "LOG_LEVEL": "WARNING",
            "SENDING_PAUSE": "1",
            "NO_PROXY": "127.0.0.1",
        }
        self.run(sys.executable, "manage.py", "migrate", "-v0")
        self.run(sys.executable, "manage.py", "createcachetable")

    def run(self, *command: str) -> str:
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, *words: str) -> str:
        return self.run(sys.executable, str(SCRIPT), *words).strip()

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=self.env, stdout=quiet, stderr=quiet, start_new_session=True
        )

    def serve(self) -> subprocess.Popen[bytes]:
        web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--no-control-socket", "--workers", "2"]
        return self.start(*web, "--threads", "2", "--bind", f"127.0.0.1:{self.port}", "--log-level", "error")

    def work(self) -> subprocess.Popen[bytes]:
        worker = [sys.executable, "manage.py", "db_worker", "--queue-name", "*", "--interval", "0.1"]
        return self.start(*worker, "--no-startup-delay", "--no-reload")


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end(child: subprocess.Popen[bytes]) -> None:
    """The process and those it started, at once: nothing is finished first."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


@pytest.fixture
def receiver(tmp_path) -> Installation:
    return Installation(tmp_path / "receiver", free_port())


@pytest.fixture
def sender(tmp_path) -> Installation:
    return Installation(tmp_path / "sender", 0)


@pytest.fixture
def running() -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    children: dict[str, subprocess.Popen[bytes]] = {}
    yield children
    for child in children.values():
        end(child)


def arrived(sender: Installation) -> tuple[int, int]:
    """How many the sender knows to have arrived, and how many it gave up; read beside it, to leave it its time."""
    path = Path(sender.env["DATA_DIR"]) / "db.sqlite3"
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as database:
        return database.execute("SELECT count(sent_at), count(stopped_at) FROM reports_sending").fetchone()


def test_each_arrives_once_while_receiver_and_worker_are_killed(receiver, sender, running):
    token = receiver.ask("receiver")
    sender.ask("sender", f"http://127.0.0.1:{receiver.port}", token, str(PACKAGES))
    running["web"], running["worker"] = receiver.serve(), sender.work()
    killed, seen, deadline = 0, 0, time.monotonic() + 900
    while (came := arrived(sender))[0] < PACKAGES:
        assert time.monotonic() < deadline, came
        assert came[1] == 0
        if came[0] >= seen + PACKAGES // 10 and killed < KILLS:  # some came through since the last kill
            seen, killed = came[0], killed + 1
            end(running["web"])
            if killed == KILLS:
                end(running["worker"])
                running["worker"] = sender.work()
            time.sleep(1)  # the sender meets a closed door
            running["web"] = receiver.serve()
        time.sleep(0.1)
    now = json.loads(sender.ask("sent"))
    here = json.loads(receiver.ask("arrived"))
    assert killed == KILLS
    assert (now["all"], now["arrived"], now["stopped"]) == (PACKAGES, PACKAGES, 0)
    assert now["again"] > 0
    assert here["all"] == here["keys"] == here["acts"] == here["whole"] == PACKAGES
    assert here["faults"] == 0
    assert now["numbers"] == here["numbers"]
    assert now["proofs"] == now["acts"] == PACKAGES
