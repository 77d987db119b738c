"""Everything a check may look at, gathered beforehand. Checks open no file and draw nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from wajo_studio.compliance.looks import Looks
from wajo_studio.compliance.settings import ComplianceSettings
from wajo_studio.domain.brand import Agency
from wajo_studio.domain.facts import ArtworkFacts, ImageFact, SlotFact, TextFact
from wajo_studio.domain.media import MediaInfo, MediaItem
from wajo_studio.domain.post import Post, Waiver
from wajo_studio.i18n import WITA
from wajo_studio.specs.model import PlacementSpec


@dataclass(frozen=True)
class FieldFact:
    """One field the template asks for.

    Attributes:
        label: the field's name on screen.
        filled: whether it ends up with a value: typed, or a picture the program put there.
    """

    id: str
    label: str
    required: bool
    filled: bool


@dataclass(frozen=True)
class TemplateFacts:
    """The post's template; ``has_artwork`` is False for ``polos``."""

    id: str
    name: str
    fields: tuple[FieldFact, ...] = ()
    has_artwork: bool = True


@dataclass(frozen=True)
class PaintedArtwork:
    """The measurements of one painted artwork.

    Attributes:
        placements: where these very pixels go.
        slide: number of the slide, from 1; 1 for a template with one picture.
    """

    placements: tuple[str, ...]
    slide: int
    facts: ArtworkFacts


@dataclass(frozen=True)
class ClipFact:
    """One clip as it is planned for some placements that share its limits.

    Attributes:
        planned_s: seconds of the result: trim plus opener plus closer.
        min_s, max_s: what the placements take, both ends included.
        silence_added: the source has no sound and a silent track is put in.
        size_bytes: of the finished file; None while it is not made.
        max_bytes: what the placements take.
    """

    media_id: str
    placements: tuple[str, ...]
    planned_s: float
    min_s: float
    max_s: float
    silence_added: bool = False
    size_bytes: int | None = None
    max_bytes: int | None = None


@dataclass(frozen=True)
class MissingMaterial:
    """A placement that lacks what it is made of; ``have`` and ``need`` count items."""

    placement: str
    needs: Literal["clip", "picture", "material"]
    have: int = 0
    need: int = 1


@dataclass(frozen=True)
class LeftOut:
    """Media beyond the number of items a placement takes."""

    placement: str
    media_ids: tuple[str, ...]
    limit: int


@dataclass(frozen=True)
class AltFact:
    """The alternative text of one picture of the result.

    Attributes:
        media_id: the picture; None for the artwork.
        placements: where the picture appears.
        slide: number of the artwork's slide, from 1.
        drafted: whether the template wrote it; such a text is not criticised for its style.
    """

    media_id: str | None
    text: str
    placements: tuple[str, ...]
    slide: int = 1
    drafted: bool = False


@dataclass(frozen=True)
class Cue:
    """One subtitle of a clip's file: its words and the seconds of the source it is shown in."""

    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True)
class PostFacts:
    """A post, what it will become and what was measured, for the placements asked for.

    Attributes:
        specs: the placements asked for, by id; findings are about these alone.
        now: the moment of the check, with zone.
        media: what every media file of the post really is, by media id.
        uses: the placements in which a media item ends up, by media id; unused ones are absent.
        subtitles: what the subtitle files say, by media id of the clip.
        artworks: None when nothing was painted: the rules about it are then not checked.
        images: None when no picture was encoded; likewise.
        cover_only: placements of one item that got the cover of a template of several slides.
        logos_imported: whether the office has given its own logos.
        looks: what was seen in pictures and heard in clips.
        waived: the waivers that were applied; filled by the runner for its last rule.
    """

    post: Post
    agency: Agency
    template: TemplateFacts
    specs: Mapping[str, PlacementSpec]
    now: datetime
    settings: ComplianceSettings = field(default_factory=ComplianceSettings)
    media: Mapping[str, MediaInfo] = field(default_factory=dict)
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: tuple[TextFact, ...] = ()
    alts: tuple[AltFact, ...] = ()
    subtitles: Mapping[str, tuple[Cue, ...]] = field(default_factory=dict)
    artworks: tuple[PaintedArtwork, ...] | None = ()
    images: tuple[ImageFact, ...] | None = ()
    slots: tuple[SlotFact, ...] = ()
    clips: tuple[ClipFact, ...] = ()
    missing: tuple[MissingMaterial, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    cover_only: tuple[str, ...] = ()
    logos_imported: bool = False
    looks: Looks = field(default_factory=Looks)
    waived: tuple[Waiver, ...] = ()

    @property
    def today(self) -> date:
        """The WITA date of the check."""
        return self.now.astimezone(WITA).date()

    def used_media(self) -> tuple[MediaItem, ...]:
        """The media items that end up in a placement asked for, in the post's order."""
        return tuple(item for item in self.post.media if self.uses.get(item.id))


def is_filled(value: object) -> bool:
    """Whether a field's value holds anything at all; spaces and empty rows do not count."""
    if isinstance(value, str):
        return bool(re.search(r"\S", value))
    if isinstance(value, tuple | list):
        return any(is_filled(part) for part in value)
    return value is not None
