"""What a person sees of a clip while trimming: any picture, a film strip, the sound, the words."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.domain.media import ClipInfo
from wajo_studio.progress import JobContext
from wajo_studio.services.preview import Picture
from wajo_studio.video.filmstrip import KeyPictures
from wajo_studio.video.stepping import FrameReader
from wajo_studio.video.subtitles import read_subtitles
from wajo_studio.video.waveform import WaveReader

if TYPE_CHECKING:
    from wajo_studio.video.small_frames import Still

STRIP_SIDE_PX = 192
_SOUND_BUDGET_S = 0.15


@dataclass(frozen=True)
class ShownFrame:
    """A picture of the clip, and when it is on screen, in seconds of the clip."""

    time_s: float
    picture: Picture


@dataclass(frozen=True)
class Sound:
    """Loudness along the clip: a peak (0-255) for every ``bucket_s`` seconds."""

    bucket_s: float
    peaks: bytes
    done: bool


@dataclass(frozen=True)
class CueView:
    """One subtitle in the clip's own time."""

    start_s: float
    end_s: float
    text: str


class ClipView:
    """Reads one clip for the screen.

    Each group of methods may be used by one thread at a time, the two groups side by side:
    ``frame_*`` for the large picture; ``strip_picture`` and ``more_sound`` for the overview.

    Args:
        path: the clip.
        info: what it is.
    """

    def __init__(self, path: Path, info: ClipInfo) -> None:
        self.info = info
        self._frames = FrameReader(path)
        self._near = KeyPictures(path, STRIP_SIDE_PX)
        self._exact = FrameReader(path)
        self._wave = WaveReader(path, max(info.duration_s, 0.001))

    def frame_at(self, time_s: float, max_side: int, ctx: JobContext) -> ShownFrame:
        """The picture on screen at ``time_s``, upright.

        Raises:
            MediaError: the clip cannot be read.
        """
        return _shown(self._frames.at(time_s, max_side, ctx))

    def frame_step(self, time_s: float, count: int, max_side: int, ctx: JobContext) -> ShownFrame:
        """The picture ``count`` pictures after (below 0: before) the one at ``time_s``.

        Raises:
            MediaError: the clip cannot be read.
        """
        return _shown(self._frames.step(time_s, count, max_side, ctx))

    def strip_picture(self, time_s: float, *, exact: bool, ctx: JobContext) -> ShownFrame | None:
        """A small picture: the key frame before ``time_s``, or with ``exact`` the very one.

        Raises:
            MediaError: the clip cannot be read.
        """
        if exact:
            return _shown(self._exact.at(time_s, STRIP_SIDE_PX, ctx))
        still = self._near.near(time_s)
        return None if still is None else _shown(still)

    def more_sound(self, ctx: JobContext) -> Sound:
        """Read on in the sound for a moment and tell what is known of it.

        Raises:
            MediaError: the clip cannot be read.
        """
        if self.info.audio_codec is None:
            return Sound(self._wave.bucket_s, b"", done=True)
        self._wave.read_more(_SOUND_BUDGET_S, ctx)
        return Sound(self._wave.bucket_s, bytes(self._wave.peaks), self._wave.done)

    def close_frames(self) -> None:
        """Let go of the file; for the thread that uses ``frame_*``."""
        self._frames.close()

    def close_overview(self) -> None:
        """Let go of the file; for the thread that uses the overview."""
        self._near.close()
        self._exact.close()
        self._wave.close()


def read_cues(path: Path) -> tuple[CueView, ...]:
    """The subtitles of a file, repaired, in order.

    Raises:
        MediaError: the file cannot be read or holds no subtitles.
    """
    cues = read_subtitles(path).cues
    return tuple(CueView(float(cue.start_s), float(cue.end_s), cue.text) for cue in cues)


def refuse_bad_subtitles(path: Path) -> None:
    """Raise MediaError when a file holds no subtitles that can be read."""
    read_subtitles(path)


def frame_of(time_s: float, info: ClipInfo) -> float:
    """The start of the picture nearest to ``time_s``, in seconds; clips of uneven rate keep it."""
    if info.variable_frame_rate:
        return time_s
    return float(round(Fraction(time_s) * info.frame_rate) / info.frame_rate)


def _shown(still: "Still") -> ShownFrame:
    picture = Picture(still.width, still.height, still.stride, still.pixels, is_frame=True)
    return ShownFrame(still.time_s, picture)
