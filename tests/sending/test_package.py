"""Hồ sơ gửi and hồ sơ công việc: what is inside, that the message is of its form, the same bytes every time."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import io
import json
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.base import ContentFile
from lxml import etree

from campaigns.models import Neighbourhood, Reading
from reports import editions
from reports.document import store
from reports.models import Report
from reports.sending import edxml, figures, package, work_file, zipped
from tests.reports.factories import make_indicator

from .offices import PDF

NAME = f"{{{edxml.NAMESPACE}}}"


def files_of(office) -> dict[str, bytes]:
    return zipped.opened(package.build(office.fresh()).content)


def test_everything_is_inside_and_the_manifest_is_right(office):
    files = files_of(office)
    assert list(files) == [
        "manifest.json",
        "bao-cao-01-BC-UBND.pdf",
        "bao-cao-01-BC-UBND.docx",
        "data.json",
        "data.xlsx",
        "message.edxml.xml",
    ]
    assert zipped.faults(files) == []
    assert files["bao-cao-01-BC-UBND.pdf"] == PDF
    told = json.loads(files["data.json"])
    assert store.from_data(told["tree"]) == editions.tree_of(office.fresh().approved)
    assert package.edition_digest(files) == told["edition"] == office.fresh().approved.digest


def test_the_same_report_gives_the_same_bytes(office):
    first, second = package.build(office.fresh()), package.build(office.fresh())
    assert first.content == second.content
    assert first.sha256 == zipped.digest(first.content)
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first.content)).infolist()} == {
        zipped.DATE
    }
    work = work_file.build(office.fresh())
    assert work == work_file.build(office.fresh())


def test_an_office_file_keeps_no_trace_of_the_clock(office):
    day = office.report.issued_on
    book = figures.workbook([], "Số liệu")
    made = zipfile.ZipFile(io.BytesIO(zipped.steady(book, day)))
    core = made.read("docProps/core.xml").decode()
    assert core.count(f">{day.isoformat()}T00:00:00Z<") == 2
    assert {entry.date_time for entry in made.infolist()} == {zipped.DATE}
    assert openpyxl.load_workbook(made.fp).active["A1"].value == "Số liệu"


def test_the_signed_file_goes_out_where_there_is_one(office):
    from reports.models import SignedFile
    from reports.models.signing import Stage, Way
    from reports.signing import files as signed_files

    report = office.fresh()
    signed_files.keep(report, report.approved, Stage.SEALED, Way.OUTSIDE, b"%PDF-1.7 signed", by=None)
    assert SignedFile.objects.exists()
    files = files_of(office)
    assert files["bao-cao-01-BC-UBND.pdf"] == b"%PDF-1.7 signed"
    assert json.loads(files["manifest.json"])["original"] == "Bản ký số"


def test_only_what_was_issued_has_a_package(office):
    from tests.reports.test_workflow import make_again

    with pytest.raises(package.PackageError, match="đã phát hành"):
        package.build(Report.objects.select_related("organization").get(pk=make_again(office).pk))


# --- figures ------------------------------------------------------------------------------------------


@pytest.fixture
def counted(db, monkeypatch):
    """An office whose report names a figure with its parts, not known yet in one of two places."""
    from .offices import SendingOffice

    holder = {}
    original = SendingOffice.to

    def with_figures(self, status):
        if not holder:
            holder["done"] = True
            ward = self.ward
            known = make_indicator(ward, "Người học xong")
            place = Neighbourhood.objects.create(organization=ward, name="Tổ dân phố số 1")
            Neighbourhood.objects.create(organization=ward, name="Tổ dân phố số 2")
            period = {"period_from": datetime.date(2026, 5, 1), "period_to": datetime.date(2026, 5, 31)}
            given = {
                "numerator": Decimal(80),
                "denominator": Decimal(160),
                "as_of": datetime.date(2026, 5, 19),
            }
            Reading.objects.create(indicator=known, source="Sổ theo dõi", **period, **given)
            Reading.objects.create(indicator=known, neighbourhood=place, **period, **given)
            html = f'<p>Có <span data-ref="figure:{known.pk}">5</span> người.</p>'
            self.block.content = {"html": html}
            self.block.save()
            holder["known"] = known
        return original(self, status)

    monkeypatch.setattr(SendingOffice, "to", with_figures)
    office = SendingOffice(monkeypatch)
    office.known = holder["known"]
    return office


def test_every_figure_has_its_parts_period_day_and_source(counted):
    found = json.loads(files_of(counted)["data.json"])["figures"]
    rows = {(row["code"], row["place"]): row for row in found}
    ward = rows[counted.known.code, figures.WARD]
    assert (ward["numerator"], ward["denominator"], ward["percent"]) == ("80", "160", "50")
    assert (ward["period_from"], ward["period_to"]) == ("2026-05-01", "2026-05-31")
    assert (ward["as_of"], ward["source"]) == ("2026-05-19", "Sổ theo dõi")
    assert (counted.known.code, "Tổ dân phố số 1") in rows
    unknown = rows[counted.known.code, "Tổ dân phố số 2"]
    assert (unknown["value"], unknown["numerator"]) == (None, None)


def test_the_table_says_the_same_and_an_unknown_figure_is_no_zero(counted):
    book = openpyxl.load_workbook(io.BytesIO(files_of(counted)["data.xlsx"]))
    rows = list(book.active.iter_rows(min_row=3, values_only=True))
    assert rows[0] == figures.HEAD
    by_place = {(row[1], row[3]): row for row in rows[1:]}
    assert by_place[counted.known.code, figures.WARD][6:9] == (80, 160, 50)
    assert by_place[counted.known.code, "Tổ dân phố số 2"][5:9] == (None, None, None, None)


def test_figures_are_those_of_the_approval_whatever_the_register_says_later(counted):
    before = package.build(counted.fresh()).content
    Reading.objects.update(numerator=Decimal(99))
    assert package.build(counted.fresh()).content == before


# --- the message --------------------------------------------------------------------------------------


def message_of(office):
    return etree.fromstring(files_of(office)["message.edxml.xml"])


def test_the_message_answers_the_letter_and_carries_the_file(office):
    tree, letter = message_of(office), office.letter.paper
    edxml.check(etree.tostring(tree))
    answered = tree.find(f".//{NAME}ResponseFor")
    told = [answered.findtext(NAME + tag) for tag in ("OrganId", "Code", "PromulgationDate")]
    assert told == ["so-khcn", letter.code, "2026/05/15"]
    assert (
        tree.findtext(f".//{NAME}DocumentId")
        == f"{office.ward.code},{office.report.issued_on.year},01/BC-UBND"
    )
    packed = base64.b64decode(tree.findtext(f".//{NAME}ContentTransferEncoded"))
    assert list(zipped.opened(packed).values()) == [PDF]
    assert tree.findtext(f".//{NAME}BussinessDocType") == "0"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("PromulgationDate", "19/5/2026"),
        ("DocumentId", "no commas"),
        ("Priority", "4"),
        ("BussinessDocType", "9"),
        ("Timestamp", "2026/05/19 25:00:00"),
        ("Subject", " "),
        ("ContentId", "cid:khac"),
        ("ContentTransferEncoded", "not base64!"),
        ("OrganId", "có dấu"),
    ],
)
def test_the_form_refuses_what_the_rules_refuse(office, tag, text):
    tree = message_of(office)
    tree.find(f".//{NAME}{tag}").text = text
    with pytest.raises(edxml.EdxmlError):
        edxml.check(etree.tostring(tree))


@pytest.mark.parametrize("tag", ["From", "To", "Code", "Subject", "Bussiness", "edXMLManifest"])
def test_no_part_may_be_missing(office, tag):
    tree = message_of(office)
    part = tree.find(f".//{NAME}{tag}")
    part.getparent().remove(part)
    with pytest.raises(edxml.EdxmlError):
        edxml.check(etree.tostring(tree))


def test_a_message_expands_no_entity_and_fetches_nothing(tmp_path):
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("bi mat")
    evil = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]><x>&a;</x>'
    with pytest.raises(edxml.EdxmlError) as refused:
        edxml.check(evil.encode())
    assert "bi mat" not in str(refused.value)


# --- the work file ------------------------------------------------------------------------------------


def test_the_work_file_holds_what_made_the_report_and_lists_it(office):
    paper = office.letter.paper
    paper.file.save("cv.pdf", ContentFile(b"%PDF-1.7 letter"))
    office.by_mail(file=ContentFile(b"%PDF-1.7 receipt", "bien-nhan.pdf"))
    content, name = work_file.build(office.fresh())
    assert name == "ho-so-cong-viec-bao-cao-01-BC-UBND.zip"
    files = zipped.opened(content)
    assert zipped.faults(files) == []
    starts = {part.split("/")[0].split("-")[0] for part in files} - {"manifest.json"}
    assert starts == {"00", "01", "02", "03", "05", "06", "07"}
    assert files["01-cong-van/1.pdf"] == b"%PDF-1.7 letter"
    assert b"%PDF-1.7 receipt" in files.values()
    assert len([part for part in files if part.startswith("02-ban-trinh/") and part.endswith(".txt")]) == 4
    told = json.loads(files["07-su-kien.json"])
    assert told["events"][-1]["act"] == "send"
    book = openpyxl.load_workbook(io.BytesIO(files["00-muc-luc.xlsx"]))
    rows = [row for row in book.active.iter_rows(min_row=4, values_only=True)]
    assert {row[5]: row[7] for row in rows} == {
        part: zipped.digest(files[part]) for part in files if part not in ("manifest.json", "00-muc-luc.xlsx")
    }


def test_a_digest_is_of_the_text_without_its_slots(office):
    report = office.fresh()
    document = editions.document_of(report)
    data = zipped.plain({"tree": store.to_data(dataclasses.replace(document, title="khác"))})
    assert package.edition_digest({"data.json": data}) != report.approved.digest
