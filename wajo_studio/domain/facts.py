"""What was measured about a post and its results. Checks judge these facts; they open no file."""

from dataclasses import dataclass
from typing import Literal

from wajo_studio.domain.geometry import Box, PixelSize

TextPart = Literal["caption", "title", "description", "tags"]


@dataclass(frozen=True)
class FitOverflow:
    """A text that does not fit its box at the smallest size.

    Attributes:
        field: the template field.
        excess_characters: how many code points have to go.
        box: where the text would stand.
    """

    field: str
    excess_characters: int
    box: Box | None


@dataclass(frozen=True)
class MissingGlyphs:
    """Characters of a field that no available font can draw."""

    field: str
    characters: str
    box: Box | None = None


@dataclass(frozen=True)
class TextContrast:
    """WCAG contrast of drawn text, measured on the pixels under its glyphs.

    Attributes:
        field: the field, or the name of the fixed text.
        ratio: 1-21, the tenth percentile over the glyphs' surroundings.
        required: 3.0 for large text, else 4.5.
        box: where the text stands.
    """

    field: str
    ratio: float
    required: float
    box: Box


@dataclass(frozen=True)
class SmallText:
    """Text drawn under the smallest legible size (24 px at 1080 px width)."""

    field: str
    size_px: float
    box: Box | None


@dataclass(frozen=True)
class OutsideSafeZone:
    """Text or a logo that the network's buttons may cover."""

    field: str
    box: Box


@dataclass(frozen=True)
class LogoMark:
    """An imported logo on an artwork.

    Attributes:
        box: where it stands.
        height_px: at 1080 px width.
        clear: free space around it as a share of its height, to the nearest text, other logo or
            edge; at most 1.
        stretched: whether it is drawn in another ratio than its file has.
    """

    box: Box
    height_px: float
    clear: float
    stretched: bool


@dataclass(frozen=True)
class ArtworkFacts:
    """What was measured about one painted artwork (one slide, one format, one safe zone)."""

    overflows: tuple[FitOverflow, ...] = ()
    missing_glyphs: tuple[MissingGlyphs, ...] = ()
    contrasts: tuple[TextContrast, ...] = ()
    small_texts: tuple[SmallText, ...] = ()
    outside_safe_zone: tuple[OutsideSafeZone, ...] = ()
    logo: Literal["monogram", "imported", "none"] = "none"
    logo_marks: tuple[LogoMark, ...] = ()


@dataclass(frozen=True)
class TextFact:
    """One text of one placement as it will be published, measured as the network measures.

    Attributes:
        placement: placement id.
        part: caption, title, description or tags.
        key: caption key the text came from (``base``, ``x``, ``instagram.reel``), or ``draft``
            for the template's own.
        limit: of the network, in ``unit``.
    """

    placement: str
    part: TextPart
    key: str
    text: str
    length: int
    limit: int
    unit: str


@dataclass(frozen=True)
class SlotFact:
    """A picture or clip that was put into a slot larger than what the source offers.

    Attributes:
        media_id: the source.
        source: pixels of the source that end up in the slot.
        slot: pixels of the slot.
        placements: where this happens.
    """

    media_id: str
    source: PixelSize
    slot: PixelSize
    placements: tuple[str, ...]


@dataclass(frozen=True)
class ImageFact:
    """A finished still picture.

    Attributes:
        rendition: id of the rendition.
        within_budget: False when it is over ``max_bytes`` even at the lowest allowed quality.
    """

    rendition: str
    placements: tuple[str, ...]
    media_id: str | None
    size_bytes: int
    max_bytes: int
    quality: int
    within_budget: bool
