"""``accounts connect``: the browser for X, YouTube and TikTok, a pasted token for Meta."""

import sys
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from wajo_studio.bootstrap import build_desk
from wajo_studio.cli.account_commands import show_account
from wajo_studio.cli.output import job, print_table, say
from wajo_studio.domain.placement import Network
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _, format_datetime

if TYPE_CHECKING:
    from wajo_studio.services.publishing.connecting import Connected, MetaChoice
    from wajo_studio.services.publishing.desk import Desk

NO_TERMINAL = N_(
    "accounts connect asks questions and needs a terminal; without one use accounts add "
    "--token-stdin."
)


def run_connect(network: Network, *, as_json: bool) -> int:
    """Connect an account."""
    from wajo_studio.services.publishing.connecting import IN_BROWSER

    with closing(build_desk()) as desk:
        if network in IN_BROWSER:
            connected = _in_browser(desk, network)
        else:
            connected = _by_token(desk, network)
    for scope in connected.missing_scopes:
        say(_("Not allowed by this sign-in: {scope}").format(scope=scope))
    return show_account(connected.account, as_json=as_json)


def _in_browser(desk: "Desk", network: Network) -> "Connected":
    import webbrowser

    from wajo_studio.services.publishing.connecting import keep_client, kept_client, sign_in

    if kept_client(desk, network) is None:
        _need_terminal()
        say(_("The office's own client id and secret, from the network's developer page:"))
        client_id = _ask(_("Client id: "))
        keep_client(desk, network, client_id, _ask_hidden(_("Client secret (empty: none): ")))
    mode = "direct"
    if network is Network.TIKTOK and _ask(_("Publish directly? (y/n) ")).lower() in ("n", "t"):
        mode = "inbox"

    def open_page(address: str) -> None:
        say(_("Sign in in the browser. If none opens, open this address:"))
        say(address)
        webbrowser.open(address)

    with job(_("Waiting for the sign-in")) as ctx:
        return sign_in(desk, network, ctx, open_page, mode="inbox" if mode == "inbox" else "direct")


def _by_token(desk: "Desk", network: Network) -> "Connected":
    from wajo_studio.services.publishing.connecting import keep_choice, meta_choices

    _need_terminal()
    say(_("Paste the token of the system user or Page (it is not shown):"))
    token = _ask_hidden(_("Token: "))
    with job(_("Looking at the token")) as ctx:
        choices = meta_choices(desk, network, token, ctx)
    _show_choices(choices)
    chosen = choices[0]
    if len(choices) > 1:
        chosen = choices[_number(len(choices)) - 1]
    return keep_choice(desk, chosen)


def _show_choices(choices: "Sequence[MetaChoice]") -> None:
    rows = [
        (
            str(number),
            choice.account.name,
            choice.account.username or "",
            ", ".join(choice.missing_scopes) or _("complete"),
            format_datetime(choice.expires_at) if choice.expires_at else _("no end by time"),
        )
        for number, choice in enumerate(choices, 1)
    ]
    columns = (_("No."), _("Name"), _("Handle"), _("Missing rights"), _("Ends"))
    print_table(_("What this token reaches"), columns, rows)


def _number(highest: int) -> int:
    while True:
        text = _ask(_("Number: "))
        if text.isdecimal() and 1 <= int(text) <= highest:
            return int(text)


def _ask(question: str) -> str:
    _need_terminal()
    print(question, end="", file=sys.stderr, flush=True)  # noqa: T201
    return sys.stdin.readline().strip()


def _ask_hidden(question: str) -> str:
    from getpass import getpass

    _need_terminal()
    return getpass(question, stream=sys.stderr).strip()


def _need_terminal() -> None:
    if not sys.stdin.isatty():
        raise InputError(NO_TERMINAL, code="usage")
