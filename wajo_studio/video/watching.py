"""Watches a clip once from beginning to end: flashes, and the moments worth a closer look."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio.domain.seen import Flashing
from wajo_studio.progress import JobContext
from wajo_studio.video.flashing import CELLS, FlashMeter
from wajo_studio.video.small_frames import OpenClip

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray
    from PIL.Image import Image

_MOST_MOMENTS = 10
_STILL_PX = 1280
_SETTLED_S = 0.5
"""How long after a cut a picture is taken: texts fade in."""
_AT_LEAST_EVERY_S = 8.0
_CUT = 0.12
"""Mean change of brightness (0-1) between two pictures that counts as another scene."""
_SHORT_S = 1.0
"""In a clip this short the first picture has to do."""
_REPORT_EVERY = 30


@dataclass(frozen=True)
class Watched:
    """What watching a clip showed: ``moments`` are pictures with the second they are shown."""

    flashing: tuple[Flashing, ...]
    moments: tuple[tuple[float, "Image"], ...]


def watch(path: Path, span: tuple[float, float], ctx: JobContext) -> Watched:
    """Decode a clip once and look at all of its pictures, small.

    Args:
        path: the clip.
        span: from and to, in seconds of the clip.
        ctx: progress and cancel.

    Raises:
        MediaError: the file is no readable clip.
        Cancelled: the job was cancelled.
    """
    meter, scenes = FlashMeter(), _Scenes()
    clip = OpenClip(path)
    try:
        _watch(clip, span, ctx, meter, scenes)
    finally:
        clip.close()
    return Watched(meter.found(), tuple(scenes.taken))


def _watch(
    clip: OpenClip,
    span: tuple[float, float],
    ctx: JobContext,
    meter: FlashMeter,
    scenes: "_Scenes",
) -> None:
    length_s = max(span[1] - span[0], 0.001)
    previous_s: float | None = None
    for number, (time, frame) in enumerate(clip.frames_from(Fraction(span[0]))):
        time_s = float(time)
        if time_s >= span[1]:
            return
        if time_s < span[0] or (previous_s is not None and time_s <= previous_s):
            continue
        previous_s = time_s
        cells = _cells(frame)
        meter.add(time_s, cells)
        if scenes.wants(time_s, cells, length_s) or (number == 0 and length_s < _SHORT_S):
            scenes.take(time_s, _picture(clip, time, frame))
        if number % _REPORT_EVERY == 0:
            ctx.check()
            ctx.report((time_s - span[0]) / length_s)


def _cells(frame: "VideoFrame") -> "NDArray[Any]":
    """The picture at the size of :data:`CELLS`, as stored; turning it changes no flash."""
    wide = frame.width >= frame.height
    width, height = CELLS if wide else (CELLS[1], CELLS[0])
    small = frame.reformat(width=width, height=height, format="rgb24", interpolation="AREA")
    return small.to_ndarray()


def _picture(clip: OpenClip, time: Fraction, frame: "VideoFrame") -> "Image":
    from PIL import Image

    still = clip.still(time, frame, _STILL_PX)
    size = (still.width, still.height)
    return Image.frombuffer("RGB", size, still.pixels, "raw", "BGRX", still.stride, 1)


class _Scenes:
    """Chooses a few moments: the first, after each cut, and now and then in a long scene."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, Image]] = []
        self._last: NDArray[Any] | None = None
        self._cut_s: float | None = None

    def wants(self, time_s: float, cells: "NDArray[Any]", length_s: float) -> bool:
        """Whether a picture should be taken now."""
        grey = cells.mean(axis=2) / 255.0
        if self._last is None or abs(grey - self._last).mean() > _CUT:
            self._cut_s = time_s
        self._last = grey
        if len(self.taken) >= _MOST_MOMENTS:
            return False
        # in a long clip the moments are spread over its whole length
        apart_s = max(1.0, length_s / _MOST_MOMENTS)
        since_s = time_s - self.taken[-1][0] if self.taken else apart_s
        settled = self._cut_s is not None and time_s - self._cut_s >= _SETTLED_S
        if settled and since_s >= apart_s:
            self._cut_s = None
            return True
        return since_s >= max(apart_s, _AT_LEAST_EVERY_S) or (not self.taken and time_s > 1.0)

    def take(self, time_s: float, picture: "Image") -> None:
        """Keep a picture."""
        self.taken.append((time_s, picture))
