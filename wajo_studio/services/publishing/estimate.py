"""How much has to be sent, how long that takes at the speed of earlier uploads, what it costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from wajo_studio.domain.placement import Network, network_of
from wajo_studio.errors import StoreError
from wajo_studio.services.publishing import parcels
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.store.database import deliveries, journal
from wajo_studio.store.database.deliveries import QueueEntry
from wajo_studio.store.database.switches import upload_limit

_LOOKED_AT = 10
_TELLING_BYTES = 500_000
"""Smaller uploads tell of the time to answer, not of the line."""


@dataclass(frozen=True)
class Estimate:
    """What is to be sent.

    Attributes:
        seconds: how long it takes; ``None`` when nothing was uploaded yet that would tell.
    """

    size_bytes: int
    seconds: float | None


def estimate(desk: Desk, entries: Iterable[QueueEntry]) -> Estimate:
    """The size of some deliveries, and the time their upload takes."""
    size = sum(_size_bytes(desk, entry) for entry in entries)
    speeds = [speed for speed in (measured_speed(desk), upload_limit(desk.database)) if speed]
    return Estimate(size, size / min(speeds) if speeds else None)


def measured_speed(desk: Desk) -> float | None:
    """Bytes a second of the newest uploads, by the journal; ``None`` when none tells."""
    sent, took = 0, timedelta(0)
    for entry in deliveries.newest_sent(desk.database, _LOOKED_AT):
        size = _size_bytes(desk, entry)
        if size < _TELLING_BYTES:
            continue
        steps = journal.since(desk.database, entry.id, 0)
        spans = [s.ended_at - s.begun_at for s in steps if s.ended_at and s.kind != "read"]
        sent += size
        took += sum(spans, timedelta(0))
    return sent / took.total_seconds() if took > timedelta(0) else None


def cost_usd(desk: Desk, entries: Iterable[QueueEntry]) -> float:
    """What the networks charge for some deliveries, in US dollars; X alone charges."""
    from wajo_studio.networks.x.price import cost_of

    total = 0.0
    for entry in entries:
        placement = entry.delivery.placement
        if entry.delivery.mode == "api" and network_of(placement) is Network.X:
            parcel = parcels.open_parcel(desk.folder, entry.id).parcel
            total += cost_of(parcel, desk.specs[placement]).usd
    return total


def _size_bytes(desk: Desk, entry: QueueEntry) -> int:
    try:
        return parcels.size_bytes(parcels.open_parcel(desk.folder, entry.id).parcel)
    except StoreError:  # removed to make room: it tells nothing
        return 0
