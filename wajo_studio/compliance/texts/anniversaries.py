"""The rule on anniversaries: the number that is celebrated fits the year."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from wajo_studio.compliance.check import WRITTEN, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.dates import dates
from wajo_studio.compliance.texts.lexicon import Lexicon
from wajo_studio.compliance.texts.reading import Reading

_ORDINAL = re.compile(r"\bke[- ]?(\d{1,3})\b(?! kali\b)")
_REACH = 45
"""Code points around a number in which the name of its anniversary is looked for."""
_ADJACENT = 14
"""Code points between a number and that name."""
_CELEBRATES = re.compile(r"\b(?:peringatan|memperingati|ulang tahun|hut|perayaan|merayakan|jadi)$")
"""Words before a number that stands before the name; "lomba ke-3 Hari Ibu" counts contests."""
_YEAR = re.compile(r"(?<![\d.,/])(1[3-9]\d{2}|20\d{2})(?![\d]|[.,]\d)")
_SOON_DAYS = 75
"""So near an anniversary, no other year than its own is meant."""


@text_check("anniversary-number-wrong", WRITTEN)
def anniversary_number_wrong(subject: TextSubject) -> Iterator[Hit]:
    """The number of a known anniversary fits its year; unknown ones are nobody's business."""
    reading = subject.reading
    for match in _ORDINAL.finditer(reading.folded):
        entry = _anniversary_of(reading, match)
        if entry is None:
            continue
        years = _years_meant(subject, match, entry)
        if int(match[1]) not in {year - entry["base"] for year in years}:
            right = years[0] - entry["base"]
            yield Hit(
                params={"year": str(years[0]), "name": entry["name"], "right": str(right)},
                span=match.span(),
                replacement=match[0].replace(match[1], str(right)),
            )


@cache
def _names() -> tuple[tuple[Lexicon, dict[str, Any]], ...]:
    return tuple((Lexicon(entry["says"]), entry) for entry in data.table("dates")["anniversary"])


def _anniversary_of(reading: Reading, ordinal: re.Match[str]) -> dict[str, Any] | None:
    """The anniversary named nearest to a number, also around it: ``HUT ke-81 RI``."""
    sentence = reading.sentence(ordinal.start())
    before = reading.folded[
        max(sentence.start, ordinal.start() - _REACH) : ordinal.start()
    ].rstrip()
    after = reading.folded[ordinal.end() : min(sentence.end, ordinal.end() + _REACH)].lstrip()
    for others in reversed(list(_ORDINAL.finditer(before))):
        before = before[others.end() :]
        break
    joined = Reading(f"{before} {after}")
    cut = len(before)
    best: tuple[int, dict[str, Any]] | None = None
    for lexicon, entry in _names():
        for name in joined.find(lexicon):
            if name.start > cut and not _CELEBRATES.search(before):
                continue
            gap = max(name.start - cut, cut - name.end, 0)
            if gap <= _ADJACENT and (best is None or gap < best[0]):
                best = (gap, entry)
    return best[1] if best else None


def _years_meant(subject: TextSubject, ordinal: re.Match[str], entry: dict[str, Any]) -> list[int]:
    """The years an anniversary may be meant of: a date of its own, the sentence's, else near."""
    reading = subject.reading
    own = [
        day.year
        for period in dates(reading)
        for day in period.days
        if (day.month, day.day) == (entry["month"], entry["day"])
        and day.year not in (None, entry["base"])
    ]
    if own:
        return [year for year in own if year is not None]
    sentence = reading.sentence(ordinal.start())
    written = [
        int(match[1])
        for match in _YEAR.finditer(reading.folded, sentence.start, sentence.end)
        if int(match[1]) > entry["base"] + 1
    ]
    if written:
        return written
    near = sorted(
        (
            date(year, entry["month"], entry["day"])
            for year in range(subject.today.year - 1, subject.today.year + 2)
        ),
        key=lambda day: abs((day - subject.today).days),
    )
    if abs((near[0] - subject.today).days) <= _SOON_DAYS:
        return [near[0].year]
    return [near[0].year, near[1].year]
