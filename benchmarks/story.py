"""A story from photos against a bare ffmpeg encode of the very same frames.

What the ratio holds: drawing every frame (scaled to fractions of a pixel, blended), starting the
drawing process and verifying the result, beside the encoding itself.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from benchmarks.common import Row, medians_s, show
from wajo_studio.domain.geometry import Box, PixelSize
from wajo_studio.progress import Job
from wajo_studio.services.samples import PICTURES, sample_picture
from wajo_studio.specs.loader import load_specs
from wajo_studio.video.ffmpeg import ffmpeg_path
from wajo_studio.video.story import make_story
from wajo_studio.video.story_frames import Area, Shot, StoryFrames
from wajo_studio.video.story_plan import StoryPlan, plan_move, plan_story

SIZE = PixelSize(1080, 1920)
PHOTOS, SECONDS = 2, 2.5
GOAL_RATIO = 2.5


def shots() -> Iterator[Shot]:
    """The sample pictures as the program prepares them: about as large as the frame."""
    from PIL import Image

    for number, name in enumerate(PICTURES[:PHOTOS]):
        with Image.open(sample_picture(name)) as picture:
            scale = SIZE.height / picture.height * 1.1
            size = PixelSize(round(picture.width * scale), round(picture.height * scale))
            image = picture.convert("RGB").resize((size.width, size.height))
        move = plan_move(size, SIZE, (0.5, 0.5), number, SECONDS)
        yield Shot(image, _area(move.start, size), _area(move.end, size))


def _area(box: Box, size: PixelSize) -> Area:
    left, top = box.x * size.width, box.y * size.height
    return left, top, left + box.w * size.width, top + box.h * size.height


def write_frames(plan: StoryPlan, path: Path) -> None:
    """Every frame of the story, raw, for the counterpart."""
    ready = list(shots())
    frames = StoryFrames(plan, lambda number: ready[number])
    with path.open("wb") as out:
        for number in range(plan.frame_count):
            out.write(frames(float(Fraction(number) / plan.frame_rate)).tobytes())


def bare(plan: StoryPlan, frames: Path, target: Path) -> None:
    """The encoder alone, with the program's own settings, written by hand."""
    command = [
        ffmpeg_path(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y",
        "-f", "rawvideo", "-pixel_format", "yuv420p", "-video_size", f"{SIZE}",
        "-framerate", f"{plan.frame_rate}", "-i", str(frames),
        "-f", "lavfi", "-t", f"{float(plan.duration_s)}", "-i", "anullsrc=r=48000:cl=stereo",
        "-c:v", "libx264", "-preset", plan.preset, "-crf", str(plan.quality),
        "-maxrate", str(plan.video_bitrate_bps), "-bufsize", str(plan.video_bitrate_bps * 3 // 2),
        "-profile:v", "high", "-bf", "2", "-g", str(plan.gop_frames), "-flags:v", "+cgop",
        "-c:a", "aac", "-b:a", str(plan.audio_bitrate_bps), "-movflags", "+faststart",
        str(target),
    ]  # fmt: skip
    subprocess.run(command, check=True)


def main() -> int:
    """Measure and print; returns the exit status."""
    video = load_specs()["instagram.reel"].video
    assert video is not None
    plan = plan_story(PHOTOS, SECONDS, SIZE, video)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_frames(plan, folder / "frames.yuv")
        ours_s, bare_s = medians_s(
            [
                lambda: make_story(plan, shots(), folder / "ours.mp4", Job()),
                lambda: bare(plan, folder / "frames.yuv", folder / "bare.mp4"),
            ],
            times=3,
            warm_up=0,
        )
    title = f"story: {float(plan.duration_s):g} s at {SIZE}, {plan.frame_rate} frames a second"
    row = Row("drawn, encoded, verified", ours_s, bare_s, "s", goal_ratio=GOAL_RATIO)
    return 0 if show(title, [row]) else 1


if __name__ == "__main__":
    sys.exit(main())
