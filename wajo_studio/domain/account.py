"""A connected network account: everything about it but its secrets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wajo_studio.domain.placement import Network

AccountMode = Literal["direct", "inbox"]
"""How TikTok takes a clip: published at once, or as a draft in the person's inbox."""


@dataclass(frozen=True)
class Account:
    """A connected account. Its secrets lie in the vault under ``id`` and nowhere else.

    Attributes:
        id: our own name for it, unique on this PC, such as ``x-diskominfotik``.
        name: what people call it.
        remote_id: the network's id: page, Instagram user, X user, channel, open_id.
        page_id: Instagram only: the Facebook Page it is linked with.
        username: the public handle without ``@``, where known; links need it.
        mode: TikTok only.
        reads: X only: whether paid reading calls may be made.
        expires_at: when the access token ends; ``None``: not by time.
    """

    id: str
    network: Network
    name: str
    remote_id: str
    page_id: str | None = None
    username: str | None = None
    mode: AccountMode = "direct"
    reads: bool = False
    expires_at: datetime | None = None
