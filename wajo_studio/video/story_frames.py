"""The frames of a story, drawn by Pillow: pan, zoom, crossfade, title.

Frames are made as the encoder wants them: three planes of 4:2:0 video, BT.709, limited range.
That is half the pixels of RGB to move and to scale, and nothing has to be converted later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.video.story_plan import StoryPlan

if TYPE_CHECKING:
    from numpy.typing import NDArray

Area = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of a picture; fractions of a pixel count."""

TITLE_FADE_S = 0.4

_TO_BT709 = (
    0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, 16,
    -0.2126 / 1.8556 * 224 / 255, -0.7152 / 1.8556 * 224 / 255, 0.9278 / 1.8556 * 224 / 255, 128,
    0.7874 / 1.5748 * 224 / 255, -0.7152 / 1.5748 * 224 / 255, -0.0722 / 1.5748 * 224 / 255, 128,
)  # fmt: skip
"""RGB to Y, Cb, Cr in 8 bits. Source: Rec. ITU-R BT.709-6 (06/2015), part 3,
https://www.itu.int/rec/R-REC-BT.709-6-201506-I."""

_CHROMA_SHIFT = 0.5
"""Colour samples lie on the left one of their two pixels: H.264's default place."""
_MARGIN = 1


class Planes(NamedTuple):
    """Brightness in full size, the two colour differences in half of it; mode L each."""

    y: Image.Image
    cb: Image.Image
    cr: Image.Image


@dataclass(frozen=True)
class Shot:
    """A photo with its move, both areas in the photo's own pixels.

    Attributes:
        image: RGB, ready: upright, in sRGB, about as large as the frame needs.
        start, end: what the frame shows first and last.
    """

    image: Image.Image
    start: Area
    end: Area

    def area(self, progress: float) -> Area:
        """What the frame shows when the move has come so far, 0-1."""
        left, top, right, bottom = (
            first + (last - first) * progress
            for first, last in zip(self.start, self.end, strict=True)
        )
        return left, top, right, bottom


@dataclass(frozen=True)
class Title:
    """A picture with transparency laid over the beginning: RGBA, and where it lies."""

    image: Image.Image
    x: int
    y: int


