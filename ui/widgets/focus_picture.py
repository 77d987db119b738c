"""A picture on which the person points at what matters."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import current
from wajo_studio.domain.geometry import Box
from wajo_studio.i18n import _
from wajo_studio.services.preview import Picture

_STEP = 0.02


class FocusPicture(QWidget):
    """Click, or move the mark with the arrow keys; the point is in 0-1 of the picture."""

    chosen = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._pixels: object = None
        self._point: tuple[float, float] | None = None
        self._marked: Box | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(_("Focus point"))
        self.setAccessibleDescription(_("Arrow keys move the point."))
        self.setFixedHeight(180)

    def show_picture(self, picture: Picture | None, point: tuple[float, float] | None) -> None:
        """Show a picture and the point that was chosen; None: the program finds it."""
        self._pixels = picture.pixels if picture else None
        self._image = (
            QImage(
                picture.pixels,
                picture.width,
                picture.height,
                picture.stride,
                QImage.Format.Format_RGB32,
            )
            if picture
            else None
        )
        self._point = point
        self.update()

    def mark(self, box: Box | None) -> None:
        """Outline a part of the picture until another picture is shown."""
        self._marked = box
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 180)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place()
        if event.button() == Qt.MouseButton.LeftButton and place.contains(event.position()):
            self._choose(
                (event.position().x() - place.left()) / place.width(),
                (event.position().y() - place.top()) / place.height(),
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (-_STEP, 0.0),
            Qt.Key.Key_Right: (_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -_STEP),
            Qt.Key.Key_Down: (0.0, _STEP),
        }
        step = moves.get(Qt.Key(event.key()))
        if step is None or self._image is None:
            super().keyPressEvent(event)
            return
        x, y = self._point or (0.5, 0.5)
        self._choose(x + step[0], y + step[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = self._place()
        painter.fillRect(self.rect(), QColor(current().canvas))
        if self._image is not None:
            painter.drawImage(place, self._image)
            self._paint_mark(painter, place)
            if self._point is not None:
                at = QPointF(
                    place.left() + self._point[0] * place.width(),
                    place.top() + self._point[1] * place.height(),
                )
                for colour, width in (("#12211A", 5.0), ("#FFFFFF", 2.5)):
                    painter.setPen(QPen(QColor(colour), width))
                    painter.drawEllipse(at, 11, 11)
                    painter.drawPoint(at)
        if self.hasFocus():
            painter.setPen(QPen(QColor(current().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_mark(self, painter: QPainter, place: QRectF) -> None:
        if self._marked is None:
            return
        spot = QRectF(
            place.left() + self._marked.x * place.width(),
            place.top() + self._marked.y * place.height(),
            self._marked.w * place.width(),
            self._marked.h * place.height(),
        ).adjusted(-2, -2, 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("#FFFFFF", 4.0), ("#A3262A", 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRoundedRect(spot, 3, 3)

    def _choose(self, x: float, y: float) -> None:
        self._point = (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
        self.update()
        self.chosen.emit(*self._point)

    def _place(self) -> QRectF:
        if self._image is None:
            return QRectF(self.rect())
        room = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        ratio = self._image.width() / self._image.height()
        width = min(room.width(), room.height() * ratio)
        height = width / ratio
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
