"""Connected accounts: add, connect again, remove."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.messages import Messages
from ui.pages.settings.connect import BrowserDialog, PasteDialog
from ui.pages.settings.media_host import MediaHostDialog
from ui.queue_runner import QueueRunner
from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S
from ui.widgets.basic import boxed, button, clear, column, icon_label, label, row, tool
from ui.words import NETWORKS
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.i18n import N_, _, format_date

if TYPE_CHECKING:
    from wajo_studio.services.publishing.accounts import ListedAccount
    from wajo_studio.services.publishing.desk import Desk

_STATES = {
    "connected": ("check", "good", N_("Connected")),
    "ending": ("warning", "warn", N_("Its sign-in ends on {date}: connect again soon")),
    "reconnect": ("block", "danger", N_("Connect again: the network no longer accepts it")),
}
_WITH_HOST = (Network.INSTAGRAM, Network.TIKTOK)


class AccountsSection(QWidget):
    """The accounts, and a button for each network.

    Args:
        runner: the window's side of publishing.
        messages: says things to the person.
    """

    def __init__(self, runner: QueueRunner, messages: Messages) -> None:
        super().__init__()
        self._runner, self._messages = runner, messages
        self._list = column(spacing=SPACE_M)
        body = column(spacing=SPACE_L)
        intro = _(
            "Without an account everything works as well: the program leads you through each "
            "upload. With one it sends posts by itself. Sign-ins are kept in this PC's keyring."
        )
        body.addWidget(label(intro, "body", "muted", wrap=True))
        body.addLayout(self._list)
        body.addWidget(label(_("Connect an account"), "head"))
        line = row(spacing=SPACE_S)
        for network in Network:
            one = button(NETWORKS[network.value], partial(self.connect_to, network), kind="small")
            one.setObjectName(f"connect-{network.value}")
            line.addWidget(one)
        line.addStretch(1)
        body.addLayout(line)
        hint = _("How an office gets access, and what it costs, is told in the user's guide.")
        body.addWidget(label(hint, "small", "muted", wrap=True))
        self.setLayout(body)

    def refresh(self) -> None:
        """List the accounts."""
        self._runner.accounts(self._show, self)

    def connect_to(self, network: Network) -> None:
        """Connect an account of a network."""
        kind = PasteDialog if network in (Network.FACEBOOK, Network.INSTAGRAM) else BrowserDialog
        dialog = kind(network, self._runner, self._messages, self)
        dialog.exec()
        self.refresh()

    def _show(self, accounts: "list[ListedAccount]") -> None:
        clear(self._list)
        if not accounts:
            self._list.addWidget(label(_("No account is connected yet."), "body", "muted"))
        for one in accounts:
            self._list.addWidget(self._card(one))

    def _card(self, one: "ListedAccount") -> QWidget:
        account = one.account
        icon_name, role, words = _STATES[one.state]
        ends = format_date(account.expires_at.date()) if account.expires_at else ""
        line = row(spacing=SPACE_M, margins=(SPACE_M, 10, SPACE_M, 10))
        line.addWidget(icon_label(icon_name, role))
        texts = column(spacing=2)
        texts.addWidget(label(f"{NETWORKS[account.network.value]} · {account.name}", "body-strong"))
        texts.addWidget(label(_(words).format(date=ends), "small", role, wrap=True))
        line.addLayout(texts, 1)
        if account.network in _WITH_HOST:
            host = button(_("Picture host…"), partial(self._set_host, account), kind="small")
            host.setToolTip(_("Where pictures are put so that the network can fetch them"))
            line.addWidget(host)
        if one.state != "connected":
            line.addWidget(
                button(_("Connect again"), partial(self.connect_to, account.network), kind="small")
            )
        remove = tool("trash", _("Remove the account"), partial(self._remove, account))
        remove.setObjectName(f"remove-{account.id}")
        line.addWidget(remove)
        return boxed(line, "card", frame=True)

    def _set_host(self, account: Account) -> None:
        MediaHostDialog(account, self._runner, self._messages, self).exec()

    def _remove(self, account: Account) -> None:
        answers = [_("Keep it"), _("Remove it")]
        text = _("Its sign-in is deleted from this PC. What was published stays, with its proof.")
        title = _("Remove {account}?").format(account=account.name)
        if self._messages.ask(title, text, answers) != 1:
            return

        def work(desk: "Desk", _ctx: object) -> object:
            from wajo_studio.services.publishing.accounts import remove_account

            return remove_account(desk, account.id)

        self._runner.ask(work, lambda _gone: self.refresh(), self)
