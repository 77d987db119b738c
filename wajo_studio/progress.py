"""Progress and cancelling of long work, without Qt.

A service function takes a :class:`JobContext`, reports a fraction, and calls ``check()`` at
points where it can stop safely. ``on_cancel`` registers what ends a child process at once.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Cancelled(Exception):  # noqa: N818 - not an error: the person asked for it
    """The person cancelled the job."""


class CancelToken:
    """Shared between the thread that works and the one that may cancel it."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []
        self._leftovers: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether :meth:`cancel` was called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask the job to stop; runs the registered callbacks once, in this thread."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def check(self) -> None:
        """Raise :class:`Cancelled` when the job was cancelled."""
        if self._event.is_set():
            raise Cancelled

    def on_abandon(self, cleanup: Callable[[], None]) -> None:
        """Register what removes this job's scratch files if the process has to be ended."""
        with self._lock:
            self._leftovers.append(cleanup)

    def abandon(self) -> None:
        """Remove the scratch files and end the process: a cancelled job did not stop in time."""
        for cleanup in reversed(self._leftovers):
            with contextlib.suppress(Exception):
                cleanup()
        os._exit(130)

    @contextmanager
    def on_cancel(self, callback: Callable[[], None]) -> Iterator[None]:
        """Call ``callback`` if the job is cancelled while the block runs."""
        with self._lock:
            already = self._event.is_set()
            if not already:
                self._callbacks.append(callback)
        if already:
            callback()
        try:
            yield
        finally:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)


class JobContext(Protocol):
    """What long work may call. Implemented by :class:`Job`; tests may pass their own."""

    @property
    def token(self) -> CancelToken:
        """The job's cancel token."""

    def report(self, fraction: float, text: str = "") -> None:
        """Tell how far the work is: ``fraction`` in 0-1, ``text`` what is being done."""

    def check(self) -> None:
        """Raise :class:`Cancelled` when the job was cancelled."""

    def part(self, start: float, end: float) -> "JobContext":
        """A context whose 0-1 is ``start``-``end`` of this one."""


class Job:
    """The usual :class:`JobContext`: forwards to a listener, may be silent."""

    def __init__(
        self,
        listener: Callable[[float, str], None] | None = None,
        token: CancelToken | None = None,
        *,
        span: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        self._listener = listener
        self.token = token or CancelToken()
        self._start, self._end = span

    def report(self, fraction: float, text: str = "") -> None:
        """Tell how far the work is."""
        if self._listener is not None:
            bounded = min(max(fraction, 0.0), 1.0)
            self._listener(self._start + (self._end - self._start) * bounded, text)

    def check(self) -> None:
        """Raise :class:`Cancelled` when the job was cancelled."""
        self.token.check()

    def part(self, start: float, end: float) -> "Job":
        """A context whose 0-1 is ``start``-``end`` of this one."""
        width = self._end - self._start
        span = (self._start + width * start, self._start + width * end)
        return Job(self._listener, self.token, span=span)
