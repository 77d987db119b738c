"""Rules on words: spelling, unknown words, di/ke, foreign words, chat abbreviations."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from wajo_studio.compliance.check import BODIES, PUBLISHED, Hit, TextSubject, text_check
from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.lexicon import Match
from wajo_studio.compliance.texts.reading import Reading

_ENTRIES = PUBLISHED - {"tags"}


@text_check("spelling-nonstandard", _ENTRIES)
def spelling_nonstandard(subject: TextSubject) -> Iterator[Hit]:
    """Known non-standard forms, with the standard one; religious spellings are a hint only."""
    from wajo_studio.domain.finding import Severity

    reading = subject.reading
    lexicon, proper = data.pairs("language", "spelling")
    optional = data.words("language", "optional")
    for match in reading.find(lexicon):
        if (
            not reading.in_words_only(match.start)
            or _is_name(reading, match)
            or _is_verb(reading, match)
        ):
            continue
        better = _like(reading.text[match.start : match.end], proper[match.entry])
        yield Hit(
            params={"written": reading.text[match.start : match.end], "proper": better},
            span=match.span,
            severity=Severity.INFO if match.entry in optional else None,
            replacement=better,
        )


def _like(written: str, proper: str) -> str:
    """The standard form with a capital, or in capitals, as the other was written."""
    if written.isupper() and len(written) > 1:
        return proper.upper()
    return proper[0].upper() + proper[1:] if written[0].isupper() else proper


def _is_name(reading: Reading, match: Match) -> bool:
    """A word that is capitalised before another capitalised word is part of a name."""
    if match.entry == "bis" and re.search(
        r"\d ?$", reading.plain[max(0, match.start - 3) : match.start]
    ):
        return True
    if match.entry not in data.words("language", "names_too"):
        return False
    follows = re.match(r" [A-Z]", reading.plain[match.end : match.end + 2])
    before = re.search(r"[A-Z][\w.]* $", reading.plain[max(0, match.start - 24) : match.start])
    return reading.plain[match.start].isupper() and bool(follows or before)


_SUBJECTS = re.compile(
    r"\b(?:kami|kita|saya|akan|siap|di|layanan|jasa|tolong|mohon|untuk|dapat|bisa|petugas) $"
)


def _is_verb(reading: Reading, match: Match) -> bool:
    """``kami antar warga`` is no prefix."""
    before = reading.folded[max(0, match.start - 12) : match.start]
    return match.entry.startswith("antar ") and bool(_SUBJECTS.search(before))


@cache
def _joined() -> dict[str, tuple[str, str]]:
    """``dikantor`` → (``di``, ``kantor``)."""
    real = set(data.words("language", "real_words"))
    return {
        prefix + place: (prefix, place)
        for prefix in ("di", "ke")
        for place in data.words("language", "joined_places")
        if prefix + place not in real
    }


_APART = re.compile(r"\b(di|Di|DI)[ \u00a0]([a-z]{4,20})\b")


@text_check("di-preposition", _ENTRIES)
def di_preposition(subject: TextSubject) -> Iterator[Hit]:
    """``di kantor`` apart, ``dilaksanakan`` in one word."""
    reading = subject.reading
    joined = _joined()
    listed = data.words("language", "apart_verbs")
    for word, token in zip(reading.words, reading.tokens, strict=True):
        if token in joined and reading.in_words_only(word.start):
            written = reading.text[word.start : word.end]
            prefix, place = joined[token]
            better = written[: len(prefix)] + " " + written[len(prefix) :]
            if written[0].isupper() and written[1:].isupper() is False:
                better = f"{prefix.capitalize()} {place}"
            yield Hit(
                params={"written": written, "proper": better}, span=word.span, replacement=better
            )
    for match in _APART.finditer(reading.plain):
        if match[2] in listed or _is_kan_verb(match[2]):
            better = f"{match[1]}{match[2]}"
            written = reading.text[slice(*match.span())]
            yield Hit(
                params={"written": written, "proper": better}, span=match.span(), replacement=better
            )


@lru_cache(maxsize=2048)
def _is_kan_verb(word: str) -> bool:
    """A verb in -kan (``salurkan``), not a noun that ends so (``gerakan``, ``pekan``)."""
    if not word.endswith("kan") or word in roots() or len(word) < 7:
        return False
    return word[:-3] in roots() and word[:-2] not in roots()


@cache
def roots() -> frozenset[str]:
    """Root words and the glossary's words."""
    glossary = data.table("language")["glossary"]["words"]
    return frozenset((*data.lines("roots-id"), *glossary))


