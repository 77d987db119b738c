"""Rules on names: officials in office and out of it, accepted forms of agencies and places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from wajo_studio.compliance.check import WRITTEN, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.dates import dates
from wajo_studio.compliance.texts.lexicon import Lexicon
from wajo_studio.compliance.texts.reading import Reading, Stretch

_SIMILAR = 0.82
"""How alike two names are of which one is a slip of the other (catalogue, 2.5)."""
_TITLE = re.compile(
    r"\b(wakil bupati|wabup|bupati|sekda|sekretaris daerah|kepala diskominfotik"
    r"|kadis (?:kominfotik|diskominfotik)|"
    r"kabid humas)\b"
)
_TO_NAME = re.compile(
    r"(?: (?:Kabupaten )?Wajo)?[ ,:\-–(]{1,3}(?:(?:Bapak|Pak|Ibu|H|Hj|Hj|dr|Dr|Ir|Drs"
    r"|Dra|KH|Prof)\b\.?,? ?){0,4}"
)
_NAME = re.compile(r"[A-Z][a-z'’]+(?: [A-Z][a-z'’]+){0,2}")


@dataclass(frozen=True)
class _Official:
    name: str
    accepted: tuple[str, ...]
    titles: tuple[str, ...]


@cache
def _listed() -> tuple[_Official, ...]:
    return tuple(
        _Official(entry["name"], tuple(entry.get("accepted", ())), tuple(entry["titles"]))
        for entry in data.table("names")["official"]
    )


def officials(subject: TextSubject) -> Sequence[_Official]:
    """People in office: those listed, and those the office added."""
    added = [
        _Official(name, (), (title.lower(),) if title else ())
        for name, title in subject.settings.officials
        if name
    ]
    return (*_listed(), *added)


@text_check("name-official-misspelled", WRITTEN)
def name_official_misspelled(subject: TextSubject) -> Iterator[Hit]:
    """A name behind a title that is nearly, and not quite, the official's."""
    reading = subject.reading
    people: Sequence[_Official] | None = None
    for title in _TITLE.finditer(reading.folded):
        lead = _TO_NAME.match(reading.plain, title.end())
        name = _NAME.match(reading.plain, lead.end()) if lead else None
        if name is None:
            continue
        people = people or officials(subject)
        written = name[0].split()
        correct = {n.lower() for p in people for n in (p.name, *p.accepted)}
        if any(_begins(name[0].lower(), right) for right in correct):
            continue
        for person in people:
            if person.titles and not any(title[1] in t or t in title[1] for t in person.titles):
                continue
            wanted = person.name.split()[:2]
            said = " ".join(written[: len(wanted)])
            alike = SequenceMatcher(None, said.lower(), " ".join(wanted).lower()).ratio()
            if len(written) >= len(wanted) and alike >= _SIMILAR:
                yield Hit(
                    params={"name": person.name},
                    span=(name.start(), name.start() + len(said)),
                    replacement=" ".join(wanted),
                )
                break


def _begins(written: str, right: str) -> bool:
    return written == right or written.startswith(right + " ")


@text_check("name-former-official", WRITTEN)
def name_former_official(subject: TextSubject) -> Iterator[Hit]:
    """Somebody who left office is not called by it without a word that says so."""
    reading = subject.reading
    for entry in (
        *data.table("names")["former"],
        *({"name": n} for n in subject.settings.former_officials),
    ):
        for match in reading.find(_forms(entry["name"], tuple(entry.get("accepted", ())))):
            if not reading.plain[match.start].isupper() or _in_term(subject, entry):
                continue
            sentence = reading.sentence(match.start)
            around = Stretch(
                max(sentence.start, match.start - 60), min(sentence.end, match.end + 45)
            )
            before = Stretch(max(0, match.start - 45), match.start)
            titled = reading.within(_lexicon_of("offices"), before.start, before.end)
            if not titled or reading.has(_lexicon_of("former_marks"), around):
                continue
            if re.search(r"\b(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d\b", reading.slice(around)):
                continue
            name = reading.text[match.start : match.end]
            title = titled[-1]
            yield Hit(
                params={"name": entry["name"]},
                span=(title.start, match.end),
                replacement=f"mantan {reading.text[title.start : match.start]}{name}",
            )


@cache
def _forms(name: str, accepted: tuple[str, ...]) -> Lexicon:
    return Lexicon((name, *accepted))


@cache
def _lexicon_of(key: str) -> Lexicon:
    return Lexicon(data.table("names")["words"][key])


def _in_term(subject: TextSubject, entry: dict[str, Any]) -> bool:
    """Whether the text speaks of a day on which the person was in office."""
    until = entry.get("to")
    if not isinstance(until, date):
        return False
    if subject.today <= until:
        return True
    named = [d for p in dates(subject.reading) if p.year and (d := p.final.near(subject.today))]
    return bool(named) and max(named) <= until


@text_check("glossary-variant", WRITTEN)
def glossary_variant(subject: TextSubject) -> Iterator[Hit]:
    """Agencies, channels and places in their accepted form."""
    reading = subject.reading
    listed = zip(data.table("names")["variant"], _variants(), strict=True)
    added = [
        ({"proper": proper}, Lexicon(forms)) for proper, forms in subject.settings.glossary if forms
    ]
    for entry, forms in (*listed, *added):
        since = entry.get("from")
        for match in reading.find(forms):
            if not reading.in_words_only(match.start):
                continue
            written = reading.text[match.start : match.end]
            if reading.text.startswith(entry["proper"], match.start) or written == entry["proper"]:
                continue
            if since and (subject.today < since or _is_place(reading, match.start)):
                continue
            yield Hit(
                params={"written": written, "proper": entry["proper"]},
                span=match.span,
                replacement=entry["proper"],
            )


@cache
def _variants() -> tuple[Lexicon, ...]:
    return tuple(Lexicon(entry["forms"]) for entry in data.table("names")["variant"])


def _is_place(reading: Reading, at: int) -> bool:
    """An old name may go on as the name of a hall."""
    return reading.has(_lexicon_of("places_of_old_names"), Stretch(max(0, at - 20), at))
