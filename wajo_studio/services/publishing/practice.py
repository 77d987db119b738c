"""Practice mode: the whole flow without an account and without anybody seeing it."""

from typing import TYPE_CHECKING

from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.i18n import _
from wajo_studio.networks.credentials import Credentials
from wajo_studio.services.publishing.desk import Desk

if TYPE_CHECKING:
    from wajo_studio.services.publishing.routes import Route

PREFIX = "latihan-"
"""How the ids of practice accounts begin; no real account's does."""


def practice_account(network: Network) -> Account:
    """The account of the practice network that stands for one network."""
    return Account(
        id=f"{PREFIX}{network.value}",
        network=network,
        name=_("Practice ({network})").format(network=network.label),
        remote_id="latihan",
        username="latihan",
    )


class _NoSecrets:
    """The practice network asks for none."""

    def current(self) -> Credentials:
        """Empty credentials."""
        return Credentials(access_token="")

    def renewed(self, refused: Credentials) -> Credentials:
        """The same again."""
        return refused


def practice_route(desk: Desk, network: Network) -> "Route":
    """The way to the practice network."""
    from wajo_studio.networks.practice.publisher import PracticePublisher
    from wajo_studio.services.publishing.routes import Route

    return Route(
        practice_account(network),
        PracticePublisher(network),
        lambda _http: _NoSecrets(),
        desk.origins,
    )
