"""The exact plan of one clip: everything that decides its pixels and its sound. Values only."""

import hashlib
import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import Reframe
from wajo_studio.video.ranges import TimeRange, mapped, moment_in_result
from wajo_studio.video.reframe import FocusPoint

RECIPE_VERSION = 1
"""Raised whenever the same plan would give other pixels or sound than before."""

LOUDNESS_LUFS = -14.0
TRUE_PEAK_DBTP = -1.0
AUDIO_RATE_HZ = 48_000
_GOP_S = 2
CONTAINER_SHARE = Fraction(97, 100)
BUFFER_S = Fraction(3, 2)
"""Seconds of full rate the encoder's buffer may hold beyond the average."""
_FLOOR_BITS_PER_PIXEL = 0.02
"""Below this many bits for each pixel of each frame H.264 falls apart into blocks."""


@dataclass(frozen=True)
class Overlay:
    """A picture with transparency, laid over the clip.

    Attributes:
        path: PNG file.
        x: left edge in pixels of the result.
        y: top edge in pixels of the result.
        digest: identifies the picture's content, for the recipe.
        from_s: first moment, in seconds of the source; None: throughout. Overlays never lie
            over opener and closer.
        to_s: last moment (excluded), in seconds of the source.
        fade_s: how long it takes to appear and to vanish.
    """

    path: Path
    x: int
    y: int
    digest: str
    from_s: float | None = None
    to_s: float | None = None
    fade_s: float = 0.0

    @classmethod
    def of_file(
        cls,
        path: Path,
        x: int,
        y: int,
        *,
        from_s: float | None = None,
        to_s: float | None = None,
        fade_s: float = 0.0,
    ) -> "Overlay":
        """An overlay whose digest is that of the file's bytes."""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return cls(path, x, y, digest, from_s, to_s, fade_s)

    def windows(self, plan: "EncodePlan") -> tuple[TimeRange, ...] | None:
        """When it shows, in seconds after the opener; None means always."""
        if self.from_s is None or self.to_s is None:
            return None
        return mapped(plan.ranges, Fraction(self.from_s), Fraction(self.to_s))


@dataclass(frozen=True)
class Still:
    """A picture that stands before or behind the clip (opener, closer), with silence.

    Attributes:
        path: picture file of the result's size.
        digest: identifies the picture's content, for the recipe.
        duration_s: how long it stands.
    """

    path: Path
    digest: str
    duration_s: Fraction

    @classmethod
    def of_file(cls, path: Path, duration_s: Fraction) -> "Still":
        """A still whose digest is that of the file's bytes."""
        return cls(path, hashlib.sha256(path.read_bytes()).hexdigest(), duration_s)


@dataclass(frozen=True)
class Music:
    """Music under the whole result, repeated as often as needed, softer where someone speaks.

    Attributes:
        path: sound file (or a clip: its sound).
        digest: identifies the file's content, for the recipe.
    """

    path: Path
    digest: str

    @classmethod
    def of_file(cls, path: Path) -> "Music":
        """Music whose digest is that of the file's bytes."""
        with path.open("rb") as file:
            return cls(path, hashlib.file_digest(file, "sha256").hexdigest())


