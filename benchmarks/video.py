"""Clips against hand-written ffmpeg commands and against MoviePy.

The counterparts measure the loudness and encode with the filters and settings the program uses,
written by hand, at the same priority. What they do not do is probing, exact frame counts,
verification and the temporary name: that is what the ratio holds.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.common import ROOT, Row, medians_s, show
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.progress import Job
from wajo_studio.specs.loader import load_specs
from wajo_studio.video.encode_plan import EncodePlan
from wajo_studio.video.ffmpeg import ffmpeg_path
from wajo_studio.video.plan import plan_clip
from wajo_studio.video.probe import probe_media
from wajo_studio.video.run import encode, encode_all

SECONDS = 4
THREE = ("instagram.reel", "youtube.video", "x.post")
MEGABYTES = 900

FITTED = {
    PixelSize(1080, 1920): (
        "[0:v]trim=duration={s},scale=1080:608:flags=bicubic,format=yuv420p,split[a][b];"
        "[b]scale=426:240:flags=area,format=yuv444p,crop=135:240,gblur=sigma=4:steps=2,"
        "lutyuv=y='(val-16)*0.62+16':u='(val-128)*0.62+128':v='(val-128)*0.62+128',split[t][u];"
        "[t]crop=135:82:0:0,scale=1080:656:flags=bicubic,format=yuv420p,setsar=1[o];"
        "[u]crop=135:82:0:158,scale=1080:656:flags=bicubic,format=yuv420p,setsar=1[n];"
        "[a]setsar=1[m];[o][m][n]vstack=inputs=3[v]"
    ),
    PixelSize(1920, 1080): "[0:v]trim=duration={s},format=yuv420p[v]",
    PixelSize(1280, 720): "[0:v]trim=duration={s},scale=1280:720:flags=bicubic,format=yuv420p[v]",
}
"""The picture of each size, for a source of 1920x1080."""


def ffmpeg(*words: str | Path) -> None:
    """Run a hand-written command, at the priority of the program's own."""
    priority = [] if sys.platform == "win32" else ["nice", "-n", "5"]
    quiet = ["-hide_banner", "-loglevel", "error", "-nostdin", "-y"]
    subprocess.run([*priority, ffmpeg_path(), *quiet, *map(str, words)], check=True)


def make_source(path: Path, size: str, seconds: int) -> Path:
    """A moving, slightly noisy clip with a tone."""
    picture = f"testsrc2=s={size}:r=30:d={seconds},noise=alls=8:allf=t"
    ffmpeg(
        "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=f=440:d={seconds}:b=4",
        "-c:v", "libx264", "-preset", "ultrafast", "-crf", "22", "-pix_fmt", "yuv420p",
        "-g", "60", "-c:a", "aac", "-ac", "2", path,
    )  # fmt: skip
    return path


def make_hour(folder: Path) -> Path:
    """An hour of a small clip, by repeating a minute."""
    minute = make_source(folder / "minute.mp4", "640x360", 60)
    hour = folder / "hour.mp4"
    ffmpeg("-stream_loop", "59", "-i", minute, "-c", "copy", hour)
    return hour


def planned(source: Path, placement: str, **keys: float) -> EncodePlan:
    """Probe and plan, as every job begins."""
    info = probe_media(source)
    assert isinstance(info, ClipInfo)
    item = MediaItem.model_validate({"id": "clip", "path": source.name, **keys})
    video = load_specs()[placement].video
    assert video is not None
    return plan_clip(source, info, item, video)


def by_hand(source: Path, plans: Sequence[EncodePlan], folder: Path) -> None:
    """A command that measures and a command that encodes for every rendition."""
    cut = f"atrim=duration={SECONDS},aresample=48000,aformat=channel_layouts=stereo"
    for number, plan in enumerate(plans):
        measure = f"{cut},ebur128=peak=true:framelog=quiet"
        ffmpeg("-i", source, "-map", "0:a", "-af", measure, "-f", "null", "-")
        sound = f"[0:a]{cut},volume=6dB,aresample=192000,alimiter=limit=0.79,aresample=48000[a]"
        graph = f"{FITTED[plan.size].format(s=SECONDS)};{sound}"
        ffmpeg(
            "-i", source, "-filter_complex", graph, "-map", "[v]", "-map", "[a]",
            "-c:v", "libx264", "-preset", plan.preset, "-crf", f"{plan.quality}",
            "-maxrate", f"{plan.video_bitrate_bps}",
            "-bufsize", f"{plan.video_bitrate_bps * 3 // 2}",
            "-profile:v", "high", "-bf", "2", "-g", f"{plan.gop_frames}", "-flags:v", "+cgop",
            "-c:a", "aac", "-b:a", f"{plan.audio_bitrate_bps}", "-movflags", "+faststart",
            folder / f"hand{number}.mp4",
        )  # fmt: skip


