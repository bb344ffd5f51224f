"""The embedded font of form fields: ASCII letters of Liberation Serif as a simple TrueType font."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

#: Code in the font -> the letter's Unicode: ASCII, and đ, which a number may end in (274đ).
LETTERS = {**{code: code for code in range(0x20, 0x7F)}, 0x7F: ord("đ")}


@lru_cache(maxsize=4)
def _subset(path: str) -> tuple[bytes, tuple[int, ...], tuple[int, ...]]:
    """ASCII letters of a font file: the file, their widths and (ascent, descent, cap height, box) per 1000."""
    font = TTFont(path)
    if "FFTM" in font:  # the font maker's own dates, which the subsetter complains about
        del font["FFTM"]
    options = Options()
    options.hinting, options.layout_features, options.notdef_outline = False, [], True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS.values())
    subsetter.subset(font)
    scale = 1000 / font["head"].unitsPerEm
    names = font.getBestCmap()
    widths = tuple(round(font["hmtx"][names[code]][0] * scale) for code in LETTERS.values())
    head, lines = font["head"], font["hhea"]
    measures = (
        lines.ascent,
        lines.descent,
        font["OS/2"].sCapHeight,
        head.xMin,
        head.yMin,
        head.xMax,
        head.yMax,
    )
    out = BytesIO()
    font.save(out)
    return out.getvalue(), widths, tuple(round(at * scale) for at in measures)


def embedded(writer: IncrementalPdfFileWriter, path: str) -> IndirectObject:
    """A simple TrueType font, embedded: number and date need no more than ASCII."""
    data, widths, (ascent, descent, capitals, *around) = _subset(path)
    name = pdf_name("/WRDNUM+LiberationSerif" + ("-Italic" if "Italic" in path else ""))
    file = StreamObject(stream_data=data)
    file["/Length1"] = NumberObject(len(data))
    file.compress()
    descriptor = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/FontDescriptor"),
            pdf_name("/FontName"): name,
            pdf_name("/Flags"): NumberObject(2 | 32 | (64 if "Italic" in path else 0)),
            pdf_name("/FontBBox"): ArrayObject(map(NumberObject, around)),
            pdf_name("/ItalicAngle"): NumberObject(-16 if "Italic" in path else 0),
            pdf_name("/Ascent"): NumberObject(ascent),
            pdf_name("/Descent"): NumberObject(descent),
            pdf_name("/CapHeight"): NumberObject(capitals),
            pdf_name("/StemV"): NumberObject(80),
            pdf_name("/FontFile2"): writer.add_object(file),
        }
    )
    font = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/TrueType"),
            pdf_name("/BaseFont"): name,
            pdf_name("/Encoding"): _encoding(),
            pdf_name("/FirstChar"): NumberObject(min(LETTERS)),
            pdf_name("/LastChar"): NumberObject(max(LETTERS)),
            pdf_name("/Widths"): ArrayObject(map(NumberObject, widths)),
            pdf_name("/FontDescriptor"): writer.add_object(descriptor),
        }
    )
    return writer.add_object(font)


def _encoding() -> DictionaryObject:
    return DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Encoding"),
            pdf_name("/BaseEncoding"): pdf_name("/WinAnsiEncoding"),
            pdf_name("/Differences"): ArrayObject([NumberObject(0x7F), pdf_name("/dcroat")]),
        }
    )


def coded(text: str) -> bytes | None:
    """A text as codes of the font; None when a letter of it is not there, or would end a PDF string."""
    codes = {chr(letter): code for code, letter in LETTERS.items() if chr(letter) not in "()\\"}
    return bytes(codes[letter] for letter in text) if set(text) <= codes.keys() else None
