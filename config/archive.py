"""One file that holds a whole installation: members with their checksums, written once and read back whole."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORM = 1  # of the manifest
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024  # bytes
LEVEL = 3  # of gzip: most of it is PDF and DOCX, which are compressed already


class Damaged(Exception):
    """The archive is not what was written; the words say what is wrong with it."""


class Summed(io.RawIOBase):
    """Reads another stream and sums what passes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.sum = stream, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.sum.update(data)
        return data


class Writer:
    """Adds members to an open archive; `members` is name -> {"sha256", "size"}."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> None:
        """A file as it is now; one that grows meanwhile keeps its size of this moment."""
        with path.open("rb") as stream:
            summed, size = Summed(stream), os.fstat(stream.fileno()).st_size
            self.tar.addfile(_entry(name, size), summed)
        self.members[name] = {"sha256": summed.sum.hexdigest(), "size": size}

    def manifest(self, facts: dict[str, Any]) -> None:
        """The last member: what is in the archive, and `facts` about where it came from."""
        data = json.dumps(
            {"form": FORM, **facts, "members": self.members}, ensure_ascii=False, indent=1
        ).encode()
        self.tar.addfile(_entry(MANIFEST, len(data)), io.BytesIO(data))


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
    return entry


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new archive that appears under its name only when it is complete, readable by its owner alone."""
    part = path.with_name(f"{path.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(descriptor, "wb") as raw,
            gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=LEVEL) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            yield Writer(tar)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Every member into `folder`, checked against the manifest, which is returned; Damaged if anything differs."""
    try:
        manifest, found = _unpack(path, folder)
    except (
        tarfile.TarError,
        EOFError,
        zlib.error,
        gzip.BadGzipFile,
        UnicodeDecodeError,
        ValueError,
    ) as error:
        raise Damaged(f"không đọc được ({error})") from error
    if manifest is None:
        raise Damaged("thiếu bản kê (manifest.json)")
    if manifest.get("form") != FORM:
        raise Damaged(f"bản kê dạng {manifest.get('form')}, phần mềm này đọc dạng {FORM}")
    told = manifest["members"]
    for name in sorted({*told, *found}):
        if told.get(name) != found.get(name):
            raise Damaged(f"{name} khác với bản kê")
    return manifest


def _unpack(path: Path, folder: Path) -> tuple[dict[str, Any] | None, dict[str, dict[str, Any]]]:
    manifest, found = None, {}
    with gzip.open(path) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        for entry in tar:
            stream = tar.extractfile(entry) if entry.isreg() else None
            if stream is None or not _is_inside(entry.name):
                raise Damaged(f"có thành phần lạ {entry.name!r}")
            if entry.name == MANIFEST:
                manifest = json.loads(stream.read())
            else:
                found[entry.name] = _written(stream, folder / entry.name)
        while packed.read(CHUNK):  # to the very end, where the sum of the whole is
            pass
    return manifest, found


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _written(stream: IO[bytes], target: Path) -> dict[str, Any]:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    total, size = hashlib.sha256(), 0
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while data := stream.read(CHUNK):
            out.write(data)
            total.update(data)
            size += len(data)
    return {"sha256": total.hexdigest(), "size": size}
