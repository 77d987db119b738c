"""The one source of time inside the program, so that tests and ``--now`` can fix it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from wajo_studio.i18n import WITA


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, with zone."""


class SystemClock:
    """The PC's clock."""

    def now(self) -> datetime:
        """The present moment in WITA."""
        return datetime.now(WITA)


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still."""

    moment: datetime

    def now(self) -> datetime:
        """The fixed moment."""
        return self.moment


def today(clock: Clock) -> date:
    """The WITA date."""
    return clock.now().astimezone(WITA).date()


def parse_time(text: str) -> datetime:
    """Read an ISO 8601 time; without a zone it is WITA.

    Raises:
        ValueError: ``text`` is no ISO 8601 date or time.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=WITA)
