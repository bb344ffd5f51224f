"""What each section still lacks, and the texts it holds, read from the resolved tree of the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from . import assemble
from .checks import BLOCKING, run
from .checks.findings import Finding
from .checks.knowledge import Knowledge
from .document import html, nodes
from .document.nodes import MISSING, Appendix, Document, Item, Paragraph, Section, Table, words
from .knowledge import of_draft
from .models import Mention, Report

#: Letters of a text shown where only a reminder of it is needed.
EXCERPT = 160
OLD = "Văn bản cũ chỉ để tra cứu và lập báo cáo mới từ đó."

Written = Section | Appendix


def written(document: Document) -> dict[int, Written]:
    """Every section of the report by its pk, appendices made of sections too."""
    found: dict[int, Written] = {}
    for section in (*nodes.walk_sections(document.sections), *_appendix_sections(document)):
        if section.key.startswith("s"):
            found[int(section.key[1:])] = section
    return found


def _appendix_sections(document: Document) -> Iterator[Written]:
    for appendix in document.appendices:
        yield appendix
        yield from nodes.walk_sections(appendix.sections)


def lacks(report: Report, document: Document, sections: list[Any]) -> dict[int, list[str]]:
    """Sentences by section: no text yet, an empty block, a missing figure, an indicator that was asked for.

    `sections` come with `outline_section__indicators` prefetched. One query.
    """
    shown = _indicators_shown(report)
    tree = written(document)
    return {
        section.pk: [
            *_text_lacks(section, tree.get(section.pk)),
            *_asked(section, shown[section.pk]),
        ]
        for section in sections
    }


def _indicators_shown(report: Report) -> dict[int, set[int]]:
    shown: dict[int, set[int]] = defaultdict(set)
    rows = Mention.objects.filter(block__section__report=report).exclude(indicator=None)
    for section, indicator in rows.values_list("block__section_id", "indicator_id"):
        shown[section].add(indicator)
    return shown


def _text_lacks(section: Any, found: Written | None) -> Iterator[str]:
    if found is None:
        return
    if not found.blocks and not found.sections and not section.run_in.strip():
        yield "Chưa có nội dung."
    if empty := sum(not block.nodes for block in found.blocks):
        yield f"{empty} đoạn còn trống."
    if missing := missing_marks(found):
        yield f"{missing} chỗ chưa có số liệu hoặc văn bản ({MISSING})."


def missing_marks(found: Written) -> int:
    """Places in the section's own blocks that have no value yet."""
    return markup(found).count(f">{MISSING}</mark>")


def _asked(section: Any, shown: set[int]) -> Iterator[str]:
    outline = section.outline_section
    absent = [i.name for i in outline.indicators.all() if i.pk not in shown] if outline else []
    if absent:
        yield f"Đề cương yêu cầu số liệu: {'; '.join(absent)}."


def markup(found: Written) -> str:
    """The section's own blocks as HTML, every missing value marked. Escaped by the writer."""
    inner = "".join(html.block_node(node) for block in found.blocks for node in block.nodes)
    return inner.replace(MISSING, f'<mark class="missing-mark">{MISSING}</mark>')


def made_by_blocks(document: Document) -> list[tuple[str, str, int]]:
    """The appendices that blocks make: label and title, markup, how many values are missing."""
    return [
        (
            " ".join(filter(None, (appendix.label, *map(words, appendix.title)))),
            markup(appendix),
            missing_marks(appendix),
        )
        for appendix in document.appendices
        if not appendix.key.startswith("s")
    ]


def excerpts(found: Written | None) -> list[str]:
    """A line for each text of the section's own blocks: what would be lost with it."""
    if found is None:
        return []
    return [_short(_words(node)) for block in found.blocks for node in block.nodes]


def _words(node: nodes.Node) -> str:
    match node:
        case Paragraph():
            return words(node.content)
        case Item():
            return f"{node.label} {words(node.content)}".strip()
        case Table():
            return f"Bảng {len(node.rows) - node.header_depth} dòng {words(node.caption)}".strip()


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"


def blocked(report: Report, document: Document | None = None) -> str:
    """What must be mended before anybody is asked to read, as one sentence; "" when nothing is.

    An old paper; no signer or recipients where the frame has them, a section without a word, marks left in the
    text, sentences reused from last time that nobody confirmed.
    """
    if report.is_old:
        return OLD
    document = document or assemble.document_of(report)
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in run(document, Knowledge(**of_draft(report)), only=BLOCKING):
        found[finding.code].append(finding)
    return " ".join(_SAID[code](found[code]) for code in _SAID if found[code])


def _unwritten(found: list[Finding]) -> str:
    return f"Mục chưa có nội dung: {'; '.join(one.section for one in found)}."


#: The blocking checks and their sentences: signer and recipients first, then the text.
_SAID: dict[str, Callable[[list[Finding]], str]] = {
    "signer-missing": lambda found: "Chưa có người ký.",
    "recipients-missing": lambda found: "Chưa có nơi nhận.",
    "section-empty": _unwritten,
    "mark-left": lambda found: (
        f"Còn {len(found)} chỗ chưa điền ({', '.join(dict.fromkeys(one.words for one in found))})."
    ),
    "reused-unconfirmed": lambda found: f"Còn {len(found)} đoạn lấy từ báo cáo trước chưa xác nhận.",
}
