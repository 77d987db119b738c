"""The key points of the focus: where a filled frame looks, moment by moment."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_, _
from wajo_studio.services import focus_edit
from wajo_studio.services.focus_edit import Point
from wajo_studio.services.trim_edit import Shape, crop_box

if TYPE_CHECKING:
    from ui.pages.trim.trim_session import TrimSession

CENTRE = (0.5, 0.5)
_PLACE_DIGITS = 3


class FocusTrack(QObject):
    """Edits ``focus`` and ``focus_path`` of the clip.

    Signals:
        held_changed: a point is being dragged along the time line.
    """

    held_changed = Signal()

    def __init__(self, trim: "TrimSession") -> None:
        super().__init__(trim)
        self._trim = trim
        self._held: tuple[Point, ...] | None = None

    @property
    def path(self) -> tuple[Point, ...]:
        """The key points; while one is dragged, as they would be. Empty: the focus is fixed."""
        return self._held or self._trim.item.focus_path

    @property
    def focus(self) -> tuple[float, float]:
        """The focus at the play position."""
        if self.path:
            return focus_edit.focus_at(self.path, self._trim.position_s)
        return self._trim.item.focus or CENTRE

    @property
    def here(self) -> int | None:
        """Which key point stands at the play position."""
        return focus_edit.point_at(self.path, self._trim.position_s)

    def box(self, shape: Shape) -> tuple[float, ...]:
        """Left, top, width, height of what is in sight at the play position, in 0-1."""
        if self.path:
            return focus_edit.box_at(self._trim.info, shape, self.path, self._trim.position_s)
        return crop_box(self._trim.info, shape, self.focus)

    def look_at(self, x: float, y: float) -> None:
        """Look there: at this moment where there are key points, else all the time."""
        if self.path:
            self._set_path(focus_edit.with_point(self.path, self._trim.position_s, x, y))
        else:
            focus = (round(x, _PLACE_DIGITS), round(y, _PLACE_DIGITS))
            self._trim.set_values(_("focus point"), focus=focus)

    def add_here(self) -> None:
        """One more key point at the play position, looking where the frame looks there."""
        path = focus_edit.with_point(self.path, self._trim.position_s, *self.focus)
        self._set_path(path)

    def remove_here(self) -> None:
        """Take away the key point at the play position."""
        index = self.here
        if index is not None:
            self._set_path(focus_edit.without_point(self.path, index))

    def fix(self) -> None:
        """Let the focus rest where it is now."""
        x, y = self.focus
        focus = (round(x, _PLACE_DIGITS), round(y, _PLACE_DIGITS))
        self._trim.session.draft.end_step()
        self._trim.set_values(_("focus point"), focus=focus, focus_path=())

    def go(self, by: int) -> None:
        """Go to the next key point (below 0: the one before)."""
        now_s = self._trim.position_s
        gap_s = self._trim.frame_s / 2
        times = [point[0] for point in self.path]
        ahead = [t for t in times if (t > now_s + gap_s if by > 0 else t < now_s - gap_s)]
        if ahead:
            self._trim.seek(min(ahead) if by > 0 else max(ahead))

    def hold(self, index: int, time_s: float) -> None:
        """Drag a key point along; the post changes with :meth:`let_go`."""
        self._held = focus_edit.moved_point(
            self._trim.item.focus_path, index, time_s, self._trim.duration_s
        )
        self._trim.seek(self._held[index][0])
        self.held_changed.emit()

    def let_go(self, *, keep: bool = True) -> None:
        """Take over the dragged point's time, or put it back."""
        held, self._held = self._held, None
        if held is not None and keep:
            self._set_path(held)
        self.held_changed.emit()

    def follow(self, run: Callable[..., None]) -> None:
        """Propose key points from faces and movement in what is kept.

        Args:
            run: begins long work: a title, the work, what gets its value.
        """
        from wajo_studio.services.follow import follow_subject

        trim = self._trim
        path = trim.session.draft.folder.media_path(trim.item)
        first_s, last_s = trim.ranges[0][0], trim.ranges[-1][1]

        def done(points: tuple[Point, ...]) -> None:
            if not trim.is_closed:
                self._take_proposal(points)

        run(
            _("Looking for faces and movement"),
            lambda ctx: follow_subject(path, first_s, last_s, ctx),
            done,
        )

    def _take_proposal(self, points: tuple[Point, ...]) -> None:
        if not points:
            self._trim.refused.emit(
                MediaError(
                    N_("Neither a face nor a movement was found. Set the focus by hand instead.")
                )
            )
            return
        self._trim.session.draft.end_step()
        self._trim.set_values(_("following"), reframe="fill", focus_path=points)
        self._trim.session.draft.end_step()

    def _set_path(self, path: tuple[Point, ...]) -> None:
        self._trim.session.draft.end_step()
        self._trim.set_values(_("focus points"), focus_path=path)
        self._trim.session.draft.end_step()
