"""Which colours of a palette lie on which in the layouts, and how to mend a pair that is too weak.

The layouts' own pixels are measured by the checks; this tells beforehand, for a palette alone,
what would fail, and what the nearest colour is that would not.
"""

from dataclasses import dataclass

from wajo_studio.artwork.colours import TEXT_RATIO, WHITE, contrast, luminance, mix, shades
from wajo_studio.domain.brand import Palette

GRAPHIC_RATIO = 3.0
"""WCAG 2.2 success criterion 1.4.11, graphical objects (https://www.w3.org/TR/WCAG22/)."""

_STEP = 0.02


@dataclass(frozen=True)
class Pair:
    """A shade that lies on another one, and the role to change where they are too alike."""

    front: str
    ground: str
    role: str
    ratio: float = TEXT_RATIO


PAIRS = (
    Pair("ink", "paper", "ink"),
    Pair("ink-soft", "paper", "ink"),
    Pair("primary", "paper", "primary"),
    Pair("white", "primary", "primary"),
    Pair("white", "primary-lift", "primary"),
    Pair("primary-pale", "primary", "primary"),
    Pair("white", "alert", "alert"),
    Pair("alert", "paper", "alert"),
    Pair("white", "education", "education"),
    Pair("education", "paper", "education"),
    Pair("accent", "primary", "accent", GRAPHIC_RATIO),
)
"""Every pair the layouts rely on."""


@dataclass(frozen=True)
class Weakness:
    """A pair that is too alike.

    Attributes:
        ratio: what it has, 1-21.
        colour: of the role now.
        proposal: the nearest colour of the role with which this and every other pair of the role
            holds; the colour itself where no change of this role alone can.
    """

    pair: Pair
    ratio: float
    colour: str
    proposal: str


def weaknesses(palette: Palette) -> list[Weakness]:
    """Every pair of a palette that is too alike, with a proposal."""
    found = []
    for pair in PAIRS:
        ratio = _ratio(palette, pair)
        if ratio < pair.ratio:
            colour = str(getattr(palette, pair.role))
            found.append(Weakness(pair, ratio, colour, _proposal(palette, pair.role)))
    return found


def repaired(palette: Palette) -> Palette:
    """The palette with every proposal taken; the same palette where nothing is weak."""
    for _turn in range(len(PAIRS)):
        weak = weaknesses(palette)
        changes = {w.pair.role: w.proposal for w in weak if w.proposal != w.colour}
        if not changes:
            return palette
        role = next(iter(changes))
        palette = palette.model_copy(update={role: changes[role]})
    return palette


def _ratio(palette: Palette, pair: Pair) -> float:
    found = shades(palette)
    return contrast(found[pair.front], found[pair.ground])


def _proposal(palette: Palette, role: str) -> str:
    """The nearest darker or lighter colour with which all pairs of ``role`` hold."""
    colour = str(getattr(palette, role))
    own = [pair for pair in PAIRS if pair.role == role]
    darker, lighter = "#000000", WHITE
    ends = (darker, lighter) if luminance(colour) < 0.5 else (lighter, darker)
    for step in range(1, round(1 / _STEP) + 1):
        for end in ends:
            candidate = mix(colour, end, step * _STEP)
            changed = palette.model_copy(update={role: candidate})
            if all(_ratio(changed, pair) >= pair.ratio for pair in own):
                return candidate
    return colour
