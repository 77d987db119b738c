"""A line for a whole number of per cent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent

from ui.widgets.text_edit import LineEdit

_WHOLE = 100
_BIG_STEP = 10


class PercentEdit(LineEdit):
    """Takes 0 to 100; Up and Down change it by one, Page Up and Page Down by ten.

    Args:
        name: for screen readers.

    Signals:
        percent_chosen: the person gave another number.
    """

    percent_chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._percent = 0
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance("100 %") + 28)
        self.editingFinished.connect(self._finish)

    @property
    def percent(self) -> int:
        """The number shown."""
        return self._percent

    def set_percent(self, percent: int) -> None:
        """Show a number without telling of a change."""
        self._percent = percent
        shown = f"{percent} %"
        if self.text() != shown and not (self.hasFocus() and self.isModified()):
            self.setText(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: _BIG_STEP,
            Qt.Key.Key_PageDown: -_BIG_STEP,
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self._choose(self._percent + step)

    def _finish(self) -> None:
        if not self.isModified():
            return
        digits = self.text().replace("%", "").strip()
        self._choose(int(digits) if digits.isdecimal() else self._percent)

    def _choose(self, percent: int) -> None:
        self.setModified(False)
        chosen = min(max(percent, 0), _WHOLE)
        changed = chosen != self._percent
        self.set_percent(chosen)
        if changed:
            self.percent_chosen.emit(chosen)
