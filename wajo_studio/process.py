"""Child processes: one way to start and to end them on every platform."""

import os
import subprocess
from pathlib import Path
from typing import IO

_CREATE_NO_WINDOW = 0x08000000
_BELOW_NORMAL_PRIORITY = 0x00004000
_GRACE_S = 0.5


def start(
    command: list[str], *, cwd: Path | None = None, stdin: IO[str] | None = None
) -> "subprocess.Popen[str]":
    """Start ``command`` below normal priority, without a window, with text pipes for output.

    Args:
        command: the program and its arguments.
        cwd: folder to run in.
        stdin: the output of another process to read from; None: nothing to read.
    """
    flags = (_CREATE_NO_WINDOW | _BELOW_NORMAL_PRIORITY) if os.name == "nt" else 0
    if os.name != "nt":
        command = ["nice", "-n", "5", *command]
    return subprocess.Popen(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        creationflags=flags,
    )


def stop(process: "subprocess.Popen[str]") -> None:
    """End ``process``: ask at once, kill after half a second, wait until it is gone."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
