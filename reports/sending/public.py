"""The public edition: a copy of the issued text without phone numbers, join links and private names, by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from campaigns.models import Member, Membership
from campaigns.search import fold

from .. import editions, exports, tasks
from ..document.nodes import Document, Lines, Signature, Table, Text, words
from ..models import File, Report
from ..models.files import FileState

FORMAT = "public"
#: What stands where something was taken out.
GAP = "[đã lược]"
MARK = "BẢN SAO ĐỂ CÔNG KHAI, đã lược thông tin cá nhân"
#: Capital letters as a character class: in Unicode small and capital Vietnamese letters stand side by side.
_CAPITAL = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isupper())
_WORD = rf"[{_CAPITAL}][^\W\d_]*"
_NAME = rf"{_WORD}(?:\s+{_WORD}){{1,4}}"
#: Sites whose addresses let a reader in: groups, rooms, forms.
_DOORS = r"zalo\.me|chat\.zalo\.me|t\.me|telegram\.me|m\.me|chat\.whatsapp\.com|meet\.google\.com|zoom\.us"
_DOORS += r"|teams\.(?:microsoft|live)\.com|forms\.gle|docs\.google\.com/forms|facebook\.com/groups"
#: Letters that a match may not begin or end inside of.
_LETTER = r"0-9A-Za-zÀ-ỹ"


@dataclass(frozen=True)
class Rule:
    """One sort of private word: what it is called, and where it stands in a line as (start, end)."""

    key: str
    label: str
    find: Callable[[str], Iterator[tuple[int, int]]]


def _pattern(pattern: str, group: int = 0) -> Callable[[str], Iterator[tuple[int, int]]]:
    compiled = re.compile(pattern)
    return lambda text: (match.span(group) for match in compiled.finditer(text))


PHONE = Rule("phone", "Số điện thoại", _pattern(r"(?<![\d/.,])(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?![\d/])"))
LINK = Rule(
    "link",
    "Đường dẫn vào nhóm, phòng họp, biểu mẫu",
    _pattern(rf"(?i)(?:https?://)?(?:\w+\.)*(?:{_DOORS})(?:/[^\s,;)]*)?"),
)
MAIL = Rule(
    "mail",
    "Thư điện tử cá nhân",
    _pattern(r"(?i)[\w.+-]+@(?![\w.-]*(?:gov\.vn|chinhphu\.vn)\b)[\w-]+(?:\.[\w-]+)+"),
)
TITLED = Rule(
    "titled",
    "Tên sau “ông, bà, anh, chị, em, cháu”",
    _pattern(rf"(?<![{_LETTER}])(?i:ông|bà|anh|chị|em|cháu)\s+({_NAME})", 1),
)
RULES = (LINK, MAIL, PHONE, TITLED)
#: Heads of table columns that hold people or their numbers, folded.
COLUMNS = re.compile(r"ho (va )?ten|\bto (pho|truong)\b|dien thoai|\bsdt\b|nguoi phu trach")
#: A name of two words at least, or a number as long as a telephone's: a count in such a column stays.
_PRIVATE = re.compile(r"[^\W\d_]+\s+[^\W\d_]+|(?:\d[\s.\-]?){8,}")
COLUMN_LABEL = "Cột tên người, điện thoại trong bảng"


@dataclass(frozen=True)
class Removed:
    """Words taken out by a rule, and the line they stood in, shortened."""

    label: str
    text: str
    line: str


@dataclass
class Copy:
    """The public edition and what is not in it."""

    document: Document
    removed: list[Removed] = field(default_factory=list)


def edition(report: Report) -> Copy:
    """The public copy of an issued report, marked as a copy; two queries more than its text."""
    return cleaned(editions.document_of(report), _names(report), _officials(report))


def _names(report: Report) -> frozenset[str]:
    """People of the ward's teams, who hold no office; the signer stays."""
    rows = Member.objects.filter(team__organization=report.organization_id)
    return frozenset(
        " ".join(name.split()) for name in rows.values_list("full_name", flat=True) if " " in name
    )


def _officials(report: Report) -> frozenset[str]:
    """People who hold a role in the ward: they act in public."""
    held = Membership.objects.filter(organization=report.organization_id)
    return frozenset(held.values_list("user__full_name", flat=True))


def cleaned(
    document: Document, names: frozenset[str] = frozenset(), officials: frozenset[str] = frozenset()
) -> Copy:
    """The document by the rules; `names` are private people known by name, `officials` and signers stay."""
    public = officials | {signature.name for signature in document.frame.signatures}
    names -= public
    worker = _Cleaner((*RULES, *([_known(names)] if names else [])), public)
    made: Document = worker.walk(document)
    frame = replace(made.frame, draft=MARK, signatures=document.frame.signatures)
    title = f"{made.title} (bản công khai)"
    return Copy(replace(made, frame=frame, title=title, seal=""), worker.removed)


def _known(names: frozenset[str]) -> Rule:
    ordered = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)
    return Rule("member", "Tên thành viên tổ", _pattern(rf"(?<![{_LETTER}])(?:{either})(?![{_LETTER}])"))


