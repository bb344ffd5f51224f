"""What `make run` starts: prepare and serve in processes of their own, over a real socket."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

pytestmark = pytest.mark.tools
EMAIL, PASSWORD = "can.bo@phuong.example", "Mat-khau-dung-2026"
ACCOUNT = (
    f"from campaigns.models import User; User.objects.create_user({EMAIL!r}, {PASSWORD!r}, full_name='A')"
)


def environment(folder: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "0123456789" * 6,
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "DEMO": "0",
        "HTTPS": "0",
        "WEB_WORKERS": "2",
        "PYTHONUNBUFFERED": "1",
    }


def manage(env: dict[str, str], *words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    result = subprocess.run(
        command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def env(tmp_path_factory) -> dict[str, str]:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = environment(tmp_path_factory.mktemp("data"), port)
    manage(env, "prepare")
    manage(env, "shell", "-v0", "-c", ACCOUNT)
    return env


@contextlib.contextmanager
def serving(env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "manage.py", "serve"]
    child = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        wait_for(lambda: get(env, "/healthz") == "ok")
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=40)


def wait_for(condition, seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if condition():
                return
        time.sleep(0.1)
    raise AssertionError("waited in vain")


def get(env: dict[str, str], path: str, opener=None) -> str:
    opener = opener or urllib.request.build_opener()
    with opener.open(f"http://127.0.0.1:{env['PORT']}{path}", timeout=10) as response:
        return response.read().decode()


def attempt(env: dict[str, str], password: str) -> str:
    """Sign in with a browser's cookies; what the answering page says."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', get(env, "/tai-khoan/login/", opener))[1]
    data = urlencode({"csrfmiddlewaretoken": token, "login": EMAIL, "password": password}).encode()
    try:
        page = (
            opener.open(f"http://127.0.0.1:{env['PORT']}/tai-khoan/login/", data, timeout=20).read().decode()
        )
    except urllib.error.HTTPError as error:  # a page after sign-in may not be there; the cookie tells
        page = error.read().decode()
    if "sessionid" in {cookie.name for cookie in jar}:
        return "in"
    return "locked" if "quá nhiều lần" in page else "wrong"


def test_prepare_a_second_time_keeps_static_files_and_data(env):
    mark = Path(env["DATA_DIR"]) / "static" / ".made-from"
    before = mark.stat().st_mtime_ns
    assert "giao diện" not in manage(env, "prepare")
    assert mark.stat().st_mtime_ns == before
    assert "1" in manage(
        env, "shell", "-v0", "-c", "from campaigns.models import User; print(User.objects.count())"
    )


def test_pages_name_hashed_static_files_that_are_served_compressed(env):
    with serving(env):
        page = get(env, "/tai-khoan/login/")
        [sheet] = re.findall(r'href="(/static/bootstrap/css/bootstrap\.min\.[0-9a-f]{12}\.css)"', page)
        request = urllib.request.Request(
            f"http://127.0.0.1:{env['PORT']}{sheet}", headers={"Accept-Encoding": "br"}
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            assert response.headers["Content-Encoding"] == "br"
            assert "immutable" in response.headers["Cache-Control"]


def test_two_web_processes_share_one_count_of_failures(env):
    with serving(env):
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: attempt(env, "sai"), range(12)))
        assert answers.count("wrong") <= 5
        assert "locked" in answers
        assert attempt(env, PASSWORD) == "locked"


def test_an_empty_installation_prints_the_code_of_its_first_account(env, tmp_path):
    empty = env | {"DATA_DIR": str(tmp_path), "WEB_WORKERS": "1"}
    manage(empty, "migrate", "-v0")
    manage(empty, "createcachetable")
    with serving(empty) as child:
        lines = iter(child.stdout.readline, "")
        code = next(line for line in lines if "mã thiết lập" in line).rpartition(": ")[2].strip()
    check = f"from config.first_day import matches; print(matches({code!r}), matches('AAAA-AAAA-AAAA'))"
    assert manage(empty, "shell", "-v0", "-c", check).split() == ["True", "False"]
    with serving(env) as child:
        announced = next(line for line in iter(child.stdout.readline, "") if "Báo cáo phường" in line)
        assert "Ctrl-C" in announced
        child.send_signal(signal.SIGTERM)
        assert "mã thiết lập" not in child.stdout.read()


def test_a_dying_web_server_ends_the_worker_too(env):
    with serving(env) as child:
        children = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(child.pid)], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        [web] = [line.split()[0] for line in children if "gunicorn" in line]
        [worker] = [line.split()[0] for line in children if "db_worker" in line]
        os.kill(int(web), signal.SIGTERM)
        assert child.wait(timeout=40) != 0
        assert not Path(f"/proc/{worker}").exists()


def test_stopping_ends_both(env):
    with serving(env) as child:
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(child.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
        assert len(children) == 2
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=40) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in children)


def test_a_busy_port_is_told_in_one_line(env):
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "manage.py", "serve"]
        result = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env=env | {"PORT": str(taken.getsockname()[1])},
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode != 0
    assert "đang bận" in result.stderr
    assert result.stderr.count("\n") == 1
