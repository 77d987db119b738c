"""Stories from photos: made as planned, told when not, ended at once, nothing left behind."""

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.integration.video_clips import RATE_HZ, spec
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import DiskError, EncodeError, MediaError, WajoError
from wajo_studio.process import start
from wajo_studio.progress import Cancelled, Job
from wajo_studio.video import invoke, story
from wajo_studio.video.boxes import box_names, top_level_boxes
from wajo_studio.video.source import read_sound
from wajo_studio.video.story import make_story
from wajo_studio.video.story_frames import Shot, StoryFrames, Title
from wajo_studio.video.story_plan import StoryPlan, plan_move, plan_story
from wajo_studio.video.story_worker import save_story
from wajo_studio.video.verify import ClipResult

SIZE = PixelSize(180, 320)
COLOURS = ((200, 60, 40), (40, 120, 200), (230, 210, 90))


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made during the test."""
    folder = tmp_path / "sementara"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def photo(number: int, size: PixelSize = SIZE) -> Image.Image:
    """Coloured shapes on a coloured ground."""
    image = Image.new("RGB", (size.width * 5 // 4, size.height * 5 // 4), COLOURS[number % 3])
    draw = ImageDraw.Draw(image)
    width, height = image.size
    draw.ellipse((width // 4, height // 4, width // 2, height // 2), fill=(245, 245, 240))
    draw.rectangle((width // 2, height // 2, width * 4 // 5, height * 2 // 3), fill=(20, 60, 50))
    return image


def shots(plan: StoryPlan) -> Iterator[Shot]:
    for number in range(plan.photos):
        image = photo(number, plan.size)
        move = plan_move(PixelSize(*image.size), plan.size, (0.4, 0.4), number, 2.0)
        areas = [
            (b.x * image.width, b.y * image.height,
             (b.x + b.w) * image.width, (b.y + b.h) * image.height)
            for b in (move.start, move.end)
        ]  # fmt: skip
        yield Shot(image, *areas)


def planned(photos: int = 2, seconds: float = 1.5, **limits: Any) -> StoryPlan:
    return plan_story(photos, seconds, SIZE, spec(SIZE, **limits))


def made(plan: StoryPlan, target: Path, **more: Any) -> ClipResult:
    return make_story(plan, shots(plan), target, Job(), **more)


def loudness_by_tenth(path: Path) -> list[float]:
    """The greatest sample of each tenth of a second."""
    with av.open(str(path)) as container:
        blocks = [frame.to_ndarray() for frame in container.decode(audio=0)]
    samples = np.abs(np.concatenate(blocks, axis=1)).max(axis=0)
    step = RATE_HZ // 10
    return [float(samples[n : n + step].max()) for n in range(0, len(samples) - step, step)]


def tone(path: Path, seconds: float) -> Path:
    """A steady quiet tone as a WAV file."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    samples = (0.05 * np.sin(2 * np.pi * 500 * time_s) * 32767).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=RATE_HZ)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE_HZ, 0
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return path