@dataclass(frozen=True)
class EncodePlan:
    """Everything that decides the pixels and the sound of one clip.

    Attributes:
        source: the clip.
        source_sha256: of its bytes.
        source_size: upright size.
        source_frame_rate: regular or average rate of the source.
        ranges: what is kept, in seconds of the source; each a whole number of result frames.
        size: of the result.
        frame_rate: of the result, constant.
        reframe: how the picture is brought into ``size``.
        focus: focus points for ``fill``, in order of time; the first stands before, the last
            behind.
        colour: ``#RRGGBB`` behind the picture for ``fit-colour``.
        overlays: pictures laid over it, lowest first.
        subtitles: an ASS script in the result's time, burned in; None: none.
        opener, closer: stills around the clip.
        music: sounds under it; None: none.
        has_sound: whether the source is heard; otherwise the result carries music or silence.
        video_bitrate_bps: ceiling of the picture's rate.
        audio_bitrate_bps: rate of the sound.
        max_bytes: the largest file the placement takes.
        edit_list: whether the container may hold an edit list.
        wind_filter: take the rumble of wind and handling out of the source's sound.
        preset: speed of the encoder, x264's name.
        quality: x264's constant rate factor, lower is better.
    """

    source: Path
    source_sha256: str
    source_size: PixelSize
    source_frame_rate: Fraction
    ranges: tuple[TimeRange, ...]
    size: PixelSize
    frame_rate: Fraction
    reframe: Reframe
    focus: tuple[FocusPoint, ...]
    colour: str
    has_sound: bool
    video_bitrate_bps: int
    audio_bitrate_bps: int
    max_bytes: int
    overlays: tuple[Overlay, ...] = ()
    subtitles: str | None = None
    opener: Still | None = None
    closer: Still | None = None
    music: Music | None = None
    edit_list: bool = False
    wind_filter: bool = False
    preset: str = "veryfast"
    quality: int = 20

    @property
    def opener_duration_s(self) -> Fraction:
        """Length of what stands before the clip."""
        return self.opener.duration_s if self.opener else Fraction(0)

    @property
    def duration_s(self) -> Fraction:
        """Exact length of the result: a whole number of frames."""
        closer_s = self.closer.duration_s if self.closer else Fraction(0)
        return self.opener_duration_s + sum(kept.duration_s for kept in self.ranges) + closer_s

    @property
    def frame_count(self) -> int:
        """Frames of the result."""
        return round(self.duration_s * self.frame_rate)

    @property
    def gop_frames(self) -> int:
        """Greatest distance between key frames: two seconds or a little less."""
        return max(1, math.floor(self.frame_rate * _GOP_S))

    @property
    def below_quality_floor(self) -> bool:
        """Whether the byte budget forces a rate at which the picture falls apart."""
        pixels_per_s = self.size.width * self.size.height * self.frame_rate
        return self.video_bitrate_bps < _FLOOR_BITS_PER_PIXEL * pixels_per_s

    @property
    def floor_bytes(self) -> int:
        """The least the result can take on disk before the picture falls apart."""
        pixels = self.size.width * self.size.height * self.frame_count
        sound_bits = self.audio_bitrate_bps * self.duration_s
        return math.ceil((_FLOOR_BITS_PER_PIXEL * pixels + sound_bits) / 8 / CONTAINER_SHARE)

    @property
    def largest_bytes(self) -> int:
        """The most the result can take on disk."""
        picture_bits = self.video_bitrate_bps * (self.duration_s + BUFFER_S)
        sound_bits = self.audio_bitrate_bps * self.duration_s
        return min(self.max_bytes, math.ceil((picture_bits + sound_bits) / 8 / CONTAINER_SHARE))

    def moment_in_result_s(self, source_s: float) -> float:
        """Where a moment of the source lies in the result, both in seconds."""
        return float(moment_in_result(self.ranges, Fraction(source_s), self.opener_duration_s))

    def as_recipe(self) -> dict[str, object]:
        """What decides the result's content, in JSON types and without any path."""
        return {
            "version": RECIPE_VERSION,
            "source": self.source_sha256,
            "ranges": [[str(kept.start_s), str(kept.end_s)] for kept in self.ranges],
            "size": [self.size.width, self.size.height],
            "frame_rate": str(self.frame_rate),
            "reframe": self.reframe,
            "focus": [[str(p.time_s), p.x, p.y] for p in self.focus]
            if self.reframe == "fill"
            else [],
            "colour": self.colour.lower() if self.reframe == "fit-colour" else None,
            "sound": [self.has_sound, self.wind_filter],
            "bitrates": [self.video_bitrate_bps, self.audio_bitrate_bps],
            "max_bytes": self.max_bytes,
            "overlays": [[o.digest, o.x, o.y, o.from_s, o.to_s, o.fade_s] for o in self.overlays],
            "subtitles": self.subtitles and hashlib.sha256(self.subtitles.encode()).hexdigest(),
            "opener": _still_recipe(self.opener),
            "closer": _still_recipe(self.closer),
            "music": self.music and self.music.digest,
            "edit_list": self.edit_list,
            "encoder": ["libx264", self.preset, self.quality, self.gop_frames],
            "loudness": [LOUDNESS_LUFS, TRUE_PEAK_DBTP],
        }


def _still_recipe(still: Still | None) -> list[str] | None:
    return [still.digest, str(still.duration_s)] if still else None
