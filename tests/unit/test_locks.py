"""Locks end with the process that holds them, however it ends."""

import signal
import subprocess
import sys
from pathlib import Path

from wajo_studio import locks

_HOLDER = (
    "import sys, time; from pathlib import Path; from wajo_studio import locks\n"
    "lock = locks.FileLock(Path(sys.argv[1])); assert lock.acquire()\n"
    "print('held', flush=True); time.sleep(60)"
)


def test_a_lock_is_held_by_one_and_given_back(tmp_path: Path) -> None:
    first, second = locks.FileLock(tmp_path / "l"), locks.FileLock(tmp_path / "l")
    assert first.acquire()
    assert first.held
    assert not first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "queue.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with locks.held(path) as got:
        assert not got
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    with locks.held(path, wait_s=5) as got:
        assert got


def test_one_window_at_a_time(tmp_path: Path) -> None:
    first, second = locks.SingleInstance(tmp_path), locks.SingleInstance(tmp_path)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_a_folder_that_cannot_be_written_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert locks.SingleInstance(tmp_path / "file").take()
