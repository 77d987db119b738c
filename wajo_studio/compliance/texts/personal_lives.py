"""Rules on what concerns one person's life: health, birth date, lists of recipients."""

import re
from collections.abc import Iterator

from wajo_studio.compliance.check import EVERYWHERE, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.dates import dates
from wajo_studio.compliance.texts.reading import Reading, Stretch

NAME = r"[A-Z][a-z'’]{1,20}(?: (?:bin|binti|dg\.?|[A-Z][a-z'’.]{1,20})){0,3}"
"""A person's name as it is written: capitalised words."""
_TITLE = re.compile(
    r"\b(?:Ibu|Bapak|Pak|Bu|Saudara|Saudari|Sdri?\.?|Tn\.?|Ny\.?|Nn\.?|[Hh]aji"
    r"|[Bb]ernama|[Aa]tas nama|[Aa]\.n\.?|"
    r"[Pp]asien|[Pp]enderita|[Ww]arga|ibu|bapak|pak|bu|saudara|saudari)"
    r"(?: (?:yang )?(?:bernama|atas nama|H\.|Hj\.))?:? ((?:(?:H|Hj|Dr|dr|A|Muh|M)\.? ){0,2}"
    + NAME
    + ")"
)
_STRONG = re.compile(r"bernama|atas nama|a\.n", re.IGNORECASE)


@text_check("pii-medical-status", EVERYWHERE)
def pii_medical_status(subject: TextSubject) -> Iterator[Hit]:
    """A person's name, an illness and a word that ties them, in one sentence."""
    reading = subject.reading
    seen: set[int] = set()
    for disease in reading.find(data.lexicon("personal", "diseases")):
        sentence = reading.sentence(disease.start)
        if sentence.start in seen:
            continue
        seen.add(sentence.start)
        if not reading.has(data.lexicon("personal", "disease_states"), sentence):
            continue
        for name in _TITLE.finditer(reading.plain, sentence.start, sentence.end):
            if not _is_person(name[1]):
                continue
            if not _STRONG.search(name[0]) and _helps(reading, name.end(), sentence):
                continue
            yield Hit(span=name.span(), replacement="seorang warga")
            break


def _is_person(name: str) -> bool:
    words = [word for word in re.findall(r"\w+", name) if len(word) > 2]
    return bool(words) and words[0].lower() not in data.words("personal", "not_names")


def _helps(reading: Reading, after_name: int, sentence: Stretch) -> bool:
    return bool(reading.within(data.lexicon("personal", "helpers"), after_name, sentence.end))


_BIRTH = re.compile(
    r"\bttl\b|\btempat[,/ &]{1,3}(?:dan )?(?:tanggal|tgl\.?) lahir\b|\b(?:tanggal"
    r"|tgl\.?) lahir\b|\b(?:ke)?lahir(?:an)?\b"
)
_NOT_OF_ONE = re.compile(
    r"\b(?:hari|sebelum|setelah|sesudah|antara|mulai|sejak|baru|angka)\s*$"
    r"|\blahir(?:an)? (?:sebelum|setelah|sesudah|antara|mulai|sejak|prematur)"
)
_LONGEST_GAP = 60
_OLDEST_YEAR = 1925


@text_check("pii-birthdate", EVERYWHERE)
def pii_birthdate(subject: TextSubject) -> Iterator[Hit]:
    """A birth date in full, behind TTL or "lahir di"; not of people of history."""
    reading = subject.reading
    full = [d for d in dates(reading) if d.year is not None]
    if not full:
        return
    for match in _BIRTH.finditer(reading.folded):
        around = reading.folded[max(0, match.start() - 12) : match.end() + 12]
        before = reading.folded[max(0, match.start() - 12) : match.start()]
        if _NOT_OF_ONE.search(before) or _NOT_OF_ONE.search(around):
            continue
        behind = [d for d in full if 0 <= d.start - match.end() <= _LONGEST_GAP]
        if not behind or (behind[0].year or 0) < _OLDEST_YEAR:
            continue
        gap = reading.folded[match.end() : behind[0].start]
        if "\n" in gap.strip() or re.search(r"[.!?]\s", gap):
            continue
        sentence = reading.sentence(match.start())
        recent = (behind[0].year or 0) >= subject.today.year - 1
        if recent and reading.has(data.lexicon("dates", "births"), sentence):
            continue
        yield Hit(span=(match.start(), behind[0].end))


_ITEM = re.compile(r"^[ \t]*(?:\d{1,3}[.)]|[-•*▪–])[ \t]*((?:[A-Z]\w*[.'’]? ?){1,5})(.*)$")
_FEWEST = 3


@text_check("pii-recipient-list", EVERYWHERE)
def pii_recipient_list(subject: TextSubject) -> Iterator[Hit]:
    """A list of people who receive aid or care, with where they live or how old they are."""
    reading = subject.reading
    if len(reading.lines) < _FEWEST or not reading.has(data.lexicon("personal", "list_cues")):
        return
    items: list[Stretch] = []
    detailed = 0
    for line in reading.lines:
        match = _ITEM.match(reading.plain[line.start : min(line.end, line.start + 300)])
        if match is None:
            continue
        first = re.split(r"[\s.'’]", match[1].strip())[0].lower()
        if first and first not in data.words("personal", "not_list_names"):
            items.append(line)
            detailed += reading.has(data.lexicon("personal", "list_details"), line)
    if len(items) < _FEWEST or detailed < _FEWEST:
        return
    heading = Stretch(0, items[0].start)
    if reading.has(data.lexicon("personal", "no_lists"), heading):
        return
    yield Hit(
        params={"count": len(items)},
        span=(items[0].start, items[-1].end),
        replacement=f"{len(items)} penerima",
    )
