"""What stands around the body, told from it: letterhead, number, date, title, addressees; recipients, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from ..document.nodes import (
    Frame,
    Inlines,
    Letterhead,
    LetterheadLine,
    Lines,
    Signature,
    Slot,
    SlotKind,
    Text,
    Title,
)
from .labels import label_of
from .lines import Element, Grid, Line, broken

_MOTTO = re.compile(
    r"(CỘNG\s+H(ÒA|OÀ)\s+XÃ\s+HỘI|Độc\s+lập\s*[-–]\s*Tự\s+do|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM)", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(số|so)\s*:?\s*(?P<number>[\d.]{0,6}[a-zđ]?)\s*[/\-–]?\s*(?P<symbol>[^\W\d_][^\s,;]*(\s?[-–&/]\s?[^\s,;]+)*)?\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(Số\s*:?\s*)([\d.…]*[a-zđ]?)(\s*[/\-–].*|)$", re.IGNORECASE)
_DATED = re.compile(
    r"((?:.{0,60},\s*)?ngày\s*)(\d{0,2}|[.… ]+)(\s*tháng\s*)(\d{0,2}|[.… ]+)(\s*năm\s*)(\d{0,4}|[.… ]+)\.?$",
    re.IGNORECASE,
)
_NAMES = (
    r"(báo cáo|tờ trình|kế hoạch|thông báo|quyết định|chương trình|đề án|phương án|hướng dẫn|công văn|biên bản|"
    r"kết luận|nghị quyết|chỉ thị|công điện|phụ lục báo cáo)"
)
_KIND, _BARE_KIND = re.compile(rf"{_NAMES}\b.{{0,180}}$", re.IGNORECASE), re.compile(_NAMES, re.IGNORECASE)
_ABOUT = re.compile(r"v\s?/\s?v\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"(kính\s+gửi|kính\s+trình)\s*:?\s*", re.IGNORECASE)
_RECIPIENTS = re.compile(r"(nơi\s+nhận)\s*:?\s*", re.IGNORECASE)
_MARKS = re.compile(r"(HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)( HẸN GIỜ)?$")
_CIRCULATED = re.compile(r"(LƯU HÀNH NỘI BỘ|XEM XONG TRẢ LẠI)$")
_DRAFT = re.compile(r"DỰ THẢO\b.*$", re.IGNORECASE)
_OPENING = re.compile(
    r"(thực hiện|căn cứ|theo |để |nhằm |trên cơ sở|ngày \d|trong |thời gian|sau |năm \d|uỷ ban|ủy ban|ubnd|phường |xã |"
    r"sở |phòng |ban |văn phòng|công an|trường |trạm |hđnd|đảng uỷ|đảng ủy|kính thưa|tính đến|từ ngày)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-–—_*=.\s]{3,}$")
_AUTHORITY = re.compile(
    r"(TM|KT|TL|TUQ|Q|T/M|T/L|K/T|K\.T|T\.M|T\.L|TM/|PP)\s?[./]?\s?[A-ZĐÀ-Ỹ]|"
    r"(PHÓ |QUYỀN )?(CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH|BÍ THƯ|TỔ TRƯỞNG|HIỆU TRƯỞNG|CHỦ NHIỆM|THỦ TRƯỞNG|CỤC TRƯỞNG|TỔNG)|"
    r"NGƯỜI (LẬP|BÁO CÁO|VIẾT)|Người (lập|báo cáo|viết|tổng hợp)|ĐẠI DIỆN"
)
_APPENDIX = re.compile(
    r"(\[APPENDIX|\[PHỤ LỤC|phụ lục|phụ biểu|biểu mẫu|biểu số|mẫu số|biểu \d|phụ lục số)\b", re.IGNORECASE
)
_ATTACHED = re.compile(r"\(?\s*(ban hành )?kèm theo\b", re.IGNORECASE)
#: The head of a page is not longer than this many lines.
_HEAD = 45


@dataclass
class Parts:
    """A document cut where its parts meet."""

    head: list[Line] = field(default_factory=list)
    body: list[Element] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    appendices: list[Element] = field(default_factory=list)


def parted(elements: list[Element]) -> Parts:
    """Head, body, tail and appendices; each may be empty."""
    elements = [piece for element in elements for piece in _without_tail(element)]
    start = _head_end(elements)
    tail = _tail_start(elements, start)
    end = _tail_end(elements, tail)
    head = [piece for element in elements[:start] for piece in _lines(element)]
    closing = _by_column([piece for element in elements[tail:end] for piece in _lines(element)])
    return Parts(head, elements[start:tail], closing, elements[end:])


def _without_tail(element: Element) -> Iterator[Element]:
    """A table of figures with the recipients' table grown to its end is two tables."""
    found = None
    if isinstance(element, Grid) and len(element.starts) == len(element.table.rows) > 2:
        row = next((at for at, line in enumerate(element.lines) if _RECIPIENTS.match(line.text)), 0)
        first = max((at for at, start in enumerate(element.starts) if start <= row), default=0)
        found = element.parted(first) if row and first > 1 else None
    yield from found or (element,)


