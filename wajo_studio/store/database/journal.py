"""The journal of requests: written before each is sent, completed after its answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.tables import steps


@dataclass(frozen=True)
class JournalEntry:
    """One request of a delivery; ``outcome`` is ``None`` when nobody lived to see the answer."""

    number: int
    attempt: int
    step: str
    kind: str
    begun_at: datetime
    ended_at: datetime | None = None
    outcome: str | None = None
    detail: str = ""


def begin(
    database: Database, delivery_id: str, attempt: int, step: str, kind: str, now: datetime
) -> int:
    """Record that a request is about to go out; on the disk when this returns.

    Returns:
        The entry's number; later entries have larger ones.
    """
    with database.writing() as connection:
        made = connection.execute(
            steps.insert().values(
                delivery_id=delivery_id, attempt=attempt, step=step, kind=kind, begun_at=now
            )
        )
        [number] = made.inserted_primary_key or (0,)
        return int(number)


def end(database: Database, number: int, outcome: str, detail: str, now: datetime) -> None:
    """Record how a request ended."""
    with database.writing() as connection:
        connection.execute(
            steps.update()
            .where(steps.c.id == number)
            .values(ended_at=now, outcome=outcome, detail=detail)
        )


def since(database: Database, delivery_id: str, number: int) -> list[JournalEntry]:
    """The entries of a delivery after one, oldest first; after 0: all."""
    query = select(steps).where(steps.c.delivery_id == delivery_id, steps.c.id > number)
    with database.reading() as connection:
        return [_entry(row) for row in connection.execute(query.order_by(steps.c.id))]


def newest(database: Database, delivery_id: str) -> int:
    """The number of a delivery's newest entry; 0 without one."""
    query = select(func.max(steps.c.id)).where(steps.c.delivery_id == delivery_id)
    with database.reading() as connection:
        return int(connection.execute(query).scalar() or 0)


def _entry(row: Row[Any]) -> JournalEntry:
    return JournalEntry(
        number=row.id,
        attempt=row.attempt,
        step=row.step,
        kind=row.kind,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        detail=row.detail or "",
    )
