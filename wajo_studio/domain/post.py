"""A post: one message with its fields, media, texts, placements, statements."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    SerializationInfo,
    ValidationInfo,
    field_validator,
    model_validator,
)

from wajo_studio.clock import parse_time
from wajo_studio.domain.media import MediaItem
from wajo_studio.domain.options import check_options, is_of_unused_network
from wajo_studio.domain.placement import PLACEMENTS, Network, network_of
from wajo_studio.domain.validation import (
    BAD_CHARACTERS,
    DATE_TIME,
    EMPTY,
    Text,
    is_storable,
    nearest,
    refusal,
    unknown_key,
    wrong_type,
)
from wajo_studio.i18n import N_, WITA

SCHEMA = 1
"""The post format this program writes and the newest it reads."""

CAPTION_KEYS: tuple[str, ...] = ("base", "alt", *(n.value for n in Network), *PLACEMENTS)
"""Every key ``[captions]`` may have: the base, the artwork's alt text, and the overrides."""

UNKNOWN_PLACEMENT = N_("{file}: {key} names the unknown placement {value}; use one of: {choices}.")
UNKNOWN_PLACEMENT_NEAR = N_(
    '{file}: {key} names the unknown placement {value}; write "{nearest}" instead.'
)
TWICE = N_("{file}: {key} repeats {value}; remove one of the two.")
SAME_MEDIA_ID = N_(
    "{file}: {key} repeats the id {value}; give each photo, clip and sound an id of its own."
)
UNQUOTED_CAPTION = N_(
    '{file}: {key} is no text; a placement stands in quotes, so write "{placement}" = "…" instead.'
)
NO_REAL_TIME = N_("{file}: {key} is {value}, which is no usable date; correct the year.")


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


class WrittenFloat(float):
    """A number that shows itself as the person wrote it: ``12.50`` and not ``12.5``."""

    written: str

    def __new__(cls, written: str) -> Self:
        """A number from its text; digit groups may be joined by ``_``."""
        number = super().__new__(cls, written.replace("_", ""))
        number.written = written
        return number

    def __str__(self) -> str:
        return self.written

    __repr__ = __str__

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        return (self.written,)


FieldValue = str | int | float | date | time | tuple[Any, ...] | dict[str, Any]
"""A field's value as post.toml holds it (lists as tuples); a template's field type decides
what it means. Fields no template asks for are kept, so any value TOML knows may stand here."""


def _frozen(value: Any) -> Any:
    """A TOML value with its lists as tuples.

    A text that came from the keyboard or the clipboard may hold half a character, which no
    file can hold.
    """
    if isinstance(value, str) and not is_storable(value):
        raise refusal(BAD_CHARACTERS)
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(entry) for entry in value)
    if isinstance(value, dict):
        return {key: _frozen(entry) for key, entry in value.items()}
    return value


def _thawed(value: Any, info: SerializationInfo) -> Any:
    """A field's value for a dump; in JSON a number keeps the form it was written in."""
    if isinstance(value, tuple):
        return [_thawed(entry, info) for entry in value]
    if isinstance(value, dict):
        return {key: _thawed(entry, info) for key, entry in value.items()}
    return str(value) if isinstance(value, WrittenFloat) and info.mode == "json" else value


_KeptFieldValue = Annotated[
    FieldValue, PlainValidator(_frozen), PlainSerializer(_thawed, return_type=Any)
]


def _moment(value: object) -> datetime:
    """A moment with zone from a TOML date-time or its ISO text; without a zone it is WITA."""
    moment = value if isinstance(value, datetime) else None
    if isinstance(value, str) and not _is_date(value):
        try:
            moment = parse_time(value)
        except ValueError:
            moment = None
    if moment is None:
        raise wrong_type(DATE_TIME, value)
    if not 2000 <= moment.year <= 2999:
        raise refusal(NO_REAL_TIME, value=moment.isoformat(sep=" "))
    return moment if moment.tzinfo else moment.replace(tzinfo=WITA)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _not_blank(text: str) -> str:
    if not text.strip():
        raise refusal(EMPTY)
    return text


Moment = Annotated[datetime, BeforeValidator(_moment)]
"""A point in time with zone; text and times without zone are read as WITA."""
Filled = Annotated[Text, AfterValidator(_not_blank)]
"""A text of more than white space."""


class Attestation(BaseModel):
    """What only a person can confirm, with who and when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Filled
    at: Moment
    role: Text = ""
    evidence: Text | None = None
    covers: Text | None = None


class Waiver(BaseModel):
    """A recorded decision to publish in spite of a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Filled
    at: Moment
    role: Filled
    reason: Filled


class Post(BaseModel):
    """One message, as post.toml holds it (schema 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: int = Field(alias="schema", strict=True)
    name: Filled
    agency: Filled
    template: Filled
    placements: Annotated[tuple[str, ...], Field(min_length=1)]
    pillar: Pillar | None = None
    information_class: InformationClass | None = None
    schedule: Moment | None = None
    fields: dict[str, _KeptFieldValue] = {}
    captions: dict[str, Text] = {}
    media: tuple[MediaItem, ...] = ()
    options: dict[str, dict[str, Any]] = {}
    attestations: dict[str, Attestation] = {}
    waivers: dict[str, Waiver] = {}
    exceptions: dict[str, tuple[Filled, ...]] = {}

    @field_validator("placements")
    @classmethod
    def _placements_are_known(cls, placements: tuple[str, ...]) -> tuple[str, ...]:
        for index, placement in enumerate(placements):
            if placement not in PLACEMENTS:
                near, value = nearest(placement, PLACEMENTS), f'"{placement}"'
                if near is not None:
                    raise refusal(UNKNOWN_PLACEMENT_NEAR, at=(index,), value=value, nearest=near)
                choices = ", ".join(PLACEMENTS)
                raise refusal(UNKNOWN_PLACEMENT, at=(index,), value=value, choices=choices)
            if placement in placements[:index]:
                raise refusal(TWICE, at=(index,), value=f'"{placement}"')
        return placements

    @field_validator("captions", mode="before")
    @classmethod
    def _captions_are_known(cls, captions: Any) -> Any:
        for key, text in captions.items() if isinstance(captions, dict) else ():
            if key not in CAPTION_KEYS:
                raise unknown_key(key, CAPTION_KEYS)
            surface = next(iter(text), "") if isinstance(text, dict) else ""
            if f"{key}.{surface}" in PLACEMENTS:
                raise refusal(UNQUOTED_CAPTION, at=(key,), placement=f"{key}.{surface}")
        return captions

    @field_validator("options", mode="before")
    @classmethod
    def _unused_options_may_be_anything(cls, options: Any, info: ValidationInfo) -> Any:
        """Leave out what cannot even be held, of networks the post does not go to."""
        if not isinstance(options, dict) or "placements" not in info.data:
            return options
        used = {network_of(placement) for placement in info.data["placements"]}
        return {
            scope: values
            for scope, values in options.items()
            if isinstance(values, dict) or not is_of_unused_network(scope, used)
        }

    @field_validator("options")
    @classmethod
    def _options_are_known(
        cls, options: dict[str, dict[str, Any]], info: ValidationInfo
    ) -> dict[str, dict[str, Any]]:
        if "placements" in info.data:
            check_options(options, info.data["placements"])
        return options

    @model_validator(mode="after")
    def _media_ids_differ(self) -> Self:
        seen: set[str] = set()
        for index, item in enumerate(self.media):
            if item.id in seen:
                raise refusal(SAME_MEDIA_ID, at=("media", index, "id"), value=f'"{item.id}"')
            seen.add(item.id)
        return self

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
