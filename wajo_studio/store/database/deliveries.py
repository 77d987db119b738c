"""Deliveries: one row each; every change of state is one small write."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select

from wajo_studio.domain.delivery import Delivery, DeliveryError, DeliveryState
from wajo_studio.store.database import audit
from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.tables import deliveries, proofs


@dataclass(frozen=True)
class QueueEntry:
    """A delivery and what the queue knows about it.

    Attributes:
        account_name: as it was when the delivery was queued.
        native: the network itself publishes at ``delivery.due``.
        covered: number of the newest journal entry whose outcome is in the session.
        waited_s: seconds of pauses so far, as asked for.
        cancel_asked: a person wants it stopped; whoever runs the queue does it.
        text_hash: of the text as published, to find the same one again.
        begun_at: when sending last began.
    """

    delivery: Delivery
    account_name: str
    post_id: str | None = None
    native: bool = False
    covered: int = 0
    waited_s: float = 0.0
    cancel_asked: bool = False
    text_hash: str = ""
    begun_at: datetime | None = None

    @property
    def id(self) -> str:
        """The delivery's id."""
        return self.delivery.id


def add(database: Database, entries: Collection[QueueEntry]) -> None:
    """Queue deliveries, all or none."""
    with database.writing() as connection:
        for entry in entries:
            connection.execute(deliveries.insert().values(_values(entry)))
            audit.record(
                connection,
                entry.delivery.created_at,
                "delivery.queued",
                entry.id,
                post=entry.delivery.post_name,
                placement=entry.delivery.placement,
                account=entry.delivery.account_id,
                mode=entry.delivery.mode,
            )


def find(database: Database, delivery_id: str) -> QueueEntry | None:
    """The delivery of this id, if there is one."""
    with database.reading() as connection:
        row = connection.execute(
            select(deliveries).where(deliveries.c.id == delivery_id)
        ).one_or_none()
    return _entry(row) if row is not None else None


def listed(
    database: Database,
    states: Collection[DeliveryState] = (),
    *,
    ids: Collection[str] = (),
    mode: str | None = None,
    limit: int | None = None,
) -> list[QueueEntry]:
    """Deliveries in the order in which they were queued.

    Args:
        database: the store.
        states: only those in one of these; empty: all.
        ids: only those; empty: all.
        mode: only those of this mode.
        limit: at most so many, the newest ones.
    """
    query = select(deliveries)
    if states:
        query = query.where(deliveries.c.state.in_([state.value for state in states]))
    if ids:
        query = query.where(deliveries.c.id.in_(list(ids)))
    if mode is not None:
        query = query.where(deliveries.c.mode == mode)
    order = (deliveries.c.created_at.desc(), deliveries.c.id.desc())
    with database.reading() as connection:
        rows = connection.execute(query.order_by(*order).limit(limit)).all()
    return [_entry(row) for row in reversed(rows)]


def of_post(database: Database, post_id: str) -> list[QueueEntry]:
    """Every delivery of a post, in the order in which they were queued."""
    query = select(deliveries).where(deliveries.c.post_id == post_id)
    with database.reading() as connection:
        rows = connection.execute(query.order_by(deliveries.c.created_at, deliveries.c.id)).all()
    return [_entry(row) for row in rows]


def waiting(database: Database, now: datetime, ids: Collection[str] = ()) -> list[QueueEntry]:
    """Queued deliveries whose turn it is, and that no person has to be asked about.

    Args:
        database: the store.
        now: the present moment.
        ids: only those; empty: all.
    """
    query = (
        select(deliveries)
        .where(
            deliveries.c.state == DeliveryState.QUEUED.value,
            deliveries.c.mode != "assisted",
            deliveries.c.error_code.is_(None),
            or_(deliveries.c.due.is_(None), deliveries.c.native, deliveries.c.due <= now),
        )
        .order_by(deliveries.c.created_at, deliveries.c.id)
    )
    if ids:
        query = query.where(deliveries.c.id.in_(list(ids)))
    with database.reading() as connection:
        return [_entry(row) for row in connection.execute(query)]


def next_due(database: Database) -> datetime | None:
    """When the next delivery is due that waits for its time; ``None``: none does."""
    query = select(func.min(deliveries.c.due)).where(
        deliveries.c.state == DeliveryState.QUEUED.value,
        deliveries.c.mode != "assisted",
        deliveries.c.error_code.is_(None),
    )
    with database.reading() as connection:
        found: datetime | None = connection.execute(query).scalar()
    return found


def all_ids(database: Database) -> frozenset[str]:
    """The id of every delivery there ever was."""
    with database.reading() as connection:
        return frozenset(connection.execute(select(deliveries.c.id)).scalars())


def newest_sent(database: Database, limit: int) -> list[QueueEntry]:
    """The deliveries that were published through a network last, newest first."""
    query = select(deliveries).where(
        deliveries.c.state == DeliveryState.PUBLISHED.value, deliveries.c.mode == "api"
    )
    order = deliveries.c.updated_at.desc()
    with database.reading() as connection:
        return [_entry(row) for row in connection.execute(query.order_by(order).limit(limit))]


def published_without_proof(database: Database) -> list[QueueEntry]:
    """Published deliveries whose proof is still to be made."""
    query = select(deliveries).where(
        deliveries.c.state == DeliveryState.PUBLISHED.value,
        deliveries.c.id.not_in(select(proofs.c.delivery_id)),
    )
    with database.reading() as connection:
        return [_entry(row) for row in connection.execute(query)]


