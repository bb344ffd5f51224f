"""Plain text: one line per paragraph, in reading order; report 274's body is the golden text."""

from __future__ import annotations

from dataclasses import replace

from reports.document import plain
from reports.document.nodes import Document, Frame, Lines, Section, Signature, Text, Title
from reports.document.numbering import resolve
from tests.document import reference, samples


def test_the_body_of_report_274_is_the_golden_text() -> None:
    resolved = resolve(reference.document(), {})
    assert plain.body(resolved).splitlines() == reference.golden_lines()


def test_the_whole_report_reads_head_body_closing() -> None:
    lines = plain.text(resolve(reference.document(), {})).splitlines()
    golden = reference.golden_lines()
    assert lines[:9] == [
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG NHỊ CHIỂU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 274/BC-UBND",
        "Nhị Chiểu, ngày 19 tháng 05 năm 2026",
        "BÁO CÁO",
        "Kết quả triển khai thực hiện Phong trào “Bình dân học vụ số”",
        "trên địa bàn phường Nhị Chiểu",
    ]
    assert lines[9 : 9 + len(golden)] == golden
    assert lines[9 + len(golden) :] == [
        "Nơi nhận:",
        "- Sở Khoa học và Công nghệ (để b/c);",
        "- CT và các PCT UBND phường;",
        "- Lưu: VT, VHXX.",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Hồng Túc",
    ]


def frame_lines(**parts: object) -> list[str]:
    return plain.text(Document("x", Frame(**parts))).splitlines()  # type: ignore[arg-type]


def test_a_letters_subject_stands_under_its_number() -> None:
    title = Title("", ((Text("V/v báo cáo"),),), letter=True)
    assert frame_lines(number=(Text("Số: 1/UBND"),), place_date=(Text("Nhị Chiểu"),), title=title) == [
        "Số: 1/UBND",
        "V/v báo cáo",
        "Nhị Chiểu",
    ]


def test_one_addressee_on_the_labels_line_several_below() -> None:
    assert frame_lines(addressees=Lines("Kính gửi:", ("Sở A.",))) == ["Kính gửi: Sở A."]
    assert frame_lines(addressees=Lines("Kính gửi:", ("Sở A;", "Sở B."))) == [
        "Kính gửi:",
        "- Sở A;",
        "- Sở B.",
    ]


def test_several_signatures_come_before_the_recipients() -> None:
    recipients, copies = Lines("Nơi nhận:", ("Như trên;",)), "PL.(3)"
    one, two = Signature(("CHỦ TỊCH",), "A", "Trưởng ban"), Signature(("BÍ THƯ",), "B")
    listed = ["Nơi nhận:", "- Như trên;", "PL.(3)"]
    assert frame_lines(recipients=recipients, copies=copies) == listed
    assert frame_lines(recipients=recipients, copies=copies, signatures=(one,)) == [
        *listed,
        "CHỦ TỊCH",
        "Trưởng ban",
        "A",
    ]
    assert frame_lines(recipients=recipients, copies=copies, signatures=(one, two)) == [
        "CHỦ TỊCH", "Trưởng ban", "A", "BÍ THƯ", "B", *listed,
    ]  # fmt: skip


def test_table_rows_are_lines_with_tabs() -> None:
    text = plain.text(resolve(samples.everything(), samples.WORDINGS))
    assert "\n1\tTổ dân phố số 1\t120\t112\t93,3%\n" in text
    assert "\nKết quả cài đặt\nĐơn vị tính: người\nTT\tTổ dân phố\t" in text


def test_part_labels_stand_on_a_line_of_their_own() -> None:
    document = resolve(
        Document("x", sections=(Section(None, samples.text("TÌNH HÌNH"), style="Phần I"),)), {}
    )
    assert plain.text(document).splitlines() == ["Phần I", "TÌNH HÌNH"]


def test_an_empty_document_is_empty_text() -> None:
    assert plain.text(Document("x")) == ""
    assert plain.text(Document("x", replace(Frame(), title=Title("")))) == ""
