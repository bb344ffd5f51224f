"""Hồ sơ gửi: the signed file, Word, data and message of an issued report in one ZIP, the same bytes every time."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils import timezone

from campaigns.models import Organization

from .. import editions, exports
from ..document import store
from ..document.nodes import Document, words
from ..document.store import StoreError
from ..lifecycle import OUT
from ..models import Evidence, Report, ReportRequest, SignedFile
from ..models.signing import Stage
from ..signing import files as signed_files
from . import edxml, figures, zipped

DATA, TABLE, MESSAGE = "data.json", "data.xlsx", "message.edxml.xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PackageError(ValueError):
    """No package can be made; the message is for an officer."""


@dataclass(frozen=True)
class Package:
    """The ZIP, its SHA-256 and the name it is saved under."""

    content: bytes
    sha256: str
    name: str


def build(report: Report, recipients: tuple[Organization, ...] = ()) -> Package:
    """The package of an issued report for its recipients, those whose letters it answers unless named.

    Renders the PDF when the report was signed on paper and no copy is kept. Raises `PackageError`.
    """
    if report.status not in OUT or report.approved is None or report.issued_on is None:
        raise PackageError("Chỉ lập hồ sơ gửi cho báo cáo đã phát hành.")
    letters = letters_of(report)
    document = editions.document_of(report)
    name, kind, pdf = official(report)
    files = {name: pdf, **_paper_scan(report)}
    files[exports.file_name(report, "docx")] = exports.write(document, "docx")
    records = figures.frozen(report.approved)
    files[DATA] = zipped.plain(_data(report, letters, records))
    title = f"Số liệu của {report.title.capitalize() or 'văn bản'} số {report.code}"
    files[TABLE] = zipped.steady(figures.workbook(records, title), report.issued_on)
    to = recipients or _askers(report, letters)
    message = _message(report, document, letters, to, (edxml.Attached(name, "application/pdf", pdf, kind),))
    try:
        files[MESSAGE] = edxml.written(message)
    except edxml.EdxmlError as error:
        raise PackageError(f"Không lập được thông điệp edXML: {error}") from error
    content = zipped.with_manifest(files, _about(report, to, kind))
    return Package(content, zipped.digest(content), f"ho-so-gui-{_stem(report)}.zip")


def letters_of(report: Report) -> list[ReportRequest]:
    return list(report.requests.select_related("paper", "sender").order_by("pk"))


def is_ready(report: Report) -> bool:
    """Whether the package can be made without rendering the PDF first."""
    return _signed(report) is not None or exports.ready(report, "pdf") is not None


def official(report: Report) -> tuple[str, str, bytes]:
    """The file that counts: its name, what it is in words, its bytes. The signed one, else the issued page."""
    signed, name = _signed(report), exports.file_name(report, "pdf")
    if signed is not None:
        kind = "Bản sao y có ký số cơ quan" if signed.stage == Stage.COPIED else "Bản ký số"
        return name, kind, signed_files.read(signed)
    copy = exports.ready(report, "pdf")
    if copy is None:
        return name, "Bản phát hành", _rendered(report)
    with copy.content.open("rb") as stored:
        return name, "Bản phát hành", stored.read()


def _rendered(report: Report) -> bytes:
    try:
        return exports.write(editions.document_of(report), "pdf")
    except RuntimeError as error:  # PdfError, of a module that takes half a second to load
        raise PackageError(f"Không tạo được PDF: {error}"[:500]) from error


def _signed(report: Report) -> SignedFile | None:
    """The last version that bears the agency's signature."""
    found: SignedFile | None = (
        signed_files.versions(report).filter(stage__in=(Stage.SEALED, Stage.COPIED)).order_by("-pk").first()
    )
    return found


def _paper_scan(report: Report) -> dict[str, bytes]:
    """The scan of what was signed or sealed by hand, where that is the original."""
    rows = Evidence.objects.filter(report=report, step__in=("sign", "seal")).exclude(file="")
    found: dict[str, bytes] = {}
    for row in rows.order_by("pk") if _signed(report) is None else ():
        suffix = PurePath(row.file.name).suffix.lower() or ".bin"
        with row.file.open("rb") as stored:
            found[f"ban-giay-{row.step}-{len(found) + 1}{suffix}"] = stored.read()
    return found


def _stem(report: Report) -> str:
    return exports.file_name(report, "pdf").removesuffix(".pdf")


