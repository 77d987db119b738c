"""The process that draws a story's frames and writes them, raw, to its standard output.

It is a process of its own so that it can be ended at once, whatever it is doing. The story lies
in a scratch folder: pictures as files and ``story.json`` (see :func:`save_story`).
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Iterable
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.video.story_frames import Shot, StoryFrames, Title
from wajo_studio.video.story_plan import StoryPlan

DONE, CRASHED, NOBODY_READS = 0, 1, 3

_STORY, _TITLE = "story.json", "title.png"
_MOST_WORDS = 4000
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    " from wajo_studio.video.story_worker import main; sys.exit(main(sys.argv[2]))"
)


def worker_command(folder: Path) -> list[str]:
    """The command that draws the story in ``folder``, with this process's own modules."""
    path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
    return [sys.executable, "-X", "utf8", "-W", "ignore", "-c", _START, path, str(folder)]


def save_story(folder: Path, plan: StoryPlan, shots: Iterable[Shot], title: Title | None) -> None:
    """Put a story into a scratch folder; one shot after the other, none is kept in memory.

    Raises:
        OSError: the disk is full or may not be written.
    """
    moves = []
    for number, shot in enumerate(shots):
        shot.image.save(folder / _picture(number))
        moves.append([shot.start, shot.end])
    if title is not None:
        title.image.save(folder / _TITLE)
    document = {
        "plan": {**asdict(plan), "frame_rate": str(plan.frame_rate)},
        "moves": moves,
        "title": None if title is None else [title.x, title.y],
    }
    (folder / _STORY).write_text(json.dumps(document), encoding="utf-8")


def load_story(folder: Path) -> tuple[StoryPlan, StoryFrames]:
    """The plan and the frame function of a saved story; photos are opened when they show."""
    document: dict[str, Any] = json.loads((folder / _STORY).read_text(encoding="utf-8"))
    told = document["plan"]
    told |= {"size": PixelSize(**told["size"]), "frame_rate": Fraction(told["frame_rate"])}
    plan = StoryPlan(**told)

    def shot(number: int) -> Shot:
        start, end = document["moves"][number]
        with Image.open(folder / _picture(number)) as image:
            image.load()
            return Shot(image, tuple(start), tuple(end))

    place = document["title"]
    title = None
    if place is not None:
        with Image.open(folder / _TITLE) as image:
            title = Title(image.convert("RGBA"), *place)
    return plan, StoryFrames(plan, shot, title)


def main(folder: str) -> int:
    """Draw the story in ``folder``; returns the exit status."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl+C reaches the whole group; our parent ends us
    frames_out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up among the pixels
    try:
        with frames_out:
            _write_frames(Path(folder), frames_out)
    except OSError as error:
        if _is_broken_pipe(error):
            return NOBODY_READS
        return _crashed()
    except Exception:  # told to the parent process, which puts it into words
        return _crashed()
    return DONE


def _write_frames(folder: Path, out: Any) -> None:
    from moviepy import VideoClip

    plan, frames = load_story(folder)
    rate = float(plan.frame_rate)
    # half a frame more: MoviePy rounds the number of frames down
    clip = VideoClip(  # type: ignore[no-untyped-call]
        frames, duration=(plan.frame_count + 0.5) / rate
    )
    for frame in clip.iter_frames(fps=rate, dtype="uint8", logger=None):
        out.write(frame)


def _crashed() -> int:
    sys.stderr.write(traceback.format_exc()[-_MOST_WORDS:])
    return CRASHED


def _is_broken_pipe(error: OSError) -> bool:
    """Windows says "invalid argument" when the reader of a pipe has gone."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.filename is None)


def _picture(number: int) -> str:
    return f"{number}.bmp"
