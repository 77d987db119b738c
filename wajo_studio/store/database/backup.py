"""Copies of the database: before each change of its form, and daily."""

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from wajo_studio import atomic

KEPT = {"daily": 14, "migration": 5}
"""How many copies of each kind stay; a choice."""

_STAMP = "%Y%m%dT%H%M%SZ"


def folder_of(database: Path) -> Path:
    """Where the copies lie: ``backups`` beside the database."""
    return database.parent / "backups"


def make(database: Path, kind: str, now: datetime) -> Path:
    """Copy the database while it may be in use; the copy is checked before it counts.

    Args:
        database: the file.
        kind: ``daily`` or ``migration``; part of the copy's name.
        now: the present moment, with zone.

    Raises:
        OSError: the copy cannot be written.
        sqlite3.DatabaseError: the database is damaged; no copy is made of it.
    """
    folder = folder_of(database)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = now.astimezone(UTC).strftime(_STAMP)
    target = folder / f"{database.stem}-{stamp}-{kind}.db"
    part = folder / f".{target.name}.part"
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        if not is_good(part):
            raise sqlite3.DatabaseError("the copy is damaged, and so is the database")
        with part.open("rb+") as file:
            import os

            os.fsync(file.fileno())
        atomic.replace(part, target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _thin_out(folder, database.stem, kind)
    return target


def is_good(path: Path) -> bool:
    """Whether a database file can be read as a whole."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            [[word]] = opened.execute("PRAGMA quick_check(1)").fetchall()
            return bool(word == "ok")
    except (sqlite3.Error, ValueError):
        return False


def newest_good(database: Path) -> Path | None:
    """The newest copy that can be read."""
    copies = sorted(folder_of(database).glob(f"{database.stem}-*.db"), reverse=True)
    return next((copy for copy in copies if is_good(copy)), None)


def made_at(copy: Path) -> datetime:
    """When a copy was made, by its name."""
    stamp = copy.stem.split("-")[-2]
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)


def is_due(database: Path, now: datetime) -> bool:
    """Whether today's copy is still to be made; "today" is the UTC date."""
    copies = folder_of(database).glob(f"{database.stem}-*-daily.db")
    newest = max((made_at(copy) for copy in copies), default=None)
    return newest is None or newest.date() != now.astimezone(UTC).date()


def _thin_out(folder: Path, stem: str, kind: str) -> None:
    copies = sorted(folder.glob(f"{stem}-*-{kind}.db"), reverse=True)
    for copy in copies[KEPT[kind] :]:
        with suppress(OSError):
            copy.unlink()
