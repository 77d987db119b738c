"""The weighted length of a text on X (configuration v3, x.md 3.2)."""

import unicodedata
from typing import NamedTuple

from wajo_studio.text.data import x_rules
from wajo_studio.text.emoji import sequence_spans
from wajo_studio.text.links import find_links

SCALE = 100
"""Weights are hundredths of a character."""


class Piece(NamedTuple):
    """A stretch of a text, from ``start`` to before ``end``, and what it weighs in hundredths."""

    start: int
    end: int
    weight: int
    whole: bool
    """A link or an emoji sequence, which is counted as one; else single code points."""


def weighted_length(text: str, link_length: int) -> int:
    """How many characters X counts.

    Args:
        text: any text; it is brought to NFC first.
        link_length: what each link counts, whatever its real length.
    """
    return sum(piece.weight for piece in pieces(normalised(text), link_length)) // SCALE


def normalised(text: str) -> str:
    """The text in NFC, as X counts it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def pieces(text: str, link_length: int) -> list[Piece]:
    """The whole text in pieces, first to last.

    Args:
        text: in NFC.
        link_length: what each link counts.
    """
    weight = x_rules().default_weight
    marked = {a: Piece(a, b, weight, whole=True) for a, b in sequence_spans(text)}
    # A link wins over an emoji that begins at the same place.
    for link in find_links(text):
        marked[link.start] = Piece(link.start, link.end, link_length * SCALE, whole=True)
    found: list[Piece] = []
    at = 0
    for start in sorted(marked):
        if start < at:  # swallowed by the piece before
            continue
        if start > at:
            found.append(_plain(text, at, start))
        found.append(marked[start])
        at = marked[start].end
    if at < len(text):
        found.append(_plain(text, at, len(text)))
    return found


def _plain(text: str, start: int, end: int) -> Piece:
    return Piece(start, end, plain_weight(text[start:end]), whole=False)


def plain_weight(text: str) -> int:
    """Weight in hundredths of code points that are no part of a link or emoji sequence."""
    rules = x_rules()
    heavy = 0 if text.isascii() else len(rules.light.sub("", text))
    return (len(text) - heavy) * rules.range_weight + heavy * rules.default_weight
