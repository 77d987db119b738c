"""Where an account's pictures are put so that its network can fetch them."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ui.messages import Messages
from ui.queue_runner import QueueRunner
from ui.theme.tokens import SPACE_M, SPACE_XL
from ui.widgets.basic import button, column, label, row
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from wajo_studio.domain.account import Account
from wajo_studio.i18n import N_, _

if TYPE_CHECKING:
    from wajo_studio.services.publishing.desk import Desk

_KINDS = (
    ("s3", N_("S3 bucket")),
    ("sftp", N_("Folder by SFTP")),
    ("webdav", N_("Folder by WebDAV")),
)
_FIELDS = (
    ("endpoint", N_("Address of the store")),
    ("bucket", N_("Bucket (S3 only)")),
    ("access_key", N_("Access key or user name")),
    ("secret_key", N_("Secret key or password")),
    ("public_base", N_("Public address of the folder")),
    ("host_key", N_("The server's key (SFTP only)")),
)
_ONLY = {"bucket": "s3", "host_key": "sftp"}


class MediaHostDialog(QDialog):
    """Asks for the store and keeps it with the account's secrets."""

    def __init__(
        self, account: Account, runner: QueueRunner, messages: Messages, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Picture host"))
        self.setMinimumWidth(480)
        self._account, self._runner, self._messages = account, runner, messages
        body = column(spacing=SPACE_M, margins=(SPACE_XL,) * 4)
        body.addWidget(label(_("Picture host"), "title"))
        hint = _(
            "{network} takes pictures only from a public address. The program puts them there "
            "for a moment, under random names, and deletes them when the network has them."
        )
        body.addWidget(
            label(hint.format(network=account.network.label), "body", "muted", wrap=True)
        )
        self.kind = Choice([(key, _(name)) for key, name in _KINDS])
        self.kind.set_value("s3")
        self.kind.chosen.connect(lambda _kind: self._show_fields())
        body.addWidget(Labelled(_("Kind"), self.kind))
        self._edits: dict[str, LineEdit] = {}
        self._rows: dict[str, Labelled] = {}
        for key, name in _FIELDS:
            edit = LineEdit()
            edit.setObjectName(f"host-{key}")
            if key == "secret_key":
                edit.setEchoMode(QLineEdit.EchoMode.Password)
            self._edits[key] = edit
            self._rows[key] = Labelled(_(name), edit)
            body.addWidget(self._rows[key])
        foot = row()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), self.reject))
        save = button(_("Save"), self.save, kind="primary")
        save.setDefault(True)
        foot.addWidget(save)
        body.addLayout(foot)
        self.setLayout(body)
        runner.failed.connect(self._on_failed)
        self._show_fields()

    def save(self) -> None:
        """Keep what was typed; the dialog closes when it could be kept."""
        kind = str(self.kind.value())
        values = {
            key: edit.text().strip()
            for key, edit in self._edits.items()
            if edit.text().strip() and _ONLY.get(key, kind) == kind
        }

        def work(desk: "Desk", _ctx: object) -> None:
            from wajo_studio.services.publishing.accounts import set_media_host

            set_media_host(desk, self._account.id, {"kind": kind, **values})

        self._runner.ask(work, lambda _none: self._on_kept(), self)

    def _on_kept(self) -> None:
        self._messages.toast(_("The picture host is kept."))
        self.accept()

    def _on_failed(self, _error: object) -> None:
        self._edits["endpoint"].setFocus()

    def _show_fields(self) -> None:
        for key, holder in self._rows.items():
            holder.setVisible(_ONLY.get(key, self.kind.value()) == self.kind.value())
