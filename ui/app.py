"""The window program: application, fonts, language, theme, and what happens when it breaks."""

import logging
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from ui import qt_i18n
from ui.instance import Instance
from ui.main_window import MainWindow
from ui.theme.theme import Theme
from wajo_studio import i18n, paths
from wajo_studio.i18n import _

if TYPE_CHECKING:
    from wajo_studio.services.studio import Studio

_log = logging.getLogger(__name__)


class _CrashDoor(QObject):
    """Takes what nobody caught, from any thread, to the one dialog."""

    crashed = Signal(object)


def make_app(arguments: list[str]) -> QApplication:
    """The application with our font, language and theme."""
    app = QApplication(arguments)
    app.setApplicationName("Wajo Studio")
    app.setOrganizationName("WajoStudio")
    app.setDesktopFileName("wajo-studio")
    qt_i18n.install(app, i18n.language())
    Theme(app)
    return app


def run() -> int:
    """Open the window and return the exit status when it is closed."""
    i18n.set_language()
    app = make_app(sys.argv[:1])
    instance = Instance(app)
    if not instance.take():
        if not instance.call_first():
            text = _("Wajo Studio is open already. Close the other window first.")
            QMessageBox.information(None, "Wajo Studio", text)
        return 0
    window = MainWindow(_build)
    _catch_all(window)
    window.show()
    instance.listen(window)
    QTimer.singleShot(0, _log_to_file)
    QTimer.singleShot(0, window.begin)
    return app.exec()


def _build() -> "Studio":
    from wajo_studio.bootstrap import build  # slow to import: after the first paint

    return build()


def _log_to_file() -> None:
    from logging.handlers import RotatingFileHandler  # pulls in the network: after first paint

    try:
        folder = paths.data_dir() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "window.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:
        return  # a full or read-only disk must not keep the window from opening
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)


def _catch_all(window: MainWindow) -> None:
    door = _CrashDoor(window)
    door.crashed.connect(window.messages.crash)

    def on_exception(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.critical("nobody caught this", exc_info=(kind, error, trace))
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        door.crashed.emit(error)

    def on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = on_exception
    threading.excepthook = on_thread_exception
