"""How an uploaded file lies on paper, for the checks of form; nothing where a file does not say."""

from __future__ import annotations

from pathlib import PurePath

from ..document.sheet import Sheet


def sheet_of(data: bytes, name: str) -> Sheet | None:
    """Of a Word file or a PDF, by the ending of `name`; None for text. Raises Unreadable."""
    match PurePath(name).suffix.lower().removeprefix("."):
        case "docx":
            from . import docx_sheet

            return docx_sheet.sheet_of(data)
        case "pdf":
            from ..document import pdf_sheet

            return pdf_sheet.sheet_of(data)
    return None
