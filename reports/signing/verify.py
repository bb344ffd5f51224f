"""The judgement on a signed file: who signed, when, what changed since, and whether it says what was approved.

pyHanko's difference analysis is the judge of every revision. Beyond it: whatever was filled in and signed may not
be filled in otherwise later, and nothing but evidence of validity may follow the last signature.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO

from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel

from ..document.pdf_compare import Likeness, UnreadableError, compare, text_of
from ..document.signing import Box
from .judgement import POLICY, Approved, Content, Expected, Found, Judgement, Part, Refusal
from .keys import Trust
from .slots import filled, text_fields
from .soundness import judged

logger = logging.getLogger(__name__)


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
    except Refusal as refused:
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
        raise Refusal(Part.FILE, "Tệp không phải PDF.")
    try:
        reader = PdfFileReader(BytesIO(pdf))
        signed = bool(reader.embedded_signatures)
    except Exception as error:
        raise Refusal(Part.FILE, "Tệp hỏng hoặc bị sửa: không đọc được cấu trúc PDF.") from error
    if reader.encrypted:
        raise Refusal(Part.FILE, "Tệp đặt mật khẩu, không kiểm tra được.")
    if not signed:
        raise Refusal(Part.FILE, "Tệp chưa có chữ ký số nào.")
    return reader


def _signatures(pdf: bytes, reader: PdfFileReader, trust: Trust) -> tuple[Found, ...]:
    made = [judged(pdf, reader, embedded, trust) for embedded in reader.embedded_regular_signatures]
    if not made:
        raise Refusal(Part.FILE, "Tệp chưa có chữ ký số nào.")
    return tuple(sorted(made, key=lambda found: found.revision))


def _require_sound(signatures: Iterable[Found]) -> None:
    for found in signatures:
        if found.fault:
            raise Refusal(Part(found.part), f"Chữ ký của {found.name or found.field}: {found.fault}.")


# --- what changed since -------------------------------------------------------------------------------


def _require_unchanged(reader: PdfFileReader, signatures: Sequence[Found]) -> None:
    """What was filled in when somebody signed stays as it was; after the last signature nothing is filled in."""
    last = reader.xrefs.total_revisions - 1
    final = _filled(reader, last)
    for found in signatures:
        then = _filled(reader, found.revision)
        if any(final.get(name) != value for name, value in then.items()):
            raise Refusal(Part.CHANGES, "Số hoặc ngày đã bị sửa lại sau khi ký.")
    if final != _filled(reader, signatures[-1].revision):
        raise Refusal(Part.CHANGES, "Số hoặc ngày được điền sau chữ ký cuối cùng.")
    _require_no_tail(reader, signatures[-1])
    after = POLICY.review_file(reader, signatures[-1].revision)
    if not isinstance(after, DiffResult) or after.modification_level > ModificationLevel.LTA_UPDATES:
        raise Refusal(Part.CHANGES, "Tệp bị sửa sau chữ ký cuối cùng.")


def _require_no_tail(reader: PdfFileReader, newest: Found) -> None:
    """The file ends with what was signed last, or with a later revision: no bytes hang on behind."""
    alone = newest.revision == reader.xrefs.total_revisions - 1
    reader.stream.seek(0)
    tail = reader.stream.read().rpartition(b"%%EOF")[2]
    if tail.strip() or len(tail) > 2 or (alone and not newest.whole):
        raise Refusal(Part.COVERAGE, "Có dữ liệu nối thêm vào cuối tệp sau chữ ký cuối cùng.")


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
        raise Refusal(Part.FILE, "Tệp hỏng hoặc bị sửa: không đọc được các trang.") from error
    appended = pdf.startswith(approved.pdf)  # to our own file: then its pages are laid out as ours
    if compared.likeness is Likeness.DIFFERENT or (appended and compared.likeness is Likeness.SAME_TEXT):
        raise Refusal(Part.CONTENT, f"Nội dung không khớp bản đã duyệt: {compared.reason}")
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


def is_stamped(pdf: bytes, box: Box) -> bool:
    """Whether something else than the box's own field lies on a box: a tool's stamp."""
    reader = PdfFileReader(BytesIO(pdf))
    for page, left, bottom, right, top in _placed(reader, reader.xrefs.total_revisions - 1):
        own = abs(left - box.left) < 1 and abs(right - box.right) < 1
        apart = right <= box.left or left >= box.right or top <= box.bottom or bottom >= box.top
        if page == box.page and not own and not apart:
            return True
    return False


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
            raise Refusal(Part.SIGNER, f"Không có chữ ký của {leader}; tệp có chữ ký của {held}.")
    agency = {folded(name) for name in expected.agency}
    if agency and not agency & set(names):
        raise Refusal(Part.SIGNER, f"Không có chữ ký số của cơ quan {expected.agency[0]}.")


def folded(name: str) -> str:
    """A certificate's name as compared: NFC, case and spaces apart, the usual abbreviation written out."""
    plain = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    return re.sub(r"\bubnd\b", "ủy ban nhân dân", plain).replace("uỷ", "ủy")
