"""What an artwork is like, measured on its own pixels. Checks judge these facts."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from wajo_studio.artwork.fitting import FitRecord
from wajo_studio.artwork.glyphs import missing_characters
from wajo_studio.artwork.layout import Page, compose
from wajo_studio.artwork.paint import Painted, paint_page
from wajo_studio.artwork.request import SMALLEST_TEXT_AT_1080, ArtworkRequest, items_shown
from wajo_studio.domain.facts import (
    ArtworkFacts,
    FitOverflow,
    LogoMark,
    MissingGlyphs,
    OutsideSafeZone,
    SmallText,
    TextContrast,
)
from wajo_studio.domain.geometry import Box, PixelBox

if TYPE_CHECKING:
    from wajo_studio.artwork.marks import Marks

LARGE_TEXT_AT_1080 = 72
"""From this size on 3:1 is enough (rules.md img-contrast-low; bold text is not told apart)."""
_REQUIRED, _REQUIRED_LARGE = 4.5, 3.0
_ROUNDING_PX = 0.75
_EDGE_PX = 2
"""Ink of a letter may touch the margin by the roundness of an o."""
_TOUCH_SHARE = 0.25
"""Lines of two texts may share so much of the lower one's height, as tails and dots do."""


def inspect(request: ArtworkRequest) -> ArtworkFacts:
    """Measure one artwork: fit, glyphs, contrast, sizes, safe zone, logo.

    Paints the page about five times; not for every keystroke.

    Raises:
        TemplateError: the layout is wrong or asks for something it may not load.
        IndexError: there is no such slide.
    """
    page = compose(request)
    return inspect_page(request, page, paint_page(request, page))


def inspect_page(request: ArtworkRequest, page: Page, painted: Painted) -> ArtworkFacts:
    """The same for a page that was composed and painted already."""
    from wajo_studio.artwork.marks import find_marks

    marks = find_marks(request, page, painted)
    boxes: dict[str, Box] = {}
    contrasts, small = [], []
    per_1080 = 1080 / request.size.width
    for text in marks.texts:
        box = text.box.relative_to(request.size)
        boxes.setdefault(text.name, box)
        size = text.size_px * per_1080
        large = size >= LARGE_TEXT_AT_1080
        required = _REQUIRED_LARGE if large else _REQUIRED
        contrasts.append(TextContrast(text.name, text.contrast, required, box))
        if 0 < size < SMALLEST_TEXT_AT_1080 - _ROUNDING_PX:
            small.append(SmallText(text.name, size, box))
    return ArtworkFacts(
        overflows=(
            *_overflows(page.fits, boxes),
            *_left_out(request),
            *_collisions(request, marks),
        ),
        missing_glyphs=tuple(_missing(request, boxes)),
        contrasts=tuple(contrasts),
        small_texts=tuple(small),
        outside_safe_zone=tuple(
            OutsideSafeZone(name, box.relative_to(request.size))
            for name, box in (
                *((text.name, text.box) for text in marks.texts),
                *(("logo", box) for box in marks.logos),
            )
            if _outside(request, box)
        ),
        logo=_logo(page),
        logo_marks=tuple(_logo_marks(request, page, painted, [text.box for text in marks.texts])),
    )


def _logo_marks(
    request: ArtworkRequest, page: Page, painted: Painted, texts: Sequence[PixelBox]
) -> Iterator[LogoMark]:
    from wajo_studio.artwork.logo_marks import clear_space, find_logos

    found = find_logos(request, page, painted)
    for number, logo in enumerate(found):
        others = [other.box for other in found[:number] + found[number + 1 :]]
        height = logo.box.bottom - logo.box.top
        yield LogoMark(
            box=logo.box.relative_to(request.size),
            height_px=height * 1080 / request.size.width,
            clear=clear_space(logo.box, [*texts, *others], request.size) / height,
            stretched=logo.stretched,
        )


def _overflows(fits: tuple[FitRecord, ...], boxes: dict[str, Box]) -> Iterator[FitOverflow]:
    for record in fits:
        if not record.fitted.fits:
            field = record.fields[0] if record.fields else record.name
            yield FitOverflow(field, max(1, record.excess()), boxes.get(field))


def _left_out(request: ArtworkRequest) -> Iterator[FitOverflow]:
    """Entries of lists beyond what the template takes: they would be lost without a word."""
    template = request.template
    for spec in template.fields:
        if spec.type != "list":
            continue
        entries = request.fields.get(spec.id) or ()
        shown = len(entries) if spec.max is None else spec.max
        if template.slides is not None and template.slides.each == spec.id:
            shown = min(shown, items_shown(template, request.fields))
        lost = sum(len(_text(entry)) for entry in entries[shown:])
        if lost:
            yield FitOverflow(spec.id, lost, None)


def _collisions(request: ArtworkRequest, marks: "Marks") -> Iterator[FitOverflow]:
    """Texts that lie on another text or on a logo: nothing fits there, whatever its own box says.

    Every pair is told once, by the field that can be shortened.
    """
    fields = {spec.id for spec in request.template.fields}
    for number, text in enumerate(marks.texts):
        others = [(other.name, other.lines) for other in marks.texts[:number]]
        for name, boxes in (*others, ("logo", marks.logos)):
            if any(_lies_on(line, box) for line in text.lines for box in boxes):
                blamed = text.name if text.name in fields or name not in fields else name
                yield FitOverflow(blamed, 1, text.box.relative_to(request.size))


def _lies_on(one: PixelBox, other: PixelBox) -> bool:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return width > _EDGE_PX and height > max(_EDGE_PX, lower * _TOUCH_SHARE)


def _missing(request: ArtworkRequest, boxes: dict[str, Box]) -> Iterator[MissingGlyphs]:
    family = request.brand.font_family
    texts = {spec.id: _text(request.fields.get(spec.id)) for spec in request.template.fields}
    for field, text in {**texts, "agency": request.agency.name}.items():
        missing = missing_characters(text, family)
        if missing:
            yield MissingGlyphs(field, missing, boxes.get(field))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return " ".join(_text(item) for item in value)
    return ""


def _outside(request: ArtworkRequest, box: PixelBox) -> bool:
    zone, size = request.safe_zone, request.size
    return (
        box.left < zone.left - _EDGE_PX
        or box.top < zone.top - _EDGE_PX
        or box.right > size.width - zone.right + _EDGE_PX
        or box.bottom > size.height - zone.bottom + _EDGE_PX
    )


def _logo(page: Page) -> Literal["monogram", "imported", "none"]:
    if 'data-logo="imported"' in page.html:
        return "imported"
    return "monogram" if 'data-logo="monogram"' in page.html else "none"
