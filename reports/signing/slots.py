"""The form fields of an approved PDF: number and date to fill in, leader's and agency's signatures to apply.

All exist, empty, before the first signature, so that every later step is an incremental update that pyHanko's
difference analysis permits. The agency's field locks number and date (FieldMDP INCLUDE): without that lock they
could be rewritten after both signatures, and verifiers would still say valid.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    SigFieldSpec,
    append_signature_field,
    enumerate_sig_fields,
)

from campaigns.citations import month_of

from ..document.pdf import faces
from ..document.signing import Box, baseline
from . import font

#: Fields the clerk fills in, and what the agency's signature locks: the parent locks the three parts of the date.
FILLED = ("number", "date.day", "date.month", "date.year")
LOCKED = ["number", "date", *FILLED[1:]]

#: What a reader's screen program says at each field.
CALLED = {
    "number": "Số văn bản",
    "date.day": "Ngày ban hành",
    "date.month": "Tháng ban hành",
    "date.year": "Năm ban hành",
    "leader": "Chữ ký của người có thẩm quyền",
    "seal": "Chữ ký số của cơ quan",
}

#: Printed, and its place and properties fixed (ISO 32000-1, 12.5.3).
_FLAGS = 4 | 128


class SlotError(ValueError):
    """A file without the field that was asked for, or words that do not fit it; the sentence is for the officer."""


# --- making -------------------------------------------------------------------------------------------


def add(pdf: bytes, boxes: Iterable[Box]) -> bytes:
    """The PDF with an empty field in every box but those for initials."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    places = [box for box in boxes if not box.name.startswith("initials")]
    _start_form(writer, [box for box in places if box.size])
    names = {box.name for box in places}
    for box in places:
        if not box.size:
            _add_signature(writer, box, lock="number" in names)
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _start_form(writer: IncrementalPdfFileWriter, texts: list[Box]) -> None:
    """The form with the text fields; the date is one field of three parts."""
    fonts = {"Upright": 0, "Italic": 2} if texts else {}
    resources = DictionaryObject(
        {pdf_name(f"/{name}"): font.embedded(writer, faces()[at]) for name, at in fonts.items()}
    )
    fields = ArrayObject()
    form = DictionaryObject({pdf_name("/Fields"): fields, pdf_name("/SigFlags"): NumberObject(3)})
    if texts:
        form["/DR"] = DictionaryObject({pdf_name("/Font"): resources})
    writer.root["/AcroForm"] = writer.add_object(form)
    writer.update_root()
    parts = [box for box in texts if box.name != "number"]
    for box in texts:
        if box.name == "number":
            fields.append(_add_text(writer, box, resources["/Upright"]))
    if parts:
        date = DictionaryObject({pdf_name("/T"): TextStringObject("date"), pdf_name("/FT"): pdf_name("/Tx")})
        reference = writer.add_object(date)
        date["/Kids"] = ArrayObject(
            _add_text(writer, box, resources.raw_get("/Italic"), reference) for box in parts
        )
        fields.append(reference)


def _add_text(
    writer: IncrementalPdfFileWriter, box: Box, face: IndirectObject, parent: IndirectObject | None = None
) -> IndirectObject:
    page = writer.find_page_for_modification(box.page)[0]
    style = "Upright" if box.name == "number" else "Italic"
    field = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): TextStringObject(box.name.rpartition(".")[2]),
            pdf_name("/TU"): TextStringObject(CALLED[box.name]),
            pdf_name("/Rect"): _rectangle(box),
            pdf_name("/F"): NumberObject(_FLAGS),
            pdf_name("/Q"): NumberObject(2 if box.name == "number" else 1),
            pdf_name("/DA"): TextStringObject(f"/{style} {box.size:g} Tf 0 g"),
            pdf_name("/P"): page,
            pdf_name("/AP"): DictionaryObject({pdf_name("/N"): writer.add_object(_drawn(box, "", 0, face))}),
        }
    )
    if parent is not None:
        field["/Parent"] = parent
    reference = writer.add_object(field)
    writer.register_annotation(page, reference)
    return reference


def _rectangle(box: Box) -> ArrayObject:
    return ArrayObject(FloatObject(f"{at:.2f}") for at in (box.left, box.bottom, box.right, box.top))


def _add_signature(writer: IncrementalPdfFileWriter, box: Box, lock: bool) -> None:
    """An empty signature field; a seal's locks what the clerk filled in, where there is something to fill."""
    kind = box.name.partition("-")[0]
    locked = FieldMDPSpec(FieldMDPAction.INCLUDE, LOCKED) if kind == "seal" and lock else None
    place = (box.left, box.bottom, box.right, box.top)
    called = CALLED[kind]
    append_signature_field(
        writer,
        SigFieldSpec(box.name, box.page, box=place, field_mdp_spec=locked, readable_field_name=called),
    )


