"""Locks between processes that end with the process that holds them, however it ends.

A file whose mere presence means "locked" outlives a killed program, and somebody then has to
remove it by hand. These locks are held by the system on an open file (or, for the window on
Windows, on a named mutex), so nothing is ever left to clean up.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

INSTANCE_MUTEX = "Local\\WajoStudio-single-instance"
"""What a running window holds on Windows. The installer asks for the same name."""

_POLL_S = 0.05
_LOCK_AT = 1 << 30
"""Windows locks bytes, and they cannot be read meanwhile: one far behind the end is taken."""
_ALREADY_EXISTS = 183


def lock_file(file: IO[bytes]) -> bool:
    """Take the lock on an open file; False when another process, or another opening, has it.

    It is given back when the file is closed.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_LOCK_AT)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class FileLock:
    """A lock named by a file. The file stays; what counts is who holds it open and locked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def acquire(self, wait_s: float = 0.0) -> bool:
        """Take the lock.

        Args:
            wait_s: how long to wait for whoever has it, in seconds.

        Returns:
            Whether it was got.

        Raises:
            OSError: the file cannot be made.
        """
        if self._file is not None:
            return False
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+b")
        until = time.monotonic() + wait_s
        while not lock_file(file):
            if time.monotonic() >= until:
                file.close()
                return False
            time.sleep(_POLL_S)
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back, if it is held."""
        file, self._file = self._file, None
        if file is not None:
            file.close()


@contextmanager
def held(path: Path, wait_s: float = 0.0) -> Iterator[bool]:
    """Hold the lock named by ``path`` while the block runs; gives whether it was got.

    Raises:
        OSError: the file cannot be made.
    """
    lock = FileLock(path)
    got = lock.acquire(wait_s)
    try:
        yield got
    finally:
        lock.release()


class SingleInstance:
    """Lets one window of the program run per person.

    Args:
        folder: the data folder; its lock file is used everywhere but on Windows.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "window.lock")
        self._mutex: int | None = None

    def take(self) -> bool:
        """Whether this process is the only one; it stays so until :meth:`release` or its end.

        A folder that cannot be written stands in nobody's way.
        """
        if sys.platform == "win32":
            return self._take_mutex()
        with suppress(OSError):
            return self._lock.acquire()
        return True

    def release(self) -> None:
        """Let another window start."""
        self._lock.release()
        if sys.platform == "win32" and self._mutex is not None:
            import ctypes

            ctypes.windll.kernel32.CloseHandle(self._mutex)
            self._mutex = None

    def _take_mutex(self) -> bool:
        if sys.platform != "win32":
            return True
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateMutexW.restype = ctypes.c_void_p
        handle = kernel.CreateMutexW(None, False, INSTANCE_MUTEX)
        if ctypes.get_last_error() == _ALREADY_EXISTS:
            if handle:
                kernel.CloseHandle(ctypes.c_void_p(handle))
            return False
        self._mutex = handle
        return True
