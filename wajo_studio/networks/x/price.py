"""What a post costs on X, to be shown before it is sent. Prices are data: specs/x.toml."""

from collections.abc import Mapping
from dataclasses import dataclass

from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.x.parts import parts_of
from wajo_studio.specs.model import PlacementSpec
from wajo_studio.text import find_links


@dataclass(frozen=True)
class Cost:
    """The price of one delivery, in US dollars.

    Attributes:
        posts: parts of the thread, or 1.
        with_link: how many of them hold a link and so cost more.
        alt_texts: pictures with an alternative text, billed one by one.
        usd: all of it.
    """

    posts: int
    with_link: int
    alt_texts: int
    usd: float


def cost_of(parcel: Parcel, spec: PlacementSpec) -> Cost:
    """What sending ``parcel`` costs if each request is made once."""
    settings = spec.settings
    parts = parts_of(parcel, spec)
    linked = sum(_bills_link(part, settings) for part in parts)
    alts = sum(bool(picture.alt) for picture in parcel.pictures)
    usd = (
        (len(parts) - linked) * _price(settings, "price_post_usd")
        + linked * _price(settings, "price_post_with_link_usd")
        + alts * _price(settings, "price_alt_text_usd")
    )
    return Cost(len(parts), linked, alts, round(usd, 4))


def _bills_link(text: str, settings: Mapping[str, object]) -> bool:
    """Whether X bills ``text`` as a post with a link; for bare domains that is a setting."""
    links = [found.text.lower() for found in find_links(text)]
    if settings["bare_domain_is_billed_as_link"]:
        return bool(links)
    return any(link.startswith(("http://", "https://")) for link in links)


def _price(settings: Mapping[str, object], name: str) -> float:
    value = settings[name]
    assert isinstance(value, int | float)
    return float(value)
