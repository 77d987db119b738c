"""From whatever a file holds to plain 8-bit grey, RGB or CMYK, in pieces of bounded size."""

import math
from typing import Protocol

from PIL import Image, ImageOps

from wajo_studio.domain.geometry import PixelSize

_STRIP_PIXELS = 4_000_000
_ALPHA_MODES = {"LA", "La", "PA", "RGBA", "RGBa"}
_PLAIN_MODES = {"L", "RGB", "CMYK", "LAB"}
_WIDE_MODES = {"I", "F", "I;16", "I;16L", "I;16B", "I;16N"}


class Pixels(Protocol):
    """A decoded picture that gives its rows piece by piece."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""

    @property
    def is_plain(self) -> bool:
        """Whether ``rows`` over everything costs no copy."""

    def rows(self, top: int, bottom: int) -> Image.Image:
        """Rows ``top`` (inclusive) to ``bottom`` (exclusive), flattened."""


class ImagePixels:
    """:class:`Pixels` of a loaded Pillow image."""

    def __init__(self, image: Image.Image, *, white_is_zero: bool = False) -> None:
        self._image = image
        self._invert = white_is_zero and image.mode in _WIDE_MODES
        self._range = _value_range(image) if image.mode in {"I", "F"} else (0.0, 65535.0)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        # Pillow's own size is swapped in a TIFF that is still to be turned
        width, height = self._image.im.size
        return width, height

    @property
    def is_plain(self) -> bool:
        """Whether the image needs no conversion."""
        if self._image.size != self.size:
            return False
        return self._image.mode in _PLAIN_MODES and not self._image.has_transparency_data

    def rows(self, top: int, bottom: int) -> Image.Image:
        """The rows as grey, RGB, CMYK or LAB, transparent parts on white."""
        width = self.size[0]
        whole = (width, bottom - top) == self._image.size == self.size
        strip = self._image if whole else self._image.crop((0, top, width, bottom))
        if strip.mode in _WIDE_MODES:
            grey = _to_eight_bits(strip, *self._range)
            return ImageOps.invert(grey) if self._invert else grey
        return flatten(strip)


def flatten(image: Image.Image) -> Image.Image:
    """An 8-bit image without palette and alpha: mode L, RGB, CMYK or LAB.

    Transparent parts show white. Values are still those of the file's own colour profile.
    """
    mode = image.mode
    if mode in _ALPHA_MODES or image.has_transparency_data:
        full = image.convert("RGBA")
        alpha = full.getchannel("A")
        base = full.getchannel("R") if mode in {"LA", "La", "L", "1"} else full.convert("RGB")
        white = Image.new(base.mode, base.size, "white")
        white.paste(base, mask=alpha)
        return white
    if mode in _PLAIN_MODES:
        return image
    return image.convert("L" if mode == "1" else "RGB")


def shrink(pixels: Pixels, factor: int) -> Image.Image:
    """A flattened copy whose sides are 1/``factor`` (rounded up), made strip by strip."""
    width, height = pixels.size
    if factor == 1 and (pixels.is_plain or width * height <= _STRIP_PIXELS):
        return pixels.rows(0, height)
    rows = max(1, _STRIP_PIXELS // width // factor) * factor
    small: Image.Image | None = None
    for top in range(0, height, rows):
        strip = pixels.rows(top, min(top + rows, height))
        if factor > 1:
            strip = strip.reduce(factor)
        if small is None:
            size = (math.ceil(width / factor), math.ceil(height / factor))
            small = Image.new(strip.mode, size)
        small.paste(strip, (0, top // factor))
    assert small is not None
    return small


def reduction(size: PixelSize, at_least: PixelSize | None, headroom: float, most: int) -> int:
    """By which whole number the sides of a picture may be divided.

    Args:
        size: the picture's size.
        at_least: what the result has to cover in both directions; None for no reduction.
        headroom: how much larger than ``at_least`` the result stays, for a clean last resize.
        most: pixels the result may have whatever ``at_least`` says.
    """
    wanted = 1.0
    if at_least is not None:
        wanted = min(size.width / at_least.width, size.height / at_least.height) / headroom
    needed = math.sqrt(size.width * size.height / most)
    return max(1, int(wanted), math.ceil(needed - 1e-9))


def _value_range(image: Image.Image) -> tuple[float, float]:
    """What is black and what is white in an image of whole 32-bit numbers or of floats.

    The file does not say it, so the largest value tells: floats up to 1, bytes, 16 bits, else
    the range that is there.
    """
    low, high = _extrema(image)
    if image.mode == "F" and low >= 0 and high <= 1:
        return 0.0, 1.0
    for white in (255.0, 65535.0):
        if low >= 0 and high <= white:
            return 0.0, white
    return low, high if high > low else low + 1.0


def _extrema(image: Image.Image) -> tuple[float, float]:
    """Lowest and highest finite value."""
    import numpy

    low, high = math.inf, -math.inf
    width, height = image.im.size
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        values = numpy.asarray(image.crop((0, top, width, min(top + rows, height))))
        values = values[numpy.isfinite(values)]
        if values.size:
            low, high = min(low, float(values.min())), max(high, float(values.max()))
    return (low, high) if low <= high else (0.0, 1.0)


def _to_eight_bits(image: Image.Image, black: float, white: float) -> Image.Image:
    import numpy

    values = numpy.asarray(image).astype(numpy.float32)
    scaled = (values - black) * (255.0 / (white - black))
    scaled = numpy.nan_to_num(scaled, nan=0.0, posinf=255.0, neginf=0.0)
    return Image.fromarray(numpy.clip(scaled + 0.5, 0, 255).astype(numpy.uint8))
