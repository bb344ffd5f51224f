"""The judgement on a signed file: who signed, when, what changed since, and whether it says what was approved.

pyHanko's difference analysis is the judge of every revision. Beyond it: whatever was filled in and signed may not
be filled in otherwise later, and nothing but evidence of validity may follow the last signature.
"""

from __future__ import annotations

import datetime
import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from io import BytesIO

from asn1crypto import cms
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    FormUpdatingRule,
    GenericFieldModificationRule,
    ModificationLevel,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ..document.pdf_compare import Likeness, UnreadableError, compare, text_of
from ..document.signing import Box
from .sign import Trust, common_name
from .slots import CALLED, filled, text_fields

logger = logging.getLogger(__name__)


#: pyHanko's own policy, but a drawn value is never replaced in place: its rule for that also takes a value drawn
#: before the signature for a change after it, as soon as the fields are locked and evidence of validity follows.
POLICY = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        [
            SigFieldCreationRule(),
            SigFieldModificationRule(),
            GenericFieldModificationRule(allow_in_place_appearance_stream_changes=False),
        ]
    ),
)


class Content(StrEnum):
    """How a file's content relates to the approved one."""

    SAME_BYTES = "same_bytes"
    SAME_TEXT = "same_text"
    DIFFERENT = "different"
    NOT_COMPARED = "not_compared"

    @property
    def label(self) -> str:
        return _CONTENT[self]


_CONTENT = {
    Content.SAME_BYTES: "Khớp từng byte với bản đã duyệt",
    Content.SAME_TEXT: "Khớp nội dung với bản đã duyệt",
    Content.DIFFERENT: "Không khớp bản đã duyệt",
    Content.NOT_COMPARED: "Không có bản đã duyệt để so",
}


class Part(StrEnum):
    """What a refusal is about."""

    FILE = "tệp"
    INTEGRITY = "tính toàn vẹn"
    COVERAGE = "phạm vi chữ ký"
    CERTIFICATE = "chứng thư"
    VALIDITY = "hiệu lực chứng thư"
    CHANGES = "thay đổi sau khi ký"
    SIGNER = "người ký"
    CONTENT = "nội dung"


