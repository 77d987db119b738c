"""Keeps the PC from falling asleep while a clip is made; what cannot be had is done without."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from wajo_studio.paths import APP_NAME

_log = logging.getLogger(__name__)
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001
_GRACE_S = 2.0


@contextmanager
def kept_awake() -> Iterator[None]:
    """While the block runs, the PC does not go to sleep for want of a person at it.

    The screen may go dark. The request ends with the block, and with the process. The block
    must stay in one thread.
    """
    with ExitStack() as stack:
        if sys.platform == "win32":
            import ctypes

            state = ctypes.windll.kernel32.SetThreadExecutionState
            state(_CONTINUOUS | _SYSTEM_REQUIRED)
            stack.callback(state, _CONTINUOUS)
        elif (command := inhibitor()) is not None:
            stack.enter_context(_running(command))
        yield


def inhibitor() -> list[str] | None:
    """The command that keeps the PC awake as long as it runs; None where there is none.

    It ends by itself when our end of its standard input closes or, on macOS, when we end.
    """
    if sys.platform == "darwin":
        return ["caffeinate", "-i", "-w", str(os.getpid())]
    if sys.platform == "linux":
        return [
            "systemd-inhibit",
            "--what=sleep:idle",
            f"--who={APP_NAME}",
            "--why=A clip is being made",
            "--mode=block",
            "cat",
        ]
    return None


@contextmanager
def _running(command: list[str]) -> Iterator[None]:
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl+C is for us
        )
    except OSError as error:
        _log.info("the PC cannot be kept awake: %s", error)
        yield
        return
    try:
        yield
    finally:
        process.terminate()
        try:
            process.communicate(timeout=_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
