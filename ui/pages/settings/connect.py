"""Connecting an account: in the browser, or with a pasted token."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.jobs import Handle
from ui.messages import Messages
from ui.queue_runner import QueueRunner
from ui.theme.tokens import SPACE_M, SPACE_XL
from ui.widgets.basic import button, column, label, row, set_tone
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from ui.words import NETWORKS
from wajo_studio.domain.placement import Network
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _

if TYPE_CHECKING:
    from wajo_studio.progress import JobContext
    from wajo_studio.services.publishing.connecting import Connected, MetaChoice
    from wajo_studio.services.publishing.desk import Desk


class ConnectDialog(QDialog):
    """What both ways share: title, words, state, and a job that can be cancelled."""

    def __init__(
        self, network: Network, runner: QueueRunner, messages: Messages, parent: QWidget
    ) -> None:
        super().__init__(parent)
        name = NETWORKS[network.value]
        self.setWindowTitle(_("Connect {network}").format(network=name))
        self.setMinimumWidth(500)
        self.network, self._runner, self._messages = network, runner, messages
        self._job: Handle | None = None
        outer = column(spacing=SPACE_M, margins=(SPACE_XL,) * 4)
        outer.addWidget(label(self.windowTitle(), "title"))
        self.body: QVBoxLayout = column(spacing=SPACE_M)
        outer.addLayout(self.body)
        self.state = label("", "small", "muted", wrap=True)
        outer.addWidget(self.state)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), self.reject))
        self.go = button("", self._begin, kind="primary")
        self.go.setObjectName("connectGo")
        self.go.setDefault(True)
        foot.addWidget(self.go)
        outer.addLayout(foot)
        self.setLayout(outer)

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _begin(self) -> None:
        raise NotImplementedError

    def _run(self, work: object, on_done: object, words: str) -> None:
        self.go.setEnabled(False)
        self._say(words)
        self._job = self._runner.prepare(
            work,  # type: ignore[arg-type]
            on_done=on_done,  # type: ignore[arg-type]
            on_failed=self._on_failed,
            on_cancelled=self._end,
            on_progress=lambda _fraction, _text: None,
            owner=self,
        )

    def _end(self) -> None:
        self._job = None
        self.go.setEnabled(True)

    def _on_failed(self, error: WajoError) -> None:
        self._end()
        self._say(str(error), "danger")

    def _on_connected(self, connected: "Connected") -> None:
        self._end()
        text = _("{account} is connected.").format(account=connected.account.name)
        if connected.missing_scopes:
            missing = ", ".join(connected.missing_scopes)
            text += " " + _("It lacks permissions: {scopes}.").format(scopes=missing)
        self._messages.toast(text)
        self.accept()

    def _say(self, text: str, tone: str = "muted") -> None:
        self.state.setText(text)
        set_tone(self.state, tone)


class BrowserDialog(ConnectDialog):
    """The office's client id, then the network's own page in the browser."""

    page_wanted = Signal(str)

    def __init__(
        self, network: Network, runner: QueueRunner, messages: Messages, parent: QWidget
    ) -> None:
        super().__init__(network, runner, messages, parent)
        hint = _(
            "The client id (and secret) comes from the network's developer page and is the "
            "office's own. It is entered once and kept in this PC's keyring."
        )
        self.body.addWidget(label(hint, "body", "muted", wrap=True))
        self.client_id, self.client_secret = LineEdit(), LineEdit()
        self.client_id.setObjectName("clientId")
        self.client_secret.setObjectName("clientSecret")
        self.client_secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.body.addWidget(Labelled(_("Client id"), self.client_id))
        self.body.addWidget(Labelled(_("Client secret, if there is one"), self.client_secret))
        self.mode = Choice(
            [
                ("inbox", _("As a draft that I finish in the TikTok app")),
                ("direct", _("Publish directly (audited apps only)")),
            ]
        )
        self.mode.set_value("inbox")
        if network is Network.TIKTOK:
            self.body.addWidget(Labelled(_("How clips arrive"), self.mode))
        self.go.setText(_("Open the browser"))
        self.page_wanted.connect(lambda address: QDesktopServices.openUrl(QUrl(address)))
        self._known = False
        runner.ask(self._look_up, self._on_known, self)

    def _look_up(self, desk: "Desk", _ctx: object) -> bool:
        from wajo_studio.services.publishing.connecting import kept_client

        return kept_client(desk, self.network) is not None

    def _on_known(self, known: bool) -> None:
        self._known = known
        if known:
            text = _("kept from before; type here only to change it")
            self.client_id.setPlaceholderText(text)

    def _begin(self) -> None:
        client_id, secret = self.client_id.text().strip(), self.client_secret.text().strip()
        if not client_id and not self._known:
            self._say(_("Enter the client id first."), "danger")
            return
        network, mode = self.network, str(self.mode.value())

        def work(desk: "Desk", ctx: "JobContext") -> "Connected":
            from wajo_studio.services.publishing.connecting import keep_client, sign_in

            if client_id:
                keep_client(desk, network, client_id, secret)
            return sign_in(
                desk,
                network,
                ctx,
                self.page_wanted.emit,
                mode="direct" if mode == "direct" else "inbox",
            )

        self._run(work, self._on_connected, _("Sign in in the browser; this window waits."))


class PasteDialog(ConnectDialog):
    """A pasted token of Meta, then the Page or the linked Instagram account."""

    def __init__(
        self, network: Network, runner: QueueRunner, messages: Messages, parent: QWidget
    ) -> None:
        super().__init__(network, runner, messages, parent)
        hint = _(
            "Paste the token that the business portfolio made for the office (system user), or a "
            "Page's token. It is checked, and kept in this PC's keyring."
        )
        self.body.addWidget(label(hint, "body", "muted", wrap=True))
        self.token = LineEdit()
        self.token.setObjectName("token")
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.body.addWidget(Labelled(_("Token"), self.token))
        self.choice = Choice([])
        self.choice.setObjectName("metaChoice")
        self._holder = Labelled(_("Which one?"), self.choice)
        self._holder.hide()
        self.body.addWidget(self._holder)
        self._found: tuple[MetaChoice, ...] = ()
        self.go.setText(_("Check the token"))
        self.token.textEdited.connect(lambda _text: self._forget())

    def _begin(self) -> None:
        if self._found:
            self._keep()
            return
        token, network = self.token.text().strip(), self.network
        if not token:
            self._say(_("Paste the token first."), "danger")
            return

        def work(desk: "Desk", ctx: "JobContext") -> "tuple[MetaChoice, ...]":
            from wajo_studio.services.publishing.connecting import meta_choices

            return meta_choices(desk, network, token, ctx)

        self._run(work, self._on_found, _("Asking the network…"))

    def _on_found(self, found: "tuple[MetaChoice, ...]") -> None:
        self._end()
        self._found = found
        self.choice.set_entries([(n, one.account.name) for n, one in enumerate(found)])
        self.choice.set_value(0)
        self._holder.show()
        self.go.setText(_("Connect"))
        lacks = [one for one in found if one.missing_scopes]
        words = _("The token is good.")
        if lacks:
            missing = ", ".join(lacks[0].missing_scopes)
            words = _("It lacks permissions: {scopes}.").format(scopes=missing)
        self._say(words, "warn" if lacks else "good")

    def _keep(self) -> None:
        number = self.choice.value()
        chosen = self._found[number if isinstance(number, int) else 0]

        def work(desk: "Desk", _ctx: "JobContext") -> "Connected":
            from wajo_studio.services.publishing.connecting import keep_choice

            return keep_choice(desk, chosen)

        self._run(work, self._on_connected, _("Keeping the account…"))

    def _forget(self) -> None:
        self._found = ()
        self._holder.hide()
        self.go.setText(_("Check the token"))
