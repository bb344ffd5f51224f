"""Labels and mentions are settled once, and printed words are never touched."""

from __future__ import annotations

import pytest

from reports.document.nodes import (
    Appendix,
    Block,
    Cell,
    Column,
    Document,
    Frame,
    Inline,
    Item,
    Mention,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    Title,
    walk_sections,
    words,
)
from reports.document.numbering import STYLES, Wording, heading_style, letter, parse_label, resolve, roman


def labels(*sections: Section) -> list[str | None]:
    resolved = resolve(Document("x", sections=sections), {})
    return [section.label for section in walk_sections(resolved.sections)]


def many(style: str, count: int) -> list[str | None]:
    return labels(*[Section(None, style=style) for _ in range(count)])


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("Phần I", ["Phần I", "Phần II", "Phần III", "Phần IV"]),
        ("Phần thứ nhất", ["Phần thứ nhất", "Phần thứ hai", "Phần thứ ba", "Phần thứ tư"]),
        ("Chương I", ["Chương I", "Chương II", "Chương III", "Chương IV"]),
        ("Mục 1", ["Mục 1", "Mục 2", "Mục 3", "Mục 4"]),
        ("Điều 1.", ["Điều 1.", "Điều 2.", "Điều 3.", "Điều 4."]),
        ("A.", ["A.", "B.", "C.", "D."]),
        ("I.", ["I.", "II.", "III.", "IV."]),
        ("I-", ["I-", "II-", "III-", "IV-"]),
        ("1.", ["1.", "2.", "3.", "4."]),
        ("1)", ["1)", "2)", "3)", "4)"]),
        ("(1)", ["(1)", "(2)", "(3)", "(4)"]),
        ("(i)", ["(i)", "(ii)", "(iii)", "(iv)"]),
        ("-", ["-", "-", "-", "-"]),
        ("+", ["+", "+", "+", "+"]),
        ("", ["", "", "", ""]),
    ],
)
def test_each_style_counts_in_its_own_way(style: str, written: list[str]) -> None:
    assert many(style, 4) == written


def test_points_follow_the_vietnamese_alphabet() -> None:
    # Phụ lục I, II.6: điểm in the order of the Vietnamese alphabet: no f, j, w, z, but đ
    written = "a b c d đ e g h i k l m n o p q r s t u v x y".split()
    assert many("a)", 24) == [f"{char})" for char in written] + ["aa)"]


def test_every_style_reads_what_it_writes() -> None:
    for key, style in STYLES.items():
        if style.counts:
            for number in (1, 2, 4, 5, 9, 10):
                parent = (3, 2, 7)[: style.dots]
                label = style.label(number, parent)
                assert style.path(label) == (*parent, number), (key, label)


def test_dotted_labels_take_the_number_of_their_parents() -> None:
    inner = Section(None, style="1.1.1.")
    part = Section(None, style="1.1.", sections=(inner, inner))
    assert labels(Section("3.", style="1.", sections=(part, part))) == [
        "3.", "3.1.", "3.1.1.", "3.1.2.", "3.2.", "3.2.1.", "3.2.2.",
    ]  # fmt: skip


def test_dotted_labels_under_a_roman_number_and_past_an_unlabelled_section() -> None:
    plain = Section(sections=(Section(None, style="1.1."),))
    assert labels(Section("II.", style="I.", sections=(plain,))) == ["II.", "", "2.1."]


def test_printed_labels_stay_and_the_count_goes_on_from_them() -> None:
    # II -> V and "a)-đ) then 2." are normal in real reports
    assert labels(
        Section("II.", style="I."), Section("V.", style="I."), Section(None, style="I."),
        Section("đ)", style="a)"), Section(None, style="a)"), Section("c)", style="1."), Section(None, style="1."),
    ) == ["II.", "V.", "VI.", "đ)", "e)", "c)", "1."]  # fmt: skip


def test_a_sections_own_style_reads_its_printed_label() -> None:
    assert labels(Section("i)", style="a)"), Section(None, style="a)")) == ["i)", "k)"]
    assert labels(Section("i)", style="i)"), Section(None, style="i)")) == ["i)", "ii)"]
    assert labels(Section("C.", style="I."), Section(None, style="I.")) == ["C.", "CI."]


