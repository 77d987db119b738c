"""How a story from photos runs: which photo shows when, and how the camera moves. Pure."""

import math
from dataclasses import dataclass, replace
from fractions import Fraction

from wajo_studio.domain.geometry import Box, PixelSize
from wajo_studio.specs.model import VideoSpec
from wajo_studio.video.plan import affordable_bitrate_bps

MOST_PHOTOS = 12
SHORTEST_S, LONGEST_S = 1.0, 30.0
"""How long one photo may stand."""
USUAL_S = 4.0

_FRAME_RATE = 30
_GOP_S = 2
_FADE_S, _FADE_SHARE = Fraction(4, 5), Fraction(2, 5)
"""A crossfade, and the most it may take of the time of one photo."""
_TITLE_S = Fraction(4)
"""A title is to be read in peace even where the first photo goes sooner."""

_ZOOM_PER_S, _MOST_ZOOM = 0.035, 0.22
_PAN_PER_S, _MOST_PAN = 0.08, 0.5
"""Shares of the frame: faster or farther looks hurried."""
_CALM_PAN = 0.1
"""Where the camera pans farther than this share of the frame, it zooms only half as much."""


@dataclass(frozen=True)
class Move:
    """A camera move over one photo.

    Attributes:
        start, end: what the frame shows first and last, in fractions of the upright photo.
    """

    start: Box
    end: Box

    @property
    def whole(self) -> Box:
        """The part of the photo that is seen at some moment."""
        left, top = min(self.start.x, self.end.x), min(self.start.y, self.end.y)
        right = max(self.start.x + self.start.w, self.end.x + self.end.w)
        bottom = max(self.start.y + self.start.h, self.end.y + self.end.h)
        return Box(left, top, right - left, bottom - top)

    @property
    def closest(self) -> Box:
        """The smallest part that fills the frame: it decides how many pixels are needed."""
        return min(self.start, self.end, key=lambda box: box.w)


@dataclass(frozen=True)
class Showing:
    """One photo at one moment.

    Attributes:
        number: of the photo, from 0.
        progress: how far its move has come, 0-1.
        opacity: above 0, at most 1; the first showing of a moment is the ground and has 1.
    """

    number: int
    progress: float
    opacity: float


@dataclass(frozen=True)
class StoryPlan:
    """Everything that decides a story's shape but the pictures themselves.

    Attributes:
        photos: how many.
        frames_each: how long each stands, in frames; crossfades lie evenly on both sides of
            the moment at which one gives way to the next.
        size, frame_rate: of the result.
        video_bitrate_bps: ceiling of the picture's rate.
        audio_bitrate_bps: rate of the sound.
        max_bytes: the largest file the placement takes.
        edit_list: whether the container may hold an edit list.
        preset, quality: of the encoder, as in an encode plan.
    """

    photos: int
    frames_each: int
    size: PixelSize
    frame_rate: Fraction
    video_bitrate_bps: int
    audio_bitrate_bps: int
    max_bytes: int
    edit_list: bool = False
    preset: str = "veryfast"
    quality: int = 20

    @property
    def each_s(self) -> Fraction:
        """How long each photo stands."""
        return self.frames_each / self.frame_rate

    @property
    def fade_s(self) -> Fraction:
        """Length of a crossfade."""
        return min(_FADE_S, self.each_s * _FADE_SHARE)

    @property
    def title_s(self) -> Fraction:
        """How long a title stands: with the first photo, but long enough to be read."""
        return min(max(self.each_s, _TITLE_S), self.duration_s)

    @property
    def frame_count(self) -> int:
        """Frames of the result."""
        return self.photos * self.frames_each

    @property
    def duration_s(self) -> Fraction:
        """Exact length of the result."""
        return self.frame_count / self.frame_rate

    @property
    def gop_frames(self) -> int:
        """Greatest distance between key frames: two seconds or a little less."""
        return max(1, math.floor(self.frame_rate * _GOP_S))

    @property
    def largest_bytes(self) -> int:
        """The most the result can take on disk."""
        rates_bps = self.video_bitrate_bps + self.audio_bitrate_bps
        return min(self.max_bytes, math.ceil(rates_bps * (self.duration_s + _GOP_S) / 8))

    def with_bitrate(self, video_bitrate_bps: int) -> "StoryPlan":
        """The same story at another rate."""
        return replace(self, video_bitrate_bps=video_bitrate_bps)

    def shown_at(self, time_s: float) -> tuple[Showing, ...]:
        """One photo, or two during a crossfade, the lower one first."""
        each_s, half_s = float(self.each_s), float(self.fade_s) / 2
        number = min(max(int(time_s / each_s + 1e-9), 0), self.photos - 1)
        start_s, end_s = number * each_s, (number + 1) * each_s
        if number > 0 and time_s < start_s + half_s:
            lower, boundary_s = number - 1, start_s
        elif number < self.photos - 1 and time_s > end_s - half_s:
            lower, boundary_s = number, end_s
        else:
            return (Showing(number, self._progress(number, time_s), 1.0),)
        share = (time_s - boundary_s + half_s) / (2 * half_s)
        ground = Showing(lower, self._progress(lower, time_s), 1.0)
        if share <= 0:
            return (ground,)
        upper = Showing(lower + 1, self._progress(lower + 1, time_s), _eased(min(share, 1.0)))
        return ground, upper

    def _progress(self, number: int, time_s: float) -> float:
        """How far the move of a photo has come, from its first trace to its last."""
        each_s, half_s = float(self.each_s), float(self.fade_s) / 2
        from_s = number * each_s - (half_s if number > 0 else 0.0)
        to_s = (number + 1) * each_s + (half_s if number < self.photos - 1 else 0.0)
        share = min(max((time_s - from_s) / (to_s - from_s), 0.0), 1.0)
        # a little slower at both ends, never still
        return share - math.sin(2 * math.pi * share) / (4 * math.pi)


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


