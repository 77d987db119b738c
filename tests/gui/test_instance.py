"""A second start of the program brings the first window to the front."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tests.gui.conftest import WAIT_MS
from ui.instance import Instance

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_the_second_start_calls_the_first_window(themed: "QApplication", qtbot: "QtBot") -> None:
    owner, window = QObject(), QWidget()
    qtbot.addWidget(window)
    first, second = Instance(owner), Instance(owner)
    assert first.take()
    first.listen(window)
    assert not second.take()
    assert not window.isVisible()
    assert second.call_first()
    qtbot.waitUntil(window.isVisible, timeout=WAIT_MS)
    first.release()
    assert second.take()
    assert not second.call_first()
    second.release()
