"""One window per person: a second start brings the first window to the front and ends.

On Windows a local server may be opened twice under one name, so it is no guard; the lock is, and
the server only carries the message.
"""

import hashlib

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from wajo_studio import paths
from wajo_studio.locks import SingleInstance

_WAIT_MS = 1_000


class Instance(QObject):
    """Holds the place of the one window, and listens for further starts."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._guard = SingleInstance(paths.data_dir())
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Whether this is the only window of this person."""
        return self._guard.take()

    def call_first(self) -> bool:
        """Bring the window that runs already to the front; whether it answered."""
        socket = QLocalSocket()
        socket.connectToServer(_name())
        answered = socket.waitForConnected(_WAIT_MS)
        socket.disconnectFromServer()
        return answered

    def listen(self, window: QWidget) -> None:
        """Bring ``window`` to the front when the program is started again."""
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name())  # what a killed window left behind
        self._server.newConnection.connect(lambda: self._on_call(window))
        self._server.listen(_name())

    def release(self) -> None:
        """Let another window start."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._guard.release()

    def _on_call(self, window: QWidget) -> None:
        assert self._server is not None
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnectFromServer()
        window.show()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()


def _name() -> str:
    """A name for this data folder: two people on one PC do not meet."""
    folder = str(paths.data_dir().absolute())
    return f"wajo-studio-{hashlib.sha256(folder.encode()).hexdigest()[:16]}"