def by_moviepy(source: Path, target: Path) -> None:
    """The reel by MoviePy: the clip over its own enlarged, darkened copy (without the blur)."""
    from moviepy import CompositeVideoClip, VideoFileClip
    from moviepy.video.fx import Crop, MultiplyColor, Resize

    with VideoFileClip(str(source)) as clip:
        back = clip.with_effects(
            [Resize(height=1920), Crop(width=1080, height=1920, x_center=1706, y_center=960)]
        ).with_effects([MultiplyColor(0.62)])
        front = clip.with_effects([Resize(width=1080)]).with_position("center")
        whole = CompositeVideoClip([back, front], size=(1080, 1920))  # type: ignore[no-untyped-call]
        whole.write_videofile(
            str(target), codec="libx264", preset="veryfast", audio_codec="aac", logger=None
        )


def peaks_mb(source: Path, target: Path) -> float:
    """Peak memory of the program and of its encoder together, for one reel from ``source``."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from benchmarks.video import encode, planned, Job\n"
        "encode(planned(Path(sys.argv[1]), 'instagram.reel'), Path(sys.argv[2]), Job())\n"
        "who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)\n"
        "print(sum(resource.getrusage(one).ru_maxrss for one in who))\n"
    )
    command = [sys.executable, "-c", script, str(source), str(target)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return float(done.stdout) * (1 if sys.platform == "darwin" else 1024) / 1e6


def measure(folder: Path) -> list[Row]:
    """All five rows."""
    source = make_source(folder / "source.mp4", "1920x1080", SECONDS)
    targets = [folder / f"ours{number}.mp4" for number in range(len(THREE))]

    def ours(placements: Sequence[str]) -> None:
        plans = [planned(source, placement) for placement in placements]
        encode_all(list(zip(plans, targets, strict=False)), Job())

    three = [planned(source, placement) for placement in THREE]
    reel_s, reel_bare_s, three_s, three_bare_s = medians_s(
        [
            lambda: ours(THREE[:1]),
            lambda: by_hand(source, three[:1], folder),
            lambda: ours(THREE),
            lambda: by_hand(source, three, folder),
        ],
        times=3,
        warm_up=0,
    )
    moviepy_s, beside_s = medians_s(
        [lambda: by_moviepy(source, folder / "moviepy.mp4"), lambda: ours(THREE[:1])],
        times=1,
        warm_up=0,
    )
    hour = make_hour(folder)
    info_plans = [
        planned(hour, "x.post", **{"in": start, "out": start + 10.0}) for start in (3300.5, 60.5)
    ]
    late_s, early_s = medians_s(
        [lambda plan=plan: encode(plan, targets[0], Job()) for plan in info_plans],  # type: ignore[misc]
        times=3,
    )
    large = make_source(folder / "large.mp4", "3840x2160", 2)
    memory_mb = peaks_mb(large, targets[0])
    return [
        Row("(a) a reel, against ffmpeg by hand", reel_s, reel_bare_s, "s", goal_ratio=1.05),
        Row("(b) three renditions, against three", three_s, three_bare_s, "s", goal_ratio=0.85),
        Row("(c) the reel, against MoviePy", beside_s, moviepy_s, "s", goal_ratio=1 / 6),
        Row("(d) 10 s at minute 55, against minute 1", late_s, early_s, "s", goal_ratio=1.2),
        Row("(e) memory, 3840x2160, both processes", memory_mb, None, "MB", goal=MEGABYTES),
    ]


def main() -> int:
    """Measure and print; returns the exit status."""
    with tempfile.TemporaryDirectory() as name:
        rows = measure(Path(name))
    return 0 if show(f"clips: {SECONDS} s of 1920x1080 at 30 frames a second", rows) else 1


if __name__ == "__main__":
    sys.exit(main())
