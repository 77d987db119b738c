"""Words in pictures that were drawn elsewhere: posters, notices, screenshots.

In a photo words happen to be there, and nobody has to read them; so only pictures count that are
mostly flat colour and hold a good deal of text.
"""

from collections.abc import Iterator, Sequence

from wajo_studio.compliance.check import Hit
from wajo_studio.compliance.checks_pictures import is_personal_paper, wait_for_looks
from wajo_studio.compliance.facts import PostFacts
from wajo_studio.compliance.looks import PictureUse
from wajo_studio.compliance.seen_text import LEGIBLE, SURE, SeenText, is_covered
from wajo_studio.domain.finding import Where
from wajo_studio.domain.geometry import Box
from wajo_studio.domain.seen import PictureSeen, SeenLine
from wajo_studio.i18n import _, format_number

SMALLEST_WORDS_PX = 24
"""Font size at 1080 px width, about 8 points on a phone (rules.md, img-text-small)."""

_FLAT = 0.35
"""Share of flat colour from which a picture was drawn: photos have under 0.25, artwork over 0.4."""
_FEW_CHARACTERS = 40
_SMALL_SHARE = 0.25
"""Share of the characters that have to be too small: a line of sources may be."""
_FONT_OF_LINE = 0.6
"""Font size over the height of the box the reader draws around a line (measured on our posters)."""
_COVERED_SHARE = 0.5


def is_drawn(seen: PictureSeen) -> bool:
    """Whether a picture was drawn to be read."""
    return seen.flat >= _FLAT and sum(len(line.text) for line in _sure(seen)) >= _FEW_CHARACTERS


def _sure(seen: PictureSeen) -> Sequence[SeenLine]:
    return [line for line in seen.lines if line.score >= SURE]


def small_words(facts: PostFacts) -> Iterator[Hit]:
    """Words of drawn pictures that are too small on a phone."""
    for use, seen in _uses(facts):
        per_1080 = 1080 / use.size.width
        sizes = [
            (line.height * use.place.h * use.size.height * _FONT_OF_LINE * per_1080, line)
            for line in _sure(seen)
        ]
        small = [(size, line) for size, line in sizes if size < SMALLEST_WORDS_PX]
        characters = sum(len(line.text) for _size, line in sizes)
        if sum(len(line.text) for _size, line in small) >= _SMALL_SHARE * characters:
            size, line = min(small, key=lambda entry: entry[0])
            yield Hit(
                _("Words in “{media}” are {size} px high, at least {smallest} px are needed."),
                Where("media", use.media_id, box=line.box),
                {
                    "media": use.media_id,
                    "size": format_number(size, 0),
                    "smallest": SMALLEST_WORDS_PX,
                },
                placements=use.placements,
            )
    wait_for_looks(facts)


def covered_words(facts: PostFacts) -> Iterator[Hit]:
    """Words of drawn pictures that lie where the app draws its buttons."""
    for use, seen in _uses(facts):
        if use.zone.is_empty:
            continue
        width, height = use.size.width, use.size.height
        bands = [
            Box(0, 0, 1, use.zone.top / height),
            Box(0, 1 - use.zone.bottom / height, 1, use.zone.bottom / height),
            Box(0, 0, use.zone.left / width, 1),
            Box(1 - use.zone.right / width, 0, use.zone.right / width, 1),
        ]
        hidden = [line for line in _sure(seen) if _is_hidden(_shown(line.box, use), bands)]
        if hidden:
            words = max(hidden, key=lambda line: len(line.text))
            yield Hit(
                _("“{words}” in the picture lies where the app's buttons cover it."),
                Where("media", use.media_id, box=words.box),
                {"words": words.text},
                placements=use.placements,
            )
    wait_for_looks(facts)


def _uses(facts: PostFacts) -> Iterator[tuple[PictureUse, PictureSeen]]:
    for use in facts.looks.uses:
        seen = facts.looks.pictures.get(use.media_id)
        if seen is not None and is_drawn(seen):
            item = facts.post.media_by_id(use.media_id)
            blurred = [Box(*area) for area in item.blur] if item else []
            lines = tuple(line for line in seen.lines if not is_covered(line.box, blurred))
            if not is_personal_paper(SeenText.of(lines, LEGIBLE)):
                yield use, PictureSeen(seen.size, lines, flat=seen.flat)


def _shown(box: Box, use: PictureUse) -> Box:
    """Where a part of the photo lies in the result."""
    place = use.place
    return Box(
        place.x + box.x * place.w, place.y + box.y * place.h, box.w * place.w, box.h * place.h
    )


def _is_hidden(box: Box, bands: Sequence[Box]) -> bool:
    """Whether buttons cover half of a line."""
    hidden = 0.0
    for band in bands:
        width = min(box.x + box.w, band.x + band.w) - max(box.x, band.x)
        height = min(box.y + box.h, band.y + band.h) - max(box.y, band.y)
        hidden += max(0.0, width) * max(0.0, height)
    return hidden >= _COVERED_SHARE * box.w * box.h
