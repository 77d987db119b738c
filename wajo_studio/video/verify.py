"""Success is measured: a finished clip is opened again and compared with its plan."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.errors import EncodeError, MediaError
from wajo_studio.i18n import N_
from wajo_studio.progress import Job, JobContext
from wajo_studio.video import source
from wajo_studio.video.boxes import box_names, top_level_boxes
from wajo_studio.video.encode_plan import AUDIO_RATE_HZ
from wajo_studio.video.invoke import FfmpegError
from wajo_studio.video.loudness import measure_file
from wajo_studio.video.planned import PlannedClip

if TYPE_CHECKING:
    from av.container import InputContainer

_BT709 = 1
_LIMITED = 1


@dataclass(frozen=True)
class ClipResult:
    """What a finished clip is, measured.

    Attributes:
        duration_s: of the picture.
        fps: exact frame rate.
        loudness_lufs: integrated; None for silence or under 0.4 s.
        true_peak_dbtp: None for silence.
    """

    width: int
    height: int
    duration_s: float
    fps: Fraction
    video_codec: str
    audio_codec: str
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    size_bytes: int


def verify_clip(path: Path, plan: PlannedClip, ctx: JobContext | None = None) -> ClipResult:
    """Open ``path`` again and compare it with ``plan``.

    Checks size, length (half a frame), frame count, rate, codecs, pixel format, colour tags,
    rotation, sound format, index in front, no edit list, bytes; measures loudness.

    Raises:
        EncodeError: it is not what was planned; ``detail`` lists every difference.
        Cancelled: the job was cancelled.
    """
    try:
        with source.open_media(path) as container:
            differences, result = _compare(container, path, plan)
    except MediaError as error:
        raise _failed(path, [f"cannot be opened: {error.detail}"]) from error
    differences += _layout_differences(path, plan)
    if differences or result is None:
        raise _failed(path, differences)
    try:
        loudness = measure_file(path, ctx or Job())
    except FfmpegError as error:
        raise _failed(path, [f"sound cannot be decoded: {error.words}"]) from error
    return ClipResult(
        width=result.width,
        height=result.height,
        duration_s=result.duration_s,
        fps=result.fps,
        video_codec=result.video_codec,
        audio_codec=result.audio_codec,
        loudness_lufs=loudness.integrated_lufs,
        true_peak_dbtp=loudness.true_peak_dbtp,
        size_bytes=path.stat().st_size,
    )


@dataclass(frozen=True)
class _Seen:
    width: int
    height: int
    duration_s: float
    fps: Fraction
    video_codec: str
    audio_codec: str


def _compare(
    container: "InputContainer", path: Path, plan: PlannedClip
) -> tuple[list[str], _Seen | None]:
    stream, sound = source.video_stream(container), source.audio_stream(container)
    if stream is None or sound is None:
        return ["picture or sound is missing"], None
    track = source.read_video_track(path, container, stream)
    audio = source.read_audio_track(sound)
    assert audio is not None
    duration_s = (stream.duration or 0) * track.time_base
    whole_s = Fraction(container.duration or 0, 1_000_000)
    fps = Fraction(stream.average_rate or 0)
    half_frame_s = 1 / plan.frame_rate / 2
    wanted: list[tuple[str, object, object]] = [
        ("width", track.stored.width, plan.size.width),
        ("height", track.stored.height, plan.size.height),
        ("pixel aspect", track.pixel_aspect, Fraction(1)),
        ("rotation", (track.rotation, track.mirrored), (0, False)),
        ("video codec", track.codec, "h264"),
        ("pixel format", track.pixel_format, "yuv420p"),
        ("colour", _colour_tags(stream.codec_context), (_BT709, _BT709, _BT709, _LIMITED)),
        ("interlaced", track.interlaced, False),
        ("first picture", track.first_pts, 0),
        ("frames", stream.frames, plan.frame_count),
        ("audio codec", audio.codec, "aac"),
        ("audio channels", audio.channels, 2),
        ("audio rate", audio.sample_rate_hz, AUDIO_RATE_HZ),
    ]
    differences = [
        f"{name} is {seen}, planned {planned}" for name, seen, planned in wanted if seen != planned
    ]
    if plan.frame_count > 1 and abs(fps - plan.frame_rate) > plan.frame_rate / 10_000:
        differences.append(f"frame rate is {fps}, planned {plan.frame_rate}")
    for name, length_s in (("picture", duration_s), ("file", whole_s)):
        if abs(length_s - plan.duration_s) > half_frame_s:
            differences.append(
                f"length of the {name} is {float(length_s):.4f} s,"
                f" planned {float(plan.duration_s):.4f} s"
            )
    seen = _Seen(
        track.stored.width,
        track.stored.height,
        float(duration_s),
        plan.frame_rate,
        track.codec,
        audio.codec,
    )
    return differences, seen


def _colour_tags(context: object) -> tuple[int, ...]:
    names = ("color_primaries", "color_trc", "colorspace", "color_range")
    return tuple(int(getattr(context, name)) for name in names)


def _layout_differences(path: Path, plan: PlannedClip) -> list[str]:
    """What is wrong with the order and kinds of boxes, and with the file's size."""
    differences = []
    order = [box.name for box in top_level_boxes(path)]
    if "moov" not in order or "mdat" not in order or order.index("moov") > order.index("mdat"):
        differences.append(f"the index is not in front: {order}")
    if not plan.edit_list and "elst" in box_names(path):
        differences.append("there is an edit list")
    size_bytes = path.stat().st_size
    if size_bytes > plan.max_bytes:
        differences.append(f"it has {size_bytes} bytes, allowed are {plan.max_bytes}")
    return differences


def _failed(path: Path, differences: list[str]) -> EncodeError:
    return EncodeError(
        N_(
            "The clip {file} was made but is not what was planned, so it was not kept."
            " Try again; if it happens again, send us the details."
        ),
        code="render.verify",
        file=path.name.replace(".part.", "."),
        detail="; ".join(differences),
    )
