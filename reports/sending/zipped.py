"""ZIP files that are the same bytes for the same content, and the reading of a stranger's within limits."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

#: The date of every entry: a package tells its dates inside, not by the clock that packed it.
DATE = (2020, 3, 5, 0, 0, 0)
#: A package that came from outside: how many files, and how many bytes they may become.
MOST_FILES = 200
MOST_BYTES = 120 * 1024 * 1024
MANIFEST = "manifest.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


class ZipError(ValueError):
    """A package that cannot be taken in; the message is for an officer."""


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files in the order given, without the clock: same content, same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type, entry.external_attr, entry.create_system = (
                zipfile.ZIP_DEFLATED,
                0o644 << 16,
                3,
            )
            package.writestr(entry, content)
    return held.getvalue()


def steady(office_file: bytes, day: datetime.date) -> bytes:
    """An Office file packed anew without the clock's traces; `day` is its date of making."""
    with zipfile.ZipFile(io.BytesIO(office_file)) as package:
        files = {entry.filename: package.read(entry) for entry in package.infolist()}
    core = "docProps/core.xml"
    if core in files:
        moment = f"{day.isoformat()}T00:00:00Z".encode()
        files[core] = _CLOCK.sub(rb"\g<1>" + moment + rb"\g<3>", files[core])
    return archive(files)


def with_manifest(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """The archive with a manifest first: what it is about, and each file's size and SHA-256."""
    listed = [
        {"name": name, "size": len(content), "sha256": digest(content)} for name, content in files.items()
    ]
    return archive({MANIFEST: plain({"form": 1, **about, "files": listed}), **files})


def plain(data: Any) -> bytes:
    """Data as JSON for people and machines: one order of keys, letters as they are."""
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def opened(content: bytes) -> dict[str, bytes]:
    """The files of a package from outside, by name. Raises `ZipError`: too many, too large, odd names."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _check_entries(entries)
            return {entry.filename: _read(package, entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ZipError("Hồ sơ không phải tệp ZIP đọc được.") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ZipError("Hồ sơ có quá nhiều tệp hoặc quá lớn khi giải nén.")
    if len(set(names)) != len(names) or not all(_NAME.fullmatch(name) for name in names):
        raise ZipError("Hồ sơ có tên tệp trùng nhau hoặc tên tệp lạ.")


def _read(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than the entry says it holds: a lying entry does not fill the memory."""
    with package.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ZipError("Hồ sơ có tệp dài hơn hoặc ngắn hơn ghi trong ZIP.")
    return content


def faults(files: Mapping[str, bytes]) -> list[str]:
    """Where the files are not what the manifest promises; raises `ZipError` without a readable manifest."""
    listed = manifest(files).get("files")
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise ZipError("manifest.json không có danh sách tệp.")
    promised = {str(row.get("name")): row.get("sha256") for row in listed}
    found = [f"Thiếu tệp {name}." for name in promised if name not in files]
    found += [f"Tệp {name} không có trong manifest." for name in files if name not in {*promised, MANIFEST}]
    changed = (name for name in promised if name in files and digest(files[name]) != promised[name])
    return found + [f"Tệp {name} khác mã SHA-256 ghi trong manifest." for name in changed]


def manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The manifest of a package; raises `ZipError`."""
    return data(files, MANIFEST)


def data(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    """A JSON object of a package; raises `ZipError`."""
    try:
        found = json.loads(files[name])
    except KeyError:
        raise ZipError(f"Hồ sơ không có {name}.") from None
    except (ValueError, RecursionError) as error:
        raise ZipError(f"Không đọc được {name}.") from error
    if not isinstance(found, dict):
        raise ZipError(f"{name} không đúng dạng.")
    return found
