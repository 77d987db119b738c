"""Which adapter speaks to which network; each is imported when it is first needed."""

from collections.abc import Mapping
from importlib import import_module

from wajo_studio.domain.placement import Network
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.publisher import Publisher
from wajo_studio.specs.model import PlacementSpec

_ADAPTERS = {
    Network.FACEBOOK: "wajo_studio.networks.facebook.publisher:FacebookPublisher",
    Network.INSTAGRAM: "wajo_studio.networks.instagram.publisher:InstagramPublisher",
    Network.X: "wajo_studio.networks.x.publisher:XPublisher",
    Network.YOUTUBE: "wajo_studio.networks.youtube.publisher:YouTubePublisher",
    Network.TIKTOK: "wajo_studio.networks.tiktok.publisher:TikTokPublisher",
}
"""Module and class by network. A class is called with the placements' specs (all networks', for
their settings) and the origins in force, and opens nothing."""


def publisher_for(
    network: Network, specs: Mapping[str, PlacementSpec], origins: Origins
) -> Publisher:
    """The adapter of a network.

    Args:
        network: the network.
        specs: every placement's spec; the settings in them are the adapter's numbers.
        origins: where the networks live.
    """
    module, _, name = _ADAPTERS[network].partition(":")
    made: Publisher = getattr(import_module(module), name)(specs, origins)
    return made
