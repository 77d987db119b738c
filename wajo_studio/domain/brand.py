"""Who speaks and what it looks like: agencies and the brand kit."""

from collections.abc import Mapping
from typing import Annotated, Literal

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


Pattern = Literal["bombang", "balo_renni", "balo_tettong", "makkalu"]
"""The silk patterns, by the names of their macros."""


class Style(BaseModel):
    """What a look changes beside the colours.

    Attributes:
        headline_weight: of the font.
        headline_tracking: letter spacing in em.
        headline_scale: factor on the largest size a headline may have; never more than 1, because
            layouts give what a headline leaves to the text below.
        corner: factor on the rounding of labels.
        patterns: what is drawn in the place of each silk pattern; absent ones stay.
        pattern_scale: factor on the size of a pattern's repeat.
        pattern_weight: factor on the thickness of its lines.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    headline_weight: Annotated[int, Field(ge=400, le=800)] = 800
    headline_tracking: Annotated[float, Field(ge=-0.06, le=0.02)] = -0.035
    headline_scale: Annotated[float, Field(ge=0.7, le=1)] = 1.0
    corner: Annotated[float, Field(ge=0, le=3)] = 1.0
    patterns: Mapping[Pattern, Pattern] = {}
    pattern_scale: Annotated[float, Field(ge=0.5, le=2)] = 1.0
    pattern_weight: Annotated[float, Field(ge=0.5, le=2)] = 1.0


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
    look: str = "resmi"
    """Id of the look of posts that choose none."""
    style: Style = Style()
