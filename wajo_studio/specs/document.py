"""A spec file as it is written: its tables and keys. The loader turns it into placement specs."""

import math
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from wajo_studio.domain.validation import refusal
from wajo_studio.i18n import N_
from wajo_studio.specs.model import (
    AltTextSpec,
    ImageSpec,
    SafeZoneSpec,
    SettingValue,
    Source,
    TextSpec,
    VideoSpec,
)

SCHEMA = 1
"""The spec format this program reads."""

SETTING_VALUE = N_(
    "{file}: {key} must be true or false, a number, a text, or a list of numbers; correct it."
)


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Setting(_Table):
    """One fact for publishing that is unconfirmed or may change."""

    value: SettingValue
    source: Source

    @field_validator("value", mode="plain")
    @classmethod
    def _plain_value(cls, value: Any) -> Any:
        entries = value if isinstance(value, tuple) and value else (value,)
        kinds = (int, float) if entries is value else (bool, int, float, str)
        for entry in entries:
            unfit = not isinstance(entry, kinds) or (entries is value and entry is True)
            if unfit or (isinstance(entry, float) and not math.isfinite(entry)):
                raise refusal(SETTING_VALUE)
        return value


class RequiredOptions(_Table):
    """Options that the network demands before publishing."""

    names: Annotated[tuple[str, ...], Field(min_length=1)]
    source: Source


class Texts(_Table):
    """The texts of a placement by part."""

    caption: TextSpec | None = None
    title: TextSpec | None = None
    description: TextSpec | None = None
    tags: TextSpec | None = None


class Placement(_Table):
    """``[placement.<surface>]``."""

    label: Annotated[str, Field(min_length=1)]
    images: ImageSpec | None = None
    video: VideoSpec | None = None
    texts: Texts = Texts()
    alt_text: AltTextSpec | None = None
    safe_zone: SafeZoneSpec | None = None
    required_options: RequiredOptions | None = None
    settings: dict[str, Setting] = {}


class SpecFile(_Table):
    """One file: a network with all its placements, and settings that hold for each of them."""

    schema_: Literal[1] = Field(alias="schema")
    network: str
    placement: dict[str, Placement]
    settings: dict[str, Setting] = {}