@dataclass(frozen=True)
class Approved:
    """The approved file with its empty fields, and the places where signing may add to it."""

    pdf: bytes
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Expected:
    """Names of whom the certificates must belong to: every leader, and the agency in one of its names."""

    leaders: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One signature: field, the certificate's name and issuer, hour (`stamped` by an authority), PAdES level.

    `part` and `fault` say why it is refused, "" when it is not; `added` what later revisions changed.
    """

    field: str
    name: str
    issuer: str = ""
    serial: str = ""
    at: datetime.datetime | None = None
    stamped: bool = False
    level: str = "B-B"
    revision: int = 0
    whole: bool = False  # covers the file to its last byte
    locks: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    part: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Judgement:
    """`refusal` is "" for a valid file; `part` names what failed."""

    signatures: tuple[Found, ...] = ()
    content: Content = Content.NOT_COMPARED
    note: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)  # number, date.day, …: as far as they can be read
    part: str = ""
    refusal: str = ""

    @property
    def valid(self) -> bool:
        return not self.refusal


class _Refused(Exception):
    def __init__(self, part: Part, sentence: str) -> None:
        super().__init__(sentence)
        self.part, self.sentence = part, sentence


def judge(
    pdf: bytes, trust: Trust, approved: Approved | None = None, expected: Expected | None = None
) -> Judgement:
    """All that can be said of a signed file; the first thing that fails is its refusal."""
    made = Judgement()
    try:
        reader = _opened(pdf)
        made = replace(made, signatures=_signatures(pdf, reader, trust))
        _require_sound(made.signatures)
        _require_unchanged(reader, made.signatures)
        made = _with_content(made, pdf, reader, approved)
        if expected is not None:
            _require_signers(made.signatures, expected)
    except _Refused as refused:
        return replace(made, part=refused.part.value, refusal=refused.sentence)
    except Exception as error:
        # the file decides what happens in here: whatever a parser stumbles over is damage
        logger.warning("a file that cannot be judged: %r", error)
        return replace(
            made, part=Part.FILE.value, refusal="Tệp hỏng hoặc bị sửa: không đọc được cấu trúc PDF."
        )
    return made


def _opened(pdf: bytes) -> PdfFileReader:
    if not pdf.startswith(b"%PDF-"):
        raise _Refused(Part.FILE, "Tệp không phải PDF.")
    try:
        reader = PdfFileReader(BytesIO(pdf))
        signed = bool(reader.embedded_signatures)
    except Exception as error:
        raise _Refused(Part.FILE, "Tệp hỏng hoặc bị sửa: không đọc được cấu trúc PDF.") from error
    if reader.encrypted:
        raise _Refused(Part.FILE, "Tệp đặt mật khẩu, không kiểm tra được.")
    if not signed:
        raise _Refused(Part.FILE, "Tệp chưa có chữ ký số nào.")
    return reader


# --- signatures ---------------------------------------------------------------------------------------


def _signatures(pdf: bytes, reader: PdfFileReader, trust: Trust) -> tuple[Found, ...]:
    made = [_judged(pdf, reader, embedded, trust) for embedded in reader.embedded_regular_signatures]
    if not made:
        raise _Refused(Part.FILE, "Tệp chưa có chữ ký số nào.")
    return tuple(sorted(made, key=lambda found: found.revision))


def _judged(pdf: bytes, reader: PdfFileReader, embedded: EmbeddedPdfSignature, trust: Trust) -> Found:
    certificate = embedded.signer_cert
    lock = embedded.fieldmdp
    found = Found(
        embedded.field_name,
        common_name(certificate),
        issuer=certificate.issuer.native.get("common_name", ""),
        serial=f"{certificate.serial_number:X}",
        at=embedded.self_reported_timestamp,
        revision=embedded.signed_revision,
        locks=tuple(lock.fields or ()) if lock is not None else (),
    )
    if not _padded_with_nothing(pdf, embedded):
        return replace(found, part=Part.INTEGRITY, fault="vùng chứa chữ ký bị sửa")
    try:
        status = _status(reader, embedded, trust, found.at)
    except Exception as error:
        logger.warning("a signature that cannot be judged: %r", error)
        return replace(found, part=Part.INTEGRITY, fault="chữ ký hỏng hoặc bị sửa")
    stamp = status.timestamp_validity
    stamped = stamp is not None and stamp.valid and stamp.intact and stamp.trusted
    found = replace(
        found,
        stamped=stamped,
        at=stamp.timestamp if stamp is not None and stamped else found.at,
        level=_level(reader, stamped),
        whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        added=_added(status),
    )
    part, fault = _fault(status, trust, found)
    return replace(found, part=part, fault=fault)


def _status(
    reader: PdfFileReader, embedded: EmbeddedPdfSignature, trust: Trust, at: datetime.datetime | None
) -> PdfSignatureStatus:
    """pyHanko's verdict with the certificate as it stood when signed.

    A list of revoked certificates is fetched only for a certificate already found to be a trusted authority's,
    so that no address of a stranger's choosing is ever asked. Where none answers, the verdict stands.
    """
    moment = _stamped_hour(embedded) or at
    status = _validated(embedded, _context(reader, trust, moment), _context(reader, trust, None))
    if not status.trusted or not _names_revocation(embedded):
        return status
    try:
        asked = _context(reader, trust, moment, fetching=True)
        return _validated(embedded, asked, _context(reader, trust, None))
    except Exception as error:
        logger.warning("revocation data could not be asked for: %r", error)
        return status


def _validated(
    embedded: EmbeddedPdfSignature, context: ValidationContext, stamps: ValidationContext
) -> PdfSignatureStatus:
    usage = KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )
    return validate_pdf_signature(embedded, context, stamps, diff_policy=POLICY, key_usage_settings=usage)


def _names_revocation(embedded: EmbeddedPdfSignature) -> bool:
    certificate = embedded.signer_cert
    return bool(certificate.crl_distribution_points or certificate.ocsp_urls)


def _stamped_hour(embedded: EmbeddedPdfSignature) -> datetime.datetime | None:
    attributes = embedded.signer_info["unsigned_attrs"].native or ()
    for at, attribute in enumerate(attributes):
        if attribute["type"] == "signature_time_stamp_token":
            token = embedded.signer_info["unsigned_attrs"][at]["values"][0]
            hour = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
            return hour if isinstance(hour, datetime.datetime) else None
    return None


def _context(
    reader: PdfFileReader, trust: Trust, moment: datetime.datetime | None, fetching: bool = False
) -> ValidationContext:
    settings = {
        "trust_roots": list(trust.anchors),
        "moment": moment,
        "allow_fetching": fetching,
        "retroactive_revinfo": True,
    }
    try:
        return DocumentSecurityStore.read_dss(reader).as_validation_context(settings)
    except NoDSSFoundError:
        return ValidationContext(**settings)


def _level(reader: PdfFileReader, stamped: bool) -> str:
    if not stamped:
        return "B-B"
    return "B-LT" if "/DSS" in reader.root else "B-T"


def _fault(status: PdfSignatureStatus, trust: Trust, found: Found) -> tuple[str, str]:
    """What a signature fails in, and how; ("", "") for a sound one."""
    if not status.intact:
        return Part.INTEGRITY, "nội dung tệp không đúng với nội dung đã ký"
    if not status.valid:
        return Part.INTEGRITY, "giá trị chữ ký không đúng với chứng thư"
    whole = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    if status.coverage not in whole:
        return Part.COVERAGE, "chữ ký không bao trùm toàn bộ tệp tại lúc ký"
    if not isinstance(status.diff_result, DiffResult):
        return (
            Part.CHANGES,
            "tệp bị sửa sau khi ký ngoài phần được phép (thêm trang, đổi nội dung hoặc ô đã khóa)",
        )
    if not status.docmdp_ok or not status.seed_value_ok:
        return Part.CHANGES, "tệp bị sửa sau khi ký trái với điều kiện của chữ ký"
    return _trust_fault(status, trust, found)


def _trust_fault(status: PdfSignatureStatus, trust: Trust, found: Found) -> tuple[str, str]:
    if not trust.anchors:
        return Part.CERTIFICATE, "chưa khai báo cơ quan chứng thực tin cậy (TRUST_ANCHORS)"
    if found.at is None:
        return Part.VALIDITY, "chữ ký không ghi giờ ký"
    if found.at > datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=10):
        return Part.VALIDITY, "giờ ký ở tương lai"
    certificate = status.signing_cert
    if not certificate.not_valid_before <= found.at <= certificate.not_valid_after:
        return Part.VALIDITY, "chứng thư hết hạn hoặc chưa có hiệu lực vào lúc ký"
    if status.revoked:
        return Part.VALIDITY, "chứng thư đã bị thu hồi"
    if status.trusted:
        return "", ""
    if status.trust_problem_indic == AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE:
        return Part.CERTIFICATE, "chứng thư không được cấp để ký văn bản"
    return Part.CERTIFICATE, "chứng thư không do cơ quan chứng thực tin cậy cấp"


def _added(status: PdfSignatureStatus) -> tuple[str, ...]:
    """What later revisions filled in or signed, in the officer's words."""
    if not isinstance(status.diff_result, DiffResult):
        return ()
    names = sorted(status.diff_result.changed_form_fields)
    return tuple(CALLED.get(name.partition("-")[0], f"ô “{name}”") for name in names if name != "date")


