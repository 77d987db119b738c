"""Rules on dates and times: weekdays, days that do not exist, events gone by, zones."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from wajo_studio.compliance.check import (
    PUBLISHED,
    WRITTEN,
    WRITTEN_OR_SHOWN,
    Hit,
    TextSubject,
    text_check,
)
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.dates import (
    JOINER,
    MONTHS,
    WEEKDAYS,
    Day,
    Period,
    Weekday,
    dates,
    months,
    weekdays,
)
from wajo_studio.compliance.texts.reading import Reading, Stretch
from wajo_studio.domain.finding import Severity

_TO_DATE = re.compile(
    r"[*_]{0,2}(?: (?:pagi|siang|sore|malam|besok|lusa|ini|depan|kemarin|lalu|dini hari))?[*_]{0,2}"
    r"[ \n]?[,:(/]{0,2}[ \n]?(?:(?:tanggal|tgl\.?)[ :]?)?[ \n]?[*_(]{0,2}[ \n]?"
)
_BETWEEN_DAYS = re.compile(JOINER + "| ?(?:dan|&) ?")
_LISTED_BEFORE = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b ?(?:,|dan|&|/|atau|,? dan) ?$"
)
_EVERY = re.compile(r"\b(?:setiap|tiap|tiap-tiap)(?: hari)? ?$")
_WEEKS = re.compile(
    r"\b(?:\d+|se|satu|dua|tiga|empat|lima|enam|beberapa|selama|per|tiap|setiap|akhir"
    r"|pekan|hari kerja,)[ -]?$"
)
_BEHIND_DATE = re.compile(r" ?\(? ?(?:hari )?")
_SAID_BEHIND = re.compile(r",? hari ")
_OWN_DATE = re.compile(r"[ ,(/\-–]{0,3}(?:\d|(?:tanggal|tgl|sampai|hingga|s\.d)\b)")
"""What follows a weekday that belongs to a date of its own."""
_FAR_DAYS = 120
"""Beyond so many days from today a date without a year may be meant in the year before or after."""


@text_check("date-weekday-mismatch", WRITTEN_OR_SHOWN)
def date_weekday_mismatch(subject: TextSubject) -> Iterator[Hit]:
    """A weekday and the date it belongs to agree; an old banner in a photo blocks nothing."""
    for hit in _weekday_mismatches(subject):
        yield replace(hit, severity=Severity.WARN) if subject.part == "image" else hit


def _weekday_mismatches(subject: TextSubject) -> Iterator[Hit]:
    reading = subject.reading
    names = weekdays(reading)
    if not names:
        return
    used: set[int] = set()
    for period in dates(reading):
        pair = _names_before(reading, names, period, used)
        if pair:
            yield from _mismatches(subject, pair, period)
        elif behind := _name_behind(reading, names, period):
            yield from _mismatches(subject, (behind,), period)


def _names_before(
    reading: Reading, names: list[Weekday], period: Period, used: set[int]
) -> tuple[Weekday, ...]:
    """The one or two weekdays directly before a date."""
    index = bisect_right(names, period.start, key=lambda name: name.end) - 1
    if index < 0 or index in used:
        return ()
    name = names[index]
    gap = reading.folded[name.end : min(period.start, name.end + 31)]
    if len(gap) > 30 or not _TO_DATE.fullmatch(gap):
        return ()
    used.add(index)
    first = names[index - 1] if index else None
    pair: tuple[Weekday, ...] = (name,)
    if first and _BETWEEN_DAYS.fullmatch(reading.folded[first.end : name.start]):
        pair = (first, name)
    before = reading.folded[max(0, pair[0].start - 24) : pair[0].start]
    if _LISTED_BEFORE.search(before) or _EVERY.search(before) or _is_week(reading, pair[0], before):
        return ()
    return pair


def _is_week(reading: Reading, name: Weekday, before: str) -> bool:
    """``dua minggu`` and ``minggu`` in small letters speak of weeks."""
    if reading.folded[name.start : name.end] != "minggu":
        return False
    small = reading.plain[name.start].islower() and not before.rstrip().endswith(("hari", "hari:"))
    return small or bool(_WEEKS.search(before))


def _name_behind(reading: Reading, names: list[Weekday], period: Period) -> Weekday | None:
    """The weekday in brackets behind a date: ``1 Desember 2026 (Selasa)``."""
    index = bisect_left(names, period.end, key=lambda name: name.start)
    if index == len(names):
        return None
    name = names[index]
    gap = reading.folded[period.end : min(name.start, period.end + 9)]
    if len(gap) > 8:
        return None
    bracketed = "(" in gap and reading.folded[name.end : name.end + 1] == ")"
    said = _SAID_BEHIND.fullmatch(gap) and not _OWN_DATE.match(reading.folded, name.end)
    return name if said or (bracketed and _BEHIND_DATE.fullmatch(gap)) else None


def _mismatches(subject: TextSubject, pair: tuple[Weekday, ...], period: Period) -> Iterator[Hit]:
    first, last = period.first, period.last
    if len(pair) == 2 and last is None:
        if not any(_agrees(name, first, subject.today) for name in pair):
            yield from _mismatch(subject, pair[0], first, period)
        return
    if len(pair) == 2 and last is not None:
        start, end = first.near(subject.today), last.near(subject.today)
        if start is None or end is None or not 0 <= (end - start).days < 7:
            return
        wrong = [
            (name, day)
            for name, day in zip(pair, (first, last), strict=True)
            if not _agrees(name, day, subject.today)
        ]
        if wrong:
            yield from _mismatch(subject, *wrong[0], period)
        return
    if not _agrees(pair[0], first, subject.today):
        yield from _mismatch(subject, pair[0], first, period)


def _agrees(name: Weekday, day: Day, today: date) -> bool:
    """Whether the day falls on the weekday; a day that does not exist is another rule's."""
    if not day.exists:
        return True
    if day.year is not None:
        meant = day.on(day.year)
        return meant is None or meant.weekday() == name.number
    nearest = day.near(today)
    if nearest is None:
        return True
    if abs((nearest - today).days) <= _FAR_DAYS:
        return nearest.weekday() == name.number
    return any(d.weekday() == name.number for d in day.candidates(today))


