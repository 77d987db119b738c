"""Indonesian dates, ranges of dates and weekdays in a text."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from wajo_studio.compliance.texts.reading import Reading, read

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

_FULL = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_FULL |= {"pebruari": 2, "nopember": 11, "agustus": 8}
_SHORT = {
    "jan": 1,
    "feb": 2,
    "peb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "agt": 8,
    "ags": 8,
    "agu": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "nov": 11,
    "nop": 11,
    "des": 12,
}
_WEEKDAY = {name.lower(): number for number, name in enumerate(WEEKDAYS)}
_WEEKDAY |= {"jum'at": 4, "ahad": 6}

JOINER = r" ?(?:[-–—]|\bs\.? ?d\.?|\bs/d\b|\bsampai(?: dengan)?\b|\bhingga\b|\bke\b) ?"
_AND = r" ?(?:\bdan\b|&|\bserta\b) ?"
_MONTH = "|".join(sorted([*_FULL, *_SHORT], key=len, reverse=True))
_WORDS = re.compile(
    rf"(?<![\d/])(?<!\d[.,\-])(?:(?P<first>\d{{1,2}})(?P<joiner>{JOINER}"
    rf"|{_AND}))?(?P<day>\d{{1,2}})[ \n](?P<month>{_MONTH})\b"
    r"\.?(?:,?[ \n](?P<year>\d{4})(?!\d))?"
)
_FIGURES = re.compile(
    r"(?<![\w.,/\-])(?P<day>\d{1,2})(?P<sign>[/.\-])(?P<month>\d{1,2})(?P=sign)(?P<year>"
    r"(?:19|20)\d{2})(?!\d|[/.\-]\d|/\w)"
)
_ISO = re.compile(
    r"(?<![\w./\-])(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d|[/.\-]\d)"
)
_MONTH_ALONE = re.compile(rf"(?<![\w])(?<!\d )({'|'.join(_FULL)}) (\d{{4}})(?!\d)")
_RANGE = re.compile(
    JOINER + r"(?: ?\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b,? ?)?"
)
_DAY_NAME = re.compile(r"\b(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b")
_LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Day:
    """A day as written; the year may be absent, and the day need not exist."""

    day: int
    month: int
    year: int | None

    @property
    def exists(self) -> bool:
        """Whether the calendar knows it; without a year 29 February does."""
        if not 1 <= self.month <= 12 or self.day < 1:
            return False
        if self.year is None:
            return self.day <= _LAST_DAYS[self.month - 1]
        return self.on(self.year) is not None

    def on(self, year: int) -> date | None:
        """The date in a year, or None when that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def near(self, today: date) -> date | None:
        """The date meant: of its own year, else the nearest to today."""
        if self.year is not None:
            return self.on(self.year)
        return min(self.candidates(today), key=lambda d: abs((d - today).days), default=None)

    def candidates(self, today: date) -> list[date]:
        """The dates it may be without a year, of the years around today."""
        years = (today.year - 1, today.year, today.year + 1)
        return [found for year in years if (found := self.on(year))]

    def written(self) -> str:
        """``30 Oktober 2025``, as people write it."""
        year = f" {self.year}" if self.year else ""
        return f"{self.day} {MONTHS[self.month - 1]}{year}"


@dataclass(frozen=True)
class Period:
    """A date, or a range or pair of dates.

    Attributes:
        start, end: where it stands, end exclusive.
        first: its first day.
        last: its last day; None for a single date.
        figures: whether the month is a number.
        is_range: False for two days joined by "dan".
    """

    start: int
    end: int
    first: Day
    last: Day | None = None
    figures: bool = False
    is_range: bool = True

    @property
    def year(self) -> int | None:
        """The year of its first day."""
        return self.first.year

    @property
    def final(self) -> Day:
        """Its last day."""
        return self.last or self.first

    @property
    def days(self) -> tuple[Day, ...]:
        """One or two days."""
        return (self.first, self.last) if self.last else (self.first,)


@dataclass(frozen=True)
class Weekday:
    """A day's name: where it stands, and its number from Monday 0."""

    start: int
    end: int
    number: int


def dates(reading: Reading) -> list[Period]:
    """Every date of a text, first to last; ranges are one entry."""
    return list(_dates(reading.text))


@lru_cache(maxsize=64)
def _dates(text: str) -> tuple[Period, ...]:
    reading = read(text)
    found = [*_in_words(reading), *_in_figures(reading)]
    found.sort(key=lambda period: period.start)
    joined: list[Period] = []
    for period in found:
        before = joined[-1] if joined else None
        if before and before.end > period.start:
            continue
        if before and before.last is None and period.last is None:
            gap = reading.folded[before.end : period.start]
            if len(gap) <= 30 and _RANGE.fullmatch(gap):
                first = _same_year(before.first, period.first)
                joined[-1] = replace(before, end=period.end, first=first, last=period.first)
                continue
        joined.append(period)
    return tuple(joined)


def _same_year(first: Day, last: Day) -> Day:
    """The first day of a range with the year of the last, or the year before it."""
    if first.year is not None or last.year is None:
        return first
    year = last.year - 1 if first.month > last.month else last.year
    return replace(first, year=year)


def _in_words(reading: Reading) -> list[Period]:
    found = []
    for match in _WORDS.finditer(reading.folded):
        name = match["month"]
        if name in _SHORT and not reading.plain[match.start("month")].isupper():
            continue
        month = _FULL.get(name) or _SHORT[name]
        year = int(match["year"]) if match["year"] else None
        last = Day(int(match["day"]), month, year)
        if match["first"] is None:
            found.append(Period(match.start("day"), match.end(), last))
        else:
            first = Day(int(match["first"]), month, year)
            is_range = not re.fullmatch(_AND, match["joiner"])
            found.append(Period(match.start(), match.end(), first, last, is_range=is_range))
    return found


def _in_figures(reading: Reading) -> list[Period]:
    found = []
    for pattern in (_FIGURES, _ISO):
        for match in pattern.finditer(reading.folded):
            day = Day(int(match["day"]), int(match["month"]), int(match["year"]))
            found.append(Period(*match.span(), day, figures=True))
    return found


def months(reading: Reading) -> list[date]:
    """The last days of months named without a day, such as ``Desember 2026``."""
    found = []
    for match in _MONTH_ALONE.finditer(reading.folded):
        month, year = _FULL[match[1]], int(match[2])
        if 1 <= year <= 9000:
            found.append(date(year, month, min(_LAST_DAYS[month - 1], 28)))
    return found


def weekdays(reading: Reading) -> list[Weekday]:
    """Every name of a day; ``minggu`` as a week is the caller's to tell."""
    return [
        Weekday(*match.span(), _WEEKDAY.get(match[1], 4))
        for match in _DAY_NAME.finditer(reading.folded)
    ]
