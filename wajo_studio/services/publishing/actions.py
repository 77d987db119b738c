"""What a person does with a delivery: send again, cancel, tell what became of it."""

import time
from dataclasses import replace
from datetime import timedelta

from wajo_studio.domain.delivery import DeliveryState
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.networks.publisher import standing
from wajo_studio.services.publishing import proof
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.links import read_link
from wajo_studio.services.publishing.queue import queue_lock
from wajo_studio.store.database import deliveries, journal
from wajo_studio.store.database.deliveries import QueueEntry

_S = DeliveryState
_SESSION_KEPT = timedelta(hours=1)
"""How long a failed delivery may go on where it stopped; afterwards it begins anew. A choice:
the shortest lifetime of what the networks keep meanwhile (TikTok's upload address) is one hour."""
_GOES_ON = ("publish.unavailable", "publish.offline", "publish.portal", "publish.rate_limited")
_CANCEL_PATIENCE_S = 5.0

NO_SUCH = N_("There is no delivery {id}; wajo queue list shows them.")
RESOLVE_FIRST = N_(
    "It is not certain whether {id} was published, so it is not sent again. Look at the account, "
    "then tell: wajo queue resolve {id} --published ADDRESS, or --not-published."
)
NOT_FAILED = N_("{id} cannot be sent again: it is {state}. Only failed and missed ones can.")
NOT_CANCELLABLE = N_("{id} cannot be cancelled any more: it is {state}.")
PERHAPS_OUT = N_(
    "{id} cannot be cancelled: it may be published already. Run the queue to find out."
)
NOT_UNKNOWN = N_("{id} needs no answer: it is {state}.")


def find(desk: Desk, delivery_id: str) -> QueueEntry:
    """The delivery of this id.

    Raises:
        InputError: there is none.
    """
    entry = deliveries.find(desk.database, delivery_id)
    if entry is None:
        raise InputError(NO_SUCH, code="input.delivery", id=delivery_id)
    return entry


def retry(desk: Desk, delivery_id: str) -> QueueEntry:
    """Queue a failed or missed delivery again, to be sent at once.

    Raises:
        InputError: there is none, it has not failed, or it may be published.
    """
    entry = find(desk, delivery_id)
    delivery, now = entry.delivery, desk.clock.now()
    missed = delivery.state is _S.QUEUED and delivery.error is not None
    if delivery.state is _S.UNKNOWN:
        raise InputError(RESOLVE_FIRST, code="input.delivery", id=delivery_id)
    if delivery.state is not _S.FAILED and not missed:
        raise _wrong_state(NOT_FAILED, entry)
    session = delivery.session if _goes_on(entry, desk) else {}
    again = delivery.moved(_S.QUEUED, now, error=None, session=session, due=None)
    covered = journal.newest(desk.database, delivery_id)
    changed = replace(entry, delivery=again, native=False, covered=covered, waited_s=0.0)
    if not deliveries.save(
        desk.database, changed, before=delivery.state, action="delivery.retried"
    ):
        raise _wrong_state(NOT_FAILED, find(desk, delivery_id))
    deliveries.clear_cancel(desk.database, delivery_id)
    return changed


def _goes_on(entry: QueueEntry, desk: Desk) -> bool:
    """Whether what was uploaded before the failure may be used."""
    delivery = entry.delivery
    return (
        delivery.error is not None
        and delivery.error.code in _GOES_ON
        and standing(delivery.session) == "before"
        and timedelta(0) <= desk.clock.now() - delivery.updated_at < _SESSION_KEPT
    )


def cancel(desk: Desk, delivery_id: str) -> QueueEntry:
    """Stop a delivery of which nothing is published.

    One that another program is sending is stopped by it, within a second.

    Raises:
        InputError: there is none, it has ended, or it may be published.
    """
    until = time.monotonic() + _CANCEL_PATIENCE_S
    while True:
        entry = find(desk, delivery_id)
        delivery = entry.delivery
        if delivery.state is _S.CANCELLED:
            return entry
        if delivery.ended:
            raise _wrong_state(NOT_CANCELLABLE, entry)
        lock = queue_lock(desk)
        if delivery.state is _S.QUEUED:
            if _stop(desk, entry):
                return find(desk, delivery_id)
        elif lock.acquire():
            try:
                if _may_be_out(desk, entry):
                    raise InputError(PERHAPS_OUT, code="input.delivery", id=delivery_id)
                if _stop(desk, entry):
                    return find(desk, delivery_id)
            finally:
                lock.release()
        else:
            deliveries.ask_to_cancel(desk.database, delivery_id)
        if time.monotonic() > until:
            raise InputError(PERHAPS_OUT, code="input.delivery", id=delivery_id)
        time.sleep(0.1)


def _stop(desk: Desk, entry: QueueEntry) -> bool:
    stopped = entry.delivery.moved(_S.CANCELLED, desk.clock.now(), error=None)
    return deliveries.save(
        desk.database,
        replace(entry, delivery=stopped),
        before=entry.delivery.state,
        action="delivery.cancelled",
    )


def _may_be_out(desk: Desk, entry: QueueEntry) -> bool:
    if standing(entry.delivery.session) != "before":
        return True
    left = journal.since(desk.database, entry.id, entry.covered)
    harmless = ("refused", "not-sent", "cancelled")
    return any(found.kind == "publish" and found.outcome not in harmless for found in left)


def resolve_published(desk: Desk, delivery_id: str, link: str) -> QueueEntry:
    """A person found it published at ``link``.

    Raises:
        InputError: there is none, it is not unclear, or the address is not of its network.
    """
    entry = _unclear(desk, delivery_id)
    found = read_link(entry.delivery.placement, link)
    published = entry.delivery.moved(
        _S.PUBLISHED,
        desk.clock.now(),
        link=found.address,
        remote_id=entry.delivery.remote_id or found.remote_id,
        error=None,
    )
    changed = _save_resolved(desk, entry, replace(entry, delivery=published))
    proof.keep(desk, changed)
    return changed


def resolve_not_published(desk: Desk, delivery_id: str) -> QueueEntry:
    """A person looked and it is not there: it has failed, and can be sent again.

    Raises:
        InputError: there is none, or it is not unclear.
    """
    entry = _unclear(desk, delivery_id)
    failed = entry.delivery.moved(_S.FAILED, desk.clock.now())
    return _save_resolved(desk, entry, replace(entry, delivery=failed))


def _unclear(desk: Desk, delivery_id: str) -> QueueEntry:
    entry = find(desk, delivery_id)
    by_hand = entry.delivery.mode == "assisted" and entry.delivery.state is _S.QUEUED
    if entry.delivery.state is not _S.UNKNOWN and not by_hand:
        raise _wrong_state(NOT_UNKNOWN, entry)
    return entry


def _save_resolved(desk: Desk, before: QueueEntry, after: QueueEntry) -> QueueEntry:
    if not deliveries.save(
        desk.database, after, before=before.delivery.state, action="delivery.resolved"
    ):
        raise _wrong_state(NOT_UNKNOWN, find(desk, before.id))
    return after


def _wrong_state(message: str, entry: QueueEntry) -> InputError:
    from wajo_studio.services.publishing.words import state_word

    return InputError(
        message, code="input.delivery", id=entry.id, state=state_word(entry.delivery.state)
    )