class StoryFrames:
    """The frame function of a story.

    Args:
        plan: how it runs.
        shot: gives a photo with its move by number. At most two are held at a time.
        title: laid over the first seconds, from the very first frame, which networks show as
            the cover.
    """

    def __init__(
        self, plan: StoryPlan, shot: Callable[[int], Shot], title: Title | None = None
    ) -> None:
        self._plan = plan
        self._shot = shot
        self._held: dict[int, tuple[Shot, Planes]] = {}
        self._title = _Plate(title, plan) if title else None

    def __call__(self, time_s: float) -> "NDArray[Any]":
        """The frame at a moment: ``uint8``, one and a half times as high as the picture.

        The planes follow each other row by row, as raw ``yuv420p`` video has them.
        """
        import numpy

        frame = self.planes(time_s)
        rows = (self._plan.size.height * 3 // 2, self._plan.size.width)
        return numpy.concatenate([numpy.asarray(p).ravel() for p in frame]).reshape(rows)

    def planes(self, time_s: float) -> Planes:
        """The same as three pictures."""
        showings = self._plan.shown_at(time_s)
        numbers = {showing.number for showing in showings}
        self._held = {n: kept for n, kept in self._held.items() if n in numbers}
        ground, *above = showings
        frame = self._drawn(ground.number, ground.progress)
        for showing in above:
            upper = self._drawn(showing.number, showing.progress)
            pairs = zip(frame, upper, strict=True)
            frame = Planes(*(Image.blend(low, high, showing.opacity) for low, high in pairs))
        if self._title is not None:
            self._title.draw(frame, time_s)
        return frame

    def _drawn(self, number: int, progress: float) -> Planes:
        if number not in self._held:
            shot = self._shot(number)
            self._held[number] = (shot, _with_margin(to_planes(shot.image)))
        shot, planes = self._held[number]
        return _scaled(planes, shot.area(progress), self._plan.size)


def to_planes(image: Image.Image) -> Planes:
    """An RGB picture as video; sides may be odd, colour is then cut at the next whole sample."""
    y, cb, cr = image.convert("RGB", _TO_BT709).split()
    half = (-(-image.width // 2), -(-image.height // 2))
    small = Image.Resampling.BOX
    return Planes(y, cb.resize(half, small), cr.resize(half, small))


def _with_margin(planes: Planes) -> Planes:
    """The colours with their first column twice, so that they may be read left of the edge."""

    def widened(plane: Image.Image) -> Image.Image:
        wider = Image.new("L", (plane.width + _MARGIN, plane.height))
        wider.paste(plane.crop((0, 0, _MARGIN, plane.height)), (0, 0))
        wider.paste(plane, (_MARGIN, 0))
        return wider

    return Planes(planes.y, widened(planes.cb), widened(planes.cr))


def _scaled(planes: Planes, area: Area, size: PixelSize) -> Planes:
    """An area of a picture, whose colours have their margin, at the frame's size.

    ``resize`` takes the area in fractions of a pixel and weighs every sample by them: the
    picture glides, where whole pixels would make it tremble.
    """
    left, top, right, bottom = area
    shift = _CHROMA_SHIFT * (right - left) / size.width
    # rows and columns of colour per pixel; odd sides make it a little more than a half
    across = (planes.cb.width - _MARGIN) / planes.y.width
    down = planes.cb.height / planes.y.height
    colour = (
        _MARGIN + (left - shift) * across,
        top * down,
        _MARGIN + (right - shift) * across,
        bottom * down,
    )
    half = PixelSize(size.width // 2, size.height // 2)
    return Planes(
        _resized(planes.y, area, size),
        _resized(planes.cb, colour, half),
        _resized(planes.cr, colour, half),
    )


def _resized(plane: Image.Image, area: Area, size: PixelSize) -> Image.Image:
    left, top, right, bottom = area  # rounding may lead a hair's breadth over the edge
    box = (max(0.0, left), max(0.0, top), min(plane.width, right), min(plane.height, bottom))
    return plane.resize((size.width, size.height), Image.Resampling.BICUBIC, box=box)


class _Plate:
    """A title as planes, put in place at even pixels so that colour falls on whole samples."""

    def __init__(self, title: Title, plan: StoryPlan) -> None:
        left, top = title.x % 2, title.y % 2
        width, height = title.image.width + left, title.image.height + top
        image = Image.new("RGBA", (width + width % 2, height + height % 2))
        image.paste(title.image, (left, top))
        half = image.resize((image.width // 2, image.height // 2), Image.Resampling.BOX)
        self._place = (title.x - left, title.y - top)
        self._full = (_opaque(image), image.getchannel("A"))
        self._half = (_opaque(half), half.getchannel("A"))
        self._end_s = float(plan.title_s)
        stays = plan.title_s == plan.duration_s
        self._fade_s = 0.0 if stays else TITLE_FADE_S

    def draw(self, frame: Planes, time_s: float) -> None:
        """Lay the title over a frame, if it is its time."""
        left_s = self._end_s - time_s
        if left_s <= 0 < self._fade_s:
            return
        opacity = min(1.0, left_s / self._fade_s) if self._fade_s else 1.0
        x, y = self._place
        for index, plane in enumerate(frame):
            colours, alpha = self._half if index else self._full
            if opacity < 1:
                alpha = alpha.point([round(value * opacity) for value in range(256)])
            plane.paste(colours[index], (x // 2, y // 2) if index else (x, y), alpha)


def _opaque(image: Image.Image) -> Planes:
    """The colours of a picture without its transparency, all three planes in its own size."""
    return Planes(*image.convert("RGB").convert("RGB", _TO_BT709).split())
