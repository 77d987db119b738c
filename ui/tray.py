"""Staying in the notification area while something is scheduled, so that it goes out in time."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from ui.theme.icons import icon
from wajo_studio.i18n import _


class Tray(QObject):
    """The icon; shown while the window is hidden.

    Args:
        window: the hidden window.
        on_quit: ends the program.
    """

    def __init__(self, window: QWidget, on_quit: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._icon = QSystemTrayIcon(icon("app"), self)
        self._icon.setToolTip(_("Wajo Studio waits for the time of a delivery"))
        self._menu = QMenu()
        self._menu.addAction(_("Open Wajo Studio"), self.leave)
        self._menu.addAction(_("Quit"), on_quit)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)

    @staticmethod
    def is_possible() -> bool:
        """Whether this desktop has a notification area."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def enter(self) -> None:
        """Hide the window and show the icon."""
        self._icon.show()
        self._window.hide()
        self._icon.showMessage(
            _("Wajo Studio goes on"),
            _("What is scheduled goes out at its time. Open the window here."),
        )

    def leave(self) -> None:
        """Show the window again."""
        self._icon.hide()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.leave()