# --- filling ------------------------------------------------------------------------------------------


def fill(pdf: bytes, number: str, issued: datetime.date) -> bytes:
    """The PDF with number and date filled in, one incremental update.

    Day padded under 10, month only 1 and 2 (NĐ 30 Phụ lục I, II.4). Raises `SlotError`.
    """
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    fill_in(writer, number, issued)
    return _written(writer)


def fill_in(writer: IncrementalPdfFileWriter, number: str, issued: datetime.date) -> None:
    """The same into an update being written, which then may be signed in one."""
    values = {
        "number": number,
        "date.day": f"{issued.day:02d}",
        "date.month": month_of(issued),
        "date.year": str(issued.year),
    }
    fields = dict(text_fields(writer.root))
    if missing := values.keys() - fields.keys():
        raise SlotError(
            f"Tệp PDF không có ô để điền {', '.join(CALLED[name].lower() for name in sorted(missing))}."
        )
    for name, value in values.items():
        _fill_one(writer, name, fields[name], value)


def _fill_one(writer: IncrementalPdfFileWriter, name: str, field: DictionaryObject, value: str) -> None:
    if "/V" in field:
        raise SlotError(f"Ô {CALLED[name].lower()} đã được điền “{field['/V']}”.")
    left, bottom, right, top = (float(at) for at in field["/Rect"])
    style, size = str(field["/DA"]).split()[:2]
    box = Box(name, 0, left, bottom, right, top, float(size))
    face = writer.root["/AcroForm"]["/DR"]["/Font"].raw_get(style)
    field["/V"] = TextStringObject(value)
    field["/AP"] = DictionaryObject(
        {pdf_name("/N"): writer.add_object(_drawn(box, value, int(field["/Q"]), face))}
    )
    writer.mark_update(field.container_ref)


def _drawn(box: Box, text: str, align: int, face: IndirectObject) -> StreamObject:
    """The appearance of a text field: nothing, or the text on the base line of the words around it."""
    content = b"/Tx BMC\nEMC"
    if text:
        codes = font.coded(text)
        if codes is None:
            raise SlotError(f"Số “{text}” có ký tự không dùng được trong số văn bản.")
        left = (box.width - _width(face.get_object(), codes) * box.size / 1000) * align / 2
        place = f"q BT /F {box.size:g} Tf 0 g 1 0 0 1 {left:.2f} {baseline(box):.2f} Tm"
        content = b"/Tx BMC\n%s (%s) Tj ET Q\nEMC" % (place.encode(), codes)
    stream = StreamObject(stream_data=content)
    stream["/Type"], stream["/Subtype"] = pdf_name("/XObject"), pdf_name("/Form")
    stream["/BBox"] = ArrayObject(
        FloatObject(f"{at:.2f}") for at in (0, 0, max(box.width, 0.1), max(box.height, 0.1))
    )
    stream["/Resources"] = DictionaryObject(
        {pdf_name("/Font"): DictionaryObject({pdf_name("/F"): face})} if text else {}
    )
    return stream


def _width(face: DictionaryObject, codes: bytes) -> float:
    """Width of a text in thousandths of its size."""
    widths, first = face["/Widths"], int(face["/FirstChar"])
    return sum(float(widths[code - first]) for code in codes)


# --- reading ------------------------------------------------------------------------------------------


def text_fields(root: DictionaryObject) -> Iterator[tuple[str, DictionaryObject]]:
    """Name and dictionary of every field that holds text; `root` is a reader's, writer's or revision's."""
    if "/AcroForm" in root and "/Fields" in root["/AcroForm"]:
        yield from _walk(root["/AcroForm"]["/Fields"], "", None)


def _walk(
    fields: Iterable[generic.PdfObject], parent: str, kind: str | None
) -> Iterator[tuple[str, DictionaryObject]]:
    for reference in fields:
        field = reference.get_object()
        name = ".".join(filter(None, (parent, str(field["/T"]) if "/T" in field else "")))
        own = field.get("/FT", kind)
        if "/Kids" in field:
            yield from _walk(field["/Kids"], name, own)
        elif own == "/Tx":
            yield name, field


def filled(pdf: bytes) -> dict[str, str]:
    """What the text fields hold, by name; empty ones left out."""
    reader = PdfFileReader(BytesIO(pdf))
    return {name: str(field["/V"]) for name, field in text_fields(reader.root) if "/V" in field}


def empty(pdf: bytes) -> set[str]:
    """Names of the text fields that hold nothing yet."""
    return {name for name, field in text_fields(PdfFileReader(BytesIO(pdf)).root) if "/V" not in field}


def open_signatures(pdf: bytes) -> list[str]:
    """Names of the signature fields not yet signed, in the form's order."""
    return [name for name, _, _ in enumerate_sig_fields(PdfFileReader(BytesIO(pdf)), filled_status=False)]
