"""Files made from a report's tree: the formats there are, and copies kept by what they were made from."""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from . import tasks
from .document import html, plain, store
from .document.layout import LAYOUT
from .document.nodes import Document
from .editions import document_of
from .models import File, Report
from .models.files import FileState

#: Copies of one format kept per report: the one asked for, and two that a reader may still be opening.
KEPT = 3
#: How long a report must rest before its PDF is made ahead of being asked for.
REST = datetime.timedelta(seconds=4)


def _pdf(document: Document) -> bytes:
    from .document import pdf  # WeasyPrint takes half a second to load; only who makes a PDF waits for it

    return pdf.render(document)


def _docx(document: Document) -> bytes:
    from .document import docx

    return docx.render(document)


def _html(document: Document) -> bytes:
    return html.page(document).encode()


def _txt(document: Document) -> bytes:
    return plain.text(document).encode()


@dataclass(frozen=True)
class Format:
    """A format of files: what the button says, its media type and suffix, and what writes it.

    `slow` formats are made by the worker and served from the copy; the others are made when asked for.
    """

    label: str
    media_type: str
    suffix: str
    writer: Callable[[Document], bytes]
    slow: bool = False


FORMATS: dict[str, Format] = {
    "docx": Format(
        "Tải Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", _docx
    ),
    "pdf": Format("Tải PDF", "application/pdf", "pdf", _pdf, slow=True),
    "html": Format("Tải HTML", "text/html; charset=utf-8", "html", _html),
    "txt": Format("Tải văn bản thuần", "text/plain; charset=utf-8", "txt", _txt),
}


def write(document: Document, format: str) -> bytes:
    """The bytes of a resolved document in a format, made now."""
    return FORMATS[format].writer(document)


# --- keys ---------------------------------------------------------------------------------------------


def key(document: Document, format: str) -> str:
    """SHA-256 of all that decides the bytes: tree, layout, engine with its fonts, and our own writers."""
    parts = (store.digest(document), format, repr(LAYOUT), _engine(format), _writers())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _engine(format: str) -> str:
    if format == "pdf":
        from .document import pdf

        return pdf.engine()
    return f"python-docx {version('python-docx')}" if format == "docx" else ""


@lru_cache(maxsize=1)
def _writers() -> str:
    """A digest of the writers' source, so that an upgrade never serves what an older one made."""
    sources = sorted(Path(store.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def file_name(report: Report, format: str) -> str:
    """The name a download is saved under, ASCII only: bao-cao-274-BC-UBND.docx."""
    kind = _ascii(report.title or "van ban").lower()
    code = _ascii(report.code) or f"du-thao-{report.pk}"
    return f"{kind or 'van-ban'}-{code}.{FORMATS[format].suffix}"


def _ascii(text: str) -> str:
    plain_letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[^A-Za-z0-9]+", "-", "".join(c for c in plain_letters if c.isascii())).strip("-")


# --- copies -------------------------------------------------------------------------------------------


def ready(report: Report, format: str) -> File | None:
    """The copy of the report as it is now, if it has been made."""
    return _ready(report, format, key(document_of(report), format))


def _ready(report: Report, format: str, wanted: str) -> File | None:
    file = File.objects.filter(report=report, format=format, key=wanted, state=FileState.READY).first()
    return file if file and default_storage.exists(file.content.name) else None


def queue(report: Report, format: str, again: bool = False, document: Document | None = None) -> File:
    """The copy of the report as it is now: made already, being made, or asked for by this call.

    Asked twice, it is made once. One that failed stays so, with its reason, until `again`.
    Who holds the report's `document` already passes it.
    """
    wanted = key(document or document_of(report), format)
    found = _ready(report, format, wanted)
    return found or _ask(report, format, wanted, again)


@transaction.atomic
def _ask(report: Report, format: str, wanted: str, again: bool) -> File:
    file, created = File.objects.get_or_create(report=report, format=format, key=wanted)
    if created or again or _is_lost(file):
        File.objects.filter(pk=file.pk).update(
            state=FileState.QUEUED, error="", pages=None, created_at=timezone.now()
        )
        file.refresh_from_db()
        transaction.on_commit(lambda: tasks.render.enqueue(file.pk))
    return file


def _is_lost(file: File) -> bool:
    """Ready but gone from the disk, or waiting so long that its worker must have ended."""
    waited = timezone.now() - file.created_at
    late = waited > datetime.timedelta(minutes=2)
    return file.state == FileState.READY or (file.state == FileState.QUEUED and late)


def settle(report: Report) -> None:
    """Asks for the PDF once the report has rested for `REST`: called after every save, costs one row."""
    changed = Report.objects.values_list("changed_at", flat=True).get(pk=report.pk)
    task: Task = tasks.settled
    if task.get_backend().supports_defer:
        task = task.using(run_after=timezone.now() + REST)
    transaction.on_commit(lambda: task.enqueue(report.pk, changed.isoformat()))


# --- making -------------------------------------------------------------------------------------------


def make(file: File) -> None:
    """Writes the bytes of a queued copy, then its pages' pictures; a failure keeps its reason.

    A report that changed meanwhile is left: its next copy has another key.
    """
    document = document_of(file.report)
    if key(document, file.format) != file.key:
        file.delete()
        return
    try:
        _keep(file, write(document, file.format))
    except Exception as error:
        File.objects.filter(pk=file.pk).update(state=FileState.FAILED, error=_reason(error))
        raise
    prune(file.report, file.format)


def _keep(file: File, content: bytes) -> None:
    file.content.save(f"{file.key}.{FORMATS[file.format].suffix}", ContentFile(content), save=False)
    file.state, file.error = FileState.READY, ""
    file.save(update_fields=("content", "state", "error"))
    if file.format == "pdf":
        file.pages = draw(file, content)
        file.save(update_fields=("pages",))


def _reason(error: Exception) -> str:
    """A sentence for the officer: the writer's own where it has one, else whom to tell."""
    from .document.pdf import PdfError

    if isinstance(error, PdfError):
        return str(error)[:1000]
    return f"Lỗi ngoài dự tính ({type(error).__name__}). Hãy thử lại; nếu vẫn lỗi, báo quản trị của đơn vị."


def draw(file: File, pdf: bytes) -> int:
    """Saves a picture of each page and returns how many there are."""
    from .document import pictures

    count = 0
    for count, picture in enumerate(pictures.pages(pdf), 1):
        name = picture_name(file, count)
        default_storage.delete(name)
        default_storage.save(name, ContentFile(picture))
    return count


def picture_name(file: File, page: int) -> str:
    return f"pictures/{file.pk}-{file.key}/{page}.png"


def prune(report: Report, format: str) -> None:
    """Forgets all copies of one format but the newest `KEPT`, with their bytes and pictures."""
    for old in File.objects.filter(report=report, format=format).order_by("-created_at", "-pk")[KEPT:]:
        discard(old)


def discard(file: File) -> None:
    """Deletes a copy, its bytes and its pictures."""
    for page in range(1, (file.pages or 0) + 1):
        default_storage.delete(picture_name(file, page))
    if file.content:
        file.content.delete(save=False)
    file.delete()