def _lines(element: Element) -> list[Line]:
    """The lines of a part of the frame, each printed line apart."""
    lines = (element,) if isinstance(element, Line) else element.lines
    return [piece for line in lines for piece in broken(line)]


def _by_column(lines: list[Line]) -> list[Line]:
    """Lines of columns side by side, column after column."""
    made: list[Line] = []
    for side_by_side, run in groupby(_in_columns(lines), lambda line: line.column > 0):
        together = list(run)
        made += sorted(together, key=lambda line: line.column) if side_by_side else together
    return made


def _in_columns(lines: list[Line]) -> Iterator[Line]:
    """Below “Nơi nhận” in one of two columns, a row of one cell stands left with a dash, right when far in."""
    beside = False
    for line in lines:
        beside = beside or (line.column > 0 and bool(_RECIPIENTS.match(line.text)))
        if beside and not line.column and line.indent > 8:
            yield replace(line, column=2)
        elif beside and not line.column and line.text.startswith(("-", "–", "(")):
            yield replace(line, column=1)
        else:
            yield line


def _text(element: Element) -> str:
    return (
        element.text.strip() if isinstance(element, Line) else "\n".join(line.text for line in element.lines)
    )


# --- where the head ends --------------------------------------------------------------------------------


def _is_kind(text: str) -> bool:
    """Whether a line names the kind of document: in capitals, or the bare name."""
    return bool(_BARE_KIND.fullmatch(text)) or (text.isupper() and bool(_KIND.fullmatch(text)))


def _head_end(elements: list[Element]) -> int:
    """The index of the first element of the body."""
    last = title = -1
    for at, element in enumerate(elements[:_HEAD]):
        text = _text(element).strip()
        if isinstance(element, Line) and (_is_body(element) or (title >= 0 and _ends_head(text, at - title))):
            break
        if _is_anchor(element):
            last = at
            title = at if title < 0 and isinstance(element, Line) and _is_kind(text) else title
            if isinstance(element, Line) and _ADDRESSED.match(text):
                break
    if last < 0:
        return 0
    element = elements[last]
    if isinstance(element, Line) and _ADDRESSED.match(element.text.strip()):
        return _after_addressees(elements, last)
    return _after_title(elements, last) if _has_title(elements[: last + 1]) else last + 1


def _ends_head(text: str, below: int) -> bool:
    """Whether a line below the title belongs to the body: a list line, a sentence, one too far down."""
    if _ADDRESSED.match(text):
        return False
    label = label_of(text)
    return (
        below > 9
        or label is not None
        or (len(text) > 40 and text.endswith((".", ":", ";")) and not text.startswith("("))
    )


def _is_body(line: Line) -> bool:
    """Whether a line can only stand in the body: a long sentence, a numbered heading."""
    text = line.text.strip()
    label = label_of(text)
    counted = label is not None and not label.mark and not _NUMBER.match(text)
    return (
        len(text) > 350
        or counted
        or (
            len(text) > 90
            and text.endswith((".", ":", ";"))
            and not _ADDRESSED.match(text)
            and not _ABOUT.match(text)
        )
    )


def _is_anchor(element: Element) -> bool:
    """Whether an element can only stand in the head."""
    if isinstance(element, Grid):
        return bool(_MOTTO.search(_text(element)) or any(_is_anchor(line) for line in element.lines))
    text = element.text.strip()
    return bool(
        _MOTTO.match(text)
        or (_NUMBERED.match(text) and len(text) < 60)
        or (_DATED.fullmatch(text) and len(text) < 80)
        or _is_kind(text)
        or (_ABOUT.match(text) and len(text) < 350)
        or _ADDRESSED.match(text)
        or _MARKS.fullmatch(text)
        or _CIRCULATED.fullmatch(text)
    )


