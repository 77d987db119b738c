"""What a text may be at most, straight from the spec files and without a validation library."""

from dataclasses import dataclass
from typing import Any, get_args

from wajo_studio.domain.placement import Network
from wajo_studio.errors import InputError
from wajo_studio.specs.files import CODE, Stamp, read_file, spec_file, stamp
from wajo_studio.specs.units import TextUnit

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
    unit: TextUnit
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
        surface, part = MEASURED[network]
        limit = _usable(_at(read_file(path), "placement", surface, "texts", part))
        known = _cache[network] = (mark, limit or _refused(network))
    return known[1]


def _at(table: Any, *keys: str) -> Any:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _usable(text: Any) -> TextLimit | None:
    """The block as a limit, or None where the loader would refuse it."""
    if not isinstance(text, dict):
        return None
    limit: Any = text.get("limit")
    unit: Any = text.get("unit")
    link_length: Any = text.get("link_length")
    forbidden: Any = text.get("forbidden", [])
    if (
        type(limit) is not int
        or limit < 1
        or unit not in get_args(TextUnit)
        or (type(link_length) is int and link_length > 0) != (unit == "x_weighted")
        or not isinstance(forbidden, list)
        or not all(isinstance(sign, str) for sign in forbidden)
    ):
        return None
    return TextLimit(limit, unit, link_length, tuple(forbidden))


def _refused(network: Network) -> TextLimit:
    """Raise what the loader says; it sees all that is wrong with a file."""
    from wajo_studio.domain.validation import MISSING
    from wajo_studio.specs.loader import load_specs

    load_specs()
    # The loader does not ask which texts a placement has; measuring does.
    surface, part = MEASURED[network]
    key = f"placement.{surface}.texts.{part}"
    raise InputError(MISSING, code=CODE, file=spec_file(network), key=key)
