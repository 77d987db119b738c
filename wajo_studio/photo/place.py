"""Pictures into frames: filled, or whole on a blurred copy of themselves or on a colour."""

from PIL import Image, ImageEnhance, ImageFilter

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.photo.crop import CENTRE, fill_box, fit_size

_BACKGROUND_SIDE = 96
"""Longer side in pixels at which the background is blurred: coarse enough to be fast."""
_BLUR_RADIUS = 5.0
_BACKGROUND_LIGHT = 0.72
_REDUCING_GAP = 2.0


def fill(image: Image.Image, size: PixelSize, focus: tuple[float, float] = CENTRE) -> Image.Image:
    """The part of ``image`` round ``focus`` that fills ``size`` exactly.

    Args:
        image: RGB.
        size: of the result.
        focus: x and y in 0-1 of the picture.
    """
    box = fill_box(PixelSize(*image.size), size.ratio, focus)
    return _resized(image, size, (box.left, box.top, box.right, box.bottom))


def fit_blur(image: Image.Image, size: PixelSize) -> Image.Image:
    """The whole picture in the middle of ``size``, on a blurred, darker enlargement of itself."""
    inner = fit_size(PixelSize(*image.size), size)
    if inner == size:
        return _resized(image, size)
    return _centred(image, inner, _background(image, size))


def fit_colour(
    image: Image.Image, size: PixelSize, colour: str | tuple[int, int, int]
) -> Image.Image:
    """The whole picture in the middle of ``size``, on a colour such as ``#0B5C47``."""
    inner = fit_size(PixelSize(*image.size), size)
    return _centred(image, inner, Image.new("RGB", (size.width, size.height), colour))


def _centred(image: Image.Image, inner: PixelSize, canvas: Image.Image) -> Image.Image:
    place = ((canvas.width - inner.width) // 2, (canvas.height - inner.height) // 2)
    canvas.paste(_resized(image, inner), place)
    return canvas


def _background(image: Image.Image, size: PixelSize) -> Image.Image:
    """Made small, blurred, darkened and enlarged: no detail is left, so little work is enough."""
    scale = _BACKGROUND_SIDE / max(size.width, size.height)
    small = PixelSize(max(1, round(size.width * scale)), max(1, round(size.height * scale)))
    blurred = fill(image, small).filter(ImageFilter.GaussianBlur(_BLUR_RADIUS))
    dark = ImageEnhance.Brightness(blurred).enhance(_BACKGROUND_LIGHT)
    return dark.resize((size.width, size.height), Image.Resampling.BICUBIC)


def _resized(
    image: Image.Image, size: PixelSize, box: tuple[int, int, int, int] | None = None
) -> Image.Image:
    """Resized with Lanczos; enlarged with bicubic, whose halos at edges are half as strong."""
    width = box[2] - box[0] if box else image.width
    enlarges = size.width > width
    return image.resize(
        (size.width, size.height),
        Image.Resampling.BICUBIC if enlarges else Image.Resampling.LANCZOS,
        box=box,
        reducing_gap=None if enlarges else _REDUCING_GAP,
    )
