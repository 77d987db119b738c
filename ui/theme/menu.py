"""The choice of the theme in the View menu, remembered."""

from typing import cast, get_args

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu

from ui.theme.theme import Choice, Theme
from wajo_studio.i18n import N_, _

_KEY = "theme"
_NAMES = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}


def add_theme_menu(menu: QMenu, settings: QSettings) -> None:
    """Add the choice to a menu, and apply what was chosen before."""
    app = QApplication.instance()
    theme = app.findChild(Theme) if app is not None else None
    if theme is None:
        return
    kept = str(settings.value(_KEY, "system"))
    chosen = cast("Choice", kept if kept in get_args(Choice) else "system")
    inner = menu.addMenu(_("&Theme"))
    group = QActionGroup(inner)
    for choice in get_args(Choice):
        action = QAction(_(_NAMES[choice]), inner)
        action.setObjectName(f"theme-{choice}")
        action.setCheckable(True)
        action.setChecked(choice == chosen)
        action.triggered.connect(lambda _on=False, one=choice: _choose(theme, settings, one))
        group.addAction(action)
        inner.addAction(action)
    if chosen != "system":
        theme.choose(chosen)


def _choose(theme: Theme, settings: QSettings, choice: Choice) -> None:
    theme.choose(choice)
    settings.setValue(_KEY, choice)
