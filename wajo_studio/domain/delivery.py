"""A delivery: one post on one account in one placement, and the states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

DeliveryMode = Literal["api", "assisted", "practice"]


class DeliveryState(StrEnum):
    """Where a delivery stands. ``unknown`` is never left without the network or a person."""

    QUEUED = "queued"
    SENDING = "sending"
    PROCESSING = "processing"
    PUBLISHED = "published"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


_S = DeliveryState
_NEXT: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.QUEUED: frozenset({_S.SENDING, _S.FAILED, _S.CANCELLED, _S.PUBLISHED}),
    _S.SENDING: frozenset(
        {_S.QUEUED, _S.PROCESSING, _S.PUBLISHED, _S.FAILED, _S.UNKNOWN, _S.CANCELLED}
    ),
    _S.PROCESSING: frozenset({_S.SENDING, _S.PUBLISHED, _S.FAILED, _S.UNKNOWN, _S.CANCELLED}),
    _S.UNKNOWN: frozenset({_S.PUBLISHED, _S.FAILED}),
    _S.FAILED: frozenset({_S.QUEUED}),
    _S.PUBLISHED: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""``queued`` to ``published`` happens to assisted deliveries, where a person tells."""


@dataclass(frozen=True)
class DeliveryError:
    """Why a delivery failed or is unclear: a stable code, one sentence, technical words."""

    code: str
    message: str
    detail: str = ""


@dataclass(frozen=True)
class Delivery:
    """One post on one account in one placement.

    Attributes:
        due: not to be sent before; ``None``: at once. With zone.
        session: what the network's adapter remembers between steps; JSON values, no secrets
            but upload addresses that end by themselves.
        attempts: how often sending was begun.
        remarks: sentences about what went wrong beside the publishing itself.
    """

    id: str
    post_name: str
    placement: str
    account_id: str
    mode: DeliveryMode
    state: DeliveryState
    created_at: datetime
    updated_at: datetime
    due: datetime | None = None
    session: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 0
    link: str | None = None
    remote_id: str | None = None
    error: DeliveryError | None = None
    remarks: tuple[str, ...] = ()

    def moved(self, state: DeliveryState, at: datetime, **changes: Any) -> "Delivery":
        """This delivery in another state.

        Raises:
            ValueError: that state cannot follow this one.
        """
        if state != self.state and state not in _NEXT[self.state]:
            raise ValueError(f"{self.state} -> {state}")
        return replace(self, state=state, updated_at=at, **changes)

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.state in {_S.PUBLISHED, _S.FAILED, _S.UNKNOWN, _S.CANCELLED}
