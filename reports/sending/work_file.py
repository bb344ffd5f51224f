"""Hồ sơ công việc: all that made and proves one report, in one ZIP for the archive with its list of contents."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.utils import timezone

from campaigns import events
from campaigns.citations import format_date

from .. import editions, exports, history
from ..document import plain, xlsx
from ..models import Comment, Evidence, Report, Sending, SignedFile
from . import package, zipped

HEAD = ("STT", "Loại", "Nội dung", "Ngày, giờ", "Người", "Tệp", "Số byte", "SHA-256")
WIDTHS = (6, 18, 50, 18, 24, 44, 12, 68)
CONTENTS = "00-muc-luc.xlsx"


@dataclasses.dataclass(frozen=True)
class Leaf:
    """One file of the work file, as its list of contents names it."""

    name: str
    kind: str
    about: str
    at: Any
    who: str
    content: bytes


def build(report: Report) -> tuple[bytes, str]:
    """The ZIP and its name: same rows, same bytes. Raises `PackageError`, `SigningError`."""
    leaves = list(_leaves(report))
    contents = _contents(report, leaves)
    files = {CONTENTS: contents, **{leaf.name: leaf.content for leaf in leaves}}
    about = {"report": report.code, "status": report.status, "edition": _digest(report)}
    stem = exports.file_name(report, "pdf").removesuffix(".pdf")
    return zipped.with_manifest(files, about), f"ho-so-cong-viec-{stem}.zip"


def _digest(report: Report) -> str:
    return report.approved.digest if report.approved else ""


def _leaves(report: Report) -> Iterator[Leaf]:
    """In the order the work was done: letter, drafts, opinions, signed file, receipts, events."""
    yield from _letters(report)
    yield from _drafts(report)
    yield from _opinions(report)
    yield from _signed(report)
    made = package.build(report)
    yield Leaf(f"05-{made.name}", "Hồ sơ gửi", "Hồ sơ gửi", report.issued_on, "", made.content)
    yield from _receipts(report)
    yield _events(report)


def _letters(report: Report) -> Iterator[Leaf]:
    for at, letter in enumerate(package.letters_of(report), 1):
        paper = letter.paper
        known = {
            "citation": paper.full_citation,
            "arrival_number": letter.arrival_number,
            "arrived_on": letter.arrived_on.isoformat() if letter.arrived_on else None,
            "asked": letter.asked,
            "deadline_text": letter.deadline_text,
            "deadline": letter.deadline.isoformat() if letter.deadline else None,
            "channels": letter.channels,
            "contact": letter.contact,
        }
        name = f"01-cong-van/{at}"
        yield Leaf(f"{name}.json", "Công văn", str(paper), paper.issued_on, paper.issuer, zipped.plain(known))
        if paper.file:
            yield Leaf(
                f"{name}{_suffix(paper.file)}",
                "Công văn",
                str(paper),
                paper.issued_on,
                paper.issuer,
                _read(paper.file),
            )


def _drafts(report: Report) -> Iterator[Leaf]:
    for at, edition in enumerate(report.editions.select_related("by").order_by("pk"), 1):
        step = history.ACTS[edition.step].words if edition.step in history.ACTS else edition.step
        about = f"Lần trình {edition.round}: {step}"
        name = f"02-ban-trinh/{at:02d}-{edition.step}"
        text = plain.text(editions.tree_of(edition)).encode()
        yield Leaf(f"{name}.txt", "Bản trình", about, edition.at, str(edition.by), text)
        tree = zipped.plain(
            {"digest": edition.digest, "tree": edition.tree, "explanation": edition.explanation}
        )
        yield Leaf(f"{name}.json", "Bản trình", about, edition.at, str(edition.by), tree)


def _opinions(report: Report) -> Iterator[Leaf]:
    found = Comment.objects.filter(report=report).select_related("by", "section").order_by("pk")
    rows = [
        {
            "at": comment.at.isoformat(),
            "by": str(comment.by),
            "given_by": comment.given_by,
            "kind": comment.get_kind_display(),
            "section": str(comment.section) if comment.section else "",
            "words": comment.words,
            "text": comment.text,
            "answers": comment.parent_id,
            "resolved_at": comment.resolved_at.isoformat() if comment.resolved_at else None,
        }
        for comment in found
    ]
    about = f"{len(rows)} ý kiến" if rows else "Không có ý kiến"
    yield Leaf("03-y-kien.json", "Ý kiến", about, None, "", zipped.plain(rows))


def _signed(report: Report) -> Iterator[Leaf]:
    from ..signing import files

    for at, version in enumerate(
        SignedFile.objects.filter(report=report).select_related("by").order_by("pk"), 1
    ):
        name = f"04-ban-ky/{at:02d}-{version.stage}.pdf"
        who = str(version.by or "")
        yield Leaf(name, "Bản ký", version.get_stage_display(), version.at, who, files.read(version))


def _receipts(report: Report) -> Iterator[Leaf]:
    proofs = Evidence.objects.filter(report=report).exclude(file="").select_related("by").order_by("pk")
    for at, proof in enumerate(proofs, 1):
        about = (
            f"{history.ACTS[proof.step].words} ({proof.channel})"
            if proof.step in history.ACTS
            else proof.step
        )
        name = f"06-bien-nhan/{at:02d}-{proof.step}{_suffix(proof.file)}"
        yield Leaf(name, "Bản chụp, biên nhận", about, proof.happened_at, str(proof.by), _read(proof.file))
    for sending in Sending.objects.filter(report=report).select_related("recipient", "by").order_by("pk"):
        told = {
            "channel": sending.get_channel_display(),
            "to": sending.to,
            "address": sending.address,
            "sent_at": sending.sent_at.isoformat() if sending.sent_at else None,
            "package_sha256": sending.package_sha256,
            "receipt": sending.receipt,
            "codes": sending.codes,
            "error": sending.error,
        }
        name = f"06-bien-nhan/lan-gui-{sending.pk}.json"
        yield Leaf(name, "Lần gửi", str(sending), sending.sent_at, str(sending.by), zipped.plain(told))


def _events(report: Report) -> Leaf:
    chain = "".join(history.exported(events.chain_of(report.organization, report.pk)))
    return Leaf("07-su-kien.json", "Lịch sử", "Mọi việc đã làm, nối bằng mã băm", None, "", chain.encode())


def _contents(report: Report, leaves: list[Leaf]) -> bytes:
    rows = tuple(
        (
            at,
            leaf.kind,
            leaf.about,
            _when(leaf.at),
            leaf.who,
            leaf.name,
            len(leaf.content),
            zipped.digest(leaf.content),
        )
        for at, leaf in enumerate(leaves, 1)
    )
    title = f"Mục lục hồ sơ công việc: {report.title.capitalize() or 'văn bản'} số {report.code}"
    assert report.issued_on is not None  # noqa: S101  it was issued
    return zipped.steady(xlsx.workbook((xlsx.Sheet("Mục lục", title, HEAD, WIDTHS, rows),)), report.issued_on)


def _when(at: Any) -> str:
    if at is None:
        return ""
    if not hasattr(at, "hour"):
        return format_date(at)
    local = timezone.localtime(at)
    return f"{local:%H:%M} {format_date(local.date())}"


def _suffix(file: Any) -> str:
    suffix = PurePath(file.name).suffix.lower()
    return suffix if suffix.isascii() and suffix[1:].isalnum() else ".bin"


def _read(file: Any) -> bytes:
    """A stored file; one that has gone from the disk is said so in its place."""
    try:
        with file.open("rb") as stored:
            content: bytes = stored.read()
    except OSError:
        return "Tệp đã mất khỏi nơi lưu.\n".encode()
    return content
