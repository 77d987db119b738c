"""QR codes in a picture and what they say."""

import threading
from typing import Any

from PIL import Image

from wajo_studio.domain.geometry import Box
from wajo_studio.domain.seen import SeenCode

_SIDES = (1000, 2000)
_MOST_CHARACTERS = 4_000
_local = threading.local()


def read_codes(image: Image.Image) -> tuple[SeenCode, ...]:
    """The QR codes that can be read, from the top.

    Args:
        image: RGB, upright.
    """
    import cv2
    import numpy

    found: dict[str, SeenCode] = {}
    for side in _SIDES:
        scale = min(1.0, side / max(image.size))
        sides = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        grey = numpy.asarray(image.convert("L").resize(sides, Image.Resampling.BICUBIC))
        try:
            ok, texts, corners, _straight = _detector().detectAndDecodeMulti(grey)
        except cv2.error:
            continue  # it fails on shapes that are nearly a code; the other size may do
        for text, quad in zip(texts, corners, strict=False) if ok else ():
            if text:
                found.setdefault(text, SeenCode(text[:_MOST_CHARACTERS], _box(quad, sides)))
        if scale == 1.0:
            break
    return tuple(sorted(found.values(), key=lambda code: (code.box.y, code.box.x)))


def _box(quad: Any, sides: tuple[int, int]) -> Box:
    xs = [min(max(float(x) / sides[0], 0.0), 1.0) for x, _ in quad]
    ys = [min(max(float(y) / sides[1], 0.0), 1.0) for _, y in quad]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _detector() -> Any:
    """A detector of this thread's own: OpenCV's are not made to be shared."""
    import cv2

    if not hasattr(_local, "detector"):
        _local.detector = cv2.QRCodeDetector()
    return _local.detector
