"""Opening the database, and the two ways to use it: reading and writing."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from wajo_studio.errors import StoreError
from wajo_studio.i18n import N_

FILE_NAME = "wajo.db"
_BUSY_S = 30.0

BUSY = N_("The database is in use by another program just now; try again in a moment.")
DAMAGED = N_(
    "The database {file} is damaged. Put its newest good copy back with wajo queue restore; the "
    "damaged file is kept."
)
UNUSABLE = N_(
    "The database {file} cannot be used; check that its folder can be written and the disk is "
    "not full."
)


class Database:
    """The open database. Safe to use from several threads and several processes.

    Args:
        path: the file; it must have been migrated, see :func:`migrate.open_database`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)

    @property
    def folder(self) -> Path:
        """The data folder in which the database lies."""
        return self.path.parent

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and changes nothing.

        Raises:
            StoreError: the file cannot be read.
        """
        with _translated(self.path), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on the disk when the block ends, or did not happen at all.

        Raises:
            StoreError: another program writes for too long, or the disk is full.
        """
        with _translated(self.path), self.engine.connect() as plain:
            connection = plain.execution_options(wajo_writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        text = str(error.orig)  # never the statement: it holds what people wrote
        if isinstance(error, OperationalError) and ("locked" in text or "busy" in text):
            raise StoreError(BUSY, code="store.busy", detail=text) from None
        if "malformed" in text or "not a database" in text:
            raise StoreError(DAMAGED, file=path, code="store.damaged", detail=text) from None
        raise StoreError(UNUSABLE, file=path, detail=text) from None


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path.as_posix()}",
        connect_args={"timeout": _BUSY_S},
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False),
        hide_parameters=True,  # values of statements never get into errors or logs
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        prepare_connection(connection)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that began as a reader may be turned away later.
        writes = connection.get_execution_options().get("wajo_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def prepare_connection(connection: sqlite3.Connection) -> None:
    """Write-ahead log, foreign keys, and a flush to the disk at every commit."""
    connection.isolation_level = None  # transactions begin and end where we say
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
