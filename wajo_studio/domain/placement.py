"""Networks and placements: where a post appears. The ids are part of the contract."""

from enum import StrEnum


class Network(StrEnum):
    """The five networks."""

    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    X = "x"
    YOUTUBE = "youtube"
    TIKTOK = "tiktok"


PLACEMENTS: tuple[str, ...] = (
    "facebook.feed",
    "facebook.reel",
    "facebook.story",
    "instagram.feed",
    "instagram.carousel",
    "instagram.reel",
    "instagram.story",
    "x.post",
    "youtube.video",
    "youtube.short",
    "tiktok.video",
    "tiktok.photo",
)
"""Every placement id, in the order in which they are listed and exported."""


def network_of(placement: str) -> Network:
    """The network of a placement id such as ``instagram.reel``."""
    return Network(placement.partition(".")[0])
