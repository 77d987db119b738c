"""From the button "Publish" to the queue: save, ask, make the files, queue, send."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.jobs import Handle
from ui.messages import Messages
from ui.pages.publish.dialog import PublishDialog, Wish
from ui.pages.publish.sending import Sent, queue_wish, take_back
from ui.queue_runner import QueueRunner
from ui.widgets.job_bar import JobBar
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _, ngettext
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from ui.pages.compose.page import ComposePage
    from wajo_studio.services.publishing.accounts import ListedAccount
    from wajo_studio.services.publishing.desk import Desk


class PublishFlow(QObject):
    """Publishes the post of one page.

    Args:
        page: the open post.
        runner: the window's side of publishing.
        messages: says things to the person.
        on_queued: shows the deliveries; gets those a person has to upload.
    """

    def __init__(
        self,
        page: "ComposePage",
        runner: QueueRunner,
        messages: Messages,
        on_queued: Callable[[Sent], object],
    ) -> None:
        super().__init__(page)
        self._page, self._runner, self._messages = page, runner, messages
        self._on_queued = on_queued
        self._job: Handle | None = None
        self.job_bar = JobBar(self._cancel)
        page.add_bar(self.job_bar)

    @property
    def is_busy(self) -> bool:
        """Whether files are being made for a delivery."""
        return self._job is not None

    def start(self) -> None:
        """Ask what is wanted, after the post is saved."""
        if self._job is None:
            self._page.session.save(lambda: self._runner.accounts(self._ask, self))

    def publish(self, wish: Wish) -> None:
        """Make the files and queue them."""
        root, studio = self._page.session.draft.root, self._page.session.studio
        self.job_bar.begin(_("Preparing to publish"))

        def work(desk: "Desk", ctx: JobContext) -> Sent:
            return queue_wish(studio, desk, root, wish, ctx)

        self._job = self._runner.prepare(
            work,
            on_done=self._on_sent,
            on_failed=self._on_failed,
            on_cancelled=self._on_cancelled,
            on_progress=self.job_bar.progress,
            owner=self,
        )

    def _ask(self, accounts: "list[ListedAccount]") -> None:
        dialog = PublishDialog(self._page.session, accounts, self._page)
        if dialog.exec():
            self.publish(dialog.wish)

    def _cancel(self) -> None:
        if self._job is not None:
            self.job_bar.cancelling()
            self._job.cancel()

    def _end(self) -> None:
        self._job = None
        self.job_bar.end()

    def _on_sent(self, sent: Sent) -> None:
        self._end()
        if sent.refused:
            self._say_refused(sent)
            return
        if sent.warnings and not self._go_on(sent):
            self._runner.act(lambda desk: take_back(desk, sent))
            return
        count = len(sent.entries)
        text = ngettext("{count} delivery queued.", "{count} deliveries queued.", count)
        self._messages.toast(text.format(count=count))
        self._runner.run()
        self._on_queued(sent)

    def _say_refused(self, sent: Sent) -> None:
        first = sent.refused[0]
        text = _("Nothing was published: {reason}").format(reason=first.message)
        self._messages.toast(text, _("Show"), lambda: self._page.go_to(first))

    def _go_on(self, sent: Sent) -> bool:
        answers = [_("Publish all the same"), _("Do not publish")]
        text = "\n\n".join(dict.fromkeys(sent.warnings))
        return self._messages.ask(_("Before this goes out"), text, answers, default=1) == 0

    def _on_failed(self, error: WajoError) -> None:
        self._end()
        self._messages.error(error)

    def _on_cancelled(self) -> None:
        self._end()
        self._messages.toast(_("Nothing was published."))
