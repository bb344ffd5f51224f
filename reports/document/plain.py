"""The tree as plain text, one line per paragraph, item, heading or table row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from .nodes import (
    Appendix,
    Block,
    Document,
    Frame,
    Inlines,
    Item,
    Letterhead,
    Lines,
    Paragraph,
    Section,
    Signature,
    Table,
    Title,
    words,
)
from .numbering import heading_style


def text(document: Document) -> str:
    """The whole document in reading order, lines ended by a newline; `document` is resolved."""
    return "".join(f"{line}\n" for line in _document(document))


def body(document: Document) -> str:
    """The sections alone, without frame and appendices."""
    return "".join(f"{line}\n" for line in _sections(document.sections))


def _document(document: Document) -> Iterator[str]:
    frame = document.frame
    yield from _head(frame)
    yield from filter(None, (frame.urgency, frame.circulation, frame.draft))
    if frame.title and not frame.title.letter:
        yield from _title(frame.title)
    yield from _addressees(frame.addressees)
    yield from _sections(document.sections)
    yield from _closing(frame)
    yield from _line(frame.contact)
    for appendix in document.appendices:
        yield from _appendix(appendix)


def _line(*parts: str) -> Iterator[str]:
    """One line of the parts that are not empty, or none."""
    joined = " ".join(part for part in parts if part)
    if joined:
        yield joined


def _content(content: Inlines) -> str:
    return words(content).replace("\n", " ")


# --- blocks -------------------------------------------------------------------------------------------


@singledispatch
def lines(node: object) -> Iterator[str]:
    """The lines of one block node."""
    raise TypeError(f"no text for {type(node).__name__}")


@lines.register
def _(node: Paragraph) -> Iterator[str]:
    return _line(_content(node.content))


@lines.register
def _(node: Item) -> Iterator[str]:
    return _line(node.label, _content(node.content))


@lines.register
def _(node: Table) -> Iterator[str]:
    yield from _line(_content(node.caption))
    yield from _line(node.unit)
    for row in node.rows:
        yield "\t".join(_content(cell.content) for cell in row.cells)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        for node in block.nodes:
            yield from lines(node)


def _sections(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield from _opening(section)
        yield from _blocks(section.blocks)
        yield from _sections(section.sections)


def _opening(section: Section) -> Iterator[str]:
    label, heading, run_in = section.label or "", _content(section.heading), _content(section.run_in)
    if heading and heading_style(section).centred:
        yield from _line(label)
        yield from _line(heading, run_in)
    else:
        yield from _line(label, heading, run_in)


# --- the frame ----------------------------------------------------------------------------------------


def _head(frame: Frame) -> Iterator[str]:
    letterhead = frame.letterhead or Letterhead()
    yield from (at.text for at in letterhead.issuer if at.text)
    yield from filter(None, letterhead.motto)
    yield from _line(_content(frame.number))
    if frame.title and frame.title.letter:
        yield from _title(frame.title)
    yield from _line(_content(frame.place_date))


def _title(title: Title) -> Iterator[str]:
    yield from _line(title.kind)
    for subject in title.subject:
        yield from _line(_content(subject))


def _addressees(addressees: Lines | None) -> Iterator[str]:
    if addressees is None:
        return
    if len(addressees.lines) == 1:
        yield from _line(addressees.label, addressees.lines[0])
    else:
        yield from _list(addressees)


def _list(at: Lines) -> Iterator[str]:
    yield from _line(at.label)
    yield from at.printed


def _closing(frame: Frame) -> Iterator[str]:
    signatures = [line for signature in frame.signatures for line in _signature(signature)]
    recipients = [*(_list(frame.recipients) if frame.recipients else ()), *_line(frame.copies)]
    yield from recipients + signatures if len(frame.signatures) == 1 else signatures + recipients


def _signature(signature: Signature) -> Iterator[str]:
    yield from filter(None, (*signature.lines, signature.role, signature.name))


def _appendix(appendix: Appendix) -> Iterator[str]:
    yield from _line(appendix.label or "")
    for title in appendix.title:
        yield from _line(_content(title))
    yield from _line(_content(appendix.reference))
    yield from _blocks(appendix.blocks)
    yield from _sections(appendix.sections)
