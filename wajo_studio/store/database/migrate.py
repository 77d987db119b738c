"""Opening the database of a data folder: made, brought up to date, copied, or refused."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from wajo_studio import locks
from wajo_studio.errors import StoreError, disk_error
from wajo_studio.i18n import N_, format_datetime
from wajo_studio.store.database import backup
from wajo_studio.store.database.engine import BUSY, FILE_NAME, Database

REVISIONS = ("0001",)
"""Every form the database ever had, oldest first; the last is today's."""

_UPGRADE_WAIT_S = 60.0

NEWER = N_(
    "The database {file} was written by a newer version of Wajo Studio; update the program. "
    "Nothing was changed."
)
DAMAGED = N_(
    "The database {file} is damaged. A good copy of {when} is there: put it back with "
    "wajo queue restore. The damaged file is kept."
)
DAMAGED_NO_COPY = N_(
    "The database {file} is damaged and there is no good copy of it. Start a new one with "
    "wajo queue restore. The damaged file is kept."
)


class DamagedDatabaseError(StoreError):
    """The database cannot be read; ``copy`` is the newest good copy, if there is one."""

    code = "store.damaged"

    def __init__(self, file: Path, copy: Path | None, detail: str) -> None:
        if copy is None:
            super().__init__(DAMAGED_NO_COPY, file=file, detail=detail)
        else:
            when = format_datetime(backup.made_at(copy))
            super().__init__(DAMAGED, file=file, when=when, detail=detail)
        self.copy = copy


def open_database(folder: Path, now: datetime) -> Database:
    """Open the database in ``folder``; it is made where there is none.

    Args:
        folder: the data folder.
        now: the present moment, with zone, for the names of copies.

    Raises:
        DamagedDatabaseError: it cannot be read; a good copy may be put back.
        StoreError: it is of a newer program, or in use by another for too long.
        DiskError: the folder cannot be written.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        revision = _revision(path)
        if revision is not None and revision not in REVISIONS:
            raise StoreError(NEWER, file=path, code="store.newer", detail=f"revision {revision}")
        if revision != REVISIONS[-1]:
            _bring_up_to_date(path, now)
        _copy_daily(path, now)
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise StoreError(BUSY, code="store.busy", detail=str(error)) from error
        raise DamagedDatabaseError(path, backup.newest_good(path), str(error)) from error
    except OSError as error:
        raise disk_error(error, path) from error
    return Database(path)


def _revision(path: Path) -> str | None:
    """The form of the database; ``None`` where there is none yet.

    Raises:
        sqlite3.DatabaseError: it cannot be read.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with closing(sqlite3.connect(path, timeout=_UPGRADE_WAIT_S)) as opened:
        names = {row[0] for row in opened.execute("SELECT name FROM sqlite_master")}
        if not names:
            return None
        if "alembic_version" not in names:
            raise sqlite3.DatabaseError("it holds no revision")
        [[revision]] = opened.execute("SELECT version_num FROM alembic_version").fetchall() or [
            ("",)
        ]
        return str(revision)


def _bring_up_to_date(path: Path, now: datetime) -> None:
    with locks.held(path.with_suffix(".upgrade-lock"), _UPGRADE_WAIT_S) as got:
        if not got:
            raise StoreError(BUSY, code="store.busy", detail="another program brings it up to date")
        revision = _revision(path)  # the other program may just have done it
        if revision == REVISIONS[-1]:
            return
        if revision is not None:
            backup.make(path, "migration", now)
        _upgrade(path)


def _upgrade(path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    database = Database(path)
    try:
        with database.engine.connect() as connection:
            config = Config()
            config.set_main_option(
                "script_location", (Path(__file__).parent / "migrations").as_posix()
            )
            config.attributes["connection"] = connection
            command.upgrade(config, REVISIONS[-1])
            connection.commit()
    finally:
        database.close()


def _copy_daily(path: Path, now: datetime) -> None:
    """Make today's copy; a full disk must not keep anybody from working."""
    if not backup.is_due(path, now):
        return
    with locks.held(path.with_suffix(".backup-lock")) as got, suppress(OSError):
        if got and backup.is_due(path, now):
            backup.make(path, "daily", now)


def restore(folder: Path, now: datetime) -> Path | None:
    """Put the newest good copy in the place of a damaged database, which is kept.

    Deliveries that had not ended when the copy was made may have been sent since: they become
    unknown, so that nothing is published twice.

    Returns:
        The copy that was put back; ``None``: there was none, and the next start makes a new
        database.

    Raises:
        DiskError: the folder cannot be written.
    """
    import shutil

    from wajo_studio import atomic

    path = folder / FILE_NAME
    copy = backup.newest_good(path)
    try:
        kept = folder / "damaged"
        kept.mkdir(parents=True, exist_ok=True)
        stamp = now.strftime("%Y%m%dT%H%M%S")
        for suffix in ("", "-wal", "-shm"):
            old = path.with_name(path.name + suffix)
            if old.exists():
                atomic.replace(old, kept / f"{stamp}-{old.name}")
        if copy is None:
            return None
        part = path.with_name(f".{path.name}.part")
        shutil.copyfile(copy, part)
        _make_unfinished_unknown(part, now)
        atomic.replace(part, path)
    except OSError as error:
        raise disk_error(error, path) from error
    return copy


RESTORED = N_(
    "The database was put back from an older copy, so it is not certain whether this was "
    "published. Look at the account, then tell whether it is there."
)


def _make_unfinished_unknown(path: Path, now: datetime) -> None:
    from datetime import UTC

    moment = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute(
            "UPDATE deliveries SET state = 'unknown', updated_at = ?, error_code = ?, "
            "error_message = ? WHERE state IN ('queued', 'sending', 'processing')",
            (moment, "publish.restored", RESTORED),
        )
