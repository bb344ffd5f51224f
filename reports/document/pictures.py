"""Pictures of a PDF's pages, for looking at it in a browser without a reader."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pypdfium2


def pages(pdf: bytes, dpi: float = 96) -> Iterator[bytes]:
    """Each page as PNG, in order, made one at a time so that a long file does not fill memory."""
    document = pypdfium2.PdfDocument(pdf)
    if document.get_formtype():  # stamps of signatures, number and date are form fields
        document.init_forms()
    try:
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=dpi / 72)
            yield _png(bitmap)
            bitmap.close()
            page.close()
    finally:
        document.close()


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    target = BytesIO()
    bitmap.to_pil().save(target, "PNG")
    return target.getvalue()
