"""The dialog that trims a clip: picture, time line, and everything that is set for the clip."""

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QScrollBar, QWidget

from ui.pages.compose.session import EditSession
from ui.pages.trim.framing_panel import FramingPanel
from ui.pages.trim.long_job import LongJob
from ui.pages.trim.looks_panel import CoverPanel, NamePanel
from ui.pages.trim.overview import to_image
from ui.pages.trim.parts_panel import PartsPanel
from ui.pages.trim.player_paint import Framing
from ui.pages.trim.player_view import PlayerView
from ui.pages.trim.strip_painter import StripPainter
from ui.pages.trim.subtitles_panel import SubtitlesPanel
from ui.pages.trim.timeline import Timeline
from ui.pages.trim.transport import Transport
from ui.pages.trim.trim_session import TrimSession
from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from ui.theme.type import set_role
from ui.widgets.basic import (
    ElidedLabel,
    boxed,
    button,
    column,
    icon_label,
    label,
    row,
    scrolled,
    tool,
)
from ui.widgets.choice import Choice
from ui.words import placement_name
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _, format_number
from wajo_studio.services.clip_view import ShownFrame
from wajo_studio.services.planned import ClipSource
from wajo_studio.services.trim_edit import Shape, shape_of

USUAL = QSize(1240, 690)
LEAST = QSize(960, 620)
_SIDE_PX = 368
_SCREEN_SHARE = 0.86
_BAR_STEPS = 1000


