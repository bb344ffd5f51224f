"""The fields of an approved PDF: where they are, that they are empty, and what may be filled in."""

import datetime
from dataclasses import replace
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from reports.document import pdf, signing
from reports.document.nodes import Signature, Slot, Text
from reports.signing import slots
from tests import verapdf
from tests.document.pdf_reading import page_texts, words
from tests.signing.conftest import ISSUED, unnumbered

MM = 72 / 25.4


def first_words(file):
    """The words of page 1 by their text, each at its first place."""
    return {word.text: word for word in reversed(words(file)) if word.page == 1}


def named(boxes):
    return {box.name: box for box in boxes}


def test_number_and_date_have_a_box_each_in_their_line(approved):
    at = named(approved.boxes)
    assert [name for name in at if at[name].size] == ["number", "date.day", "date.month", "date.year"]
    found = first_words(approved.pdf)
    so, symbol = found["Số:"], found["/BC-UBND"]
    height = 297
    assert so.right - 0.5 <= at["number"].left / MM
    assert at["number"].right / MM <= symbol.left + 0.5
    assert so.top - 1 <= height - at["number"].top / MM <= height - at["number"].bottom / MM <= so.bottom + 1
    day, month = found["ngày"], found["tháng"]
    assert day.right - 0.5 <= at["date.day"].left / MM
    assert at["date.day"].right / MM <= month.left + 0.5


def test_the_leader_is_centred_between_title_and_name_and_the_seal_covers_its_left_third(approved):
    at = named(approved.boxes)
    leader, seal = at["leader"], at["seal"]
    assert (seal.width / MM, seal.height / MM) == pytest.approx((36, 36), abs=0.1)
    assert seal.right - leader.left == pytest.approx(leader.width / 3, abs=0.1)
    assert seal.left < leader.left
    found = words(approved.pdf)
    name = next(word for word in found if word.text == "Túc")
    title = [word for word in found if word.text == "TỊCH" and word.page == leader.page + 1][-1]
    assert title.bottom - 1 <= 297 - leader.top / MM
    assert 297 - leader.bottom / MM <= name.top + 1
    block = [word for word in found if word.page == name.page and word.text in ("Trần", "Túc")]
    middle = (min(word.left for word in block) + max(word.right for word in block)) / 2
    assert (leader.left + leader.right) / 2 / MM == pytest.approx(middle, abs=0.5)


def test_all_four_fields_are_there_and_empty_before_the_first_signature(approved):
    reader = PdfFileReader(BytesIO(approved.pdf))
    top = [str(field.get_object()["/T"]) for field in reader.root["/AcroForm"]["/Fields"]]
    assert top == ["number", "date", "leader", "seal"]
    assert slots.filled(approved.pdf) == {}
    assert slots.open_signatures(approved.pdf) == ["leader", "seal"]
    widgets = [field for _, field in slots.text_fields(reader.root)]
    widgets += [field.get_object() for _, _, field in enumerate_sig_fields(reader)]
    assert len(widgets) == 6
    for widget in widgets:
        assert widget["/AP"]["/N"].data.split() in ([], [b"/Tx", b"BMC", b"EMC"])


def test_the_seal_locks_number_and_date(approved):
    fields = {
        name: field.get_object()
        for name, _, field in enumerate_sig_fields(PdfFileReader(BytesIO(approved.pdf)))
    }
    lock = fields["seal"]["/Lock"]
    assert str(lock["/Action"]) == "/Include"
    assert [str(name) for name in lock["/Fields"]] == [
        "number",
        "date",
        "date.day",
        "date.month",
        "date.year",
    ]
    assert "/Lock" not in fields["leader"]


def test_outside_tools_find_the_gap_and_the_name(approved):
    text = "\n".join(page_texts(approved.pdf))
    assert "Số:" in text
    assert "/BC-UBND" in text
    assert "Trần Hồng Túc" in text.splitlines()


