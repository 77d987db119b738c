"""How much of a text has to go so that it fits."""

from bisect import bisect_right
from typing import TYPE_CHECKING

from wajo_studio.text.measure import count
from wajo_studio.text.x_weight import SCALE, normalised, pieces, plain_weight, weighted_length

if TYPE_CHECKING:
    from wajo_studio.specs.model import TextSpec


def excess(text: str, spec: "TextSpec") -> int:
    """How many code points to cut from the end of ``text`` so that it fits ``spec``.

    What is left always fits, and no more than needed goes, except that on X neither a link nor
    an emoji sequence is cut in two. 0 when the text fits as it is.
    """
    if spec.unit == "x_weighted":
        assert spec.link_length is not None
        return len(text) - _kept_on_x(text, spec.limit, spec.link_length)

    def length_of_beginning(code_points: int) -> int:
        return count(text[:code_points], spec.unit)

    # Counted this way a text never gets shorter by what follows.
    fitting = bisect_right(range(len(text) + 1), spec.limit, key=length_of_beginning)
    return len(text) - (fitting - 1)


def _kept_on_x(text: str, limit: int, link_length: int) -> int:
    """Code points of the longest beginning of ``text`` that X takes."""
    plain = normalised(text)
    kept = _fitting_pieces(plain, limit, link_length)
    if plain != text:
        # Back to the text as written, with the marks that belong to the last character.
        beginnings = range(len(text) + 1)
        kept = bisect_right(beginnings, kept, key=lambda n: len(normalised(text[:n]))) - 1
    # The cut itself can make a link of what was none ("a.comb" becomes "a.com").
    while kept and weighted_length(text[:kept], link_length) > limit:
        kept -= 1
    return kept


def _fitting_pieces(text: str, limit: int, link_length: int) -> int:
    """Where the last link, emoji sequence or code point of ``text`` (in NFC) ends that fits."""
    room = limit * SCALE
    for piece in pieces(text, link_length):
        if piece.weight <= room:
            room -= piece.weight
            continue
        if piece.whole:
            return piece.start
        for at in range(piece.start, piece.end):
            room -= plain_weight(text[at])
            if room < 0:
                return at
    return len(text)
