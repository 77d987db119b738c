"""Work that a crash or a power cut stopped: asked about at the start, begun again on request."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui.jobs import JobRunner
from ui.messages import Messages
from ui.widgets.job_dialog import JobDialog
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _, ngettext
from wajo_studio.progress import JobContext
from wajo_studio.services.export import Exported, export_post
from wajo_studio.services.job_list import Interrupted, forget, on_the_list
from wajo_studio.services.studio import Studio

CONTINUE, FORGET = 0, 1


class Resume:
    """Offers the jobs that were cut off, and runs those wanted one after the other.

    Args:
        studio: the program's parts.
        jobs: runs the work.
        messages: says things to the person.
        window: parent of the progress.
    """

    def __init__(
        self, studio: Studio, jobs: JobRunner, messages: Messages, window: QWidget
    ) -> None:
        self._studio, self._jobs, self._messages, self._window = studio, jobs, messages, window
        self._waiting: list[Interrupted] = []

    def offer(self, left: Sequence[Interrupted]) -> None:
        """Ask about the jobs; without an answer they are asked about again at the next start."""
        if not left:
            return
        count = len(left)
        title = ngettext("{count} job was cut off", "{count} jobs were cut off", count).format(
            count=count
        )
        lines = [
            _("Saving the package “{name}” into {folder}").format(
                name=entry.job.name, folder=entry.job.target
            )
            for entry in left
        ]
        question = _("Nothing half done was left behind. Continue now?")
        answer = self._messages.ask(
            title, "\n".join([*lines, "", question]), [_("Continue"), _("No, forget it")]
        )
        if answer == FORGET:
            forget(list(left))
        elif answer == CONTINUE:
            self._waiting = list(left)
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            return
        entry = self._waiting.pop(0)
        job, studio = entry.job, self._studio

        def work(ctx: JobContext) -> Exported:
            with on_the_list(job):  # on the list anew before it is taken off
                forget([entry])
                return export_post(studio, job.post, job.target, ctx, wanted=job.placements)

        def done(exported: Exported) -> None:
            if exported.blocked:
                text = _("“{name}” was not saved: something must be fixed first.")
                self._messages.toast(text.format(name=job.name))
            else:
                self._messages.toast(
                    _("Package “{name}” saved.").format(name=job.name),
                    _("Open folder"),
                    partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(job.target))),
                )
            self._next()

        def failed(error: WajoError) -> None:
            self._messages.error(error)
            self._next()

        title = _("Saving the package “{name}”").format(name=job.name)
        dialog = JobDialog(title, self._window)
        dialog.run(self._jobs, "export", work, done, failed, waits=False)
