"""Child processes: one way to start and to end them on every platform.

A child never outlives the program: where the program is killed and can end nothing itself, the
system does it (Linux: the signal at the parent's death; Windows: a job object).
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import IO

_CREATE_NO_WINDOW = 0x08000000
_BELOW_NORMAL_PRIORITY = 0x00004000
_GRACE_S = 0.5
_TRIAL_S = 5


def start(
    command: list[str], *, cwd: Path | None = None, stdin: IO[str] | None = None
) -> "subprocess.Popen[str]":
    """Start ``command`` below normal priority, without a window, with text pipes for output.

    On Linux the child ends with the *thread* that starts it: that thread has to wait for it.

    Args:
        command: the program and its arguments.
        cwd: folder to run in.
        stdin: the output of another process to read from; None: nothing to read.
    """
    flags = (_CREATE_NO_WINDOW | _BELOW_NORMAL_PRIORITY) if os.name == "nt" else 0
    process = subprocess.Popen(
        [*_launcher(), *command],
        cwd=cwd,
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        creationflags=flags,
        # Our own copy: libraries change the process's (the painter's engine its font path), and
        # the encoder would then find other fonts than those it is given.
        env=dict(os.environ),
    )
    _tie_to_us(process)
    return process


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


@cache
def _launcher() -> tuple[str, ...]:
    """What becomes the command: sets the priority and, on Linux, the tie to our thread."""
    if os.name == "nt":
        return ()
    nice = ("nice", "-n", "5")
    # Not in preexec_fn: Python may not run safely between fork and exec beside other threads.
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    tied = (setpriv, "--pdeathsig", "KILL") if setpriv else ()
    return (*tied, *nice) if tied and _runs([*tied, "true"]) else nice


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=_TRIAL_S).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _KILL_ON_JOB_CLOSE = 0x2000
    _EXTENDED_LIMITS = 9

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    @cache
    def _kernel() -> ctypes.WinDLL:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        return kernel

    @cache
    def _job() -> int | None:
        """A job whose processes end when its last handle, ours, is closed."""
        job = _kernel().CreateJobObjectW(None, None)
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _KILL_ON_JOB_CLOSE
        done = job and _kernel().SetInformationJobObject(
            job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        return job if done else None

    def _tie_to_us(process: "subprocess.Popen[str]") -> None:
        job = _job()
        if job is not None:
            _kernel().AssignProcessToJobObject(job, int(process._handle))  # type: ignore[attr-defined]
else:

    def _tie_to_us(process: "subprocess.Popen[str]") -> None:
        """Nothing to do: the launcher has done it where the system can."""
