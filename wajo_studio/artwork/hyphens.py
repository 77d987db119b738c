"""Words too long for their box even at the smallest size: as few hyphens as do, between syllables.

The painter draws no soft hyphens, so a hyphen is put only into words that must break.
"""

import itertools
import math
import re
from collections.abc import Callable

from markupsafe import Markup

LONG = 18
"""Letters from which on a word may be parted; shorter ones are the layout's business."""

_TEXT = re.compile(r"(<[^>]*>|&[#\w]+;)")
_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
_UNEVEN = 1.1
"""Syllables make parts of uneven length; with fewer parts one of them would be too wide again."""
_VOWELS = "aiueoAIUEO"
_PAIRS = ("ng", "ny", "sy", "kh")


def parted(body: Markup, width_share: Callable[[Markup], float]) -> Markup | None:
    """The block with each word that is too wide parted; None where none is.

    Args:
        body: HTML of a block.
        width_share: width of the same block with a single word left in it, per width of its box.
    """
    pieces = _TEXT.split(body)
    changed = False
    for number, piece in enumerate(pieces):
        if number % 2:
            continue
        for word in dict.fromkeys(_WORD.findall(piece)):
            alone = [p if n % 2 else "" for n, p in enumerate(pieces)]
            alone[number] = word
            share = width_share(Markup("".join(alone)))  # noqa: S704 - escaped already
            if share > 1:
                hyphened = _with_hyphens(word, math.ceil(share * _UNEVEN))
                pieces[number] = pieces[number].replace(word, hyphened)
                changed = True
    return Markup("".join(pieces)) if changed else None  # noqa: S704 - escaped already


def _with_hyphens(word: str, parts: int) -> str:
    """``pertanggungjawaban-pemerintahan``: parts of whole syllables, as equal as can be."""
    breaks = [at for at in range(3, len(word) - 2) if _begins_syllable(word, at)]
    chosen = set()
    for number in range(1, parts):
        wanted = len(word) * number / parts
        chosen.add(min(breaks, key=lambda at: abs(at - wanted), default=round(wanted)))
    edges = [0, *sorted(chosen), len(word)]
    return "-".join(word[a:b] for a, b in itertools.pairwise(edges))


def _begins_syllable(word: str, at: int) -> bool:
    """Whether a syllable begins at this letter: one consonant (or ng, ny, sy, kh) and a vowel."""
    if word[at - 1 : at + 1].lower() in _PAIRS:
        return False
    after = at + (2 if word[at : at + 2].lower() in _PAIRS else 1)
    return word[at] not in _VOWELS and word[after : after + 1] in tuple(_VOWELS)
