"""Text of the repository: composed Vietnamese, no script or style inside templates, static files that exist."""

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines

from config.management.commands.prepare import UNUSED

ROOT = Path(settings.BASE_DIR)
BINARY = {".mo", ".png", ".jpg", ".ico", ".woff2", ".docx", ".pdf", ".zip", ".gz"}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def tracked() -> list[Path]:
    """The repository's text files: tracked, or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    paths = [ROOT / name for name in names if name]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_text_is_composed_utf8():
    paths = tracked()
    assert len(paths) > 40
    wrong = [name_of(path) for path in paths if not unicodedata.is_normalized("NFC", path.read_text("utf-8"))]
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_hold_no_script_style_or_handler(path):
    """The policy forbids them, so a browser would drop them in silence."""
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"\b(?:src|href)=[\"'](?:https?:)?//", text), (
        "files come from packages, not from outside"
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_compile(path):
    engines["django"].get_template(str(path.relative_to(ROOT / "templates")))


def test_static_files_named_in_templates_are_collected():
    named = {
        name for path in TEMPLATES for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", path.read_text())
    }
    assert "bootstrap/css/bootstrap.min.css" in named
    for name in sorted(named):
        assert finders.find(name), f"{name} is in no package and not in static/"
        assert not any(Path(name).match(pattern) for pattern in UNUSED), f"{name} is left out by prepare"


def test_the_root_holds_only_what_belongs_there():
    allowed = {"manage.py", "README.md", "requirements.txt", "pyproject.toml", "Makefile"}
    allowed |= {"config", "reports", "campaigns", "templates", "static", "tests", ".ci", ".gitignore"}
    assert {name_of(path).split("/")[0] for path in tracked()} <= allowed
