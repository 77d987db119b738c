"""Taking one delivery as far as it goes now: steps, journal, and the truth about the outcome.

What is known for certain decides the state. A request that publishes and whose outcome never got
into a kept session is looked up with the network before anything else happens; only what surely
was not published can fail or be cancelled.
"""

import contextlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from wajo_studio.domain.delivery import DeliveryError, DeliveryState
from wajo_studio.errors import (
    AuthExpiredError,
    CredentialError,
    NotAllowedError,
    OutcomeUnknownError,
    PublishError,
    RejectedError,
    StoreError,
    WajoError,
)
from wajo_studio.i18n import N_, _
from wajo_studio.networks.credentials import Keys
from wajo_studio.networks.http import Http
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.publisher import (
    Done,
    Found,
    NotPublished,
    Pause,
    Session,
    Step,
    standing,
)
from wajo_studio.networks.wire import HARMLESS, Kind, Outcome, Unanswered, Wire
from wajo_studio.progress import Cancelled, CancelToken, Job, JobContext
from wajo_studio.services.publishing import parcels, proof
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.routes import Route, route_of
from wajo_studio.store.database import accounts, deliveries, journal
from wajo_studio.store.database.deliveries import QueueEntry
from wajo_studio.store.database.switches import upload_limit

_log = logging.getLogger(__name__)
_S = DeliveryState
_STEPS_MAX = 100_000
"""No delivery has so many steps: the largest file has some thousand pieces."""
_CANCEL_LOOK_S = 0.4

STILL_PROCESSING = N_(
    "The network is still at work on it after {minutes} minutes. Look at the account, then tell "
    "whether it is there."
)
UNCLEAR = N_(
    "It is not certain whether this was published. Look at the account, then tell whether it is "
    "there."
)
NOT_PUBLISHED = N_(
    "The connection broke while it was being published, and the network shows that it was not. "
    "You can send it again."
)
UNEXPECTED = N_("An unexpected error stopped this delivery. Your post is safe; see the log.")
NO_ACCOUNT = N_("The account of this delivery was removed. Connect it again, then send again.")


class LostDeliveryError(Exception):
    """Somebody else changed the delivery meanwhile; this run lets go of it."""


@dataclass
class _Books:
    """Journal and session of one delivery on the disk."""

    desk: Desk
    entry: QueueEntry
    newest: int = 0

    def begin(self, step: str, kind: Kind) -> int:
        """Record that a request is about to be sent; returns the entry's number."""
        self.newest = journal.begin(
            self.desk.database,
            self.entry.id,
            self.entry.delivery.attempts,
            step,
            kind.value,
            self.desk.clock.now(),
        )
        return self.newest

    def end(self, entry: int, outcome: Outcome, detail: str = "") -> None:
        """Record how it ended."""
        journal.end(self.desk.database, entry, outcome, detail[:500], self.desk.clock.now())

    def unanswered(self) -> Unanswered | None:
        """The last request that publishes, or comes after, whose outcome is in no kept session.

        Without any the last of all: an upload that broke is asked for, not repeated.
        """
        left = journal.since(self.desk.database, self.entry.id, self.entry.covered)
        open_ones = [found for found in left if found.outcome not in HARMLESS]
        weighty = [f for f in open_ones if f.kind in (Kind.PUBLISH, Kind.EXTRA)]
        for found in [*weighty[-1:], *(f for f in left[-1:] if f in open_ones)]:
            return Unanswered(found.step, Kind(found.kind), found.begun_at)
        return None

    def move(self, state: DeliveryState, action: str = "", **changes: Any) -> None:
        """Write a state and what goes with it.

        Raises:
            LostDeliveryError: somebody else changed the delivery.
        """
        queue_part = {
            name: changes.pop(name)
            for name in ("covered", "waited_s", "begun_at", "native")
            if name in changes
        }
        before = self.entry.delivery.state
        moved = self.entry.delivery.moved(state, self.desk.clock.now(), **changes)
        entry = replace(self.entry, delivery=moved, **queue_part)
        if not deliveries.save(self.desk.database, entry, before=before, action=action):
            raise LostDeliveryError(self.entry.id)
        self.entry = entry

    def keep(self, session: Session, state: DeliveryState, **changes: Any) -> None:
        """The session, and with it what came of all requests so far, in one write."""
        covered = max(self.newest, self.entry.covered)
        self.move(state, session=dict(session), covered=covered, **changes)


@dataclass(frozen=True)
class Rest:
    """A delivery that has to wait: look again after ``wait_s`` seconds of ours."""

    entry: QueueEntry
    wait_s: float


