"""HTML: everything escaped, nothing lost, headings nest without a gap, no inline styles or scripts."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from reports.document import html, html_line, plain
from reports.document.layout import LAYOUT, issuer_rule, motto_rule, subject_rule
from reports.document.nodes import (
    Appendix,
    Block,
    Cell,
    Column,
    Document,
    Frame,
    Inline,
    Item,
    Letterhead,
    LetterheadLine,
    Lines,
    Mention,
    Node,
    Paragraph,
    Row,
    Section,
    Signature,
    Slot,
    Table,
    Text,
    Title,
)
from reports.document.numbering import resolve
from tests.document import reference, samples, trees

EVERYTHING = resolve(samples.everything(), samples.WORDINGS)


def squeezed(text: str) -> str:
    return "".join(text.split())


def parsed(document: Document) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(html.body(document))


def section(*nodes: Node) -> Document:
    return Document("x", sections=(Section(blocks=(Block(nodes),)),))


def test_the_body_of_report_274_is_the_golden_text() -> None:
    (body,) = parsed(resolve(reference.document(), {})).find_class("text")
    assert squeezed(body.text_content()) == squeezed("".join(reference.golden_lines()))


@pytest.mark.parametrize(
    "document", [resolve(reference.document(), {}), EVERYTHING], ids=["274", "everything"]
)
def test_html_and_plain_text_say_the_same(document: Document) -> None:
    assert squeezed(parsed(document).text_content()) == squeezed(plain.text(document))


@settings(max_examples=60, deadline=None)
@given(trees.documents)
def test_generated_trees_say_the_same(document: Document) -> None:
    resolved = resolve(document, {})
    assert squeezed(parsed(resolved).text_content()) == squeezed(plain.text(resolved))


def test_inside_another_page_headings_stand_a_level_lower() -> None:
    document = resolve(reference.document(), {})
    inner = lxml_html.fromstring(html.inside(document))
    assert not list(inner.iter("h1"))
    assert len(list(inner.iter("h2"))) == len(list(parsed(document).iter("h1"))) > 0
    assert squeezed(inner.text_content()) == squeezed(plain.text(document))
    assert len(list(inner.iter("svg"))) == len(list(parsed(document).iter("hr"))) == 3
    assert inner.xpath("//*[@width][not(self::svg)]") == []
    assert all(f".{column.get('class')} " in html.SHARES for column in inner.iter("col"))


def test_every_node_has_its_function() -> None:
    assert all(kind in html_line.inline.registry for kind in get_args(Inline))
    assert all(kind in html.block_node.registry for kind in get_args(Node))
    assert all(kind in plain.lines.registry for kind in get_args(Node))


EVIL = "<script>alert('x')</script>\"&amp;'"


def test_every_text_of_every_node_is_escaped() -> None:
    inline = (Text(EVIL), Mention("paper", EVIL, printed=EVIL), Slot("number", EVIL))
    cell = Cell(inline)
    table = Table((Column(),), (Row((cell,), "header"), Row((cell,))), inline, EVIL)
    block = Block((Paragraph(inline), Item(EVIL, inline), table), EVIL)
    inside = Section(EVIL, inline, inline, blocks=(block,), key=EVIL)
    frame = Frame(
        Letterhead((LetterheadLine(EVIL),), (EVIL, EVIL)), inline, inline, Title(EVIL, (inline,)), Lines(EVIL, (EVIL,)),
        Lines(EVIL, (EVIL, EVIL)), (Signature((EVIL,), EVIL, EVIL),), EVIL, EVIL, EVIL, EVIL, EVIL,
    )  # fmt: skip
    document = Document(
        EVIL, frame, (inside,), (Appendix((inline,), EVIL, inline, key=EVIL, sections=(inside,)),), EVIL
    )
    page = html.page(document)
    assert "<script" not in page
    assert squeezed(EVIL) in squeezed(parsed(document).text_content())
    assert len(fields(Frame)) == 12  # a new part of the frame belongs in this test
    for element in lxml_html.fromstring(page).iter():
        assert not {name for name in element.attrib if name.startswith("on")}


def test_a_link_leads_where_it_says() -> None:
    (link,) = parsed(section(Paragraph((Text("xem", link="https://a.vn/?x=1&y='\""),)))).iter("a")
    assert (link.get("href"), link.text_content()) == ("https://a.vn/?x=1&y='\"", "xem")


def test_no_inline_styles_no_scripts_nothing_from_elsewhere() -> None:
    body = html.body(EVERYTHING)
    assert " style=" not in body
    assert "<script" not in body
    assert not re.search(r"\b(src|srcset)=", html.page(EVERYTHING))
    assert "url(" not in html.page(EVERYTHING)


def test_the_page_is_whole_vietnamese_and_named() -> None:
    root = lxml_html.document_fromstring(html.page(EVERYTHING))
    assert root.get("lang") == "vi"
    assert root.findtext("head/title") == "Báo cáo mẫu"
    assert "@page" in root.findtext("head/style")
    assert lxml_html.document_fromstring(html.page(Document(" "))).findtext("head/title") == "Văn bản"


def test_labels_come_before_their_text_with_a_space() -> None:
    body = html.body(resolve(Document("x", sections=(Section(None, samples.text("Tên"), style="1."),)), {}))
    assert '<h1 class="bold"><span class="label">1.</span> Tên</h1>' in body
    assert '<span class="label">-</span> việc' in html.body(section(Item("-", samples.text("việc"))))


# --- headings -----------------------------------------------------------------------------------------


def levels(document: Document) -> list[int]:
    return [int(element.tag[1]) for element in parsed(document).iter("h1", "h2", "h3", "h4", "h5", "h6")]


def assert_no_gap(found: list[int]) -> None:
    assert all(after <= before + 1 for before, after in zip([0, *found], found, strict=False)), found


def test_headings_nest_below_the_title() -> None:
    assert levels(EVERYTHING)[:6] == [1, 2, 3, 4, 4, 5]
    assert_no_gap(levels(EVERYTHING))


@settings(max_examples=40, deadline=None)
@given(trees.documents)
def test_headings_of_generated_trees_leave_no_gap(document: Document) -> None:
    assert_no_gap(levels(resolve(document, {})))


def test_headings_without_a_title_start_at_one_and_stop_at_six() -> None:
    deep = Section(heading=samples.text("x"))
    for _ in range(8):
        deep = Section(heading=samples.text("x"), sections=(deep,))
    assert levels(Document("x", sections=(deep,))) == [1, 2, 3, 4, 5, 6, 6, 6, 6]


def test_a_letters_subject_is_its_heading() -> None:
    title = Title("", (samples.text("V/v báo cáo"),), letter=True)
    (heading,) = parsed(Document("x", Frame(title=title))).iter("h1")
    assert heading.text_content() == "V/v báo cáo"


def test_bold_follows_the_label_style() -> None:
    sections = (
        Section("1.", samples.text("khoản"), style="1."),
        Section("a)", samples.text("điểm"), style="a)"),
    )
    found = parsed(Document("x", sections=sections)).iter("h1")
    assert [element.get("class") for element in found] == ["bold", "plain"]


# --- anchors ------------------------------------------------------------------------------------------


def test_keys_lead_back_to_forms() -> None:
    root = parsed(EVERYTHING)
    assert [element.get("data-block") for element in root.xpath("//*[@data-block]")] == [
        "b1",
        "b2",
        "b9",
        "b10",
    ]
    assert [element.get("id") for element in root.xpath("//*[@id]")] == ["s0", "s1", "a1"]
    assert {element.get("data-kind") for element in root.find_class("mention")} == {"paper", "team", "figure"}
    assert [element.get("data-slot") for element in root.find_class("slot")][:4] == [
        "number",
        "day",
        "month",
        "year",
    ]


def test_a_missing_value_is_shown_as_a_gap() -> None:
    (mention,) = parsed(section(Paragraph((Mention("figure", "8"),)))).find_class("mention")
    assert mention.text_content() == "……"


# --- tables -------------------------------------------------------------------------------------------


def test_tables_have_heads_scopes_captions_and_column_aligns() -> None:
    table = parsed(EVERYTHING).find(".//table")
    assert [len(table.findall(f"{part}/tr")) for part in ("thead", "tbody")] == [3, 8]
    assert [th.get("scope") for th in table.findall("thead/tr[1]/th")] == ["col", "col", "colgroup", "col"]
    assert [span.get("class") for span in table.find("caption")] == ["table-title", "unit"]
    assert [td.get("class") for td in table.findall("tbody/tr[2]/td")] == [
        "center",
        "left",
        "right",
        "right",
        "right",
    ]
    assert [td.get("class") for td in table.findall("tbody/tr[8]/td")] == [
        "center",
        "right",
        "right",
        "right",
    ]
    shares = [float(col.get("width").rstrip("%")) for col in table.iter("col")]
    assert sum(shares) == pytest.approx(100, abs=0.01)
    assert shares[1] == pytest.approx(4 * shares[0], abs=0.01)


def test_a_cell_below_a_span_takes_the_align_of_its_own_column() -> None:
    rows = (Row((Cell((), rowspan=2), Cell(()))), Row((Cell(()),)))
    table = Table((Column(align="center"), Column(align="right")), rows)
    assert [td.get("class") for td in parsed(section(table)).iter("td")] == ["center", "right", "right"]
    own = Table((Column(align="center"),), (Row((Cell((), align="left"),)),))
    assert [td.get("class") for td in parsed(section(own)).iter("td")] == ["left"]


# --- rules --------------------------------------------------------------------------------------------


def test_rules_have_the_lengths_of_the_layout() -> None:
    document = reference.document()
    assert document.frame.letterhead
    assert document.frame.title
    wanted = [
        issuer_rule(document.frame.letterhead),
        motto_rule(document.frame.letterhead),
        subject_rule(document.frame.title),
    ]
    drawn = [float(rule.get("width")) * 25.4 / 96 for rule in parsed(resolve(document, {})).iter("hr")]
    assert drawn == pytest.approx(wanted, abs=0.05)


def test_row_by_row_left_then_right() -> None:
    rows = parsed(EVERYTHING).find_class("head")[0].find_class("row")
    cells = [[squeezed(cell.text_content())[:6] for cell in row] for row in rows]
    assert cells == [["UBNDPH", "CỘNGHÒ"], ["Số:/BC", "NhịChi"]]


def test_the_contact_line_can_come_first_for_the_foot_of_page_one() -> None:
    first = lxml_html.fromstring(html.body(EVERYTHING, LAYOUT, contact_first=True))
    assert first.find_class("main")[0][0].get("class") == "call"
    assert len(first.find_class("contact")) == 1
    assert parsed(EVERYTHING).find_class("main")[0][-1].get("class") == "contact"
