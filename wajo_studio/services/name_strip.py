"""The name strip as it will stand in a clip, for the screen while trimming."""

from dataclasses import dataclass

from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.domain.media import LowerThird
from wajo_studio.services.clips import FADE_S
from wajo_studio.services.trim_edit import Shape


@dataclass(frozen=True)
class NameStrip:
    """The strip's pixels, BGRA rows of straight alpha, and where it stands in the frame.

    Attributes:
        x: left edge in pixels of the frame.
        y: top edge.
    """

    x: int
    y: int
    width: int
    height: int
    pixels: bytes


def name_strip(shape: Shape, third: LowerThird, brand: BrandKit, agency: Agency) -> NameStrip:
    """Paint the strip for a frame with the very code that paints it for an export."""
    from wajo_studio.artwork.overlay import paint_lower_third

    drawn = paint_lower_third(shape.size, shape.safe_zone, third.name, third.role, brand, agency)
    pixels = drawn.image.tobytes("raw", "BGRA")
    return NameStrip(drawn.x, drawn.y, drawn.image.width, drawn.image.height, pixels)


def opacity_at(third: LowerThird, time_s: float) -> float:
    """How much of the strip is seen at a moment: 0-1; it fades in and out as in the export."""
    if not third.start <= time_s < third.end:
        return 0.0
    return min(1.0, (time_s - third.start) / FADE_S, (third.end - time_s) / FADE_S)
