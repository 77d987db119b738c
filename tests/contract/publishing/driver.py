"""Drives an adapter as the queue does: keeps the session, journals, ends anywhere, starts anew."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.contract.publishing.fakes.base import FakeNetwork
from tests.contract.publishing.serving import RENEWED, Served
from wajo_studio.clock import FixedClock
from wajo_studio.domain.account import Account
from wajo_studio.errors import AuthExpiredError, OutcomeUnknownError, PublishError
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Http
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.publisher import (
    Done,
    Found,
    NotPublished,
    Pause,
    Publisher,
    Session,
    standing,
)
from wajo_studio.networks.registry import publisher_for
from wajo_studio.networks.wire import HARMLESS, Kind, Outcome, Unanswered, Wire
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.specs.loader import load_specs

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
_STEPS_MAX = 400


class Killed(BaseException):
    """The process ended here."""


@dataclass
class Entry:
    """One line of the journal; ``outcome`` is empty until the request ended."""

    step: str
    kind: Kind
    outcome: Outcome | str = ""


@dataclass
class Disk:
    """What outlives the process: the session as JSON text, and the journal.

    Attributes:
        kill_at: number of the request at which the process ends, and where: ``before`` it is
            sent, ``after`` it was answered, ``unsaved``: its answer is journalled, but what
            came of it is not kept yet, ``saved``: it is kept.
    """

    session: str = "{}"
    entries: list[Entry] = field(default_factory=list)
    kept: int = 0
    kill_at: tuple[int, str] | None = None

    def begin(self, step: str, kind: Kind) -> int:
        number = len(self.entries)
        self.entries.append(Entry(step, kind))
        if self.kill_at == (number, "before"):
            raise Killed
        return number

    def end(self, entry: int, outcome: Outcome, detail: str = "") -> None:
        if self.kill_at == (entry, "after"):
            raise Killed
        self.entries[entry].outcome = outcome
        if self.kill_at == (entry, "unsaved"):
            raise Killed

    def keep(self, session: Session) -> None:
        """The session and the end of its requests, in one transaction."""
        self.session = json.dumps(session)
        self.kept = len(self.entries)
        if self.kill_at == (self.kept - 1, "saved"):
            raise Killed

    @property
    def unanswered(self) -> Unanswered | None:
        """What an earlier process left open."""
        since = [entry for entry in self.entries[self.kept :] if entry.outcome not in HARMLESS]
        # Questions asked after it, to find out what came of it, do not close it.
        counting = [entry for entry in since if entry.kind in (Kind.PUBLISH, Kind.EXTRA)]
        last = (counting or since)[-1:]
        return Unanswered(last[0].step, last[0].kind, NOW) if last else None


@dataclass
class KeysInHand:
    """Two access tokens: the second is what renewing gives."""

    credentials: Credentials
    renewals: int = 0

    def current(self) -> Credentials:
        return self.credentials

    def renewed(self, refused: Credentials) -> Credentials:
        from dataclasses import replace

        if self.renewals:
            raise AuthExpiredError("refused again")
        self.renewals += 1
        self.credentials = replace(refused, access_token=RENEWED)
        return self.credentials


@dataclass
class Result:
    """How a delivery ended, as a person would see it."""

    state: str
    remote_id: str | None = None
    link: str | None = None
    remarks: tuple[str, ...] = ()
    error: Exception | None = None


class Bench:
    """An adapter, a fake being served, and the disk of the one delivery between them.

    ``settings`` are those of the spec data that differ, such as small upload pieces.
    """

    def __init__(
        self,
        served: Served,
        account: Account,
        parcel: Parcel,
        credentials: Credentials | None = None,
        now: datetime = NOW,
        token: CancelToken | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.served, self.account, self.parcel = served, account, parcel
        self.fake: FakeNetwork = served.fake
        network = account.network
        table: Mapping[Any, Mapping[str, str]] = {network: self.fake.origins(served.origin)}
        self.origins = Origins(table, scale=0.0)
        specs = load_specs()
        spec = specs[parcel.placement]
        changed = spec.model_copy(update={"settings": {**spec.settings, **(settings or {})}})
        specs |= {spec.id: changed}
        self.publisher: Publisher = publisher_for(network, specs, self.origins)
        self.keys = KeysInHand(credentials or Credentials("token-1"))
        self.disk = Disk()
        self.clock = FixedClock(now)
        self.token = token or CancelToken()
        self.waited_s = 0.0
        self.watch: Callable[[Session], None] = lambda _session: None
        """Called with each session that is kept."""

    def _wire(self, http: Http) -> Wire:
        return Wire(
            http,
            self.keys,
            self.disk,
            self.publisher.judge,
            Job(token=self.token),
            self.clock,
            self.origins,
            unanswered=self.disk.unanswered,
        )

    def deliver(self) -> Result:
        """Go on from what the disk holds until the delivery ends.

        Raises:
            Killed: at the request that ``disk.kill_at`` names.
        """
        with Http(self.token) as http:
            wire = self._wire(http)
            try:
                left = wire.unanswered
                if left is not None and left.kind is Kind.PUBLISH:
                    ended = self._settle(wire)
                    if ended is not None:
                        return ended
                return self._advance(wire)
            except Cancelled:
                left = self.disk.unanswered
                unsettled = left is not None and left.kind is Kind.PUBLISH
                if standing(json.loads(self.disk.session)) == "before" and not unsettled:
                    return Result("cancelled")
                self.token = CancelToken()  # too late: it goes on
            except PublishError as error:
                return Result("failed", error=error)
        return self.deliver()

    def _advance(self, wire: Wire) -> Result:
        for _round in range(_STEPS_MAX):
            session = json.loads(self.disk.session)
            if standing(session) == "before":
                self.token.check()
            try:
                did = self.publisher.advance(self.account, self.parcel, session, wire)
            except OutcomeUnknownError as error:
                ended = self._settle(wire, error)
                if ended is not None:
                    return ended
                continue
            if isinstance(did, Done):
                return Result("published", did.remote_id, did.link, did.remarks)
            self._keep(did.session)
            if isinstance(did, Pause):
                self.waited_s += did.wait_s
                if self.waited_s > did.limit_s:
                    return Result("unknown")
        raise AssertionError(f"no end after {_STEPS_MAX} steps: {self.disk.session}")

    def _settle(self, wire: Wire, error: Exception | None = None) -> Result | None:
        """Ask the network; ``None``: it was published, go on."""
        session = json.loads(self.disk.session)
        found = self.publisher.find(self.account, self.parcel, session, wire)
        if isinstance(found, Found):
            self._keep(found.session)
            return None
        if isinstance(found, NotPublished):
            return Result("failed", error=error)
        return Result("unknown", error=error)

    def _keep(self, session: Session) -> None:
        self.disk.keep(session)
        self.watch(session)

    def deliver_through_kills(self) -> Result:
        """:meth:`deliver`, started anew whenever it is killed."""
        while True:
            try:
                return self.deliver()
            except Killed:
                self.disk.kill_at = None
