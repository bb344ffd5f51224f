"""A PDF with text to lines; page numbers at the head and foot of a page are left out."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2

from .lines import Element, Line, Note, tidy
from .text import Unreadable, lines_of

#: Two columns of a frame that stand on one line of a page.
_BESIDE = re.compile(
    r"^(Số\s*:?.{0,40}?|.{3,60}?)\s+(?=CỘNG H(?:ÒA|OÀ)|Độc lập\s*-\s*Tự do|ĐẢNG CỘNG SẢN|[^\W\d_][^,:;]{1,30}, ngày\s.{0,12}tháng)|"
    r"^(Nơi nhận\s*:?|-\s.{2,120}?[;.,])\s+(?=(?:TM|KT|TL|TUQ|Q|T/M|T/L)\.?\s?[A-ZĐÀ-Ỹ]|(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH|BÍ THƯ)\b)"
)
_NUMBER = re.compile(r"[-–\s]*\d{1,3}[-–\s]*$")


def text_of(data: bytes) -> str:
    """The text of all pages, a form feed between them. Raises Unreadable for what is no PDF."""
    try:
        with pypdfium2.PdfDocument(data) as opened:
            pages = [_page(opened[at]) for at in range(len(opened))]
    except pypdfium2.PdfiumError as error:
        raise Unreadable("Không mở được tệp PDF: tệp hỏng hoặc có mật khẩu.") from error
    return "\f".join(pages)


def _page(page: pypdfium2.PdfPage) -> str:
    """A page's text; a hyphen at a line's end is a sign of pdfium's own (U+FFFE, U+0002), made a hyphen again."""
    shown = page.get_textpage().get_text_bounded()
    rows = [
        tidy(row)
        for row in shown.replace("\ufffe", "-").replace("\x02", "-").replace("\r\n", "\n").split("\n")
    ]
    for edge in (0, -1):
        if rows and _NUMBER.fullmatch(rows[edge]):
            rows.pop(edge)
    return "\n".join(_BESIDE.sub(lambda found: f"{found[1] or found[2]}     ", row) for row in rows)


def read(data: bytes) -> tuple[list[Element], list[Note]]:
    """The lines of a PDF in order."""
    lines, notes = lines_of(text_of(data), wrapped=True)
    found: list[Element] = [replace(line, gap=line.gap) for line in lines]
    if not any(isinstance(line, Line) and line.content for line in found):
        raise Unreadable("Tệp PDF không có chữ (bản chụp). Hãy dùng bản Word, hoặc PDF xuất từ Word.")
    return found, [*notes, Note("left", "Nạp từ PDF: bảng trong PDF chỉ còn là chữ, hãy soát lại")]
