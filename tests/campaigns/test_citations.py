"""Citations read: every shape of the table field by field, running text, blanks, damage, and the command."""

from __future__ import annotations

import datetime
import unicodedata
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from campaigns.citations import Citation, fields, find, full, iso, read

TABLE = Path(__file__).with_name("citations.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
GOLDEN = Path(__file__).parents[1] / "golden" / "bao-cao-274.body.txt"


def spans(text: str) -> list[str]:
    return [text[found.start : found.head] for found in find(text)]


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_every_shape_of_the_table_is_read(row):
    """Written by hand in the shapes real reports have; read one field at a time."""
    assert len(row) == 7
    assert list(fields(read(row[0].replace("\\n", "\n")))) == row[1:]


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_composed_and_decomposed_letters_and_hard_blanks_read_alike(row):
    text = row[0].replace("\\n", "\n")
    loose = unicodedata.normalize("NFD", text).replace(" ", "\u00a0")
    assert fields(read(loose)) == fields(read(text))


def test_running_text_gives_each_citation_its_place():
    text = (
        "Thực hiện Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND phường về việc triển khai phong trào, "
        "UBND phường đã mở 12 lớp. Căn cứ Luật Phòng, chống tác hại của rượu, bia và Nghị định số 30/2020/NĐ-CP."
    )
    plan, law, decree = find(text)
    assert text[plan.start : plan.head] == "Kế hoạch số 98/KH-UBND ngày 19/9/2025 của UBND phường"
    assert text[plan.head : plan.end] == " về việc triển khai phong trào"
    assert plan.citation.date == datetime.date(2025, 9, 19)
    assert law.citation.subject == "Phòng, chống tác hại của rượu, bia"
    assert text[decree.start : decree.end] == "Nghị định số 30/2020/NĐ-CP"


def test_a_citation_in_the_subject_of_another_is_found_too():
    text = "Chương trình số 06-CTr/TU ngày 12/01/2026 của Thành ủy về thực hiện Nghị quyết số 72-NQ/TW ngày 09/9/2025"
    outer, inner = find(text)
    assert (outer.citation.number, inner.citation.number) == ("06", "72")
    assert outer.head <= inner.start
    assert inner.end <= outer.end == len(text)


def test_a_list_says_its_kind_once():
    text = "các Công văn: số 87/HĐND-VX ngày 15/5/2026 về việc sửa trường, số 88/HĐND-VX ngày 16/5/2026 về việc mua ghế"
    assert [(f.citation.kind, f.citation.number, f.citation.subject) for f in find(text)] == [
        ("công văn", "87", "sửa trường"),
        ("công văn", "88", "mua ghế"),
    ]


def test_the_clause_before_says_who_and_when():
    (found,) = find("Ngày 28/7/2026, Sở Xây dựng có văn bản số 652/SXD-GĐ.")
    assert found.citation == Citation(
        "văn bản", "652", "SXD-GĐ", datetime.date(2026, 7, 28), issuer="Sở Xây dựng"
    )


def test_a_list_item_says_who_and_when_before_each_paper():
    text = (
        "1. Thành phố:\n- Ngày 30/7/2026, Ban Chỉ huy PCTT&TKCN có Văn bản số 15/BCH về việc rà soát;\n"
        "- Ngày 31/7/2026, Ban Chỉ huy PCTT&TKCN có Công điện số 01CĐ/BCH hồi 17 giờ 00 phút về việc ứng phó với bão."
    )
    assert [fields(found.citation) for found in find(text)] == [
        ("văn bản", "15", "BCH", "Ban Chỉ huy PCTT&TKCN", "2026-07-30", "rà soát"),
        ("công điện", "01", "CĐ/BCH", "Ban Chỉ huy PCTT&TKCN", "2026-07-31", "ứng phó với bão"),
    ]


def test_blank_numbers_and_days_stay_blank():
    (found,) = find("(Kèm theo Báo cáo số     /BC-UBND ngày    tháng 5 năm 2026 của UBND phường Thử)")
    citation = found.citation
    assert (citation.number, citation.symbol, citation.date) == ("", "BC-UBND", None)
    assert (citation.dated, iso(citation)) == ("…/5/2026", "2026-05")


@pytest.mark.parametrize(
    "text",
    [
        "chỉ tiêu 45/60 tổ, 27/27 tổ dân phố, 98,5 % (24/7)",
        "theo Luật sư Nguyễn Văn A, pháp luật và luật lệ",
        "QCVN 102:2016/BTTTT, lớp 9/A, kế hoạch 5 năm, báo cáo 6 tháng",
        "Quyết định này có hiệu lực; kế hoạch nêu trên; báo cáo kết quả",
        "",
        "()[]-/-/.....",
    ],
)
def test_what_is_no_citation_is_left_alone(text):
    assert find(text) == []


def test_the_reference_report_is_read_throughout():
    """15 mentions with number and symbol stand in its body; each is found once, in order."""
    numbers = [found.citation.number for found in find(GOLDEN.read_text(encoding="utf-8"))]
    assert numbers == "1885 06 04 114 98 114 777 145 397 616 716 145 616 352 616".split()


@pytest.mark.parametrize(
    ("dated", "words", "date"),
    [
        ("", "ngày 19/9/2025", "2025-09-19"),
        ("19/09/2025", "ngày 19/09/2025", "2025-09-19"),
        ("…/12/2025", "ngày …/12/2025", "2025-12"),
        ("10/2025", "tháng 10/2025", "2025-10"),
        ("2024", "năm 2024", "2024"),
        ("4/7", "ngày 4/7", "--07-04"),
    ],
)
def test_a_day_is_written_as_far_as_it_is_known(dated, words, date):
    day = None if dated else datetime.date(2025, 9, 19)
    citation = Citation("kế hoạch", "98", "KH-UBND", day, dated=dated)
    assert full(citation) == f"Kế hoạch số 98/KH-UBND {words}"
    assert iso(citation) == date
    again = read(full(citation))
    assert again is not None
    assert iso(again) == date


@given(st.text(alphabet="Kế hoạch số98/-KHUBND ngày193TWtháng củavề;,.()\n…QĐLuật", max_size=120))
def test_any_text_is_read_without_fault_and_heads_never_overlap(text):
    reached = 0
    for found in find(text):
        assert reached <= found.start < found.head <= found.end <= len(text)
        reached = found.head
    assert len(fields(read(text))) == 6


def test_a_text_twice_gives_its_citations_twice():
    """Nothing reaches across a paragraph."""
    text = GOLDEN.read_text(encoding="utf-8")
    once = [found.citation for found in find(text)]
    assert [found.citation for found in find(f"{text}\n\n{text}")] == once * 2


def test_the_command_prints_six_columns_for_every_line(tmp_path, capsys):
    source = tmp_path / "citations.txt"
    source.write_text(
        "\ufeffKế hoạch số 06-\\nKH/ĐU, ngày 24/7/2025 của Đảng ủy phường Thử\r\n\nkhông có gì\nLuật Nhà ở 2023\n",
        encoding="utf-8",
    )
    call_command("read_citations", str(source))
    assert capsys.readouterr().out.split("\n") == [
        "kế hoạch\t06\tKH/ĐU\tĐảng ủy phường Thử\t2025-07-24\t",
        "\t" * 5,
        "\t" * 5,
        "luật\t\t\t\t2023\tNhà ở",
        "",
    ]


def test_the_command_says_what_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("read_citations", str(tmp_path / "none.txt"))
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("read_citations", str(binary))


def test_a_list_of_lines_without_marks_is_cut_at_its_papers():
    text = (
        "Kế hoạch số 1/KH-UBND ngày 1/2/2026 về thực hiện\nNghị quyết số 3-NQ/TW\nLuật Nhà ở 2023\n"
        "Quyết định số 5/QĐ-UBND của UBND phường\nBáo cáo số 6/BC-UBND"
    )
    first, nested, law, decision, report = find(text)
    assert first.end == nested.end == text.index("\nLuật")
    assert law.citation.subject == "Nhà ở"
    assert (decision.citation.issuer, decision.citation.subject) == ("UBND phường", "")
    assert text[report.start : report.end] == "Báo cáo số 6/BC-UBND"
