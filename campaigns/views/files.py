"""Giving out a stored file to someone who has passed the gate."""

from __future__ import annotations

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def stored_file(file: FieldFile, name: str) -> FileResponse:
    """The file as a download called `name`; 404 where none is stored or it has gone from the disk."""
    if not file:
        raise Http404
    try:
        content = file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    safe = name.replace("/", "-") + PurePath(str(file.name)).suffix
    return FileResponse(content, as_attachment=True, filename=safe)
