"""Where people's faces are in a picture: counted and located by their shape, never recognised."""

from PIL import Image

from wajo_studio.domain.geometry import Box, PixelSize
from wajo_studio.photo.subject import find_faces

_SIDES = (640, 1280)
"""Longest sides of the copies looked at: near faces in the first, small ones in the second."""


def locate_faces(image: Image.Image) -> tuple[Box, ...]:
    """The frontal faces in a picture, largest first, in fractions of it.

    Args:
        image: RGB, upright.
    """
    found: list[Box] = []
    for side in _SIDES:
        scale = min(1.0, side / max(image.size))
        sides = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        grey = image.resize(sides, Image.Resampling.BICUBIC, reducing_gap=2.0).convert("L")
        size = PixelSize(*grey.size)
        for face in find_faces(grey):
            box = face.relative_to(size)
            if not any(_overlap(box, other) for other in found):
                found.append(box)
        if scale == 1.0:
            break
    return tuple(sorted(found, key=lambda box: (-box.h, box.x, box.y)))


def _overlap(a: Box, b: Box) -> bool:
    """Whether the middle of one lies in the other."""
    return _holds_middle(a, b) or _holds_middle(b, a)


def _holds_middle(a: Box, b: Box) -> bool:
    x, y = b.x + b.w / 2, b.y + b.h / 2
    return a.x <= x <= a.x + a.w and a.y <= y <= a.y + a.h
