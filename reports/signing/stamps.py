"""What a signature shows on the page: an image, or words in a font that keeps PDF/A."""

from __future__ import annotations

import datetime
import textwrap
from io import BytesIO

from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from PIL import Image
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.font.api import FontEngine, FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import StaticStampStyle, TextStampStyle
from pyhanko.stamp.base import BaseStampStyle

from ..document.pdf import faces
from ..document.signing import LEADER_WIDTH
from ..document.widths import MM_PER_POINT


def stamp(image: bytes | None, name: str, field: str, at: datetime.datetime) -> BaseStampStyle:
    """The image, filling its field; without one the name and hour, as signing tools print them."""
    if image is not None:
        picture = PdfImage(Image.open(BytesIO(image)).convert("RGBA"))
        return StaticStampStyle(
            border_width=0, background=picture, background_opacity=1, background_layout=fitted()
        )
    hour = at.isoformat(sep=" ", timespec="seconds")
    text = f"Ký bởi: {name}\nThời gian ký: {hour}"
    fit = fitted()
    if field.startswith("seal"):  # only what the leader's box leaves free
        text = "\n".join(line for part in text.split("\n") for line in textwrap.wrap(part, 20))
        fit = fitted(right=LEADER_WIDTH / 3 / MM_PER_POINT)
    return worded(text, fit)


def worded(text: str, fit: layout.SimpleBoxLayoutRule) -> TextStampStyle:
    return TextStampStyle(
        border_width=0,
        stamp_text=text.replace("%", "%%"),
        text_box_style=TextBoxStyle(font=_Face(), font_size=10, leading=12),
        inner_content_layout=fit,
    )


def fitted(right: float = 0) -> layout.SimpleBoxLayoutRule:
    middle = layout.AxisAlignment.ALIGN_MID
    return layout.SimpleBoxLayoutRule(middle, middle, layout.Margins(right=right))


class _Face(FontEngineFactory):
    """Liberation Serif at 1000 units an em: at its own 2048 the letters are spaced apart and PDF/A breaks."""

    def create_font_engine(self, writer: BasePdfFileWriter, obj_stream: object = None) -> FontEngine:
        return GlyphAccumulator(writer, font_handle=BytesIO(_scaled()), font_size=10, obj_stream=obj_stream)


_SCALED: dict[str, bytes] = {}


def _scaled() -> bytes:
    path = faces()[0]
    if path not in _SCALED:
        font = TTFont(path)
        scale_upem(font, 1000)
        if "FFTM" in font:  # the font maker's own dates, which the subsetter complains about
            del font["FFTM"]
        out = BytesIO()
        font.save(out)
        _SCALED[path] = out.getvalue()
    return _SCALED[path]
