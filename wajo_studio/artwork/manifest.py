"""``template.toml``: what a template asks for and which pictures it makes."""

import tomllib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wajo_studio.domain.post import FieldValue, Pillar
from wajo_studio.errors import TemplateError
from wajo_studio.i18n import N_, _

SCHEMA = 1
FILE = "template.toml"

FieldType = Literal[
    "text", "lines", "date", "time", "place", "photo", "photos", "number", "list", "choice"
]
ArtworkFormat = Literal["4:5", "1:1", "9:16", "16:9"]
Silk = Literal["bombang", "balo_renni", "balo_tettong", "makkalu"]
FORMATS: tuple[ArtworkFormat, ...] = ("4:5", "1:1", "9:16", "16:9")

_ID = r"^[a-z][a-z0-9_]*$"
_Positive = Annotated[int, Field(gt=0, le=10_000)]


class _Block(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldSpec(_Block):
    """One field a template asks for.

    Attributes:
        id: key under ``[fields]``.
        required: for every pillar, or for the listed ones only.
        max: code points of a text, entries of a list, pictures of ``photos``.
        item_max: code points of one entry of a list (all cells of a row together).
        sample: shown in a new post.
        choices: allowed values of a choice.
        columns: names of the cells where a list's entries are rows.
        hint: one sentence of help under the field.
    """

    id: Annotated[str, Field(pattern=_ID)]
    type: FieldType
    label: Annotated[str, Field(min_length=1)]
    required: bool | tuple[Pillar, ...] = False
    max: _Positive | None = None
    item_max: _Positive | None = None
    sample: FieldValue | None = None
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    hint: str = ""

    @model_validator(mode="after")
    def _choices_go_with_choice(self) -> "FieldSpec":
        if (self.type == "choice") != bool(self.choices):
            raise ValueError(N_("choices belong to a field of type choice, which needs them"))
        if (self.columns or self.item_max) and self.type != "list":
            raise ValueError(N_("columns and item_max belong to a field of type list"))
        return self

    def is_required(self, pillar: Pillar | None) -> bool:
        """Whether a post of this pillar has to fill the field."""
        if isinstance(self.required, bool):
            return self.required
        return pillar in self.required


class SlidesSpec(_Block):
    """A carousel: one picture per entry of the list field ``each``.

    ``min`` and ``max`` count all its pictures, cover and closing included. ``per``: entries that
    one picture takes, such as the rows of a table; they are shared out evenly.
    """

    each: Annotated[str, Field(pattern=_ID)]
    cover: bool = True
    closing: bool = False
    min: Annotated[int, Field(ge=1, le=10)] = 2
    max: Annotated[int, Field(ge=2, le=10)] = 10
    per: Annotated[int, Field(ge=1, le=20)] = 1

    @model_validator(mode="after")
    def _in_order(self) -> "SlidesSpec":
        if self.min > self.max:
            raise ValueError(N_("min may not exceed max"))
        return self


class ClipSpec(_Block):
    """What stands before and behind a post's clip: seconds of the brand's opener and closer.

    The opener tells the field ``judul``, the closer who speaks; both show the pattern ``silk``.
    """

    opener_s: Annotated[float, Field(gt=0, le=1.5)] | None = None
    closer_s: Annotated[float, Field(gt=0, le=1.5)] | None = None
    silk: Silk = "bombang"


class Manifest(_Block):
    """The whole of ``template.toml``."""

    schema_: Literal[1] = Field(alias="schema")
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Annotated[str, Field(min_length=1)]
    description: str = ""
    pillars: Annotated[tuple[Pillar, ...], Field(min_length=1)]
    formats: tuple[ArtworkFormat, ...] = FORMATS
    fields: tuple[FieldSpec, ...] = ()
    slides: SlidesSpec | None = None
    clip: ClipSpec = ClipSpec()

    @model_validator(mode="after")
    def _slides_name_a_list(self) -> "Manifest":
        lists = {field.id for field in self.fields if field.type == "list"}
        if self.slides and self.slides.each not in lists:
            raise ValueError(N_("slides.each must name a field of type list"))
        return self


def read_manifest(content: bytes, template_id: str) -> Manifest:
    """Read and check ``template.toml``.

    Raises:
        TemplateError: names the line (syntax) or the key (content), and what is wrong.
    """
    try:
        raw = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateError(
            N_("Template {template}: {file} cannot be read: {reason}. Correct the file."),
            template=template_id,
            file=FILE,
            reason=str(error),
        ) from error
    if isinstance(raw.get("schema"), int) and raw["schema"] > SCHEMA:
        raise TemplateError(
            N_("Template {template} was made for a newer version of the program. Update it."),
            template=template_id,
        )
    try:
        return Manifest.model_validate(_with_ids(raw))
    except ValidationError as error:
        key, reason = _first_problem(error, raw)
        raise TemplateError(
            N_("Template {template}, {file}, key {key}: {reason}. Correct the file."),
            template=template_id,
            file=FILE,
            key=key,
            reason=reason,
            detail=str(error),
        ) from error


def _with_ids(raw: dict[str, Any]) -> dict[str, Any]:
    """``[fields.judul]`` tables as a list in file order, each with its id."""
    fields = raw.get("fields")
    if not isinstance(fields, dict):
        return raw
    listed = [
        {**value, "id": key} if isinstance(value, dict) else value for key, value in fields.items()
    ]
    return {**raw, "fields": listed}


_REASONS = {
    "missing": N_("is missing"),
    "extra_forbidden": N_("is not known here"),
    "literal_error": N_("must be one of {expected}"),
    "enum": N_("must be one of {expected}"),
    "string_pattern_mismatch": N_("may hold lower-case letters, digits and - or _ only"),
    "too_short": N_("may not be empty"),
    "string_too_short": N_("may not be empty"),
    "greater_than": N_("must be at least {minimum}"),
    "greater_than_equal": N_("must be at least {minimum}"),
    "less_than_equal": N_("must be at most {maximum}"),
}


def _first_problem(error: ValidationError, raw: dict[str, Any]) -> tuple[str, str]:
    """Key and translated reason of the first thing that is wrong."""
    problem = error.errors()[0]
    context = problem.get("ctx", {})
    if problem["type"] == "value_error":
        reason = _(str(context["error"]))
    else:
        reason = _(_REASONS.get(problem["type"], N_("has the wrong type"))).format(
            expected=context.get("expected", ""),
            minimum=context.get("ge", context.get("gt", 0) + 1),
            maximum=context.get("le", ""),
        )
    return _key(problem["loc"], raw), reason


def _key(location: tuple[int | str, ...], raw: dict[str, Any]) -> str:
    """The dotted key as the author wrote it: ``fields.judul.type``."""
    parts = [str(part) for part in location]
    if len(location) > 1 and location[0] == "fields" and isinstance(location[1], int):
        parts[1] = list(raw["fields"])[location[1]]
    return ".".join(parts) or FILE