def plan_story(photos: int, seconds: float, size: PixelSize, spec: VideoSpec) -> StoryPlan:
    """Plan a story.

    Args:
        photos: 1-12.
        seconds: how long each photo stands; rounded to whole frames.
        size: of the result, both sides even.
        spec: what the placement takes; the length is not judged here.
    """
    rate = Fraction(min(max(_FRAME_RATE, math.ceil(spec.min_fps)), math.floor(spec.max_fps)))
    frames_each = max(1, round(Fraction(seconds) * rate))
    return StoryPlan(
        photos=photos,
        frames_each=frames_each,
        size=size,
        frame_rate=rate,
        video_bitrate_bps=affordable_bitrate_bps(spec, photos * frames_each / rate),
        audio_bitrate_bps=spec.audio_bitrate_bps,
        max_bytes=spec.max_bytes,
        edit_list=spec.edit_list,
    )


def plan_move(
    photo: PixelSize, frame: PixelSize, focus: tuple[float, float], number: int, seconds: float
) -> Move:
    """The camera's move over one photo.

    The photo fills the frame. Where its shape leaves room the camera pans past the focus
    point, which never leaves the middle half of the frame but at the photo's edges; it zooms
    towards the point, or away from it for every second photo.

    Args:
        photo: upright size in pixels.
        frame: size of the result.
        focus: x and y in 0-1 of the photo.
        number: of the photo, from 0; moves take turns.
        seconds: how long the photo stands.
    """
    wide_w = min(1.0, frame.ratio / photo.ratio)
    wide_h = min(1.0, photo.ratio / frame.ratio)
    share = min(_PAN_PER_S * seconds, _MOST_PAN)
    zoom = min(_ZOOM_PER_S * seconds, _MOST_ZOOM)
    if min(share, max(1 / wide_w, 1 / wide_h) - 1) > _CALM_PAN:
        zoom /= 2
    tight_w, tight_h = wide_w / (1 + zoom), wide_h / (1 + zoom)
    pan_x, pan_y = min(1 - wide_w, share * tight_w), min(1 - wide_h, share * tight_h)
    wide = _around((focus[0] - pan_x / 2, focus[1] - pan_y / 2), wide_w, wide_h)
    tight = _around((focus[0] + pan_x / 2, focus[1] + pan_y / 2), tight_w, tight_h)
    return Move(wide, tight) if number % 2 == 0 else Move(tight, wide)


def _around(centre: tuple[float, float], w: float, h: float) -> Box:
    """A box of this size inside the photo, its middle as near to ``centre`` as it goes."""
    return Box(
        min(max(centre[0] - w / 2, 0.0), 1 - w), min(max(centre[1] - h / 2, 0.0), 1 - h), w, h
    )
