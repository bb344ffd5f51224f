"""Whether one signature in a file is sound: its digest, what it covers, its certificate when it was made."""

from __future__ import annotations

import datetime
import logging
import re
from dataclasses import replace

from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from .judgement import POLICY, Found, Part
from .keys import Trust, common_name
from .slots import CALLED

logger = logging.getLogger(__name__)


def judged(pdf: bytes, reader: PdfFileReader, embedded: EmbeddedPdfSignature, trust: Trust) -> Found:
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
