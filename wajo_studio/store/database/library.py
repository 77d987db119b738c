"""The media library: every original once, named by its content, never changed."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from wajo_studio import atomic
from wajo_studio.errors import disk_error
from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.tables import media, media_uses

_SUFFIX_MAX = 16


@dataclass(frozen=True)
class LibraryItem:
    """A file of the library; ``name`` is what it was called when it came."""

    sha256: str
    size_bytes: int
    name: str
    path: Path


class MediaLibrary:
    """The folder ``library`` of the data folder, and its table."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._folder = database.folder / "library"

    def add(self, original: Path, now: datetime) -> LibraryItem:
        """Copy a file into the library unless it is there already. The original is only read.

        Raises:
            DiskError: it cannot be read, or the library cannot be written.
        """
        try:
            with original.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            size = original.stat().st_size
            suffix = original.suffix.lower()[:_SUFFIX_MAX]
            path = self._path(sha256, suffix)
            if not _is_whole(path, size):
                _copy(original, path)
        except OSError as error:
            raise disk_error(error, original) from error
        row = {
            "sha256": sha256,
            "size_bytes": size,
            "suffix": suffix,
            "name": original.name,
            "added_at": now,
        }
        with self._database.writing() as connection:
            known = connection.execute(
                select(media.c.suffix, media.c.name).where(media.c.sha256 == sha256)
            ).one_or_none()
            if known is None:
                connection.execute(media.insert().values(row))
                return LibraryItem(sha256, size, original.name, path)
        return LibraryItem(sha256, size, known.name, self._path(sha256, known.suffix))

    def find(self, sha256: str) -> LibraryItem | None:
        """The file with this content, if it is there."""
        with self._database.reading() as connection:
            row = connection.execute(select(media).where(media.c.sha256 == sha256)).one_or_none()
        if row is None:
            return None
        path = self._path(sha256, row.suffix)
        return LibraryItem(sha256, row.size_bytes, row.name, path) if path.is_file() else None

    def used(self, version_id: int, items: Mapping[str, str]) -> None:
        """Note which files (SHA-256 by media id) a version of a post uses."""
        with self._database.writing() as connection:
            for media_id, sha256 in items.items():
                row = {"version_id": version_id, "media_id": media_id, "sha256": sha256}
                connection.execute(media_uses.insert().prefix_with("OR IGNORE").values(row))

    def _path(self, sha256: str, suffix: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256[:32]}{suffix}"


def _is_whole(path: Path, size_bytes: int) -> bool:
    try:
        return path.stat().st_size == size_bytes
    except OSError:
        return False


def _copy(original: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with atomic.scratch(part):
            shutil.copyfile(original, part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            atomic.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
