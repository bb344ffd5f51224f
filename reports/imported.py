"""A read document becomes a report: sections, blocks and frame as printed, its citations linked to the register."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from campaigns import changes, citations, events
from campaigns.models import Indicator, Organization, Reading, User
from campaigns.models.indicators import Measure

from . import exports, mentions
from .blocks import markup
from .document import nodes, store
from .document.labels import STYLES
from .document.nodes import Document, words
from .frame import PRINTED
from .importing import Imported, read
from .importing.figures import offers
from .importing.naming import Facts, facts_of, period_of
from .linking import Linker
from .models import Block, Report, ReportRequest, Section, SignatureBlock
from .models.outlines import Part
from .models.reports import Form, FramePart, SectionState

Nodes = tuple[nodes.Node, ...]

#: “V/v”, which a letter's subject is printed with again.
_ABOUT = re.compile(r"^v\s?/\s?v\s*:?\s*", re.IGNORECASE)
#: Characters of HTML in one block of an imported section; a longer text becomes several blocks.
LONGEST_BLOCK = 18_000


@dataclass(frozen=True)
class Summary:
    """What the reading came to: counts of what was recognised, papers linked and added, what was left as text.

    `papers`: id, short citation, whether it was added; `figures`: offers of readings; `notes`: of the reading.
    """

    report: Report
    counts: dict[str, int]
    papers: list[tuple[int, str, bool]]
    notes: list[dict[str, Any]]
    figures: list[dict[str, Any]]


def bring_in(organization: Organization, data: bytes, name: str, by: User | None) -> Summary:
    """Reads a file and keeps it as an old report. Raises importing.Unreadable with a sentence."""
    return adopt(organization, read(data, name), PurePath(name).name, by)


@transaction.atomic
def adopt(organization: Organization, imported: Imported, name: str, by: User | None) -> Summary:
    """The rows of a read document: a draft outside the register that prints as its source did."""
    document = imported.document
    report = _report(organization, document, by)
    linker = Linker(organization, document, by)
    Writer(report, linker.linked).document(document)
    counts = _counts(document, linker, report)
    notes = [asdict(note) for note in (*imported.notes, *linker.notes)]
    answered = _answered(report, linker)
    papers = [(paper.pk, str(paper), paper.pk in linker.added) for paper in linker.papers]
    found = offers(document)
    reading = {
        "name": name,
        "counts": counts,
        "notes": notes,
        "papers": papers,
        "figures": found,
        "answers": answered,
    }
    Report.objects.filter(pk=report.pk).update(reading=reading)
    events.record(
        "bring_in",
        by,
        organization,
        report.pk,
        after={"name": name, "papers": [words for _, words, _ in papers]},
    )
    exports.settle(report)
    report.reading = reading
    return Summary(report, counts, papers, notes, found)


# --- the frame ----------------------------------------------------------------------------------------


def _report(organization: Organization, document: Document, by: User | None) -> Report:
    frame, facts = document.frame, facts_of(document.frame)
    start, end = period_of(facts.subject) or (None, None)
    report = Report(
        organization=organization,
        drafter=by,
        is_old=True,
        scheme=_scheme(document),
        form=Form.LETTER if frame.title and frame.title.letter else Form.NAMED,
        title=facts.kind[:100],
        subject=(_ABOUT.sub("", facts.subject) or _first_words(document))[:2000],
        number=facts.number[:20],
        symbol=facts.symbol[:60],
        issued_on=facts.issued_on,
        period_from=start,
        period_to=end,
        omitted=_omitted(document, facts),
        letterhead="\n".join(line.text for line in frame.letterhead.issuer)[:1000]
        if frame.letterhead
        else "",
        place_date=words(frame.place_date)[:150],
        addressees=_listed(frame.addressees),
        recipients=_listed(frame.recipients),
        urgency=frame.urgency[:30],
        circulation=frame.circulation[:60],
        contact=frame.contact[:300],
    )
    names = sorted({name for fields in PRINTED.values() for name in fields})
    report.printed_frame = {
        "document": store.to_data(Document("", frame)),
        "fields": {name: _plain(getattr(report, name)) for name in names},
        "signatures": [list(_signed(at)) for at in frame.signatures],
    }
    report.save()
    SignatureBlock.objects.bulk_create(
        SignatureBlock(report=report, order=order, lines=lines, role=role, name=signer)
        for order, (lines, role, signer) in enumerate(map(_signed, frame.signatures))
    )
    return report


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _signed(at: nodes.Signature) -> tuple[str, str, str]:
    return "\n".join(at.lines)[:500], at.role[:150], at.name[:100]


def _listed(at: nodes.Lines | None) -> str:
    return "\n".join(at.lines)[:4000] if at else ""


def _omitted(document: Document, facts: Facts) -> list[str]:
    """Parts of the frame the source does not have."""
    frame = document.frame
    has = {
        FramePart.MOTTO: bool(frame.letterhead and frame.letterhead.motto),
        FramePart.LETTERHEAD: bool(frame.letterhead and frame.letterhead.issuer),
        FramePart.NUMBER: bool(frame.number),
        FramePart.PLACE_DATE: bool(frame.place_date),
        FramePart.TITLE: frame.title is not None,
        FramePart.ADDRESSEES: frame.addressees is not None,
        FramePart.RECIPIENTS: frame.recipients is not None,
        FramePart.SIGNATURES: bool(frame.signatures),
    }
    return [part.value for part, there in has.items() if not there]


def _first_words(document: Document) -> str:
    """A name for a document without title: the beginning of its text."""
    for section in nodes.walk_sections(document.sections):
        texts = [words(section.heading), words(section.run_in)]
        texts += [words(n.content) for b in section.blocks for n in b.nodes if not isinstance(n, nodes.Table)]
        if shown := " ".join(" ".join(texts).split()):
            return f"{shown[:150]}…" if len(shown) > 150 else shown
    return "Văn bản cũ"


def _scheme(document: Document) -> str:
    """The numbering scheme new sections would follow: the one that begins with the styles seen."""
    from .models.outlines import SCHEMES

    seen: list[str] = []
    level = [section for section in document.sections if section.label]
    while level:
        seen.append(level[0].style)
        level = [child for section in level for child in section.sections if child.label]
    return max(SCHEMES, key=lambda key: _common(SCHEMES[key], seen)) if seen else "1-a"


def _common(styles: tuple[str, ...], seen: list[str]) -> int:
    count = 0
    for style, found in zip(styles, seen, strict=False):
        if style != found:
            break
        count += 1
    return count


def _answered(report: Report, linker: Linker) -> list[int]:
    """Ids of the papers the opening says the report answers; letters already entered for them are linked."""
    first = linker.document.sections[:1]
    opening = " ".join(
        words(n.content) for s in first for b in s.blocks for n in b.nodes if not isinstance(n, nodes.Table)
    )
    papers = [linker.paper(at.citation) for at in citations.find(opening)[:3] if _asks(opening, at)]
    found = [paper.pk for paper in papers if paper is not None]
    report.requests.add(*ReportRequest.objects.filter(organization=report.organization, paper__in=found))
    return found


def _asks(opening: str, at: citations.Found) -> bool:
    """“Thực hiện Công văn số …”: a letter the report carries out, not one cited in passing."""
    before = opening[max(0, at.start - 60) : at.start].lower()
    asked = any(lead in before for lead in ("thực hiện", "theo ", "trả lời", "phúc đáp", "căn cứ"))
    return asked and at.citation.kind in ("công văn", "văn bản", "kế hoạch", "công điện", "")


# --- the body -----------------------------------------------------------------------------------------


class Writer:
    """Writes the rows of a document's tree, level by level, so that each level is one query.

    `linked` gives the nodes of a section as they are kept, with what they cite linked.
    """

    def __init__(self, report: Report, linked: Callable[[Nodes], Nodes]) -> None:
        self.report, self.linked = report, linked
        self.blocks: list[Block] = []

    def document(self, document: Document) -> None:
        """All of a read document."""
        self._level(
            [(section, None, part, at) for at, (section, part) in enumerate(parted(document.sections))]
        )
        self._appendices(document)
        self.finish()

    def sections(self, sections: Sequence[nodes.Section], start: int) -> None:
        """Sections of the body, the first of them at place `start`."""
        self._level([(section, None, Part.BODY, at) for at, section in enumerate(sections, start)])

    def text(self, row: Section, section: nodes.Section, start: int = 0) -> None:
        """The text of a read section in a section that is there already."""
        self._fill(row, _with_run_in(section), start)

    def finish(self) -> None:
        Block.objects.bulk_create(self.blocks)
        mentions.rewrite(self.report.organization, self.blocks)

    def _level(self, level: list[tuple[nodes.Section, Section | None, str, int]]) -> None:
        while level:
            rows = Section.objects.bulk_create(self._row(*place) for place in level)
            pairs = [(node, row) for (node, *_), row in zip(level, rows, strict=True)]
            for node, row in pairs:
                self._fill(row, _with_run_in(node))
            level = [
                (child, row, row.part, at) for node, row in pairs for at, child in enumerate(node.sections)
            ]

    def _row(self, node: nodes.Section, parent: Section | None, part: str, order: int) -> Section:
        heading = words(node.heading).replace("\n", " ")
        return Section(
            report=self.report,
            parent=parent,
            part=part,
            order=order,
            label=(node.label or "")[:30],
            style=node.style if node.style in STYLES else "",
            heading=heading,
            runs_in=bool(node.run_in),
            state=SectionState.DONE if self.report.is_old else SectionState.WRITING,
        )

    def _fill(self, row: Section, found: Nodes, start: int = 0) -> None:
        """The section's text as narrative blocks of a length that is easy to edit."""
        for order, html in enumerate(_pieces(self.linked(found)), start):
            self.blocks.append(Block(section=row, order=order, kind="narrative", content={"html": html}))

    def _appendices(self, document: Document) -> None:
        for order, appendix in enumerate(document.appendices):
            row = Section.objects.create(
                report=self.report,
                part=Part.APPENDIX,
                order=order,
                label=(appendix.label or "")[:30],
                heading="\n".join(words(line) for line in appendix.title)[:1000],
                reference=words(appendix.reference),
                landscape=appendix.landscape,
                state=SectionState.DONE,
            )
            self._fill(row, tuple(node for block in appendix.blocks for node in block.nodes))
            self._level([(child, row, Part.APPENDIX, at) for at, child in enumerate(appendix.sections)])


