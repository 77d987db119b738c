"""Who speaks and what it looks like: agencies and the brand kit."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Agency(BaseModel):
    """One office (OPD). ``id`` is its short form in lower case, without spaces."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: str
    short_name: str
    website: str = ""
    hotline: str = ""
    handles: dict[str, str] = {}
    """Account name by network id, without ``@``; empty until the office fills it in."""
    logo: str = ""
    """Logo file beside the agency list; empty: the drawn monogram stands in."""
    confirmed: bool = True
    """Whether the name is confirmed by a public source."""


class Palette(BaseModel):
    """The brand's colours, by role."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    primary: Colour
    accent: Colour
    paper: Colour
    ink: Colour
    alert: Colour
    education: Colour


class BrandKit(BaseModel):
    """What all agencies share: government name, palette, fonts, logo, required hashtags."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: int = Field(alias="schema")
    version: str
    government: str
    tagline: str = ""
    palette: Palette
    font_family: str
    logo: str = ""
    footer: str = ""
    required_hashtags: tuple[str, ...] = ()
