"""Who publishes at a planned time: the network itself, or this program when the time has come."""

from datetime import datetime, timedelta

from wajo_studio.domain.placement import network_of
from wajo_studio.services.publishing.desk import Desk


def network_schedules(desk: Desk, placement: str, due: datetime | None) -> bool:
    """Whether the network itself can publish at that time, seen from now."""
    if due is None:
        return False
    can = desk.publishers(network_of(placement)).capabilities(placement)
    ahead_s = (due - desk.clock.now()) / timedelta(seconds=1)
    return can.schedules and can.schedule_min_s <= ahead_s <= can.schedule_max_s
