"""Networks and placements: where a post appears. The ids are part of the contract."""

from enum import StrEnum


class Network(StrEnum):
    """The five networks."""

    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    X = "x"
    YOUTUBE = "youtube"
    TIKTOK = "tiktok"

    @property
    def label(self) -> str:
        """The network's own name, which is not translated."""
        return _NAMES.get(self.value, self.value.title())


_NAMES = {"youtube": "YouTube", "tiktok": "TikTok"}
"""The names that are not simply the id with a capital."""


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
