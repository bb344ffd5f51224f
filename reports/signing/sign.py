"""Applying a signature to a field of an approved PDF, PAdES.

B-T where a time-stamping authority answers, B-LT where revocation
data can be had too, else B-B; the result says which, and why not better.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zoneinfo import ZoneInfo

import pkcs11.exceptions
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError as Unsigned
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.stamp.base import BaseStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    CRLFetchError,
    OCSPFetchError,
    PathError,
    RevokedError,
    ValidationError,
)

from ..document.widths import MM_PER_POINT
from .keys import Key, SigningError, Trust
from .slots import SlotError, fill_in
from .stamps import stamp, worded

logger = logging.getLogger(__name__)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

#: The field of an electronic copy's signature (ô 14).
COPY_FIELD = "copy"

#: What a level of PAdES (TCVN 11816, ETSI EN 319 142-1) means to an officer.
LEVELS = {
    "B-B": "Chữ ký cơ bản (PAdES B-B), giờ ký theo máy chủ",
    "B-T": "Chữ ký có dấu thời gian (PAdES B-T)",
    "B-LT": "Chữ ký có dấu thời gian và dữ liệu thu hồi (PAdES B-LT), kiểm tra được lâu dài",
}


@dataclass(frozen=True)
class Signed:
    """A signed file. `level` is a key of LEVELS; `note` says why it is no higher, "" when it is the highest."""

    pdf: bytes
    level: str
    note: str
    signer: str


def sign(
    pdf: bytes,
    field: str,
    key: Key,
    trust: Trust,
    image: bytes | None = None,
    numbered: tuple[str, datetime.date] | None = None,
) -> Signed:
    """The file with one signature more, in an empty field of it, at the highest level that can be had.

    `numbered` fills number and date in the same update, which the signature then covers and locks.
    Raises `SigningError`: no such field, a device that refused, a revoked certificate, a damaged file.
    """
    return _signed(field, key, trust, lambda level: _apply(pdf, field, key, trust, level, image, numbered))


def _signed(field: str, key: Key, trust: Trust, apply: Callable[[str], bytes]) -> Signed:
    """What `apply` makes at the highest level that can be had, with the reason why it is no higher."""
    notes: list[str] = []
    for level in (*_levels(trust), "B-B"):
        try:
            return Signed(apply(level), level, " ".join(notes), key.name)
        except SlotError as error:
            raise SigningError(str(error)) from error
        except pkcs11.exceptions.PKCS11Error as error:
            raise SigningError("Thiết bị ký từ chối ký; hãy kiểm tra thiết bị và mã PIN.") from error
        except (TimestampRequestError, OSError, *_NO_EVIDENCE) as error:
            notes = [_why_lower(error)]
            logger.warning("no %s: %r", level, error)
        except PdfError as error:
            raise SigningError(_refusal(error)) from error
    raise SigningError("Không ký được tệp.")


def sign_copy(scan: bytes, organization: str, key: Key, trust: Trust) -> Signed:
    """A scan of the signed paper as an electronic copy: “SAO Y; cơ quan; thời gian” at ô 14, the agency's signature.

    Times New Roman 10, upright, black, no image (NĐ 30 Phụ lục I, mục III; Điều 25.1.c). Raises `SigningError`.
    """
    return _signed(COPY_FIELD, key, trust, lambda level: _apply_copy(scan, organization, key, trust, level))


def _levels(trust: Trust) -> list[str]:
    """Levels to try before the basic one, best first."""
    if not trust.tsa_url:
        return []
    return ["B-LT", "B-T"] if trust.anchors else ["B-T"]


#: What pyHanko raises when a certificate's chain or revocation data cannot be had.
_NO_EVIDENCE = (Unsigned, ValidationError, PathError, CRLFetchError, OCSPFetchError)


def _why_lower(error: Exception) -> str:
    """Why a level could not be had; SigningError where no level can."""
    causes = list(_causes(error))
    if any(isinstance(cause, RevokedError) for cause in causes):
        raise SigningError("Chứng thư đã bị thu hồi, không ký được.") from error
    if any(isinstance(cause, (TimestampRequestError, OSError)) for cause in causes):
        return "Máy chủ dấu thời gian không trả lời."
    if any(isinstance(cause, _NO_EVIDENCE[1:]) for cause in causes):
        return "Không lấy được dữ liệu thu hồi chứng thư."
    raise SigningError(_refusal(error)) from error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _refusal(error: Exception) -> str:
    if "filled already" in str(error):
        return "Ô chữ ký này đã có chữ ký."
    if "No empty signature field" in str(error) or "does not contain a form" in str(error):
        return "Tệp PDF không có ô chữ ký cần ký."
    return "Không ký được tệp PDF: tệp hỏng hoặc không cho phép ký thêm."


def _apply(
    pdf: bytes,
    field: str,
    key: Key,
    trust: Trust,
    level: str,
    image: bytes | None,
    numbered: tuple[str, datetime.date] | None,
) -> bytes:
    style = stamp(image, key.name, field, datetime.datetime.now(VIETNAM))
    writer, out = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    if numbered is not None:
        fill_in(writer, *numbered)
    _signer(field, key, trust, level, style).sign_pdf(writer, existing_fields_only=True, output=out)
    return out.getvalue()


def _apply_copy(scan: bytes, organization: str, key: Key, trust: Trust, level: str) -> bytes:
    now = datetime.datetime.now(VIETNAM)
    text = f"SAO Y; {organization}; {now.day}/{now.month}/{now.year}; {now:%H:%M:%S} +07:00"
    left = layout.SimpleBoxLayoutRule(layout.AxisAlignment.ALIGN_MAX, layout.AxisAlignment.ALIGN_MID)
    style = worded(text, left)
    writer, out = IncrementalPdfFileWriter(BytesIO(scan)), BytesIO()
    _, _, width, height = (float(at) for at in writer.root["/Pages"]["/Kids"][0]["/MediaBox"])
    edge, top = width - 15 / MM_PER_POINT, height - 8 / MM_PER_POINT
    place = SigFieldSpec(COPY_FIELD, 0, box=(edge - 110 / MM_PER_POINT, top - 14, edge, top))
    signer = _signer(COPY_FIELD, key, trust, level, style, place)
    signer.sign_pdf(writer, output=out)
    return out.getvalue()


def _signer(
    field: str, key: Key, trust: Trust, level: str, style: BaseStampStyle, place: SigFieldSpec | None = None
) -> signers.PdfSigner:
    context = None
    if level == "B-LT":
        context = ValidationContext(
            trust_roots=list(trust.anchors), allow_fetching=True, revocation_mode="hard-fail"
        )
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=key.name,
        embed_validation_info=level == "B-LT",
        validation_context=context,
        signer_key_usage={"digital_signature"},
    )
    return signers.PdfSigner(
        metadata,
        key.signer,
        timestamper=HTTPTimeStamper(trust.tsa_url) if level != "B-B" else None,
        stamp_style=style,
        new_field_spec=place,
    )