def test_number_and_date_stand_on_the_line_once_filled(approved):
    filled = slots.fill(approved.pdf, "274", ISSUED)
    assert filled.startswith(approved.pdf)
    assert slots.filled(filled) == {
        "number": "274", "date.day": "19", "date.month": "5", "date.year": "2026"
    }  # fmt: skip
    found = first_words(filled)
    assert found["274"].bottom == pytest.approx(found["Số:"].bottom, abs=0.3)
    assert found["274"].right == pytest.approx(found["/BC-UBND"].left, abs=0.1)
    for part in ("19", "2026"):
        assert found[part].bottom == pytest.approx(found["tháng"].bottom, abs=0.3)


def test_days_and_the_first_two_months_are_padded(approved):
    values = slots.filled(slots.fill(approved.pdf, "05", datetime.date(2026, 2, 3)))
    assert values == {"number": "05", "date.day": "03", "date.month": "02", "date.year": "2026"}


def test_a_field_is_filled_once(approved):
    filled = slots.fill(approved.pdf, "274", ISSUED)
    with pytest.raises(slots.SlotError, match="đã được điền “274”"):
        slots.fill(filled, "275", ISSUED)


@pytest.mark.tools
def test_a_number_may_end_in_a_vietnamese_letter(approved):
    filled = slots.fill(approved.pdf, "274đ", ISSUED)
    assert slots.filled(filled)["number"] == "274đ"
    assert "274đ" in first_words(filled)
    assert verapdf.failures(filled, "2a") == []


@pytest.mark.parametrize("number", ["27(4", "274ư", "2\\4"])
def test_a_number_the_field_cannot_show_is_refused(approved, number):
    with pytest.raises(slots.SlotError, match="ký tự"):
        slots.fill(approved.pdf, number, ISSUED)


def test_where_the_number_comes_first_it_is_printed():
    made = unnumbered()
    filled = {"number": "274", "day": "19", "month": "5", "year": "2026"}
    frame = replace(
        made.frame,
        number=tuple(
            replace(n, text=filled[n.kind]) if isinstance(n, Slot) else n for n in made.frame.number
        ),
        place_date=tuple(
            replace(n, text=filled[n.kind]) if isinstance(n, Slot) else n for n in made.frame.place_date
        ),
    )
    file, boxes = pdf.render_for_signing(replace(made, frame=frame))
    slotted = slots.add(file, boxes)
    assert {box.name for box in boxes} == {"leader", "seal", "initials"}
    assert slots.open_signatures(slotted) == ["leader", "seal"]
    text = "\n".join(page_texts(slotted))
    assert "Số: 274/BC-UBND" in text
    assert "ngày 19 tháng 5 năm 2026" in text
    with pytest.raises(slots.SlotError, match="không có ô để điền"):
        slots.fill(slotted, "274", ISSUED)


def test_a_joint_report_has_a_pair_of_fields_for_every_block():
    made = unnumbered()
    other = Signature(("TRƯỞNG BAN",), "Nguyễn Văn A")
    joint = replace(made, frame=replace(made.frame, signatures=(*made.frame.signatures, other)))
    file, boxes = pdf.render_for_signing(joint)
    assert slots.open_signatures(slots.add(file, boxes)) == ["leader", "seal", "leader-2", "seal-2"]
    at = named(boxes)
    assert at["leader"].right < at["leader-2"].left


def test_a_block_without_a_name_still_has_its_room():
    made = unnumbered()
    frame = replace(made.frame, signatures=(Signature(("CHỦ TỊCH",)),))
    _, boxes = pdf.render_for_signing(replace(made, frame=frame))
    leader = named(boxes)["leader"]
    assert leader.height / MM == pytest.approx(25, abs=0.1)


def test_boxes_are_plain_data_and_blanks_are_wide_enough_for_four_digits():
    blank = signing.blank(unnumbered())
    gaps = [node.gap for node in (*blank.frame.number, *blank.frame.place_date) if isinstance(node, Slot)]
    assert gaps == [9, 5, 5, 8]
    assert isinstance(blank.frame.number[0], Text)
