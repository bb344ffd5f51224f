"""Hypothesis strategies for lawful documents: any frame, sections of any depth, tables with spans, appendices."""

from __future__ import annotations

from hypothesis import strategies as st

from reports.document.nodes import (
    Appendix,
    Block,
    Break,
    Cell,
    Column,
    Document,
    Frame,
    Inline,
    Inlines,
    Item,
    Letterhead,
    LetterheadLine,
    Lines,
    Mention,
    Node,
    Paragraph,
    Row,
    RowKind,
    Section,
    Signature,
    Slot,
    Table,
    Text,
    Title,
)
from reports.document.numbering import STYLES

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
LETTERS = VIETNAMESE + VIETNAMESE.upper() + "fjwzFJWZ0123456789"
MARKS = " .,;:-–/()“”\"'…%&<>+*=@_#[]{}|~`^\\$!?"
LABELS = ("", "I.", "I-", "A.", "1.", "1.1.", "a)", "đ)", "1)", "(1)", "(i)", "-", "+", "*", "Phần I", "•")
MARKED = ("-", "+", "*", "•", "a)", "đ)", "1)", "(1)", "(i)")

#: Words as officers type them, with what XML and HTML must escape, and spaces of both sorts anywhere.
words = st.text(st.sampled_from(LETTERS + MARKS + " " * 12 + "\u00a0"), min_size=1, max_size=40)
#: Words that are sure to show.
lines = st.text(st.sampled_from(LETTERS + " .,-/()"), max_size=30).map(lambda text: f"N{text}")
long_words = st.lists(words, min_size=15, max_size=40).map(" ".join)
links = st.sampled_from(("", "", "", "https://zalo.me/g/a?b=1&c=2", "mailto:ubnd@haiphong.gov.vn"))
texts = st.builds(
    Text,
    words | words | long_words,
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    script=st.sampled_from(("", "", "", "sub", "super")),
    link=links,
)
mentions = st.builds(
    Mention,
    kind=st.sampled_from(("paper", "team", "figure")),
    key=st.integers(1, 999).map(str),
    form=st.sampled_from(("", "full", "short", "value", "ratio", "percent", "headcount")),
    printed=st.none() | lines,
    current=st.none() | lines,
    bold=st.booleans(),
    italic=st.booleans(),
)
slots = st.builds(
    Slot,
    kind=st.sampled_from(("number", "day", "month", "year")),
    text=st.sampled_from(("", "274", "19")),
    gap=st.integers(1, 8),
)
inline: st.SearchStrategy[Inline] = texts | texts | mentions | slots | st.just(Break())
#: A line of text with breaks, mentions and slots; `short` without, for headings and titles, may be empty.
content: st.SearchStrategy[Inlines] = st.lists(inline, min_size=1, max_size=4).map(tuple)
brief: st.SearchStrategy[Inlines] = st.lists(
    st.builds(Text, words) | mentions | slots | st.just(Break()), max_size=3
).map(tuple)
short: st.SearchStrategy[Inlines] = st.lists(st.builds(Text, words) | mentions, max_size=2).map(tuple)

paragraphs = st.builds(
    Paragraph, content, align=st.sampled_from(("left", "center", "right", "justify")), indent=st.booleans()
)
items = st.builds(Item, st.sampled_from(MARKED), content, level=st.integers(1, 9))


@st.composite
def row_groups(draw: st.DrawFn, width: int, kinds: tuple[RowKind, ...]) -> tuple[Row, ...]:
    """Rows of these kinds over `width` columns, tiled at random by cells with column and row spans.

    Cells stay short: a row taller than a page is cut, and a PDF then shows its cells in turns.
    """
    taken = [0] * width
    rows = []
    for index, kind in enumerate(kinds):
        cells, at = [], 0
        while at < width:
            if taken[at] > index:
                at += 1
                continue
            free = next((c for c in range(at, width) if taken[c] > index), width) - at
            colspan = draw(st.sampled_from((1, 1, 1, 2, free)).filter(lambda span, free=free: span <= free))
            rowspan = draw(st.integers(1, len(kinds) - index)) if draw(st.integers(0, 5)) == 0 else 1
            align = draw(st.none() | st.sampled_from(("left", "center", "right")))
            inside = draw(
                st.just(()) | st.just((Text("12"),)) | (short if kind in ("header", "numbers") else brief)
            )
            cells.append(Cell(inside, colspan, rowspan, align, bold=draw(st.booleans())))
            taken[at : at + colspan] = [index + rowspan] * colspan
            at += colspan
        rows.append(Row(tuple(cells), kind))
    return tuple(rows)


