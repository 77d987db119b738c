"""Where the subject of a picture is, when nobody said so: faces first, then what stands out.

Faces are found by the Haar cascades inside the OpenCV wheel: no download, no model file of our
own, deterministic. Better detectors (YuNet, SCRFD, RetinaFace) have no maintained package whose
wheel holds the model.
"""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from wajo_studio.domain.geometry import PixelBox, PixelSize
from wajo_studio.photo.crop import CENTRE, fill_box

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORKING_SIDE = 640
_SMALLEST_FACE = 20
_SCALE_STEP = 1.25
_NEIGHBOURS = 3
_WITNESS_SIDE, _WITNESS_NEIGHBOURS = 40, 16  # keep true faces and drop a wheel and a knitted toy
_FINDER, _WITNESS = "haarcascade_frontalface_alt2.xml", "haarcascade_frontalface_default.xml"
_HEADROOM = 0.2  # part of a face's height by which the focus lies below it: bodies hang below
_CROPS = (1.0, 9 / 16)  # the crops that cut most; the focus is chosen for them

_MAP_SIDE = 64
_STANDS_OUT = 92  # per cent of the picture that does not
_CENTRE_PULL = 0.3

_local = threading.local()


def find_focus(image: Image.Image) -> tuple[float, float]:
    """The point round which the picture may be cropped without losing its subject.

    Args:
        image: RGB, upright, any size; works on a copy of at most 640 pixels.

    Returns:
        x and y in 0-1 of the picture. The same picture always gives the same point.
    """
    small = image
    if max(image.size) > _WORKING_SIDE:
        scale = _WORKING_SIDE / max(image.size)
        sides = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        small = image.resize(sides, Image.Resampling.BICUBIC, reducing_gap=1.5)
    grey = small.convert("L")
    size = PixelSize(*small.size)
    faces = find_faces(grey) if min(small.size) >= _SMALLEST_FACE else []
    return _face_focus(faces, size) if faces else _salient_point(grey)


def find_faces(grey: Image.Image) -> list[PixelBox]:
    """The faces in a grey picture of at most some hundred pixels, largest first.

    A face counts when a second cascade sees one in the same place: the first alone takes wheels
    and lamps for faces.
    """
    import cv2
    import numpy

    pixels = cv2.equalizeHist(numpy.asarray(grey))
    found = _cascade(_FINDER).detectMultiScale(
        pixels, _SCALE_STEP, _NEIGHBOURS, minSize=(_SMALLEST_FACE, _SMALLEST_FACE)
    )
    boxes = [PixelBox(x, y, x + w, y + h) for x, y, w, h in (map(int, face) for face in found)]
    faces = [box for box in boxes if _is_seen_again(pixels, box)]
    return sorted(faces, key=lambda box: (-_area(box), box.left, box.top))


def _cascade(name: str) -> Any:
    """A detector of this thread's own: OpenCV's are not made to be shared."""
    cascades: dict[str, Any] = _local.__dict__.setdefault("cascades", {})
    if name not in cascades:
        import cv2

        # read here, not by OpenCV: its file names cannot hold every letter on Windows
        folder = Path(cv2.__file__).parent / "data"
        text = (folder / name).read_text(encoding="utf-8")
        flags = cv2.FileStorage_READ | cv2.FileStorage_MEMORY
        storage = cv2.FileStorage(text, flags)  # has to outlive the node read from it
        cascade = cv2.CascadeClassifier()
        if not cascade.read(storage.getFirstTopLevelNode()):
            raise RuntimeError(f"OpenCV cannot read {name}")
        cascades[name] = cascade
    return cascades[name]


def _is_seen_again(pixels: "NDArray[Any]", box: PixelBox) -> bool:
    """Whether the second cascade finds a face of about this size here."""
    import cv2

    side = box.right - box.left
    margin = side // 3
    top, left = max(0, box.top - margin), max(0, box.left - margin)
    part = pixels[top : box.bottom + margin, left : box.right + margin]
    scale = _WITNESS_SIDE / side
    part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    smallest = _WITNESS_SIDE * 2 // 3
    seen = _cascade(_WITNESS).detectMultiScale(
        part, 1.05, _WITNESS_NEIGHBOURS, minSize=(smallest, smallest)
    )
    return len(seen) > 0


