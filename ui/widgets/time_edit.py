"""A line for a moment of a clip, such as 00:12,4."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent

from ui.widgets.basic import set_state
from ui.widgets.text_edit import LineEdit
from wajo_studio.errors import InputError
from wajo_studio.i18n import _
from wajo_studio.services.trim_edit import clock, parse_clock

_WIDEST, _WIDEST_LONG = "00:00,0", "0:00:00,0"
_HOUR_S = 3600


class TimeEdit(LineEdit):
    """Takes times as people write them; Up and Down move by one picture.

    Args:
        name: for screen readers.
        step_s: seconds of one picture.
        whole_s: length of the clip; hours get room only where there are some.

    Signals:
        time_chosen: the person gave another time; None when the line was emptied.
        refused: what was typed is no time.
    """

    time_chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, name: str, step_s: float, whole_s: float) -> None:
        super().__init__()
        self._time_s: float | None = None
        self._step_s = step_s
        self.setAccessibleName(name)
        self.setToolTip(_("{name}. Up and down keys move by one picture.").format(name=name))
        widest = _WIDEST_LONG if whole_s >= _HOUR_S else _WIDEST
        self.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance(widest) + 26)
        self.editingFinished.connect(self._finish)
        self.textEdited.connect(lambda _text: set_state(self, "state", ""))

    def set_time(self, time_s: float | None) -> None:
        """Show a time without telling of a change; what is being typed stays."""
        shown = "" if time_s is None else clock(time_s)
        is_typing = self.hasFocus() and self.isModified() and time_s == self._time_s
        self._time_s = time_s
        if not is_typing and self.text() != shown:
            self.setText(shown)
            set_state(self, "state", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if steps is None or self._time_s is None:
            super().keyPressEvent(event)
            return
        self.setModified(False)
        self.time_chosen.emit(max(0.0, self._time_s + steps * self._step_s))

    def _finish(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        if not self.text().strip():
            self.time_chosen.emit(None)
            return
        try:
            time_s = parse_clock(self.text())
        except InputError as error:
            set_state(self, "state", "over")
            self.refused.emit(error)
            return
        self.time_chosen.emit(time_s)
