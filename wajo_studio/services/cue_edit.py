"""Editing subtitles in a list: what was typed, and what comes of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.services.trim_edit import parse_clock
from wajo_studio.video.subtitles import Cue


@dataclass(frozen=True)
class CueRow:
    """One line of the list, as typed."""

    start: str
    end: str
    text: str


class RowError(InputError):
    """A line of the list that cannot be used; ``row`` counts from 0."""

    code = "input.subtitle"

    def __init__(self, row: int, message: str, text: str = "") -> None:
        super().__init__(message, number=row + 1, text=text)
        self.row = row


def cues_of_rows(rows: Sequence[CueRow]) -> tuple[Cue, ...]:
    """The subtitles of a list, in order of time; lines without words are left out.

    Raises:
        RowError: a time is none, an end is not behind its start, or two overlap.
    """
    found: list[tuple[Cue, int]] = []
    for number, row in enumerate(rows):
        text = "\n".join(line.strip() for line in row.text.splitlines() if line.strip())
        if not text:
            continue
        start_s, end_s = _seconds(number, row.start), _seconds(number, row.end)
        if end_s <= start_s:
            raise RowError(number, N_("Line {number} ends before it begins; correct its times."))
        found.append((Cue(start_s, end_s, text), number))
    found.sort(key=lambda entry: entry[0].start_s)
    for (before, _first), (after, number) in pairwise(found):
        if before.end_s > after.start_s:
            raise RowError(
                number,
                N_("Line {number} begins before the line before it ends; correct one of the two."),
            )
    if not found:
        raise InputError(N_("No line has words; write some, or remove the subtitles instead."))
    return tuple(cue for cue, _number in found)


def _seconds(row: int, text: str) -> Fraction:
    try:
        return Fraction(round(parse_clock(text) * 1000), 1000)
    except InputError:
        raise RowError(
            row, N_("Line {number}: “{text}” is no time; write it as 00:12.4."), text=text.strip()
        ) from None
