"""Rules on what the public may and has to know: secrecy, proceedings, crises, sources."""

import re
from collections.abc import Iterator

from wajo_studio.compliance.check import BODIES, EVERYWHERE, WRITTEN, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.lexicon import Lexicon, Match
from wajo_studio.compliance.texts.reading import Reading, Stretch


def _words(key: str) -> Lexicon:
    return data.lexicon("public", key)


_ALONE = re.compile(
    r"^[ \t]*[\[(*\-–]{0,2} ?(SANGAT RAHASIA|RAHASIA|TERBATAS) ?[\])*\-–]{0,2}[ \t]*$"
)
_BRACKETED = re.compile(r"[\[(] ?(SANGAT RAHASIA|RAHASIA|TERBATAS) ?[\])]")
_NATURE = re.compile(r"\bsifat(?: surat| naskah)? ?: ?(?:sangat )?(?:rahasia|terbatas)\b")


@text_check("classified-marking", EVERYWHERE)
def classified_marking(subject: TextSubject) -> Iterator[Hit]:
    """No marking of secrecy; "kuota terbatas" and "rahasia sehat" are none."""
    reading = subject.reading
    if any(word in reading.plain for word in ("RAHASIA", "TERBATAS")):
        for index, line in enumerate(reading.lines):
            if line.end - line.start > 40:
                continue
            match = _ALONE.match(reading.plain[line.start : line.end])
            if match and not (match[1] == "TERBATAS" and _is_about_places(reading, index)):
                yield Hit(span=line.span)
        for match in _BRACKETED.finditer(reading.plain):
            if (
                reading.line(match.start()).end - reading.line(match.start()).start
                > len(match[0]) + 4
            ):
                yield Hit(span=match.span())
    for match in _NATURE.finditer(reading.folded):
        yield Hit(span=match.span())
    for found in reading.find(_words("secrecy")):
        if not reading.has(_words("no_secrecy"), reading.sentence(found.start)):
            yield Hit(span=found.span)


def _is_about_places(reading: Reading, index: int) -> bool:
    """A line of its own that goes on from "KUOTA" in the line before or after."""
    near = reading.lines[max(0, index - 1) : index + 2]
    return reading.has(_words("limited"), Stretch(near[0].start, near[-1].end))


@text_check("legal-process-detail", WRITTEN)
def legal_process_detail(subject: TextSubject) -> Iterator[Hit]:
    """No details of a running investigation or an unfinished audit."""
    reading = subject.reading
    if reading.has(_words("no_proceedings")):
        return
    found = [
        *reading.find(_words("proceedings")),
        *reading.find(data.lexicon("public", "proceedings_capital", exact=True)),
    ]
    if found:
        first = min(found, key=lambda match: match.start)
        yield Hit(params={"words": reading.text[slice(*first.span)]}, span=first.span)


@text_check("crisis-head-approval", WRITTEN)
def crisis_head_approval(subject: TextSubject) -> Iterator[Hit]:
    """What happens or damages trust right now goes out only with the head's approval."""
    reading = subject.reading
    last = -1
    for incident in reading.find(_words("incidents")):
        part = reading.sentence(incident.start)
        if part.start == last:
            continue
        last = part.start
        if _is_happening(reading, part):
            yield Hit(params={"what": incident.entry}, span=incident.span)
            return
    if reading.has(_words("no_reputation")):
        return
    for match in reading.find(_words("reputation")):
        yield Hit(params={"what": match.entry}, span=match.span)
        return


def _is_happening(reading: Reading, part: Stretch) -> bool:
    occurrences: list[Match] = reading.within(_words("occurrences"), part.start, part.end)
    if reading.has(_words("papers"), part):
        occurrences = [
            m for m in occurrences if m.entry not in ("hilang", "hangus", "terbakar", "ludes")
        ]
    return bool(occurrences) and not any(
        reading.has(_words(key), part) for key in ("prepared", "conditional", "decline")
    )


@text_check("hazard-source-missing", BODIES)
def hazard_source_missing(subject: TextSubject) -> Iterator[Hit]:
    """Hazards and warnings name BMKG, BPBD or another source."""
    reading = subject.reading
    hazards = reading.find(_words("hazards"))
    if (
        hazards
        and not reading.has(_words("hazard_sources"))
        and not reading.has(_words("no_hazards"))
    ):
        yield Hit(params={"what": hazards[0].entry}, span=hazards[0].span)


_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,3})? ?(?:%|persen\b)")


@text_check("source-credit-missing", BODIES)
def source_credit_missing(subject: TextSubject) -> Iterator[Hit]:
    """Figures and reposts say where they come from."""
    reading = subject.reading
    figure = _PERCENT.search(reading.folded)
    repost = next(iter(reading.find(_words("reposts"))), None)
    span = figure.span() if figure else repost.span if repost else None
    if span is None or reading.has(_words("sources")):
        return
    if not re.search(r"@\w", reading.folded):
        yield Hit(span=span)


@text_check("contact-channel-missing", BODIES)
def contact_channel_missing(subject: TextSubject) -> Iterator[Hit]:
    """A post about a service says where to ask or complain."""
    reading = subject.reading
    services = reading.find(_words("services"))
    if services and not reading.has(_words("channels")) and not reading.links:
        yield Hit(span=services[0].span)