def _padded_with_nothing(pdf: bytes, embedded: EmbeddedPdfSignature) -> bool:
    """The one part of the file no digest covers holds the signature and zeros, nothing else."""
    ranges = [int(at) for at in embedded.byte_range]
    if len(ranges) != 4:
        return False
    gap = pdf[ranges[0] + ranges[1] : ranges[2]]
    if not re.fullmatch(rb"<(?:[0-9a-fA-F]{2})+>", gap):
        return False
    raw = bytes.fromhex(gap[1:-1].decode("ascii"))
    signature = cms.ContentInfo.load(raw).dump()
    return raw.startswith(signature) and not raw[len(signature) :].strip(b"\0")


def _require_sound(signatures: Iterable[Found]) -> None:
    for found in signatures:
        if found.fault:
            raise _Refused(Part(found.part), f"Chữ ký của {found.name or found.field}: {found.fault}.")


# --- what changed since -------------------------------------------------------------------------------


def _require_unchanged(reader: PdfFileReader, signatures: Sequence[Found]) -> None:
    """What was filled in when somebody signed stays as it was; after the last signature nothing is filled in."""
    last = reader.xrefs.total_revisions - 1
    final = _filled(reader, last)
    for found in signatures:
        then = _filled(reader, found.revision)
        if any(final.get(name) != value for name, value in then.items()):
            raise _Refused(Part.CHANGES, "Số hoặc ngày đã bị sửa lại sau khi ký.")
    if final != _filled(reader, signatures[-1].revision):
        raise _Refused(Part.CHANGES, "Số hoặc ngày được điền sau chữ ký cuối cùng.")
    _require_no_tail(reader, signatures[-1])
    after = POLICY.review_file(reader, signatures[-1].revision)
    if not isinstance(after, DiffResult) or after.modification_level > ModificationLevel.LTA_UPDATES:
        raise _Refused(Part.CHANGES, "Tệp bị sửa sau chữ ký cuối cùng.")


def _require_no_tail(reader: PdfFileReader, newest: Found) -> None:
    """The file ends with what was signed last, or with a later revision: no bytes hang on behind."""
    alone = newest.revision == reader.xrefs.total_revisions - 1
    reader.stream.seek(0)
    tail = reader.stream.read().rpartition(b"%%EOF")[2]
    if tail.strip() or len(tail) > 2 or (alone and not newest.whole):
        raise _Refused(Part.COVERAGE, "Có dữ liệu nối thêm vào cuối tệp sau chữ ký cuối cùng.")


def _filled(reader: PdfFileReader, revision: int) -> dict[str, tuple[str, bytes]]:
    """Value and drawn appearance of every text field that was filled in by a revision."""
    root = reader.get_historical_root(revision)
    return {
        name: (str(field["/V"]), _appearance(field)) for name, field in text_fields(root) if "/V" in field
    }


