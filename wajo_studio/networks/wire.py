"""The wire: every request of a delivery goes through it, journalled before and after.

What may be repeated is decided here, once for all networks: see :class:`Kind`.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal, Protocol

from wajo_studio.clock import Clock
from wajo_studio.errors import (
    AuthExpiredError,
    OfflineError,
    OutcomeUnknownError,
    PublishError,
    RateLimitedError,
    UnavailableError,
)
from wajo_studio.i18n import N_
from wajo_studio.networks.credentials import Credentials, Keys
from wajo_studio.networks.http import Answer, Http, NoAnswerError, NotSentError, Request, Slice
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.verdict import Judge, Verdict, VerdictKind
from wajo_studio.progress import Cancelled, JobContext

ATTEMPTS = 6
"""How often a request that may be repeated is sent before it counts as failed."""
LONGEST_WAIT_S = 300.0
"""The longest wait that a network may ask for within a delivery; longer ones end it."""
_FIRST_BACKOFF_S = 1.0
_LOOK_S = 0.1


class Kind(StrEnum):
    """What sending a request twice would do."""

    READ = "read"
    """Nothing: it only asks."""
    REPEATABLE = "repeatable"
    """Nothing that anybody sees: an upload, a draft, the same value set again."""
    PUBLISH = "publish"
    """It could publish twice: never repeated unless it surely was not done."""
    EXTRA = "extra"
    """What comes after publishing and could happen twice, such as a comment; never repeated."""


REPEATED = frozenset({Kind.READ, Kind.REPEATABLE})


Outcome = Literal["answered", "refused", "unclear", "no-answer", "not-sent", "cancelled"]
"""``answered``: done. ``refused``: not done, for good or for now. ``unclear``: answered so that
nobody knows. ``no-answer``: it went out, at least in part. ``not-sent``, ``cancelled``: no."""
HARMLESS: frozenset[Outcome] = frozenset({"refused", "not-sent", "cancelled"})
"""Outcomes after which a request surely was not done."""


class Journal(Protocol):
    """Keeps what was sent, on disk before it is sent."""

    def begin(self, step: str, kind: Kind) -> int:
        """Record that a request is about to be sent; returns the entry's number."""

    def end(self, entry: int, outcome: Outcome, detail: str = "") -> None:
        """Record how it ended."""


@dataclass(frozen=True)
class Unanswered:
    """The request an earlier run sent without living to keep what came of it.

    That is the last ``PUBLISH`` or ``EXTRA`` since the session was last kept that did not end in
    one of ``HARMLESS``; without any, the last entry of all. An answer that was journalled but
    never got into a kept session counts as none, and questions asked after it, to find out what
    came of it, do not close it: a crash there would publish again.
    """

    step: str
    kind: Kind
    begun_at: datetime


