"""Where to start reading a clip so that a given moment decodes correctly."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.video import source

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

_STEPS_S = (0, 1, 3, 8, 20, 60)
"""How much further back to try when a container lands behind the key frame it should."""

_NEAR_START_S = 2


def seek_points(path: Path, moments_s: "list[Fraction]") -> tuple[float | None, ...]:
    """For each moment the value for ffmpeg's ``-ss`` that lands on a key frame before it.

    Some containers (MPEG-TS, MPEG-PS, AVI without a complete index, files with open groups of
    pictures) land too late when asked for the moment itself; each point returned here was
    tried and seen to start with a key frame at or before the moment.

    Args:
        path: the clip.
        moments_s: on the file's own clock, in seconds.

    Returns:
        Seconds after the container's start, or None: read from the beginning.
    """
    with source.open_media(path) as container:
        stream = source.video_stream(container)
        if stream is None:
            raise source.no_picture(path)
        return tuple(_seek_point(container, stream, moment) for moment in moments_s)


def _seek_point(
    container: "InputContainer", stream: "VideoStream", moment_s: Fraction
) -> float | None:
    start_s = Fraction(container.start_time or 0, 1_000_000)
    for step_s in _STEPS_S:
        target_s = moment_s - step_s
        if target_s - start_s < _NEAR_START_S:
            return None
        if _lands_before(container, stream, target_s, moment_s):
            return float(target_s - start_s)
    return None


def _lands_before(
    container: "InputContainer", stream: "VideoStream", target_s: Fraction, moment_s: Fraction
) -> bool:
    """Whether reading from ``target_s`` meets a key frame before anything shown later."""
    import av

    base = Fraction(stream.time_base or Fraction(1, 90_000))
    try:
        container.seek(int(target_s * 1_000_000), backward=True)
        for packet in container.demux(stream):
            if packet.pts is None or not packet.is_keyframe:
                if packet.size == 0:
                    return False
                continue
            return bool(packet.pts * base <= moment_s)
    except (av.error.FFmpegError, OSError):
        return False
    return False
