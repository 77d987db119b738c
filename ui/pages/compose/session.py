"""The open post in the window: keeps the draft, and has it saved, drawn and checked."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.jobs import Handle, JobRunner, Newest
from wajo_studio.domain.post import Post
from wajo_studio.errors import MediaError, WajoError
from wajo_studio.i18n import _
from wajo_studio.progress import JobContext
from wajo_studio.services.attest import Signer, confirm, withdraw
from wajo_studio.services.checking import Composition, compose, judge
from wajo_studio.services.draft import Draft
from wajo_studio.services.export import Exported, export_post
from wajo_studio.services.job_list import ExportJob, on_the_list
from wajo_studio.services.person import Person, load_person, save_person
from wajo_studio.services.prepare import Prepared, prepare
from wajo_studio.services.preview import Picture, Preview
from wajo_studio.services.studio import Studio

SAVE_AFTER_MS = 1_000
CHECK_AFTER_MS = 500
STEP_ENDS_AFTER_MS = 1_500

_log = logging.getLogger(__name__)


class EditSession(QObject):
    """What the compose page talks to.

    Signals:
        post_changed: the post is another one now; carries the id of what changed, such as
            ``fields.judul``, ``undo`` or ``media``.
        drawn: the post was prepared, and the shown placement drawn; picture may be None.
        checked: everything was rendered and judged.
        check_began: a check waits or runs; what is shown is of an earlier state.
        looking: how far looking at pictures and clips is, and what is being looked at.
        saved: post.toml was written, at this time.
        unusable: the post as it is cannot be prepared.
    """

    post_changed = Signal(str)
    drawn = Signal(object, object)
    checked = Signal(object)
    check_began = Signal()
    looking = Signal(float, str)
    saved = Signal(object)
    save_failed = Signal(object)
    unusable = Signal(object)

    def __init__(
        self, studio: Studio, draft: Draft, jobs: JobRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.studio = studio
        self.draft = draft
        self.jobs = jobs
        self.person = load_person()
        self.prepared: Prepared | None = None
        self.composition: Composition | None = None
        self.shown: tuple[str, int] = (draft.post.placements[0], 0)
        self._preview = Preview()
        self._draw = Newest(jobs, "artwork", interrupt=False)
        self._check = Newest(jobs, "check", interrupt=True)
        self._look = Newest(jobs, "look", interrupt=False)
        self._saving = False
        self._after_save: list[Callable[[], object]] = []
        self._save_timer = self._timer(SAVE_AFTER_MS, self.save)
        self._check_timer = self._timer(CHECK_AFTER_MS, self._start_check)
        self._step_timer = self._timer(STEP_ENDS_AFTER_MS, draft.end_step)

    @property
    def post(self) -> Post:
        """The post as it is now."""
        return self.draft.post

    @property
    def signer(self) -> Signer:
        """Who signs statements at this PC, unless another name is given."""
        return Signer(self.person.name, self.person.role)

    def remember(self, signer: Signer) -> None:
        """Offer this name and role the next time."""
        self._keep(replace(self.person, name=signer.name, role=signer.role, named=True))

    def remember_agency(self, agency: str) -> None:
        """Begin the next post with this agency."""
        self._keep(replace(self.person, agency=agency))

    def _keep(self, person: Person) -> None:
        self.person = person
        try:
            save_person(person)
        except WajoError as error:
            _log.warning("the person could not be remembered: %s", error)

    @property
    def is_checking(self) -> bool:
        """Whether the findings shown belong to an earlier state of the post."""
        return self._check.is_busy or self._check_timer.isActive()

    def start(self) -> None:
        """Draw and check the post as it was opened."""
        self._redraw()
        self._start_check()

    def check_again(self) -> None:
        """Judge the post anew: what it is judged by has changed."""
        self.person = load_person()
        self._check.drop()
        self._start_check()

    def change(self, origin: str, action: Callable[[Draft], object]) -> None:
        """Change the post.

        Args:
            origin: id of what is changed.
            action: changes the draft.

        Raises:
            InputError: the value is not possible; nothing changed.
        """
        before = self.draft.post
        action(self.draft)
        if self.draft.post is not before:
            self._step_timer.start()
            self._changed(origin)

    def set_field(self, field_id: str, label: str, value: Any) -> None:
        """Set a field of the template; None removes it."""
        name = _("change to {field}").format(field=label)
        self.change(f"fields.{field_id}", lambda draft: draft.set_field(name, field_id, value))

    def set_caption(self, key: str, label: str, text: str | None) -> None:
        """Set the text of a network or placement; None brings the template's draft back."""
        captions = {**self.post.captions, key: text}
        kept = {k: v for k, v in captions.items() if v is not None}
        name = _("change to {field}").format(field=label)
        self.change(f"captions.{key}", lambda draft: draft.change(name, captions=kept))

    def set_option(self, scope: str, key: str, label: str, value: Any) -> None:
        """Set an option of a network; None removes it."""
        options = {name: dict(values) for name, values in self.post.options.items()}
        own = options.setdefault(scope, {})
        own[key] = value
        if value is None:
            del own[key]
        kept = {name: values for name, values in options.items() if values}
        step = _("change to {field}").format(field=label)
        self.change(f"options.{scope}.{key}", lambda draft: draft.change(step, options=kept))

    def set_media(self, media_id: str, label: str, **values: Any) -> None:
        """Set values of one media item."""
        name = _("change to {field}").format(field=label)
        self.change("media", lambda draft: draft.change_media(name, media_id, **values))

    def add_files(
        self,
        files: Sequence[Path],
        on_added: Callable[[list[str], list[WajoError]], object],
        clean_up: Callable[[], object] | None = None,
    ) -> Handle:
        """Copy files into the post in the background and list them.

        ``on_added`` gets the ids of what was added, and why each other file was refused.
        """

        def copied(result: tuple[list[Path], list[WajoError]]) -> None:
            copies, refused = result
            added: list[str] = []
            if not copies:
                on_added(added, refused)
                return
            name = _("adding media")
            self.draft.end_step()
            self.change("media", lambda draft: added.extend(draft.list_media(name, copies)))
            self.draft.end_step()
            on_added(added, refused)

        def work(ctx: JobContext) -> tuple[list[Path], list[WajoError]]:
            good: list[Path] = []
            refused: list[WajoError] = []
            try:
                for file in files:
                    ctx.check()
                    try:
                        self.studio.inspector.inspect(file)
                        good.append(file)
                    except MediaError as error:
                        refused.append(error)
                return self.draft.copy_files(good, lambda _file: None), refused
            finally:
                if clean_up is not None:
                    clean_up()

        return self.jobs.submit("media", work, on_done=copied)

    def attest(self, rule: str, title: str, *, given: bool) -> None:
        """Tick a statement or take it back."""
        name = _("statement “{title}”").format(title=title)
        if not given:
            self.change("attestations", lambda draft: withdraw(draft, name, rule))
        elif self.prepared is not None:
            known = self.prepared
            self.change(
                "attestations",
                lambda draft: confirm(self.studio, draft, known, name, rule, self.signer),
            )
        self.draft.end_step()

    def undo(self) -> None:
        """Take back the last change."""
        self._stepped(self.draft.undo)

    def redo(self) -> None:
        """Bring back the change taken back last."""
        self._stepped(self.draft.redo)

    def show(self, placement: str, number: int) -> None:
        """Choose what the preview shows."""
        self.shown = (placement, number)
        self._redraw()

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Write post.toml in the background now; ``then`` is called when it holds everything."""
        self._save_timer.stop()
        if then is not None:
            self._after_save.append(then)
        if self._saving:
            return
        self._saving = True
        self.jobs.submit(
            "disk",
            lambda _ctx: self.draft.save(),
            on_done=lambda _none: self._on_saved(),
            on_failed=self._on_save_failed,
            on_cancelled=lambda: self._on_save_failed(None),
        )

    def save_now(self) -> None:
        """Write post.toml before returning; for closing the window.

        Raises:
            DiskError: it cannot be written.
        """
        self._save_timer.stop()
        self.draft.save()

    def export(
        self,
        target: Path,
        wanted: Sequence[str],
        *,
        on_done: Callable[[Exported], object],
        on_failed: Callable[[WajoError], object],
        on_cancelled: Callable[[], None],
        on_progress: Callable[[float, str], None],
    ) -> Handle:
        """Export the post as it was saved last."""
        job = ExportJob(self.draft.root, self.post.name, target, tuple(wanted))

        def work(ctx: JobContext) -> Exported:
            with on_the_list(job):
                return export_post(self.studio, job.post, target, ctx, wanted=wanted)

        return self.jobs.submit(
            "export",
            work,
            on_done=on_done,
            on_failed=on_failed,
            on_cancelled=on_cancelled,
            on_progress=on_progress,
        )

    def stop(self) -> None:
        """End the timers and what runs for the display; nothing unsaved is lost by it."""
        for timer in (self._save_timer, self._check_timer, self._step_timer):
            timer.stop()
        self._draw.drop()
        self._check.drop()
        self._look.drop()

    def _timer(self, after_ms: int, action: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(lambda: action())
        return timer

    def _stepped(self, step: Callable[[], None]) -> None:
        before = self.draft.post
        step()
        if self.draft.post is not before:
            self.draft.end_step()
            self._changed("undo")

    def _changed(self, origin: str) -> None:
        if self.shown[0] not in self.post.placements:
            self.shown = (self.post.placements[0], 0)
        if not self._save_timer.isActive():
            self._save_timer.start()  # not later than a second after the first unsaved change
        self.post_changed.emit(origin)
        self._check.drop()  # it would judge what is no more, and take time from the preview
        self._redraw()
        self._check_timer.start()
        self.check_began.emit()

    def _redraw(self) -> None:
        folder, shown, studio, preview = self.draft.folder, self.shown, self.studio, self._preview

        def work(ctx: JobContext) -> tuple[Prepared, Picture | None]:
            prepared = prepare(studio, folder, (), ctx)
            return prepared, preview.draw(prepared, *shown)

        self._draw.ask(work, self._on_drawn, self.unusable.emit)

    def _on_drawn(self, result: tuple[Prepared, Picture | None]) -> None:
        self.prepared, picture = result
        self.drawn.emit(self.prepared, picture)

    def _start_check(self) -> None:
        folder, studio = self.draft.folder, self.studio
        self.check_began.emit()

        def work(ctx: JobContext) -> Composition:
            return compose(studio, prepare(studio, folder, (), ctx), ctx, looking=False)

        self._check.ask(work, self._on_checked, self.unusable.emit)

    def _on_checked(self, composition: Composition) -> None:
        if composition.prepared.post is self.draft.post:
            self.composition = composition
            self.checked.emit(composition)
            if composition.looks.pending:
                self._start_looking(composition)

    def _start_looking(self, drawn: Composition) -> None:
        """Look at the pictures and clips that nobody has looked at yet, and judge again.

        A change of the post does not stop it: what was seen in a file holds for every version.
        """
        studio = self.studio

        def work(ctx: JobContext) -> Composition:
            return judge(studio, drawn.prepared, drawn.images, ctx)

        self._look.ask(work, self._on_looked, on_progress=self.looking.emit)

    def _on_looked(self, composition: Composition) -> None:
        if composition.prepared.post is self.draft.post:
            self._on_checked(composition)
        elif not self._check.is_busy and not self._check_timer.isActive():
            self._start_check()  # the post changed meanwhile: judge it with what was seen

    def _on_saved(self) -> None:
        self._saving = False
        if not self.draft.is_saved:
            self.save()
            return
        self.saved.emit(self.studio.clock.now())
        waiting, self._after_save = self._after_save, []
        for then in waiting:
            then()

    def _on_save_failed(self, error: WajoError | None) -> None:
        self._saving = False
        self._after_save.clear()
        if error is not None:
            self.save_failed.emit(error)


def clock_words(moment: datetime) -> str:
    """``10.42 WITA``."""
    from wajo_studio.i18n import WITA

    return f"{moment.astimezone(WITA):%H.%M} WITA"