def work(desk: Desk, entry: QueueEntry, ctx: JobContext) -> QueueEntry | Rest:
    """Take a delivery as far as it goes: to its end, or to where the network is at work.

    Args:
        desk: the parts of publishing.
        entry: queued and due, or left by an earlier run.
        ctx: progress and cancel; when cancelled the delivery stays as it is, to be gone on with.

    Returns:
        The delivery at its end, or the rest it takes.

    Raises:
        Cancelled: the job was cancelled.
        LostDeliveryError: somebody else changed the delivery.
    """
    books = _Books(desk, entry, newest=entry.covered)
    token = CancelToken()
    watch = _Watch(desk, entry.id, token)
    try:
        with ctx.token.on_cancel(token.cancel), watch.running():
            result = _Work(desk, books, token, ctx, watch).run()
    except Cancelled:
        if ctx.token.cancelled:
            raise
        deliveries.clear_cancel(desk.database, entry.id)
        if not _in_time(books):
            return work(desk, books.entry, ctx)
        books.move(_S.CANCELLED, "delivery.cancelled", error=None)
        result = books.entry
    except LostDeliveryError:
        raise
    except WajoError as error:
        result = _ended_by(desk, books, error)
    except Exception as error:
        _log.exception("delivery %s broke", entry.id)
        trouble = WajoError(UNEXPECTED, code="unexpected", detail=type(error).__name__)
        result = _ended_by(desk, books, trouble)
    if isinstance(result, QueueEntry) and result.delivery.state is _S.PUBLISHED:
        with contextlib.suppress(StoreError):
            proof.keep(desk, result)
    return result


class _Watch:
    """Looks whether a person wants the delivery stopped; heeded while nothing is published."""

    def __init__(self, desk: Desk, delivery_id: str, token: CancelToken) -> None:
        self._desk, self._id, self._token = desk, delivery_id, token
        self._over = threading.Event()
        self.may_cancel = True

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self._look, daemon=True, name="cancel-watch")
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def asked(self) -> bool:
        """Whether somebody asked for it."""
        return deliveries.cancel_is_asked(self._desk.database, self._id)

    def _look(self) -> None:
        while not self._over.wait(_CANCEL_LOOK_S):
            with contextlib.suppress(StoreError):
                if self.may_cancel and self.asked():
                    self._token.cancel()
                    return


