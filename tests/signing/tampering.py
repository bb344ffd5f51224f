"""Ways to falsify a signed file: each takes its bytes and gives those of the forgery."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
    StreamObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject

from reports.signing import slots


def _changed(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def flipped(pdf: bytes, at: int) -> bytes:
    """One byte changed."""
    return pdf[:at] + bytes([pdf[at] ^ 0x01]) + pdf[at + 1 :]


def page_added(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        content = writer.add_object(StreamObject(stream_data=b"0 0 100 100 re f"))
        writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))

    return _changed(pdf, change)


def page_turned(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        reference, _ = writer.find_page_for_modification(0)
        reference.get_object()["/Rotate"] = NumberObject(90)
        writer.mark_update(reference)

    return _changed(pdf, change)


def covered(pdf: bytes) -> bytes:
    """A white sheet with other words over part of page 1, in its content."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        sheet = StreamObject(stream_data=b"q 1 1 1 rg 100 300 300 120 re f 0 g 120 340 200 4 re f Q")
        writer.add_stream_to_page(0, writer.add_object(sheet))

    return _changed(pdf, change)


def noted(pdf: bytes) -> bytes:
    """The same as a note laid over the page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page, _ = writer.find_page_for_modification(0)
        drawn = RawContent(
            b"1 1 1 rg 0 0 300 120 re f 0 g 20 40 200 4 re f", box=BoxConstraints(width=300, height=120)
        )
        note = DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Stamp"),
                pdf_name("/F"): NumberObject(4),
                pdf_name("/Rect"): ArrayObject(map(FloatObject, (100, 300, 400, 420))),
                pdf_name("/AP"): DictionaryObject(
                    {pdf_name("/N"): writer.add_object(drawn.as_form_xobject())}
                ),
            }
        )
        writer.register_annotation(page, writer.add_object(note))

    return _changed(pdf, change)


def renumbered(pdf: bytes, number: str = "999") -> bytes:
    """The number rewritten in its field, value and appearance."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = dict(slots.text_fields(writer.root))["number"]
        field["/V"] = TextStringObject(number)
        drawn = field["/AP"]["/N"].data.replace(b"(274)", f"({number})".encode())
        appearance = StreamObject(dict(field["/AP"]["/N"]), stream_data=drawn)
        field["/AP"] = DictionaryObject({pdf_name("/N"): writer.add_object(appearance)})
        writer.mark_update(field.container_ref)

    return _changed(pdf, change)


def redrawn(pdf: bytes) -> bytes:
    """Another number drawn, the field's value left as it was."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = dict(slots.text_fields(writer.root))["number"]
        drawn = field["/AP"]["/N"].data.replace(b"(274)", b"(999)")
        appearance = StreamObject(dict(field["/AP"]["/N"]), stream_data=drawn)
        field["/AP"] = DictionaryObject({pdf_name("/N"): writer.add_object(appearance)})
        writer.mark_update(field.container_ref)

    return _changed(pdf, change)


def transplanted(pdf: bytes, other: bytes) -> bytes:
    """The first signature of another file put into this one's first."""
    own, foreign = (PdfFileReader(BytesIO(file)).embedded_signatures[0].byte_range for file in (pdf, other))
    start, end = int(own[1]), int(own[2])
    taken = other[int(foreign[1]) : int(foreign[2])]
    if len(taken) != end - start:
        raise AssertionError("the signatures have rooms of different sizes")
    return pdf[:start] + taken + pdf[end:]
