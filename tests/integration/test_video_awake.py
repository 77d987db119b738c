"""The PC is kept awake as long as a clip is made, and no longer."""

import sys
import time
from pathlib import Path

import pytest

from wajo_studio.video import awake
from wajo_studio.video.awake import inhibitor, kept_awake

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks the system directly there")


def is_running(mark: str) -> bool:
    """Whether a process with ``mark`` in its command line runs."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark in entry.read_bytes().decode("utf-8", "replace"):
                return True
        except OSError:
            continue
    return False


def comes_up(mark: str, patience_s: float = 10.0) -> bool:
    """Whether such a process appears; right after a start it still carries our own name."""
    until = time.monotonic() + patience_s
    while not is_running(mark):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_request_lasts_as_long_as_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = str(tmp_path / "tanda")
    stubborn = f"import signal, time; signal.signal(15, signal.SIG_IGN); {mark!r}; time.sleep(60)"
    monkeypatch.setattr(awake, "_GRACE_S", 0.2)
    for command in (["cat", "-", mark], [sys.executable, "-c", stubborn]):
        monkeypatch.setattr(awake, "inhibitor", lambda command=command: command)
        with kept_awake():
            running = comes_up(mark)
        assert running
        assert not is_running(mark)


def test_a_system_without_it_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(awake, "inhibitor", lambda: ["no-such-program-here"])
    with kept_awake():
        pass
    monkeypatch.undo()
    command = inhibitor()
    assert command is None or command[0] in ("systemd-inhibit", "caffeinate")
