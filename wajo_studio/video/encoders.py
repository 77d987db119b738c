"""The encoder that makes the picture: x264, or a chip where one works and is wished for.

What a driver promises is not believed: an encoder of the list is used only after it made a few
frames that were opened again and show what they should.
"""

import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from wajo_studio import atomic
from wajo_studio.progress import Job
from wajo_studio.video.ffmpeg import h264_encoders
from wajo_studio.video.invoke import FfmpegError, run_ffmpeg
from wajo_studio.video.planned import PlannedClip

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)

SOFTWARE = "libx264"
_HARDWARE = ("h264_nvenc", "h264_qsv", "h264_amf", "h264_mf")
_TRIAL_FRAMES, _TRIAL_SIZE = 12, "640x360"
_GREATEST_DIFFERENCE = 10.0
"""Mean difference of brightness (of 255) up to which two encoders show the same picture."""


def picture_options(plan: PlannedClip, encoder: str = SOFTWARE) -> list[str]:
    """How ``encoder`` makes the picture: profile, quality, ceiling, key frames. Pure."""
    ceiling = [
        "-maxrate", str(plan.video_bitrate_bps), "-bufsize", str(plan.video_bitrate_bps * 3 // 2),
        "-profile:v", "high", "-g", str(plan.gop_frames),
    ]  # fmt: skip
    quality, average = str(plan.quality), str(plan.video_bitrate_bps * 2 // 3)
    match encoder:
        case "libx264":
            own = ["-preset", plan.preset, "-crf", quality, "-pix_fmt", "yuv420p", "-bf", "2"]
        case "h264_nvenc":
            own = ["-preset", "p5", "-rc", "vbr", "-cq", quality, "-b:v", "0"]
            own += ["-pix_fmt", "yuv420p", "-bf", "2", "-strict_gop", "1", "-forced-idr", "1"]
        case "h264_qsv":
            own = ["-preset", "medium", "-b:v", average, "-pix_fmt", "nv12", "-bf", "2"]
            own += ["-idr_interval", "0"]
        case "h264_amf":
            own = ["-quality", "balanced", "-rc", "vbr_peak", "-b:v", average, "-pix_fmt", "nv12"]
        case "h264_mf":
            own = ["-hw_encoding", "1", "-rate_control", "pc_vbr", "-b:v", average]
            own += ["-pix_fmt", "nv12"]
        case _:
            raise ValueError(encoder)
    return ["-c:v", encoder, *own, *ceiling]


def chosen_encoder(*, hardware: bool) -> str:
    """x264, or the first chip that passed its trial where hardware is wished for."""
    if not hardware:
        return SOFTWARE
    return next((name for name in h264_encoders() if name in _HARDWARE and works(name)), SOFTWARE)


@cache
def works(encoder: str) -> bool:
    """Whether ``encoder`` makes a few frames that look like those of x264."""
    import numpy

    with atomic.scratch_folder("wajo-trial-") as folder:
        try:
            trial, reference = (_trial(name, folder) for name in (encoder, SOFTWARE))
        except (FfmpegError, OSError, ValueError) as error:
            _log.info("%s does not work here: %s", encoder, error)
            return False
    if len(trial) != len(reference) or trial[0].shape != reference[0].shape:
        return False
    pairs = zip(trial, reference, strict=True)
    apart = max(float(numpy.abs(one.astype(int) - other).mean()) for one, other in pairs)
    return apart <= _GREATEST_DIFFERENCE


class _Trial:
    """The smallest plan that encoder options can be made from."""

    video_bitrate_bps, gop_frames, preset, quality = 4_000_000, 60, "veryfast", 20


def _trial(encoder: str, folder: Path) -> list["NDArray[np.uint8]"]:
    import av

    made = folder / f"{encoder}.mp4"
    options = picture_options(_Trial(), encoder)  # type: ignore[arg-type]
    arguments = [
        "-loglevel", "error", "-f", "lavfi", "-i", f"testsrc2=s={_TRIAL_SIZE}:r=30", *options,
        "-frames:v", str(_TRIAL_FRAMES), "-y", str(made),
    ]  # fmt: skip
    run_ffmpeg(arguments, Job())
    with av.open(str(made)) as container:
        decoded = container.decode(video=0)
        frames = [cast("NDArray[np.uint8]", frame.to_ndarray(format="gray")) for frame in decoded]
    if len(frames) != _TRIAL_FRAMES:
        raise ValueError(f"{len(frames)} frames")
    return frames
