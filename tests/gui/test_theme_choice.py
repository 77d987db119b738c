"""The theme a person chose is kept."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.theme.menu import add_theme_menu
from ui.theme.theme import current

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_a_chosen_theme_is_applied_and_remembered(
    themed: "QApplication", qtbot: "QtBot", tmp_path: Path
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    menu = QMenu()
    qtbot.addWidget(menu)
    add_theme_menu(menu, settings)
    try:
        _action(menu, "theme-dark").trigger()
        assert current().name == "dark"
        again = QMenu()
        qtbot.addWidget(again)
        add_theme_menu(again, settings)
        assert _action(again, "theme-dark").isChecked()
    finally:
        _action(menu, "theme-system").trigger()
    assert settings.value("theme") == "system"


def _action(menu: QMenu, name: str) -> QAction:
    found = menu.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found
