"""(i) Clips: how fast a 60-second clip of 1920x1080 is watched and listened to.

Goal: watching (flashes, scenes) at least three times as fast as the clip plays. The bare
counterpart decodes the same pictures and looks at none.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import Row, show
from wajo_studio.photo.looking import look_at_picture
from wajo_studio.progress import Job
from wajo_studio.video.ffmpeg import ffmpeg_path
from wajo_studio.video.hearing import listen
from wajo_studio.video.watching import watch

LENGTH_S = 60.0
TIMES_REAL = 3.0


def make_clip(folder: Path) -> Path:
    """Twenty seconds of moving pattern and noise as phones write them, three times over."""
    once, clip = folder / "once.mp4", folder / "clip.mp4"
    pictures = "testsrc2=size=1920x1080:rate=30,noise=alls=12:allf=t"
    command = [ffmpeg_path(), "-v", "error", "-f", "lavfi", "-i", pictures, "-f", "lavfi"]
    command += ["-i", "anoisesrc=color=pink:amplitude=0.1", "-t", f"{LENGTH_S / 3}"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "16M", "-pix_fmt", "yuv420p"]
    subprocess.run([*command, "-c:a", "aac", str(once)], check=True)
    again = [ffmpeg_path(), "-v", "error", "-stream_loop", "2", "-i", str(once), "-c", "copy"]
    subprocess.run([*again, str(clip)], check=True)
    return clip


def decode_only(path: Path) -> None:
    """The bare counterpart: every picture decoded, none looked at."""
    import av

    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for _frame in container.decode(video=0):
            pass


def main() -> int:
    span = (0.0, LENGTH_S)
    with tempfile.TemporaryDirectory() as folder:
        clip = make_clip(Path(folder))
        start = time.perf_counter()
        decode_only(clip)
        bare_s = time.perf_counter() - start
        start = time.perf_counter()
        watched = watch(clip, span, Job())
        watch_s = time.perf_counter() - start
        start = time.perf_counter()
        listen(clip, span, Job())
        listen_s = time.perf_counter() - start
        start = time.perf_counter()
        for _time_s, picture in watched.moments:
            look_at_picture(picture, Job())
        read_s = time.perf_counter() - start
    rows = [
        Row("watching 60 s of 1080p30", watch_s, bare_s, "s", goal=LENGTH_S / TIMES_REAL),
        Row("listening to it", listen_s, unit="s"),
        Row(f"words and faces of its {len(watched.moments)} scenes", read_s, unit="s"),
    ]
    return 0 if show("Clips", rows) else 1


if __name__ == "__main__":
    sys.exit(main())
