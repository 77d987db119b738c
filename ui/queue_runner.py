"""The delivery queue while the window is open: listed, run when something is due, acted upon."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.jobs import Handle, JobRunner
from wajo_studio import paths
from wajo_studio.domain.delivery import DeliveryState
from wajo_studio.errors import WajoError
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from wajo_studio.services.publishing.accounts import ListedAccount
    from wajo_studio.services.publishing.desk import Desk
    from wajo_studio.services.publishing.queue import Run
    from wajo_studio.store.database.deliveries import QueueEntry

LOOK_EVERY_MS = 20_000
"""How often the queue is looked at while the window is open: a 09.00 post goes out by 09.00.20."""
SHOWN = 1_000
"""Deliveries listed, the newest ones."""
_UNDER_WAY = (DeliveryState.SENDING, DeliveryState.PROCESSING)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Queue:
    """What stands in the queue.

    Attributes:
        entries: the newest deliveries, newest first.
        frozen: nothing new goes out.
    """

    entries: "tuple[QueueEntry, ...]"
    frozen: bool


class QueueRunner(QObject):
    """The window's side of publishing. The database is opened when it is first needed.

    ``next_due`` is when the next delivery goes out that the program itself has to send.

    Signals:
        listed: the queue as it stands, a :class:`Queue`.
        progressed: fraction and words of what is being sent.
        ran: a run of the queue ended.
        failed: something could not be done; carries the error.
    """

    listed = Signal(object)
    progressed = Signal(float, str)
    ran = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: JobRunner, build: "Callable[[], Desk]", parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._build = jobs, build
        self._desk: Desk | None = None
        self._opening = Lock()
        self._running: Handle | None = None
        self.next_due: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.run_if_due)

    @property
    def is_running(self) -> bool:
        """Whether something is being sent."""
        return self._running is not None

    def start(self) -> None:
        """Look at the queue from now on; what an earlier run left open is gone on with."""
        self._timer.start()
        self.run_if_due()

    def stop(self) -> None:
        """Send nothing new; what is under way goes on the next time."""
        self._timer.stop()
        if self._running is not None:
            self._running.cancel()

    def close(self) -> None:
        """Close the database, after the last job ended."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    def refresh(self) -> None:
        """List the queue."""

        def work(_ctx: JobContext) -> tuple[Queue, datetime | None]:
            from wajo_studio.store.database import deliveries
            from wajo_studio.store.database.switches import queue_is_frozen

            desk = self._open()
            entries = deliveries.listed(desk.database, limit=SHOWN)
            queue = Queue(tuple(reversed(entries)), queue_is_frozen(desk.database))
            return queue, deliveries.next_due(desk.database)

        self._ask(work, self._on_listed)

    def run_if_due(self) -> None:
        """Run the queue when something waits for its turn; quiet when there is nothing."""
        if self._running is not None:
            return

        def look(_ctx: JobContext) -> tuple[bool, datetime | None]:
            from wajo_studio.store.database import deliveries
            from wajo_studio.store.database.engine import FILE_NAME
            from wajo_studio.store.database.switches import queue_is_frozen

            if self._desk is None and not (paths.data_dir() / FILE_NAME).is_file():
                return False, None  # nothing was ever queued here
            desk = self._open()
            due = deliveries.next_due(desk.database)
            if queue_is_frozen(desk.database):
                return False, due
            under_way = deliveries.listed(desk.database, _UNDER_WAY)
            waiting = deliveries.waiting(desk.database, desk.clock.now())
            return bool(under_way or waiting), due

        self._ask(look, self._on_looked, quiet=True)

    def run(self) -> None:
        """Send what is due."""
        if self._running is not None:
            return

        def work(ctx: JobContext) -> "Run":
            from wajo_studio.services.publishing.queue import run_queue

            return run_queue(self._open(), ctx)

        self._running = self._jobs.submit(
            "upload",
            work,
            on_done=self._on_ran,
            on_failed=self._on_run_failed,
            on_cancelled=lambda: self._on_ran(None),
            on_progress=lambda fraction, text: self.progressed.emit(fraction, text),
            owner=self,
        )
        self.refresh()

    def prepare(
        self,
        work: "Callable[[Desk, JobContext], Any]",
        *,
        on_done: Callable[[Any], object],
        on_failed: Callable[[WajoError], object],
        on_cancelled: Callable[[], None],
        on_progress: Callable[[float, str], None],
        owner: QObject,
    ) -> Handle:
        """Do longer work on deliveries and accounts in the background.

        ``owner`` is who asked: when it is gone, so is its interest in what came out.
        """
        return self._jobs.submit(
            "export",
            lambda ctx: work(self._open(), ctx),
            on_done=on_done,
            on_failed=on_failed,
            on_cancelled=on_cancelled,
            on_progress=on_progress,
            owner=owner,
        )

    def act(self, action: "Callable[[Desk], object]", *, then_run: bool = False) -> None:
        """Do something with the queue, then show it again."""

        def done(_result: object) -> None:
            if then_run:
                self.run()
            self.refresh()

        self._ask(lambda _ctx: action(self._open()), done)

    def ask(
        self,
        question: "Callable[[Desk, JobContext], object]",
        on_answer: Callable[..., object],
        owner: QObject | None = None,
    ) -> None:
        """Answer a question from the database or the vault, in the background.

        ``owner`` is who asked: when it is gone, nobody is told.
        """
        self._ask(lambda ctx: question(self._open(), ctx), on_answer, owner=owner)

    def accounts(
        self, on_listed: "Callable[[list[ListedAccount]], object]", owner: QObject
    ) -> None:
        """List the connected accounts for ``owner``."""

        def work(_ctx: JobContext) -> "list[ListedAccount]":
            from wajo_studio.services.publishing.accounts import list_accounts

            return list_accounts(self._open())

        self._ask(work, on_listed, owner=owner)

    def _open(self) -> "Desk":
        """The desk; asked for in the threads of two lanes."""
        with self._opening:
            if self._desk is None:
                self._desk = self._build()
            return self._desk

    def _ask(
        self,
        work: Callable[[JobContext], object],
        on_done: Callable[..., object],
        *,
        quiet: bool = False,
        owner: QObject | None = None,
    ) -> None:
        def on_failed(error: WajoError) -> None:
            if quiet:
                _log.warning("queue: %s %s", error.code, error.detail)
            else:
                self.failed.emit(error)

        self._jobs.submit("store", work, on_done=on_done, on_failed=on_failed, owner=owner or self)

    def _on_listed(self, seen: tuple[Queue, datetime | None]) -> None:
        queue, self.next_due = seen
        self.listed.emit(queue)

    def _on_looked(self, seen: tuple[bool, datetime | None]) -> None:
        is_due, self.next_due = seen
        if is_due:
            self.run()

    def _on_ran(self, run: object) -> None:
        self._running = None
        self.refresh()
        self.ran.emit(run)

    def _on_run_failed(self, error: WajoError) -> None:
        self._running = None
        self.refresh()
        if error.code != "queue.busy":  # another window runs it: that is no news
            self.failed.emit(error)
