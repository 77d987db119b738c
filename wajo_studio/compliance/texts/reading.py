"""A text as the rules read it: folded letters, words, lines, sentences, links, each found once.

Every position in a folded text is the same position in the text as typed, so spans need no
translation. Sentences are at most :data:`LONGEST_SENTENCE` long, which bounds the time any rule
spends on one, however hostile the text.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wajo_studio.compliance.texts.lexicon import Lexicon, Match
from wajo_studio.text import Found, find_links

LONGEST_SENTENCE = 1_000
"""Code points after which a sentence without an end is cut for the rules."""

_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(,/])(?:[A-Za-z]|[A-Z]\.[A-Za-z]{1,4}|[A-Z][a-z]?|dr|drs|dra|ir|hj|no|jl|jln|tgl|pkl|"
    r"s\.d|a\.n|d\.a|dll|dsb|dkk|st|sdr|sdri|tn|ny|rt|rw|kab|kec|kel|prof|gg|lr|rp|telp|hal|pj|"
    r"plt|plh|yth|u\.p)$",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008", " "),
        **dict.fromkeys("\u2009\u200a\u202f\u205f\u3000\t", " "),
        **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        "\u2044": "/",
        "\u2028": "\n",
        "\u2029": "\n",
        "\r": "\n",
    }
)


@dataclass(frozen=True)
class Stretch:
    """A part of the text: code points from ``start`` to ``end``, end exclusive."""

    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Start and end, as findings carry them."""
        return (self.start, self.end)


class Reading:
    """One text and everything the rules ask about it.

    Attributes:
        text: as typed.
        plain: of equal length: digits and letters of other styles made plain, one kind of
            blank, hyphen and quotation mark; capitals kept.
        folded: ``plain`` in small letters.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = _plain(text)
        lowered = self.plain.lower()
        if len(lowered) != len(text):  # a few capitals have small forms of two code points
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.plain)
        self.folded = lowered
        self._found: dict[int, list[Match]] = {}
        self._lexicons: list[Lexicon] = []

    @cached_property
    def words(self) -> list[Stretch]:
        """Runs of letters, digits and underscores."""
        return [Stretch(*match.span()) for match in _WORD.finditer(self.folded)]

    @cached_property
    def tokens(self) -> list[str]:
        """The words, folded."""
        return [self.folded[word.start : word.end] for word in self.words]

    @cached_property
    def sentences(self) -> list[Stretch]:
        """Sentences; a line's end ends one as well."""
        found, start = [], 0
        for match in _END.finditer(self.plain):
            if match[0][0] != "\n" and self._is_abbreviation(match.start()):
                continue
            found += _chunks(start, match.end())
            start = match.end()
        return found + _chunks(start, len(self.text))

    def _is_abbreviation(self, dot: int) -> bool:
        return self.plain[dot] == "." and bool(
            _ABBREVIATION.search(self.plain[max(0, dot - 8) : dot])
        )

    @cached_property
    def paragraphs(self) -> list[Stretch]:
        """Blocks between empty lines, cut like sentences at four times their length."""
        found, start = [], 0
        for match in _PARAGRAPH.finditer(self.plain):
            found += _chunks(start, match.start(), 4 * LONGEST_SENTENCE)
            start = match.end()
        return found + _chunks(start, len(self.text), 4 * LONGEST_SENTENCE)

    @cached_property
    def lines(self) -> list[Stretch]:
        """Lines without their ends."""
        found, start = [], 0
        for line in self.plain.split("\n"):
            found.append(Stretch(start, start + len(line)))
            start += len(line) + 1
        return found

    @cached_property
    def links(self) -> list[Found]:
        """Links, with or without scheme."""
        return find_links(self.text)

    @cached_property
    def untranslatable(self) -> list[Stretch]:
        """Links, e-mail addresses, hashtags, mentions: no place for rules of spelling."""
        marks = [Stretch(link.start, link.end) for link in self.links]
        marks += [
            Stretch(*m.span()) for m in re.finditer(r"[#@]\w+|[\w.+-]{1,64}@\S{1,200}", self.plain)
        ]
        return sorted(marks, key=lambda mark: mark.start)

    def in_words_only(self, at: int) -> bool:
        """Whether ``at`` lies outside links, addresses, hashtags and mentions."""
        marks = self.untranslatable
        index = bisect_right(marks, at, key=lambda mark: mark.start) - 1
        return not any(mark.start <= at < mark.end for mark in marks[max(0, index - 2) : index + 1])

    def sentence(self, at: int) -> Stretch:
        """The sentence around ``at``."""
        return _around(self.sentences, at)

    def paragraph(self, at: int) -> Stretch:
        """The paragraph around ``at``; between two it is the one before."""
        return _around(self.paragraphs, at)

    def line(self, at: int) -> Stretch:
        """The line around ``at``."""
        return _around(self.lines, at)

    def find(self, lexicon: Lexicon) -> list[Match]:
        """Every place where the lexicon's words stand, first to last."""
        if id(lexicon) not in self._found:
            self._found[id(lexicon)] = lexicon.find(self.words, self.tokens, self.plain)
            self._lexicons.append(lexicon)  # keeps it alive, and with it its id
        return self._found[id(lexicon)]

    def within(self, lexicon: Lexicon, start: int, end: int) -> list[Match]:
        """The lexicon's words that begin between two places."""
        found = self.find(lexicon)
        if not found:
            return []
        return found[
            bisect_left(found, start, key=lambda m: m.start) : bisect_left(
                found, end, key=lambda m: m.start
            )
        ]

    def has(self, lexicon: Lexicon, part: Stretch | None = None) -> bool:
        """Whether any of the lexicon's words stands in the text, or in a part of it."""
        if part is None:
            return bool(self.find(lexicon))
        return bool(self.within(lexicon, part.start, part.end))

    def slice(self, part: Stretch) -> str:
        """A part of the plain text."""
        return self.plain[part.start : part.end]


@lru_cache(maxsize=64)
def read(text: str) -> Reading:
    """The reading of a text; the rules of one run share it."""
    return Reading(text)


def _plain(text: str) -> str:
    if text.isascii():
        return text.replace("\t", " ").replace("\r", "\n")
    text = text.translate(_SIGNS)
    if text.isascii():
        return text
    return "".join([c if c.isascii() else _plain_sign(c) for c in text])


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    """A letter or digit of another style (bold, full width, circled) as an ordinary one."""
    value = unicodedata.decimal(sign, None)
    if value is not None:
        return str(value)
    normal = unicodedata.normalize("NFKC", sign)
    return normal if len(normal) == 1 and normal.isascii() else sign


def _chunks(start: int, end: int, longest: int = LONGEST_SENTENCE) -> list[Stretch]:
    return [Stretch(at, min(at + longest, end)) for at in range(start, end, longest)]


def _around(parts: list[Stretch], at: int) -> Stretch:
    index = bisect_right(parts, at, key=lambda part: part.start) - 1
    return parts[max(0, index)] if parts else Stretch(0, 0)
