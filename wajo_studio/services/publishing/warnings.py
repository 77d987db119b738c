"""What a person should know before sending: the same text again, another post in the same hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from wajo_studio.i18n import _, format_datetime
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.store.database import deliveries
from wajo_studio.store.database.deliveries import QueueEntry

SAME_TEXT_WITHIN = timedelta(days=30)
SAME_HOUR = timedelta(hours=1)
"""Choices: how far back the same text counts, and how close two posts are too close."""


@dataclass(frozen=True)
class Warned:
    """One sentence about one placement; nothing is stopped by it."""

    kind: Literal["same-text", "same-hour"]
    placement: str
    message: str


def warnings_for(desk: Desk, entries: Sequence[QueueEntry]) -> list[Warned]:
    """Compare deliveries that are about to be queued with those of their accounts."""
    found: list[Warned] = []
    for entry in entries:
        found += _same_text(desk, entry)
        found += _same_hour(desk, entry)
    return found


def _same_text(desk: Desk, entry: QueueEntry) -> list[Warned]:
    if not entry.text_hash:
        return []
    delivery = entry.delivery
    since = desk.clock.now() - SAME_TEXT_WITHIN
    alike = deliveries.alike(desk.database, delivery.account_id, entry.text_hash, since)
    alike = [other for other in alike if other.delivery.placement == delivery.placement]
    if not alike:
        return []
    message = _(
        "{placement}: the same text already went to {account} on {time}. Networks may refuse it, "
        "and readers see it twice."
    ).format(
        placement=delivery.placement,
        account=entry.account_name,
        time=format_datetime(alike[-1].delivery.updated_at),
    )
    return [Warned("same-text", delivery.placement, message)]


def _same_hour(desk: Desk, entry: QueueEntry) -> list[Warned]:
    delivery = entry.delivery
    moment = delivery.due or desk.clock.now()
    near = deliveries.around(
        desk.database, delivery.account_id, moment - SAME_HOUR, moment + SAME_HOUR
    )
    near = [other for other in near if other.post_id != entry.post_id]
    if not near:
        return []
    other = near[-1].delivery
    message = _(
        "{placement}: {account} has another post within the hour, {post} ({time}). Consider "
        "another time."
    ).format(
        placement=delivery.placement,
        account=entry.account_name,
        post=other.post_name,
        time=format_datetime(other.due or other.updated_at),
    )
    return [Warned("same-hour", delivery.placement, message)]