def test_styles_count_apart_and_restart_under_each_parent() -> None:
    one = Section(None, style="1.")
    dash = Section(None, style="-")
    assert labels(
        Section(None, style="I.", sections=(one, dash, one)), Section(None, style="I.", sections=(one,))
    ) == ["I.", "1.", "-", "2.", "II.", "1."]


def test_articles_count_through_chapters() -> None:
    article = Section(None, style="Điều 1.")
    chapter = Section(None, style="Chương I", sections=(article, article))
    assert labels(chapter, chapter) == [
        "Chương I", "Điều 1.", "Điều 2.", "Chương II", "Điều 3.", "Điều 4.",
    ]  # fmt: skip


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(KeyError, match="§"):
        labels(Section(None, style="§"))


@pytest.mark.parametrize(
    ("label", "parsed"),
    [
        ("II.", ("I.", 2)), ("IV-", ("I-", 4)), ("A.", ("A.", 1)), ("C.", ("A.", 3)), ("1.", ("1.", 1)),
        ("2.1.", ("1.1.", 1)), ("2.1", ("1.1.", 1)), ("2.1.10", ("1.1.1.", 10)), ("c)", ("a)", 3)),
        ("đ)", ("a)", 5)), ("7)", ("1)", 7)), ("(2)", ("(1)", 2)), ("(iv)", ("(i)", 4)), ("-", ("-", 0)),
        ("PHẦN THỨ HAI", ("Phần thứ nhất", 2)), ("Phần III", ("Phần I", 3)), ("Điều 12.", ("Điều 1.", 12)),
        ("Kết quả", None), ("", None), ("IIII.", None), ("z)", None), ("0.", None),
    ],
)  # fmt: skip
def test_printed_labels_are_read(label: str, parsed: tuple[str, int] | None) -> None:
    assert parse_label(label) == parsed


def test_numbers_as_words() -> None:
    assert [roman(n) for n in (4, 9, 14, 40, 1999)] == ["IV", "IX", "XIV", "XL", "MCMXCIX"]
    assert [letter(n) for n in (1, 5, 23, 24, 46, 47)] == ["a", "đ", "y", "aa", "ay", "ba"]


def test_only_khoan_with_a_title_and_above_are_bold() -> None:
    # Phụ lục I, II.6: điểm upright and regular
    bold = {key for key, style in STYLES.items() if style.bold}
    assert {"Phần I", "I.", "1.", "1.1."} <= bold
    assert not {"a)", "1)", "(i)", "-", "+"} & bold
    assert heading_style(Section("a)", (Text("x"),))) is STYLES["a)"]


# --- mentions -----------------------------------------------------------------------------------------

PAPER = Mention("paper", "98")
WORDINGS = {
    ("paper", "98"): Wording("Kế hoạch số 98/KH-UBND ngày 19/9/2025", "Kế hoạch số 98/KH-UBND"),
    ("figure", "7"): Wording(forms={"value": "27", "ratio": "27/27", "percent": None}),
    ("team", "3"): Wording(forms={"name": "Tổ công nghệ", "headcount": "137 thành viên"}),
}


def shown(*nodes: Inline) -> list[str]:
    resolved = resolve(Document("x", sections=(Section(heading=nodes),)), WORDINGS)
    return [words((node,)) for node in resolved.sections[0].heading]


def test_a_paper_is_cited_in_full_first_and_short_afterwards_in_reading_order() -> None:
    # Phụ lục I, II.6.b
    cell = Table((Column(),), (Row((Cell((PAPER,)),)),))
    inner = Section(heading=(PAPER,), run_in=(PAPER,), blocks=(Block((Item("-", (PAPER,)), cell)),))
    first = Section(blocks=(Block((Paragraph((PAPER,)),)),), sections=(inner,))
    tree = resolve(Document("x", sections=(first,), appendices=(Appendix(title=((PAPER,),)),)), WORDINGS)
    full, short = WORDINGS["paper", "98"].full, WORDINGS["paper", "98"].short
    opening, inner = tree.sections[0], tree.sections[0].sections[0]
    item, table = inner.blocks[0].nodes
    assert isinstance(item, Item)
    assert isinstance(table, Table)
    assert words(opening.blocks[0].nodes[0].content) == full  # type: ignore[union-attr]
    later = [
        inner.heading,
        inner.run_in,
        item.content,
        table.rows[0].cells[0].content,
        tree.appendices[0].title[0],
    ]
    assert [words(line) for line in later] == [short] * 5


