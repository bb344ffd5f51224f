"""Rich text to nodes: lists, tables, mentions, and markup no editor would write."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.blocks import prose, richtext
from reports.blocks.richtext import inlines_of, nodes_of
from reports.document.nodes import Break, Item, Mention, Paragraph, Table, Text, words


def shown(html: str) -> list[str]:
    """Lines as a reader sees them, items with label and level."""
    return [
        f"{node.level}{node.label} {words(node.content)}" if isinstance(node, Item) else words(node.content)
        for node in nodes_of(html)
        if not isinstance(node, Table)
    ]


def grid(html: str) -> list[list[tuple[str, int, int]]]:
    """The first table: text and spans of its cells."""
    table = next(node for node in nodes_of(html) if isinstance(node, Table))
    return [[(words(cell.content), cell.colspan, cell.rowspan) for cell in row.cells] for row in table.rows]


# --- words ----------------------------------------------------------------------------------------------


def test_marks_are_kept_and_neighbours_of_one_look_joined():
    (node,) = nodes_of("<p>a<b>b</b><strong>c</strong><i>d</i><u>e</u><sub>f</sub><sup>g</sup></p>")
    assert node == Paragraph(
        (
            Text("a"),
            Text("bc", bold=True),
            Text("d", italic=True),
            Text("e", underline=True),
            Text("f", script="sub"),
            Text("g", script="super"),
        )
    )


def test_blanks_are_folded_as_a_browser_does():
    assert shown("<p>  một \n hai <b> ba</b>  </p>\n<p> </p><p></p>") == ["một hai ba"]
    assert nodes_of("<p>a <br> b<br></p>") == (Paragraph((Text("a"), Break(), Text("b"))),)


def test_text_is_nfc_without_control_characters():
    (node,) = nodes_of("<p>" + unicodedata.normalize("NFD", "Nhị Chiểu") + "\x00\x07\u200b&#1;&#0;&#x1f;</p>")
    assert node.content == (Text("Nhị Chiểu"),)


def test_unknown_tags_keep_their_words_and_scripts_do_not():
    assert shown("<h2>Đầu</h2><blockquote>giữa</blockquote>đuôi<font>!</font>") == ["Đầu", "giữa", "đuôi!"]
    assert shown("<script>alert(1)</script><style>p{}</style><p>x<!-- y --></p>") == ["x"]


def test_only_public_links_are_links():
    (node,) = nodes_of('<p><a href="https://a.vn">a</a><a href="javascript:x()">b</a></p>')
    assert node.content == (Text("a", link="https://a.vn"), Text("b"))


# --- lists ----------------------------------------------------------------------------------------------


def test_nested_lists_have_levels_and_marks():
    html = "<ul><li><p>một</p><ul><li>hai<ul><li>ba</li></ul></li></ul></li><li>bốn</li></ul>"
    assert shown(html) == ["1- một", "2+ hai", "3- ba", "1- bốn"]


def test_marks_and_counters_as_chosen():
    assert shown('<ul data-mark="*"><li>a</li></ul><ul data-mark="x"><li>b</li></ul>') == ["1* a", "1- b"]
    assert shown('<ol start="3"><li>a</li><li>b</li></ol>') == ["13) a", "14) b"]
    assert shown('<ol type="a" start="4"><li>x</li><li>y</li></ol>') == ["1d) x", "1đ) y"]
    assert shown(f'<ol start="{"9" * 5000}"><li>x</li></ol>') == ["19999) x"]
    assert shown('<ol type="i"><li>a</li><li>b</li></ol><ol type="I" start="4"><li>c</li></ol>') == [
        "1i) a",
        "1ii) b",
        "1IV. c",
    ]


def test_only_the_first_line_of_an_item_carries_the_mark():
    assert shown("<ul><li><p>một</p><p>tiếp</p></li></ul>") == ["1- một", "1 tiếp"]


def test_lists_deeper_than_paper_stay_at_the_deepest_level():
    html = "<ul><li>" * 15 + "x" + "</li></ul>" * 15
    assert shown(html) == ["9- x"]


# --- mentions -------------------------------------------------------------------------------------------


def test_mentions_keep_printed_words_and_forget_cached_ones():
    live = '<span data-ref="figure:7" data-form="percent">99%</span>'
    fixed = '<b><span data-ref="paper:12" data-printed="1">Kế hoạch  98</span></b>'
    (node,) = nodes_of(f"<p>{live} {fixed}</p>")
    assert node.content == (
        Mention("figure", "7", "percent"),
        Text(" "),
        Mention("paper", "12", printed="Kế hoạch 98", bold=True),
    )


@pytest.mark.parametrize("ref", ["user:1", "paper:0", "paper:x", "paper:1;2", "paper:" + "9" * 30, ""])
def test_unlawful_references_are_plain_words(ref):
    assert nodes_of(f'<p><span data-ref="{ref}">lời</span></p>') == (Paragraph((Text("lời"),)),)


def test_printed_without_words_is_live_and_unknown_forms_are_dropped():
    (node,) = nodes_of('<p><span data-ref="team:1" data-form="bold" data-printed="1"> </span></p>')
    assert node.content == (Mention("team", "1"),)


def test_several_lines_become_one_with_breaks():
    assert inlines_of("<p>a</p><ul><li>b</li></ul>") == (Text("a"), Break(), Text("- "), Text("b"))
    assert inlines_of("") == ()


# --- tables ---------------------------------------------------------------------------------------------


def test_table_with_two_header_rows_and_spans():
    html = (
        "<table><thead><tr><th rowspan=2>TT</th><th colspan=2>Số</th></tr><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td>1</td><td>x<br>y</td><td>4.118</td></tr></tbody></table>"
    )
    table = nodes_of(html)[0]
    assert [row.kind for row in table.rows] == ["header", "header", "item"]
    assert grid(html)[0] == [("TT", 1, 2), ("Số", 2, 1)]
    assert grid(html)[2] == [("1", 1, 1), ("x\ny", 1, 1), ("4.118", 1, 1)]
    assert [column.align for column in table.columns] == ["right", "left", "right"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", [["a", "b"], ["c", ""]]),  # short row
        ("<tr><td rowspan=9>a</td><td>b</td></tr><tr></tr>", [["a", "b"], [""]]),  # span past the end
        (
            "<tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td></tr>",
            [["a", "b"], ["c"]],
        ),  # overlap
        ("<tr><th rowspan=2>a</th></tr><tr><td>b</td></tr>", [["a"], ["b"]]),  # span out of the head
        ("<tr><td colspan=1000>a</td></tr><tr><td>b</td><td>c</td></tr>", [["a"], ["b", "c"]]),
        ("<tr><td colspan=0 rowspan=x>a</td></tr>", [["a"]]),
        (f"<tr><td colspan={'9' * 5000} rowspan={'9' * 5000}>a</td></tr>", [["a"]]),
    ],
)
def test_odd_tables_are_padded(html, expected):
    assert [[text for text, _, _ in row] for row in grid(f"<table>{html}</table>")] == expected


def test_table_without_cells_is_nothing_and_nested_ones_become_words():
    assert nodes_of("<table><tr></tr></table>") == ()
    assert grid("<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr></table>") == [
        [("a\nb\nc", 1, 1)]
    ]


def test_lists_in_cells_keep_their_marks():
    assert grid("<table><tr><td><ul><li>a</li><li>b</li></ul></td></tr></table>") == [[("- a\n- b", 1, 1)]]


TAGS = [
    "p",
    "ul",
    "ol",
    "li",
    "b",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "span data-ref='paper:1'",
    "br",
    "div",
    "a",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from(
        ["<td colspan=3>", "<td rowspan=2>", "<th rowspan=3 colspan=2>", "&nbsp;", "&#8203;", "&lt;"]
    ),
    st.text(max_size=6),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_becomes_lawful_nodes_and_cleaning_changes_no_words(html):
    nodes = nodes_of(html)  # the nodes check themselves
    assert all(isinstance(node, Paragraph | Item | Table) for node in nodes)
    again = nodes_of(prose.clean(prose.clean(html)))
    assert again == nodes_of(prose.clean(html))
    list(richtext.mentions_in(nodes))


# --- what the server keeps ------------------------------------------------------------------------------


def test_cleaning_keeps_what_the_editor_offers_and_nothing_else():
    kept = (
        "<p>a <strong>b</strong> <em>c</em> <u>d</u> <sub>e</sub> <sup>f</sup><br>"
        '<span data-ref="paper:1" data-form="full" data-printed="1">g</span> '
        '<a href="https://a.vn">h</a></p><ul data-mark="+"><li><p>i</p></li></ul>'
        '<table><tbody><tr><th colspan="2" rowspan="1">j</th></tr></tbody></table>'
    )
    assert prose.clean(kept) == kept
    assert (
        prose.clean('<p style="x" onclick="y" class="z">a</p><img src=x onerror=y><iframe></iframe>')
        == "<p>a</p>"
    )
    assert prose.clean('<span data-ref="paper:1" data-form="x" data-printed="true">a</span>') == (
        '<span data-ref="paper:1">a</span>'
    )


def test_todays_words_replace_cached_ones_only():
    html = '<p><span data-ref="paper:1">cũ</span> <span data-ref="paper:1" data-printed="1">in</span></p>'
    assert prose.with_words(html, lambda ref, form: f"mới {ref}") == (
        '<p><span data-ref="paper:1">mới paper:1</span> <span data-ref="paper:1" data-printed="1">in</span></p>'
    )
    assert "……" in prose.with_words(html, lambda ref, form: None)
