"""The theme in force: follows the system's light or dark setting while the program runs."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from ui.theme.sheet import palette, style_sheet
from ui.theme.tokens import DARK, LIGHT, Tokens, sharpened
from ui.theme.type import font, load_bundled_font


class _State:
    """The one theme of this process, for code that paints."""

    tokens: Tokens = LIGHT


def current() -> Tokens:
    """The tokens in force."""
    return _State.tokens


class Theme(QObject):
    """Applies the tokens to the application and does it again when the system changes."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        load_bundled_font()
        app.setStyle("Fusion")
        app.setFont(font())
        app.styleHints().colorSchemeChanged.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Take the system's setting and apply it."""
        hints = self._app.styleHints()
        tokens = DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
        if _wants_contrast(self._app):
            tokens = sharpened(tokens)
        _State.tokens = tokens
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(style_sheet(tokens))
        self.changed.emit()


def _wants_contrast(app: QApplication) -> bool:
    hints = app.styleHints().accessibility()
    return hints.contrastPreference() == Qt.ContrastPreference.HighContrast
