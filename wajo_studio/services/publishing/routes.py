"""Which adapter a delivery goes through: its network's, or the practice one."""

from collections.abc import Callable
from dataclasses import dataclass

from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import network_of
from wajo_studio.networks.credentials import Keys
from wajo_studio.networks.http import Http
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.publisher import Publisher
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.keys import AccountKeys
from wajo_studio.store.database.accounts import find_account
from wajo_studio.store.database.deliveries import QueueEntry


@dataclass(frozen=True)
class Route:
    """What a delivery needs to reach its network.

    Attributes:
        keys: the account's credentials, over a connection.
    """

    account: Account
    publisher: Publisher
    keys: Callable[[Http], Keys]
    origins: Origins


def route_of(desk: Desk, entry: QueueEntry) -> Route | None:
    """The way of a delivery; ``None`` when its account was removed."""
    if entry.delivery.mode == "practice":
        from wajo_studio.services.publishing.practice import practice_route

        return practice_route(desk, network_of(entry.delivery.placement))
    kept = find_account(desk.database, entry.delivery.account_id)
    if kept is None:
        return None
    account, publisher = kept.account, desk.publishers(kept.account.network)
    return Route(
        account, publisher, lambda http: AccountKeys(desk, account, publisher, http), desk.origins
    )