def _has_title(elements: list[Element]) -> bool:
    """Whether the last anchor is a title, so that lines of its subject follow it."""
    last = elements[-1]
    return isinstance(last, Line) and bool(_is_kind(last.text.strip()) or _ABOUT.match(last.text.strip()))


def _after_title(elements: list[Element], title: int) -> int:
    """The subject goes on until an empty line, a change of looks, or a line that only a body begins with."""
    at = title + 1
    about = _ABOUT.match(_text(elements[title]).strip())
    looks = _look(elements[at]) if at < len(elements) else ()
    while at < len(elements) and at - title <= 7:
        element = elements[at]
        if not isinstance(element, Line):
            break
        text = element.text.strip()
        if _RULE.fullmatch(text):
            at += 1
            continue
        if label_of(text):
            break
        first = at == title + 1 and not about
        if not first and (element.gap or _look(element) != looks) and not text.startswith("("):
            break
        if _is_sentence(element, first):
            break
        at += 1
    return at


def _look(element: Element) -> tuple[bool, bool]:
    return (element.bold, element.centred) if isinstance(element, Line) else (False, False)


def _is_sentence(line: Line, first: bool) -> bool:
    """Whether a line under a title is the body's first sentence."""
    text = line.text.strip()
    if line.bold or line.centred or text.startswith("("):
        return False
    if len(text) > 300:
        return True
    if first and not text.endswith((":", ".", ";")):
        return False
    return bool(_OPENING.match(text)) or text.endswith((".", ":", ";"))


def _after_addressees(elements: list[Element], first: int) -> int:
    """“Kính gửi:” and the list below it."""
    at = first + 1
    text = _text(elements[first])
    rest = _ADDRESSED.sub("", text, count=1)
    if rest and not rest.endswith((";", ",", ":")):
        return at
    while at < len(elements) and at - first <= 20:
        element = elements[at]
        if not isinstance(element, Line):
            break
        shown = element.text.strip()
        before = _text(elements[at - 1])
        listed = shown.startswith(("-", "–", "+", "•"))
        goes_on = before.endswith((";", ",")) and len(shown) < 200 and not _is_body(element)
        goes_on = goes_on or (shown[:1].islower() and not before.endswith((".", ":")) and len(shown) < 200)
        begins = at == first + 1 and not rest and len(shown) < 200
        if not (listed or goes_on or begins) or (element.gap and before.endswith(".")):
            break
        at += 1
        if shown.endswith(".") and not (
            at < len(elements) and _text(elements[at]).startswith("-") and not elements[at].gap
        ):
            break
    return at


# --- where the tail begins and ends ------------------------------------------------------------------------


def _tail_start(elements: list[Element], start: int) -> int:
    """The index of “Nơi nhận” or of the signature, whichever comes first; the end when there is neither."""
    for at in range(start, len(elements)):
        text = _text(elements[at])
        if isinstance(elements[at], Grid):
            if _RECIPIENTS.search(text) or _is_signature_grid(elements[at]):
                return _with_authority(elements, at, start)
        elif _RECIPIENTS.match(text) and len(text) < 400:
            return _with_authority(elements, at, start)
    return _signed_at(elements, start)


def _is_signature_grid(grid: Element) -> bool:
    """A table without figures whose cells hold a signature's authority."""
    if not isinstance(grid, Grid) or len(grid.table.rows) > 6:
        return False
    shown = [line.text.strip() for line in grid.lines if line.text.strip()]
    return any(_is_authority(text) for text in shown) and not any(
        re.fullmatch(r"[\d.,]+", text) for text in shown
    )


def _with_authority(elements: list[Element], at: int, start: int) -> int:
    """Signatures that stand above “Nơi nhận” belong to the tail too."""
    first = at
    for index in range(at - 1, max(start, at - 14) - 1, -1):
        element = elements[index]
        text = _text(element)
        if isinstance(element, Grid) or len(text) > 60 or text.endswith((".", ";", ":")):
            break
        if _is_authority(text):
            first = index
    return _with_bodies(elements, first, start) if first < at else at


