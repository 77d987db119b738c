"""The pictures that show and try a template, without a post."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wajo_studio.artwork.looks import default_look, dressed
from wajo_studio.artwork.manifest import ArtworkFormat
from wajo_studio.artwork.request import DESIGN_SIZES, ArtworkRequest, slide_count
from wajo_studio.artwork.template import Template
from wajo_studio.domain.brand import BrandKit
from wajo_studio.domain.geometry import SafeZone
from wajo_studio.domain.look import Look
from wajo_studio.services.studio import Studio
from wajo_studio.services.template_samples import (
    STRANGE,
    SampleContent,
    contents_to_try,
    safe_zones,
    sample_content,
    strictest_zone,
)


@dataclass(frozen=True)
class Painting:
    """One picture of a template with made-up content."""

    request: ArtworkRequest
    content: SampleContent


def paintings(
    studio: Studio, template: Template, lengths: Sequence[str], look: Look | None = None
) -> Iterator[Painting]:
    """Every picture of a template: all formats and slides, for each length of content.

    Args:
        studio: the program's parts.
        template: what is drawn.
        lengths: which contents.
        look: in which look; the default one unless given.
    """
    brand = dressed(studio.brand, look or default_look(studio.brand))
    for length in lengths:
        content = sample_content(template, length)
        for artwork_format in template.formats:
            zone = strictest_zone(artwork_format, studio.specs)
            for slide in _slides(template, content):
                yield _painting(brand, content, artwork_format, zone, slide)


def trial_paintings(studio: Studio, template: Template, look: Look) -> Iterator[Painting]:
    """The pictures that try a template in one look: all contents, and more of the longest text.

    That is shown without photo, too, and in every safe zone that some network leaves free; of a
    carousel then only the first, second and last slide.
    """
    yield from paintings(studio, template, contents_to_try(studio.brand), look)
    brand = dressed(studio.brand, look)
    content = sample_content(template, "longest")
    count = slide_count(template, content.fields)
    for artwork_format in template.formats:
        strictest, *others = safe_zones(artwork_format, studio.specs)
        for zone in others:
            for slide in _first_and_last(count):
                yield _painting(brand, content, artwork_format, zone, slide)
        plain = sample_content(template, "longest", photo=False)
        if plain.fields != content.fields:
            for zone in (strictest, *others):
                yield _painting(brand, plain, artwork_format, zone, 0)


def _slides(template: Template, content: SampleContent) -> Sequence[int]:
    """The slides worth painting: of strange content only those of another kind."""
    count = slide_count(template, content.fields)
    return _first_and_last(count) if content.length in STRANGE else range(count)


def _first_and_last(count: int) -> list[int]:
    return sorted({0, min(1, count - 1), count - 1})


def _painting(
    brand: BrandKit,
    content: SampleContent,
    artwork_format: ArtworkFormat,
    zone: SafeZone,
    slide: int,
) -> Painting:
    request = ArtworkRequest(
        template=content.template,
        format=artwork_format,
        size=DESIGN_SIZES[artwork_format],
        agency=content.agency,
        brand=brand,
        fields=content.fields,
        safe_zone=zone,
        pillar=content.pillar,
        slide_index=slide,
        photos=content.photos,
    )
    return Painting(request, content)
