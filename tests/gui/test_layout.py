"""Every page fits the smallest screen, can be used by keyboard, speaks, and has contrast."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from tests.gui.conftest import WAIT_MS, Said
from ui.theme.theme import Theme, current
from ui.theme.tokens import DARK, LIGHT, SHAPE_PAIRS, TEXT_PAIRS, Tokens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow
    from ui.pages.compose.page import ComposePage

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QListWidget, QPlainTextEdit)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_colours_that_meet_hold_their_contrast(tokens: Tokens) -> None:
    for pairs, least in ((TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3.0)):
        for front, back in pairs:
            ratio = _contrast(getattr(tokens, front), getattr(tokens, back))
            assert ratio >= least, f"{front} on {back} ({tokens.name}): {ratio:.2f}"


def test_the_theme_follows_a_choice_while_running(themed: QApplication) -> None:
    theme = themed.findChild(Theme)
    assert isinstance(theme, Theme)
    theme.choose("dark")
    assert current().name == "dark"
    assert themed.palette().window().color().name().upper() == DARK.surface
    theme.choose("light")
    assert themed.palette().window().color().name().upper() == LIGHT.surface


def test_the_three_panes_fit_side_by_side_at_the_least_width(page: "ComposePage") -> None:
    page.resize(1024 - 180, 700)
    QApplication.processEvents()
    widths = page.splitter.sizes()
    assert all(width > 0 for width in widths)
    assert page.width() == 1024 - 180
    assert page.minimumSizeHint().width() <= 1024 - 180


@pytest.mark.parametrize("tab", range(4))
def test_no_tab_needs_sideways_scrolling(page: "ComposePage", tab: int) -> None:
    page.tabs.setCurrentIndex(tab)
    QApplication.processEvents()
    area = page.tabs.currentWidget().findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    body = area.widget()
    assert body is not None
    needed = body.minimumSizeHint().width()
    assert needed <= page.tabs.minimumWidth() - area.verticalScrollBar().sizeHint().width()


def test_every_control_speaks_and_is_large_enough(page: "ComposePage") -> None:
    for tab in range(4):
        page.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        for kind in CONTROLS:
            for control in page.findChildren(kind):
                if not control.isVisible() or isinstance(control.parent(), QComboBox):
                    continue
                if control.objectName().startswith("qt_") or isinstance(control.parent(), QTabBar):
                    continue
                said = control.accessibleName() or getattr(control, "text", str)()
                assert said, f"{type(control).__name__} {control.objectName()!r} says nothing"
                assert control.height() >= 24, control.objectName()


def test_tab_reaches_every_control_and_comes_back(page: "ComposePage") -> None:
    page.activateWindow()
    start = page.focusWidget() or page
    seen: list[QWidget] = []
    widget: QWidget | None = start.nextInFocusChain()
    while widget is not None and widget is not start and len(seen) < 2_000:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(page):
            seen.append(widget)
        widget = widget.nextInFocusChain()
    assert widget is start, "the chain never comes back"
    names = {w.objectName() for w in seen}
    assert {"field-judul", "field-tanggal", "export", "about-agency"} <= names


def test_the_form_can_be_hidden_and_shown(page: "ComposePage") -> None:
    page.toggle_form()
    assert not page.tabs.isVisible()
    page.toggle_form()
    assert page.tabs.isVisible()


@pytest.fixture
def window(
    themed: QApplication,
    qtbot: "QtBot",
    said: Said,
    monkeypatch: pytest.MonkeyPatch,
) -> "MainWindow":
    from ui.main_window import MainWindow
    from wajo_studio.bootstrap import build

    monkeypatch.setattr("wajo_studio.services.thumbnails.template_picture", lambda *_a: None)
    made = MainWindow(build)
    made.messages = said  # type: ignore[assignment]
    qtbot.addWidget(made)
    made.show()
    made.begin()
    qtbot.waitUntil(lambda: made.studio is not None, timeout=WAIT_MS)
    return made


def test_a_new_post_is_begun_from_the_gallery_and_comes_back_as_recent(
    window: "MainWindow", qtbot: "QtBot"
) -> None:
    tile = window.start.findChild(QAbstractButton, "template-pengumuman-layanan")
    assert isinstance(tile, QAbstractButton)
    tile.click()
    qtbot.waitUntil(lambda: window.compose is not None, timeout=WAIT_MS)
    assert window.compose is not None
    root = window.compose.session.draft.root
    window.compose.session.set_field("judul", "Judul", "Belum disimpan")
    undo = window.findChild(QAction, "action-undo")
    assert isinstance(undo, QAction)
    assert undo.isEnabled()
    window.close()
    assert "Belum disimpan" in (root / "post.toml").read_text(encoding="utf-8")
    from wajo_studio.services.recent import recent_posts

    assert [post.folder for post in recent_posts()] == [root]


def test_no_shortcut_stands_for_two_things(window: "MainWindow") -> None:
    shortcuts = [s.toString() for a in window.findChildren(QAction) for s in a.shortcuts()]
    assert len(shortcuts) == len(set(shortcuts))
    assert {"Ctrl+N", "Ctrl+O", "Ctrl+S", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+E", "F1"} <= {
        *shortcuts
    }


def test_a_window_that_lay_on_a_lost_screen_comes_back_on_one_that_is_there(
    window: "MainWindow", qtbot: "QtBot"
) -> None:
    window.move(9_000, 9_000)
    window.close()
    from ui.main_window import MainWindow
    from wajo_studio.bootstrap import build

    again = MainWindow(build)
    qtbot.addWidget(again)
    assert again.frameGeometry().intersects(again.screen().availableGeometry())


def test_qt_speaks_indonesian(themed: QApplication) -> None:
    from PySide6.QtWidgets import QDialogButtonBox

    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    text = box.button(QDialogButtonBox.StandardButton.Cancel).text()
    assert text.replace("&", "") == "Batal"


def test_an_error_dialog_shows_what_to_do_and_folds_the_detail(
    themed: QApplication, qtbot: "QtBot"
) -> None:
    from ui.messages import Messages

    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = Messages(owner)._dialog("warning", "warn", "Judul", "Lakukan ini.", "errno 28")
    qtbot.addWidget(dialog)
    dialog.show()
    detail = dialog.findChild(QPlainTextEdit)
    assert isinstance(detail, QPlainTextEdit)
    assert not detail.isVisible()
    assert detail.toPlainText() == "errno 28"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_at_twice_the_scale_the_window_asks_for_no_more_room() -> None:
    import os
    import subprocess
    import sys

    code = (
        "from ui.app import make_app\n"
        "app = make_app([])\n"
        "from ui.main_window import MainWindow\n"
        "window = MainWindow(lambda: None)\n"
        "window.show()\n"
        "hint = window.minimumSizeHint()\n"
        "print(window.devicePixelRatioF(), hint.width(), hint.height())\n"
    )
    environment = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    ratio, width, height = (float(part) for part in done.stdout.split())
    assert ratio == 2
    assert width <= 1024
    assert height <= 700
