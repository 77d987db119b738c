"""The clip's picture in the frame of a placement: how it is fitted and cut."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pages.trim import keys
from ui.pages.trim.player_paint import INK, LIGHT, Framing, Strip, blurred, inside, paint_over
from ui.pages.trim.trim_session import TrimSession
from ui.theme.theme import current
from ui.theme.type import font
from wajo_studio.i18n import _
from wajo_studio.services.trim_edit import crop_box

_SHADE = QColor(10, 20, 16, 165)
_MARGIN = 10


class PlayerView(QWidget):
    """Shows the picture; with ``fill`` the box of what stays can be dragged.

    Attributes:
        strip: the name strip for the frame shown; None while there is none.

    Signals:
        focus_moved: the box was let go at this focus point.
    """

    focus_moved = Signal(float, float)

    def __init__(self, trim: TrimSession) -> None:
        super().__init__()
        self._trim = trim
        self._image: QImage | None = None
        self._blurred: QImage | None = None
        self._framing: Framing | None = None
        self.strip: Strip | None = None
        self._dragged: tuple[float, float] | None = None
        self._grip = QPointF()
        self.setObjectName("trimPlayer")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Player"))
        self.setAccessibleDescription(
            _(
                "Space plays, arrow keys go picture by picture, with Shift by seconds,"
                " I and O set start and end."
            )
        )
        self.setMouseTracking(True)

    def show_frame(self, image: QImage) -> None:
        """Show another picture of the clip."""
        self._image = image
        self._blurred = None
        self.update()

    def show_framing(self, framing: Framing) -> None:
        """Show another placement, or the clip brought into it another way."""
        if framing != self._framing:
            self._framing = framing
            self.update()

    def show_strip(self, strip: Strip | None) -> None:
        """The name strip for the frame shown; None while there is none."""
        self.strip = strip
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(620, 380)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)

    def event(self, event: QEvent) -> bool:
        if keys.takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not keys.press(self._trim, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._is_filled():
            return
        box = self._crop_place()
        inside = box.contains(event.position())
        self._grip = event.position() - box.center() if inside else QPointF()
        self._drag_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._drag_to(event.position())
        elif self._is_filled():
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            point = self._dragged
            self.focus_moved.emit(*point)
            self._dragged = None
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(current().canvas))
        if self._image is not None and self._framing is not None:
            if self._is_filled():
                self._paint_filled(painter, self._image, self._framing)
            else:
                self._paint_fitted(painter, self._image, self._framing)
        else:
            painter.setPen(QColor(current().muted))
            painter.setFont(font("body"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("Opening the clip…"))
        if self.hasFocus():
            painter.setPen(QPen(QColor(current().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _is_filled(self) -> bool:
        return self._framing is not None and self._framing.mode == "fill"

    def _paint_filled(self, painter: QPainter, image: QImage, framing: Framing) -> None:
        whole, box = self._picture_place(), self._crop_place()
        painter.drawImage(whole, image)
        outside = QPainterPath()
        outside.addRect(whole)
        inside = QPainterPath()
        inside.addRect(box)
        painter.fillPath(outside.subtracted(inside), _SHADE)
        paint_over(painter, box, framing, self.strip, self._trim)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((INK, 4.0), (LIGHT, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(box)

    def _paint_fitted(self, painter: QPainter, image: QImage, framing: Framing) -> None:
        size = framing.shape.size
        frame = self._room(size.width / size.height)
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(frame, 6, 6)
        painter.setClipPath(shape)
        inner = inside(frame, image.width() / image.height())
        if framing.mode == "fit-colour":
            painter.fillRect(frame, QColor(framing.colour))
        else:
            if self._blurred is None:
                self._blurred = blurred(image, size.width / size.height)
            painter.drawImage(frame, self._blurred)
        painter.drawImage(inner, image)
        paint_over(painter, frame, framing, self.strip, self._trim)
        painter.restore()

    def _room(self, ratio: float) -> QRectF:
        return inside(QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), ratio)

    def _picture_place(self) -> QRectF:
        image = self._image
        return self._room(image.width() / image.height() if image else 1.0)

    def _crop_place(self) -> QRectF:
        framing = self._framing
        assert framing is not None
        if self._dragged is None:
            x, y, w, h = self._trim.focus.box(framing.shape)
        else:
            x, y, w, h = crop_box(self._trim.info, framing.shape, self._dragged)
        whole = self._picture_place()
        return QRectF(
            whole.left() + x * whole.width(),
            whole.top() + y * whole.height(),
            w * whole.width(),
            h * whole.height(),
        )

    def _drag_to(self, at: QPointF) -> None:
        whole = self._picture_place()
        centre = at - self._grip
        x = (centre.x() - whole.left()) / whole.width()
        y = (centre.y() - whole.top()) / whole.height()
        self._dragged = (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
        self.update()
