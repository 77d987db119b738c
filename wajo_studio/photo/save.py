"""Pictures into bytes: no metadata but an sRGB profile, within a byte budget."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from wajo_studio.photo.colour import srgb_profile

_PALETTE_COLOURS = 256


@dataclass(frozen=True)
class SavedImage:
    """An encoded picture.

    Attributes:
        content: the file's bytes.
        quality: JPEG quality 1-95 that was used; 100 for a PNG in full colour, else 0.
        within_budget: False when even the floor did not bring it under the bytes asked for.
    """

    content: bytes
    quality: int
    within_budget: bool


def save_jpeg(
    image: Image.Image,
    *,
    max_bytes: int,
    quality_floor: int,
    quality_start: int = 90,
    full_colour: bool = False,
) -> SavedImage:
    """Encode as baseline JPEG at the best quality that fits.

    Args:
        image: mode RGB, in sRGB.
        max_bytes: most bytes of the file.
        quality_floor: quality below which it is not encoded, 1-95.
        quality_start: quality tried first, 1-95; the floor where that is higher.
        full_colour: keep colour at full resolution (4:4:4); sharper coloured text, more bytes.

    Returns:
        The file. Over the budget only when it is so at ``quality_floor``: never worse than that.
    """

    def encode(quality: int) -> bytes:
        content = BytesIO()
        _bare(image).save(
            content,
            "JPEG",
            quality=quality,
            optimize=True,
            subsampling=0 if full_colour else 2,
            icc_profile=srgb_profile(),
        )
        return content.getvalue()

    return _best(encode, max_bytes, quality_floor, max(quality_start, quality_floor))


def save_png(image: Image.Image, *, max_bytes: int, may_quantize: bool = False) -> SavedImage:
    """Encode as PNG, with 256 colours when that is allowed and full colour does not fit.

    Args:
        image: mode RGB, in sRGB.
        max_bytes: most bytes of the file.
        may_quantize: whether colours may be reduced.
    """
    content = _png(_bare(image))
    if len(content) <= max_bytes or not may_quantize:
        return SavedImage(content, 100, len(content) <= max_bytes)
    reduced = image.quantize(_PALETTE_COLOURS, method=Image.Quantize.MEDIANCUT)
    content = _png(_bare(reduced))
    return SavedImage(content, 0, len(content) <= max_bytes)


def _png(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, "PNG", optimize=True, icc_profile=srgb_profile())
    return content.getvalue()


def _best(encode: Callable[[int], bytes], max_bytes: int, floor: int, start: int) -> SavedImage:
    """The highest quality from ``floor`` to ``start`` whose file fits; the floor if none does."""
    content = encode(start)
    if len(content) <= max_bytes:
        return SavedImage(content, start, True)
    best: SavedImage | None = None
    low, high = floor, start - 1
    while low <= high:
        quality = (low + high) // 2
        content = encode(quality)
        if len(content) <= max_bytes:
            best = SavedImage(content, quality, True)
            low = quality + 1
        else:
            high = quality - 1
    # a search that found nothing ended at the floor, whose bytes are still here
    return best or SavedImage(content, floor, False)


def _bare(image: Image.Image) -> Image.Image:
    """The same pixels without ``info``, from which Pillow would save comments and the like."""
    if image.mode not in ("RGB", "P"):
        raise ValueError(f"mode {image.mode} instead of RGB")
    if not image.info:
        return image
    bare = image.copy()
    bare.info = {}
    return bare
