"""Text fields that leave undo to the post, and grow with what is written in them."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget


def _is_undo(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and (
            event.matches(QKeySequence.StandardKey.Undo)
            or event.matches(QKeySequence.StandardKey.Redo)
        )
    )


def utf16(text: str, code_points: int) -> int:
    """Qt's position for a position in code points: Qt counts UTF-16 units."""
    return len(text[:code_points].encode("utf-16-le", "surrogatepass")) // 2


class LineEdit(QLineEdit):
    """One line. Ctrl+Z and Ctrl+Y go to the window."""

    def event(self, event: QEvent) -> bool:
        if _is_undo(event):
            event.ignore()
            return False
        return super().event(event)


class GrowingTextEdit(QPlainTextEdit):
    """Several lines, as high as its text within bounds; Tab leaves it.

    Args:
        least: lines it always shows.
        most: lines after which it scrolls.
        one_line: Enter is ignored and pasted line ends become blanks; long lines wrap.
    """

    edited = Signal(str)
    """The person changed the text."""
    files_pasted = Signal(QMimeData)
    """Pictures or files were pasted, which belong to the post and not into the text."""

    def __init__(
        self, least: int, most: int, *, one_line: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._one_line = least, most, one_line
        self._quiet = False
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def text(self) -> str:
        """The text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another text without telling of a change; the cursor stays where it can."""
        if text == self.toPlainText():
            return
        position = self.textCursor().position()
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def select_span(self, start: int, end: int) -> None:
        """Select from ``start`` to ``end`` in code points and scroll there."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(utf16(text, start))
        cursor.setPosition(utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        if _is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._one_line and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasImage() or any(url.isLocalFile() for url in source.urls()):
            self.files_pasted.emit(source)
        elif source.hasText():
            text = source.text().replace("\r\n", "\n").replace("\r", "\n")
            self.insertPlainText(" ".join(text.split("\n")) if self._one_line else text)

    def sizeHint(self) -> QSize:
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_text_changed(self) -> None:
        if not self._quiet:
            self.edited.emit(self.toPlainText())

    def _height(self) -> int:
        line = self.fontMetrics().lineSpacing()
        shown = min(max(self._visual_lines(), self._least), self._most)
        return shown * line + 20

    def _visual_lines(self) -> int:
        # A plain text document measures its height in lines.
        return int(self.document().size().height())

    def _fit(self) -> None:
        height = self._height()
        if self.minimumHeight() != height:
            self.setFixedHeight(height)
