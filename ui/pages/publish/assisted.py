"""Uploading by hand: texts to copy, files to open, steps to tick, and what became of it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.messages import Messages
from ui.queue_runner import QueueRunner
from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from ui.theme.type import set_role
from ui.widgets.basic import ElidedLabel, boxed, button, column, label, row, scrolled
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from ui.words import placement_name
from wajo_studio.errors import WajoError
from wajo_studio.i18n import N_, _

if TYPE_CHECKING:
    from wajo_studio.progress import JobContext
    from wajo_studio.services.publishing.assisted import Assistance
    from wajo_studio.services.publishing.desk import Desk
    from wajo_studio.store.database.deliveries import QueueEntry

_PARTS = {
    "title": N_("Title"),
    "caption": N_("Caption"),
    "description": N_("Description"),
    "tags": N_("Tags"),
    "first_comment": N_("First comment"),
}


def assist(entry: "QueueEntry", runner: QueueRunner, messages: Messages, window: QWidget) -> None:
    """Go through one upload with the person; the dialog opens when everything is laid out."""

    def lay_out(desk: "Desk", _ctx: "JobContext") -> "Assistance":
        from wajo_studio.services.publishing.assisted import assistance

        return assistance(desk, entry.id)

    runner.ask(lay_out, lambda laid: AssistedDialog(laid, runner, messages, window).exec())


class AssistedDialog(QDialog):
    """Left: what to copy and open. Right: the steps. Below: what became of it."""

    def __init__(
        self, laid: "Assistance", runner: QueueRunner, messages: Messages, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._laid, self._runner, self._messages = laid, runner, messages
        delivery = laid.entry.delivery
        self.setWindowTitle(_("Upload step by step"))
        self.resize(940, 620)
        outer = column(spacing=SPACE_M, margins=(SPACE_XL,) * 4)
        where = placement_name(delivery.placement)
        outer.addWidget(label(f"{where}: {delivery.post_name}", "title", wrap=True))
        middle = row(spacing=SPACE_XL)
        middle.addWidget(scrolled(boxed(self._material())), 1)
        middle.addWidget(scrolled(boxed(self._steps())), 1)
        outer.addLayout(middle, 1)
        self.link = LineEdit()
        self.link.setObjectName("publishedLink")
        self.link.setPlaceholderText("https://")
        outer.addWidget(Labelled(_("Address of the published post"), self.link))
        self._problem = label("", "small", "danger", wrap=True)
        self._problem.hide()
        outer.addWidget(self._problem)
        outer.addLayout(self._foot())
        self.setLayout(outer)
        self._copy_first()

    def _material(self) -> QVBoxLayout:
        """Buttons that copy each text and open page and folder."""
        laid = self._laid
        body = column(spacing=SPACE_M)
        line = row(spacing=SPACE_S)
        page = button(_("Open the network's page"), self._open_page, kind="primary")
        page.setObjectName("openPage")
        folder = button(_("Open the folder with files"), self._open_folder)
        folder.setObjectName("openFolder")
        line.addWidget(page)
        line.addWidget(folder)
        line.addStretch(1)
        body.addLayout(line)
        for part, text in laid.texts.items():
            body.addWidget(self._copied(part, _(_PARTS[part]), text))
        for name, alt in laid.alts.items():
            title = _("Alternative text of {file}").format(file=name)
            body.addWidget(self._copied(f"alt-{name}", title, alt))
        body.addStretch(1)
        return body

    def _copied(self, name: str, title: str, text: str) -> QWidget:
        line = row(spacing=SPACE_M, margins=(SPACE_M, 8, SPACE_M, 8))
        words = column(spacing=1)
        words.addWidget(label(title, "small-strong", "muted"))
        words.addWidget(ElidedLabel(" ".join(text.split())))
        line.addLayout(words, 1)
        copy = button(_("Copy"), partial(self._copy, title, text), kind="small")
        copy.setObjectName(f"copy-{name}")
        copy.setAccessibleDescription(title)
        line.addWidget(copy)
        return boxed(line, "card", frame=True)

    def _steps(self) -> QVBoxLayout:
        body = column(spacing=SPACE_S)
        body.addWidget(label(_("Steps"), "head"))
        for number, step in enumerate(self._laid.steps, start=1):
            line = row(spacing=SPACE_S)
            box = QCheckBox()
            box.setAccessibleName(step)
            box.setObjectName(f"step-{number}")
            line.addWidget(box)
            words = set_role(label(f"{number}. {step}", wrap=True), "body")
            words.setBuddy(box)
            line.addWidget(words, 1)
            body.addWidget(boxed(line))
        body.addStretch(1)
        return body

    def _foot(self) -> QHBoxLayout:
        foot = row(spacing=SPACE_L)
        failed = button(_("It did not work"), self._tell_failed, kind="link")
        failed.setObjectName("assistedFailed")
        foot.addWidget(failed)
        foot.addStretch(1)
        foot.addWidget(button(_("Not yet"), self.reject))
        done = button(_("It is published"), self.tell_published, kind="primary")
        done.setObjectName("assistedDone")
        foot.addWidget(done)
        return foot

    def tell_published(self) -> None:
        """Check the address and keep it with the proof."""
        from wajo_studio.services.publishing import actions
        from wajo_studio.services.publishing.links import read_link

        entry, address = self._laid.entry, self.link.text().strip()
        try:
            read_link(entry.delivery.placement, address)
        except WajoError as error:
            self._problem.setText(str(error))
            self._problem.show()
            self.link.setFocus()
            return
        self._runner.act(lambda desk: actions.resolve_published(desk, entry.id, address))
        self._messages.toast(_("Kept, with its proof."))
        self.accept()

    def _tell_failed(self) -> None:
        from wajo_studio.services.publishing.assisted import tell_failed

        self._runner.act(lambda desk: tell_failed(desk, self._laid.entry.id))
        self.reject()

    def _copy_first(self) -> None:
        """The caption is on the clipboard at once; the steps begin with pasting."""
        for part in ("caption", "title", "description"):
            if part in self._laid.texts:
                QApplication.clipboard().setText(self._laid.texts[part])
                return

    def _copy(self, title: str, text: str) -> None:
        QApplication.clipboard().setText(text)
        self._messages.toast(_("{title} copied.").format(title=title))

    def _open_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._laid.page))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._laid.folder)))
