"""The shape of a placement spec. Values come from ``assets/specs/*.toml``, never from code."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.placement import Network, network_of
from wajo_studio.specs.units import TextUnit

Positive = Annotated[int, Field(gt=0)]
SettingValue = bool | int | float | str | tuple[float, ...]
"""Several numbers are waits one after the other in seconds; the last one repeats."""


class _Block(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Source(_Block):
    """Where the numbers of a block come from and when they were checked."""

    sheet: Annotated[str, Field(min_length=1)]
    """Sheet and key, such as ``facebook.md S16``."""
    url: Annotated[str, Field(pattern=r"^https://\S+$")]
    checked: date
    confirmed: bool = True
    """False where the sheet itself says unconfirmed: treat as a setting."""


class SizeSpec(_Block):
    """An output size the program makes for this placement."""

    format: Literal["4:5", "1:1", "9:16", "16:9"]
    width: Positive
    height: Positive

    @property
    def size(self) -> PixelSize:
        """The size in pixels."""
        return PixelSize(self.width, self.height)


class SafeZoneSpec(_Block):
    """Margins that the network's buttons may cover, at ``width`` x ``height``."""

    width: Positive
    height: Positive
    top: Annotated[int, Field(ge=0)] = 0
    bottom: Annotated[int, Field(ge=0)] = 0
    left: Annotated[int, Field(ge=0)] = 0
    right: Annotated[int, Field(ge=0)] = 0
    source: Source

    def at(self, size: PixelSize) -> SafeZone:
        """The margins at another size of the same shape; none for another shape."""
        if abs(size.ratio - self.width / self.height) > 0.01:
            return SafeZone()
        scale = size.width / self.width
        return SafeZone(*(round(v * scale) for v in (self.top, self.bottom, self.left, self.right)))


class ImageSpec(_Block):
    """Still pictures of a placement."""

    max_items: Positive
    min_items: Positive = 1
    artwork: SizeSpec
    """The size of the artwork unless the post's option ``format`` says otherwise."""
    formats: tuple[SizeSpec, ...]
    """Every artwork size that the option ``format`` may choose; contains ``artwork``."""
    min_ratio: Annotated[float, Field(gt=0)]
    max_ratio: Annotated[float, Field(gt=0)]
    """Width divided by height that the network takes, both ends included."""
    reframe_to_artwork: bool = False
    """Pictures are put into the artwork's frame (9:16) instead of keeping their own ratio."""
    width: Positive | None = None
    """Pictures of their own ratio get exactly this width (Instagram 1080)."""
    max_long_side: Positive
    max_width: Positive | None = None
    max_height: Positive | None = None
    min_width: Positive = 1
    max_bytes: Positive
    quality_floor: Annotated[int, Field(ge=1, le=95)]
    """JPEG quality below which the program refuses to go."""
    source: Source


class VideoSpec(_Block):
    """Clips of a placement."""

    sizes: tuple[SizeSpec, ...]
    """Sizes the program makes; the one nearest to the source's ratio is taken."""
    min_duration_s: Annotated[float, Field(ge=0)]
    max_duration_s: Annotated[float, Field(gt=0)]
    min_fps: Annotated[float, Field(gt=0)]
    max_fps: Annotated[float, Field(gt=0)]
    max_bytes: Positive
    max_bitrate_bps: Positive
    """The program's own target ceiling for the picture, within what the network takes."""
    audio_bitrate_bps: Positive
    logo: bool = True
    """Whether the program may draw its corner logo (TikTok: no)."""
    edit_list: bool = False
    """Whether the network tolerates an edit list in the container."""
    cover: Literal["image", "frame", "none"]
    """``image``: a cover file goes along; ``frame``: only a time can be chosen."""
    subtitle_files: bool = False
    """Whether the network takes an SRT or VTT file; otherwise subtitles are burned in."""
    cover_size: SizeSpec | None = None
    cover_max_bytes: Positive | None = None
    source: Source


class TextSpec(_Block):
    """One text of a placement: caption, title, description or tags."""

    limit: Positive
    unit: TextUnit
    required: bool = False
    forbidden: tuple[str, ...] = ()
    """Characters the network refuses."""
    max_hashtags: Positive | None = None
    max_mentions: Positive | None = None
    links: Literal["clickable", "plain", "weighted"] = "clickable"
    """``plain``: shown but not clickable; ``weighted``: each counts ``link_length``."""
    link_length: Positive | None = None
    source: Source


class AltTextSpec(_Block):
    """Alternative text; absent where the network has no field for it."""

    limit: Positive
    images: bool = True
    videos: bool = False
    source: Source


class PlacementSpec(_Block):
    """Everything about one placement. ``images`` or ``video`` or both are there."""

    id: str
    label: Annotated[str, Field(min_length=1)]
    """Name on screen, the network's own word: ``Instagram Reel``."""
    images: ImageSpec | None = None
    video: VideoSpec | None = None
    texts: dict[Literal["caption", "title", "description", "tags"], TextSpec] = {}
    alt_text: AltTextSpec | None = None
    safe_zone: SafeZoneSpec | None = None
    required_options: tuple[str, ...] = ()
    """Options the network demands before publishing, such as ``made_for_kids``."""
    options_source: Source | None = None
    settings: dict[str, SettingValue] = {}
    """Facts the publishing part needs that are unconfirmed or may change, by name."""
    setting_sources: dict[str, Source] = {}
    """The source of every setting, by the setting's name."""

    @property
    def network(self) -> Network:
        """The placement's network."""
        return network_of(self.id)