def _askers(report: Report, letters: list[ReportRequest]) -> tuple[Organization, ...]:
    """Who asked; a report of one's own accord goes to the body above."""
    asked = dict.fromkeys(letter.sender for letter in letters if letter.sender)
    return tuple(asked) or (report.organization.parent or report.organization,)


# --- data ---------------------------------------------------------------------------------------------


def _data(report: Report, letters: list[ReportRequest], records: list[Any]) -> dict[str, Any]:
    edition = report.approved
    assert edition is not None  # noqa: S101  asked before
    return {
        "form": 1,
        "organization": _organ(report.organization),
        "report": {
            "code": report.code,
            "number": report.number,
            "symbol": report.symbol,
            "issued_on": report.issued_on.isoformat() if report.issued_on else None,
            "kind": report.title,
            "subject": report.subject_line,
            "period_from": report.period_from.isoformat() if report.period_from else None,
            "period_to": report.period_to.isoformat() if report.period_to else None,
            "cut_off": report.cut_off.isoformat() if report.cut_off else None,
            "follows_as": report.follows_as,
            "follows": report.follows.code if report.follows else "",
        },
        "answers": [_answer(letter) for letter in letters],
        "edition": edition.digest,
        "tree": store.to_data(editions.tree_of(edition)),
        "figures": records,
    }


def _organ(organization: Organization) -> dict[str, str]:
    return {
        "code": organization.code,
        "identifier": organization.identifier,
        "administrative_code": organization.administrative_code,
        "name": organization.name,
    }


def _answer(letter: ReportRequest) -> dict[str, Any]:
    dated = letter.paper.issued_on
    return {
        "code": letter.paper.code,
        "issued_on": dated.isoformat() if dated else None,
        "organ": edxml.organ_id(letter.sender) if letter.sender else "",
        "due": letter.deadline.isoformat() if letter.deadline else None,
    }


def _about(report: Report, to: tuple[Organization, ...], kind: str) -> dict[str, Any]:
    return {
        "report": report.code,
        "issued_on": report.issued_on.isoformat() if report.issued_on else None,
        "from": edxml.organ_id(report.organization),
        "to": [edxml.organ_id(organization) for organization in to],
        "edition": report.approved.digest if report.approved else "",
        "original": kind,
    }


def edition_digest(files: dict[str, bytes]) -> str:
    """The digest of the text inside a package, computed from its tree. Raises `zipped.ZipError`."""
    try:
        tree = store.from_data(zipped.data(files, DATA).get("tree", {}))
    except (StoreError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise zipped.ZipError("Cây văn bản trong data.json không đọc được.") from error
    return store.digest(dataclasses.replace(tree, seal=""), slots=False)


# --- message ------------------------------------------------------------------------------------------


def _message(
    report: Report,
    document: Document,
    letters: list[ReportRequest],
    to: tuple[Organization, ...],
    attached: tuple[edxml.Attached, ...],
) -> edxml.Message:
    frame = document.frame
    signature = frame.signatures[0] if frame.signatures else None
    assert report.issued_on is not None  # noqa: S101  asked before
    return edxml.Message(
        sender=report.organization,
        recipients=to,
        number=report.number,
        notation=report.symbol,
        place=report.organization.place,
        dated=report.issued_on,
        kind=report.title.capitalize() or "Công văn",
        subject=report.subject_line,
        competence=" ".join(signature.lines[:-1]) if signature else "",
        position=signature.lines[-1] if signature and signature.lines else "",
        signer=signature.name if signature else "",
        places=frame.recipients.lines if frame.recipients else (),
        appendices=tuple(" ".join(words(line) for line in part.title) for part in document.appendices),
        letters=tuple(_letter(letter) for letter in letters),
        attached=attached,
        priority=edxml.PRIORITY.get(report.urgency, 0),
        due=_earliest(letters),
        does=edxml.DOES[report.follows_as],
        reason=f"{report.get_follows_as_display()} {report.follows.code}" if report.follows else "",
        earlier=(report.follows.code, report.follows.issued_on) if report.follows else None,
        department=report.unit.name if report.unit else "",
    )


def _letter(letter: ReportRequest) -> edxml.Letter:
    organ = edxml.organ_id(letter.sender) if letter.sender else "khac"
    return edxml.Letter(organ, letter.paper.code, letter.paper.issued_on)


def _earliest(letters: list[ReportRequest]) -> Any:
    due = [timezone.localtime(letter.deadline).date() for letter in letters if letter.deadline]
    return min(due, default=None)
