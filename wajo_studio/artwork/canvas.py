"""HTML to pixels and HTML to sizes: the only module that calls the painter's engine."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plutoprint

from wajo_studio.artwork.door import BASE_URL, Door
from wajo_studio.artwork.enginefonts import registered
from wajo_studio.artwork.fonts import FALLBACK_FAMILY, PRIMARY_FAMILY, font_faces
from wajo_studio.domain.geometry import PixelSize

if TYPE_CHECKING:
    from PIL import Image

_POINTS_PER_PIXEL = 0.75


@dataclass(frozen=True)
class Painted:
    """Finished pixels.

    Attributes:
        pixels: BGRX rows (BGRA with premultiplied alpha where ``has_alpha``), little-endian
            32-bit words: ``QImage.Format_RGB32`` or ``Format_ARGB32_Premultiplied`` as they are.
        stride: bytes per row.
    """

    width: int
    height: int
    pixels: bytearray
    stride: int
    has_alpha: bool = False

    @property
    def size(self) -> PixelSize:
        """Width and height."""
        return PixelSize(self.width, self.height)

    def to_pil(self) -> "Image.Image":
        """A Pillow picture of its own: RGB, or RGBA (straight alpha) where ``has_alpha``."""
        from PIL import Image

        mode, raw = ("RGBA", "BGRa") if self.has_alpha else ("RGB", "BGRX")
        return Image.frombytes(
            mode, (self.width, self.height), self.pixels, "raw", raw, self.stride, 1
        )


def _book(size: PixelSize, door: Door) -> plutoprint.Book:
    page = plutoprint.PageSize(size.width * _POINTS_PER_PIXEL, size.height * _POINTS_PER_PIXEL)
    book = plutoprint.Book(page, plutoprint.PAGE_MARGINS_NONE, plutoprint.MEDIA_TYPE_SCREEN)
    book.custom_resource_fetcher = door
    return book


def measure(html: str, width: int, door: Door) -> tuple[float, float]:
    """Width and height the page takes when it may be ``width`` pixels wide."""
    book = _book(PixelSize(width, 1), door)
    book.load_html(_without_known_fonts(html), base_url=BASE_URL)
    return book.get_document_width(), book.get_document_height()


def render(
    html: str,
    design_size: PixelSize,
    size: PixelSize,
    door: Door,
    *,
    user_style: str = "",
    transparent: bool = False,
) -> Painted:
    """Paint a page written for ``design_size`` pixels into a picture of ``size``.

    Args:
        html: a whole document.
        design_size: pixels the page's lengths are written in.
        size: output pixels, of the same shape.
        door: answers what the page asks for.
        user_style: CSS that wins over the page's where it says ``!important``.
        transparent: keep an alpha channel instead of painting on white.
    """
    return _paint(_without_known_fonts(html), design_size, size, door, user_style, transparent)


def _without_known_fonts(html: str) -> str:
    """The page without the rules for fonts that the engine finds by itself, and faster."""
    return html.replace(font_faces(), "", 1) if registered(_same_pixels) else html


def _same_pixels() -> bool:
    """Whether text looks the same with and without ``@font-face`` rules."""
    size = PixelSize(360, 330)
    families = f"{PRIMARY_FAMILY!r},{FALLBACK_FAMILY!r}"
    lines = "".join(
        f'<p style="font:{style} {weight} 22px/30px {families}">Wajo KTP-el 08.00 {sample}</p>'
        for sample in ("agyQ", "\u0436\u0416")
        for weight in (400, 500, 600, 700, 800)
        for style in ("normal", "italic")[: 1 + (weight == 400)]
    )
    style = "<style>body,p{margin:0}</style>"
    with_rules, without = (
        bytes(_paint(f"<style>{faces}</style>{style}{lines}", size, size, Door(), "", False).pixels)
        for faces in (font_faces(), "")
    )
    return with_rules == without


def _paint(
    html: str,
    design_size: PixelSize,
    size: PixelSize,
    door: Door,
    user_style: str,
    transparent: bool,
) -> Painted:
    stride = size.width * 4
    pixels = bytearray(stride * size.height)
    image_format = plutoprint.IMAGE_FORMAT_ARGB32 if transparent else plutoprint.IMAGE_FORMAT_RGB24
    canvas = plutoprint.ImageCanvas.create_for_data(
        memoryview(pixels), size.width, size.height, stride, image_format
    )
    if not transparent:
        canvas.clear_surface(1.0, 1.0, 1.0)
    canvas.scale(size.width / design_size.width, size.height / design_size.height)
    book = _book(design_size, door)
    book.load_html(html, user_style=user_style, base_url=BASE_URL)
    book.render_document(canvas)
    canvas.finish()
    return Painted(size.width, size.height, pixels, stride, transparent)