def test_a_story_is_what_was_planned(tmp_path: Path, scratch: Path) -> None:
    plan, seen = planned(3), []
    target = tmp_path / "keluar" / "cerita & lagu.mp4"
    plate = Title(Image.new("RGBA", (60, 30), (14, 77, 58, 255)), 21, 41)
    job = Job(lambda fraction, _text: seen.append(fraction))
    result = make_story(plan, shots(plan), target, job, title=plate)

    assert (result.width, result.height, float(result.fps)) == (180, 320, 30.0)
    assert result.duration_s == pytest.approx(4.5)
    assert result.loudness_lufs is None
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert names(target.parent) == [target.name]
    assert names(scratch) == []

    order = [box.name for box in top_level_boxes(target)]
    assert order.index("moov") < order.index("mdat")
    assert "elst" not in box_names(target)
    with av.open(str(target)) as container:
        stream = container.streams.video[0]
        assert stream.profile == "High"
        base = Fraction(stream.time_base or 0)
        keys = [(p.pts or 0) * base for p in container.demux(stream) if p.is_keyframe]
    assert keys[0] == 0
    assert max(b - a for a, b in pairwise([*keys, Fraction(9, 2)])) <= 2

    # the very frames of the frame function, but for the encoder's losses
    ready = list(shots(plan))
    frames = StoryFrames(plan, lambda number: ready[number], plate)
    with av.open(str(target)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number % 15 == 0:  # crossfades are among them
                wanted = frames(number / 30).astype(int)
                assert np.abs(frame.to_ndarray(format="yuv420p") - wanted).mean() < 2.5
            if number == 0:
                colour = frame.to_ndarray(format="rgb24")[55, 50]
                assert colour == pytest.approx([14, 77, 58], abs=6)


@pytest.mark.parametrize("length_s", [0.7, 9.0])
def test_music_is_cut_or_repeated_faded_and_levelled(tmp_path: Path, length_s: float) -> None:
    music = read_sound(tone(tmp_path / "lagu.wav", length_s))
    plan = planned(2, 3.0)
    result = made(plan, tmp_path / "cerita.mp4", music=music)
    assert result.loudness_lufs == pytest.approx(-14, abs=1)
    assert result.true_peak_dbtp is not None
    assert result.true_peak_dbtp <= -1
    levels = loudness_by_tenth(tmp_path / "cerita.mp4")
    assert min(levels[5:42]) > 0.7 * max(levels)  # no gap where it is repeated
    assert levels[0] < 0.5 * max(levels)
    assert levels[-1] < 0.2 * max(levels)


def test_a_file_too_big_is_made_again_with_less(tmp_path: Path) -> None:
    roomy = made(planned(), tmp_path / "lega.mp4").size_bytes
    limit = roomy * 2 // 3
    plan = planned(max_bytes=limit).with_bitrate(8_000_000)
    assert made(plan, tmp_path / "sempit.mp4").size_bytes <= limit


def _endless(plan: StoryPlan, seconds: float = 30.0) -> StoryPlan:
    return plan_story(plan.photos, seconds, plan.size, spec(plan.size))


def test_cancelling_ends_both_processes_within_a_second(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []

    def counted(*args: Any, **more: Any) -> Any:
        started.append(start(*args, **more))
        return started[-1]

    monkeypatch.setattr(story, "start", counted)
    monkeypatch.setattr(invoke, "start", counted)
    plan, running, outcome = _endless(planned()), threading.Event(), []
    folder = tmp_path / "keluar"

    def listen(fraction: float, _text: str) -> None:
        if fraction > 0.17:
            running.set()

    job = Job(listen)

    def work() -> None:
        try:
            make_story(plan, shots(plan), folder / "cerita.mp4", job)
        except Cancelled:
            outcome.append("cancelled")

    thread = threading.Thread(target=work)
    thread.start()
    assert running.wait(60)
    assert (folder / "cerita.part.mp4").exists()
    if sys.platform == "linux":
        for process in started:
            assert os.getpriority(os.PRIO_PROCESS, process.pid) >= 5
    asked = time.monotonic()
    job.token.cancel()
    thread.join(10)
    assert time.monotonic() - asked < 1.0
    assert outcome == ["cancelled"]
    assert [process.poll() is not None for process in started] == [True, True]
    assert names(folder) == []
    assert names(scratch) == []


def test_cancelling_while_photos_are_read(tmp_path: Path, scratch: Path) -> None:
    plan, job = planned(3), Job()

    def cancelled_at_the_second() -> Iterator[Shot]:
        for number, shot in enumerate(shots(plan)):
            if number == 1:
                job.token.cancel()
            yield shot

    with pytest.raises(Cancelled):
        make_story(plan, cancelled_at_the_second(), tmp_path / "keluar" / "cerita.mp4", job)
    assert names(tmp_path / "keluar") == []
    assert names(scratch) == []


def _fails(tmp_path: Path, error: type[WajoError]) -> WajoError:
    """A story that fails, keeps the earlier file, and leaves nothing else."""
    folder = tmp_path / "keluar"
    folder.mkdir()
    target = folder / "cerita.mp4"
    target.write_bytes(b"yang lama")
    with pytest.raises(error) as caught:
        made(planned(), target)
    assert target.read_bytes() == b"yang lama"
    assert names(folder) == [target.name]
    return caught.value


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("raise RuntimeError('kuas patah')", "kuas patah"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "exit status -9"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_drawing_process_that_breaks_is_told(
    tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    monkeypatch.setattr(story, "worker_command", lambda _folder: [sys.executable, "-c", script])
    error = _fails(tmp_path, EncodeError)
    assert error.code == "render.story"
    assert words in error.detail
    assert names(scratch) == []


def test_a_picture_lost_on_the_way_is_told_with_its_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_and_lose(folder: Path, *args: Any) -> None:
        save_story(folder, *args)
        (folder / "1.bmp").unlink()

    monkeypatch.setattr(story, "save_story", save_and_lose)
    assert "1.bmp" in _fails(tmp_path, EncodeError).detail


@pytest.mark.skipif(sys.platform == "win32", reason="needs a program without .exe")
@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("print('kabel terputus', file=sys.stderr); sys.exit(187)", EncodeError),
        ("sys.stdin.buffer.read(100000); sys.exit(228)", DiskError),
        ("sys.stdin.buffer.read()", EncodeError),  # says all went well and writes nothing
    ],
)
def test_an_encoder_that_fails_is_told(
    tmp_path: Path,
    scratch: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    error: type[WajoError],
) -> None:
    program = tmp_path / "penyandi.py"
    program.write_text(f"#!{sys.executable}\nimport sys\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(invoke, "ffmpeg_path", lambda: str(program))
    found = _fails(tmp_path, error)
    if "kabel" in script:
        assert "kabel terputus" in found.detail
    assert names(scratch) == []


def test_a_full_disk_is_said_before_anything_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1_000_000))
    monkeypatch.setattr(story, "save_story", None)
    assert "MB" in str(_fails(tmp_path, DiskError))


def test_a_photo_that_breaks_stops_the_story(tmp_path: Path, scratch: Path) -> None:
    plan = planned(2)

    def broken() -> Iterator[Shot]:
        yield next(shots(plan))
        raise MediaError("{file} is damaged", file="foto2.jpg")

    with pytest.raises(MediaError):
        make_story(plan, broken(), tmp_path / "keluar" / "cerita.mp4", Job())
    assert names(tmp_path / "keluar") == []
    assert names(scratch) == []
