"""The time line: ruler, film strip, sound, subtitles, the kept parts and the play position."""

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pages.trim import keys, timeline_paint
from ui.pages.trim.timeline_paint import RULER, WAVE, Scale
from ui.pages.trim.trim_session import TrimSession
from wajo_studio.i18n import _
from wajo_studio.services.trim_edit import Edge, clock

_GRAB_PX = 9
_ZOOM = 1.6
_LEAST_SPAN_S = 2.0
_LEAD = 0.1


class Timeline(QWidget):
    """Shows the clip along its length; starts and ends are dragged, clicks move playback.

    Signals:
        view_changed: another stretch of the clip is in sight.
    """

    view_changed = Signal()

    def __init__(self, trim: TrimSession) -> None:
        super().__init__()
        self._trim = trim
        self.left_s, self.span_s = 0.0, trim.duration_s
        self._drag: tuple[int, Edge] | Literal["play"] | None = None
        self._point: int | None = None
        self._off_px = 0.0
        self.setObjectName("timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(timeline_paint.height_px(trim))
        self.setMouseTracking(True)
        self.setAccessibleName(_("Time line"))
        trim.overview.changed.connect(self.update)
        trim.moved.connect(self._on_moved)
        trim.edited.connect(self._refresh)
        trim.dragged.connect(self._refresh)
        trim.words.changed.connect(self._refresh)
        trim.focus.held_changed.connect(self._refresh)
        self._describe()

    @property
    def scale(self) -> Scale:
        """Where times lie in the widget."""
        return Scale(self.left_s, self.span_s, self.width())

    def zoom(self, factor: float, at_s: float | None = None) -> None:
        """Show more (above 1) or less detail around a moment."""
        middle_s = self._trim.position_s if at_s is None else at_s
        whole_s = self._trim.duration_s
        least_s = min(_LEAST_SPAN_S, whole_s)
        share = (middle_s - self.left_s) / self.span_s
        self.span_s = min(max(self.span_s / factor, least_s), whole_s)
        share = share if 0 <= share <= 1 else 0.5
        self.look_at(middle_s - share * self.span_s)

    def look_at(self, left_s: float) -> None:
        """Bring a stretch of the clip into sight."""
        self.left_s = min(max(left_s, 0.0), self._trim.duration_s - self.span_s)
        self._ask_pictures()
        self.view_changed.emit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(700, self.height())

    def event(self, event: QEvent) -> bool:
        if keys.takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_ZOOM)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM)
        elif event.key() == Qt.Key.Key_Escape and isinstance(self._drag, tuple):
            self._drag = None
            self._trim.let_go(keep=False)
        elif event.key() == Qt.Key.Key_Escape and self._point is not None:
            self._point = None
            self._trim.focus.let_go(keep=False)
        elif not keys.press(self._trim, event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            at_s = self.scale.time(event.position().x())
            self.zoom(_ZOOM if turn > 0 else 1 / _ZOOM, at_s)
        else:
            self.look_at(self.left_s - turn / 120 * self.span_s * _LEAD)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._trim.pause()
        self._point = self._point_at(event.position())
        if self._point is not None:
            time_s = self._trim.focus.path[self._point][0]
            self._off_px = event.position().x() - self.scale.x(time_s)
            self._trim.seek(time_s)
            return
        edge = self._edge_at(event.position())
        if edge is not None:
            self._drag = edge
            index, which = edge
            place = self.scale.x(self._trim.ranges[index][0 if which == "start" else 1])
            self._off_px = event.position().x() - place
            self._trim.choose(index)
            return
        self._drag = "play"
        time_s = self.scale.time(event.position().x())
        inside = [i for i, (a, b) in enumerate(self._trim.ranges) if a <= time_s < b]
        if inside:
            self._trim.choose(inside[0])
        self._trim.seek(time_s)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._point is not None:
            at_s = self.scale.time(event.position().x() - self._off_px)
            self._trim.focus.hold(self._point, at_s)
        elif self._drag is None:
            at = event.position()
            over = self._edge_at(at) is not None or self._point_at(at) is not None
            self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)
        elif self._drag == "play":
            self._trim.seek(self.scale.time(event.position().x()))
        else:
            self._trim.hold(*self._drag, self.scale.time(event.position().x() - self._off_px))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._point is not None:
            self._point = None
            self._trim.focus.let_go()
        was, self._drag = self._drag, None
        if isinstance(was, tuple):
            self._trim.let_go()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ask_pictures()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        timeline_paint.paint(painter, self._trim, self.scale, focused=self.hasFocus())
        painter.end()

    def _edge_at(self, at: QPointF) -> tuple[int, Edge] | None:
        """The start or end under the mouse; the chosen part's first."""
        if not RULER.bottom() <= at.y() <= WAVE.bottom():
            return None
        found: list[tuple[float, bool, int, Edge]] = []
        for index, (start_s, end_s) in enumerate(self._trim.ranges):
            for edge, time_s in (("start", start_s), ("end", end_s)):
                distance = abs(self.scale.x(time_s) - at.x())
                if distance <= _GRAB_PX:
                    found.append(
                        (
                            distance,
                            index != self._trim.chosen,
                            index,
                            "start" if edge == "start" else "end",
                        )
                    )
        if not found:
            return None
        _distance, _other, index, which = min(found, key=lambda f: (f[1], f[0]))
        return index, which

    def _point_at(self, at: QPointF) -> int | None:
        """The key point of the focus under the mouse."""
        lane = timeline_paint.focus_lane(self._trim)
        if lane is None or not lane.top() <= at.y() <= lane.bottom():
            return None
        near = [
            (abs(self.scale.x(point[0]) - at.x()), index)
            for index, point in enumerate(self._trim.focus.path)
        ]
        distance_px, index = min(near)
        return index if distance_px <= _GRAB_PX else None

    def _ask_pictures(self) -> None:
        times, spacing_s = timeline_paint.picture_times(self._trim, self.scale)
        self._trim.overview.want(times, spacing_s)

    def _on_moved(self, time_s: float) -> None:
        if self._drag is None and not self.left_s <= time_s <= self.left_s + self.span_s:
            self.look_at(time_s - self.span_s * _LEAD)
        self._refresh()

    def _refresh(self) -> None:
        self._describe()
        self.setFixedHeight(timeline_paint.height_px(self._trim))
        self.update()

    def _describe(self) -> None:
        trim = self._trim
        start_s, end_s = trim.ranges[min(trim.chosen, len(trim.ranges) - 1)]
        self.setAccessibleDescription(
            _("Position {now} of {whole}; part {number} from {start} to {end}.").format(
                now=clock(trim.position_s),
                whole=clock(trim.duration_s),
                number=trim.chosen + 1,
                start=clock(start_s),
                end=clock(end_s),
            )
        )
