"""A running job: what it does, how far it is, how long it takes, and the way to stop it."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QProgressBar

from ui.theme.tokens import SPACE_L, SPACE_M
from ui.widgets.basic import ElidedLabel, button, label, row
from wajo_studio.i18n import _

SHOWN_AFTER_MS = 300
_LEFT_AFTER_S = 2.0


class JobBar(QFrame):
    """Hidden until a job has run for a moment; the bar never runs backwards."""

    def __init__(self, on_cancel: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = label("", "body-strong")
        self._doing = ElidedLabel("", "small", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._words = label("", "small", "muted")
        self._cancel = button(_("Cancel"), on_cancel, kind="small")
        self._cancel.setObjectName("cancelJob")
        line = row(spacing=SPACE_M, margins=(SPACE_L, 8, SPACE_L, 8))
        line.addWidget(self._title)
        line.addWidget(self._doing, 1)
        line.addWidget(self._bar, 1)
        line.addWidget(self._words)
        line.addWidget(self._cancel)
        self.setLayout(line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self._began = 0.0
        self.hide()

    def begin(self, title: str) -> None:
        """A job began."""
        self._title.setText(title)
        self._doing.set_text("")
        self._words.setText("")
        self._bar.setValue(0)
        self._bar.setAccessibleName(title)
        self._cancel.setEnabled(True)
        self._began = time.monotonic()
        self._timer.start(SHOWN_AFTER_MS)

    def progress(self, fraction: float, text: str) -> None:
        """It is this far."""
        value = max(self._bar.value(), round(fraction * 1000))
        self._bar.setValue(value)
        if text:
            self._doing.set_text(text)
        self._words.setText(
            " · ".join(filter(None, (f"{value // 10} %", self._left(value / 1000))))
        )

    def cancelling(self) -> None:
        """The person asked to stop."""
        self._cancel.setEnabled(False)
        self._doing.set_text(_("Stopping…"))

    def end(self) -> None:
        """The job ended."""
        self._timer.stop()
        self.hide()

    def _left(self, fraction: float) -> str:
        passed_s = time.monotonic() - self._began
        if passed_s < _LEFT_AFTER_S or fraction < 0.03:
            return ""
        return time_left(passed_s * (1 - fraction) / fraction)


def time_left(seconds: float) -> str:
    """``about 20 seconds left``, in steps that do not flicker."""
    if seconds < 10:
        return _("a few seconds left")
    if seconds < 60:
        return _("about {seconds} seconds left").format(seconds=round(seconds / 5) * 5)
    return _("about {minutes} minutes left").format(minutes=max(1, round(seconds / 60)))
