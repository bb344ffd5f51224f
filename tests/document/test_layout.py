"""The measures lie inside the decree's ranges (Nghị định 30/2020/NĐ-CP, Phụ lục I), and so do the lines drawn."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from reports.document.layout import (
    LAYOUT,
    css,
    issuer_rule,
    motto_rule,
    national_name_size,
    subject_rule,
    twips,
)
from reports.document.nodes import Letterhead, LetterheadLine, Text, Title
from reports.document.widths import MM_PER_POINT, Face, width, wrapped
from tests.document.samples import MOTTO, PARTY, UNIT, WARD
from tests.document.trees import VIETNAMESE

#: Phụ lục I, mục V: the size of each ô.
RANGES = {
    "national_name": (12, 13), "motto": (13, 14), "superior": (12, 13), "issuer": (12, 13), "number": (13, 13),
    "place_date": (13, 14), "kind": (13, 14), "subject": (13, 14), "letter_subject": (12, 13), "body": (13, 14),
    "authority": (13, 14), "signer": (13, 14), "addressees": (13, 14), "recipients_label": (12, 12),
    "recipients": (11, 11), "urgency": (13, 14), "circulation": (13, 14), "copies": (11, 11), "contact": (11, 12),
    "appendix_label": (14, 14), "appendix_title": (13, 14), "appendix_reference": (13, 14), "page_number": (13, 14),
}  # fmt: skip


@pytest.mark.parametrize("name", RANGES)
def test_sizes_are_lawful(name: str) -> None:
    low, high = RANGES[name]
    assert low <= getattr(LAYOUT.sizes, name) <= high


def test_page_and_paragraphs_are_lawful() -> None:
    assert (LAYOUT.page_width, LAYOUT.page_height) == (210, 297)
    assert 20 <= LAYOUT.margin_top <= 25
    assert 20 <= LAYOUT.margin_bottom <= 25
    assert 30 <= LAYOUT.margin_left <= 35
    assert 15 <= LAYOUT.margin_right <= 20
    assert LAYOUT.first_line in (10, 12.7)
    assert LAYOUT.paragraph_space >= 6
    assert 1 <= LAYOUT.line_spacing <= 1.5
    assert 1 / 3 <= LAYOUT.rule_share <= 1 / 2


def test_millimetres_in_words_unit() -> None:
    assert [twips(mm) for mm in (210, 297, 67.5, 25.4)] == [11906, 16838, 3827, 1440]


@pytest.mark.parametrize(("face", "style"), [("regular", "Regular"), ("bold", "Bold"), ("italic", "Italic")])
def test_widths_are_those_of_the_font(face: Face, style: str) -> None:
    path = subprocess.run(
        ["fc-match", f"Liberation Serif:style={style}", "--format=%{file}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    font = TTFont(path, lazy=True)
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    letters = (
        VIETNAMESE + VIETNAMESE.upper() + "".join(chr(code) for code in range(32, 127)) + "–—…“”‘’•°§²³\u00a0"
    )
    size = 2048 / MM_PER_POINT  # one unit of the font becomes one millimetre
    wrong = {char for char in letters if round(width(char, size, face)) != advances[glyphs[ord(char)]][0]}
    assert wrong == set()


def test_a_letter_outside_the_table_is_half_an_em() -> None:
    assert width("☑", 10, "bold") == pytest.approx(5 * MM_PER_POINT)


def test_text_is_wrapped_by_the_room_it_has() -> None:
    lines = wrapped("VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN", 13, "bold", 63.7)
    assert " ".join(lines) == "VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN"
    assert len(lines) > 1
    assert all(width(line, 13, "bold") <= 63.7 for line in lines)
    assert wrapped("", 13, "bold", 60) == []
    assert wrapped("K" * 60, 13, "bold", 10) == ["K" * 60]


# --- lines of lawful length ---------------------------------------------------------------------------


def test_the_line_under_the_motto_is_as_long_as_its_text() -> None:
    assert motto_rule(WARD) == pytest.approx(width(MOTTO[1], LAYOUT.sizes.motto, "bold"), abs=0.1)
    assert motto_rule(PARTY) == pytest.approx(
        width(PARTY.motto[0], LAYOUT.sizes.national_name, "bold"), abs=0.1
    )
    assert motto_rule(Letterhead()) == 0


@pytest.mark.parametrize(
    "issuer",
    [
        WARD.issuer,
        UNIT.issuer,
        (
            LetterheadLine("UBND PHƯỜNG NHỊ CHIỂU", bold=False),
            LetterheadLine("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"),
        ),
        (LetterheadLine("VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN VÀ ỦY BAN NHÂN DÂN PHƯỜNG"),),
        (LetterheadLine("BAN CHỈ ĐẠO", bold=False),),
    ],
)
def test_the_line_under_the_issuer_is_a_third_to_a_half_of_its_name(
    issuer: tuple[LetterheadLine, ...],
) -> None:
    printed = [
        text
        for line in issuer[-1:]
        for text in wrapped(line.text, 13, "bold" if line.bold else "regular", 63.7)
    ]
    text_width = max(width(text, 13, "bold" if issuer[-1].bold else "regular") for text in printed)
    assert text_width / 3 <= issuer_rule(Letterhead(issuer)) <= text_width / 2


def test_party_bodies_have_a_star_instead_of_a_line() -> None:
    assert issuer_rule(PARTY) == 0
    assert issuer_rule(Letterhead()) == 0


def test_the_line_under_the_subject_is_a_third_to_a_half_of_its_text() -> None:
    title = Title("BÁO CÁO", ((Text("Kết quả triển khai thực hiện Phong trào “Bình dân học vụ số”"),),))
    text_width = width("Kết quả triển khai thực hiện Phong trào “Bình dân học vụ số”", 14, "bold")
    assert text_width / 3 <= subject_rule(title) <= text_width / 2
    assert subject_rule(replace(title, letter=True)) == 0
    assert subject_rule(Title("BÁO CÁO")) == 0
    long = Title("BÁO CÁO", ((Text("Kết quả triển khai " * 30),),))
    assert LAYOUT.text_width / 3 <= subject_rule(long) <= LAYOUT.text_width / 2


def test_the_national_name_shrinks_to_its_column_but_never_below_twelve() -> None:
    assert national_name_size(MOTTO) == 13
    narrow = replace(LAYOUT, head_columns=(67.5, 88.0))
    assert 12 <= national_name_size(MOTTO, narrow) < 13
    assert national_name_size(("X" * 200,)) == 12


# --- the style sheet ----------------------------------------------------------------------------------


def test_one_style_sheet_of_fewer_than_a_hundred_rules() -> None:
    sheet = css()
    assert sheet.count("{") == sheet.count("}")
    assert len(re.findall(r"\{", sheet)) < 110  # blocks of @media and @page margin boxes included
    assert "letter-spacing" not in sheet
    assert "flex" not in sheet


def test_measures_reach_the_style_sheet() -> None:
    sheet = css(replace(LAYOUT, margin_left=33.3, first_line=12.7))
    assert "33.3mm" in sheet
    assert "text-indent: 12.7mm" in sheet


def test_every_rule_stays_inside_the_page_it_styles() -> None:
    # the same sheet is loaded beside the application's own
    selectors = re.findall(r"^(?!@|\}|\s)(.+?)\{", css(), re.MULTILINE)
    assert selectors
    assert all(
        part.strip().startswith(".official") for line in selectors for part in line.split(",") if part.strip()
    )