class TrimDialog(QDialog):
    """Trims one clip of the open post; every change goes into the post at once.

    Args:
        session: the open post.
        item: the clip's block.
        info: what the clip is.
    """

    def __init__(
        self, session: EditSession, item: MediaItem, info: ClipInfo, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trimDialog")
        self.setWindowTitle(_("Trim the clip"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(LEAST)
        self.resize(_size_on(self))
        self.trim = TrimSession(session, item, info, self)
        self._session = session
        self._info = info
        self._ordered: tuple[QWidget, ...] = ()
        self.player = PlayerView(self.trim)
        self.timeline = Timeline(self.trim)
        self._parts = PartsPanel(self.trim)
        self.long = LongJob(self.trim)
        self._strips = StripPainter(self.trim, self.player.show_strip)
        self._framing = FramingPanel(self.trim, self.long)
        self._cover = CoverPanel(self.trim)
        self.subtitles = SubtitlesPanel(self.trim, self.long)
        self._name = NamePanel(self.trim)
        upper = row(spacing=0)
        upper.addWidget(self.player, 1)
        upper.addWidget(self._side())
        body = column(spacing=0)
        body.addWidget(self._top_bar(item))
        body.addLayout(upper, 1)
        body.addWidget(self._notice())
        body.addWidget(self.long)
        body.addWidget(Transport(self.trim, self.timeline))
        body.addWidget(self._lower())
        self.setLayout(body)
        self._connect()
        self._refresh()
        self.player.setFocus()

    def start(self) -> None:
        """Show the dialog over its window and begin reading the clip."""
        self.open()
        self.trim.start()

    def show_as(self, placement: str, *, safe_zone: bool) -> None:
        """Show the clip in the frame of a placement, with or without its safe area."""
        self._shape.set_value(placement)
        self._zone.setChecked(safe_zone)
        self._refresh()

    def done(self, result: int) -> None:
        self.long.cancel()
        self.trim.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.long.cancel()
        self.trim.close()
        super().closeEvent(event)

    @property
    def placements(self) -> tuple[str, ...]:
        """The placements that use this clip."""
        prepared = self._session.prepared
        if prepared is None:
            return ()
        used = [c.placement for c in prepared.plan.clips if c.media_id == self.trim.media_id]
        return tuple(p for p in used if p in self._session.post.placements)

    def _top_bar(self, item: MediaItem) -> QWidget:
        words = column(spacing=1)
        words.addWidget(label(_("Trim the clip"), "head"))
        size = self._info.size
        about = _("{name} · {width} × {height} · {rate} pictures a second").format(
            name=Path(item.path).name,
            width=size.width,
            height=size.height,
            rate=format_number(float(self._info.frame_rate), 2),
        )
        words.addWidget(ElidedLabel(about, "small", "muted"))
        self._shape = Choice([])
        self._shape.setObjectName("trimPlacement")
        self._shape.setAccessibleName(_("Shown as in"))
        self._shape.setToolTip(_("The placement whose frame is shown"))
        self._shape.setFixedWidth(210)
        self._shape.chosen.connect(lambda _key: self._refresh())
        self._zone = set_role(QCheckBox(_("Safe area")), "body")
        self._zone.setObjectName("trimSafeZone")
        self._zone.setToolTip(_("Shows what the network's buttons may cover"))
        self._zone.toggled.connect(lambda _on: self._refresh())
        self._undo = tool("undo", _("Undo"), self._session.undo)
        self._redo = tool("redo", _("Redo"), self._session.redo)
        done = button(_("Done"), self.accept, kind="primary")
        done.setObjectName("trimDone")
        line = row(spacing=SPACE_S, margins=(SPACE_L, 8, SPACE_L, 8))
        line.addLayout(words, 1)
        line.addWidget(self._shape)
        line.addWidget(self._zone)
        line.addSpacing(SPACE_S)
        line.addWidget(self._undo)
        line.addWidget(self._redo)
        line.addSpacing(SPACE_S)
        line.addWidget(done)
        return boxed(line, "topBar")

    def _side(self) -> QWidget:
        body = column(spacing=SPACE_S, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_L))
        panels = (
            ("", self._parts),
            (_("Framing"), self._framing),
            (_("Cover picture"), self._cover),
            (_("Subtitles"), self.subtitles),
            (_("Name on screen"), self._name),
        )
        for title, panel in panels:
            if title:
                body.addSpacing(SPACE_S)
                body.addWidget(label(title, "body-strong"))
            body.addWidget(panel)
        body.addStretch(1)
        outer = column(spacing=0)
        outer.addWidget(scrolled(boxed(body, "paneBody")))
        side = boxed(outer, "pane")
        side.setFixedWidth(_SIDE_PX)
        return side

    def _notice(self) -> QWidget:
        self._problem = label("", "body", "danger", wrap=True)
        self._problem.setObjectName("trimProblem")
        line = row(spacing=SPACE_S, margins=(SPACE_L, 6, SPACE_S, 6))
        line.addWidget(icon_label("block", "danger"))
        line.addWidget(self._problem, 1)
        line.addWidget(tool("cross", _("Close the message"), lambda: self._banner.hide()))
        self._banner = boxed(line, "banner", frame=True)
        self._banner.hide()
        return self._banner

    def _lower(self) -> QWidget:
        self._bar = QScrollBar(Qt.Orientation.Horizontal)
        self._bar.setAccessibleName(_("Stretch of the clip in sight"))
        self._bar.setMaximum(0)
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(policy)
        self._bar.hide()
        self._bar.valueChanged.connect(self._scrolled)
        body = column(spacing=2, margins=(SPACE_L, 0, SPACE_L, SPACE_S))
        body.addWidget(self.timeline)
        body.addWidget(self._bar)
        return boxed(body)

    def _connect(self) -> None:
        trim = self.trim
        trim.frame_shown.connect(self._show_frame)
        trim.edited.connect(self._refresh)
        trim.dragged.connect(self._refresh_parts)
        trim.moved.connect(lambda _time_s: self.player.update())
        trim.words.changed.connect(self.player.update)
        trim.refused.connect(self._show_problem)
        trim.gone.connect(self.reject)
        self._session.drawn.connect(self._on_drawn)
        trim.focus.held_changed.connect(self.player.update)
        self.player.focus_moved.connect(trim.focus.look_at)
        self.timeline.view_changed.connect(self._show_bar)
        for keys, action in (
            (QKeySequence.StandardKey.Undo, self._session.undo),
            (QKeySequence.StandardKey.Redo, self._session.redo),
            (QKeySequence("Ctrl+Shift+Z"), self._session.redo),
            (QKeySequence("Ctrl+Return"), self.accept),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _refresh(self) -> None:
        self._banner.hide()
        draft = self._session.draft
        for knob, name, text in (
            (self._undo, draft.undo_name, _("Undo: {step} (Ctrl+Z)")),
            (self._redo, draft.redo_name, _("Redo: {step} (Ctrl+Y)")),
        ):
            knob.setEnabled(name is not None)
            if name is not None:
                knob.setToolTip(text.format(step=name))
        shown = self.placements or tuple(
            key for key, spec in self._session.studio.specs.items() if spec.video is not None
        )
        self._shape.set_entries([(key, placement_name(key)) for key in shown])
        if self._shape.value() is None:
            self._shape.set_value(shown[0])
        self._refresh_parts()
        framing = self._framing_now()
        self.player.show_framing(framing)
        self._strips.want(framing.shape if framing.named else None)
        self._framing.refresh(framing.mode)
        self._cover.refresh()
        self.subtitles.refresh()
        self._name.refresh()
        self._zone.setEnabled(not framing.shape.safe_zone.is_empty)

    def _refresh_parts(self) -> None:
        self._parts.refresh(self.placements)
        controls = self._parts.controls
        if controls != self._ordered:  # new rows stand at the end of the tab order
            self._ordered = controls
            chain = (self.player, *controls, self._framing.mode)
            for before, behind in pairwise(chain):
                QWidget.setTabOrder(before, behind)

    def _framing_now(self) -> Framing:
        placement = str(self._shape.value())
        item, spec = self.trim.item, self._session.studio.specs[placement]
        shape: Shape = shape_of(self._session.post, spec, self._info)
        planned = self._planned(placement)
        mode = item.reframe or (planned.reframe if planned else "fit-blur")
        takes_file = spec.video is not None and spec.video.subtitle_files
        burned = item.subtitles_mode in ("burn", "both") or not takes_file
        return Framing(
            shape,
            mode,
            self._session.studio.brand.palette.primary,
            self._zone.isChecked(),
            burned,
            named=planned is None or planned.lower_third,
        )

    def _planned(self, placement: str) -> ClipSource | None:
        prepared = self._session.prepared
        for planned in prepared.plan.files if prepared else ():
            if planned.placement == placement and isinstance(planned.source, ClipSource):
                return planned.source
        return None

    def _show_frame(self, frame: ShownFrame) -> None:
        self.player.show_frame(to_image(frame.picture))

    def _show_problem(self, error: WajoError) -> None:
        self._problem.setText(str(error))
        self._problem.setAccessibleName(str(error))
        self._banner.show()

    def _on_drawn(self) -> None:
        if not self._banner.isVisible() and not self.trim.is_closed:
            self._refresh()

    def _show_bar(self) -> None:
        timeline, whole_s = self.timeline, self.trim.duration_s
        hidden_s = whole_s - timeline.span_s
        self._bar.blockSignals(True)
        self._bar.setMaximum(round(hidden_s / whole_s * _BAR_STEPS))
        self._bar.setPageStep(max(1, round(timeline.span_s / whole_s * _BAR_STEPS)))
        self._bar.setValue(round(timeline.left_s / whole_s * _BAR_STEPS))
        self._bar.blockSignals(False)
        self._bar.setVisible(hidden_s > 0)

    def _scrolled(self, value: int) -> None:
        self.timeline.look_at(value / _BAR_STEPS * self.trim.duration_s)


def _size_on(dialog: QWidget) -> QSize:
    """A size that fits the screen with its task bar."""
    screen = dialog.screen() or QGuiApplication.primaryScreen()
    room = screen.availableSize()
    wished = QSize(round(room.width() * _SCREEN_SHARE), round(room.height() * _SCREEN_SHARE))
    return wished.expandedTo(USUAL).boundedTo(room - QSize(24, 56)).expandedTo(LEAST)
