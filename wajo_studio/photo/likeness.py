"""Whether two pictures look the same: a perceptual hash of their low frequencies.

The 8x8 lowest frequencies of a 32x32 grey copy, each above or below their median: 64 bits that
scaling, JPEG and a change of brightness leave nearly alone.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR = 6
"""Bits of 64 in which two copies of one picture may differ."""

_SIDE, _KEPT = 32, 8
_FLAT_SIDE = 320
_FLAT = 2.0
"""A picture whose grey values spread less than this has no likeness: all of those are alike."""


def likeness(image: Image.Image) -> str:
    """The picture's 64 bits in hex; empty for a picture of one colour."""
    import numpy

    grey = numpy.asarray(
        image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX), dtype=numpy.float64
    )
    if grey.std() < _FLAT:
        return ""
    cosines = _cosines()
    low = (cosines @ grey @ cosines.T)[:_KEPT, :_KEPT].flatten()
    low[0] = 0.0  # the mean brightness says nothing about what is shown
    bits = low > numpy.median(low[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def difference(a: str, b: str) -> int:
    """Bits in which two likenesses differ; 64 where one is empty."""
    if not a or not b:
        return 64
    return (int(a, 16) ^ int(b, 16)).bit_count()


def flat_share(image: Image.Image) -> float:
    """Share of a picture, 0-1, that is of one colour with its neighbours: drawn, not photographed.

    Args:
        image: RGB; looked at in a copy of 320 pixels.
    """
    import numpy

    scale = min(1.0, _FLAT_SIDE / max(image.size))
    sides = (max(2, round(image.width * scale)), max(2, round(image.height * scale)))
    pixels = numpy.asarray(image.resize(sides, Image.Resampling.BOX), dtype=numpy.int16)
    across = numpy.abs(pixels[1:, 1:] - pixels[1:, :-1]).max(axis=2) <= 1
    down = numpy.abs(pixels[1:, 1:] - pixels[:-1, 1:]).max(axis=2) <= 1
    return round(float((across & down).mean()), 3)


@cache
def _cosines() -> "NDArray[Any]":
    """The matrix of a discrete cosine transform of type II."""
    import numpy

    steps = numpy.arange(_SIDE)
    cosines: NDArray[Any] = numpy.cos(numpy.pi / _SIDE * (steps[None, :] + 0.5) * steps[:, None])
    return cosines
