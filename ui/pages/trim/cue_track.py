"""The subtitles of the clip being trimmed: read, shown, chosen, written anew."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.jobs import Handle
from wajo_studio.i18n import _
from wajo_studio.progress import JobContext
from wajo_studio.services.clip_view import CueView, read_cues, refuse_bad_subtitles
from wajo_studio.services.speech import write_cues

if TYPE_CHECKING:
    from ui.pages.trim.trim_session import TrimSession
    from wajo_studio.video.subtitles import Cue

_ALMOST_S = 0.001


class CueTrack(QObject):
    """Reads the subtitle file that the post names, and has the post name another one.

    Attributes:
        cues: the subtitles in the clip's own time.

    Signals:
        changed: the subtitles are others now.
    """

    changed = Signal()

    def __init__(self, trim: "TrimSession") -> None:
        super().__init__(trim)
        self._trim = trim
        self.cues: tuple[CueView, ...] = ()
        self._read: str | None = None
        self._handles: list[Handle] = []

    def at(self, time_s: float) -> CueView | None:
        """The subtitle on screen at a moment."""
        return next((c for c in self.cues if c.start_s <= time_s + _ALMOST_S < c.end_s), None)

    def refresh(self) -> None:
        """Read the file if the post names another one than before."""
        item = self._trim.item
        if item.subtitles == self._read:
            return
        self._read = item.subtitles
        path = self._trim.session.draft.folder.subtitles_path(item)
        if path is None:
            self._show(())
        else:
            self._submit(lambda _ctx: read_cues(path), self._show)

    def choose_file(self, file: Path) -> None:
        """Copy a subtitle file into the post and use it."""
        draft = self._trim.session.draft
        self._submit(lambda _ctx: draft.copy_files([file], refuse_bad_subtitles)[0], self.use)

    def save(self, cues: "tuple[Cue, ...]") -> None:
        """Write subtitles into the post as a new file and use it."""
        self._submit(lambda _ctx: self.write(cues), self.use)

    def write(self, cues: "tuple[Cue, ...]") -> Path:
        """Write subtitles into a new file of the post; may run in any thread.

        Raises:
            DiskError: the post's folder cannot be written.
        """
        stem = Path(self._trim.item.path).stem
        target = self._trim.session.draft.free_media_path(f"{stem}.srt")
        write_cues(cues, target)
        return target

    def use(self, file: Path) -> None:
        """Let a subtitle file of the post be the clip's."""
        draft = self._trim.session.draft
        draft.end_step()
        path = file.relative_to(draft.root).as_posix()
        self._trim.set_values(_("subtitles"), subtitles=path)

    def close(self) -> None:
        """Stop what is being read or written."""
        for handle in self._handles:
            handle.cancel()

    def _show(self, cues: tuple[CueView, ...]) -> None:
        self.cues = cues
        self.changed.emit()

    def _submit(self, work: Callable[[JobContext], Any], then: Callable[[Any], object]) -> None:
        trim = self._trim

        def done(value: Any) -> None:
            if not trim.is_closed:
                then(value)

        handle = trim.session.jobs.submit(
            "disk", work, on_done=done, on_failed=trim.tell_unreadable
        )
        self._handles = [*self._handles[-3:], handle]
