"""The looks: read from data, chosen by a post, laid over the brand kit."""

import logging
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from wajo_studio.artwork.brand import read_file, source_file
from wajo_studio.artwork.colours import mix
from wajo_studio.artwork.contrast import repaired
from wajo_studio.artwork.template import Template
from wajo_studio.domain.brand import BrandKit, Palette, Style
from wajo_studio.domain.look import Look
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

LOOKS_FILE = "looks.toml"
LOOK_FIELD = "gaya"
"""Field of a post that names its look; see docs/decisions/0029-looks.md."""

_log = logging.getLogger(__name__)


class _LookList(BaseModel):
    """looks.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal[1] = Field(alias="schema")
    look: Annotated[tuple[Look, ...], Field(min_length=1)]


def load_looks() -> dict[str, Look]:
    """Every look by its id, in the order of the file.

    Raises:
        InputError: the file cannot be read or a key in it is wrong; names file and key.
    """
    return {look.id: look for look in read_file(source_file(LOOKS_FILE), _LookList).look}


def find_look(look_id: str) -> Look:
    """The look with this id.

    Raises:
        InputError: there is none; names those that are.
    """
    looks = load_looks()
    if look_id not in looks:
        raise InputError(
            N_("There is no look {look}. Choose one of: {known}."),
            look=look_id,
            known=", ".join(looks),
            code="input.look",
        )
    return looks[look_id]


def default_look(brand: BrandKit) -> Look:
    """The look of posts that choose none: the brand kit's, else the first of the list."""
    looks = load_looks()
    if brand.look not in looks:
        _log.warning("the brand kit names the unknown look %s", brand.look)
    return looks.get(brand.look) or next(iter(looks.values()))


def look_of(template: Template, fields: Mapping[str, Any], brand: BrandKit) -> Look:
    """The look a post has.

    A field that the template does not ask for is never an error (the contract), so an unknown
    look is the default one; and a template that asks for a field of this name means its own.

    Args:
        template: of the post.
        fields: as post.toml holds them.
        brand: names the default look.
    """
    wanted = fields.get(LOOK_FIELD)
    if isinstance(wanted, str) and template.field(LOOK_FIELD) is None:
        found = load_looks().get(wanted.strip().lower())
        if found is not None:
            return found
    return default_look(brand)


def dressed(brand: BrandKit, look: Look) -> BrandKit:
    """The brand kit as artworks of this look see it.

    Colours that the look makes are mended until every pair the layouts rely on can be read, so
    that any brand kit goes with any look; the brand's own colours are left to the office.
    """
    style = Style.model_validate({**brand.style.model_dump(), **look.style})
    palette = brand.palette
    if look.palette:
        palette = repaired(Palette.model_validate(_colours(look, palette)))
    return brand.model_copy(update={"look": look.id, "palette": palette, "style": style})


def _colours(look: Look, palette: Palette) -> dict[str, str]:
    colours: dict[str, str] = palette.model_dump()
    for role in look.palette:
        wanted = look.colour(role, palette)
        colours[role] = wanted if isinstance(wanted, str) else mix(*wanted)
    return colours
