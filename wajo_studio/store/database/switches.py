"""What holds for the whole program: now the frozen queue."""

from datetime import datetime

from sqlalchemy import select

from wajo_studio.store.database import audit
from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.tables import switches

_FROZEN = "queue_frozen"


def queue_is_frozen(database: Database) -> bool:
    """Whether nothing new may go out."""
    query = select(switches.c.value).where(switches.c.name == _FROZEN)
    with database.reading() as connection:
        return connection.execute(query).scalar() == "yes"


def freeze_queue(database: Database, now: datetime, *, frozen: bool) -> None:
    """Stop the queue, or let it go on."""
    with database.writing() as connection:
        value = "yes" if frozen else "no"
        changed = connection.execute(
            switches.update().where(switches.c.name == _FROZEN).values(value=value)
        )
        if not changed.rowcount:
            connection.execute(switches.insert().values(name=_FROZEN, value=value))
        audit.record(connection, now, "queue.frozen" if frozen else "queue.thawed", "queue")
