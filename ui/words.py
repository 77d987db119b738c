"""Names on screen of what the core names by id."""

from wajo_studio.domain.placement import Network
from wajo_studio.i18n import N_, _

NETWORKS = {network.value: network.label for network in Network}
"""The networks' own names, which are not translated."""

_SURFACES = {
    "feed": N_("Feed"),
    "reel": N_("Reel"),
    "story": N_("Story"),
    "carousel": N_("Carousel"),
    "post": N_("Single post"),
    "video": N_("Video"),
    "short": N_("Short"),
    "photo": N_("Photos"),
}
_PILLARS = {
    "layanan-publik": N_("Public service"),
    "kegiatan-pemerintah": N_("Government activity"),
    "capaian-inovasi": N_("Achievement and innovation"),
    "edukasi": N_("Public education"),
    "krisis": N_("Clarification or crisis"),
}
_CLASSES = {
    "berkala": N_("Periodic"),
    "serta-merta": N_("Immediate"),
    "setiap-saat": N_("Available at any time"),
    "dikecualikan": N_("Exempt, may not be published"),
}


def surface(placement: str) -> str:
    """``Reel`` for ``instagram.reel``."""
    return _(_SURFACES[placement.partition(".")[2]])


def placement_name(placement: str) -> str:
    """``Instagram Reel`` for ``instagram.reel``."""
    return f"{NETWORKS[placement.partition('.')[0]]} {surface(placement)}"


def pillars() -> list[tuple[str, str]]:
    """Id and name of every pillar."""
    return [(key, _(name)) for key, name in _PILLARS.items()]


def information_classes() -> list[tuple[str, str]]:
    """Id and name of every information class."""
    return [(key, _(name)) for key, name in _CLASSES.items()]
