"""Reading the address of a published post that a person pastes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from wajo_studio.domain.placement import network_of
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.services.publishing.data import read_data

FILE = "links.toml"
CODE = "input.link"

NO_ADDRESS = N_(
    '"{link}" is no web address. Open the post in the browser and copy its address from there.'
)
OTHER_NETWORK = N_(
    "{link} is not an address of {network}. Open the post there and copy its address."
)
OTHER_SHAPE = N_(
    "{link} is of {network}, but does not lead to a single post such as this one ({placement}). "
    "Open the post itself and copy its address."
)


@dataclass(frozen=True)
class Link:
    """A checked address; ``remote_id`` where it holds the network's id."""

    address: str
    remote_id: str | None = None


def read_link(placement: str, text: str) -> Link:
    """The address of a post in a placement.

    Args:
        placement: what it must lead to, such as ``instagram.reel``.
        text: what was pasted.

    Raises:
        InputError: it is no address, not of this network, or does not lead to one post.
    """
    network, _dot, surface = placement.partition(".")
    rules: Mapping[str, Any] = read_data(FILE)[network_of(placement).value]
    pasted = text.strip()
    try:
        parts = urlsplit(pasted if "://" in pasted else f"https://{pasted}")
        host = (parts.hostname or "").removeprefix("www.")
        good = parts.scheme in ("http", "https") and "." in host and not parts.username
    except ValueError:
        good = False
    if not good or any(c.isspace() for c in pasted):
        raise InputError(NO_ADDRESS, code=CODE, link=pasted[:80])
    if host not in rules["hosts"]:
        raise InputError(OTHER_NETWORK, code=CODE, link=pasted[:120], network=network)
    path = parts.path.rstrip("/")
    plain = f"{host}{path}" + (f"?{parts.query}" if parts.query else "")
    for pattern in rules["shapes"][surface]:
        found = re.search(pattern, plain)
        if found is not None:
            query = f"?{parts.query}" if parts.query else ""
            address = f"https://{parts.netloc}{parts.path}{query}"
            return Link(address, found.groupdict().get("id"))
    raise InputError(
        OTHER_SHAPE, code=CODE, link=pasted[:120], network=network, placement=placement
    )