def parted(sections: Sequence[nodes.Section]) -> Iterator[tuple[nodes.Section, str]]:
    """Top sections with their part: words before the first heading open, those after the last close."""
    for at, section in enumerate(sections):
        bare = not section.label and not section.heading and not section.run_in and not section.sections
        if bare and at == 0:
            yield section, Part.OPENING
        elif bare and at == len(sections) - 1:
            yield section, Part.CLOSING
        else:
            yield section, Part.BODY


def _with_run_in(node: nodes.Section) -> Nodes:
    """The section's text, what runs in after its heading as the first paragraph."""
    found = tuple(inner for block in node.blocks for inner in block.nodes)
    return (nodes.Paragraph(node.run_in), *found) if node.run_in else found


def _pieces(found: Nodes) -> Iterator[str]:
    """HTML of one block after another; a cut falls before a paragraph, so that no list is torn."""
    waiting: list[nodes.Node] = []
    size = 0
    for node in found:
        length = (
            sum(map(len, map(repr, (node,)))) if isinstance(node, nodes.Table) else len(words(node.content))
        )
        if waiting and size + length > LONGEST_BLOCK and not isinstance(node, nodes.Item):
            yield markup.html_of(tuple(waiting))
            waiting, size = [], 0
        waiting.append(node)
        size += length
    if waiting:
        yield markup.html_of(tuple(waiting))


