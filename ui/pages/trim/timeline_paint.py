"""Paints the time line."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.pages.trim.trim_session import TrimSession
from ui.theme.theme import current
from ui.theme.type import font
from wajo_studio.i18n import _
from wajo_studio.services.trim_edit import clock

RULER = QRectF(0, 0, 0, 22)
STRIP = QRectF(0, 24, 0, 54)
WAVE = QRectF(0, 80, 0, 34)
CUES = QRectF(0, 118, 0, 20)
_LANE_PX, _LANE_GAP_PX = 18, 4
_POINT_PX = 6.5
_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_LABEL_PX = 84
_LEAST_WORDS_PX = 26
_SHADE = 150
_INK = "#12211A"


@dataclass(frozen=True)
class Scale:
    """Which stretch of the clip is in sight, and how wide it is drawn."""

    left_s: float
    span_s: float
    width_px: int

    def x(self, time_s: float) -> float:
        """Where a moment lies."""
        return (time_s - self.left_s) / self.span_s * self.width_px

    def time(self, x_px: float) -> float:
        """The moment at a place."""
        return self.left_s + x_px / max(self.width_px, 1) * self.span_s

    @property
    def right_s(self) -> float:
        """The moment at the right edge."""
        return self.left_s + self.span_s


def picture_times(trim: TrimSession, scale: Scale) -> tuple[list[float], float]:
    """The moments whose pictures fill the strip, and the seconds each of them stands for."""
    width = _picture_width(trim)
    spacing_s = scale.span_s * width / max(scale.width_px, 1)
    first = int(scale.left_s / spacing_s)
    count = int(scale.width_px / width) + 2
    times = [round((first + n + 0.5) * spacing_s, 3) for n in range(count)]
    return [t for t in times if t < trim.duration_s] or [0.0], spacing_s


def name_lane(trim: TrimSession) -> QRectF | None:
    """Where the name stands; None without a name."""
    return None if trim.item.lower_third is None else _below(CUES)


def focus_lane(trim: TrimSession) -> QRectF | None:
    """Where the key points of the focus stand; None without any."""
    return _below(name_lane(trim) or CUES) if trim.focus.path else None


def _below(lane: QRectF) -> QRectF:
    return QRectF(0, lane.bottom() + _LANE_GAP_PX, 0, _LANE_PX)


def height_px(trim: TrimSession) -> int:
    """How high the time line is: some lanes are there only when they hold something."""
    return round((focus_lane(trim) or name_lane(trim) or CUES).bottom()) + 4


def paint(painter: QPainter, trim: TrimSession, scale: Scale, *, focused: bool) -> None:
    """Paint all of it."""
    height = height_px(trim)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    width = scale.width_px
    painter.fillRect(QRectF(0, 0, width, height), QColor(current().surface))
    _paint_ruler(painter, scale)
    _paint_strip(painter, trim, scale)
    _paint_wave(painter, trim, scale)
    _paint_cues(painter, trim, scale)
    _paint_focus(painter, trim, scale)
    _paint_parts(painter, trim, scale)
    _paint_cover(painter, trim, scale)
    _paint_position(painter, trim, scale)
    if focused:
        painter.setPen(QPen(QColor(current().focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(1, 1, width - 2, height - 2))


def _across(lane: QRectF, width: float) -> QRectF:
    return QRectF(0, lane.top(), width, lane.height())


def _picture_width(trim: TrimSession) -> float:
    ratio = trim.info.size.width / trim.info.size.height
    return max(24.0, STRIP.height() * ratio)


def _paint_ruler(painter: QPainter, scale: Scale) -> None:
    step_s = next(
        (s for s in _STEPS_S if s / scale.span_s * scale.width_px >= _LABEL_PX), _STEPS_S[-1]
    )
    painter.setFont(font("small"))
    tokens = current()
    number = int(scale.left_s / step_s)
    while number * step_s <= scale.right_s:
        x = scale.x(number * step_s)
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.drawLine(QPointF(x, RULER.bottom() - 7), QPointF(x, RULER.bottom()))
        painter.setPen(QColor(tokens.muted))
        words = clock(number * step_s, 1 if step_s < 1 else 0)
        painter.drawText(QPointF(x + 4, RULER.bottom() - 7), words)
        number += 1


def _paint_strip(painter: QPainter, trim: TrimSession, scale: Scale) -> None:
    times, spacing_s = picture_times(trim, scale)
    width = _picture_width(trim)
    end = scale.x(trim.duration_s)
    lane = QRectF(0, STRIP.top(), min(end, scale.width_px), STRIP.height())
    painter.fillRect(lane, QColor(current().hairline))
    painter.save()
    painter.setClipRect(lane)
    for time_s in times:
        image = trim.overview.image(time_s)
        if image is not None and not image.isNull():
            left = scale.x(time_s - spacing_s / 2)
            painter.drawImage(QRectF(left, STRIP.top(), width, STRIP.height()), image)
    painter.restore()


def _paint_wave(painter: QPainter, trim: TrimSession, scale: Scale) -> None:
    tokens, sound = current(), trim.overview.sound
    lane = _across(WAVE, min(scale.x(trim.duration_s), scale.width_px))
    painter.fillRect(lane, QColor(tokens.canvas))
    if sound is None or not sound.peaks:
        return
    middle, half = lane.center().y(), lane.height() / 2 - 1
    outline = QPainterPath(QPointF(lane.left(), middle))
    lower: list[QPointF] = []
    for x in range(0, round(lane.width()), 2):
        first = int(scale.time(x) / sound.bucket_s)
        last = max(first + 1, int(scale.time(x + 2) / sound.bucket_s))
        # The eye expects loudness, which grows more slowly than the samples do.
        peak = (max(sound.peaks[first:last], default=0) / 255) ** 0.6 * half
        outline.lineTo(QPointF(x, middle - max(peak, 0.4)))
        lower.append(QPointF(x, middle + max(peak, 0.4)))
    for point in reversed(lower):
        outline.lineTo(point)
    outline.closeSubpath()
    painter.fillPath(outline, QColor(tokens.accent))


def _paint_cues(painter: QPainter, trim: TrimSession, scale: Scale) -> None:
    tokens = current()
    painter.setFont(font("small"))
    if not trim.words.cues:
        painter.setPen(QColor(tokens.muted))
        words = _("No subtitles yet") if trim.item.subtitles is None else _("Reading subtitles…")
        lane = _across(CUES, scale.width_px).adjusted(2, 0, 0, 0)
        painter.drawText(lane, Qt.AlignmentFlag.AlignVCenter, words)
    for cue in trim.words.cues:
        _paint_block(painter, scale, CUES, cue.start_s, cue.end_s, cue.text, soft=True)
    third, below = trim.item.lower_third, name_lane(trim)
    if third is not None and below is not None:
        _paint_block(painter, scale, below, third.start, third.end, third.name, soft=False)


def _paint_block(
    painter: QPainter,
    scale: Scale,
    lane: QRectF,
    start_s: float,
    end_s: float,
    text: str,
    *,
    soft: bool,
) -> None:
    if end_s < scale.left_s or start_s > scale.right_s:
        return
    tokens = current()
    left = scale.x(start_s)
    block = QRectF(left, lane.top(), max(scale.x(end_s) - left - 1, 2), lane.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.accent_soft if soft else tokens.accent))
    painter.drawRoundedRect(block, 3, 3)
    if block.width() > _LEAST_WORDS_PX:
        painter.setPen(QColor(tokens.on_soft if soft else tokens.on_accent))
        inner = block.adjusted(5, 0, -5, 0)
        words = QFontMetricsF(font("small")).elidedText(
            " ".join(text.split()), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _paint_focus(painter: QPainter, trim: TrimSession, scale: Scale) -> None:
    """The key points of the focus as lozenges on a line; the one shown now stands out."""
    lane = focus_lane(trim)
    if lane is None:
        return
    tokens, middle = current(), lane.center().y()
    painter.setPen(QPen(QColor(tokens.edge), 1.4))
    painter.drawLine(QPointF(0, middle), QPointF(scale.x(trim.duration_s), middle))
    painter.setFont(font("small"))
    words = _("Focus")
    named = QRectF(
        0, lane.top(), QFontMetricsF(font("small")).horizontalAdvance(words) + 8, _LANE_PX
    )
    if scale.x(trim.focus.path[0][0]) > named.right() + _POINT_PX:
        painter.fillRect(named, QColor(tokens.surface))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(named.adjusted(2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
    here = trim.focus.here
    for index, (time_s, _x, _y) in enumerate(trim.focus.path):
        x = scale.x(time_s)
        lozenge = QPainterPath(QPointF(x, middle - _POINT_PX))
        for dx, dy in ((_POINT_PX, 0.0), (0.0, _POINT_PX), (-_POINT_PX, 0.0)):
            lozenge.lineTo(QPointF(x + dx, middle + dy))
        lozenge.closeSubpath()
        painter.setPen(QPen(QColor(tokens.accent), 1.6))
        painter.setBrush(QColor(tokens.accent if index == here else tokens.surface))
        painter.drawPath(lozenge)


def _paint_parts(painter: QPainter, trim: TrimSession, scale: Scale) -> None:
    tokens = current()
    top, bottom = STRIP.top(), WAVE.bottom()
    shade = QColor(tokens.surface)
    shade.setAlpha(_SHADE + 40)
    edges_s = [0.0, *(t for part in trim.ranges for t in part), trim.duration_s]
    for start_s, end_s in zip(edges_s[::2], edges_s[1::2], strict=True):
        if end_s > start_s:
            left, right = scale.x(start_s), scale.x(end_s)
            painter.fillRect(QRectF(left, top, right - left, bottom - top), shade)
    for index, (start_s, end_s) in enumerate(trim.ranges):
        chosen = index == trim.chosen
        colour = QColor(tokens.accent if chosen else tokens.edge)
        left, right = scale.x(start_s), scale.x(end_s)
        box = QRectF(left, top, right - left, bottom - top)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 3 if chosen else 2))
        painter.drawRect(box)
        if len(trim.ranges) > 1 and box.width() > 26:
            _paint_number(painter, box, index + 1, colour)
        for x, side in ((left, -1), (right, 1)):
            _paint_handle(painter, x, side, box, colour)


def _paint_number(painter: QPainter, box: QRectF, number: int, colour: QColor) -> None:
    badge = QRectF(box.left() + 12, box.top() + 5, 20, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(badge, 4, 4)
    painter.setPen(QColor(current().on_accent))
    painter.setFont(font("small-strong"))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(number))


def _paint_handle(painter: QPainter, x: float, side: int, box: QRectF, colour: QColor) -> None:
    grip = QRectF(x - 9 if side > 0 else x, box.top(), 9, box.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(grip, 3, 3)
    painter.setPen(QPen(QColor(current().surface), 1.6))
    for offset in (-1.5, 1.5):
        at = grip.center().x() + offset
        painter.drawLine(QPointF(at, grip.center().y() - 7), QPointF(at, grip.center().y() + 7))


def _paint_cover(painter: QPainter, trim: TrimSession, scale: Scale) -> None:
    cover_s = trim.item.cover_s
    if cover_s is None:
        return
    x, y = scale.x(cover_s), RULER.bottom()
    flag = QPainterPath(QPointF(x, y))
    for dx, dy in ((-6, -7), (-6, -14), (6, -14), (6, -7)):
        flag.lineTo(QPointF(x + dx, y + dy))
    flag.closeSubpath()
    painter.setPen(QPen(QColor(_INK), 1))
    painter.setBrush(QColor("#E3A008"))
    painter.drawPath(flag)


def _paint_position(painter: QPainter, trim: TrimSession, scale: Scale) -> None:
    x = scale.x(trim.position_s)
    tokens = current()
    for colour, width in ((tokens.surface, 4.0), (tokens.danger, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(QPointF(x, RULER.bottom() - 6), QPointF(x, height_px(trim) - 4))
    head = QPainterPath(QPointF(x, RULER.bottom()))
    for dx, dy in ((-6, -6), (-6, -12), (6, -12), (6, -6)):
        head.lineTo(QPointF(x + dx, RULER.bottom() + dy))
    head.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.danger))
    painter.drawPath(head)
