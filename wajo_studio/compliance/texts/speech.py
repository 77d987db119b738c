"""Rules on speech: incitement, insults, words for people with disabilities."""

from bisect import bisect_left
from collections.abc import Iterator

from wajo_studio.compliance.check import EVERYWHERE, WRITTEN_OR_SHOWN, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.lexicon import Lexicon, Match, outside
from wajo_studio.compliance.texts.reading import Reading, Stretch

_OBJECT_WORDS = 5
"""Words behind a hostile verb among which its object stands."""


def _words(key: str) -> Lexicon:
    return data.lexicon("speech", key)


@text_check("hate-sara", EVERYWHERE)
def hate_sara(subject: TextSubject) -> Iterator[Hit]:
    """No incitement against a people, faith or group; to name a group is none."""
    reading = subject.reading
    seen: set[int] = set()
    for match in _hostile(reading):
        part = reading.sentence(match.start)
        if part.start not in seen and not reading.has(_words("peace"), part):
            seen.add(part.start)
            yield Hit(span=_without_blanks(reading, part))
    for match in reading.find(_words("slurs")):
        part = reading.sentence(match.start)
        if part.start not in seen and not reading.has(_words("peace"), part):
            seen.add(part.start)
            yield Hit(span=match.span)


def _hostile(reading: Reading) -> Iterator[Match]:
    """Hostile words that are aimed at a group."""
    groups = _groups(reading)
    if not groups:
        return
    for verb in reading.find(_words("hostile_verbs")):
        part = reading.sentence(verb.start)
        if reading.has(_words("no_hostility"), part):
            continue
        if any(0 < g.first_word - verb.first_word <= _OBJECT_WORDS for g in _within(groups, part)):
            yield verb
    for verb in reading.find(_words("hostile_passive")):
        part = reading.sentence(verb.start)
        if reading.has(_words("no_hostility"), part):
            continue
        if any(
            0 < verb.first_word - g.first_word <= 2 * _OBJECT_WORDS for g in _within(groups, part)
        ):
            yield verb
    for claim in reading.find(_words("hostile_claims")):
        if _within(groups, reading.sentence(claim.start)):
            yield claim


def _groups(reading: Reading) -> list[Match]:
    return outside(reading.find(_words("groups")), reading.find(_words("not_groups")))


def _within(matches: list[Match], part: Stretch) -> list[Match]:
    first = bisect_left(matches, part.start, key=lambda match: match.start)
    return matches[first : bisect_left(matches, part.end, key=lambda match: match.start)]


def _without_blanks(reading: Reading, part: Stretch) -> tuple[int, int]:
    words = reading.slice(part)
    return part.start + len(words) - len(words.lstrip()), part.end - len(words) + len(
        words.rstrip()
    )


@text_check("abusive-language", EVERYWHERE)
def abusive_language(subject: TextSubject) -> Iterator[Hit]:
    """No insults and curses; a word that is quoted to warn of it may stand."""
    reading = subject.reading
    allowed = reading.find(_words("not_abuse"))
    for match in outside(reading.find(_words("abuse")), allowed):
        if not _is_taught(reading, match):
            yield Hit(params={"word": f"{match.entry[0]}…"}, span=match.span, replacement="")


@text_check("disability-term", WRITTEN_OR_SHOWN)
def disability_term(subject: TextSubject) -> Iterator[Hit]:
    """People with disabilities are called what the law calls them."""
    reading = subject.reading
    for match in reading.find(_words("disability")):
        if _is_taught(reading, match):
            continue
        better = data.table("speech")["disability_fix"].get(match.entry, "penyandang disabilitas")
        yield Hit(
            params={"written": reading.text[match.start : match.end], "better": better},
            span=match.span,
            replacement=better,
        )


def _is_taught(reading: Reading, match: Match) -> bool:
    """A word in quotation marks beside "bukan", "jangan", "istilah" teaches to avoid it."""
    quoted = reading.plain[match.start - 1 : match.start] in ("'", '"')
    return quoted and reading.has(_words("teaching"), reading.sentence(match.start))