def _appearance(field: object) -> bytes:
    try:
        drawn = field["/AP"]["/N"]  # type: ignore[index]
    except KeyError:
        return b""
    return drawn.data if isinstance(drawn, StreamObject) else b""


# --- content ------------------------------------------------------------------------------------------


def _with_content(made: Judgement, pdf: bytes, reader: PdfFileReader, approved: Approved | None) -> Judgement:
    made = replace(made, filled={name: str(at["/V"]) for name, at in text_fields(reader.root) if "/V" in at})
    if approved is None:
        return made
    if pdf.startswith(approved.pdf) and _only_in_boxes(reader, approved):
        return replace(made, content=Content.SAME_BYTES)
    try:
        compared = compare(approved.pdf, pdf, approved.boxes)
    except UnreadableError as error:
        raise _Refused(Part.FILE, "Tệp hỏng hoặc bị sửa: không đọc được các trang.") from error
    appended = pdf.startswith(approved.pdf)  # to our own file: then its pages are laid out as ours
    if compared.likeness is Likeness.DIFFERENT or (appended and compared.likeness is Likeness.SAME_TEXT):
        raise _Refused(Part.CONTENT, f"Nội dung không khớp bản đã duyệt: {compared.reason}")
    read = {**compared.filled, **made.filled}
    return replace(made, content=Content.SAME_TEXT, note=compared.reason, filled=read)


def _only_in_boxes(reader: PdfFileReader, approved: Approved) -> bool:
    """Every revision after the approved one is permitted, and what it put on a page lies inside the boxes."""
    base = PdfFileReader(BytesIO(approved.pdf)).xrefs.total_revisions - 1
    changed = POLICY.review_file(reader, base)
    if not isinstance(changed, DiffResult):
        return False
    before = _placed(reader, base)
    now = _placed(reader, reader.xrefs.total_revisions - 1)
    return all(place in before or _fits(place, approved.boxes) for place in now)


def _placed(reader: PdfFileReader, revision: int) -> set[tuple[float, ...]]:
    """Page and rectangle of everything put on pages beside their text, as of a revision."""
    root, found = reader.get_historical_root(revision), set()
    for number, page in enumerate(_pages(root["/Pages"])):
        if "/Annots" not in page:
            continue
        for annotation in page["/Annots"]:
            left, bottom, right, top = (float(at) for at in annotation.get_object()["/Rect"])
            found.add((number, left, bottom, right, top))
    return found


def _pages(node: object) -> Iterable[object]:
    if "/Kids" not in node:  # type: ignore[operator]
        yield node
        return
    for kid in node["/Kids"]:  # type: ignore[index]
        yield from _pages(kid.get_object())


def _fits(place: tuple[float, ...], boxes: Iterable[Box]) -> bool:
    page, left, bottom, right, top = place
    if (right - left) * (top - bottom) == 0:
        return True  # an invisible signature
    return any(
        box.page == page
        and box.left - 2 <= left
        and right <= box.right + 2
        and box.bottom - 2 <= bottom
        and top <= box.top + 2
        for box in boxes
    )


#: Number and symbol as printed, blanks left out; the number may stand in a form field instead.
_CODE = re.compile(
    r"Số:([0-9]{1,6}[a-zđ]{0,3})?/([A-ZĐ0-9][A-ZĐa-z0-9ĐÔƯ-]{1,58}?)(?=CỘNG|[A-ZĐ][a-zà-ỹđ]|$)"
)


def printed_code(pdf: bytes) -> tuple[str, str] | None:
    """Number and symbol of a paper as its file shows them; None where they cannot be read."""
    try:
        found = _CODE.search(text_of(pdf))
        number = filled(pdf).get("number", "")
    except Exception as error:  # any file may be asked about
        logger.info("no number can be read: %r", error)
        return None
    number = (found[1] or number) if found else number
    return (number, found[2].rstrip("-")) if found and number else None


# --- signers ------------------------------------------------------------------------------------------


def _require_signers(signatures: Sequence[Found], expected: Expected) -> None:
    names = [folded(found.name) for found in signatures]
    for leader in expected.leaders:
        if folded(leader) not in names:
            held = ", ".join(found.name for found in signatures)
            raise _Refused(Part.SIGNER, f"Không có chữ ký của {leader}; tệp có chữ ký của {held}.")
    agency = {folded(name) for name in expected.agency}
    if agency and not agency & set(names):
        raise _Refused(Part.SIGNER, f"Không có chữ ký số của cơ quan {expected.agency[0]}.")


def folded(name: str) -> str:
    """A certificate's name as compared: NFC, case and spaces apart, the usual abbreviation written out."""
    plain = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    return re.sub(r"\bubnd\b", "ủy ban nhân dân", plain).replace("uỷ", "ủy")
