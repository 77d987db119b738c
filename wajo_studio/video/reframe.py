"""How a clip's picture is brought into a frame of another shape. Pure geometry.

Everything is computed for the upright picture; ``stored_box`` and ``stored_size`` translate
into the orientation the file stores, because scaling before turning moves fewer pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wajo_studio.domain.geometry import Box, PixelBox, PixelSize

_ALMOST_EQUAL = 0.01
"""Shapes that differ by less are filled: a bar of a few pixels looks like a mistake."""


@dataclass(frozen=True)
class FocusPoint:
    """What has to stay in sight at ``time_s``: ``x`` and ``y`` in 0-1 of the upright picture."""

    time_s: Fraction
    x: float
    y: float


CENTRE = FocusPoint(Fraction(0), 0.5, 0.5)


def needs_bars(source: PixelSize, frame: PixelSize) -> bool:
    """Whether the whole picture leaves part of the frame uncovered worth speaking of."""
    return abs(source.ratio / frame.ratio - 1) > _ALMOST_EQUAL


def fitted(source: PixelSize, frame: PixelSize) -> PixelBox:
    """The place of the whole picture inside ``frame``, even in every coordinate."""
    scale = min(frame.width / source.width, frame.height / source.height)
    width = min(frame.width, max(2, 2 * round(source.width * scale / 2)))
    height = min(frame.height, max(2, 2 * round(source.height * scale / 2)))
    left = (frame.width - width) // 4 * 2
    top = (frame.height - height) // 4 * 2
    return PixelBox(left, top, left + width, top + height)


def covering(source: PixelSize, frame: PixelSize) -> PixelSize:
    """The size to which the picture is scaled so that it covers ``frame``, even numbers."""
    scale = max(frame.width / source.width, frame.height / source.height)
    width = max(frame.width, 2 * round(source.width * scale / 2))
    height = max(frame.height, 2 * round(source.height * scale / 2))
    return PixelSize(width, height)


def cropped(source: PixelSize, frame: PixelSize, x: float, y: float) -> Box:
    """The part of the upright picture that fills ``frame``, as near to the focus as it goes."""
    width = min(1.0, frame.ratio / source.ratio)
    height = min(1.0, source.ratio / frame.ratio)
    left = min(max(x - width / 2, 0.0), 1 - width)
    top = min(max(y - height / 2, 0.0), 1 - height)
    return Box(left, top, width, height)


def stored_size(upright: PixelSize, rotation: int) -> PixelSize:
    """A size of the upright picture in the orientation of the file."""
    if rotation in (90, 270):
        return PixelSize(upright.height, upright.width)
    return upright


def stored_box(box: Box, rotation: int, mirrored: bool) -> Box:
    """A rectangle of the upright picture in the orientation of the file, in 0-1."""
    turned = {
        0: box,
        90: Box(box.y, 1 - box.x - box.w, box.h, box.w),
        180: Box(1 - box.x - box.w, 1 - box.y - box.h, box.w, box.h),
        270: Box(1 - box.y - box.h, box.x, box.h, box.w),
    }[rotation]
    if mirrored:
        return Box(1 - turned.x - turned.w, turned.y, turned.w, turned.h)
    return turned


def crop_offsets(
    points: Sequence[FocusPoint], scaled: PixelSize, frame: PixelSize
) -> tuple[list[tuple[Fraction, int]], list[tuple[Fraction, int]]]:
    """Left and top of the crop at each focus point, in pixels of the scaled picture."""

    def offset(focus: float, length: int, window: int) -> int:
        return min(max(round(focus * length - window / 2), 0), length - window)

    lefts = [(p.time_s, offset(p.x, scaled.width, frame.width)) for p in points]
    tops = [(p.time_s, offset(p.y, scaled.height, frame.height)) for p in points]
    return lefts, tops
