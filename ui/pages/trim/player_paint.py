"""Paints what lies over a clip's picture in the frame of a placement."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from ui.pages.trim.trim_session import TrimSession
from ui.theme.type import font
from wajo_studio.i18n import _
from wajo_studio.services.name_strip import opacity_at
from wajo_studio.services.trim_edit import Shape

_ZONE = QColor(163, 38, 42, 74)
_PLATE = QColor(10, 20, 16, 190)
LIGHT = QColor("#FFFFFF")
INK = QColor("#12211A")
_BLUR_SIDE_PX = 24


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


def paint_over(
    painter: QPainter, frame: QRectF, framing: Framing, strip: Strip | None, trim: TrimSession
) -> None:
    """Paint what lies over the picture at the play position: zone, name, subtitle, a mark.

    Args:
        painter: of the player.
        frame: where the placement's frame stands in the player.
        framing: how the clip comes into it.
        strip: the name strip; None: none.
        trim: the clip.
    """
    if framing.zone_shown:
        _paint_zone(painter, frame, framing)
    strip_top = None
    third = trim.item.lower_third
    if framing.named and strip is not None and third is not None:
        opacity = opacity_at(third, trim.position_s)
        if opacity > 0:
            strip_top = _paint_name(painter, frame, framing, strip, opacity)
    cue = trim.words.at(trim.position_s)
    if cue is not None and framing.burned:
        _paint_cue(painter, frame, framing, cue.text, strip_top)
    if not trim.is_kept:
        _paint_chip(painter, frame, _("Cut off"))


def _safe(frame: QRectF, framing: Framing) -> QRectF:
    zone, size = framing.shape.safe_zone, framing.shape.size
    across, down = frame.width() / size.width, frame.height() / size.height
    return frame.adjusted(
        zone.left * across, zone.top * down, -zone.right * across, -zone.bottom * down
    )


def _paint_zone(painter: QPainter, frame: QRectF, framing: Framing) -> None:
    safe = _safe(frame, framing)
    outside, inside = QPainterPath(), QPainterPath()
    outside.addRect(frame)
    inside.addRect(safe)
    painter.fillPath(outside.subtracted(inside), _ZONE)
    pen = QPen(LIGHT, 1.2, Qt.PenStyle.DashLine)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(INK, 2.4, Qt.PenStyle.DashLine))
    painter.drawRect(safe)
    painter.setPen(pen)
    painter.drawRect(safe)


def _paint_name(
    painter: QPainter, frame: QRectF, framing: Framing, strip: Strip, opacity: float
) -> float:
    """Paint the name strip as the export does; where its upper edge lies."""
    sharpness = painter.device().devicePixelRatio()
    scale = frame.width() / framing.shape.size.width
    image = strip.image.scaled(
        round(strip.image.width() * scale * sharpness),
        round(strip.image.height() * scale * sharpness),
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
    painter: QPainter,
    frame: QRectF,
    framing: Framing,
    text: str,
    strip_top: float | None,
) -> None:
    safe = _safe(frame, framing).adjusted(6, 6, -6, -6)
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
    painter.setPen(LIGHT)
    painter.drawText(safe, wrapped, text)


def _paint_chip(painter: QPainter, frame: QRectF, text: str) -> None:
    painter.setFont(font("small-strong"))
    width = QFontMetricsF(font("small-strong")).horizontalAdvance(text) + 20
    chip = QRectF(frame.center().x() - width / 2, frame.top() + 10, width, 24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PLATE)
    painter.drawRoundedRect(chip, 12, 12)
    painter.setPen(LIGHT)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)


def inside(room: QRectF, ratio: float) -> QRectF:
    """The largest rectangle of a ratio in the middle of ``room``."""
    width = min(room.width(), room.height() * ratio)
    height = width / ratio
    return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)


def blurred(image: QImage, ratio: float) -> QImage:
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
