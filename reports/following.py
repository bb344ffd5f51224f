"""What may follow a report that left the office: one that replaces it, one that adds to it, a letter that corrects.

NĐ 30/2020/NĐ-CP Điều 18.3: wrong content is repaired by a paper of equal form, wrong form by a công văn. The
same number with other words does not exist.
"""

from __future__ import annotations

from html import escape
from typing import Any

from campaigns import citations
from campaigns.models import User

from . import history, letters, mentions
from .copying import copy_sections, copy_signatures
from .models import Block, Report, Section
from .models.outlines import Part
from .models.reports import Following, Form

#: Columns of the report's row that its replacement starts with.
_KEPT = (
    "organization", "campaign", "outline", "unit", "signer", "form", "scheme", "title", "subject", "symbol",
    "period_from", "period_to", "cut_off", "omitted", "letterhead", "addressees", "recipients", "urgency",
    "circulation", "copies", "contact",
)  # fmt: skip


def citation_of(report: Report) -> citations.Citation:
    """The report as others cite it: kind, number, symbol, date and issuer."""
    return citations.Citation(
        kind=(report.title or "công văn").strip().lower(),
        number=report.number,
        symbol=report.symbol,
        date=report.issued_on,
        issuer=report.organization.called,
        subject="",
    )


def named(report: Report) -> str:
    """“Báo cáo số 274/BC-UBND ngày 19/5/2026 của UBND phường …”."""
    words = citations.full(citation_of(report))
    return words[:1].upper() + words[1:]


def draft(report: Report, kind: str, by: User) -> Report:
    """A new draft that follows `report` as `kind` (Following), linked to it, with the sentence that says so."""
    made = {"replace": _replacement, "supplement": _supplement, "correct_form": _correction}[kind](report, by)
    Report.objects.filter(pk=made.pk).update(follows=report, follows_as=kind)
    made.requests.set(report.requests.all())
    made.refresh_from_db()
    return made


def _replacement(report: Report, by: User) -> Report:
    """The whole report again, opened by the sentence that replaces."""
    made = Report.objects.create(drafter=by, **{name: getattr(report, name) for name in _KEPT})
    history.begin(made, by)
    copy_signatures(report, made)
    _copy_blocks(report, copy_sections(report, made))
    _say(made, Part.CLOSING, f"Báo cáo này thay thế {named(report)}.")
    return made


def _copy_blocks(report: Report, made: dict[int, Section]) -> None:
    """The blocks in the copies of their sections, with their mentions as rows."""
    copies = [
        Block(section=made[old.section_id], order=old.order, kind=old.kind, content=old.content)
        for old in Block.objects.filter(section__report=report).order_by("order", "id")
    ]
    Block.objects.bulk_create(copies)
    mentions.rewrite(report.organization, copies)


def _supplement(report: Report, by: User) -> Report:
    made = letters.blank_draft(report.organization, by, **_as(report, subject=f"Bổ sung {named(report)}"))
    _say(made, Part.OPENING, f"Báo cáo này bổ sung {named(report)}, nội dung như sau:")
    return made


def _correction(report: Report, by: User) -> Report:
    """A công văn that corrects the form; its symbol names the unit that drafts."""
    unit = f"-{report.unit.code}" if report.unit else ""
    fields = _as(
        report,
        form=Form.LETTER,
        title="",
        symbol=f"{report.organization.symbol_code}{unit}",
        subject=f"đính chính {named(report)}",
        outline=None,
    )
    made = letters.blank_draft(report.organization, by, **fields)
    _say(made, Part.OPENING, f"{report.organization.name} đính chính thể thức của {named(report)} như sau:")
    return made


def _as(report: Report, **fields: Any) -> dict[str, Any]:
    same = ("campaign", "unit", "addressees", "recipients", "period_from", "period_to", "signer")
    return {**{name: getattr(report, name) for name in same}, **fields}


def _say(made: Report, part: str, sentence: str) -> None:
    """Puts a sentence first in the report's opening or closing, which is made when there is none."""
    section = made.sections.filter(part=part, parent=None).order_by("order", "id").first()
    if section is None:
        section = Section.objects.create(report=made, part=part, order=made.sections.count())
    Block.objects.filter(section=section).update(order=1)
    Block.objects.create(
        section=section, kind="narrative", content={"html": f"<p>{escape(sentence)}</p>"}, order=0
    )


#: What each lawful way is for, in the words of the page "Sửa báo cáo đã phát hành".
WAYS: dict[str, tuple[str, str]] = {
    Following.REPLACE.value: (
        "Nội dung sai",
        "Lập báo cáo mới, số mới, có câu “Báo cáo này thay thế …”; báo cáo cũ được đánh dấu đã thay thế.",
    ),
    Following.SUPPLEMENT.value: (
        "Nội dung thiếu",
        "Lập báo cáo bổ sung, số mới, chỉ nêu phần bổ sung; báo cáo cũ vẫn còn giá trị.",
    ),
    Following.CORRECT_FORM.value: (
        "Sai thể thức, kỹ thuật trình bày, thủ tục",
        "Đính chính bằng công văn của đơn vị; báo cáo cũ giữ nguyên.",
    ),
    "recall": (
        "Gửi nhầm, không được dùng",
        "Thu hồi: nơi nhận bản giấy gửi lại, nơi nhận bản điện tử hủy và báo lại; văn bản bị khóa.",
    ),
}
