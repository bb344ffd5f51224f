"""Files that an office suite and our own page writer made are read: the same body, line by line."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.document import docx, pdf, plain
from reports.document.nodes import words
from reports.document.numbering import resolve
from reports.importing import read
from tests.document import reference
from tests.importing.shapes import SHAPES
from tests.importing.varieties import VARIETIES
from tests.importing.word import built

pytestmark = pytest.mark.tools

ALL = {**SHAPES, **VARIETIES}
GOLDEN = Path(__file__).parents[1] / "golden" / "bao-cao-274.body.txt"
Suite = Callable[[dict[str, bytes], str], dict[str, bytes]]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """Files by name to another format, by a LibreOffice with a profile of its own."""
    profile = tmp_path_factory.mktemp("profile")

    def convert(files: dict[str, bytes], form: str) -> dict[str, bytes]:
        folder, made = tmp_path_factory.mktemp("from"), tmp_path_factory.mktemp("to")
        for name, data in files.items():
            (folder / name).write_bytes(data)
        text = (
            ["--infilter=Text (encoded):UTF8,LF,,,"] if all(name.endswith(".txt") for name in files) else []
        )
        program = shutil.which("soffice") or "soffice"
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            *text,
            "--convert-to",
            form,
        ]
        subprocess.run(
            [*command, "--outdir", made, *sorted(folder.iterdir())],
            check=True,
            capture_output=True,
            timeout=240,
        )
        return {path.stem: path.read_bytes() for path in made.iterdir()}

    return convert


def body_of(data: bytes, name: str) -> list[str]:
    return plain.body(resolve(read(data, name).document, {})).splitlines()


def test_text_opened_in_an_office_suite_and_saved_as_word(suite):
    names = list(ALL)
    made = suite({f"{at}.txt": ALL[name].source.encode() for at, name in enumerate(names)}, "docx")
    assert {name: body_of(made[str(at)], "a.docx") for at, name in enumerate(names)} == {
        name: ALL[name].lines for name in names
    }


def test_word_files_saved_again_by_an_office_suite(suite):
    """Through its own format and back, so that every paragraph and table is written by the suite."""
    names = list(ALL)
    own = suite({f"{at}.docx": built(ALL[name]) for at, name in enumerate(names)}, "odt")
    made = suite({f"{at}.odt": own[str(at)] for at in range(len(names))}, "docx")
    assert {name: body_of(made[str(at)], "a.docx") for at, name in enumerate(names)} == {
        name: ALL[name].lines for name in names
    }


def test_the_reference_report_through_word_and_an_office_suite(suite):
    document = resolve(reference.document(), {})
    golden = GOLDEN.read_text().splitlines()
    exported = docx.render(document)
    own = suite({"bao-cao.docx": exported}, "odt")
    made = suite({"bao-cao.odt": own["bao-cao"]}, "docx")
    assert body_of(exported, "a.docx") == golden
    assert body_of(made["bao-cao"], "a.docx") == golden


@pytest.mark.parametrize("name", [name for name in ALL if " | " not in ALL[name].source])
def test_our_own_pdf_gives_body_and_frame_back(name):
    """Tables of a PDF come back as lines of words: those without are the same line by line."""
    shape = ALL[name]
    document = resolve(read(shape.source.encode(), "a.txt").document, {})
    found = read(pdf.render(document), "a.pdf").document
    assert plain.body(resolve(found, {})).splitlines() == shape.lines
    assert words(found.frame.number).split() == words(document.frame.number).split()
    assert len(found.frame.signatures) == shape.signatures
