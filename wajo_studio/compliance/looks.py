"""What was seen in the pictures and clips of a post, and what is still being looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wajo_studio.domain.geometry import Box, PixelSize, SafeZone
from wajo_studio.domain.seen import ClipSeen, FileOrigin, PictureSeen


@dataclass(frozen=True)
class SeenArtwork:
    """What is seen in one painted slide; ``placements`` is where it goes."""

    placements: tuple[str, ...]
    slide: int
    seen: PictureSeen


@dataclass(frozen=True)
class PictureUse:
    """How a photo is published without artwork around it.

    Attributes:
        size: of the result, in pixels.
        zone: margins of the result that the network's buttons may cover.
        place: where the whole photo comes to lie in the result, in fractions of it; parts of it
            may lie outside.
    """

    media_id: str
    placements: tuple[str, ...]
    size: PixelSize
    zone: SafeZone
    place: Box


@dataclass(frozen=True)
class EarlierUse:
    """A picture much like one of the post's, as it was published before."""

    post: str
    at: datetime


@dataclass(frozen=True)
class Looks:
    """What looking at a post's media showed.

    Attributes:
        pictures: by media id.
        artworks: each slide once.
        clips: by media id.
        origins: what the files tell about themselves, by media id.
        uses: photos that are published by themselves.
        earlier: by media id; only where there is one.
        outdated_logos: names of the imported logos that are on the list of outdated ones.
        pending: ids of media that are still to be looked at.
        failed: ids of media that could not be looked at, although they can be published.
    """

    pictures: Mapping[str, PictureSeen] = field(default_factory=dict)
    artworks: tuple[SeenArtwork, ...] = ()
    clips: Mapping[str, ClipSeen] = field(default_factory=dict)
    origins: Mapping[str, FileOrigin] = field(default_factory=dict)
    uses: tuple[PictureUse, ...] = ()
    earlier: Mapping[str, EarlierUse] = field(default_factory=dict)
    outdated_logos: tuple[str, ...] = ()
    pending: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()

    def knows(self, media_id: str) -> bool:
        """Whether a media item was looked at."""
        return media_id in self.pictures or media_id in self.clips
