"""Any picture of a clip on request, and the one before or after it.

The pictures decoded last are kept, so that stepping to and fro costs no seek.
"""

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_, format_number
from wajo_studio.progress import JobContext
from wajo_studio.video.small_frames import OpenClip, Still

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    Shown = tuple[Fraction, VideoFrame]

_TOLERANCE_S = Fraction(2, 1000)
"""Times rounded to milliseconds still find their own picture."""

_AHEAD_S = 1
"""How far decoding on is cheaper than a seek."""

_KEPT_BYTES = 100_000_000
_KEPT_LEAST, _KEPT_MOST = 6, 40


class FrameReader:
    """Pictures of a clip by time, exact to the picture; opened at the first request."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._clip: OpenClip | None = None
        self._kept: deque[Shown] = deque(maxlen=_KEPT_LEAST)
        self._coming: Iterator[Shown] = iter(())

    def at(self, time_s: float, max_side: int, ctx: JobContext) -> Still:
        """The picture on screen at ``time_s``; behind the end the last one.

        Raises:
            MediaError: the file is no readable clip, or holds no picture there.
        """
        shown_s, frame = self._shown(Fraction(max(time_s, 0.0)), ctx)
        return self._opened().still(shown_s, frame, max_side)

    def step(self, time_s: float, count: int, max_side: int, ctx: JobContext) -> Still:
        """The picture ``count`` pictures after (below 0: before) the one at ``time_s``.

        At the ends of the clip the first or the last picture.

        Raises:
            MediaError: as :meth:`at`.
        """
        shown = self._shown(Fraction(max(time_s, 0.0)), ctx)
        if count < 0:
            shown = self._earlier(shown, -count, ctx)
        for _number in range(count):
            following = self._after(shown[0])
            if following is None:
                break
            shown = following
        return self._opened().still(*shown, max_side)

    def close(self) -> None:
        """Let go of the file."""
        self._kept.clear()
        self._coming = iter(())
        if self._clip is not None:
            self._clip.close()
            self._clip = None

    def _opened(self) -> OpenClip:
        if self._clip is None:
            self._clip = OpenClip(self._path)
            stored = self._clip.track.stored
            room = _KEPT_BYTES // (stored.width * stored.height * 2)
            self._kept = deque(maxlen=min(max(room, _KEPT_LEAST), _KEPT_MOST))
        return self._clip

    def _shown(self, moment_s: Fraction, ctx: JobContext) -> "Shown":
        clip = self._opened()
        kept = self._kept
        is_near = kept and kept[0][0] <= moment_s + _TOLERANCE_S
        if not is_near or moment_s - kept[-1][0] > _AHEAD_S:
            self._kept.clear()
            self._coming = clip.frames_from(moment_s)
        while not kept or kept[-1][0] <= moment_s + _TOLERANCE_S:
            ctx.check()
            if self._decode_one() is None:
                break
        shown = next((s for s in reversed(kept) if s[0] <= moment_s + _TOLERANCE_S), None)
        if shown is None and kept:
            shown = kept[0]
        if shown is None:
            raise MediaError(
                N_("{file} shows no picture at {time} s. Choose another moment."),
                file=self._path.name,
                time=format_number(float(moment_s), 2),
            )
        return shown

    def _decode_one(self) -> "Shown | None":
        coming = next(self._coming, None)
        if coming is not None:
            self._kept.append(coming)
        return coming

    def _after(self, time_s: Fraction) -> "Shown | None":
        for shown in self._kept:
            if shown[0] > time_s:
                return shown
        return self._decode_one()

    def _earlier(self, shown: "Shown", count: int, ctx: JobContext) -> "Shown":
        before = [s for s in self._kept if s[0] < shown[0]]
        if len(before) < count and shown[0] > 0:
            # A bit further back than the pictures asked for, to have some for the next step.
            back_s = max(Fraction(count, 1) / self._opened().track.average_rate, Fraction(1, 5))
            self._kept.clear()
            self._coming = self._opened().frames_from(max(shown[0] - 2 * back_s, Fraction(0)))
            shown = self._run_up(shown[0], ctx)
            before = [s for s in self._kept if s[0] < shown[0]]
        return before[max(len(before) - count, 0)] if before else shown

    def _run_up(self, time_s: Fraction, ctx: JobContext) -> "Shown":
        while not self._kept or self._kept[-1][0] < time_s:
            ctx.check()
            if self._decode_one() is None:
                break
        return self._shown(time_s, ctx)
