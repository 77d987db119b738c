"""Choosing the account for each placement."""

from collections.abc import Mapping, Sequence

from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network, network_of
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.store.database.accounts import all_accounts, find_account

CODE = "input.account"
BY_HAND = "terpandu-"
"""How the ids of accounts begin that are not connected, only posted to by hand."""

NO_SUCH = N_("--account: there is no account {account}; wajo accounts list shows them.")
NOT_USED = N_(
    "--account: {account} belongs to {network}, and none of the placements asked for does; "
    "choose another account or placement."
)
NONE = N_(
    "No account of {network} is connected. Connect one (wajo accounts connect {network}), or "
    "publish by hand with assisted posting."
)
SEVERAL = N_("There are several accounts of {network}: {accounts}. Choose one with --account.")


def choose_accounts(
    desk: Desk, placements: Sequence[str], wish: str | None
) -> Mapping[str, Account]:
    """The account by placement: the wished one on its network, else the network's only one.

    Raises:
        InputError: no such account, none of a network, or several without a wish.
    """
    wished = None
    networks = list(dict.fromkeys(network_of(placement) for placement in placements))
    if wish is not None:
        kept = find_account(desk.database, wish)
        if kept is None:
            raise InputError(NO_SUCH, code=CODE, account=wish)
        wished = kept.account
        if wished.network not in networks:
            raise InputError(NOT_USED, code=CODE, account=wish, network=wished.network.value)
    by_network = {network: _of_network(desk, network, wished) for network in networks}
    return {placement: by_network[network_of(placement)] for placement in placements}


def _of_network(desk: Desk, network: Network, wished: Account | None) -> Account:
    if wished is not None and wished.network is network:
        return wished
    found = [kept.account for kept in all_accounts(desk.database, network)]
    if not found:
        raise InputError(NONE, code=CODE, network=network.value)
    if len(found) > 1:
        names = ", ".join(account.id for account in found)
        raise InputError(SEVERAL, code=CODE, network=network.value, accounts=names)
    return found[0]


def account_by_hand(desk: Desk, network: Network) -> Account:
    """The account that a delivery by hand names: the only connected one, else the network's own."""
    found = [kept.account for kept in all_accounts(desk.database, network)]
    if len(found) == 1:
        return found[0]
    return Account(f"{BY_HAND}{network.value}", network, network.label, "")