def _mismatch(subject: TextSubject, name: Weekday, day: Day, period: Period) -> Iterator[Hit]:
    meant = day.near(subject.today)
    if meant is not None:
        right = WEEKDAYS[meant.weekday()]
        yield Hit(
            params={
                "date": f"{meant.day} {MONTHS[meant.month - 1]} {meant.year}",
                "right": right,
                "wrong": WEEKDAYS[name.number],
            },
            span=(min(name.start, period.start), max(name.end, period.end)),
            replacement=_with_weekday(subject.reading, name, period, right),
        )


def _with_weekday(reading: Reading, name: Weekday, period: Period, right: str) -> str:
    start, end = min(name.start, period.start), max(name.end, period.end)
    return reading.text[start : name.start] + right + reading.text[name.end : end]


_TIME = r"(\d{1,2})[.:](\d{2})(?![\d]|[.:,]\d)"
_TIME_JOINER = r" ?(?:[-–—]|s\.? ?d\.?|s/d|sampai(?: dengan)?|hingga|ke|dan|atau|,(?: dan)?|&|/) ?"
_CLOCK = re.compile(r"\b(?:pukul|jam|pkl\.?|pk\.)[ :]{0,3}(?<![\d.,])" + _TIME)
_CLOCK_ZONED = re.compile(r"(?<![\d.,:/\-])" + _TIME + r" ?(?:wita|wib|wit)\b")
_CLOCK_NEXT = re.compile(_TIME_JOINER + r"(?:pukul |jam |pkl\.? )?" + _TIME)
_CUE_DATE = re.compile(
    r"(?:\b(?:tanggal|tgl\.?|senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b[ ,:(/]{0,3})$"
)


@text_check("date-invalid", WRITTEN)
def date_invalid(subject: TextSubject) -> Iterator[Hit]:
    """Dates and clock times that do not exist."""
    reading = subject.reading
    for period in dates(reading):
        for day in period.days:
            if not day.exists and _is_meant_as_date(reading, period, day):
                yield Hit(
                    params={"what": reading.text[period.start : period.end]},
                    span=(period.start, period.end),
                )
                break
    seen: set[int] = set()
    for pattern in (_CLOCK, _CLOCK_ZONED):
        for times in _clock_times(reading, pattern):
            for time in times:
                hour, minute = int(time[1]), int(time[2])
                impossible = minute > 59 or hour > 24 or (hour == 24 and minute)
                if impossible and time.start(1) not in seen:
                    seen.add(time.start(1))
                    span = (time.start(1), time.end(2))
                    yield Hit(params={"what": reading.text[slice(*span)]}, span=span)


def _clock_times(reading: Reading, first: re.Pattern[str]) -> Iterator[list[re.Match[str]]]:
    """Times that belong together, such as the ends of a range; each time in one list only."""
    end = 0
    for match in first.finditer(reading.folded):
        if match.start(1) < end:
            continue
        times = [match]
        while follows := _CLOCK_NEXT.match(reading.folded, times[-1].end(2)):
            times.append(follows)
        end = times[-1].end(2)
        yield times


def _is_meant_as_date(reading: Reading, period: Period, day: Day) -> bool:
    """Figures out of any month's reach are a date only behind a word for one."""
    before = reading.folded[max(0, period.start - 14) : period.start]
    if _CUE_DATE.search(before):
        return True
    if period.figures:
        return 1 <= day.month <= 12 and 1 <= day.day <= 31
    return 1 <= day.day <= 31 or day.year is not None


