"""A drop-down list of ids and their names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy

from ui.widgets.text_edit import LineEdit


class Choice(QComboBox):
    """Shows names, tells of ids; the mouse wheel scrolls the page and not the choice."""

    chosen = Signal(object)
    """The person chose another id (a text, or None for the entry of nothing)."""

    def __init__(self, entries: Sequence[tuple[object, str]], *, searched: bool = False) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_entries(entries)
        if searched:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = QCompleter(self.model(), self)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line = LineEdit()
            line.editingFinished.connect(self._show_chosen)
            self.setLineEdit(line)
            self.setCompleter(completer)
        self.activated.connect(self._on_activated)

    def set_entries(self, entries: Sequence[tuple[object, str]]) -> None:
        """Replace the list; what was chosen stays if it is still there."""
        wanted = [(key, name) for key, name in entries]
        if [(self.itemData(i), self.itemText(i)) for i in range(self.count())] == wanted:
            return
        chosen = self.currentData()
        self.clear()
        for key, name in wanted:
            self.addItem(name, key)
        self.set_value(chosen)

    def set_value(self, key: object) -> None:
        """Choose an id without telling of a change."""
        self.setCurrentIndex(next((i for i in range(self.count()) if self.itemData(i) == key), -1))
        if self.isEditable():
            self._show_chosen()

    def value(self) -> object:
        """The id chosen."""
        return self.currentData()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _show_chosen(self) -> None:
        index = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        if index < 0:
            index = self.currentIndex()
        self.setEditText(self.itemText(index))
        if (line := self.lineEdit()) is not None:
            line.setCursorPosition(0)

    def _on_activated(self, _index: int) -> None:
        self.chosen.emit(self.currentData())
