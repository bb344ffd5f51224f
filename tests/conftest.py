"""What every test shares: an offline browser, private files, and no test passed over in silence."""

import ipaddress
import os
import pathlib
import socket
from collections.abc import Callable, Generator, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings

from campaigns import triggers

# Sync playwright runs an event loop in the test's thread; Django's ORM must not refuse it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The same generated examples every time; HYPOTHESIS_PROFILE=explore looks for new ones.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis_settings.register_profile("explore", derandomize=False, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# Tests that walk pages and commands take most of the time: `make unit` leaves them to `make test`.
PAGES = frozenset(
    f"{folder}/test_{name}.py"
    for folder, names in {
        "campaigns": "access citing evidence grid indicators invitations papers rights settings sheets teams",
        "importing": "old_reports returned",
        "reports": "again checking demo drafting exports finding handover history home letter_form outlines output "
        "pasting quick register_pages reports requests setup steps structure",
        "sending": "api deliveries package pages public punctuality",
        "signing": "commands files pages slots",
        "checks": "frame_form",
        "": "accounts every_address invitations serving settings",
    }.items()
    for name in names.split()
)


#: Fixtures that open the database; a test without them is the same on both, and runs once.
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server", "client", "install"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    root = pathlib.Path(__file__).parent
    for item in items:
        path = item.path.relative_to(root).as_posix() if item.path.is_relative_to(root) else ""
        if (path if "/" in path else f"/{path}") in PAGES:
            item.add_marker(pytest.mark.pages)
        names = set(getattr(item, "fixturenames", ()))
        has_tables = (
            isinstance(item, pytest.Function) and item.cls and issubclass(item.cls, TransactionTestCase)
        )
        if not (has_tables or item.get_closest_marker("django_db") or names & DATABASE):
            item.add_marker(pytest.mark.pure)


# A skipped test proves nothing: missing tools and unmet conditions are failures here.


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped tests are failures: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        report.outcome, report.longrepr = "failed", f"skipped modules are failures: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """Refuse any connection of this process that leaves the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


# History refuses to be emptied, and the tables are emptied after each test that commits.


@pytest.fixture(scope="session", autouse=True)
def history_steps_aside_for_the_flush() -> Iterator[None]:
    flush = TransactionTestCase._fixture_teardown

    def unguarded(self: TransactionTestCase) -> None:
        triggers.drop(connection)
        try:
            flush(self)
        finally:
            triggers.create(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unguarded)
        yield


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker) -> None:
    """Tables made without migrations lack what only a migration makes."""
    if request.config.getoption("--nomigrations"):
        with django_db_blocker.unblock():
            triggers.create(connection)


# The browser: Debian's Chromium, in Vietnamese, on this machine only (fixtures of pytest-playwright, narrowed).


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return browser_context_args | {
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def context(context):
    """A browser context that fails its test on outside requests, script errors and policy violations."""
    faults: list[str] = []

    def keep_inside(route) -> None:
        host = urlsplit(route.request.url).hostname
        if host is None or is_loopback(host):
            route.continue_()
        else:
            faults.append(f"outside request: {route.request.url}")
            route.abort()

    def note_console(message) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    context.route("**/*", keep_inside)
    context.on("console", note_console)
    context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
    yield context
    assert not faults, "\n".join(faults)


@pytest.fixture
def login_as(context, live_server) -> Callable:
    """`login_as(user)` puts the user's sitting into the browser, past the sign-in page."""

    def sign_in(user) -> None:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in
