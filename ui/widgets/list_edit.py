"""Entries one below the other: of one text, or of several cells."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.basic import boxed, button, clear, column, row, tool
from ui.widgets.text_edit import LineEdit
from wajo_studio.i18n import _


class ListEdit(QWidget):
    """Rows with a line for each cell; empty rows are left out of the value.

    Args:
        columns: names of the cells; empty for entries of one text.
        most: entries allowed, None for any number.
    """

    edited = Signal(object)
    """A list of texts, or of lists of texts."""

    def __init__(self, columns: Sequence[str], most: int | None) -> None:
        super().__init__()
        self._columns, self._most = list(columns), most
        self._rows: list[list[LineEdit]] = []
        self._body = column(spacing=4)
        self._add = button(_("Add entry"), self._add_entry, kind="small", icon_name="plus")
        outer = column(spacing=6)
        outer.addLayout(self._body)
        line = row()
        line.addWidget(self._add)
        line.addStretch(1)
        outer.addLayout(line)
        self.setLayout(outer)
        self._value: list[object] = []

    def setFocus(self, *_reason: object) -> None:
        """Put the keyboard on the first entry."""
        (self._rows[0][0] if self._rows else self._add).setFocus()

    def set_value(self, value: Sequence[object]) -> None:
        """Show entries without telling of a change."""
        entries = [list(e) if isinstance(e, list | tuple) else e for e in value]
        if entries != self._value or not self._rows:
            self._value = list(entries)
            self._rebuild(self._value or [""])

    def value(self) -> list[Any]:
        """The entries shown."""
        return list(self._value)

    def _rebuild(self, entries: Sequence[object]) -> None:
        clear(self._body)
        self._rows.clear()
        for number, entry in enumerate(entries, start=1):
            cells = [str(c) for c in entry] if isinstance(entry, list) else [str(entry)]
            self._body.addWidget(self._row(number, cells))
        self._add.setEnabled(self._most is None or len(self._rows) < self._most)

    def _row(self, number: int, texts: list[str]) -> QWidget:
        names = self._columns or [_("Entry")]
        line = row(spacing=4)
        cells = []
        for index in range(max(len(names), len(texts))):
            cell = LineEdit(texts[index] if index < len(texts) else "")
            name = names[index] if index < len(names) else ""
            cell.setPlaceholderText(name)
            cell.setAccessibleName(f"{name} {number}".strip())
            cell.textEdited.connect(lambda _text: self._tell())
            line.addWidget(cell, 1)
            cells.append(cell)
        line.addWidget(
            tool(
                "cross", _("Remove entry {number}").format(number=number), lambda: self._drop(cells)
            )
        )
        self._rows.append(cells)
        return boxed(line)

    def _add_entry(self) -> None:
        entries: list[object] = [[cell.text() for cell in cells] for cells in self._rows]
        self._rebuild([*entries, [""]])
        self._rows[-1][0].setFocus()

    def _drop(self, cells: list[LineEdit]) -> None:
        self._rows.remove(cells)
        entries: list[object] = [[cell.text() for cell in kept] for kept in self._rows]
        self._rebuild(entries or [""])
        self._tell()

    def _tell(self) -> None:
        entries: list[object] = []
        for cells in self._rows:
            texts = [cell.text() for cell in cells]
            if any(text.strip() for text in texts):
                entries.append(texts if self._columns else texts[0])
        self._value = entries
        self.edited.emit(entries)
