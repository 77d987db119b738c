"""The photos of a story: decoded, blurred where asked, brought to the size the story needs."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio.domain.geometry import Box, PixelSize
from wajo_studio.domain.media import Reframe
from wajo_studio.photo.crop import fit_size
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from PIL.Image import Image

    from wajo_studio.video.story_frames import Shot
    from wajo_studio.video.story_plan import Move, StoryPlan

_ENLARGED = 1.02
"""Enlargements up to this are not worth a word."""


@dataclass(frozen=True)
class StoryPhoto:
    """A photo of a story.

    Attributes:
        path: the file.
        focus: x and y in 0-1 of the upright photo; None: the program finds the subject.
        blur: areas to make unrecognisable, in fractions of the upright photo.
    """

    path: Path
    focus: tuple[float, float] | None = None
    blur: tuple[Box, ...] = ()


@dataclass(frozen=True)
class _Print:
    """A photo ready for its story; ``aim`` is where its focus lies in what the camera sees."""

    shot: "Shot"
    move: "Move"
    focus: tuple[float, float]
    aim: tuple[float, float]
    enlarged: float


class Darkroom:
    """Brings photos to the size a story needs; each is decoded once and let go."""

    def __init__(
        self,
        photos: Sequence[StoryPhoto],
        sizes: Sequence[PixelSize],
        plan: "StoryPlan",
        reframe: Reframe,
        colour: str,
    ) -> None:
        self.plan = plan
        self.used: list[dict[str, Any]] = []
        self._photos = photos
        self._sizes = sizes
        self._reframe = reframe
        self._colour = colour
        self._first: _Print | None = None

    def first_subject_y(self) -> float:
        """How far down in the frame the first photo's subject lies, half way of its move."""
        self._first = self._first or self._printed(0)
        start, end = self._first.move.start, self._first.move.end
        top, height = (start.y + end.y) / 2, (start.h + end.h) / 2
        return (self._first.aim[1] - top) / height

    def shots(self, ctx: JobContext) -> Iterator["Shot"]:
        """The photos with their moves, one after the other."""
        for number, photo in enumerate(self._photos):
            ctx.check()
            made = self._first if number == 0 else None
            made = made or self._printed(number)
            self._first = None
            self.used.append(
                {
                    "file": str(photo.path),
                    "focus": [round(value, 4) for value in made.focus],
                    "enlarged": round(made.enlarged, 2) if made.enlarged > _ENLARGED else 1.0,
                }
            )
            yield made.shot

    def _printed(self, number: int) -> _Print:
        from wajo_studio.photo.subject import find_focus
        from wajo_studio.video.story_plan import plan_move

        photo, frame, seconds = self._photos[number], self.plan.size, float(self.plan.each_s)
        source = self._sizes[number]
        # how much of the photo is seen does not depend on the focus
        shape = source if self._reframe == "fill" else frame
        closest = plan_move(shape, frame, (0.5, 0.5), number, seconds).closest
        canvas = PixelSize(math.ceil(frame.width / closest.w), math.ceil(frame.height / closest.h))
        if self._reframe == "fill":
            image = _opened(photo, source, canvas)
            shown, focus = image, photo.focus or find_focus(image)
            aim, enlarged = focus, canvas.width / source.width
        else:
            inner = fit_size(source, canvas)
            image = _opened(photo, source, inner)
            focus = photo.focus or find_focus(image)
            shown = self._mounted(image, canvas)
            aim = _inside(focus, inner, canvas)
            enlarged = inner.width / source.width
        move = plan_move(PixelSize(*shown.size), frame, aim, number, seconds)
        return _Print(_shot(shown, move, frame), move, focus, aim, max(1.0, enlarged))

    def _mounted(self, image: "Image", canvas: PixelSize) -> "Image":
        """The whole photo on its ground."""
        from wajo_studio.photo import place

        if self._reframe == "fit-colour":
            return place.fit_colour(image, canvas, self._colour)
        return place.fit_blur(image, canvas)


def _opened(photo: StoryPhoto, source: PixelSize, needed: PixelSize) -> "Image":
    """The photo with its blurred areas, decoded as small as its use allows."""
    from wajo_studio.photo.load import open_photo
    from wajo_studio.photo.privacy import blur_areas

    wanted = PixelSize(min(source.width, needed.width), min(source.height, needed.height))
    image = open_photo(photo.path, at_least=wanted)
    return blur_areas(image, photo.blur) if photo.blur else image


def _inside(focus: tuple[float, float], inner: PixelSize, canvas: PixelSize) -> tuple[float, float]:
    """Where a point of the photo lies when the photo stands in the middle of a canvas."""
    x = 0.5 + (focus[0] - 0.5) * inner.width / canvas.width
    y = 0.5 + (focus[1] - 0.5) * inner.height / canvas.height
    return x, y


def _shot(image: "Image", move: "Move", frame: PixelSize) -> "Shot":
    """Only the part that is ever seen, as large as the closest view needs it."""
    from PIL.Image import Resampling

    from wajo_studio.video.story_frames import Shot

    width, height, whole = image.width, image.height, move.whole
    left, top = math.floor(whole.x * width), math.floor(whole.y * height)
    right = min(width, math.ceil((whole.x + whole.w) * width))
    bottom = min(height, math.ceil((whole.y + whole.h) * height))
    part = image.crop((left, top, right, bottom))
    scale = frame.width / (move.closest.w * width)
    if scale < 1:
        size = (math.ceil(part.width * scale), math.ceil(part.height * scale))
        base = part.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
    else:
        base = part
    across, down = base.width / part.width, base.height / part.height

    def area(box: Box) -> tuple[float, float, float, float]:
        x, y = box.x * width - left, box.y * height - top
        return x * across, y * down, (x + box.w * width) * across, (y + box.h * height) * down

    return Shot(base, area(move.start), area(move.end))
