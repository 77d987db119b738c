"""Long work off the window's thread: the only place of the window that makes threads.

Work is a plain function of a :class:`JobContext`. Each job ends exactly once, with done, failed
or cancelled, and its callbacks run in the window's thread.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

import shiboken6
from PySide6.QtCore import QElapsedTimer, QObject, QRunnable, Qt, QThreadPool, Signal

from wajo_studio.errors import WajoError
from wajo_studio.progress import Cancelled, CancelToken, Job, JobContext

Lane = Literal[
    "artwork",
    "check",
    "look",
    "disk",
    "media",
    "export",
    "frame",
    "film",
    "clip",
    "store",
    "upload",
]
Work = Callable[[JobContext], Any]
Done = Callable[[Any], object]
Failed = Callable[[WajoError], object]
Progress = Callable[[float, str], None]

_REPORT_EVERY_S = 0.1
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How a job ended: ``error`` is None when it was done or cancelled."""

    value: Any = None
    error: BaseException | None = None
    cancelled: bool = False


@dataclass
class Handle:
    """A job that was handed in."""

    number: int
    lane: Lane
    token: CancelToken
    on_done: Done | None
    on_failed: Failed | None
    on_cancelled: Callable[[], None] | None
    on_progress: Progress | None
    owner: QObject | None = None

    @property
    def has_listener(self) -> bool:
        """False once the widget that asked for the work is gone with its page."""
        return self.owner is None or shiboken6.isValid(self.owner)

    def cancel(self) -> None:
        """Ask it to stop."""
        self.token.cancel()


class _Bridge(QObject):
    """Carries news from worker threads into the window's thread; lives as long as the runner."""

    progress = Signal(int, float, str)
    ended = Signal(int, object)


class _Runnable(QRunnable):
    def __init__(self, handle: Handle, work: Work, bridge: _Bridge) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._handle, self._work, self._bridge = handle, work, bridge
        self._reported = 0.0
        self._lock = threading.Lock()

    def run(self) -> None:
        token = self._handle.token
        try:
            token.check()
            outcome = Outcome(self._work(Job(self._report, token)))
        except Cancelled:
            outcome = Outcome(cancelled=True)
        except Exception as error:
            outcome = Outcome(error=error)
            if not isinstance(error, WajoError):
                _log.exception("a job in the lane %s broke", self._handle.lane)
        self._bridge.ended.emit(self._handle.number, outcome)

    def _report(self, fraction: float, text: str) -> None:
        with self._lock:
            now = time.monotonic()
            if now - self._reported < _REPORT_EVERY_S and fraction < 1:
                return
            self._reported = now
        self._bridge.progress.emit(self._handle.number, fraction, text)


class JobRunner(QObject):
    """Runs work in lanes of one thread each, so that no lane waits for another.

    Signals:
        broke: a job raised what is no :class:`WajoError`, which is a bug.
        idle: the last job ended.
    """

    broke = Signal(object)
    failed = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[Lane, QThreadPool] = {}
        self._running: dict[int, tuple[Handle, _Runnable]] = {}
        self._numbers = count(1)
        self._bridge = _Bridge(self)
        queued = Qt.ConnectionType.QueuedConnection
        self._bridge.progress.connect(self._on_progress, queued)
        self._bridge.ended.connect(self._on_ended, queued)

    @property
    def is_busy(self) -> bool:
        """Whether any job has not ended yet."""
        return bool(self._running)

    def submit(
        self,
        lane: Lane,
        work: Work,
        *,
        on_done: Done | None = None,
        on_failed: Failed | None = None,
        on_cancelled: Callable[[], None] | None = None,
        on_progress: Progress | None = None,
        owner: QObject | None = None,
    ) -> Handle:
        """Hand in work.

        Args:
            lane: works of one lane run one after the other.
            work: runs in another thread; must not touch a widget.
            on_done: gets the work's value.
            on_failed: gets the error; :attr:`failed` is emitted when it is not given.
            on_cancelled: the work was cancelled.
            on_progress: gets fraction and words, at most ten times a second.
            owner: the callbacks are left out once this object was deleted.
        """
        handle = Handle(
            next(self._numbers),
            lane,
            CancelToken(),
            on_done,
            on_failed,
            on_cancelled,
            on_progress,
            owner,
        )
        runnable = _Runnable(handle, work, self._bridge)
        self._running[handle.number] = (handle, runnable)
        self._pool(lane).start(runnable)
        return handle

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for handle, _runnable in list(self._running.values()):
            handle.cancel()

    def finish(self, timeout_ms: int) -> bool:
        """Wait until the threads are done; for closing the window. True when they are."""
        timer = QElapsedTimer()
        timer.start()
        return all(
            pool.waitForDone(max(1, timeout_ms - timer.elapsed())) for pool in self._pools.values()
        )

    def _pool(self, lane: Lane) -> QThreadPool:
        if lane not in self._pools:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(1)
            self._pools[lane] = pool
        return self._pools[lane]

    def _on_progress(self, number: int, fraction: float, text: str) -> None:
        if number not in self._running:
            return
        handle, _runnable = self._running[number]
        if handle.on_progress is not None and handle.has_listener:
            handle.on_progress(fraction, text)

    def _on_ended(self, number: int, outcome: Outcome) -> None:
        handle, _runnable = self._running.pop(number)
        if handle.has_listener:
            self._tell(handle, outcome)
        if not self._running:
            self.idle.emit()

    def _tell(self, handle: Handle, outcome: Outcome) -> None:
        if outcome.cancelled:
            if handle.on_cancelled is not None:
                handle.on_cancelled()
        elif isinstance(outcome.error, WajoError):
            (handle.on_failed or self.failed.emit)(outcome.error)
        elif outcome.error is not None:
            if handle.on_cancelled is not None:
                handle.on_cancelled()
            self.broke.emit(outcome.error)
        elif handle.on_done is not None:
            handle.on_done(outcome.value)


class Newest:
    """Of many requests for the same thing only the newest counts; one runs at a time.

    Args:
        runner: runs them.
        lane: where.
        interrupt: cancel a running request when a newer one comes; otherwise it is finished,
            so that something new can be seen even while requests come fast.
    """

    def __init__(self, runner: JobRunner, lane: Lane, *, interrupt: bool) -> None:
        self._runner, self._lane, self._interrupt = runner, lane, interrupt
        self._running: Handle | None = None
        self._next: tuple[Work, Done, Failed | None, Progress | None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a request runs or waits."""
        return self._running is not None

    def ask(
        self,
        work: Work,
        on_done: Done,
        on_failed: Failed | None = None,
        on_progress: Progress | None = None,
    ) -> None:
        """Replace what waits by this request."""
        self._next = (work, on_done, on_failed, on_progress)
        if self._running is None:
            self._start()
        elif self._interrupt:
            self._running.cancel()

    def drop(self) -> None:
        """Forget what waits and stop what runs."""
        self._next = None
        if self._running is not None:
            self._running.cancel()

    def _start(self) -> None:
        if self._next is None:
            return
        (work, on_done, on_failed, on_progress), self._next = self._next, None

        def done(value: Any) -> None:
            self._running = None
            on_done(value)
            self._go_on()

        def failed(error: WajoError) -> None:
            self._running = None
            (on_failed or self._runner.failed.emit)(error)
            self._go_on()

        def cancelled() -> None:
            self._running = None
            self._go_on()

        self._running = self._runner.submit(
            self._lane,
            work,
            on_done=done,
            on_failed=failed,
            on_cancelled=cancelled,
            on_progress=on_progress,
        )

    def _go_on(self) -> None:
        if self._running is None:
            self._start()
