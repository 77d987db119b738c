"""The clip's picture in the frame of a placement: how it is fitted, cut, covered and captioned."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
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
from ui.pages.trim.trim_session import TrimSession
from ui.theme.theme import current
from ui.theme.type import font
from wajo_studio.i18n import _
from wajo_studio.services.name_strip import opacity_at
from wajo_studio.services.trim_edit import Shape, crop_box

_SHADE = QColor(10, 20, 16, 165)
_ZONE = QColor(163, 38, 42, 74)
_PLATE = QColor(10, 20, 16, 190)
_LIGHT = QColor("#FFFFFF")
_INK = QColor("#12211A")
_BLUR_SIDE_PX = 24
_MARGIN = 10


@dataclass(frozen=True)
class Framing:
    """How the clip comes into the chosen placement.

    Attributes:
        mode: ``fill``, ``fit-blur`` or ``fit-colour``.
        colour: of the bars with ``fit-colour``.
        zone_shown: mark what the network's buttons may cover.
        burned: subtitles are drawn into the picture.
        named: the name strip is drawn into the picture.
    """

    shape: Shape
    mode: str
    colour: str
    zone_shown: bool
    burned: bool
    named: bool


@dataclass(frozen=True)
class Strip:
    """The name strip as painted for a frame: its pixels and its place there."""

    image: QImage
    x: int
    y: int


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
        self._paint_over(painter, box, framing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((_INK, 4.0), (_LIGHT, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(box)

    def _paint_fitted(self, painter: QPainter, image: QImage, framing: Framing) -> None:
        size = framing.shape.size
        frame = self._room(size.width / size.height)
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(frame, 6, 6)
        painter.setClipPath(shape)
        inner = _inside(frame, image.width() / image.height())
        if framing.mode == "fit-colour":
            painter.fillRect(frame, QColor(framing.colour))
        else:
            if self._blurred is None:
                self._blurred = _blurred(image, size.width / size.height)
            painter.drawImage(frame, self._blurred)
        painter.drawImage(inner, image)
        self._paint_over(painter, frame, framing)
        painter.restore()

    def _paint_over(self, painter: QPainter, frame: QRectF, framing: Framing) -> None:
        if framing.zone_shown:
            self._paint_zone(painter, frame, framing)
        strip_top = self._paint_name(painter, frame, framing) if framing.named else None
        cue = self._trim.cue_at(self._trim.position_s)
        if cue is not None and framing.burned:
            self._paint_cue(painter, frame, framing, cue.text, strip_top)
        if not self._trim.is_kept:
            self._paint_chip(painter, frame, _("Cut off"))

    def _safe(self, frame: QRectF, framing: Framing) -> QRectF:
        zone, size = framing.shape.safe_zone, framing.shape.size
        across, down = frame.width() / size.width, frame.height() / size.height
        return frame.adjusted(
            zone.left * across, zone.top * down, -zone.right * across, -zone.bottom * down
        )

    def _paint_zone(self, painter: QPainter, frame: QRectF, framing: Framing) -> None:
        safe = self._safe(frame, framing)
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(frame)
        inside.addRect(safe)
        painter.fillPath(outside.subtracted(inside), _ZONE)
        pen = QPen(_LIGHT, 1.2, Qt.PenStyle.DashLine)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_INK, 2.4, Qt.PenStyle.DashLine))
        painter.drawRect(safe)
        painter.setPen(pen)
        painter.drawRect(safe)

    def _paint_name(self, painter: QPainter, frame: QRectF, framing: Framing) -> float | None:
        """Paint the name strip as the export does; where its upper edge lies, if it shows."""
        third, strip = self._trim.item.lower_third, self.strip
        if third is None or strip is None:
            return None
        opacity = opacity_at(third, self._trim.position_s)
        if opacity <= 0:
            return None
        scale = frame.width() / framing.shape.size.width
        image = strip.image.scaled(
            round(strip.image.width() * scale * self.devicePixelRatioF()),
            round(strip.image.height() * scale * self.devicePixelRatioF()),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        place = QRectF(
            frame.left() + strip.x * scale,
            frame.top() + strip.y * scale,
            strip.image.width() * scale,
            strip.image.height() * scale,
        )
        painter.setOpacity(opacity)
        painter.drawImage(place, image)
        painter.setOpacity(1.0)
        return place.top()

    def _paint_cue(
        self,
        painter: QPainter,
        frame: QRectF,
        framing: Framing,
        text: str,
        strip_top: float | None,
    ) -> None:
        safe = self._safe(frame, framing).adjusted(6, 6, -6, -6)
        if strip_top is not None:  # subtitles stand above the name
            safe.setBottom(min(safe.bottom(), strip_top - 10))
        face = font("body-strong")
        face.setPointSizeF(max(6.5, min(frame.width(), frame.height()) * 0.034))
        painter.setFont(face)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        wrapped = int(flags) | int(Qt.TextFlag.TextWordWrap)
        needed = QFontMetricsF(face).boundingRect(safe, wrapped, text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PLATE)
        painter.drawRoundedRect(needed.adjusted(-7, -4, 7, 4), 5, 5)
        painter.setPen(_LIGHT)
        painter.drawText(safe, wrapped, text)

    def _paint_chip(self, painter: QPainter, frame: QRectF, text: str) -> None:
        painter.setFont(font("small-strong"))
        width = QFontMetricsF(font("small-strong")).horizontalAdvance(text) + 20
        chip = QRectF(frame.center().x() - width / 2, frame.top() + 10, width, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PLATE)
        painter.drawRoundedRect(chip, 12, 12)
        painter.setPen(_LIGHT)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)

    def _room(self, ratio: float) -> QRectF:
        return _inside(QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), ratio)

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


def _inside(room: QRectF, ratio: float) -> QRectF:
    """The largest rectangle of a ratio in the middle of ``room``."""
    width = min(room.width(), room.height() * ratio)
    height = width / ratio
    return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)


def _blurred(image: QImage, ratio: float) -> QImage:
    """The picture enlarged to cover a frame, blurred and darkened, as the export makes it."""
    own = image.width() / image.height()
    width = round(image.height() * ratio) if own > ratio else image.width()
    height = image.height() if own > ratio else round(image.width() / ratio)
    left, top = (image.width() - width) // 2, (image.height() - height) // 2
    part = image.copy(left, top, max(width, 1), max(height, 1))
    smooth = Qt.TransformationMode.SmoothTransformation
    keep = Qt.AspectRatioMode.KeepAspectRatio
    small = part.scaled(QSize(_BLUR_SIDE_PX, _BLUR_SIDE_PX), keep, smooth)
    soft = small.scaled(small.size() * 8, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    painter = QPainter(soft)
    painter.fillRect(soft.rect(), QColor(0, 0, 0, 97))
    painter.end()
    return soft