def _with_bodies(elements: list[Element], first: int, start: int) -> int:
    """Names of bodies in capitals above an authority belong to the signature: “ĐOÀN TNCS … / BÍ THƯ”."""
    while first > start + 1 and not elements[first].gap:
        above = elements[first - 1]
        text = _text(above)
        if (
            isinstance(above, Grid)
            or not text.isupper()
            or len(text) > 80
            or label_of(text)
            or text.endswith(".")
        ):
            break
        first -= 1
    return first


def _signed_at(elements: list[Element], start: int) -> int:
    """The first line of authority below which only short lines follow, up to the end or an appendix."""
    end = next((at for at in range(start, len(elements)) if _names_appendix(elements[at])), len(elements))
    first = end
    for at in range(end - 1, max(start, end - 25) - 1, -1):
        element = elements[at]
        text = _text(element)
        if (
            isinstance(element, Grid)
            or len(text) > 70
            or text.endswith(("./.", ".", ";", ":"))
            or label_of(text)
        ):
            break
        if _is_authority(text) or (_DATED.fullmatch(text) and first == at + 1):
            first = at
    return _with_bodies(elements, first, start) if first < end else end


def _is_authority(text: str) -> bool:
    return len(text) < 80 and bool(_AUTHORITY.match(text))


def _begins_appendix(element: Element) -> bool:
    text = _text(element)
    return (
        isinstance(element, Line)
        and len(text) < 200
        and bool(_APPENDIX.match(text))
        and not text.endswith((";", ":"))
    )


def _names_appendix(element: Element) -> bool:
    """An appendix told by its name alone: no more than a label, or in capitals."""
    text = _text(element)
    bare = text.isupper() or len(text) < 14 or text.startswith("[")
    return bare and _begins_appendix(element)


def _tail_end(elements: list[Element], tail: int) -> int:
    """Behind the last signature: at the first appendix, page, table of figures or line too long for a frame."""
    for at in range(tail, len(elements)):
        element = elements[at]
        if isinstance(element, Grid):
            if not (_RECIPIENTS.search(_text(element)) or _is_signature_grid(element)):
                return at
        elif (
            _begins_appendix(element)
            or _ATTACHED.match(element.text.strip())
            or (at > tail and element.landscape)
        ):
            return _with_title(elements, at, tail)
        elif at > tail and element.page and _is_signed(elements[tail:at]):
            return at
    return len(elements)


def _with_title(elements: list[Element], at: int, tail: int) -> int:
    """“(Kèm theo …)” stands below the appendix's title: lines down from the last gap are the title."""
    if not _ATTACHED.match(_text(elements[at])):
        return at
    for index in range(at, max(tail, at - 6), -1):
        if elements[index].gap or elements[index].page:
            return index
    return at


def _is_signed(elements: list[Element]) -> bool:
    return any(_is_authority(line.text.strip()) for element in elements for line in _lines(element))


# --- the head read -------------------------------------------------------------------------------------------


def read(parts: Parts) -> tuple[Frame, list[str]]:
    """The frame as printed, and lines of its place that are none of its parts."""
    frame, left = _head(parts.head)
    tail, unread = _tail(parts.tail)
    return replace(frame, recipients=tail.recipients, signatures=tail.signatures, copies=tail.copies), [
        *left,
        *unread,
    ]


def _head(lines: list[Line]) -> tuple[Frame, list[str]]:
    head = _Head()
    for line in lines:
        head.take(line)
    return head.frame(), head.left