# --- what came of it ------------------------------------------------------------------------------------


def _counts(document: Document, linker: Linker, report: Report) -> dict[str, int]:
    sections = list(nodes.walk_sections(document.sections))
    found = [node for section in sections for block in section.blocks for node in block.nodes]
    found += [node for appendix in document.appendices for block in appendix.blocks for node in block.nodes]
    frame = document.frame
    return {
        "sections": sum(bool(section.label or section.heading) for section in sections),
        "paragraphs": sum(isinstance(node, nodes.Paragraph) for node in found)
        + sum(bool(section.run_in) for section in sections),
        "items": sum(isinstance(node, nodes.Item) for node in found),
        "tables": sum(isinstance(node, nodes.Table) for node in found),
        "appendices": len(document.appendices),
        "addressees": len(frame.addressees.lines) if frame.addressees else 0,
        "recipients": len(frame.recipients.lines) if frame.recipients else 0,
        "signatures": len(frame.signatures),
        "citations": linker.mentions,
        "papers_added": len(linker.added),
        "papers_linked": len({paper.pk for paper in linker.papers}) - len(linker.added),
    }


# --- figures offered ------------------------------------------------------------------------------------

MEASURES = {"ratio": Measure.RATIO, "percent": Measure.PERCENT}


def figure_name(offer: dict[str, Any]) -> str:
    """What an offered figure would be called in the register of figures."""
    return (
        f"Số thành viên {offer['name']}"[:300] if offer["sort"] == "team" else offer["name"] or offer["words"]
    )


