"""What is to be published, as an adapter gets it: files, texts and options of one placement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

_MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
    ".srt": "application/x-subrip",
    ".vtt": "text/vtt",
}


@dataclass(frozen=True)
class ParcelFile:
    """One file of the package.

    Attributes:
        width: pixels; 0 where it does not apply.
        duration_s: of a clip; ``None`` for pictures and texts.
        alt: alternative text; empty where there is none.
    """

    path: Path
    kind: Literal["image", "video", "subtitles"]
    size_bytes: int
    sha256: str
    width: int = 0
    height: int = 0
    duration_s: float | None = None
    alt: str = ""

    @property
    def media_type(self) -> str:
        """The MIME type, by the file's ending."""
        return _MEDIA_TYPES[self.path.suffix.lower()]


@dataclass(frozen=True)
class Parcel:
    """One placement of a post, unchangeable from the moment it was queued.

    Attributes:
        items: pictures or one clip, in publishing order; may be empty (text alone).
        texts: by part: caption, title, description, tags (one tag a line).
        options: the post's options for this placement and its network, those of the placement
            first; and those for every network.
        cover: the cover or thumbnail file.
        cover_s: where in the clip the cover is to be taken from, in seconds of the finished clip,
            for networks that cannot be given the file; ``None``: the network's choice.
        scheduled_at: when the network itself is to publish it, with zone; ``None``: at once.
    """

    placement: str
    items: tuple[ParcelFile, ...]
    texts: Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=dict)
    cover: ParcelFile | None = None
    subtitles: ParcelFile | None = None
    subtitles_language: str = "id"
    scheduled_at: datetime | None = None
    cover_s: float | None = None

    @property
    def surface(self) -> str:
        """The part of the placement after the network: ``reel``."""
        return self.placement.partition(".")[2]

    @property
    def clip(self) -> ParcelFile | None:
        """The clip, where the placement gets one."""
        return next((item for item in self.items if item.kind == "video"), None)

    @property
    def pictures(self) -> tuple[ParcelFile, ...]:
        """The pictures, in order."""
        return tuple(item for item in self.items if item.kind == "image")

    def text(self, part: str) -> str:
        """One text; empty when there is none."""
        return self.texts.get(part, "")
