"""How much an account may send in a span of time, by the numbers in the spec data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wajo_studio.networks.wire import LONGEST_WAIT_S
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.store.database import deliveries

_WINDOWS = {
    "starts_per_minute": timedelta(minutes=1),
    "posts_per_15_min": timedelta(minutes=15),
    "reels_per_day": timedelta(days=1),
    "posts_per_day": timedelta(days=1),
    "containers_per_day": timedelta(days=1),
    "uploads_per_day": timedelta(days=1),
}
"""Settings of the spec files that bound deliveries, and their span. A network counts more finely
than we can (other programs use the account too), so its own answer always has the last word."""


@dataclass(frozen=True)
class Full:
    """A window is used up; the next delivery fits at ``free_at``."""

    setting: str
    limit: int
    free_at: datetime


def first_full(desk: Desk, placement: str, account_id: str) -> Full | None:
    """The window that keeps an account from sending now; the one that takes longest.

    Args:
        desk: the parts of publishing.
        placement: what is to be sent; its settings count.
        account_id: by whom.
    """
    settings = desk.specs[placement].settings
    now = desk.clock.now()
    found: Full | None = None
    for name, span in _WINDOWS.items():
        limit = settings.get(name)
        if not isinstance(limit, int | float) or isinstance(limit, bool):
            continue
        if span.total_seconds() <= LONGEST_WAIT_S:
            span *= desk.origins.scale  # it makes us wait, and all our waits are scaled
        begun = deliveries.begun_since(desk.database, account_id, now - span)
        if len(begun) >= limit:
            free_at = begun[-int(limit)] + span
            if found is None or free_at > found.free_at:
                found = Full(name, int(limit), free_at)
    return found
