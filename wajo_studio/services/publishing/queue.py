"""Running the queue: one program at a time, every delivery as far as it goes.

Deliveries that wait for their network take turns with the others. What was missed while no
program ran is not sent late in silence: a person decides.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wajo_studio import locks
from wajo_studio.domain.delivery import DeliveryError, DeliveryState
from wajo_studio.errors import DiskError, RateLimitedError, StoreError, disk_error
from wajo_studio.i18n import N_, _, format_datetime
from wajo_studio.networks.publisher import standing
from wajo_studio.networks.wire import LONGEST_WAIT_S
from wajo_studio.progress import JobContext
from wajo_studio.services.publishing import limits, parcels, proof
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.runner import LostDeliveryError, Rest, work
from wajo_studio.services.publishing.scheduling import network_schedules
from wajo_studio.store.database import deliveries, journal
from wajo_studio.store.database.deliveries import QueueEntry
from wajo_studio.store.database.switches import queue_is_frozen

_S = DeliveryState
MISSED = "publish.missed"
GRACE = timedelta(minutes=10)
"""How late a scheduled delivery may go out without anybody being asked; a choice: a program that
runs looks far more often, so later ones were missed."""
_LOOK_S = 0.2

RUNNING = N_(
    "The queue is being run by another window or program just now; it does what is due. Nothing "
    "has to be done."
)
WAS_MISSED = N_(
    "Its time, {time}, passed while the program was not running. Send it now (wajo queue retry), "
    "or cancel it."
)
LIMIT_REACHED = N_(
    "This account has sent as much as the network takes for now. Your post is safe; send it "
    "again after {time}."
)


@dataclass(frozen=True)
class Run:
    """What a run of the queue did.

    Attributes:
        ended: deliveries that came to an end in it, in that order.
        missed: deliveries whose time had passed, now or before; a person has to decide.
        frozen: the queue is frozen: nothing new was begun.
    """

    ended: tuple[QueueEntry, ...]
    missed: tuple[QueueEntry, ...] = ()
    frozen: bool = False


def queue_lock(desk: Desk) -> locks.FileLock:
    """What whoever runs the queue holds; it ends with the process."""
    return locks.FileLock(desk.folder / "locks" / "queue.lock")


def run_queue(desk: Desk, ctx: JobContext, ids: Collection[str] = ()) -> Run:
    """Run the queue until everything has ended or waits for its time.

    Args:
        desk: the parts of publishing.
        ctx: progress and cancel; when cancelled, what is under way is gone on with next time.
        ids: only these deliveries; empty: all.

    Raises:
        StoreError: another program runs the queue.
        Cancelled: the job was cancelled.
    """
    lock = queue_lock(desk)
    try:
        if not lock.acquire():
            raise StoreError(RUNNING, code="queue.busy")
    except OSError as error:
        raise disk_error(error, desk.folder) from error
    try:
        return _run(desk, ctx, ids)
    finally:
        lock.release()


def run_until_ended(desk: Desk, ctx: JobContext, ids: Collection[str]) -> list[QueueEntry]:
    """Run some deliveries, or wait while another program does, until they ended or wait.

    Raises:
        Cancelled: the job was cancelled.
    """
    while True:
        try:
            run_queue(desk, ctx, ids)
            return deliveries.listed(desk.database, ids=ids)
        except StoreError as error:
            if error.code != "queue.busy":
                raise
        found = deliveries.listed(desk.database, ids=ids)
        now = desk.clock.now()
        at_rest = [e.delivery.state is _S.QUEUED and _is_later(e, now) for e in found]
        if all(rests or e.delivery.ended for rests, e in zip(at_rest, found, strict=True)):
            return found
        ctx.check()
        time.sleep(_LOOK_S)


def _is_later(entry: QueueEntry, now: datetime) -> bool:
    due = entry.delivery.due
    return due is not None and not entry.native and due > now


def _run(desk: Desk, ctx: JobContext, ids: Collection[str]) -> Run:
    for entry in deliveries.published_without_proof(desk.database):
        _keep_proof(desk, entry)
    parcels.remove_orphans(desk.folder, deliveries.all_ids(desk.database))
    missed = _mark_missed(desk, ids)
    ended: list[QueueEntry] = []
    wake: dict[str, float] = {}
    frozen = queue_is_frozen(desk.database)
    while True:
        ctx.check()
        frozen = queue_is_frozen(desk.database)
        ready, next_look = _ready(desk, ids, wake, frozen=frozen)
        if not ready:
            if next_look is None:
                return Run(tuple(ended), tuple(missed), frozen)
            _sleep(ctx, next_look - time.monotonic())
            continue
        for entry in ready:
            ctx.check()
            if entry.delivery.state is _S.QUEUED and not _may_begin(desk, entry, wake, ended):
                continue
            try:
                result = work(desk, entry, ctx)
            except LostDeliveryError:
                continue
            if isinstance(result, Rest):
                wake[entry.id] = time.monotonic() + result.wait_s
            else:
                ended.append(result)


def _ready(
    desk: Desk, ids: Collection[str], wake: dict[str, float], *, frozen: bool
) -> tuple[list[QueueEntry], float | None]:
    """Whose turn it is; else when to look again (of the monotonic clock), if ever."""
    under_way = deliveries.listed(desk.database, (_S.SENDING, _S.PROCESSING), ids=ids)
    if frozen:
        under_way = [entry for entry in under_way if _must_go_on(desk, entry)]
    queued = [] if frozen else deliveries.waiting(desk.database, desk.clock.now(), ids)
    candidates = [*under_way, *queued]
    now = time.monotonic()
    ready = [entry for entry in candidates if wake.get(entry.id, 0.0) <= now]
    if ready or not candidates:
        return ready, None
    return [], min(wake[entry.id] for entry in candidates)


def _must_go_on(desk: Desk, entry: QueueEntry) -> bool:
    """Whether something of it may be out already, so that a frozen queue must find out."""
    if standing(entry.delivery.session) != "before":
        return True
    left = journal.since(desk.database, entry.id, entry.covered)
    return any(found.kind == "publish" for found in left)


def _may_begin(
    desk: Desk, entry: QueueEntry, wake: dict[str, float], ended: list[QueueEntry]
) -> bool:
    """Whether the account may send now; else it waits a little, or the delivery fails."""
    if entry.delivery.mode != "api":
        return True
    if entry.native and not network_schedules(desk, entry.delivery.placement, entry.delivery.due):
        # It waited too long, perhaps in a frozen queue: now the program keeps the time itself.
        ours = replace(entry, native=False)
        deliveries.save(desk.database, ours, before=_S.QUEUED)
        return False
    full = limits.first_full(desk, entry.delivery.placement, entry.delivery.account_id)
    if full is None:
        return True
    wait_s = (full.free_at - desk.clock.now()).total_seconds()
    if wait_s <= LONGEST_WAIT_S:
        wake[entry.id] = time.monotonic() + max(wait_s, 0.0) + _LOOK_S
        return False
    error = RateLimitedError(LIMIT_REACHED, time=format_datetime(full.free_at))
    failed = entry.delivery.moved(
        _S.FAILED,
        desk.clock.now(),
        error=DeliveryError(error.code, str(error), f"{full.setting} = {full.limit}"),
    )
    changed = replace(entry, delivery=failed)
    if deliveries.save(desk.database, changed, before=_S.QUEUED, action="delivery.failed"):
        ended.append(changed)
    return False


def _mark_missed(desk: Desk, ids: Collection[str]) -> list[QueueEntry]:
    """Find what was to go out long ago, and leave it to a person."""
    now = desk.clock.now()
    for entry in deliveries.waiting(desk.database, now, ids):
        due = entry.delivery.due
        if due is None or now - due <= GRACE or entry.delivery.mode == "practice":
            continue
        words = _(WAS_MISSED).format(time=format_datetime(due))
        told = replace(entry.delivery, error=DeliveryError(MISSED, words), updated_at=now)
        deliveries.save(
            desk.database,
            replace(entry, delivery=told),
            before=_S.QUEUED,
            action="delivery.missed",
        )
    queued = deliveries.listed(desk.database, (_S.QUEUED,), ids=ids)
    missed = [e for e in queued if e.delivery.error is not None and e.delivery.error.code == MISSED]
    early = [e for e in missed if e.delivery.due is not None and e.delivery.due > now]
    for entry in early:  # the clock was wrong when they were marked
        waits = replace(entry.delivery, error=None, updated_at=now)
        deliveries.save(desk.database, replace(entry, delivery=waits), before=_S.QUEUED)
    return [entry for entry in missed if entry not in early]


def _keep_proof(desk: Desk, entry: QueueEntry) -> None:
    from contextlib import suppress

    with suppress(StoreError, DiskError):
        proof.keep(desk, entry)


def _sleep(ctx: JobContext, seconds: float, step_s: float = _LOOK_S) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        ctx.check()
        time.sleep(min(left, step_s))