class _Work:
    def __init__(
        self, desk: Desk, books: _Books, token: CancelToken, ctx: JobContext, watch: _Watch
    ) -> None:
        self._desk, self._books, self._token = desk, books, token
        self._ctx, self._watch = ctx, watch
        self._keys: Keys | None = None
        self._limit = upload_limit(desk.database)

    def run(self) -> QueueEntry | Rest:
        books, desk = self._books, self._desk
        route = route_of(desk, books.entry)
        if route is None:
            raise CredentialError(NO_ACCOUNT, code="publish.no_account")
        parcel = parcels.open_parcel(desk.folder, books.entry.id).parcel
        delivery = books.entry.delivery
        if books.entry.native:
            parcel = parcels.scheduled(parcel, delivery.due)
        with Http(self._token) as http:
            if delivery.state is _S.QUEUED:
                self._stop_if_asked()
                parcels.verify_content(parcel)
                books.move(
                    _S.SENDING,
                    "delivery.begun",
                    attempts=delivery.attempts + 1,
                    begun_at=desk.clock.now(),
                    error=None,
                )
            else:
                left = books.unanswered()
                if _is_unsettled(left):
                    ended = self._settle(route, parcel, http, None)
                    if ended is not None:
                        return ended
            return self._advance(route, parcel, http)

    def _advance(self, route: Route, parcel: Parcel, http: Http) -> QueueEntry | Rest:
        books = self._books
        for _round in range(_STEPS_MAX):
            session = dict(books.entry.delivery.session)
            self._watch.may_cancel = standing(session) == "before"
            self._stop_if_asked()
            try:
                did = route.publisher.advance(
                    route.account, parcel, session, self._wire(route, http)
                )
            except OutcomeUnknownError as error:
                ended = self._settle(route, parcel, http, error)
                if ended is not None:
                    return ended
                continue
            if isinstance(did, Done):
                return self._published(did)
            if isinstance(did, Step):
                books.keep(did.session, _S.SENDING)
                continue
            waited_s = books.entry.waited_s + did.wait_s
            books.keep(did.session, _S.PROCESSING, waited_s=waited_s)
            if waited_s > did.limit_s:
                return self._still_processing(did)
            return Rest(books.entry, did.wait_s * self._desk.origins.scale)
        raise AssertionError(f"no end after {_STEPS_MAX} steps")

    def _settle(
        self, route: Route, parcel: Parcel, http: Http, error: WajoError | None
    ) -> QueueEntry | None:
        """Ask the network what came of a publishing request; ``None``: it worked, go on."""
        books = self._books
        self._watch.may_cancel = False
        try:
            found = route.publisher.find(
                route.account,
                parcel,
                dict(books.entry.delivery.session),
                self._wire(route, http),
            )
        except WajoError as trouble:
            _unknown(books, trouble if error is None else error)
            return books.entry
        if isinstance(found, Found):
            books.keep(found.session, _S.SENDING)
            return None
        if isinstance(found, NotPublished):
            books.move(
                _S.FAILED, "delivery.failed", error=_error("publish.not_published", NOT_PUBLISHED)
            )
            return books.entry
        _unknown(books, error, found.detail)
        return books.entry

    def _published(self, done: Done) -> QueueEntry:
        books = self._books
        remarks = (*books.entry.delivery.remarks, *done.remarks)
        books.move(
            _S.PUBLISHED,
            "delivery.published",
            link=done.link,
            remote_id=done.remote_id,
            remarks=tuple(dict.fromkeys(remarks)),
            error=None,
            covered=max(books.newest, books.entry.covered),
        )
        return books.entry

    def _still_processing(self, pause: Pause) -> QueueEntry:
        minutes = max(round(pause.limit_s / 60), 1)
        error = DeliveryError(
            "publish.still_processing", _(STILL_PROCESSING).format(minutes=minutes)
        )
        self._books.move(_S.UNKNOWN, "delivery.unknown", error=error)
        return self._books.entry

    def _wire(self, route: Route, http: Http) -> Wire:
        self._keys = self._keys or route.keys(http)
        return Wire(
            http,
            self._keys,
            self._books,
            route.publisher.judge,
            Job(self._ctx.report, self._token),
            self._desk.clock,
            route.origins,
            unanswered=self._books.unanswered(),
            bandwidth_bytes_per_s=self._limit,
        )

    def _stop_if_asked(self) -> None:
        self._ctx.check()
        if self._watch.may_cancel and self._watch.asked():
            raise Cancelled


def _ended_by(desk: Desk, books: _Books, error: WajoError) -> QueueEntry:
    """The state after an error: what is certain decides."""
    entry = books.entry
    how = standing(entry.delivery.session)
    left = books.unanswered()
    if isinstance(error, AuthExpiredError):
        accounts.note_refused(desk.database, entry.delivery.account_id, desk.clock.now())
    if how == "published":
        remarks = (*entry.delivery.remarks, str(error))
        books.move(_S.PUBLISHED, "delivery.published", remarks=remarks, error=None)
    elif _is_unsettled(left) or (how == "perhaps" and not _is_definite(books, error)):
        _unknown(books, error)
    else:
        failure = DeliveryError(error.code, str(error), error.detail)
        books.move(_S.FAILED, "delivery.failed", error=failure)
    return books.entry


def _is_definite(books: _Books, error: WajoError) -> bool:
    """Whether an error says for certain that nothing was published."""
    if isinstance(error, RejectedError | NotAllowedError):
        return True
    since = journal.since(books.desk.database, books.entry.id, books.entry.covered)
    publishing = [found for found in since if found.kind == Kind.PUBLISH]
    # The request that publishes came to nothing, and no earlier one is on its way.
    return isinstance(error, PublishError) and bool(publishing)


def _is_unsettled(left: Unanswered | None) -> bool:
    return left is not None and left.kind is Kind.PUBLISH


def _unknown(books: _Books, error: WajoError | None, detail: str = "") -> None:
    words = DeliveryError("publish.outcome_unknown", _(UNCLEAR), detail)
    if error is not None:
        message = str(error) if isinstance(error, OutcomeUnknownError) else _(UNCLEAR)
        words = DeliveryError("publish.outcome_unknown", message, detail or error.detail)
    books.move(_S.UNKNOWN, "delivery.unknown", error=words)


def _in_time(books: _Books) -> bool:
    """Whether a stop came before anything could be published; else it has to go on to its end."""
    how = standing(books.entry.delivery.session)
    return how == "before" and not _is_unsettled(books.unanswered())


def _error(code: str, message: str, detail: str = "") -> DeliveryError:
    return DeliveryError(code, _(message), detail)
