"""The files of an approved report: what there is to sign, every version kept, whose signatures are expected."""

from __future__ import annotations

import dataclasses
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from campaigns.models import Organization, User

from .. import editions, workflow
from ..document.signing import Box
from ..models import Edition, Mark, Report, SignedFile
from ..models.signing import Stage, Way
from . import keys, slots
from .judgement import Approved, Expected
from .keys import SigningError, Trust


def trust() -> Trust:
    """The ward's trust as the settings say it; the anchors are read again when their file changes."""
    path = settings.TRUST_ANCHORS
    stamp = Path(path).stat().st_mtime_ns if path else 0
    return Trust(_anchors(path, stamp), settings.TSA_URL)


@lru_cache(maxsize=2)
def _anchors(path: str, stamp: int) -> tuple[Any, ...]:
    return keys.anchors(path)


# --- versions -----------------------------------------------------------------------------------------


def versions(report: Report) -> Any:
    """Every version of the approved edition's file, oldest first."""
    return SignedFile.objects.filter(report=report, edition=report.approved).select_related(
        "by", "confirmed_by"
    )


def approved_file(report: Report) -> SignedFile:
    """The file of the approved edition with its empty fields, made once. Raises `SigningError`."""
    edition = report.approved
    if edition is None or not report.is_frozen:
        raise SigningError("Báo cáo chưa được duyệt nên chưa có tệp để ký.")
    printed = _printed_code(report)
    return _first(report, printed) or _made(report, edition, printed)


def _printed_code(report: Report) -> str:
    """Number and symbol where the ward numbers before signing: they are printed, not filled in."""
    if not report.organization.number_first:
        return ""
    if not report.number:
        raise SigningError("Đơn vị cấp số trước khi ký: cấp số, ngày rồi mới tạo tệp để ký.")
    return report.code


def _first(report: Report, printed: str) -> SignedFile | None:
    found: SignedFile | None = (
        versions(report).filter(stage=Stage.APPROVED, note=printed).order_by("pk").first()
    )
    return found


def _made(report: Report, edition: Edition, printed: str) -> SignedFile:
    from ..document import pdf  # WeasyPrint takes half a second to load

    tree = editions.document_of(report) if printed else editions.tree_of(edition)
    try:
        rendered, boxes = pdf.render_for_signing(tree)
    except pdf.PdfError as error:
        raise SigningError(str(error)) from error
    content, plain = slots.add(rendered, boxes), [dataclasses.asdict(box) for box in boxes]
    with transaction.atomic():  # two who ask at once get the same file
        Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        return _first(report, printed) or keep(
            report, edition, Stage.APPROVED, Way.MADE, content, boxes=plain, note=printed
        )


@transaction.atomic
def keep(
    report: Report, edition: Edition, stage: Stage, way: Way, content: bytes, **fields: Any
) -> SignedFile:
    """Stores a version by its SHA-256; the same bytes at the same stage are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    made, created = SignedFile.objects.get_or_create(
        report=report,
        stage=stage,
        sha256=digest,
        defaults={"edition": edition, "way": way, "size": len(content), **fields},
    )
    if created:
        made.content.save(f"{digest}.pdf", ContentFile(content))
    return made


def read(file: SignedFile) -> bytes:
    """The bytes of a version; SigningError when they are no longer those that were kept."""
    try:
        with file.content.open("rb") as stored:
            content: bytes = stored.read()
    except OSError as error:
        raise SigningError("Không đọc được bản ký đã lưu; báo quản trị của đơn vị.") from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise SigningError("Bản ký đã lưu bị thay đổi trên đĩa; báo quản trị của đơn vị.")
    return content


def newest(report: Report) -> SignedFile | None:
    """The latest version of the approved edition's file; None before there is one."""
    found: SignedFile | None = versions(report).exclude(stage=Stage.COPIED).order_by("-pk").first()
    return found


def signed_file(report: Report) -> SignedFile:
    """The latest version that bears the leader's signature and not yet the agency's. Raises `SigningError`."""
    found: SignedFile | None = versions(report).filter(stage=Stage.SIGNED).order_by("-pk").first()
    if found is None:
        raise SigningError("Chưa có tệp mang chữ ký số của lãnh đạo.")
    return found


def to_sign(report: Report, stage: Stage) -> SignedFile:
    """What the next signer is given outside: for the agency with number and date filled in.

    Raises `SigningError` where the step before is missing.
    """
    if stage == Stage.SIGNED:
        return approved_file(report)
    base = signed_file(report)
    if not report.number or report.issued_on is None:
        raise SigningError("Chưa có số, ngày: cấp số trước khi ký số cơ quan.")
    content, note = read(base), f"{report.code}, {report.issued_on:%d/%m/%Y}"
    if not waits_for_number(content):
        return base
    made = versions(report).filter(stage=Stage.NUMBERED, note=note, pk__gt=base.pk).first()
    return made or _numbered(report, base, content, note)


def _numbered(report: Report, base: SignedFile, content: bytes, note: str) -> SignedFile:
    try:
        filled = slots.fill(content, report.number, report.issued_on)
    except slots.SlotError as error:
        raise SigningError(str(error)) from error
    same = {"match": base.match, "confirmed_by": base.confirmed_by}
    return keep(report, base.edition, Stage.NUMBERED, Way.MADE, filled, note=note, **same)


def waits_for_number(content: bytes) -> bool:
    """Whether number and date are still to be filled in."""
    return set(slots.FILLED) <= slots.empty(content)


# --- who is expected ----------------------------------------------------------------------------------


def approved_of(report: Report) -> Approved:
    """What a signed file of this report is compared with."""
    file = approved_file(report)
    return Approved(read(file), tuple(Box(**box) for box in file.boxes))


def leaders(report: Report) -> tuple[str, ...]:
    """The name on the certificate of who approved."""
    approver = workflow.approver_of(report)
    return (_name_of(report.organization, approver, approver.full_name),) if approver else ()


def agency(organization: Organization) -> tuple[str, ...]:
    """Names the agency's certificate may bear."""
    marked = _name_of(organization, None, "")
    return tuple(dict.fromkeys(filter(None, (marked, organization.name, organization.called))))


def _name_of(organization: Organization, person: User | None, default: str) -> str:
    mark = mark_of(organization, person)
    return mark.certificate_name if mark is not None and mark.certificate_name else default


def mark_of(organization: Organization, person: User | None) -> Mark | None:
    """The image and certificate's name of a person, or with None of the agency."""
    return Mark.objects.filter(organization=organization, person=person).first()


def expected(report: Report, stage: Stage) -> Expected:
    """Whose signatures a file must bear at a stage."""
    seals = agency(report.organization) if stage == Stage.SEALED else ()
    return Expected(leaders(report), seals)
