"""Whether a PDF is a scan good enough to be copied: in colour, at least 200 dots an inch (NĐ 30 Điều 25.1.c)."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from pypdfium2 import raw

#: Dots an inch, and what a scanner's rounding may take from it.
LEAST, SLACK = 200, 0.98


def fault(pdf: bytes) -> str:
    """Why the pages are no such scan, a sentence for the officer; "" when they are."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return "Không đọc được tệp PDF."
    try:
        for number in range(len(document)):
            if sentence := _page_fault(document[number], number + 1):
                return sentence
    finally:
        document.close()
    return ""


def rewritten(pdf: bytes) -> bytes:
    """The same pages in a file of clean structure: scanners write ones that a careful reader refuses to sign."""
    document, target = pypdfium2.PdfDocument(pdf), BytesIO()
    try:
        document.save(target, version=17)
    finally:
        document.close()
    return target.getvalue()


def _page_fault(page: pypdfium2.PdfPage, number: int) -> str:
    pictures = list(page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]))
    if not pictures:
        return f"Trang {number} không phải ảnh chụp."
    largest = max(pictures, key=_area)
    left, bottom, right, top = largest.get_bounds()
    width, height = page.get_size()
    if (right - left) * (top - bottom) < 0.6 * width * height:
        return f"Ảnh chụp không phủ hết trang {number}."
    across, down = largest.get_px_size()
    dots = min(across / max(right - left, 1), down / max(top - bottom, 1)) * 72
    if dots < LEAST * SLACK:
        return f"Trang {number} chụp ở {dots:.0f} dpi; cần từ {LEAST} dpi."
    if largest.get_metadata().colorspace in (raw.FPDF_COLORSPACE_DEVICEGRAY, raw.FPDF_COLORSPACE_CALGRAY):
        return f"Trang {number} chụp đen trắng; cần chụp màu."
    return ""


def _area(picture: pypdfium2.PdfObject) -> float:
    left, bottom, right, top = picture.get_bounds()
    return float((right - left) * (top - bottom))