_PLAIN_WORD = re.compile(r"(?<![\w@#.'\-/])[a-z]{5,30}(?![\w@'/]|-[a-z]|\.[a-z])")
_MOST_UNKNOWN = 5


@text_check("spelling-unknown", BODIES | {"title"})
def spelling_unknown(subject: TextSubject) -> Iterator[Hit]:
    """Small-letter words that neither the dictionary nor the glossary knows, at most five."""
    reading = subject.reading
    known = (
        *data.pairs("language", "spelling")[1],
        *data.pairs("language", "foreign")[1],
        *data.pairs("language", "abbreviations")[1],
    )
    seen: set[str] = set()
    for match in _PLAIN_WORD.finditer(reading.plain):
        word = match[0]
        if word in seen or word in known or word in _joined() or is_word(word):
            continue
        if not reading.in_words_only(match.start()):
            continue
        seen.add(word)
        yield Hit(params={"word": word}, span=match.span())
        if len(seen) == _MOST_UNKNOWN:
            return


_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")
_SUFFIXES = ("kan", "an", "i")
_PREFIXES = (
    "memper",
    "diper",
    "mempel",
    "member",
    "keber",
    "pember",
    "penge",
    "menge",
    "meng",
    "meny",
    "mem",
    "men",
    "peng",
    "peny",
    "pem",
    "pen",
    "ber",
    "bel",
    "ter",
    "per",
    "pel",
    "dike",
    "di",
    "ke",
    "se",
    "me",
    "pe",
    "be",
    "te",
    "antar",
    "pasca",
    "pra",
    "sub",
    "non",
    "multi",
    "swa",
    "maha",
    "anti",
    "tuna",
    "adi",
)
_LOST = {
    "mem": "pf",
    "men": "t",
    "meny": "s",
    "meng": "k",
    "pem": "pf",
    "pen": "t",
    "peny": "s",
    "peng": "k",
}
"""First letters of a root that melt into the prefix before it."""


@lru_cache(maxsize=16_384)
def is_word(word: str, depth: int = 0) -> bool:
    """Whether a word is a root, or a root with Indonesian prefixes and suffixes."""
    if word in roots():
        return True
    if depth > 3 or len(word) < 4:
        return False
    for ending in _ENDINGS:
        if word.endswith(ending) and is_word(word[: -len(ending)], depth + 1):
            return True
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            rest = word[len(prefix) :]
            if is_word(rest, depth + 1):
                return True
            if any(is_word(letter + rest, depth + 1) for letter in _LOST.get(prefix, "")):
                return True
    return any(
        word.endswith(suffix)
        and len(word) - len(suffix) >= 3
        and is_word(word[: -len(suffix)], depth + 1)
        for suffix in _SUFFIXES
    )


@text_check("foreign-word", _ENTRIES)
def foreign_word(subject: TextSubject) -> Iterator[Hit]:
    """Foreign words with a common Indonesian equivalent."""
    yield from _table(subject, "foreign")


_NEARLY_FULL = 240
"""Weighted length on X from which abbreviations may be need."""


@text_check("informal-abbreviation", _ENTRIES)
def informal_abbreviation(subject: TextSubject) -> Iterator[Hit]:
    """No chat abbreviations, unless X leaves no room."""
    if subject.network == "x" and subject.length >= _NEARLY_FULL:
        return
    yield from _table(subject, "abbreviations")


def _table(subject: TextSubject, key: str) -> Iterator[Hit]:
    reading = subject.reading
    lexicon, proper = data.pairs("language", key)
    for match in reading.find(lexicon):
        written = reading.text[match.start : match.end]
        if not reading.in_words_only(match.start) or (
            key == "abbreviations" and _is_other(reading, match)
        ):
            continue
        better = _like(written, proper[match.entry])
        yield Hit(
            params={"written": written, "proper": better}, span=match.span, replacement=better
        )


def _is_other(reading: Reading, match: Match) -> bool:
    """``dr.`` is a physician, ``PD`` and ``ORG`` are something else than chat."""
    written = reading.plain[match.start : match.end]
    physician = match.entry == "dr" and (
        reading.plain.startswith(".", match.end)
        or re.match(r" [A-Z]", reading.plain[match.end : match.end + 2])
    )
    return bool(physician) or (written.isupper() and len(written) > 1)
