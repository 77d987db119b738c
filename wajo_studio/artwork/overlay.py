"""What is laid over clips: the corner logo and the lower third, drawn as the artwork is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wajo_studio.artwork.canvas import render
from wajo_studio.artwork.layout import overlay_page
from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.domain.geometry import PixelSize, SafeZone

if TYPE_CHECKING:
    from PIL import Image

_LOGO_SHARE = 0.068
"""Height of the corner logo as a share of the frame's short side; 73 px at 1080."""
_SMALLEST_LOGO_PX = 64
_MARGIN_SHARE = 0.045
_THIRD_WIDTH_SHARE = 0.82


@dataclass(frozen=True)
class DrawnOverlay:
    """A picture with transparency and where its left upper corner lies in the frame.

    Attributes:
        image: mode RGBA, straight alpha, cropped to what is drawn.
        x: pixels from the left edge of the frame.
        y: pixels from its upper edge.
    """

    image: "Image.Image"
    x: int
    y: int


def paint_corner_logo(
    size: PixelSize, safe_zone: SafeZone, brand: BrandKit, agency: Agency
) -> DrawnOverlay:
    """The logo (or the monogram) for the upper right corner of a clip.

    Args:
        size: of the frame, in pixels.
        safe_zone: margins of the frame that the network's buttons cover.
        brand: the regency's logo and palette.
        agency: its logo stands beside the regency's where both are imported.
    """
    short = min(size.width, size.height)
    height = max(round(short * _LOGO_SHARE), min(_SMALLEST_LOGO_PX, short // 5))
    return _draw(
        "overlay-logo.html.j2", size, safe_zone, brand, agency, {"logo_h": height}, corner=True
    )


def paint_lower_third(
    size: PixelSize, safe_zone: SafeZone, name: str, role: str, brand: BrandKit, agency: Agency
) -> DrawnOverlay:
    """The name strip of a clip, in the lower left of what the network leaves free.

    Args:
        size: of the frame, in pixels.
        safe_zone: margins of the frame that the network's buttons cover.
        name: of the person who speaks.
        role: what the person is; may be empty.
        brand: palette and fonts.
        agency: named in the strip where there is no role.
    """
    values = {"name": name.strip(), "role": role.strip()}
    return _draw("overlay-third.html.j2", size, safe_zone, brand, agency, values, corner=False)


def _draw(
    file: str,
    size: PixelSize,
    safe_zone: SafeZone,
    brand: BrandKit,
    agency: Agency,
    values: dict[str, Any],
    *,
    corner: bool,
) -> DrawnOverlay:
    short = min(size.width, size.height)
    margin = round(short * _MARGIN_SHARE)
    left, right = max(safe_zone.left, margin), size.width - max(safe_zone.right, margin)
    top, bottom = max(safe_zone.top, margin), size.height - max(safe_zone.bottom, margin)
    room = right - left
    unit = short / 1080
    width = room if corner else min(room, round(max(short, size.width * 0.6) * _THIRD_WIDTH_SHARE))
    page = overlay_page(file, PixelSize(width, bottom - top), brand, agency, {**values, "u": unit})
    frame = PixelSize(width, bottom - top)
    painted = render(page.html, frame, frame, page.door, transparent=True)
    image = painted.to_pil()
    box = image.getbbox() or (0, 0, 1, 1)
    drawn = image.crop(box)
    x = right - drawn.width if corner else left + box[0]
    y = top if corner else bottom - drawn.height
    return DrawnOverlay(drawn, x, y)
