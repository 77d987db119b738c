"""Our own line icons, painted in a colour of the theme in force at the moment of painting."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme.theme import current
from wajo_studio.paths import assets_dir


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = (assets_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Paint an icon into ``rect`` in a colour given as ``#RRGGBB``."""
    _renderer(name, colour).render(painter, rect)


class _ThemedEngine(QIconEngine):
    """Asks for the colour when it paints, so that icons follow a change of theme."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tokens = current()
        role = self._role
        if mode == QIcon.Mode.Disabled:
            role = "edge"
        elif state == QIcon.State.On:
            role = "on_soft"
        paint_icon(painter, self._name, QRectF(rect), getattr(tokens, role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made


def icon(name: str, role: str = "text") -> QIcon:
    """An icon of ``assets/icons`` in the colour of a token role."""
    return QIcon(_ThemedEngine(name, role))
