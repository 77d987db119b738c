"""What holds for the whole program: the frozen queue, the bound for uploads."""

from datetime import datetime

from sqlalchemy import Connection, select

from wajo_studio.store.database import audit
from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.tables import switches

_FROZEN = "queue_frozen"
_UPLOAD_LIMIT = "upload_limit_bytes_per_s"


def queue_is_frozen(database: Database) -> bool:
    """Whether nothing new may go out."""
    query = select(switches.c.value).where(switches.c.name == _FROZEN)
    with database.reading() as connection:
        return connection.execute(query).scalar() == "yes"


def freeze_queue(database: Database, now: datetime, *, frozen: bool) -> None:
    """Stop the queue, or let it go on."""
    with database.writing() as connection:
        _put(connection, _FROZEN, "yes" if frozen else "no")
        audit.record(connection, now, "queue.frozen" if frozen else "queue.thawed", "queue")


def upload_limit(database: Database) -> int | None:
    """The most bytes a second that uploads may take; ``None``: no bound."""
    query = select(switches.c.value).where(switches.c.name == _UPLOAD_LIMIT)
    with database.reading() as connection:
        value = connection.execute(query).scalar()
    return int(value) if value else None


def keep_upload_limit(database: Database, bytes_per_s: int | None) -> None:
    """Bound uploads, so that others in the office can work; ``None``: no bound."""
    with database.writing() as connection:
        _put(connection, _UPLOAD_LIMIT, str(bytes_per_s) if bytes_per_s else "")


def _put(connection: Connection, name: str, value: str) -> None:
    changed = connection.execute(
        switches.update().where(switches.c.name == name).values(value=value)
    )
    if not changed.rowcount:
        connection.execute(switches.insert().values(name=name, value=value))
