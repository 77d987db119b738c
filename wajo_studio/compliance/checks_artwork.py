"""Checks of what was measured on the painted artwork."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from wajo_studio.compliance.check import Hit, Unmeasured, check
from wajo_studio.compliance.drawn_pictures import covered_words, small_words
from wajo_studio.compliance.facts import PaintedArtwork, PostFacts
from wajo_studio.domain.facts import ArtworkFacts
from wajo_studio.domain.finding import Severity, Where
from wajo_studio.i18n import _, format_number

SMALLEST_TEXT_PX = 24
"""Smallest text at 1080 px width, about 8 points on a phone (design/visual.md)."""

_Measure = TypeVar("_Measure")


def painted(facts: PostFacts) -> tuple[PaintedArtwork, ...]:
    """The painted artworks.

    Raises:
        Unmeasured: none was painted.
    """
    if facts.artworks is None:
        raise Unmeasured(_("The artwork has not been painted yet."))
    return facts.artworks


def worst(
    artworks: Iterable[PaintedArtwork],
    measures: Callable[[ArtworkFacts], Iterable[_Measure]],
    field: Callable[[_Measure], str],
    badness: Callable[[_Measure], float],
) -> Iterator[tuple[_Measure, PaintedArtwork, tuple[str, ...]]]:
    """Per field the worst measure, where it was found, and all placements concerned.

    A carousel in four formats would else repeat one fault thirty times.
    """
    found: dict[str, list[tuple[_Measure, PaintedArtwork]]] = {}
    for artwork in artworks:
        for measure in measures(artwork.facts):
            found.setdefault(field(measure), []).append((measure, artwork))
    for cases in found.values():
        measure, artwork = max(cases, key=lambda case: badness(case[0]))
        placements = dict.fromkeys(p for _measure, other in cases for p in other.placements)
        yield measure, artwork, tuple(placements)


def _label(facts: PostFacts, field: str) -> str:
    return next((f.label for f in facts.template.fields if f.id == field), field)


@check("fit-overflow")
def fit_overflow(facts: PostFacts) -> Iterator[Hit]:
    """Every text fits its box at a size that can be read."""
    for measure, _artwork, placements in worst(
        painted(facts), lambda a: a.overflows, lambda m: m.field, lambda m: m.excess_characters
    ):
        yield Hit(
            _("“{field}” does not fit the artwork. Cut at least {excess} characters."),
            Where("field", measure.field, box=measure.box),
            {"field": _label(facts, measure.field), "excess": measure.excess_characters},
            placements=placements,
        )


@check("glyph-missing")
def glyph_missing(facts: PostFacts) -> Iterator[Hit]:
    """Every character can be drawn with a font that is there."""
    for measure, _artwork, placements in worst(
        painted(facts),
        lambda a: a.missing_glyphs,
        lambda m: m.field,
        lambda m: len(m.characters),
    ):
        named = ", ".join(
            f"{sign} (U+{ord(sign):04X})" for sign in dict.fromkeys(measure.characters)
        )
        yield Hit(
            _("“{field}” holds characters that no font can draw: {characters}. Replace them."),
            Where("field", measure.field, box=measure.box),
            {"field": _label(facts, measure.field), "characters": named},
            placements=placements,
        )


@check("img-contrast-low")
def img_contrast_low(facts: PostFacts) -> Iterator[Hit]:
    """Text stands out from what lies under it (WCAG 2.2, 1.4.3)."""
    for measure, artwork, placements in worst(
        painted(facts),
        lambda a: (m for m in a.contrasts if m.ratio < m.required),
        lambda m: m.field,
        lambda m: m.required - m.ratio,
    ):
        yield Hit(
            _("The contrast of “{field}” is {ratio}:1, at least {required}:1 is needed."),
            Where("artwork", artwork.placements[0], box=measure.box),
            {
                "field": _label(facts, measure.field),
                "ratio": format_number(measure.ratio, 1),
                "required": format_number(measure.required, 1),
            },
            placements=placements,
        )


@check("img-text-small")
def img_text_small(facts: PostFacts) -> Iterator[Hit]:
    """Text can be read on a phone; between the smallest and a comfortable size it is a hint."""
    for measure, artwork, placements in worst(
        painted(facts), lambda a: a.small_texts, lambda m: m.field, lambda m: -m.size_px
    ):
        yield Hit(
            _("“{field}” is {size} px high at 1080 px width, at least {smallest} px are needed."),
            Where("artwork", artwork.placements[0], box=measure.box),
            {
                "field": _label(facts, measure.field),
                "size": format_number(measure.size_px, 1),
                "smallest": SMALLEST_TEXT_PX,
            },
            placements=placements,
            severity=Severity.INFO if measure.size_px >= SMALLEST_TEXT_PX else None,
        )
    yield from small_words(facts)


@check("img-text-ui-zone")
def img_text_ui_zone(facts: PostFacts) -> Iterator[Hit]:
    """No text and no logo lies where the app draws its buttons."""
    for measure, artwork, placements in worst(
        painted(facts),
        lambda a: a.outside_safe_zone,
        lambda m: m.field,
        lambda m: m.box.w * m.box.h,
    ):
        yield Hit(
            _("“{field}” lies where the app's buttons cover it. Move it into the safe zone."),
            Where("artwork", artwork.placements[0], box=measure.box),
            {"field": _label(facts, measure.field)},
            placements=placements,
        )
    yield from covered_words(facts)


@check("logo-missing")
def logo_missing(facts: PostFacts) -> Iterator[Hit]:
    """The artwork carries the office's own logo; a hint as long as none was imported."""
    if not facts.template.has_artwork:
        return
    without = [a for a in painted(facts) if a.facts.logo != "imported"]
    if not without:
        return
    placements = tuple(dict.fromkeys(p for artwork in without for p in artwork.placements))
    yield Hit(
        _("The official logo is not in the artwork. Insert it.")
        if facts.logos_imported
        else _("The logo has not been imported yet; a monogram stands in. Import it once."),
        Where("artwork", placements[0]),
        placements=placements,
        severity=None if facts.logos_imported else Severity.INFO,
    )