@st.composite
def tables(draw: st.DrawFn, max_rows: int = 5) -> Table:
    """Tables with up to two header rows, a row of column numbers, groups, subtotals and totals."""
    width = draw(st.integers(1, 5))
    head: list[RowKind] = ["header"] * draw(st.integers(0, 2))
    if draw(st.booleans()):
        head.append("numbers")
    kinds = draw(
        st.lists(
            st.sampled_from(("item", "item", "group", "subtotal", "total")), min_size=1, max_size=max_rows
        )
    )
    rows = draw(row_groups(width, tuple(head))) + draw(row_groups(width, tuple(kinds)))
    aligns = st.sampled_from(("left", "center", "right", "justify"))
    columns = tuple(Column(draw(st.sampled_from((1, 2.5, 4))), draw(aligns)) for _ in range(width))
    unit = draw(st.sampled_from(("", "Đơn vị tính: người")))
    return Table(columns, rows, caption=draw(short), unit=unit)


node: st.SearchStrategy[Node] = paragraphs | items | items | tables()
blocks = st.lists(st.builds(Block, st.lists(node, max_size=3).map(tuple)), max_size=2).map(tuple)


@st.composite
def sections(draw: st.DrawFn, depth: int = 4) -> Section:
    """A section whose label, heading, run-in text, blocks and sub-sections may each be missing."""
    below = draw(st.lists(sections(depth - 1), max_size=2)) if depth > 1 else []
    return Section(
        label=draw(st.sampled_from(LABELS)),
        heading=draw(short | content),
        run_in=draw(st.just(()) | content),
        style=draw(st.sampled_from(sorted(STYLES))),
        blocks=draw(blocks),
        sections=tuple(below),
    )


letterheads = st.builds(
    Letterhead,
    issuer=st.lists(st.builds(LetterheadLine, lines, bold=st.booleans()), max_size=3).map(tuple),
    motto=st.sampled_from(
        (
            (),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
            ("ĐẢNG CỘNG SẢN VIỆT NAM",),
        )
    ),
)
titles = st.builds(
    Title, kind=st.sampled_from(("", "BÁO CÁO", "TỜ TRÌNH")), subject=st.lists(short, max_size=3).map(tuple)
) | st.builds(Title, kind=st.just(""), subject=st.lists(short, max_size=2).map(tuple), letter=st.just(True))
signatures = st.builds(
    Signature,
    lines=st.lists(lines, max_size=3).map(tuple),
    name=st.sampled_from(("", "Nguyễn Văn A")),
    role=st.sampled_from(("", "", "Ủy viên thường trực")),
)
frames = st.builds(
    Frame,
    letterhead=st.none() | letterheads,
    number=st.just(())
    | st.builds(
        lambda slot: (Text("Số: "), slot, Text("/BC-UBND")),
        st.builds(Slot, st.just("number"), st.sampled_from(("", "274"))),
    ),
    place_date=st.just(())
    | st.builds(
        lambda slot: (Text("Nhị Chiểu, ngày "), slot, Text(" tháng 5 năm 2026")),
        st.builds(Slot, st.just("day"), st.sampled_from(("", "19"))),
    ),
    title=st.none() | titles,
    addressees=st.none() | st.builds(Lines, st.just("Kính gửi:"), st.lists(lines, max_size=3).map(tuple)),
    recipients=st.none() | st.builds(Lines, st.just("Nơi nhận:"), st.lists(lines, max_size=4).map(tuple)),
    signatures=st.lists(signatures, max_size=4).map(tuple),
    urgency=st.sampled_from(("", "", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")),
    circulation=st.sampled_from(("", "", "LƯU HÀNH NỘI BỘ")),
    copies=st.sampled_from(("", "PL.(300)")),
    contact=st.sampled_from(
        ("", "", "Số 1 đường Trần Hưng Đạo; ĐT: (0225) 3.xxx.xxx; https://nhichieu.haiphong.gov.vn")
    ),
    draft=st.sampled_from(("", "", "DỰ THẢO lần 2, 16:30 ngày 18/5/2026")),
)
appendices = st.builds(
    Appendix,
    title=st.lists(short, max_size=2).map(tuple),
    label=st.sampled_from(("", "Phụ lục", "Phụ lục I", "Phụ lục II")),
    reference=st.just(()) | st.just((Text("(Kèm theo Báo cáo số "), Slot("number"), Text("/BC-UBND)"))),
    landscape=st.booleans(),
    blocks=blocks,
    sections=st.lists(sections(2), max_size=1).map(tuple),
)
documents: st.SearchStrategy[Document] = st.builds(
    Document,
    title=lines,
    frame=frames,
    sections=st.lists(sections(), max_size=3).map(tuple),
    appendices=st.lists(appendices, max_size=2).map(tuple),
)
