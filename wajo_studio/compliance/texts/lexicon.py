"""Lists of words and phrases, and where they stand in a text.

A phrase matches whole words, whatever single blank, hyphen, apostrophe or slash lies between
them; signs at its end (``wajib share!``) must stand there too. Words are looked up, not searched
for, so a list of hundreds costs no more than a list of ten.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[ \-'/\n]{1,2}|\.")
_ENDING = re.compile(r"[^\w\s]+$")


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Match:
    """One find: where, and which entry of the list it was."""

    start: int
    end: int
    entry: str
    first_word: int

    @property
    def span(self) -> tuple[int, int]:
        """Start and end, as findings carry them."""
        return (self.start, self.end)


class Lexicon:
    """A compiled list of words and phrases.

    Args:
        entries: as people write them.
        exact: whether capitals must agree.
    """

    def __init__(self, entries: Iterable[str], *, exact: bool = False) -> None:
        self.exact = exact
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for entry in entries:
            words = tuple(_WORD.findall(entry.lower()))
            if words:
                ending = _ENDING.search(entry.strip())
                signs = ending[0] if ending and ending[0] != "." else ""
                self._by_first.setdefault(words[0], []).append((words, signs, entry))
        for options in self._by_first.values():
            options.sort(key=lambda option: len(option[0]), reverse=True)

    def find(self, words: Sequence[_Span], tokens: Sequence[str], plain: str) -> list[Match]:
        """Every match, first to last; of several at one word the longest."""
        found = []
        by_first = self._by_first
        for index, token in enumerate(tokens):
            if token in by_first and (match := self._at(index, words, tokens, plain)):
                found.append(match)
        return found

    def _at(
        self, index: int, words: Sequence[_Span], tokens: Sequence[str], plain: str
    ) -> Match | None:
        for wanted, signs, entry in self._by_first[tokens[index]]:
            last = index + len(wanted) - 1
            if last >= len(tokens) or tuple(tokens[index : last + 1]) != wanted:
                continue
            if not all(
                _joins(wanted[i - index], plain[words[i].end : words[i + 1].start])
                for i in range(index, last)
            ):
                continue
            start, end = words[index].start, words[last].end
            if signs and not plain.startswith(signs, end):
                continue
            if self.exact and plain[start:end] != entry:
                continue
            return Match(start, end + len(signs), entry, index)
        return None


def _joins(word: str, gap: str) -> bool:
    """Whether a gap keeps two words together; a full stop with a blank only behind ``no.``."""
    return bool(_GAP.fullmatch(gap)) or (gap == ". " and len(word) <= 3)


def outside(matches: Iterable[Match], others: Sequence[Match]) -> list[Match]:
    """The matches that begin inside none of the others, which are sorted by their start.

    So "calon" stays and "calon jemaah" goes.
    """
    return [match for match in matches if not _is_inside(match, others)]


def _is_inside(match: Match, others: Sequence[Match]) -> bool:
    last = bisect_right(others, match.start, key=lambda other: other.start)
    return any(match.start < other.end for other in others[max(0, last - _OVERLAPPING) : last])


_OVERLAPPING = 4
"""More matches of one lexicon than so many never cover the same word."""
