"""Copies by key: made once, never served from an old tree, kept apart from failures, pruned."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import override_settings

from reports import exports, tasks
from reports.document import pdf
from reports.models import File, Report
from reports.models.files import FileState
from tests.reports.test_assemble import make_report, make_section, make_ward

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    made = make_report(make_ward(), number="12")
    make_section(made, "<p>Nội dung thứ nhất.</p>")
    return made


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Runs what waits for the commit, as a request's end would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_made_by_the_worker_then_served_again_without_rendering(
    report: Report, on_commit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exports.ready(report, "pdf") is None
    with on_commit():
        assert exports.queue(report, "pdf").state == FileState.QUEUED
    first = exports.ready(report, "pdf")
    assert first is not None
    assert first.pages == 1
    assert first.content.read().startswith(b"%PDF-")
    monkeypatch.setattr(pdf, "render", lambda *a, **k: pytest.fail("rendered again"))
    with on_commit() as callbacks:
        assert exports.queue(report, "pdf") == first
    assert callbacks == []


def test_asked_twice_while_waiting_is_queued_once(report: Report, on_commit: Any) -> None:
    with on_commit() as callbacks:
        assert exports.queue(report, "pdf") == exports.queue(report, "pdf")
    assert len(callbacks) == 1
    assert File.objects.count() == 1


def test_changed_report_has_another_key(report: Report, on_commit: Any) -> None:
    with on_commit():
        exports.queue(report, "txt")
    old = exports.ready(report, "txt")
    make_section(report, "<p>Thêm một đoạn.</p>", order=1)
    assert exports.ready(report, "txt") is None
    with on_commit():
        exports.queue(report, "txt")
    new = exports.ready(report, "txt")
    assert old
    assert new
    assert old.key != new.key
    assert "Thêm một đoạn." in new.content.read().decode()


def test_report_changed_before_the_worker_came_leaves_no_wrong_copy(report: Report) -> None:
    file = exports.queue(report, "txt")
    make_section(report, "<p>Muộn.</p>", order=1)
    tasks.render.call(file.pk)
    assert not File.objects.filter(pk=file.pk).exists()


def test_key_depends_on_tree_format_engine_and_writers(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = exports.document_of(report)
    keys = {exports.key(document, format) for format in exports.FORMATS}
    assert len(keys) == len(exports.FORMATS)
    assert exports.key(document, "pdf") in keys
    monkeypatch.setattr(pdf, "engine", lambda: "another engine")
    assert exports.key(document, "pdf") not in keys
    monkeypatch.setattr(exports, "_writers", lambda: "another release")
    assert exports.key(document, "txt") not in keys


def test_failure_keeps_its_reason_and_can_be_tried_again(
    report: Report, on_commit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> bytes:
        raise pdf.PdfError("Phông chữ của PDF không có ký tự “字”.")

    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render", refuse)
        with on_commit():
            file = exports.queue(report, "pdf")
    file.refresh_from_db()
    assert (file.state, file.error) == (FileState.FAILED, "Phông chữ của PDF không có ký tự “字”.")
    with on_commit() as callbacks:
        assert exports.queue(report, "pdf").state == FileState.FAILED
    assert callbacks == []
    with on_commit():
        exports.queue(report, "pdf", again=True)
    file.refresh_from_db()
    assert (file.state, file.error) == (FileState.READY, "")


def test_unexpected_failure_says_whom_to_tell(
    report: Report, on_commit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "render", lambda *args: {}["no such thing"])
    with on_commit():
        file = exports.queue(report, "pdf")
    file.refresh_from_db()
    assert file.state == FileState.FAILED
    assert "báo quản trị" in file.error
    assert "no such thing" not in file.error


def test_old_copies_are_pruned_with_their_bytes(report: Report, on_commit: Any) -> None:
    names = []
    for number in range(exports.KEPT + 2):
        make_section(report, f"<p>Lần {number}</p>", order=number + 1)
        with on_commit():
            exports.queue(report, "pdf")
        file = exports.ready(report, "pdf")
        assert file is not None
        names.append((file.content.name, exports.picture_name(file, 1)))
    assert File.objects.filter(report=report, format="pdf").count() == exports.KEPT
    kept = [all(map(default_storage.exists, pair)) for pair in names]
    gone = [not any(map(default_storage.exists, pair)) for pair in names]
    assert kept == [False, False, True, True, True]
    assert gone == [True, True, False, False, False]


def test_copy_lost_from_the_disk_is_made_again(report: Report, on_commit: Any) -> None:
    with on_commit():
        exports.queue(report, "txt")
    file = exports.ready(report, "txt")
    assert file is not None
    default_storage.delete(file.content.name)
    assert exports.ready(report, "txt") is None
    with on_commit():
        exports.queue(report, "txt")
    assert exports.ready(report, "txt") is not None


def test_settled_report_gets_its_pdf_ahead(report: Report, on_commit: Any) -> None:
    with on_commit():
        exports.settle(report)
    with on_commit():
        tasks.settled.call(report.pk, report.changed_at.isoformat())
    assert exports.ready(report, "pdf") is not None
    File.objects.all().delete()
    tasks.settled.call(report.pk, "2020-01-01T00:00:00+00:00")
    assert not File.objects.exists()


def test_file_names_are_plain(report: Report) -> None:
    assert exports.file_name(report, "docx") == "bao-cao-12-BC-UBND.docx"
    report.number, report.title = "", "Đề án"
    assert exports.file_name(report, "pdf") == f"de-an-du-thao-{report.pk}.pdf"


# --- the command --------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", exports.FORMATS)
def test_command_writes_every_format(report: Report, tmp_path: Path, format: str) -> None:
    target = tmp_path / f"x.{format}"
    call_command("export_report", "12/BC-UBND", format=format, output=target)
    content = target.read_bytes()
    if format == "docx":
        content = ZipFile(BytesIO(content)).read("word/document.xml")
    if format == "pdf":
        assert content.startswith(b"%PDF-")
    else:
        assert "Nội dung thứ nhất." in content.decode()


def refusal(*args: Any, **options: Any) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("export_report", *args, format="txt", output=Path("/nowhere/x.txt"), **options)
    return str(caught.value)


def test_command_refuses_the_unknown_and_the_ambiguous(report: Report) -> None:
    assert "Không có báo cáo 99/BC-UBND" in refusal("99/BC-UBND")
    assert "không phải mã số" in refusal("abc")
    assert "năm 2020" in refusal("12/BC-UBND", year=2020)
    make_report(make_ward("binh-hoa"), number="12")
    sentence = refusal("12/BC-UBND")
    assert "an-hoa" in sentence
    assert "binh-hoa" in sentence
    assert "--ward" in sentence
    assert "Không ghi được" in refusal("12/BC-UBND", ward="an-hoa")


def test_command_takes_the_newest_and_the_administrative_code(tmp_path: Path) -> None:
    ward = make_ward(administrative_code="10714")
    for year in (2025, 2026):
        report = make_report(ward, number="12", issued_on=f"{year}-04-02")
        make_section(report, f"<p>Của năm {year}.</p>")
    for options, year in (({}, 2026), ({"year": 2025}, 2025), ({"ward": "10714"}, 2026)):
        target = tmp_path / "x.txt"
        call_command("export_report", "12/bc-ubnd", format="txt", output=target, **options)
        assert f"Của năm {year}." in target.read_text()


@override_settings(DEMO=False)
def test_command_needs_no_demonstration(report: Report, tmp_path: Path) -> None:
    call_command("export_report", str(report.pk), format="html", output=tmp_path / "x.html")
    assert (tmp_path / "x.html").stat().st_size > 1000
