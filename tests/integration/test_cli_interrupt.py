"""Ctrl+C and a polite end in the middle of the work: nothing is left, and that within a second."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration.cli_helpers import CLIP, ROOT, call_outside, clip, make_post, tree
from wajo_studio.store.archive import pack

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")

PATIENCE_S = 4.0
"""The promise is a second; the rest is for a machine that does other things as well."""


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A .wajo whose clip takes many seconds to make."""
    folder = tmp_path_factory.mktemp("interrupt")
    post = make_post(
        folder / "post",
        ("instagram.reel", "youtube.video"),
        body='[fields]\njudul = "Judul"\n' + CLIP,
        files={"media/klip1.mp4": clip(tmp_path_factory.mktemp("clips"), 40)},
    )
    pack(post, folder / "kiriman.wajo")
    return folder / "kiriman.wajo"


@contextmanager
def started(folder: Path, *words: str | Path) -> Iterator[subprocess.Popen[str]]:
    """The program at work in ``folder``, as the leader of a group of processes."""
    (folder / "tmp").mkdir()
    env = {**os.environ, "WAJO_HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
    process = subprocess.Popen(
        [sys.executable, ROOT / "main.py", *words],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def encoders(folder: Path) -> list[str]:
    """The running ffmpeg processes that work on files in ``folder``."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = command.read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if "ffmpeg" in line and str(folder) in line:
            found.append(line)
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_encoding_ends_at_once(tmp_path: Path, packed: Path, number: signal.Signals) -> None:
    words = ("export", packed, "--out", "a/out", "--json")
    with started(tmp_path, *words) as process:
        deadline = time.monotonic() + 60
        while not any("libx264" in line for line in encoders(tmp_path)):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        asked = time.monotonic()
        os.killpg(process.pid, number)  # as a terminal does: the encoder is told as well
        out, err = process.communicate(timeout=20)
        took_s = time.monotonic() - asked
    assert process.returncode == 130
    assert took_s < PATIENCE_S
    assert out == ""
    assert "Traceback" not in err
    assert len(err.strip().splitlines()[-1]) < 100
    assert encoders(tmp_path) == []
    assert {entry.name for entry in tmp_path.iterdir()} == {"home", "tmp"}
    assert list((tmp_path / "tmp").iterdir()) == []
    # Finished pictures may stay in the cache; nothing half made does.
    kept = [Path(name) for name in tree(tmp_path / "home")]
    assert {path.suffix for path in kept} <= {".jpg", ".json"}
    assert not list((tmp_path / "home" / "cache").glob(".*"))


def test_a_job_that_does_not_stop_is_ended(tmp_path: Path) -> None:
    """A worker that is deaf for long does not keep the person waiting, nor leaves its scratch."""
    code = """
import sys, time
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor
from wajo_studio import atomic
from wajo_studio.cli.output import job
with job("x") as ctx, atomic.scratch_folder("s-", Path(sys.argv[1])) as folder:
    (folder / "half.mp4").write_bytes(b"x")
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(time.sleep, 30)
        print("ready", flush=True)
        while not future.done():
            time.sleep(0.05)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code, tmp_path],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=20)
    assert time.monotonic() - asked < PATIENCE_S
    assert process.returncode == 130
    assert len(err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_has_seen_enough_does_no_harm() -> None:
    command = f"{sys.executable} {ROOT / 'main.py'} placements --json"
    shell = f"{command} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, encoding="utf-8", timeout=60)
    assert (done.stdout, done.stderr) == ("[\n0\n", "")


def test_wrong_use_reaches_the_shell() -> None:
    outcome = call_outside("check", "tidak-ada")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.sentence
