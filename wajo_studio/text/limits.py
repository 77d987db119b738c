"""What a text may be at most, straight from the spec files and without a validation library."""

from dataclasses import dataclass
from typing import Any

from wajo_studio.domain.placement import Network
from wajo_studio.specs.files import Stamp, read_file, spec_file, stamp

MEASURED = {
    Network.FACEBOOK: ("feed", "caption"),
    Network.INSTAGRAM: ("feed", "caption"),
    Network.X: ("post", "caption"),
    Network.YOUTUBE: ("video", "description"),
    Network.TIKTOK: ("video", "caption"),
}
"""The text of each network that stands for all of its captions."""


@dataclass(frozen=True)
class TextLimit:
    """The part of a text spec that measuring needs; it has the same names."""

    limit: int
    unit: Any
    link_length: int | None
    forbidden: tuple[str, ...]


_cache: dict[Network, tuple[Stamp, TextLimit]] = {}


def caption_limit(network: Network) -> TextLimit:
    """The limit of a network's captions; the file is read again only when it changed.

    Raises:
        InputError: the spec file in force cannot be used; names file and key.
    """
    path = spec_file(network)
    mark = stamp(path)
    known = _cache.get(network)
    if known is None or known[0] != mark:
        known = _cache[network] = (mark, _read(network))
    return known[1]


def _read(network: Network) -> TextLimit:
    surface, part = MEASURED[network]
    try:
        text = read_file(spec_file(network))["placement"][surface]["texts"][part]
        limit, unit = text["limit"], text["unit"]
        link_length, forbidden = text.get("link_length"), tuple(text.get("forbidden", ()))
        usable = type(limit) is int and limit > 0 and isinstance(unit, str)
        usable = usable and (link_length is None or type(link_length) is int)
    except (KeyError, TypeError, AttributeError):
        usable = False
    if not usable:
        # The loader names file and key; it refuses more than what was looked at here.
        from wajo_studio.specs.loader import load_specs

        spec = load_specs()[f"{network}.{surface}"].texts[part]  # type: ignore[index]
        return TextLimit(spec.limit, spec.unit, spec.link_length, spec.forbidden)
    return TextLimit(limit, unit, link_length, forbidden)