class Wire:
    """What an adapter may do: send, wait, report. One delivery, one wire.

    Args:
        http: the transport.
        keys: the account's credentials.
        journal: where each request is recorded.
        judge: the network's way of answering.
        ctx: progress and cancel of the job.
        unanswered: the request that an earlier run left open.
        bandwidth_bytes_per_s: upper bound for uploads; ``None``: none.
    """

    def __init__(
        self,
        http: Http,
        keys: Keys,
        journal: Journal,
        judge: Judge,
        ctx: JobContext,
        clock: Clock,
        origins: Origins,
        *,
        unanswered: Unanswered | None = None,
        bandwidth_bytes_per_s: float | None = None,
    ) -> None:
        self._http, self._keys, self._journal, self._judge = http, keys, journal, judge
        self._ctx, self._clock = ctx, clock
        self._bandwidth = bandwidth_bytes_per_s
        self.origins = origins
        self.unanswered = unanswered

    def now(self) -> datetime:
        """The present moment, with zone."""
        return self._clock.now()

    def credentials(self) -> Credentials:
        """The account's credentials, for an adapter that has to know what it was given.

        Raises:
            CredentialError: they cannot be read.
        """
        return self._keys.current()

    def report(self, fraction: float, text: str = "") -> None:
        """Tell how far the delivery is, 0-1."""
        self._ctx.report(fraction, text)

    def pause(self, seconds: float) -> None:
        """Wait; every wait of a delivery goes through here.

        Raises:
            Cancelled: the person cancelled meanwhile.
        """
        until = time.monotonic() + seconds * self.origins.scale
        while (left := until - time.monotonic()) > 0:
            self._ctx.check()
            time.sleep(min(left, _LOOK_S))
        self._ctx.check()

    def slice(
        self, path: Path, start: int, length: int, sent: Callable[[int], None] = lambda _n: None
    ) -> Slice:
        """A part of a file to send; ``sent`` is told the bytes of each piece as it goes out."""

        def watch(count: int) -> None:
            self._ctx.check()
            if self._bandwidth:
                time.sleep(count / self._bandwidth)
            sent(count)

        return Slice(path, start, length, watch)

    def send(
        self,
        step: str,
        kind: Kind,
        build: Callable[[Credentials], Request],
        *,
        judge: Judge | None = None,
        once: bool = False,
        patient: bool = False,
    ) -> Answer:
        """Send a request and give the answer that says it was done.

        Args:
            step: a name of the request for the journal, unique within the delivery where it
                matters (``photo 2``, ``publish``).
            kind: what sending it twice would do.
            build: makes the request with the credentials in force; called again for each try,
                so that a body made in it begins at its start again.
            judge: instead of the network's usual one.
            once: do not repeat a lost or unclear ``REPEATABLE``: raise ``UnavailableError``, so
                that the adapter can ask first how much arrived.
            patient: a ``REPEATABLE`` with which something gets published, such as the last
                piece of an upload: when cancelled meanwhile, wait for its answer all the same.

        Raises:
            OutcomeUnknownError: a ``PUBLISH`` or ``EXTRA`` may have been done or not.
            PublishError: it was not done.
            CredentialError: the account's secrets cannot be read.
            Cancelled: the person cancelled; never raised once a ``PUBLISH`` went out.
        """
        if kind is Kind.EXTRA and self.unanswered is not None and self.unanswered.step == step:
            raise unclear("an earlier run sent this and saw no answer")
        keys = self._keys.current()
        renewed = False
        waited_s = 0.0
        for attempt in range(1, ATTEMPTS + 1):
            request = build(keys)
            verdict, answer = self._try(step, kind, request, judge or self._judge, patient)
            if verdict.kind == "done" and answer is not None:
                return answer
            if verdict.kind == "refused":
                raise verdict.error or UnavailableError(_UNAVAILABLE, detail=verdict.detail)
            if verdict.kind == "token":
                if renewed:
                    raise verdict.error or expired(verdict.detail)
                keys, renewed = self._keys.renewed(keys), True
                continue
            if verdict.kind == "unclear" and kind not in REPEATED:
                raise unclear(verdict.detail)
            if verdict.kind == "unclear" and once:
                raise verdict.error or UnavailableError(_UNAVAILABLE, detail=verdict.detail)
            wait_s = verdict.wait_s if verdict.wait_s is not None else _backoff_s(attempt)
            waited_s += wait_s
            if attempt == ATTEMPTS or waited_s > LONGEST_WAIT_S:
                raise _given_up(verdict, wait_s)
            self.pause(wait_s)
        raise AssertionError("the last attempt returns or raises")

    def _try(
        self, step: str, kind: Kind, request: Request, judge: Judge, patient: bool
    ) -> tuple[Verdict, Answer | None]:
        self._ctx.check()
        entry = self._journal.begin(step, kind)
        matters = kind not in REPEATED
        try:
            answer = self._http.send(
                request, fresh=matters, cancellable=not matters and not patient
            )
        except Cancelled:
            self._journal.end(entry, "cancelled")
            raise
        except NotSentError as error:
            self._journal.end(entry, "not-sent", str(error))
            offline = OfflineError(_OFFLINE, detail=str(error))
            problem = offline if error.offline else UnavailableError(_UNREACHED, detail=str(error))
            return Verdict("busy", problem, detail=str(error)), None
        except NoAnswerError as error:
            self._journal.end(entry, "no-answer", str(error))
            return Verdict("unclear", UnavailableError(_LOST, detail=str(error))), None
        verdict = judge(answer)
        self._journal.end(entry, _OUTCOMES[verdict.kind], f"HTTP {answer.status} {verdict.kind}")
        return verdict, answer


_OUTCOMES: dict[VerdictKind, Outcome] = {
    "done": "answered",
    "refused": "refused",
    "busy": "refused",
    "token": "refused",
    "unclear": "unclear",
}

_UNAVAILABLE = N_("The network has a fault at present. Your post is safe; try again later.")
_UNREACHED = N_(
    "The network could not be reached. Your post is safe; check the internet connection, "
    "then try again."
)
_OFFLINE = N_("There is no internet connection. Your post is safe; connect, then try again.")
_LOST = N_("The connection to the network broke. Your post is safe; try again later.")


def expired(detail: str = "") -> AuthExpiredError:
    """The network no longer accepts the account's token."""
    return AuthExpiredError(
        N_(
            "The network no longer accepts this account's sign-in. Your post is safe; connect "
            "the account again under Settings > Accounts."
        ),
        detail=detail,
    )


def unclear(detail: str) -> OutcomeUnknownError:
    """Nobody knows whether it was published; ``detail`` is technical English."""
    return OutcomeUnknownError(
        N_(
            "It is not certain whether this was published: the network's answer did not arrive. "
            "Look at the account, then tell whether it is there."
        ),
        detail=detail,
    )


def _given_up(verdict: Verdict, wait_s: float) -> PublishError:
    if verdict.error is not None:
        return verdict.error
    if verdict.kind == "busy":
        return RateLimitedError(
            N_("The network takes no more for now. Your post is safe; try again in {minutes} min."),
            minutes=max(round(wait_s / 60), 1),
            retry_after_s=wait_s,
            detail=verdict.detail,
        )
    return UnavailableError(_UNAVAILABLE, detail=verdict.detail)


def _backoff_s(attempt: int) -> float:
    """1, 2, 4, 8, 16 seconds, each up to a quarter more or less."""
    return float(_FIRST_BACKOFF_S * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))  # noqa: S311
