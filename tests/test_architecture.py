"""The walls of the house: who imports whom, every address guarded, one writer of a status."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from reports.blocks import KINDS

ROOT = Path(settings.BASE_DIR)
OURS = ("config", "campaigns", "reports")
SOURCES = sorted(
    path
    for name in OURS
    for path in (ROOT / name).rglob("*.py")
    if "migrations" not in path.relative_to(ROOT).parts
)
PURE = [
    path
    for path in SOURCES
    if path.is_relative_to(ROOT / "reports" / "document")
    or path.is_relative_to(ROOT / "reports" / "checks")
    or path.is_relative_to(ROOT / "reports" / "importing")
    or path
    in (
        ROOT / "campaigns" / "citations.py",
        ROOT / "campaigns" / "citation_grammar.py",
        ROOT / "campaigns" / "citation_reader.py",
        ROOT / "campaigns" / "kinds.py",
        ROOT / "campaigns" / "calendar.py",
        ROOT / "campaigns" / "facts.py",
        ROOT / "reports" / "lifecycle.py",
    )
]
# Third-party engines and the only files that may import them, as globs under the root
ROOMS = {
    "weasyprint": ["reports/document/pdf.py"],
    "pydyf": ["reports/document/pdf*.py"],
    "docx": ["reports/document/docx*.py", "reports/importing/docx.py"],
    "lxml": [
        "reports/document/docx*.py",
        "reports/document/pdf*.py",
        "reports/importing/*.py",
        "reports/sending/*.py",
        "reports/blocks/prose.py",
        "reports/blocks/richtext.py",
    ],
    "pypdfium2": ["reports/document/pictures.py", "reports/document/pdf*.py", "reports/importing/pdf.py"],
    "openpyxl": ["reports/document/xlsx.py", "reports/importing/*.py", "campaigns/sheets/workbook.py"],
    "pyhanko": ["reports/signing/*.py"],
    "nh3": ["reports/blocks/*.py", "reports/forms/*.py", "reports/*.py"],
}
NAMES_OF_NOTHING = {"utils", "helpers", "common", "services", "managers", "mixins"}
# Addresses open to everyone, each with its reason
OPEN = {
    "healthz": "asked by a supervisor, tells only that the database answers",
    "account_login": "signing in",
    "account_signup": "says that sign-up is closed",
    "account_inactive": "says that an account is closed",
    "account_reset_password": "forgotten password",
    "account_reset_password_done": "forgotten password",
    "account_reset_password_from_key": "forgotten password, with the key from the mail",
    "account_reset_password_from_key_done": "forgotten password",
    "account_confirm_email": "the key from the mail",
    "account_confirm_login_code": "sign-in by mailed code, which is off: leads to sign-in",
    "account_email_verification_sent": "says that a mail was sent",
    "account_logout": "leads to sign-in when nobody is signed in",
    "signing_download": "a signing tool has no sitting: the one-time token is its leave",
    "signing_upload": "a signing tool has no sitting: the one-time token is its leave",
    "mfa_authenticate": "the second factor, before the sitting begins",
    "setup": "the first account, with the code from the server's console; closed once there is one",
    "invitation_accept": "the link of an invitation, good once: a new person has no account yet",
    "api_description": "the OpenAPI file: tells how to ask, and nothing of anybody",
    "api_packages": "another installation has no sitting: its token is its leave",
    "api_package": "another installation has no sitting: its token is its leave",
    "api_package_code": "another installation has no sitting: its token is its leave",
    "api_sending_code": "another installation has no sitting: its token is its leave",
    "mfa_trust": "whether to ask this browser again, before the sitting begins",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def imported(path: Path) -> set[str]:
    """Every module and every name imported from one, absolute, wherever in the file the import stands."""
    package = list(path.relative_to(ROOT).parent.parts)
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


def reaches(names: set[str], *modules: str) -> set[str]:
    return {name for name in names for module in modules if name == module or name.startswith(f"{module}.")}


def test_there_is_something_to_guard():
    assert len(SOURCES) > 20
    assert len(PURE) > 8


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_the_core_imports_no_framework_and_nothing_above_it(path):
    names = imported(path)
    assert not reaches(names, "django", "allauth", "django_tasks", "config")
    above = {name for name in reaches(names, "reports", "campaigns") if name.count(".")}
    allowed = (
        "reports.document",
        "reports.checks",
        "reports.importing",
        "reports.lifecycle",
        "campaigns.citation_grammar",
        "campaigns.citation_reader",
        "campaigns.citations",
        "campaigns.facts",
        "campaigns.kinds",
    )
    assert above - reaches(above, *allowed) == set()


def test_loading_the_core_does_not_load_django():
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in PURE
    ]
    code = f"import sys; [__import__(name) for name in {modules!r}]; sys.exit('django' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_lifecycle_and_writers_do_not_look_upwards():
    for path in PURE:
        if path.is_relative_to(ROOT / "reports" / "document"):
            assert not reaches(imported(path), "reports.checks", "reports.lifecycle", "campaigns"), name_of(
                path
            )


@pytest.mark.parametrize("path", [p for p in SOURCES if p.is_relative_to(ROOT / "campaigns")], ids=name_of)
def test_what_a_ward_knows_never_asks_what_it_writes(path):
    assert not reaches(imported(path), "reports")


@pytest.mark.parametrize("engine", ROOMS)
def test_engines_stay_in_their_rooms(engine):
    rooms = {path for glob in ROOMS[engine] for path in ROOT.glob(glob)}
    guests = {name_of(path) for path in SOURCES if path not in rooms and reaches(imported(path), engine)}
    assert guests == set()


def test_one_kind_of_block_never_imports_another():
    modules = {type(kind).__module__ for kind in KINDS.values()}
    assert len(modules) == len(KINDS), "each kind in a file of its own"
    for module in modules:
        names = imported(ROOT / f"{module.replace('.', '/')}.py")
        assert not reaches(names, *(modules - {module})), module


def test_models_do_not_know_views_or_forms():
    for path in SOURCES:
        if "models" in path.parts:
            names = imported(path)
            assert not reaches(
                names, "reports.views", "reports.forms", "campaigns.views", "campaigns.forms"
            ), path


def test_no_save_overrides_and_no_signals():
    for path in SOURCES:
        tree = tree_of(path)
        assert not reaches(imported(path), "django.db.models.signals", "django.dispatch"), name_of(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and "models" in path.parts:
                assert "save" not in {item.name for item in node.body if isinstance(item, ast.FunctionDef)}, (
                    node.name
                )


def test_names_are_nouns_of_the_trade():
    assert {name_of(path) for path in SOURCES if path.stem in NAMES_OF_NOTHING} == set()


def test_every_module_opens_with_a_sentence():
    bare = [name_of(p) for p in SOURCES if p.read_text().strip() and not ast.get_docstring(tree_of(p))]
    assert bare == []


def test_a_status_is_written_only_by_the_workflow():
    """A report's status: assigned, or given to update() or create(), in reports/workflow.py and nowhere else."""
    writers = set()
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            targets = node.targets if isinstance(node, ast.Assign) else []
            assigned = any(isinstance(t, ast.Attribute) and t.attr == "status" for t in targets)
            called = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("update", "update_or_create")
                and "status" in {keyword.arg for keyword in node.keywords}
            )
            if assigned or called:
                writers.add(name_of(path))
    assert writers <= {"reports/workflow.py"}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str, URLPattern]]:
    """Each pattern with its name and a concrete address, every argument filled with a plausible value."""
    for entry in resolver.url_patterns:
        route = before + fill(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield entry.name or "", route, entry


def fill(pattern) -> str:
    """An address part that the pattern matches."""
    if not hasattr(pattern, "_route"):
        return {r"^confirm-email/(?P<key>[-:\w]+)/$": "confirm-email/abc/"}.get(
            pattern._regex, "password/reset/key/1-abc/" if "uidb36" in pattern._regex else ""
        )
    text = str(pattern._route)
    values = {"IntConverter": "1", "SlugConverter": "a", "StringConverter": "a", "PathConverter": "a/b"}
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__
        value = "00000000-0000-4000-8000-000000000000" if kind == "UUIDConverter" else values[kind]
        for tag in ("int", "slug", "str", "path", "uuid"):
            text = text.replace(f"<{tag}:{name}>", value)
        text = text.replace(f"<{name}>", value)
    return text


ADDRESSES = list(addresses(get_resolver()))


def test_the_walk_of_addresses_finds_them_and_the_open_ones_exist():
    names = {name for name, _, _ in ADDRESSES}
    assert set(OPEN) <= names
    assert all(name for name, _, _ in ADDRESSES)
    assert not any(character in route for _, route, _ in ADDRESSES for character in "<>()")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_sends_a_stranger_to_sign_in(client, method):
    guarded = [(name, route) for name, route, _ in ADDRESSES if name not in OPEN]
    assert len(guarded) > 30
    answers = {name: getattr(client, method)(route) for name, route in guarded}
    let_in = {
        name: (answer.status_code, answer.get("Location"))
        for name, answer in answers.items()
        if answer.status_code != 302 or not answer["Location"].startswith("/tai-khoan/login/?next=")
    }
    assert let_in == {}
