"""One control per field of a template, by the field's type."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.widgets.choice import Choice
from ui.widgets.date_edit import DateEdit
from ui.widgets.labelled import Counter, Labelled
from ui.widgets.list_edit import ListEdit
from ui.widgets.text_edit import GrowingTextEdit, LineEdit
from wajo_studio.artwork.manifest import FieldSpec
from wajo_studio.i18n import _

Changed = Callable[[Any], None]

_SHORT_TEXT = 48
"""Characters that fit one line of the form."""

_AUTOMATIC = "*"
"""Stands in the list of pictures for "the program chooses"; no media id can be it."""


class FieldControl:
    """A field of the form.

    Attributes:
        widget: goes into the form.
        editor: takes the keyboard.
    """

    def __init__(self, spec: FieldSpec, changed: Changed, pictures: Sequence[str]) -> None:
        self.spec = spec
        self._changed = changed
        self._counts = spec.max is not None and spec.type in ("text", "lines", "place", "time")
        self.editor = self._make(pictures)
        self.editor.setObjectName(f"field-{spec.id}")
        self.widget = Labelled(
            spec.label, self.editor, hint=spec.hint, counter=Counter() if self._counts else None
        )

    def show(self, value: Any, pictures: Sequence[str]) -> None:
        """Show a value as post.toml holds it, without telling of a change."""
        editor = self.editor
        if isinstance(editor, GrowingTextEdit):
            editor.set_text(_text(value))
        elif isinstance(editor, LineEdit):
            if editor.text() != _text(value):
                editor.setText(_text(value))
        elif isinstance(editor, DateEdit):
            editor.set_value(_date(value))
        elif isinstance(editor, ListEdit):
            editor.set_value(value if isinstance(value, list | tuple) else ())
        elif isinstance(editor, Choice):
            if self.spec.type == "photo":
                editor.set_entries(_photo_entries(pictures))
                editor.set_value(_AUTOMATIC if value is None else value)
            else:
                editor.set_value(value or "")
        elif isinstance(editor, QListWidget):
            self._show_pictures(editor, value, pictures)
        self._count(_text(value))

    def focus(self, span: tuple[int, int] | None = None) -> None:
        """Put the keyboard on it; select the characters from ``span`` on."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.editor, GrowingTextEdit) and span:
            self.editor.select_span(*span)

    def _make(self, pictures: Sequence[str]) -> QWidget:
        spec = self.spec
        if spec.type in ("text", "lines"):
            one_line = spec.type == "text"
            area = GrowingTextEdit(_least_lines(spec), 8, one_line=one_line)
            area.edited.connect(self._text_edited)
            return area
        if spec.type == "date":
            chosen = DateEdit()
            chosen.edited.connect(self._changed)
            return chosen
        if spec.type == "choice":
            entries = [("", _("Not chosen")), *((choice, choice) for choice in spec.choices)]
            drop = Choice(entries)
            drop.chosen.connect(lambda key: self._changed(key or None))
            return drop
        if spec.type == "photo":
            drop = Choice(_photo_entries(pictures))
            drop.chosen.connect(lambda key: self._changed(None if key == _AUTOMATIC else key))
            return drop
        if spec.type == "photos":
            return self._picture_list()
        if spec.type == "list":
            entries_edit = ListEdit(spec.columns, spec.max)
            entries_edit.edited.connect(self._changed)
            return entries_edit
        line = LineEdit()
        line.textEdited.connect(self._text_edited)
        return line

    def _picture_list(self) -> QListWidget:
        made = QListWidget()
        made.setFixedHeight(116)
        made.itemChanged.connect(lambda _item: self._pictures_ticked(made))
        return made

    def _pictures_ticked(self, shown: QListWidget) -> None:
        items = [shown.item(i) for i in range(shown.count())]
        ticked = [i for i in items if i.checkState() == Qt.CheckState.Checked]
        self._changed([str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked])

    def _show_pictures(self, shown: QListWidget, value: Any, pictures: Sequence[str]) -> None:
        automatic = value is None
        chosen = set(pictures[: self.spec.max] if automatic else value)
        shown.blockSignals(True)
        shown.clear()
        for media_id in pictures:
            item = QListWidgetItem(media_id)
            item.setData(Qt.ItemDataRole.UserRole, media_id)
            ticked = media_id in chosen
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            shown.addItem(item)
        shown.blockSignals(False)

    def _text_edited(self, text: str) -> None:
        self._count(text)
        self._changed(text or None)

    def _count(self, text: str) -> None:
        if self._counts:
            assert self.spec.max is not None
            self.widget.show_count(len(text.strip()), self.spec.max)


def _least_lines(spec: FieldSpec) -> int:
    """Lines a text field shows at least: room for what it usually holds."""
    if spec.type == "lines":
        return 3
    return 1 if spec.max is not None and spec.max <= _SHORT_TEXT else 2


def _photo_entries(pictures: Sequence[str]) -> list[tuple[object, str]]:
    return [
        (_AUTOMATIC, _("Automatic: the first picture")),
        ("", _("No photo")),
        *((media_id, media_id) for media_id in pictures),
    ]


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, list | tuple | dict) else str(value)


def _date(value: Any) -> Any:
    from datetime import date, datetime

    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None
