"""Where each network lives: one table of origins, replaceable for a sandbox."""

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from wajo_studio.domain.placement import Network
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

_DEFAULTS: dict[Network, dict[str, str]] = {
    Network.FACEBOOK: {
        "graph": "https://graph.facebook.com",
        "rupload": "https://rupload.facebook.com",
        "www": "https://www.facebook.com",
    },
    Network.INSTAGRAM: {
        "graph": "https://graph.facebook.com",
        "rupload": "https://rupload.facebook.com",
    },
    Network.X: {"api": "https://api.x.com", "www": "https://x.com"},
    Network.YOUTUBE: {
        "api": "https://www.googleapis.com",
        "oauth": "https://oauth2.googleapis.com",
        "www": "https://accounts.google.com",
    },
    Network.TIKTOK: {"api": "https://open.tiktokapis.com", "www": "https://www.tiktok.com"},
}
"""Source: the networks' own documentation; the sheets of 2026-11-24, section "Publish"."""

_VARIABLE = "WAJO_ENDPOINTS"


@dataclass(frozen=True)
class Origins:
    """The origin (scheme, host, port) of every service, and how fast time passes.

    Attributes:
        table: origin by network and key, without a slash at the end.
        scale: factor for every pause of ours; 1 but in a sandbox.
    """

    table: Mapping[Network, Mapping[str, str]] = field(default_factory=lambda: _DEFAULTS)
    scale: float = 1.0

    def url(self, network: Network, key: str, path: str) -> str:
        """The address of ``path`` (with its slash) at one of a network's services."""
        return self.table[network][key] + path

    def accepts(self, address: str) -> bool:
        """Whether an address that a network returned may be used: https, or loopback."""
        parts = urlsplit(address)
        return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))


def load_origins() -> Origins:
    """The origins in force: the networks' own, or those of the file that WAJO_ENDPOINTS names.

    Raises:
        InputError: the file cannot be read or names something that is not in the table.
    """
    name = os.environ.get(_VARIABLE)
    if not name:
        return Origins()
    try:
        document = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            N_("{variable}: {file} cannot be read; name a TOML file with origins."),
            variable=_VARIABLE,
            file=name,
            detail=str(error),
        ) from error
    scale = 1.0
    table = {network: dict(keys) for network, keys in _DEFAULTS.items()}
    for section, values in document.items():
        if not isinstance(values, dict):
            raise _unknown(section)
        for key, value in values.items():
            if section == "timing" and key == "scale":
                scale = _scale(value)
            elif section in table and key in table[Network(section)]:
                table[Network(section)][key] = _origin(f"{section}.{key}", value)
            else:
                raise _unknown(f"{section}.{key}")
    return Origins(table, scale)


def _unknown(key: str) -> InputError:
    return InputError(
        N_("{variable}: {key} is no known key; remove it."), variable=_VARIABLE, key=key
    )


def _scale(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1000:
        raise InputError(
            N_("{variable}: timing.scale must be a number from 0 to 1000."), variable=_VARIABLE
        )
    return float(value)


def _origin(key: str, value: object) -> str:
    parts = urlsplit(value) if isinstance(value, str) else None
    try:
        good = parts is not None and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good or parts is None or parts.path.strip("/") or parts.query or parts.username:
        raise InputError(
            N_("{variable}: {key} must be an origin such as https://graph.facebook.com."),
            variable=_VARIABLE,
            key=key,
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname)):
        raise InputError(
            N_("{variable}: {key} must begin with https://; http is for 127.0.0.1 only."),
            variable=_VARIABLE,
            key=key,
        )
    return f"{parts.scheme}://{parts.netloc}"


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