def test_a_heading_comes_before_its_text() -> None:
    tree = resolve(
        Document("x", sections=(Section(heading=(PAPER,), blocks=(Block((Paragraph((PAPER,)),)),)),)),
        WORDINGS,
    )
    assert words(tree.sections[0].heading) == WORDINGS["paper", "98"].full


def test_moving_a_section_swaps_full_and_short() -> None:
    sections = (Section("1.", (PAPER,), key="a"), Section("2.", (PAPER,), key="b"))
    for order in (sections, sections[::-1]):
        tree = resolve(Document("x", sections=order), WORDINGS)
        assert words(tree.sections[0].heading).endswith("ngày 19/9/2025")
        assert not words(tree.sections[1].heading).endswith("ngày 19/9/2025")


def test_a_forced_form_wins_over_the_order() -> None:
    full, short = WORDINGS["paper", "98"].full, WORDINGS["paper", "98"].short
    assert shown(Mention("paper", "98", "short"), PAPER, Mention("paper", "98", "full")) == [
        short,
        short,
        full,
    ]


def test_printed_words_win_and_count_as_the_first_mention() -> None:
    printed = Mention("paper", "98", printed="Kế hoạch số 98/KH-UBND của phường")
    assert shown(printed, PAPER) == ["Kế hoạch số 98/KH-UBND của phường", "Kế hoạch số 98/KH-UBND"]


def test_printed_mentions_know_todays_words_too() -> None:
    tree = resolve(
        Document("x", sections=(Section(heading=(Mention("figure", "7", printed="26"),)),)), WORDINGS
    )
    (mention,) = tree.sections[0].heading
    assert isinstance(mention, Mention)
    assert (mention.shown, mention.current) == ("26", "27")


def test_figures_and_teams_by_form() -> None:
    assert shown(Mention("figure", "7"), Mention("figure", "7", "value"), Mention("figure", "7", "ratio")) == [
        "27", "27", "27/27",
    ]  # fmt: skip
    assert shown(Mention("team", "3"), Mention("team", "3", "headcount")) == [
        "Tổ công nghệ",
        "137 thành viên",
    ]


def test_no_value_is_shown_as_a_gap_never_as_zero() -> None:
    assert (
        shown(
            Mention("figure", "7", "percent"),
            Mention("figure", "404"),
            Mention("paper", "404"),
            Mention("team", "3", "ratio"),
        )
        == ["……"] * 4
    )


def test_a_paper_in_the_title_does_not_use_up_the_full_citation() -> None:
    frame = Frame(title=Title("BÁO CÁO", ((PAPER,),)))
    tree = resolve(Document("x", frame, (Section(heading=(PAPER,)),)), WORDINGS)
    assert words(tree.sections[0].heading) == WORDINGS["paper", "98"].full
    assert tree.frame.title
    assert words(tree.frame.title.subject[0]) == WORDINGS["paper", "98"].full


# --- appendices ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ([None], ["Phụ lục"]),
        ([None, None, None], ["Phụ lục I", "Phụ lục II", "Phụ lục III"]),
        (["PHỤ LỤC 1", None], ["PHỤ LỤC 1", "Phụ lục II"]),
        ([""], [""]),
    ],
)
def test_appendix_labels(given: list[str | None], written: list[str]) -> None:
    tree = resolve(Document("x", appendices=tuple(Appendix(label=label) for label in given)), {})
    assert [appendix.label for appendix in tree.appendices] == written


def test_resolving_twice_changes_nothing_and_leaves_the_first_tree_alone() -> None:
    open_tree = Document("x", sections=(Section(None, (PAPER,), style="1."),), appendices=(Appendix(),))
    once = resolve(open_tree, WORDINGS)
    assert resolve(once, WORDINGS) == once
    assert open_tree.sections[0].label is None
