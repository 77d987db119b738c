"""A post: one message with its fields, media, texts, placements, statements."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from wajo_studio.domain.media import MediaItem

SCHEMA = 1
"""The post format this program writes and the newest it reads."""


class Pillar(StrEnum):
    """What a post is for; ``krisis`` stands for "klarifikasi/krisis" of the rule catalogue."""

    PUBLIC_SERVICE = "layanan-publik"
    GOVERNMENT_ACTIVITY = "kegiatan-pemerintah"
    ACHIEVEMENT = "capaian-inovasi"
    EDUCATION = "edukasi"
    CRISIS = "krisis"


class InformationClass(StrEnum):
    """Information class of UU 14/2008; ``dikecualikan`` can never be published."""

    PERIODIC = "berkala"
    IMMEDIATE = "serta-merta"
    ANY_TIME = "setiap-saat"
    EXEMPT = "dikecualikan"


FieldValue = str | int | float | date | tuple[Any, ...]
"""A field's value as post.toml holds it; a template's field type decides what it means."""


class Attestation(BaseModel):
    """What only a person can confirm, with who and when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Annotated[str, Field(min_length=1)]
    at: datetime
    role: str = ""
    evidence: str | None = None
    covers: str | None = None


class Waiver(BaseModel):
    """A recorded decision to publish in spite of a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Annotated[str, Field(min_length=1)]
    at: datetime
    role: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]


class Post(BaseModel):
    """One message, as post.toml holds it (schema 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: int = Field(alias="schema")
    name: Annotated[str, Field(min_length=1)]
    agency: Annotated[str, Field(min_length=1)]
    template: Annotated[str, Field(min_length=1)]
    placements: Annotated[tuple[str, ...], Field(min_length=1)]
    pillar: Pillar | None = None
    information_class: InformationClass | None = None
    schedule: datetime | None = None
    fields: dict[str, FieldValue] = {}
    captions: dict[str, str] = {}
    media: tuple[MediaItem, ...] = ()
    options: dict[str, dict[str, Any]] = {}
    attestations: dict[str, Attestation] = {}
    waivers: dict[str, Waiver] = {}
    exceptions: dict[str, tuple[str, ...]] = {}

    def media_by_id(self, media_id: str) -> MediaItem | None:
        """The media item with this id, if there is one."""
        return next((item for item in self.media if item.id == media_id), None)

    def option(self, placement: str, key: str) -> Any:
        """An option's value: the placement's own, else its network's, else None."""
        network = placement.partition(".")[0]
        for scope in (placement, network):
            if key in self.options.get(scope, {}):
                return self.options[scope][key]
        return None