@dataclass
class _Head:
    """The lines of a head, each to the first part that knows it; `state` is the part being read."""

    state: str = "issuer"
    kind: str = ""
    issuer: list[LetterheadLine] = field(default_factory=list)
    motto: list[str] = field(default_factory=list)
    subject: list[Inlines] = field(default_factory=list)
    addressed: list[Line] = field(default_factory=list)
    found: Frame = field(default_factory=Frame)
    left: list[str] = field(default_factory=list)

    def take(self, line: Line) -> None:
        text = line.text.strip()
        parts = (self._addressee, self._rule, self._motto, self._number, self._place_date, self._mark)
        if not any(part(text, line) for part in (*parts, self._title, self._issuer)):
            self.left.append(text)

    def frame(self) -> Frame:
        title = None
        if self.kind or self.subject:
            title = Title(self.kind, tuple(self.subject), self.state == "about" or not self.kind)
        issuer = self.issuer if any(at.bold for at in self.issuer) else _weighed(self.issuer)
        letterhead = Letterhead(tuple(issuer), tuple(self.motto)) if issuer or self.motto else None
        addressees = _addressees(self.addressed)
        return replace(self.found, letterhead=letterhead, title=title, addressees=addressees)

    def _addressee(self, text: str, line: Line) -> bool:
        if not self.addressed and not _ADDRESSED.match(text):
            return False
        self.addressed.append(line)
        return True

    def _rule(self, text: str, line: Line) -> bool:
        return bool(_RULE.fullmatch(text))

    def _motto(self, text: str, line: Line) -> bool:
        if not _MOTTO.match(text):
            return False
        self.motto.append(text)
        return True

    def _number(self, text: str, line: Line) -> bool:
        if self.found.number or not _NUMBERED.match(text) or len(text) >= 60:
            return False
        self.found, self.state = replace(self.found, number=_number(text)), "number"
        return True

    def _place_date(self, text: str, line: Line) -> bool:
        if self.found.place_date or not _DATED.fullmatch(text):
            return False
        self.found = replace(self.found, place_date=_place_date(text))
        return True

    def _mark(self, text: str, line: Line) -> bool:
        """Urgency, circulation, or the mark of a draft."""
        if _MARKS.fullmatch(text):
            self.found = replace(self.found, urgency=text)
        elif _CIRCULATED.fullmatch(text):
            self.found = replace(self.found, circulation=text)
        elif _DRAFT.fullmatch(text) and not self.kind:
            self.found = replace(self.found, draft=text)
        else:
            return False
        return True

    def _title(self, text: str, line: Line) -> bool:
        if self.state in ("title", "about"):
            self.subject.append(_plain(line))
        elif _is_kind(text):
            self.kind, self.state = text, "title"
        elif _ABOUT.match(text):
            self.subject, self.state = [_plain(line)], "about"
        else:
            return False
        return True

    def _issuer(self, text: str, line: Line) -> bool:
        if self.state != "issuer":
            return False
        self.issuer.append(LetterheadLine(text, line.bold))
        return True


def _weighed(issuer: list[LetterheadLine]) -> list[LetterheadLine]:
    """Without looks in the source: the body above is named first and abbreviated (II.2)."""
    above = len(issuer) > 1 and bool(
        re.match(
            r"(UBND|SỞ|BỘ|ĐẢNG BỘ|TỈNH|THÀNH|HĐND|CÔNG AN|ỦY BAN NHÂN DÂN (TỈNH|THÀNH|HUYỆN|QUẬN))\b",
            issuer[0].text,
        )
    )
    return [LetterheadLine(at.text, bold=not (above and index == 0)) for index, at in enumerate(issuer)]


def _plain(line: Line) -> Inlines:
    return (Text(line.text.strip()),)


def _number(text: str) -> Inlines:
    """“Số: 274/BC-UBND” with the number as a slot; blank or dotted stays as printed."""
    found = _NUMBERED.match(text)
    if not found:
        return (Text(text),)
    before, number, after = found.groups()
    parts: list[Text | Slot] = [Text(before)]
    parts.append(Slot("number", number) if re.fullmatch(r"(\d+[a-zđ]?)?", number) else Text(number))
    parts.append(Text(after))
    return tuple(part for part in parts if not (isinstance(part, Text) and not part.text))


def _place_date(text: str) -> Inlines:
    found = _DATED.fullmatch(text)
    if not found:
        return (Text(text),)
    before, day, month_word, month, year_word, year = found.groups()
    parts: list[Text | Slot] = [Text(before), _slot("day", day), Text(month_word), _slot("month", month)]
    parts += [Text(year_word), _slot("year", year), Text(text[found.end(6) :])]
    return tuple(part for part in parts if not (isinstance(part, Text) and not part.text))


def _slot(kind: SlotKind, printed: str) -> Text | Slot:
    """A figure or a blank is a slot; dots are words."""
    value = printed.strip()
    return Slot(kind, value) if value.isdigit() or not value else Text(printed)