def save(database: Database, entry: QueueEntry, *, before: DeliveryState, action: str = "") -> bool:
    """Write what changed, unless somebody else changed the state meanwhile.

    Args:
        database: the store.
        entry: the delivery as it is to be.
        before: the state it must be in for that.
        action: what the audit log is told; nothing when empty.

    Returns:
        Whether it was written.
    """
    delivery = entry.delivery
    with database.writing() as connection:
        changed = connection.execute(
            deliveries.update()
            .where(deliveries.c.id == entry.id, deliveries.c.state == before.value)
            .values({k: v for k, v in _values(entry).items() if k not in _NEVER_SAVED})
        )
        if changed.rowcount and action:
            detail: dict[str, Any] = {"state": delivery.state.value}
            if delivery.link:
                detail["link"] = delivery.link
            if delivery.error is not None:
                detail["error"] = delivery.error.code
            audit.record(connection, delivery.updated_at, action, entry.id, **detail)
        return bool(changed.rowcount)


_NEVER_SAVED = frozenset({"id", "cancel_asked", "created_at"})
"""Not written by :func:`save`: a wish to cancel may come in meanwhile and must not get lost."""


def ask_to_cancel(database: Database, delivery_id: str) -> None:
    """Keep that a person wants a delivery stopped."""
    with database.writing() as connection:
        connection.execute(
            deliveries.update().where(deliveries.c.id == delivery_id).values(cancel_asked=True)
        )


def clear_cancel(database: Database, delivery_id: str) -> None:
    """Forget such a wish: it was followed, or came too late."""
    with database.writing() as connection:
        connection.execute(
            deliveries.update().where(deliveries.c.id == delivery_id).values(cancel_asked=False)
        )


def cancel_is_asked(database: Database, delivery_id: str) -> bool:
    """Whether a person wants a delivery stopped."""
    query = select(deliveries.c.cancel_asked).where(deliveries.c.id == delivery_id)
    with database.reading() as connection:
        return bool(connection.execute(query).scalar())


def begun_since(database: Database, account_id: str, since: datetime) -> list[datetime]:
    """When deliveries of an account were begun after a moment, oldest first."""
    query = (
        select(deliveries.c.begun_at)
        .where(deliveries.c.account_id == account_id, deliveries.c.begun_at > since)
        .order_by(deliveries.c.begun_at)
    )
    with database.reading() as connection:
        return [moment for moment in connection.execute(query).scalars() if moment is not None]


def alike(database: Database, account_id: str, text_hash: str, since: datetime) -> list[QueueEntry]:
    """Deliveries of an account with the same text that went out, or may, since a moment."""
    dead = (DeliveryState.FAILED.value, DeliveryState.CANCELLED.value)
    query = select(deliveries).where(
        deliveries.c.account_id == account_id,
        deliveries.c.text_hash == text_hash,
        deliveries.c.state.not_in(dead),
        deliveries.c.updated_at > since,
    )
    with database.reading() as connection:
        return [_entry(row) for row in connection.execute(query.order_by(deliveries.c.created_at))]


def around(database: Database, account_id: str, start: datetime, end: datetime) -> list[QueueEntry]:
    """Deliveries of an account that are due, or were sent, between two moments."""
    dead = (DeliveryState.FAILED.value, DeliveryState.CANCELLED.value)
    moment = func.coalesce(deliveries.c.due, deliveries.c.begun_at, deliveries.c.created_at)
    query = select(deliveries).where(
        deliveries.c.account_id == account_id,
        deliveries.c.state.not_in(dead),
        moment.between(start, end),
        or_(deliveries.c.mode == "api", deliveries.c.mode == "assisted"),
    )
    with database.reading() as connection:
        return [_entry(row) for row in connection.execute(query.order_by(deliveries.c.created_at))]


def counts(database: Database) -> Mapping[DeliveryState, int]:
    """How many deliveries are in each state."""
    query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    with database.reading() as connection:
        return {DeliveryState(state): count for state, count in connection.execute(query)}


def _values(entry: QueueEntry) -> dict[str, Any]:
    delivery, error = entry.delivery, entry.delivery.error
    return {
        "id": delivery.id,
        "post_id": entry.post_id,
        "post_name": delivery.post_name,
        "placement": delivery.placement,
        "account_id": delivery.account_id,
        "account_name": entry.account_name,
        "mode": delivery.mode,
        "state": delivery.state.value,
        "created_at": delivery.created_at,
        "updated_at": delivery.updated_at,
        "due": delivery.due,
        "native": entry.native,
        "begun_at": entry.begun_at,
        "session": dict(delivery.session),
        "covered": entry.covered,
        "attempts": delivery.attempts,
        "waited_s": entry.waited_s,
        "cancel_asked": entry.cancel_asked,
        "text_hash": entry.text_hash,
        "link": delivery.link,
        "remote_id": delivery.remote_id,
        "error_code": error.code if error is not None else None,
        "error_message": error.message if error is not None else None,
        "error_detail": error.detail if error is not None else None,
        "remarks": list(delivery.remarks),
    }


def _entry(row: Row[Any]) -> QueueEntry:
    error = None
    if row.error_code is not None:
        error = DeliveryError(row.error_code, row.error_message or "", row.error_detail or "")
    delivery = Delivery(
        id=row.id,
        post_name=row.post_name,
        placement=row.placement,
        account_id=row.account_id,
        mode=row.mode,
        state=DeliveryState(row.state),
        created_at=row.created_at,
        updated_at=row.updated_at,
        due=row.due,
        session=row.session,
        attempts=row.attempts,
        link=row.link,
        remote_id=row.remote_id,
        error=error,
        remarks=tuple(row.remarks),
    )
    return QueueEntry(
        delivery=delivery,
        account_name=row.account_name,
        post_id=row.post_id,
        native=row.native,
        covered=row.covered,
        waited_s=row.waited_s,
        cancel_asked=row.cancel_asked,
        text_hash=row.text_hash,
        begun_at=row.begun_at,
    )
