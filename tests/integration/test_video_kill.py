"""Killed in the middle of a clip: nothing runs on, nothing half made bears a final name."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tests.integration.cli_helpers import CLIP, ROOT, make_post
from tests.integration.video_clips import item, make_clip, planned, spec, steady
from wajo_studio import process
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import DiskError, EncodeError, WajoError
from wajo_studio.progress import Job
from wajo_studio.video import invoke
from wajo_studio.video.run import encode
from wajo_studio.video.verify import verify_clip

WAIT_S = 60.0


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("klip") / "setengah menit.mp4"
    return make_clip(path, steady(900, Fraction(30), options={"preset": "ultrafast"}))


def wait_until(met: Callable[[], bool], seconds: float = WAIT_S) -> bool:
    """Whether ``met`` became true in time."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def encoders_of(folder: Path) -> list[str]:
    """Command lines of running processes that write into ``folder``."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if "ffmpeg" in line and f"{folder}/hasil.part.mp4" in line:
            found.append(line)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_killing_the_program_ends_the_encoder_and_the_next_start_cleans_up(
    clip: Path, tmp_path: Path
) -> None:
    out, scratch = tmp_path / "keluar", tmp_path / "tmp"
    for folder in (out, scratch):
        folder.mkdir()
    env = {**os.environ, "WAJO_HOME": str(tmp_path / "home"), "TMPDIR": str(scratch)}
    words = ["media", "trim", str(clip), "--placement", "instagram.reel"]
    program = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *words, "--out-file", str(out / "hasil.mp4")],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait_until(lambda: bool(encoders_of(out)))
        assert wait_until((out / "hasil.part.mp4").exists)
    finally:
        program.kill()
        program.wait()
    assert wait_until(lambda: not encoders_of(out), 3)
    assert [path.name for path in out.iterdir()] == ["hasil.part.mp4"]
    assert list(scratch.iterdir())
    start = "from wajo_studio.bootstrap import build; build()"
    subprocess.run([sys.executable, "-c", start], env=env, cwd=ROOT, check=True)
    assert list(out.iterdir()) == []
    assert list(scratch.iterdir()) == []
    assert list((tmp_path / "home" / "unfinished").iterdir()) == []


def test_a_start_beside_a_running_program_touches_nothing_of_it(tmp_path: Path) -> None:
    held = tmp_path / "sedang.part.mp4"
    held.write_bytes(b"x")
    script = (
        "import sys; from pathlib import Path; from wajo_studio import atomic\n"
        "atomic.keep_journal(Path(sys.argv[1]))\n"
        "with atomic.scratch(Path(sys.argv[2])):\n"
        "    print('siap', flush=True); sys.stdin.readline()\n"
    )
    journal = tmp_path / "unfinished"
    other = [sys.executable, "-c", script, str(journal)]
    with subprocess.Popen(
        [*other, str(held)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline().strip() == b"siap"
        again = [*other, str(tmp_path / "lain")]
        subprocess.run(again, input=b"\n", stdout=subprocess.DEVNULL, cwd=ROOT, check=True)
        assert held.exists()
        running.kill()
    subprocess.run(again, input=b"\n", stdout=subprocess.DEVNULL, cwd=ROOT, check=True)
    assert not held.exists()


def encode_disturbed(plan_of: Path, out: Path, disturb: Callable[[], None]) -> WajoError | None:
    """Make a clip and call ``disturb`` once while the encoder works."""
    done: list[float] = []

    def listen(fraction: float, _text: str) -> None:
        if fraction > 0.1 and not done:
            done.append(fraction)
            disturb()

    try:
        encode(
            planned(plan_of, item(out=5.0), spec(PixelSize(540, 960))),
            out / "hasil.mp4",
            Job(listen),
        )
    except WajoError as error:
        return error
    finally:
        assert done
    return None


def test_a_killed_encoder_is_a_failure_that_leaves_nothing(
    clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[str]] = []
    begin = process.start

    def start(*args: object, **more: object) -> "subprocess.Popen[str]":
        started.append(begin(*args, **more))  # type: ignore[arg-type]
        return started[-1]

    monkeypatch.setattr(invoke, "start", start)
    error = encode_disturbed(clip, tmp_path, lambda: started[-1].kill())
    assert isinstance(error, EncodeError)
    assert str(-signal.SIGKILL) in error.detail
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
@pytest.mark.parametrize("way", ["removed", "cut"])
def test_a_source_that_goes_while_encoding_gives_the_whole_clip_or_none(
    clip: Path, tmp_path: Path, way: str
) -> None:
    out, source = tmp_path / "keluar", tmp_path / "sumber.mp4"
    out.mkdir()
    source.write_bytes(clip.read_bytes())
    plan = planned(source, item(out=5.0), spec(PixelSize(540, 960)))

    def disturb() -> None:
        if way == "removed":
            source.unlink()
        else:
            os.truncate(source, source.stat().st_size // 3)

    error = encode_disturbed(source, out, disturb)
    if error is None:
        verify_clip(out / "hasil.mp4", plan)
    else:
        assert isinstance(error, EncodeError)
        assert list(out.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_fills_while_encoding_leaves_the_earlier_clip(
    clip: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "hasil.mp4"
    earlier.write_bytes(b"yang lama")
    (tmp_path / "hasil.part.mp4").symlink_to("/dev/full")  # the encoder itself finds it full
    plan = planned(clip, item(out=5.0), spec(PixelSize(540, 960)))
    with pytest.raises(DiskError) as caught:
        encode(plan, earlier, Job())
    assert "disk is full" in caught.value.message
    assert "No space left" in caught.value.detail
    assert [path.name for path in tmp_path.iterdir()] == ["hasil.mp4"]
    assert earlier.read_bytes() == b"yang lama"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_killing_the_program_while_it_exports_leaves_the_earlier_package(
    clip: Path, tmp_path: Path
) -> None:
    body = '[fields]\njudul = "Judul"\nisi = "Isi"\n' + CLIP
    post = make_post(
        tmp_path / "konten", ("instagram.reel",), body=body, files={"media/klip1.mp4": clip}
    )
    out = tmp_path / "paket"
    out.mkdir()
    env = {**os.environ, "WAJO_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)}
    command = [sys.executable, str(ROOT / "main.py"), "export", str(post), "--out", str(out)]
    program = subprocess.Popen(
        [*command, "--force"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    cache = tmp_path / "home" / "cache"
    try:
        assert wait_until(lambda: bool(list(cache.rglob("*.part.mp4"))))
    finally:
        program.kill()
        program.wait()
    assert list(out.iterdir()) == []
    again = subprocess.run(
        [*command, "--force"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert again.returncode == 0
    assert (out / "instagram.reel" / "01.mp4").exists()
    assert list(cache.rglob("*.part.mp4")) == []
    assert [path.name for path in tmp_path.iterdir() if "wajo" in path.name] == []
