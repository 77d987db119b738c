"""What is asked of the painter: one artwork, in one format, for one safe zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from wajo_studio.artwork.manifest import ArtworkFormat
from wajo_studio.artwork.template import Template
from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.post import Pillar

if TYPE_CHECKING:
    from PIL import Image

SlideKind = Literal["single", "cover", "item", "closing"]

DESIGN_SIZES: Mapping[ArtworkFormat, PixelSize] = {
    "4:5": PixelSize(1080, 1350),
    "1:1": PixelSize(1080, 1080),
    "9:16": PixelSize(1080, 1920),
    "16:9": PixelSize(1600, 900),
}
"""The pixels in which layouts are written. Another output size of the shape is scaled."""

SMALLEST_TEXT_AT_1080 = 24
"""Smallest legible text in pixels of a 1080 px wide artwork (about 8 pt on a phone)."""


def smallest_text(artwork_format: ArtworkFormat) -> int:
    """The smallest allowed text in design pixels of a format: 24, for 16:9 36."""
    width = DESIGN_SIZES[artwork_format].width
    return -(-SMALLEST_TEXT_AT_1080 * width // 1080)


class PhotoSource(Protocol):
    """Gives the post's pictures, ready for their slot."""

    def picture(self, media_id: str, size: PixelSize) -> "Image.Image":
        """The picture upright, sRGB, mode RGB, cropped by its focus point to exactly ``size``.

        Returning the same object for the same arguments makes repainting faster.
        """
        ...


class NoPhotos:
    """The source of a post without pictures."""

    def picture(self, media_id: str, size: PixelSize) -> "Image.Image":
        """Never called by a sound template: there is no picture to ask for."""
        raise KeyError(media_id)


NO_PHOTOS: PhotoSource = NoPhotos()
_WHOLE_FRAME = SafeZone()


@dataclass(frozen=True)
class ArtworkRequest:
    """One artwork.

    Attributes:
        size: output pixels, of the shape of ``format``.
        safe_zone: margins in output pixels that the network's buttons cover.
        fields: values as :func:`wajo_studio.artwork.fields.check_fields` returns them, photo
            fields assigned (media ids).
        slide_index: 0 for the only picture or the cover.
    """

    template: Template
    format: ArtworkFormat
    size: PixelSize
    agency: Agency
    brand: BrandKit
    fields: Mapping[str, Any]
    safe_zone: SafeZone = _WHOLE_FRAME
    pillar: Pillar | None = None
    slide_index: int = 0
    photos: PhotoSource = NO_PHOTOS

    @property
    def design_size(self) -> PixelSize:
        """The pixels in which the layout is written."""
        return DESIGN_SIZES[self.format]

    @property
    def scale(self) -> float:
        """Output pixels per design pixel."""
        return self.size.width / self.design_size.width


@dataclass(frozen=True)
class Slide:
    """Which picture of a carousel is painted.

    Attributes:
        index: 0-based; ``number`` is for people.
        position: which entry of the list, 0-based; None for cover, closing and single pictures.
        entries: how many entries it shows from there on.
    """

    index: int
    count: int
    kind: SlideKind
    position: int | None
    entries: int = 0

    @property
    def number(self) -> int:
        """1-based."""
        return self.index + 1


def slide_count(template: Template, fields: Mapping[str, Any]) -> int:
    """How many pictures the artwork has: 1 without ``[slides]``, else 1-10.

    Fewer than the template's ``min`` is possible while the list is short.
    """
    if template.slides is None:
        return 1
    return max(1, _extra(template) + len(_shares(template, fields)))


def items_shown(template: Template, fields: Mapping[str, Any]) -> int:
    """How many entries of the slides' list get a place on a picture."""
    return sum(_shares(template, fields))


def _shares(template: Template, fields: Mapping[str, Any]) -> tuple[int, ...]:
    """How many entries each picture of the list takes: as even as can be, the longer first."""
    if template.slides is None:
        return ()
    slides = template.slides
    shown = min(len(fields.get(slides.each) or ()), (slides.max - _extra(template)) * slides.per)
    pictures = -(-shown // slides.per)
    return tuple(shown // pictures + (n < shown % pictures) for n in range(pictures))


def _extra(template: Template) -> int:
    slides = template.slides
    return 0 if slides is None else int(slides.cover) + int(slides.closing)


def slide_at(template: Template, fields: Mapping[str, Any], index: int) -> Slide:
    """The slide with this index.

    Raises:
        IndexError: there is no such slide.
    """
    count = slide_count(template, fields)
    if not 0 <= index < count:
        raise IndexError(f"slide {index} of {count}")
    slides = template.slides
    if slides is None:
        return Slide(index, count, "single", None)
    if slides.cover and index == 0:
        return Slide(index, count, "cover", None)
    shares = _shares(template, fields)
    picture = index - int(slides.cover)
    if picture >= len(shares):
        return Slide(index, count, "closing" if slides.closing else "single", None)
    return Slide(index, count, "item", sum(shares[:picture]), shares[picture])
