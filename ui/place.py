"""Where the window stands on the screen."""

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

LEAST = QSize(1024, 700)
"""The smallest window that shows all three panes."""
USUAL = QSize(1366, 768)


def restore_place(window: QWidget, settings: QSettings) -> None:
    """Put the window where it was, if that is still on a screen; else on the first screen."""
    window.setMinimumSize(LEAST)
    geometry = settings.value("geometry")
    if isinstance(geometry, QByteArray) and window.restoreGeometry(geometry):
        frame = window.frameGeometry()
        if any(s.availableGeometry().intersects(frame) for s in QGuiApplication.screens()):
            return
    room = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(USUAL.boundedTo(room.size()).expandedTo(LEAST))
    window.move(room.topLeft())
