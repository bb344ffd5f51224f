"""A document in a few lines of text, and the words that a check finds in it."""

from __future__ import annotations

from typing import Any

from reports.checks import CHECKS, run
from reports.checks.findings import Finding
from reports.checks.knowledge import Knowledge
from reports.document import nodes
from reports.document.labels import parse_label


def inlines(text: str) -> nodes.Inlines:
    return (nodes.Text(text),) if text else ()


def node(line: str) -> nodes.Node:
    """ "- …" and "+ …" are list lines, "| a | b" a table row by itself, all else a paragraph."""
    if line[:2] in ("- ", "+ "):
        return nodes.Item(line[0], inlines(line[2:]), 1 if line[0] == "-" else 2)
    return nodes.Paragraph(inlines(line))


def document(text: str, **frame: Any) -> nodes.Document:
    """Lines: "# 1. Tên mục" opens a section, "## a) …" one below it; rows "| a | b" in a run are one table."""
    sections: list[tuple[int, str, list[nodes.Node], list[list[str]]]] = [(1, "", [], [])]
    for line in filter(None, map(str.strip, text.splitlines())):
        depth = len(line) - len(line.lstrip("#"))
        if depth:
            sections.append((depth, line[depth:].strip(), [], []))
        elif line.startswith("|"):
            sections[-1][3].append([cell.strip() for cell in line.strip("|").split("|")])
        else:
            _close(sections[-1])
            sections[-1][2].append(node(line))
    for section in sections:
        _close(section)
    return nodes.Document("", nodes.Frame(**frame), tuple(_tree(sections)))


def _close(section: tuple[int, str, list[nodes.Node], list[list[str]]]) -> None:
    rows = section[3]
    if rows:
        made = [nodes.Row(tuple(nodes.Cell(inlines(cell)) for cell in row)) for row in rows]
        made[0] = nodes.Row(made[0].cells, "header")
        section[2].append(nodes.Table((nodes.Column(),) * len(rows[0]), tuple(made)))
        rows.clear()


def _tree(sections: list[Any]) -> list[nodes.Section]:
    made: list[nodes.Section] = []
    for number, (depth, opening, content, _) in enumerate(sections):
        if depth == 1 and (opening or content):
            below = []
            for later in sections[number + 1 :]:
                if later[0] == 1:
                    break
                below.append(_section(f"{number}-{len(below)}", *later[1:3]))
            made.append(_section(str(number), opening, content, tuple(below)))
    return made


def _section(key: str, opening: str, content: list[nodes.Node], below: Any = ()) -> nodes.Section:
    first, _, rest = opening.partition(" ")
    label, heading = (first, rest) if parse_label(first) else ("", opening)
    blocks = (nodes.Block(tuple(content), f"b{key}"),) if content else ()
    return nodes.Section(label, inlines(heading), blocks=blocks, sections=below, key=f"s{key}")


def findings(code: str, text: str, knowledge: Knowledge | None = None, **frame: Any) -> list[Finding]:
    """What one check finds in the text."""
    assert code in CHECKS
    found = run(document(text, **frame), knowledge or Knowledge())
    return [finding for finding in found if finding.code == code]


def words(code: str, text: str, knowledge: Knowledge | None = None, **frame: Any) -> list[str]:
    """The words one check finds, in reading order."""
    return [finding.words for finding in findings(code, text, knowledge, **frame)]
