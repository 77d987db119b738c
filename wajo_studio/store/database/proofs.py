"""Proofs: what was published, kept as it was at that moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.tables import deliveries, proofs


@dataclass(frozen=True)
class Proof:
    """The record of one published delivery."""

    delivery_id: str
    published_at: datetime
    document: dict[str, Any]


def keep(database: Database, proof: Proof) -> None:
    """Keep a proof, unless the delivery has one already."""
    with database.writing() as connection:
        connection.execute(
            proofs.insert()
            .prefix_with("OR IGNORE")
            .values(
                delivery_id=proof.delivery_id,
                published_at=proof.published_at,
                document=proof.document,
            )
        )


def of_deliveries(database: Database, ids: Collection[str]) -> list[Proof]:
    """The proofs of some deliveries, by time."""
    query = select(proofs).where(proofs.c.delivery_id.in_(list(ids)))
    with database.reading() as connection:
        rows = connection.execute(query.order_by(proofs.c.published_at)).all()
    return [Proof(row.delivery_id, row.published_at, row.document) for row in rows]


def of_post(database: Database, post_id: str) -> list[Proof]:
    """The proofs of a post, by time."""
    query = (
        select(proofs)
        .join(deliveries, deliveries.c.id == proofs.c.delivery_id)
        .where(deliveries.c.post_id == post_id)
    )
    with database.reading() as connection:
        rows = connection.execute(query.order_by(proofs.c.published_at)).all()
    return [Proof(row.delivery_id, row.published_at, row.document) for row in rows]


def between(database: Database, start: datetime, end: datetime) -> list[Proof]:
    """The proofs of a span of time, its end not included."""
    query = select(proofs).where(proofs.c.published_at >= start, proofs.c.published_at < end)
    with database.reading() as connection:
        rows = connection.execute(query.order_by(proofs.c.published_at)).all()
    return [Proof(row.delivery_id, row.published_at, row.document) for row in rows]
