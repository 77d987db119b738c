"""Work on the clip that takes a while: one at a time, with progress and a way to stop it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from ui.jobs import Handle
from ui.pages.trim.trim_session import TrimSession
from ui.widgets.job_bar import JobBar
from wajo_studio.errors import WajoError
from wajo_studio.progress import JobContext


class LongJob(JobBar):
    """Runs work in the background and shows how far it is.

    Signals:
        busy_changed: work began or ended.
    """

    busy_changed = Signal(bool)

    def __init__(self, trim: TrimSession) -> None:
        super().__init__(self.cancel)
        self._trim = trim
        self._handle: Handle | None = None

    @property
    def is_busy(self) -> bool:
        """Whether work goes on."""
        return self._handle is not None

    def run(
        self, title: str, work: Callable[[JobContext], Any], done: Callable[[Any], object]
    ) -> None:
        """Begin ``work``, unless other work goes on; ``done`` gets its value."""
        if self._handle is not None:
            return

        def arrived(value: Any) -> None:
            self._ended()
            done(value)

        def failed(error: WajoError) -> None:
            self._ended()
            self._trim.refused.emit(error)

        self.begin(title)
        self._handle = self._trim.session.jobs.submit(
            "clip",
            work,
            on_done=arrived,
            on_failed=failed,
            on_cancelled=self._ended,
            on_progress=self.progress,
            owner=self,
        )
        self.busy_changed.emit(True)

    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._handle is not None:
            self.cancelling()
            self._handle.cancel()

    def _ended(self) -> None:
        self._handle = None
        self.end()
        self.busy_changed.emit(False)