def _addressees(lines: list[Line]) -> Lines | None:
    if not lines:
        return None
    first = lines[0].text.strip()
    found = _ADDRESSED.match(first)
    label, rest = first[: found.end()].strip(), first[found.end() :].strip()  # type: ignore[union-attr]
    return _lines_of(label, ([rest] if rest else []) + [line.text.strip() for line in lines[1:]])


def _lines_of(label: str, texts: list[str]) -> Lines:
    """Lines without their dash; one cut by the margin is joined again."""
    joined: list[str] = []
    undashed: list[int] = []
    dashed = any(_DASHED.match(text) for text in texts)
    for text in texts:
        dash = _DASHED.match(text)
        shown = text[dash.end() :] if dash else text
        if joined and shown == text and _goes_on_from(joined[-1], text, dashed):
            joined[-1] = f"{joined[-1]} {text}"
        elif shown:
            undashed += [len(joined)] if shown == text else []
            joined.append(shown)
    if len(joined) == 1 and dashed:
        return Lines(label, (f"- {joined[0]}",))  # one alone stands on the label's line, its dash too
    return Lines(label, tuple(joined), tuple(undashed) if len(joined) > 1 else ())


_DASHED = re.compile(r"-\s*")


def _goes_on_from(before: str, text: str, dashed: bool) -> bool:
    """Whether a line without a dash is the rest of the one above, cut by the margin."""
    if before.endswith((";", ".", ",")) or text.startswith("("):
        return False
    return text[:1].islower() or (dashed and not text.startswith("Lưu"))


# --- the tail read ---------------------------------------------------------------------------------------------


def _tail(lines: list[Line]) -> tuple[Frame, list[str]]:
    """Recipients and signatures, in whichever order and columns they stand."""
    recipients: list[str] = []
    label = ""
    signed: list[list[str]] = []
    state = ""
    column = 0
    for line in lines:
        text = line.text.strip()
        if _RULE.fullmatch(text):
            continue
        if (found := _RECIPIENTS.match(text)) and not label:
            label, state, column = text[: found.end()].strip(), "recipients", line.column
            if rest := text[found.end() :].strip():
                recipients.append(rest)
        elif state == "recipients" and line.column == column and _goes_on(text, recipients, line):
            recipients.append(text)
        else:
            if not signed or _begins_signature(text, line, signed[-1], state, column):
                signed.append([])
            signed[-1].append(text)
            state, column = "signature", line.column
    blocks = tuple(_signature(block) for block in signed)
    listed = _lines_of(label, recipients) if label else None
    return Frame(recipients=listed, signatures=blocks), []


def _goes_on(text: str, recipients: list[str], line: Line) -> bool:
    """Whether a line below “Nơi nhận” is one more recipient."""
    if text.startswith(("-", "–", "+", "•", "(")) or not recipients:
        return not _is_authority(text)
    ended = re.match(r"[-–]?\s*Lưu\b", recipients[-1], re.IGNORECASE)
    return not _is_authority(text) and not (ended and (line.gap or text.isupper() or _is_name(text)))


def _begins_signature(text: str, line: Line, block: list[str], state: str, column: int) -> bool:
    if state != "signature" or line.column != column:
        return True
    return (text.isupper() or _is_authority(text)) and _is_name(block[-1]) and not _is_authority(block[-1])


def _is_name(text: str) -> bool:
    """Two to six words, each with a capital first, as a person's name."""
    words = re.sub(
        r"^(ThS|TS|PGS|GS|BS|KS|Thượng tá|Trung tá|Đại tá|Thiếu tá|Đại úy)\.?\s*", "", text
    ).split()
    return 2 <= len(words) <= 6 and all(
        word[:1].isupper() and (word[1:].islower() or not word[1:]) for word in words
    )


def _signature(block: list[str]) -> Signature:
    """The last line that is a name is the name; what stands between capitals and name is the role."""
    name = block[-1] if len(block) > 1 and (_is_name(block[-1]) or not block[-1].isupper()) else ""
    lines = block[:-1] if name else block
    role = (
        lines[-1]
        if name and len(lines) > 1 and not lines[-1].isupper() and not _is_authority(lines[-1])
        else ""
    )
    return Signature(tuple(lines[:-1] if role else lines), name, role)
