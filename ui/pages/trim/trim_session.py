"""The clip being trimmed: where playback stands, what is kept, and what changes the post."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.jobs import Newest
from ui.pages.compose.session import EditSession
from ui.pages.trim.cue_track import CueTrack
from ui.pages.trim.focus_track import FocusTrack
from ui.pages.trim.overview import Overview
from ui.pages.trim.playback import Playback
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _
from wajo_studio.progress import JobContext
from wajo_studio.services import trim_edit
from wajo_studio.services.clip_view import (
    ClipView,
    ShownFrame,
    frame_of,
)
from wajo_studio.services.trim_edit import Edge, Range

FRAME_SIDE_PX = 960
NEW_PART_S = 3.0


class TrimSession(QObject):
    """What the widgets of the dialog talk to.

    Attributes:
        focus: where a filled frame looks, moment by moment.
        words: the subtitles.

    Signals:
        moved: the play position is another one.
        frame_shown: a picture of the clip arrived.
        edited: the post's values for this clip, or the chosen part, are others now.
        dragged: the ranges shown differ from the post's while a handle is held.
        refused: a value was not possible, or a file cannot be read.
        gone: the clip is no longer in the post.
    """

    moved = Signal(float)
    frame_shown = Signal(object)
    edited = Signal()
    dragged = Signal()
    refused = Signal(object)
    gone = Signal()

    def __init__(
        self, session: EditSession, item: MediaItem, info: ClipInfo, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.media_id = item.id
        self._item = item
        self.info = info
        self.duration_s = max(info.duration_s, 0.001)
        self.frame_s = 1 / float(info.frame_rate)
        self.position_s = 0.0
        self.chosen = 0
        path = session.draft.folder.media_path(item)
        self._view = ClipView(path, info)
        self.overview = Overview(self._view, session.jobs, self)
        self.playback = Playback(path, info, self)
        self.playback.moved.connect(self._on_played)
        self.focus = FocusTrack(self)
        self.words = CueTrack(self)
        self._frames = Newest(session.jobs, "frame", interrupt=False)
        self._held: tuple[Range, ...] | None = None
        self._step: tuple[float, int] | None = None
        self._closed = False
        session.post_changed.connect(self._on_post_changed)
        self.position_s = self._first_s()

    @property
    def item(self) -> MediaItem:
        """The clip's block of the post as it is now; as it was last when it was taken out."""
        self._item = self.session.post.media_by_id(self.media_id) or self._item
        return self._item

    @property
    def is_closed(self) -> bool:
        """Whether the dialog was closed."""
        return self._closed

    @property
    def ranges(self) -> tuple[Range, ...]:
        """What is kept, in seconds; while a handle is held, as it would be."""
        return self._held or trim_edit.ranges_of(self.item, self.duration_s)

    @property
    def is_kept(self) -> bool:
        """Whether the picture at the play position is kept."""
        at_s = self.position_s + 0.001
        return any(start <= at_s < end for start, end in self.ranges)

    @property
    def is_playing(self) -> bool:
        """Whether the clip plays."""
        return self.playback.is_playing

    @property
    def is_settled(self) -> bool:
        """Whether everything that is in sight was read."""
        return self.overview.is_complete and not self._frames.is_busy

    def start(self) -> None:
        """Show the first picture and the subtitles."""
        self.seek(self.position_s)
        self.words.refresh()

    def close(self) -> None:
        """Stop everything and let go of the files; the post stays as it is."""
        if self._closed:
            return
        self._closed = True
        self.session.post_changed.disconnect(self._on_post_changed)
        self.playback.stop()
        self.overview.close()
        self._frames.drop()
        self.words.close()
        view = self._view
        self.session.jobs.submit("frame", lambda _ctx: view.close_frames())
        self.session.draft.end_step()

    def seek(self, time_s: float) -> None:
        """Go to a moment and show its picture."""
        last_s = max(self.duration_s - self.frame_s, 0.0)
        self.position_s = min(max(frame_of(time_s, self.info), 0.0), last_s)
        self._step = None
        self.moved.emit(self.position_s)
        position_s, view = self.position_s, self._view

        def work(ctx: JobContext) -> ShownFrame:
            return view.frame_at(position_s, FRAME_SIDE_PX, ctx)

        self._frames.ask(work, self._on_frame, self.tell_unreadable)

    def step(self, count: int) -> None:
        """Go on (below 0: back) by single pictures."""
        self.pause()
        if not self.info.variable_frame_rate:
            self.seek(self.position_s + count * self.frame_s)
            return
        start_s, so_far = self._step or (self.position_s, 0)
        self._step = (start_s, so_far + count)
        asked, view = self._step, self._view

        def arrived(frame: ShownFrame) -> None:
            if self._step is None or self._closed:
                return
            if self._step == asked:
                self._step = None
            self.position_s = frame.time_s
            self.moved.emit(frame.time_s)
            self._on_frame(frame)

        def work(ctx: JobContext) -> ShownFrame:
            return view.frame_step(*asked, FRAME_SIDE_PX, ctx)

        self._frames.ask(work, arrived, self.tell_unreadable)

    def skip(self, seconds: float) -> None:
        """Go on (below 0: back) by seconds."""
        self.pause()
        self.seek(self.position_s + seconds)

    def play(self, speed: float = 1.0) -> None:
        """Play from here, from the beginning when at the end; below 0 runs backwards."""
        at_end = self.position_s >= self.duration_s - 2 * self.frame_s
        if speed > 0 and at_end:
            self.seek(self._first_s())
        self.playback.start(self.position_s, speed)

    def pause(self) -> None:
        """Stop playing here."""
        if self.playback.is_playing:
            self.playback.stop()
            self.seek(self.position_s)

    def toggle(self) -> None:
        """Play or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def choose(self, index: int) -> None:
        """Choose the part that I, O and Delete act on."""
        if index != self.chosen and 0 <= index < len(self.ranges):
            self.chosen = index
            self.edited.emit()

    def hold(self, index: int, edge: Edge, time_s: float) -> None:
        """Move a start or an end along with the mouse; the post changes with :meth:`let_go`."""
        self._held = self._with_edge(index, edge, time_s)
        self.chosen = index
        moved_s = self._held[index][0 if edge == "start" else 1]
        self.seek(moved_s - (0 if edge == "start" else self.frame_s))
        self.dragged.emit()

    def let_go(self, *, keep: bool = True) -> None:
        """Take over the ranges held, or go back to the post's."""
        held, self._held = self._held, None
        if held is not None and keep:
            self._set_ranges(held, _("trimming"))
        else:
            self.edited.emit()

    def set_edge(self, index: int, edge: Edge, time_s: float) -> None:
        """Set one start or end."""
        self._set_ranges(self._with_edge(index, edge, time_s), _("trimming"))

    def mark(self, edge: Edge) -> None:
        """Let the chosen part start at the picture shown, or end behind it."""
        at_s = self.position_s + (0 if edge == "start" else self.frame_s)
        ranges, self.chosen = trim_edit.marked(
            self.ranges, self.chosen, edge, at_s, least_s=self.frame_s, whole_s=self.duration_s
        )
        self._set_ranges(ranges, _("trimming"))

    def add_part(self) -> None:
        """Keep one more part here, or split the part here in two."""
        try:
            ranges, chosen = trim_edit.added(
                self.ranges, self.position_s, NEW_PART_S, self.duration_s
            )
        except WajoError as error:
            self.refused.emit(error)
            return
        self.chosen = chosen
        self._set_ranges(ranges, _("adding a part"))

    def remove_part(self, index: int) -> None:
        """Cut one part off; the last one stays."""
        ranges = trim_edit.removed(self.ranges, index)
        self.chosen = min(self.chosen, len(ranges) - 1)
        self._set_ranges(ranges, _("removing a part"))

    def set_values(self, name: str, **values: Any) -> None:
        """Set values of the clip as one change that can be undone."""
        try:
            self.session.set_media(self.media_id, name, **values)
        except WajoError as error:
            self.edited.emit()
            self.refused.emit(error)

    def _first_s(self) -> float:
        return self.ranges[0][0]

    def _with_edge(self, index: int, edge: Edge, time_s: float) -> tuple[Range, ...]:
        at_s = self.duration_s if time_s >= self.duration_s else frame_of(time_s, self.info)
        return trim_edit.with_edge(
            trim_edit.ranges_of(self.item, self.duration_s),
            index,
            edge,
            at_s,
            least_s=self.frame_s,
            whole_s=self.duration_s,
        )

    def _set_ranges(self, ranges: tuple[Range, ...], name: str) -> None:
        self.session.draft.end_step()
        self.set_values(name, **trim_edit.values_of(ranges, self.duration_s))
        self.session.draft.end_step()
        self.edited.emit()

    def _on_frame(self, frame: ShownFrame) -> None:
        if not self._closed:
            self.frame_shown.emit(frame)
            self.overview.begin()

    def tell_unreadable(self, error: WajoError) -> None:
        """Say that a file cannot be read; playing makes no sense then."""
        if not self._closed:
            self.playback.stop()
            self.refused.emit(error)

    def _on_played(self, time_s: float) -> None:
        if time_s < 0 or time_s >= self.duration_s - self.frame_s:
            self.playback.stop()
        self.seek(time_s)

    def _on_post_changed(self, _origin: str) -> None:
        if self.session.post.media_by_id(self.media_id) is None:
            self.gone.emit()
            return
        self.chosen = min(self.chosen, len(self.ranges) - 1)
        self.words.refresh()
        self.edited.emit()
