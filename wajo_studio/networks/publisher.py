"""The port every network's adapter fulfils."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from wajo_studio.clock import Clock
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Http
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.verdict import Verdict
from wajo_studio.networks.wire import Wire

Session = Mapping[str, Any]
"""What an adapter remembers between steps: JSON values. ``{}`` at the start.

One key has the same meaning everywhere: see :func:`standing`.
"""

Standing = Literal["before", "perhaps", "published"]


def standing(session: Session) -> Standing:
    """How far a session is, for whoever wants to cancel it or give it up.

    ``before``: nothing is published. ``perhaps``: a request that publishes is under way; only
    :meth:`Publisher.find` can tell. ``published``: it is, whatever happens to the rest. Adapters
    keep it under the key ``standing``, written before the request that changes it.
    """
    found: Standing = session.get("standing", "before")
    return found


@dataclass(frozen=True)
class Step:
    """A step is done: keep ``session``, then go on at once."""

    session: Session


@dataclass(frozen=True)
class Pause:
    """The network is at work: keep ``session``, look again after ``wait_s`` seconds.

    ``limit_s``: after so many seconds of pauses of this delivery the outcome is unclear.
    """

    session: Session
    wait_s: float
    limit_s: float


@dataclass(frozen=True)
class Done:
    """It is published, or the network has taken it and publishes it at the asked time.

    ``remarks``: sentences, translated, about what failed beside the publishing.
    """

    remote_id: str | None
    link: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """The network shows how far it got: it is published, or an upload stands in the middle.

    ``session`` goes on from there, and nothing is done twice by that.
    """

    session: Session


@dataclass(frozen=True)
class NotPublished:
    """The network proves that it was not published."""


@dataclass(frozen=True)
class Unclear:
    """The network cannot tell; only a person can. ``detail`` is technical English."""

    detail: str = ""


@dataclass(frozen=True)
class Capabilities:
    """What an adapter can do in a placement.

    Attributes:
        schedules: the network itself publishes at a given time, between ``schedule_min_s`` and
            ``schedule_max_s`` seconds ahead.
        alt_text: alternative texts are sent along.
    """

    schedules: bool = False
    schedule_min_s: float = 0
    schedule_max_s: float = 0
    alt_text: bool = False


@dataclass(frozen=True)
class Identity:
    """Whose account a token belongs to, as the network tells it.

    Attributes:
        scopes: what the token may do; empty where the network does not tell.
        missing_scopes: what publishing needs and the token lacks.
    """

    remote_id: str
    name: str
    username: str | None = None
    scopes: tuple[str, ...] = ()
    missing_scopes: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


class Publisher(Protocol):
    """One network's protocol, in steps small enough to be repeated after a crash.

    An adapter holds no state of its own; it waits only through the wire, and it never decides
    by itself to publish a second time.
    """

    network: Network

    def judge(self, answer: Answer) -> Verdict:
        """What an answer of this network means: its table of codes, then the status."""

    def capabilities(self, placement: str) -> Capabilities:
        """What can be done in a placement."""

    def verify(self, account: Account, wire: Wire) -> Identity:
        """Ask the network whose token it is.

        Raises:
            PublishError: the token is dead, or the network cannot be reached.
        """

    def advance(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Step | Pause | Done:
        """Do one step: at most one request with an effect, then return.

        Called again and again with the session it gave, also after a crash: a request whose
        answer never arrived is made again, unless it was a publishing one (then
        :meth:`find` is asked first).

        Raises:
            OutcomeUnknown: it may have been published, or not.
            PublishError: it was not published, for the reason told.
            Cancelled: the job was stopped. :func:`standing` and the journal tell whether that
                was in time; where it was not, the delivery goes on, now or at the next start.
        """

    def find(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Found | NotPublished | Unclear:
        """Find out whether the publishing request of ``session`` that was never answered worked.

        Only reads. Waits between its looks as the network's sheet says, through the wire. A
        network that cannot be asked now makes it ``Unclear``, never an error.
        """

    def refresh(
        self, account: Account, credentials: Credentials, http: Http, clock: Clock
    ) -> Credentials:
        """New credentials from the refresh token, everything else as it was.

        Raises:
            AuthExpired: refused: the person has to connect the account again.
            PublishError: the network cannot be reached now.
        """