class _Cleaner:
    """Walks a tree and takes out what the rules find, noting each."""

    def __init__(self, rules: tuple[Rule, ...], public: frozenset[str]) -> None:
        self.rules, self.public = rules, public
        self.removed: list[Removed] = []

    def walk(self, node: Any) -> Any:
        if isinstance(node, tuple):
            return self._tuple(node)
        if isinstance(node, Lines):
            return replace(node, lines=tuple(self.text(line) for line in node.lines))
        if isinstance(node, Table):
            node = self._columns(node)
        if isinstance(node, Signature) or not is_dataclass(node) or isinstance(node, type):
            return node
        new = {part.name: self.walk(getattr(node, part.name)) for part in fields(node)}
        if isinstance(new.get("contact"), str):
            new["contact"] = self.text(new["contact"])
        changed = {name: value for name, value in new.items() if value is not getattr(node, name)}
        return replace(node, **changed) if changed else node

    def _tuple(self, nodes: tuple[Any, ...]) -> tuple[Any, ...]:
        if any(isinstance(node, Text) for node in nodes):
            return self._inlines(nodes)
        changed = tuple(self.walk(node) for node in nodes)
        return nodes if all(a is b for a, b in zip(nodes, changed, strict=True)) else changed

    def text(self, text: str) -> str:
        """A plain line by the rules."""
        for start, end in reversed(self._spans(text)):
            text = text[:start] + GAP + text[end:]
        return text

    def _inlines(self, nodes: tuple[Any, ...]) -> tuple[Any, ...]:
        """A line of runs by the rules: what spans several runs leaves one gap in the first."""
        pieces = [node.text if isinstance(node, Text) else "\ufffc" for node in nodes]
        spans = self._spans("".join(pieces))
        made, at = [], 0
        for node, piece in zip(nodes, pieces, strict=True):
            begin, at = at, at + len(piece)
            made.append(self._run(node, begin, spans) if isinstance(node, Text) else node)
        return tuple(node for node in made if not isinstance(node, Text) or node.text)

    def _run(self, node: Text, begin: int, spans: list[tuple[int, int]]) -> Text:
        text, end = node.text, begin + len(node.text)
        for start, stop in reversed(spans):
            if start < end and stop > begin:
                gap = GAP if start >= begin else ""
                text = text[: max(0, start - begin)] + gap + text[max(0, stop - begin) :]
        told = text != node.text or any(True for rule in (LINK, MAIL) for _ in rule.find(node.link))
        link = "" if told else node.link
        return node if text == node.text and link == node.link else replace(node, text=text, link=link)

    def _spans(self, line: str) -> list[tuple[int, int]]:
        """What the rules find in a line, in order; what one rule took no other takes again."""
        spans: list[tuple[int, int]] = []
        for rule in self.rules:
            for start, end in rule.find(line):
                free = all(end <= begin or start >= stop for begin, stop in spans)
                if free and " ".join(line[start:end].split()) not in self.public:
                    spans.append((start, end))
                    self.removed.append(Removed(rule.label, line[start:end], _short(line, start)))
        return sorted(spans)

    def _columns(self, table: Table) -> Table:
        """Columns of people are emptied whole, whatever is typed in them."""
        depth, places = table.header_depth, table.positions()
        private = {
            column
            for row, starts in zip(table.rows[:depth], places, strict=False)
            for cell, column in zip(row.cells, starts, strict=True)
            if cell.colspan == 1 and COLUMNS.search(fold(words(cell.content)))
        }
        if not private:
            return table
        rows = [
            replace(
                row,
                cells=tuple(
                    self._cell(cell, at in private) for cell, at in zip(row.cells, starts, strict=True)
                ),
            )
            for row, starts in zip(table.rows[depth:], places[depth:], strict=True)
        ]
        return replace(table, rows=(*table.rows[:depth], *rows))

    def _cell(self, cell: Any, private: bool) -> Any:
        shown = words(cell.content).strip()
        if not private or cell.colspan > 1 or not _PRIVATE.search(shown):
            return cell
        self.removed.append(Removed(COLUMN_LABEL, shown, _short(shown, 0)))
        return replace(cell, content=(Text(GAP),))


def _short(line: str, at: int) -> str:
    """The words around a place, on one line."""
    begin = max(0, at - 40)
    return ("…" if begin else "") + " ".join(line[begin : at + 60].replace("\ufffc", "").split())


# --- the file -----------------------------------------------------------------------------------------


def queue(report: Report, made: Copy) -> File:
    """The PDF of a copy: made already, or asked of the worker."""
    key = exports.key(made.document, "pdf")
    file, created = File.objects.get_or_create(report=report, format=FORMAT, key=key)
    if created or file.state == FileState.FAILED:
        File.objects.filter(pk=file.pk).update(state=FileState.QUEUED, error="")
        transaction.on_commit(lambda: tasks.publish.enqueue(file.pk))
        file.refresh_from_db()
    return file


def found(report: Report, made: Copy) -> File | None:
    """The PDF asked for earlier of just this copy."""
    return File.objects.filter(report=report, format=FORMAT, key=exports.key(made.document, "pdf")).first()


def make(file: File) -> None:
    """Writes a queued copy; one whose rules or registers changed meanwhile is asked for anew."""
    made = edition(file.report)
    if exports.key(made.document, "pdf") != file.key:
        file.delete()
        return
    try:
        content = exports.write(made.document, "pdf")
    except RuntimeError as error:
        File.objects.filter(pk=file.pk).update(state=FileState.FAILED, error=str(error)[:1000])
        raise
    file.state = FileState.READY
    file.content.save(f"{file.key}.pdf", ContentFile(content))
    exports.prune(file.report, FORMAT)
