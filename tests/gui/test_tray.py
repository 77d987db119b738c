"""With something scheduled the window may go on in the notification area."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QCloseEvent

from tests.gui.conftest import WAIT_MS, Said
from ui.main_window import MainWindow
from ui.tray import Tray
from wajo_studio.bootstrap import build

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # the offscreen platform has no such area
def test_a_schedule_keeps_the_program_running_when_the_person_wants(
    themed: "QApplication", qtbot: "QtBot", said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tray, "is_possible", staticmethod(lambda: True))
    window = MainWindow(build)
    qtbot.addWidget(window)
    window.messages = said  # type: ignore[assignment]
    window.show()
    window.queue.next_due = datetime(2026, 12, 1, 1, tzinfo=UTC)
    said.answer = 0
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert not window.isVisible()
    assert said.questions == ["Ada yang terjadwal"]
    again = QCloseEvent()
    window.closeEvent(again)  # from the icon: nothing is asked any more
    assert again.isAccepted()
    assert len(said.questions) == 1
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=WAIT_MS)
