"""Work in a small window of its own: how far it is, and a way to stop it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from ui.jobs import Done, Failed, Handle, JobRunner, Lane, Work
from ui.theme.tokens import SPACE_M, SPACE_XL
from ui.widgets.basic import ElidedLabel, button, column, label, row
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _

_STEPS = 1000
_WIDTH_PX = 440


class JobDialog(QDialog):
    """Runs one job and closes when it has ended; closing it stops the job.

    Args:
        title: what is done.
        parent: the window it stands over.
    """

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("jobDialog")
        self.setWindowTitle(title)
        self.setFixedWidth(_WIDTH_PX)
        self._handle: Handle | None = None
        self._doing = ElidedLabel("", "small", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _STEPS)
        self._bar.setAccessibleName(title)
        self._cancel = button(_("Cancel"), self.reject)
        self._cancel.setObjectName("cancelJobDialog")
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        body = column(spacing=SPACE_M, margins=(SPACE_XL,) * 4)
        body.addWidget(label(title, "head", wrap=True))
        body.addWidget(self._bar)
        body.addWidget(self._doing)
        body.addLayout(foot)
        self.setLayout(body)

    def run(
        self,
        jobs: JobRunner,
        lane: Lane,
        work: Work,
        done: Done,
        failed: Failed,
        *,
        waits: bool = True,
    ) -> None:
        """Begin the work and show the dialog; ``done`` or ``failed`` is called after it closed.

        Args:
            jobs: runs the work.
            lane: where.
            work: what is done.
            done: gets its value.
            failed: gets its error.
            waits: whether the window behind takes nothing meanwhile.
        """

        def ended(then: Callable[[Any], object]) -> Callable[[Any], object]:
            def close(value: Any) -> None:
                self._close()
                then(value)

            return close

        on_failed: Callable[[WajoError], object] = ended(failed)
        self._handle = jobs.submit(
            lane,
            work,
            on_done=ended(done),
            on_failed=on_failed,
            on_cancelled=self._close,
            on_progress=self._show,
        )
        if waits:
            self.open()
        else:
            self.show()

    def reject(self) -> None:
        """Stop the work; the dialog closes when it has stopped."""
        if self._handle is None:
            super().reject()
            return
        self._cancel.setEnabled(False)
        self._doing.set_text(_("Stopping…"))
        self._handle.cancel()

    def _show(self, fraction: float, text: str) -> None:
        self._bar.setValue(max(self._bar.value(), round(fraction * _STEPS)))
        if text and self._cancel.isEnabled():
            self._doing.set_text(text)

    def _close(self) -> None:
        self._handle = None
        self.accept()
        self.deleteLater()
