"""What an export is planned to make: sources, files, limits, distinct renditions. Values only."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.media import Reframe

Role = Literal["item", "cover"]


@dataclass(frozen=True)
class ArtworkSource:
    """The template painted in one format for one safe zone; ``slide`` counts from 0."""

    format: Literal["4:5", "1:1", "9:16", "16:9"]
    size: PixelSize
    safe_zone: SafeZone
    slide: int = 0


@dataclass(frozen=True)
class PhotoSource:
    """A picture of the post on its own, brought to ``size``."""

    media_id: str
    size: PixelSize
    reframe: Reframe


@dataclass(frozen=True)
class FrameSource:
    """One frame of a clip as a cover picture; ``time_s`` None is the first frame kept."""

    media_id: str
    time_s: float | None
    size: PixelSize
    reframe: Reframe


@dataclass(frozen=True)
class ClipSource:
    """A clip of the post, trimmed, upright, brought to ``size`` at ``fps``.

    ``safe_zone`` is empty when nothing is drawn on the clip, so that placements with equal
    pixels share one rendition. ``opener_s`` and ``closer_s`` are whole frames, 0: none.
    """

    media_id: str
    size: PixelSize
    fps: Fraction
    reframe: Reframe
    logo: bool
    lower_third: bool
    burn_subtitles: bool
    safe_zone: SafeZone
    opener_s: Fraction = Fraction(0)
    closer_s: Fraction = Fraction(0)


Source = ArtworkSource | PhotoSource | FrameSource | ClipSource


@dataclass(frozen=True)
class Limits:
    """What every placement of a rendition accepts: the strictest of them."""

    max_bytes: int
    quality_floor: int = 1
    max_bitrate_bps: int = 0
    audio_bitrate_bps: int = 0
    edit_list: bool = False

    def strictest(self, other: "Limits") -> "Limits":
        """The limits that satisfy both."""
        return Limits(
            min(self.max_bytes, other.max_bytes),
            max(self.quality_floor, other.quality_floor),
            min(self.max_bitrate_bps, other.max_bitrate_bps),
            min(self.audio_bitrate_bps, other.audio_bitrate_bps),
            self.edit_list and other.edit_list,
        )


@dataclass(frozen=True)
class PlannedFile:
    """One file of one placement."""

    placement: str
    name: str
    role: Role
    source: Source
    limits: Limits


@dataclass(frozen=True)
class RenditionPlan:
    """One file to make, and every place where it goes.

    Attributes:
        files: placement and path relative to the export folder, first placement first.
    """

    role: Role
    source: Source
    limits: Limits
    files: tuple[tuple[str, str], ...]

    @property
    def placements(self) -> tuple[str, ...]:
        """The placements that hold this rendition."""
        return tuple(placement for placement, _ in self.files)


@dataclass(frozen=True)
class PlannedClip:
    """A clip in a placement, with the length it will have."""

    placement: str
    media_id: str
    duration_s: float


@dataclass(frozen=True)
class Upscaled:
    """A source with fewer pixels than its place needs."""

    placement: str
    media_id: str
    source: PixelSize
    slot: PixelSize


@dataclass
class ExportPlan:
    """Everything an export makes, and what it had to leave out."""

    files: list[PlannedFile] = field(default_factory=list)
    clips: list[PlannedClip] = field(default_factory=list)
    subtitle_files: dict[str, str] = field(default_factory=dict)
    """Placement to the media id whose subtitles go along as a file."""
    left_out: dict[str, list[str]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    """Placement to what it lacks: ``clip``, ``picture`` or ``second_picture``."""
    cover_slide: list[str] = field(default_factory=list)
    """Placements of one item that show only the first slide of a carousel."""
    upscaled: list[Upscaled] = field(default_factory=list)

    def renditions(self) -> tuple[RenditionPlan, ...]:
        """The distinct files: equal pixels are made once."""
        grouped: dict[tuple[Role, Source], list[PlannedFile]] = {}
        for planned in self.files:
            grouped.setdefault((planned.role, planned.source), []).append(planned)
        plans = []
        for (role, source), files in grouped.items():
            limits = files[0].limits
            for planned in files[1:]:
                limits = limits.strictest(planned.limits)
            places = tuple((f.placement, f"{f.placement}/{f.name}") for f in files)
            plans.append(RenditionPlan(role, source, limits, places))
        return tuple(plans)

    def items(self, placement: str) -> list[PlannedFile]:
        """The placement's items in publishing order, without the cover."""
        return [f for f in self.files if f.placement == placement and f.role == "item"]


@dataclass(frozen=True)
class Material:
    """What a post offers: its artwork, and its media by kind in post.toml's order.

    Attributes:
        formats: formats the template has layouts for; empty for ``polos``.
        slides: number of slides of the artwork, 1 for a poster, 0 without artwork.
        spare_pictures: pictures that no template field took.
        opener_s: seconds of the template's opener for clips, 0: none.
        closer_s: seconds of its closer.
    """

    formats: tuple[str, ...]
    slides: int
    spare_pictures: tuple[str, ...]
    clips: tuple[str, ...]
    opener_s: float = 0.0
    closer_s: float = 0.0
