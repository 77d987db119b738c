"""What is laid over clips: corner logo, lower third, title, drawn as the artwork is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wajo_studio.artwork.canvas import render
from wajo_studio.artwork.glyphs import missing_characters
from wajo_studio.artwork.layout import Page, overlay_page
from wajo_studio.artwork.manifest import Silk
from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.domain.geometry import PixelBox, PixelSize, SafeZone
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

if TYPE_CHECKING:
    from PIL import Image

_LOGO_SHARE = 0.068
"""Height of the corner logo as a share of the frame's short side; 73 px at 1080."""
_SMALLEST_LOGO_PX = 64
_MARGIN_SHARE = 0.045
_THIRD_WIDTH_SHARE = 0.82
_TITLE_WIDTH_SHARE = 0.9


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
    free = _free_area(size, safe_zone)
    page = overlay_page("overlay-logo.html.j2", free.size, brand, agency, {"logo_h": height})
    image, _box = _painted(page, free.size)
    return DrawnOverlay(image, free.right - image.width, free.top)


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
    free, room = _plate_room(size, safe_zone, _THIRD_WIDTH_SHARE)
    page = overlay_page("overlay-third.html.j2", room, brand, agency, values | _unit(size))
    image, box = _painted(page, room)
    return DrawnOverlay(image, free.left + box[0], free.bottom - image.height)


def paint_title(
    size: PixelSize, safe_zone: SafeZone, title: str, brand: BrandKit, *, at_top: bool = False
) -> DrawnOverlay:
    """The title of a story, at the left of what the network leaves free.

    Args:
        size: of the frame, in pixels.
        safe_zone: margins of the frame that the network's buttons cover.
        title: some words; runs of white space count as one blank.
        brand: palette and fonts.
        at_top: at the upper end of the free area instead of its lower one.

    Raises:
        InputError: the title is too long for its plate, or has characters no font here draws.
    """
    words = " ".join(title.split())
    missing = missing_characters(words, brand.font_family)
    if missing:
        raise InputError(
            N_("The title has characters that no font here can draw ({characters}); remove them."),
            code="input.title",
            characters=missing,
        )
    speaker = Agency(id="wajo", name=brand.government, short_name=brand.government)
    free, room = _plate_room(size, safe_zone, _TITLE_WIDTH_SHARE)
    values = {"title": words} | _unit(size)
    page = overlay_page("overlay-title.html.j2", room, brand, speaker, values)
    if not all(record.fitted.fits for record in page.fits):
        raise InputError(
            N_("The title is too long for its place by {count} characters; shorten it."),
            code="input.title",
            count=sum(record.excess() for record in page.fits),
        )
    image, box = _painted(page, room)
    y = free.top if at_top else free.bottom - image.height
    return DrawnOverlay(image, free.left + box[0], y)


def paint_clip_still(
    size: PixelSize,
    safe_zone: SafeZone,
    brand: BrandKit,
    agency: Agency,
    *,
    silk: Silk = "bombang",
    title: str = "",
) -> "Image.Image":
    """The opener or closer of a clip: silk, and a plate inside what the network leaves free.

    Args:
        size: of the frame, in pixels.
        safe_zone: margins of the frame that the network's buttons cover.
        brand: palette, fonts, the regency's logo.
        agency: who speaks.
        silk: the pattern of the template's family.
        title: what the clip is about, for an opener; a closer has none and shows the agency's
            site instead.

    Returns:
        The whole frame, mode RGB.
    """
    free = _free_area(size, safe_zone)
    values: dict[str, Any] = {
        "free": {"x": free.left, "y": free.top, "w": free.size.width, "h": free.size.height}
    }
    values |= {"silk": silk, "title": " ".join(title.split())}
    page = overlay_page("clip-still.html.j2", size, brand, agency, values | _unit(size))
    return render(page.html, size, size, page.door).to_pil()


def _unit(size: PixelSize) -> dict[str, Any]:
    """Pixels of the frame per pixel of one whose short side is 1080."""
    return {"u": min(size.width, size.height) / 1080}


def _free_area(size: PixelSize, safe_zone: SafeZone) -> PixelBox:
    """What the network's buttons leave free, with a margin to the frame's edges."""
    margin = round(min(size.width, size.height) * _MARGIN_SHARE)
    return PixelBox(
        left=max(safe_zone.left, margin),
        top=max(safe_zone.top, margin),
        right=size.width - max(safe_zone.right, margin),
        bottom=size.height - max(safe_zone.bottom, margin),
    )


def _plate_room(
    size: PixelSize, safe_zone: SafeZone, width_share: float
) -> tuple[PixelBox, PixelSize]:
    """The free area, and the room in it that a plate may fill."""
    free = _free_area(size, safe_zone)
    usual = round(max(min(size.width, size.height), size.width * 0.6) * width_share)
    return free, PixelSize(min(free.size.width, usual), free.size.height)


def _painted(page: Page, room: PixelSize) -> tuple["Image.Image", tuple[int, int, int, int]]:
    """What is drawn on a page, and the box in which it lay."""
    image = render(page.html, room, room, page.door, transparent=True).to_pil()
    box = image.getbbox() or (0, 0, 1, 1)
    return image.crop(box), box
