"""The theme in force: follows the system's light or dark setting while the program runs."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from ui.theme.sheet import palette, style_sheet
from ui.theme.tokens import DARK, LIGHT, Tokens, sharpened
from ui.theme.type import font, load_bundled_font

Choice = Literal["system", "light", "dark"]


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
        self._fixed: Choice = "system"
        load_bundled_font()
        app.setStyle("Fusion")
        app.setFont(font())
        # Both stay referenced: the objects behind them end with the last Python reference.
        self._hints = app.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self.refresh)
        self._accessibility.contrastPreferenceChanged.connect(self.refresh)
        self.refresh()

    def choose(self, choice: Choice) -> None:
        """Follow the system, or stay light or dark."""
        self._fixed = choice
        self.refresh()

    def refresh(self) -> None:
        """Apply the theme that was chosen or that the system asks for."""
        system_is_dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        is_dark = system_is_dark if self._fixed == "system" else self._fixed == "dark"
        tokens = DARK if is_dark else LIGHT
        if self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            tokens = sharpened(tokens)
        _State.tokens = tokens
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(style_sheet(tokens))
        self.changed.emit()