@transaction.atomic
def take_figures(report: Report, chosen: dict[int, str], by: User) -> int:
    """Enters chosen offers (place -> name) as readings of the report's period; how many were new.

    An indicator of the same name is taken, else one is added. Raises ValidationError without a period.
    """
    start, end = _period_of(report)
    found = (report.reading or {}).get("figures", [])
    count = 0
    for at, name in chosen.items():
        if at < len(found) and name.strip():
            indicator = _indicator(report.organization, found[at], " ".join(name.split())[:300], by)
            count += _enter(indicator, found[at], start, end, report)
    return count


def _period_of(report: Report) -> tuple[datetime.date, datetime.date]:
    if report.period_from and report.period_to:
        return report.period_from, report.period_to
    if report.issued_on is None:
        raise ValidationError(
            "Báo cáo chưa có ngày và kỳ báo cáo. Điền kỳ báo cáo ở “Thể thức văn bản” rồi ghi số liệu."
        )
    return report.issued_on.replace(month=1, day=1), report.issued_on


def _indicator(organization: Organization, offer: dict[str, Any], name: str, by: User) -> Indicator:
    measure = MEASURES.get(offer["sort"], Measure.COUNT)
    rows = Indicator.objects.filter(organization=organization, measure=measure)
    known = rows.filter(name__iexact=name).first()
    if known is not None:
        return known
    taken = set(Indicator.objects.filter(organization=organization).values_list("code", flat=True))
    code = next(f"VB{at}" for at in itertools.count(1) if f"VB{at}" not in taken)
    made = Indicator.objects.create(
        organization=organization, code=code, name=name, measure=measure, unit=offer["unit"][:50]
    )
    events.record("add", by, organization, after=changes.content(made))
    return made


def _enter(
    indicator: Indicator, offer: dict[str, Any], start: datetime.date, end: datetime.date, report: Report
) -> int:
    """1 when the reading is new; a period that has its figure keeps it."""
    numbers: dict[str, Decimal] = {}
    if offer["numerator"]:
        numbers = {"numerator": Decimal(offer["numerator"]), "denominator": Decimal(offer["denominator"])}
    elif indicator.measure == Measure.PERCENT:
        numbers = {"numerator": Decimal(offer["value"].replace(",", ".")), "denominator": Decimal(100)}
    else:
        numbers = {"value": Decimal(offer["value"].replace(",", "."))}
    _, created = Reading.objects.get_or_create(
        indicator=indicator,
        neighbourhood=None,
        period_from=start,
        period_to=end,
        defaults={"as_of": end, "source": f"{report.title.capitalize()} {report.code}".strip(), **numbers},
    )
    return int(created)


#: Counts of a reading in words, in the order they are told.
COUNTED: dict[str, str] = {
    "sections": "mục",
    "paragraphs": "đoạn văn",
    "items": "gạch đầu dòng",
    "tables": "bảng",
    "appendices": "phụ lục",
    "addressees": "nơi kính gửi",
    "recipients": "nơi nhận",
    "signatures": "khối ký",
    "citations": "chỗ nhắc tới văn bản",
}
NOTED = {"repaired": "Đã chữa", "left": "Để nguyên", "dropped": "Không nạp", "recognised": "Đã nhận ra"}


def recognised(reading: dict[str, Any]) -> str:
    """“13 mục, 40 đoạn văn, …”: what was recognised, nothing that was not there."""
    counts = reading.get("counts", {})
    return ", ".join(f"{counts[key]} {word}" for key, word in COUNTED.items() if counts.get(key))


def sentences(reading: dict[str, Any]) -> Iterator[str]:
    """The summary of a reading, a sentence a line: recognised, added, left."""
    counts = reading.get("counts", {})
    yield f"Đã nhận ra: {recognised(reading) or 'chỉ có chữ'}."
    yield f"Văn bản trong sổ: thêm {counts.get('papers_added', 0)}, đã có {counts.get('papers_linked', 0)}."
    yield f"Số liệu đề nghị ghi: {len(reading.get('figures', []))} (chưa ghi, chờ chọn)."
    for note in reading.get("notes", []):
        often = f" ({note['count']} chỗ)" if note["count"] > 1 else ""
        found = f": {note['words']}" if note["words"] else ""
        yield f"{NOTED[note['kind']]}: {note['text']}{often}{found}"
