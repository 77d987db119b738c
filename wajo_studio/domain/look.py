"""A look: the same layouts in other colours, type and silk, over any brand kit."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from wajo_studio.domain.brand import Colour, Palette, Style

Role = Literal["primary", "accent", "paper", "ink", "alert", "education"]
Mix = tuple[Role | Colour, Role | Colour, Annotated[float, Field(ge=0, le=1)]]
"""Two colours and the opacity (0-1) with which the second lies over the first."""


class Look(BaseModel):
    """How a look changes the brand kit.

    Attributes:
        description: one sentence for the person who chooses.
        palette: new colours by role: ``#RRGGBB``, a role of the brand's palette, or a mix of two.
            Roles that are absent stay, so that a brand kit of other colours keeps them.
        style: values that differ from the brand's style.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Annotated[str, Field(min_length=1)]
    description: str = ""
    palette: Mapping[Role, Colour | Role | Mix] = {}
    style: Mapping[str, Any] = {}

    @field_validator("style")
    @classmethod
    def _style_is_known(cls, value: Mapping[str, Any]) -> Mapping[str, Any]:
        Style.model_validate(dict(value))
        return value

    def colour(self, role: Role, palette: Palette) -> Colour | tuple[Colour, Colour, float]:
        """The look's colour of a role over ``palette``: plain, or two colours to be mixed."""
        wanted = self.palette.get(role, role)

        def plain(name: str) -> str:
            return name if name.startswith("#") else str(getattr(palette, name))

        if isinstance(wanted, tuple):
            return plain(wanted[0]), plain(wanted[1]), wanted[2]
        return plain(wanted)
