"""``accounts``: arguments, and the work of its commands."""

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wajo_studio.cli.help_words import Command, Group
from wajo_studio.i18n import N_, _

if TYPE_CHECKING:
    from wajo_studio.domain.account import Account
    from wajo_studio.domain.placement import Network


def account_commands() -> typer.Typer:
    """The commands of ``accounts``."""
    accounts = typer.Typer(
        help=_("The accounts through which posts are published."),
        no_args_is_help=True,
        rich_markup_mode=None,
        cls=Group,
    )

    @accounts.command("list", cls=Command, help=_("List the accounts and how they stand."))
    def list_(as_json: Annotated[bool, _json_option()] = False) -> int:
        return _run_list(as_json=as_json)

    @accounts.command(cls=Command, help=_("Sign in to a network in the browser."))
    def connect(
        network: Annotated[str, _network_argument()],
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        from wajo_studio.cli.connect import run_connect

        return run_connect(_network(network), as_json=as_json)

    @accounts.command(cls=Command, help=_("Keep an account from a JSON object on standard input."))
    def add(
        network: Annotated[str, _network_argument()],
        token_stdin: Annotated[
            bool, typer.Option("--token-stdin", help=_("Read the account from standard input."))
        ] = False,
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        return _run_add(_network(network), token_stdin=token_stdin, as_json=as_json)

    @accounts.command(cls=Command, help=_("Forget an account and its sign-in."))
    def remove(
        account: Annotated[
            str,
            typer.Argument(
                metavar="ID", help=_("The account, see accounts list."), show_default=False
            ),
        ],
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        return _run_remove(account, as_json=as_json)

    return accounts


def _network_argument() -> Any:
    return typer.Argument(
        metavar="NETWORK",
        help=_("facebook, instagram, x, youtube or tiktok."),
        show_default=False,
    )


def _json_option() -> Any:
    return typer.Option("--json", help=_("Print one JSON document on standard output."))


def _network(name: str) -> "Network":
    from wajo_studio.domain.placement import Network
    from wajo_studio.errors import InputError

    try:
        return Network(name.lower())
    except ValueError:
        raise InputError(
            N_('There is no network "{name}"; choose one of {networks}.'),
            code="usage",
            name=name,
            networks=", ".join(Network),
        ) from None


def _run_list(*, as_json: bool) -> int:
    from wajo_studio.bootstrap import build_desk
    from wajo_studio.cli.output import print_json, print_table, say
    from wajo_studio.i18n import format_datetime
    from wajo_studio.services.publishing.accounts import list_accounts

    with closing(build_desk()) as desk:
        found = list_accounts(desk)
    if as_json:
        print_json(
            {"accounts": [as_document(entry.account) | {"state": entry.state} for entry in found]}
        )
        return 0
    if not found:
        say(_("No account is connected yet. See: wajo accounts connect --help"))
        return 0
    words = {
        "connected": _("connected"),
        "ending": _("ends soon: connect again"),
        "reconnect": _("connect again"),
    }
    rows = [
        (
            entry.account.id,
            entry.account.network.value,
            entry.account.name,
            words[entry.state],
            format_datetime(entry.account.expires_at) if entry.account.expires_at else "–",
        )
        for entry in found
    ]
    columns = (_("Account"), _("Network"), _("Name"), _("State"), _("Ends"))
    print_table(_("Accounts"), columns, rows)
    return 0


def _run_add(network: "Network", *, token_stdin: bool, as_json: bool) -> int:
    from wajo_studio.bootstrap import build_desk
    from wajo_studio.errors import InputError
    from wajo_studio.services.publishing.accounts import add_account

    if not token_stdin:
        raise InputError(
            N_(
                "Give --token-stdin and one JSON object on standard input; secrets do not belong "
                "on a command line, where others can read them."
            ),
            code="usage",
        )
    text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    with closing(build_desk()) as desk:
        account = add_account(desk, network, text)
    return show_account(account, as_json=as_json)


def _run_remove(account_id: str, *, as_json: bool) -> int:
    from wajo_studio.bootstrap import build_desk
    from wajo_studio.cli.output import print_json, say
    from wajo_studio.services.publishing.accounts import remove_account

    with closing(build_desk()) as desk:
        account = remove_account(desk, account_id)
    if as_json:
        print_json({"removed": account.id})
    say(_("The account {account} was removed from this PC.").format(account=account.id))
    return 0


def show_account(account: "Account", *, as_json: bool) -> int:
    """Print the account that was just kept: its id alone, or one JSON document."""
    from wajo_studio.cli.output import print_json, say

    if as_json:
        print_json(as_document(account))
    else:
        print(account.id)  # noqa: T201 - the answer itself
    say(_("{name} is connected as {account}.").format(name=account.name, account=account.id))
    return 0


def as_document(account: "Account") -> dict[str, Any]:
    """An account as JSON; nothing of it is secret."""
    return {
        "id": account.id,
        "network": account.network.value,
        "name": account.name,
        "remote_id": account.remote_id,
        "page_id": account.page_id,
        "username": account.username,
        "mode": account.mode,
        "reads": account.reads,
        "expires_at": account.expires_at.isoformat() if account.expires_at else None,
    }
