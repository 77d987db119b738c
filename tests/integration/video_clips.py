"""Clips whose every frame tells its own number, and what the tests ask of results."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from numpy.typing import NDArray

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.progress import Job
from wajo_studio.specs.model import SizeSpec, Source, VideoSpec
from wajo_studio.video.encode_plan import EncodePlan
from wajo_studio.video.plan import plan_clip
from wajo_studio.video.probe import probe_media
from wajo_studio.video.run import encode
from wajo_studio.video.verify import ClipResult

if TYPE_CHECKING:
    from av.video.stream import VideoStream

WIDTH, HEIGHT = 320, 180
BITS = 10
RATE_HZ = 48_000
BEEP_S = 0.02
Gray = NDArray[np.uint8]


@dataclass(frozen=True)
class Recipe:
    """How a numbered clip is made.

    Attributes:
        times: start of each frame in ``time_base`` units.
        time_base: seconds per unit.
        codec: PyAV's encoder name.
        options: encoder options.
        beeps: frames at whose start a beep of 20 ms sounds; none: no sound track.
        sound_lead_s: how much earlier the sound track begins than the picture.
    """

    times: Sequence[int]
    time_base: Fraction
    codec: str = "libx264"
    options: dict[str, str] = field(default_factory=dict)
    beeps: Sequence[int] = ()
    sound_lead_s: Fraction = Fraction(0)


def steady(count: int, rate: Fraction, **more: object) -> Recipe:
    """A clip of constant rate."""
    return Recipe(range(count), 1 / rate, **more)  # type: ignore[arg-type]


def make_clip(path: Path, recipe: Recipe) -> Path:
    """Write the clip."""
    with av.open(str(path), "w") as container:
        video = cast("VideoStream", container.add_stream(recipe.codec, rate=1 / recipe.time_base))
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.codec_context.time_base = recipe.time_base
        video.options = dict(recipe.options)
        audio = None
        if recipe.beeps:
            audio = container.add_stream("aac", rate=RATE_HZ)
            audio.layout = "stereo"
        for number, time in enumerate(recipe.times):
            frame = av.VideoFrame.from_ndarray(numbered(number), format="gray").reformat(
                format="yuv420p"
            )
            frame.pts, frame.time_base = time, recipe.time_base
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if audio is not None:
            samples = _beeps(recipe)
            for start in range(0, samples.shape[1], 1024):
                block = np.ascontiguousarray(samples[:, start : start + 1024])
                sound = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
                sound.sample_rate, sound.pts = RATE_HZ, start
                sound.time_base = Fraction(1, RATE_HZ)
                container.mux(audio.encode(sound))
            container.mux(audio.encode(None))
    return path


def numbered(number: int) -> Gray:
    """A picture with ``number`` in black and white blocks, and its complement below."""
    picture = np.full((HEIGHT, WIDTH), 128, np.uint8)
    block = WIDTH // BITS
    for bit in range(BITS):
        on = number >> bit & 1
        columns = slice(bit * block, (bit + 1) * block)
        picture[: HEIGHT // 2, columns] = 235 if on else 16
        picture[HEIGHT // 2 :, columns] = 16 if on else 235
    return picture


def number_in(picture: Gray) -> int:
    """The number a picture of any size shows; -1 when it is smeared or torn."""
    height, width = picture.shape
    block = width / BITS
    number = 0
    for bit in range(BITS):
        columns = slice(round((bit + 0.3) * block), round((bit + 0.7) * block))
        above = float(picture[height // 8 : height * 3 // 8, columns].mean())
        below = float(picture[height * 5 // 8 : height * 7 // 8, columns].mean())
        if abs(above - below) < 120:
            return -1
        number |= (above > below) << bit
    return number


def _beeps(recipe: Recipe) -> NDArray[np.float32]:
    end_s = float((recipe.times[-1] + 2) * recipe.time_base)
    time_s = np.arange(round(end_s * RATE_HZ)) / RATE_HZ
    tone = 0.5 * np.sin(2 * np.pi * 1000 * time_s)
    loud = np.zeros(len(time_s), bool)
    for frame in recipe.beeps:
        start_s = float(recipe.times[frame] * recipe.time_base)
        loud |= (time_s >= start_s) & (time_s < start_s + BEEP_S)
    return np.tile((tone * loud).astype(np.float32), (2, 1))


def numbers_of(path: Path) -> list[int]:
    """The number of every frame of a clip, in order."""
    with av.open(str(path)) as container:
        frames = container.decode(video=0)
        return [number_in(cast("Gray", frame.to_ndarray(format="gray"))) for frame in frames]


def beeps_in(path: Path) -> list[float]:
    """When a beep starts in a clip, in seconds."""
    with av.open(str(path)) as container:
        frames = list(container.decode(audio=0))
    start_s = float((frames[0].pts or 0) * (frames[0].time_base or 0))
    rate_hz = frames[0].sample_rate
    sound = np.abs(np.concatenate([frame.to_ndarray()[0] for frame in frames]))
    loud = np.flatnonzero(sound > sound.max() * 0.3)
    starts = loud[np.insert(np.diff(loud) > rate_hz // 20, 0, True)]
    return [start_s + int(index) / rate_hz for index in starts]


def spec(
    size: PixelSize | None = None,
    *,
    min_fps: float = 23,
    max_fps: float = 60,
    max_bytes: int = 300_000_000,
    edit_list: bool = False,
) -> VideoSpec:
    """A video spec with one size."""
    chosen = size or PixelSize(WIDTH, HEIGHT)
    return VideoSpec(
        sizes=(SizeSpec(format="16:9", width=chosen.width, height=chosen.height),),
        min_duration_s=0,
        max_duration_s=900,
        min_fps=min_fps,
        max_fps=max_fps,
        max_bytes=max_bytes,
        max_bitrate_bps=8_000_000,
        audio_bitrate_bps=128_000,
        edit_list=edit_list,
        cover="none",
        source=Source(sheet="test", url="https://example.org/spec", checked=date(2026, 11, 24)),
    )


def item(**keys: object) -> MediaItem:
    """A media item with the keys of post.toml (``in`` as ``in_``)."""
    renamed = {key.rstrip("_"): value for key, value in keys.items()}
    return MediaItem.model_validate({"id": "klip1", "path": "klip.mp4", **renamed})


def planned(
    path: Path, media: MediaItem, video: VideoSpec | None = None, **more: object
) -> EncodePlan:
    """Probe and plan."""
    info = probe_media(path)
    assert isinstance(info, ClipInfo)
    return plan_clip(path, info, media, video or spec(), **more)  # type: ignore[arg-type]


def made(
    path: Path, target: Path, media: MediaItem, video: VideoSpec | None = None, **more: object
) -> tuple[EncodePlan, ClipResult]:
    """Probe, plan and encode."""
    plan = planned(path, media, video, **more)
    return plan, encode(plan, target, Job())
