"""What every part of a Meta adapter works on: one delivery at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wajo_studio.domain.account import Account
from wajo_studio.i18n import _
from wajo_studio.networks.meta.graph import Graph
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.publisher import Session, Step


@dataclass(frozen=True)
class GraphTask:
    """One delivery at one moment; what its session holds the network's own task tells."""

    account: Account
    parcel: Parcel
    session: Session
    graph: Graph

    @property
    def settings(self) -> Mapping[str, Any]:
        """The placement's settings."""
        return self.graph.settings

    def keep(self, **changes: Any) -> Step:
        """The step that remembers something more."""
        return Step({**self.session, **changes})

    def forget(self, *keys: str, **changes: Any) -> Step:
        """The step that forgets, and remembers something more."""
        kept = {key: value for key, value in self.session.items() if key not in keys}
        return Step({**kept, **changes})

    def remark(self, text: str, **params: object) -> list[str]:
        """The remarks with one more, translated."""
        said = _(text).format(**params)
        return [*self.session.get("remarks", []), said]
