"""A report goes to Word and comes back: the differences, what stays linked, nothing overwritten unseen."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as open_word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from campaigns.models import Indicator, Reading
from reports import mentions, returned
from reports.assemble import document_of
from reports.document import docx, plain
from reports.models import Block, Comment, Mention, Report, WordReturn
from tests.reports.drafts import mention
from tests.reports.factories import make_block, make_paper, make_report, make_section, queries_of


@pytest.fixture
def report(ward):
    report = make_report(
        ward, period_from="2026-01-01", period_to="2026-05-15", recipients="Sở Nội vụ;\nLưu: VT."
    )
    paper = make_paper(ward, kind="kế hoạch", number="98", symbol="KH-UBND")
    figure = Indicator.objects.create(organization=ward, code="TV", name="Số thành viên", unit="người")
    Reading.objects.create(
        indicator=figure, period_from="2026-01-01", period_to="2026-05-15", as_of="2026-05-15", value=137
    )
    first = make_section(report, "Kết quả")
    named, counted = mention(f"paper:{paper.pk}", form="short"), mention(f"figure:{figure.pk}")
    make_block(
        first,
        f'<p>Thực hiện {named} của phường.</p><ul data-mark="-"><li><p>Có {counted} người tham gia.</p></li>'
        "<li><p>Đã mở hai lớp.</p></li></ul>",
    )
    second = make_section(report, "Khó khăn")
    make_block(second, "<p>Kinh phí còn hạn chế.</p>")
    mentions.rewrite(ward, list(Block.objects.filter(section__report=report)))
    return report


def word_of(report: Report):
    return open_word(io.BytesIO(docx.render(document_of(report))))


def data_of(word) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def replaced(word, before: str, after: str) -> None:
    """Types over the words of a paragraph, as a reviewer does."""
    paragraph = next(at for at in word.paragraphs if before in at.text)
    text = paragraph.text.replace(before, after)
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    paragraph.runs[0].text = text


def body(report: Report) -> list[str]:
    return plain.body(document_of(Report.objects.get(pk=report.pk))).splitlines()


def test_an_untouched_export_has_no_difference(report):
    assert returned.changes(report, data_of(word_of(report))) == []


def test_changed_added_and_removed_paragraphs_are_taken_and_links_stay(report, drafter):
    word = word_of(report)
    replaced(word, "người tham gia.", "người tham gia tích cực.")
    replaced(word, "của phường.", "của phường, đã hoàn thành.")
    gone = next(at for at in word.paragraphs if "hai lớp" in at.text)
    gone._p.getparent().remove(gone._p)
    last = next(at for at in word.paragraphs if "Kinh phí" in at.text)
    last._p.addnext(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>Nhân lực còn thiếu.</w:t></w:r></w:p>"))
    found = returned.changes(report, data_of(word))
    assert [(change.sort, change.refusal) for change in found] == [
        *(("changed", ""), ("changed", ""), ("removed", ""), ("added", "")),
    ]
    assert returned.take(report, found, drafter) == 4
    assert body(report) == [
        "1. Kết quả",
        "Thực hiện Kế hoạch số 98/KH-UBND của phường, đã hoàn thành.",
        "- Có 137 người tham gia tích cực.",
        "2. Khó khăn",
        "Kinh phí còn hạn chế.",
        "Nhân lực còn thiếu.",
    ]
    assert Mention.objects.filter(block__section__report=report).count() == 2
    Reading.objects.update(value=140)
    assert "- Có 140 người tham gia tích cực." in body(report)
    assert returned.changes(report, data_of(word))[0].before == "- Có 140 người tham gia tích cực."


def test_a_changed_figure_becomes_words(report, drafter):
    word = word_of(report)
    replaced(word, "Có 137 người", "Có 139 người")
    returned.take(report, returned.changes(report, data_of(word)), drafter)
    assert "- Có 139 người tham gia." in body(report)
    assert not Mention.objects.filter(block__section__report=report, indicator__isnull=False).exists()


def test_a_heading_is_changed_and_its_label_kept_as_typed(report, drafter):
    word = word_of(report)
    replaced(word, "2. Khó khăn", "2. Khó khăn, vướng mắc")
    replaced(word, "1. Kết quả", "I. Kết quả")
    returned.take(report, returned.changes(report, data_of(word)), drafter)
    assert [line for line in body(report) if line[:2] in ("I.", "1.", "2.")] == [
        "I. Kết quả",
        "2. Khó khăn, vướng mắc",
    ]


def test_a_change_of_the_frame_is_told_and_left_to_its_page(report, drafter):
    word = word_of(report)
    recipient = next(at for at in word.paragraphs if "Sở Nội vụ" in at.text)
    recipient.runs[0].text = "- Sở Tài chính;"
    (change,) = returned.changes(report, data_of(word))
    assert (change.before, change.after, change.refusal) == (
        "- Sở Nội vụ;",
        "- Sở Tài chính;",
        returned.FRAME,
    )
    assert returned.take(report, [change], drafter) == 0


def test_what_a_form_prints_is_shown_but_not_taken(report, drafter):
    section = make_section(report, "Số liệu")
    figure = Indicator.objects.get()
    rows = [
        {
            "label": "Số thành viên:",
            "indicator": figure.pk,
            "form": "",
            "printed": "",
            "suffix": "người",
            "mark": "-",
        }
    ]
    make_block(section, kind="indicators", content={"rows": rows, "show": "lines"})
    word = word_of(report)
    replaced(word, "Số thành viên: 137", "Số thành viên: 150")
    (change,) = returned.changes(report, data_of(word))
    assert change.refusal == returned.GENERATED
    assert returned.take(report, [change], drafter) == 0
    assert "- Số thành viên: 137 người" in body(report)


# --- the pages ----------------------------------------------------------------------------------------------


def changed_word(report: Report) -> bytes:
    word = word_of(report)
    replaced(word, "hạn chế.", "rất hạn chế.")
    replaced(word, "hai lớp", "ba lớp")
    return data_of(word)


def upload(client, report: Report, data: bytes, name: str = "sua.docx"):
    return client.post(f"/bao-cao/{report.pk}/nap-lai-word/", {"file": SimpleUploadedFile(name, data)})


def test_one_by_one_left_and_all(report, client):
    answer = upload(client, report, changed_word(report))
    address = answer.headers["Location"]
    kept = WordReturn.objects.get()
    assert "Đã mở hai lớp" in "".join(body(report))  # nothing changed by the upload
    page = client.get(address).content.decode()
    assert "<del>hai</del><ins>ba</ins>" in page
    first, second = returned.changes(report, changed_word(report))
    client.post(f"{address}de-nguyen/", {"key": second.key})
    client.post(f"{address}lay/", {"key": first.key})
    assert body(report)[2:] == [
        "- Có 137 người tham gia.",
        "- Đã mở ba lớp.",
        "2. Khó khăn",
        "Kinh phí còn hạn chế.",
    ]
    client.post(f"{address}lay/")  # all but those left
    assert body(report)[-1] == "Kinh phí còn hạn chế."
    client.post(f"{address}de-nguyen/", {"key": second.key})
    client.post(f"{address}lay/")
    assert body(report)[-1] == "Kinh phí còn rất hạn chế."
    assert kept.file.name


def test_what_changed_meanwhile_is_not_overwritten_unseen(report, client, drafter):
    address = upload(client, report, changed_word(report)).headers["Location"]
    (stale, _) = returned.changes(report, changed_word(report))
    block = Block.objects.filter(section__report=report).order_by("pk").first()
    block.content = {"html": block.content["html"].replace("hai lớp", "năm lớp")}
    block.save()
    answer = client.post(f"{address}lay/", {"key": stale.key}, follow=True)
    assert "vừa thay đổi" in answer.content.decode()
    assert "- Đã mở năm lớp." in body(report)


def test_comments_of_word_are_read_and_kept_as_opinions(report, client):
    word = word_of(report)
    paragraph = next(at for at in word.paragraphs if "Kinh phí" in at.text)
    word.add_comment(paragraph.runs, text="Nêu rõ số tiền.", author="Trần Văn B")
    address = upload(client, report, data_of(word)).headers["Location"]
    page = client.get(address).content.decode()
    assert "Nêu rõ số tiền." in page
    assert "Trần Văn B" in page
    client.post(f"{address}ghi-y-kien/", {"at": "0"})
    comment = Comment.objects.get()
    assert (comment.given_by, comment.text, comment.words) == (
        "Trần Văn B",
        "Nêu rõ số tiền.",
        "Kinh phí còn hạn chế.",
    )
    assert "Đã ghi thành ý kiến." in client.get(address).content.decode()


def test_tracked_changes_are_taken_as_they_stand(report, client):
    word = word_of(report)
    paragraph = next(at for at in word.paragraphs if "Kinh phí" in at.text)
    paragraph._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="9" w:author="Lê C"><w:r><w:t> Đề nghị cấp thêm.</w:t></w:r></w:ins>'
        )
    )
    address = upload(client, report, data_of(word)).headers["Location"]
    page = client.get(address).content.decode()
    assert "Lê C thêm <ins>Đề nghị cấp thêm.</ins>" in page
    client.post(f"{address}lay/")
    assert body(report)[-1] == "Kinh phí còn hạn chế. Đề nghị cấp thêm."


@pytest.mark.parametrize(("data", "name"), [(b"x", "sua.docx"), (b"x", "sua.txt"), (b"", "sua.docx")])
def test_another_file_is_refused_beside_its_field(report, client, data, name):
    assert upload(client, report, data, name).status_code == 200
    assert not WordReturn.objects.exists()


def test_who_may(report, client, leader, stranger):
    address = upload(client, report, changed_word(report)).headers["Location"]
    assert client.get(f"/bao-cao/{report.pk}/nap-lai-word/").status_code == 200
    assert leader.get(address).status_code == 200
    assert stranger.get(address).status_code == 404
    assert Client().get(address).status_code == 302
    for act in ("lay/", "de-nguyen/", "ghi-y-kien/"):
        assert leader.post(address + act).status_code == 403
        assert stranger.post(address + act).status_code == 404
    assert leader.get(f"/bao-cao/{report.pk}/nap-lai-word/").status_code == 403
    assert stranger.get(f"/bao-cao/{report.pk}/nap-lai-word/").status_code == 404


def test_queries_do_not_grow_with_the_differences(report, client, drafter):
    addresses = []
    for data in (data_of(word_of(report)), changed_word(report)):
        kept = WordReturn.objects.create(
            report=report, file=ContentFile(data, "a.docx"), name="a.docx", by=drafter
        )
        addresses.append(f"/ban-word/{kept.pk}/")
    assert queries_of(client, addresses[0]) == queries_of(client, addresses[1])
