"""What the adapters of Facebook and Instagram share: one Graph API, one way to answer."""

from collections.abc import Mapping

from wajo_studio.clock import Clock
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Http
from wajo_studio.networks.meta.graph import Graph
from wajo_studio.networks.meta.judging import graph_judge
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.verdict import Verdict
from wajo_studio.networks.wire import Wire, expired
from wajo_studio.specs.model import PlacementSpec


class GraphPublisher:
    """The part of a :class:`wajo_studio.networks.publisher.Publisher` that both have."""

    network: Network

    def __init__(self, specs: Mapping[str, PlacementSpec], origins: Origins) -> None:
        self._specs = specs
        self._judge = graph_judge(self.network.label)

    def judge(self, answer: Answer) -> Verdict:
        """What an answer of the Graph API means."""
        return self._judge(answer)

    def refresh(
        self, account: Account, credentials: Credentials, http: Http, clock: Clock
    ) -> Credentials:
        """Page and system-user tokens are not renewed: they are pasted anew."""
        raise expired("Meta tokens have no refresh token")

    def _graph(self, placement: str, wire: Wire) -> Graph:
        return Graph(wire, self.network, self._specs[placement].settings)