_LONG_AGO = timedelta(days=800)
_NEAR = 2
"""Lines between an invitation and its date."""
_STOPS = re.compile(r"[.!?]\s")
_REPORT_DATE = re.compile(r"\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b,? ?\($")


@text_check("date-past-event", PUBLISHED - {"alt"})
def date_past_event(subject: TextSubject) -> Iterator[Hit]:
    """An invitation or deadline does not lie behind us; reports of what happened may."""
    reading = subject.reading
    named = [
        (meant, period)
        for period in dates(reading)
        if (meant := period.final.near(subject.today)) and not _is_since(reading, period)
    ]
    if not named or any(month >= subject.today.replace(day=1) for month in months(reading)):
        return
    latest, period = max(named, key=lambda entry: entry[0])
    if latest >= subject.today or latest < subject.today - _LONG_AGO:
        return
    sentence = reading.sentence(period.start)
    if reading.has(data.lexicon("dates", "reports"), sentence):
        return
    strong = reading.find(data.lexicon("dates", "invitations"))
    close = [cue for cue in strong if _is_close(reading, cue.start, period, sentence)]
    if not close:
        weak = reading.has(data.lexicon("dates", "weak_invitations"), sentence)
        if not weak or reading.has(data.lexicon("dates", "reports")):
            return
    elif (
        _REPORT_DATE.search(reading.folded[max(0, period.start - 12) : period.start])
        and not any(sentence.start <= cue.start < sentence.end for cue in close)
    ) or (
        reading.has(data.lexicon("dates", "reports"))
        and not any(sentence.start <= cue.start < sentence.end for cue in close)
    ):
        return
    yield Hit(params={"date": period.final.written()}, span=(period.start, period.end))


def _is_since(reading: Reading, period: Period) -> bool:
    """A date behind "sejak", "per", "sumber" and the like says since when, not when."""
    before = Stretch(max(0, period.start - 24), period.start)
    return reading.has(data.lexicon("dates", "since"), before)


def _is_close(reading: Reading, cue: int, period: Period, sentence: Stretch) -> bool:
    if sentence.start <= cue < sentence.end:
        return True
    low, high = sorted((cue, period.start))
    between = reading.plain[low:high]
    return (
        len(between) <= 400
        and (between.count("\n") <= 2 * _NEAR + 2)
        and len(_STOPS.findall(between)) <= 2
    )


@text_check("date-range-reversed", WRITTEN)
def date_range_reversed(subject: TextSubject) -> Iterator[Hit]:
    """A range of dates runs forward."""
    for period in dates(subject.reading):
        if period.last is None or not period.is_range or not period.first.exists:
            continue
        first, last = period.first, period.last
        if first.year is None and last.year is None:
            reversed_ = first.month == last.month and first.day > last.day
        else:
            start, end = first.on(first.year or last.year or 1), last.on(last.year or 1)
            reversed_ = bool(start and end and start > end)
        if reversed_:
            yield Hit(span=(period.start, period.end))


_ZONE = re.compile(
    r" ?(?:[-–—]|s\.? ?d\.?|s/d|sampai(?: dengan)?|hingga)? ?(?:selesai|tuntas"
    r"|habis)? ?\(?(?:waktu )?(?:wita|wib|wit)\b"
)
_ANY_ZONE = re.compile(r"\b(?:waktu|semua|jadwal|dalam|zona)\b[^\n]{0,30}\bwita\b")


@text_check("time-zone-missing", PUBLISHED)
def time_zone_missing(subject: TextSubject) -> Iterator[Hit]:
    """A clock time says its zone, at the latest at the end of its range."""
    reading = subject.reading
    if _ANY_ZONE.search(reading.folded):
        return
    for times in _clock_times(reading, _CLOCK):
        span = (times[0].start(1), times[-1].end(2))
        if not _ZONE.match(reading.folded, span[1]):
            yield Hit(
                params={"time": reading.text[slice(*span)]},
                span=span,
                replacement=f"{reading.text[slice(*span)]} WITA",
            )


_WRONG_ZONE = re.compile(
    r"\d[\d.:]{0,4}(?: ?[-–—] ?(?:\d{1,2}[.:]\d{2}|selesai))? ?\(?\b(WIB|WIT)\b", re.IGNORECASE
)


@text_check("time-zone-wrong", WRITTEN)
def time_zone_wrong(subject: TextSubject) -> Iterator[Hit]:
    """Times are in WITA, or in both zones."""
    reading = subject.reading
    if re.search(r"\bwita\b", reading.folded):
        return
    for match in _WRONG_ZONE.finditer(reading.plain):
        yield Hit(params={"zone": match[1].upper()}, span=match.span(1), replacement="WITA")
