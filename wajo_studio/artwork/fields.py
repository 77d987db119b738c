"""A post's field values against what the template asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wajo_studio.artwork.manifest import FieldSpec
from wajo_studio.artwork.template import Template
from wajo_studio.domain.post import Pillar
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, WITA, _

_EMPTY: tuple[object, ...] = (None, "", ())


@dataclass(frozen=True)
class AssignedPhotos:
    """Which picture goes into which field.

    Attributes:
        by_field: media id per photo field ("" for none), tuple of ids per photos field.
        left: pictures no field took, in their order.
    """

    by_field: Mapping[str, str | tuple[str, ...]]
    left: tuple[str, ...]


def check_fields(template: Template, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values the template asks for, each of its type; others are left out.

    Texts stay as written except for outer blanks and Windows line ends; dates become
    :class:`datetime.date`, lists tuples of strings or of tuples, numbers strings as shown.
    Absent values become ``""``, ``None`` (date) or ``()``; absent photo fields stay absent, so
    that :func:`assign_photos` can tell them from ``""``.

    Raises:
        InputError: a value has the wrong type; names ``fields.<id>``.
    """
    checked: dict[str, Any] = {}
    for spec in template.fields:
        if spec.id in values and values[spec.id] is not None:
            checked[spec.id] = _CHECKS[spec.type](spec, values[spec.id])
        elif spec.type not in ("photo", "photos"):
            checked[spec.id] = {"date": None, "list": ()}.get(spec.type, "")
    return checked


def missing_fields(
    template: Template, fields: Mapping[str, Any], pillar: Pillar | None
) -> tuple[FieldSpec, ...]:
    """Required fields that are empty, in the template's order; ``fields`` are checked values."""
    return tuple(
        spec
        for spec in template.fields
        if spec.is_required(pillar) and fields.get(spec.id) in _EMPTY
    )


def assign_photos(
    template: Template, fields: Mapping[str, Any], picture_ids: Sequence[str]
) -> AssignedPhotos:
    """Decide which picture goes where.

    What the post says comes first; then absent photo fields take, in the template's order, the
    first picture no field took; then absent photos fields take all that are left up to their
    maximum. ``""`` means none.

    Args:
        template: asks for photo and photos fields.
        fields: values from :func:`check_fields`.
        picture_ids: ids of the post's pictures, in post order.

    Raises:
        InputError: a field names something that is no picture of the post.
    """
    by_field: dict[str, str | tuple[str, ...]] = {}
    photo_specs = [spec for spec in template.fields if spec.type in ("photo", "photos")]
    for spec in photo_specs:
        if spec.id in fields:
            value = fields[spec.id]
            by_field[spec.id] = value
            for media_id in [value] if isinstance(value, str) else value:
                if media_id and media_id not in picture_ids:
                    raise InputError(
                        N_(
                            "fields.{field}: the post has no picture {media}. "
                            "Choose one of: {known}."
                        ),
                        field=spec.id,
                        media=media_id,
                        known=", ".join(picture_ids) or "-",
                    )
    taken = {
        media_id
        for value in by_field.values()
        for media_id in ([value] if isinstance(value, str) else value)
    }
    left = [media_id for media_id in picture_ids if media_id not in taken]
    for spec in photo_specs:
        if spec.type == "photo" and spec.id not in by_field:
            by_field[spec.id] = left.pop(0) if left else ""
    for spec in photo_specs:
        if spec.type == "photos" and spec.id not in by_field:
            count = len(left) if spec.max is None else spec.max
            by_field[spec.id], left = tuple(left[:count]), left[count:]
    return AssignedPhotos(by_field, tuple(left))


def _wrong(spec: FieldSpec, expected: str) -> InputError:
    return InputError(
        N_("fields.{field} must be {expected}. Correct the value."),
        field=spec.id,
        expected=_(expected),
        code="input.field",
    )


def _text(spec: FieldSpec, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(spec, N_("a text"))
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _one_line(spec: FieldSpec, value: Any) -> str:
    return " ".join(_text(spec, value).split("\n"))


def _choice(spec: FieldSpec, value: Any) -> str:
    text = _text(spec, value)
    if text and text not in spec.choices:
        raise InputError(
            N_("fields.{field} must be one of: {choices}."),
            field=spec.id,
            choices=", ".join(spec.choices),
            code="input.field",
        )
    return text


def _date(spec: FieldSpec, value: Any) -> date | None:
    if isinstance(value, datetime):
        return (value.astimezone(WITA) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value
    if value == "":
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _wrong(spec, N_("a date such as 2026-12-01")) from error


def _number(spec: FieldSpec, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _wrong(spec, N_("a number"))
    return str(value).strip()


def _list(spec: FieldSpec, value: Any) -> tuple[Any, ...]:
    expected = N_("a list of texts, or of rows of texts")
    if not isinstance(value, list | tuple):
        raise _wrong(spec, expected)
    entries: list[Any] = []
    for entry in value:
        if isinstance(entry, str):
            entries.append(entry.strip())
        elif isinstance(entry, list | tuple) and all(isinstance(cell, str) for cell in entry):
            entries.append(tuple(cell.strip() for cell in entry))
        else:
            raise _wrong(spec, expected)
    return tuple(entry for entry in entries if entry and any(entry))


def _photo(spec: FieldSpec, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(spec, N_("the id of a picture"))
    return value.strip()


def _photos(spec: FieldSpec, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _wrong(spec, N_("a list of ids of pictures"))
    return tuple(item.strip() for item in value if item.strip())


_CHECKS = {
    "text": _one_line,
    "lines": _text,
    "date": _date,
    "time": _one_line,
    "place": _one_line,
    "choice": _choice,
    "number": _number,
    "list": _list,
    "photo": _photo,
    "photos": _photos,
}