def _face_focus(faces: list[PixelBox], size: PixelSize) -> tuple[float, float]:
    """The point whose crops hold the most of the faces; among equals the one nearest to all."""
    points = [_point(face, size) for face in faces]
    weights = [_area(face) for face in faces]
    middle = tuple(
        sum(point[axis] * weight for point, weight in zip(points, weights, strict=True))
        / sum(weights)
        for axis in (0, 1)
    )
    candidates = [(middle[0], middle[1]), *points]

    def held(focus: tuple[float, float]) -> float:
        boxes = [fill_box(size, ratio, focus) for ratio in _CROPS]
        return sum(_area(face) for box in boxes for face in faces if _holds(box, face))

    def distance(focus: tuple[float, float]) -> float:
        return (focus[0] - middle[0]) ** 2 + (focus[1] - middle[1]) ** 2

    return max(candidates, key=lambda focus: (held(focus), -distance(focus)))


def _point(face: PixelBox, size: PixelSize) -> tuple[float, float]:
    height = face.bottom - face.top
    x = (face.left + face.right) / 2 / size.width
    y = ((face.top + face.bottom) / 2 + _HEADROOM * height) / size.height
    return min(x, 1.0), min(y, 1.0)


def _holds(box: PixelBox, face: PixelBox) -> bool:
    return (
        box.left <= face.left
        and face.right <= box.right
        and box.top <= face.top
        and face.bottom <= box.bottom
    )


def _area(box: PixelBox) -> int:
    return (box.right - box.left) * (box.bottom - box.top)


def _salient_point(grey: Image.Image) -> tuple[float, float]:
    """The middle of what stands out, pulled a little to the picture's centre.

    Spectral residual: the part of the spectrum that an average picture does not have.
    Source: X. Hou, L. Zhang, "Saliency Detection: A Spectral Residual Approach", CVPR 2007,
    https://doi.org/10.1109/CVPR.2007.383267 (checked 2026-11-24).
    """
    import numpy

    tiny = grey.resize((_MAP_SIDE, _MAP_SIDE), Image.Resampling.BOX)
    pixels = numpy.asarray(tiny, dtype=numpy.float64)
    if pixels.max() - pixels.min() < 1:
        return CENTRE
    # tapered to grey at the borders, else the jump from one edge to the other stands out most
    window = numpy.hanning(_MAP_SIDE + 2)[1:-1] ** 0.5
    spectrum = numpy.fft.fft2((pixels - pixels.mean()) * numpy.outer(window, window))
    log_amplitude = numpy.log(numpy.abs(spectrum) + 1e-9)
    residual = log_amplitude - _smoothed(log_amplitude, 1)
    phase = numpy.angle(spectrum)
    saliency = numpy.abs(numpy.fft.ifft2(numpy.exp(residual + 1j * phase))) ** 2
    saliency = _smoothed(_smoothed(saliency, 2), 2)
    weight = numpy.clip(saliency - numpy.percentile(saliency, _STANDS_OUT), 0, None)
    if weight.sum() <= 0:
        return CENTRE
    axis = (numpy.arange(_MAP_SIDE) + 0.5) / _MAP_SIDE
    x = float((weight.sum(axis=0) * axis).sum() / weight.sum())
    y = float((weight.sum(axis=1) * axis).sum() / weight.sum())
    return (
        round(x + (CENTRE[0] - x) * _CENTRE_PULL, 4),
        round(y + (CENTRE[1] - y) * _CENTRE_PULL, 4),
    )


def _smoothed(values: "NDArray[Any]", radius: int) -> "NDArray[Any]":
    """Mean over a square of ``2 * radius + 1``, wrapping round."""
    import numpy

    total = numpy.zeros_like(values)
    span = range(-radius, radius + 1)
    for dy in span:
        for dx in span:
            total += numpy.roll(values, (dy, dx), axis=(0, 1))
    return total / (2 * radius + 1) ** 2
