"""One table that turns what pydantic says into one sentence a person can act on.

A model raises :func:`refusal` for rules of its own; :func:`explain` translates the first error
of a ``ValidationError`` into an :class:`~wajo_studio.errors.InputError` that names the key as
the file writes it. Nothing here knows what the file is about.
"""

import difflib
import re
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _

Location = tuple[int | str, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST_EXCERPT = 60

MISSING = N_("{file}: the key {key} is missing; add it.")
UNKNOWN_KEY = N_("{file}: the key {key} is unknown; remove it or use one of: {choices}.")
UNKNOWN_KEY_NEAR = N_("{file}: the key {key} is unknown; write {nearest} instead, or remove it.")
WRONG_TYPE = N_("{file}: {key} must be {expected}, not {actual}; correct the value.")
WRONG_SHAPE = N_("{file}: {key} must have the form {example}; correct the value.")
EMPTY = N_("{file}: {key} is empty; fill it in.")
BELOW = N_("{file}: {key} is {value} but must be at least {limit}; correct the value.")
ABOVE = N_("{file}: {key} is {value} but must be at most {limit}; correct the value.")
NOT_ABOVE = N_("{file}: {key} is {value} but must be more than {limit}; correct the value.")
NOT_FINITE = N_("{file}: {key} must be an ordinary number; correct the value.")
NOT_A_CHOICE = N_("{file}: {key} is {value} but must be one of: {choices}.")
BAD_CHARACTERS = N_("{file}: {key} holds characters that cannot be stored; type the text again.")
OTHER = N_("{file}: {key} cannot be used as it is; correct the value.")

TEXT = N_("a text in quotes")
NUMBER = N_("a number")
WHOLE_NUMBER = N_("a whole number")
TRUE_OR_FALSE = N_("true or false")
LIST = N_("a list in square brackets")
TABLE = N_("a table of keys and values")
DATE_TIME = N_("a date with a time such as 2026-12-01T09:00:00")
_DATE = N_("a date")
_TIME = N_("a time of day")

_EXPECTED = {
    "string_type": TEXT,
    "bool_type": TRUE_OR_FALSE,
    "float_type": NUMBER,
    "int_type": WHOLE_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "tuple_type": LIST,
    "list_type": LIST,
    "dict_type": TABLE,
    "model_type": TABLE,
    "model_attributes_type": TABLE,
    "datetime_type": DATE_TIME,
    "date_type": _DATE,
}
_ACTUAL: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, TRUE_OR_FALSE),
    (str, TEXT),
    ((int, float), NUMBER),
    (datetime, DATE_TIME),
    (date, _DATE),
    (time, _TIME),
    ((list, tuple), LIST),
    (dict, TABLE),
)
_LIMITS = {
    "greater_than_equal": ("ge", BELOW),
    "less_than_equal": ("le", ABOVE),
    "greater_than": ("gt", NOT_ABOVE),
}


def refusal(message: str, *, at: Location = (), **params: object) -> PydanticCustomError:
    """An error for a validator to raise.

    Args:
        message: msgid with ``{file}``, ``{key}`` and the names in ``params``.
        at: where in the validated value the trouble is, below the validator's own place.
        params: values of the other placeholders.
    """
    return PydanticCustomError("refused", "{text}", {"text": message, "at": at, "params": params})


def wrong_type(expected: str, value: object, *, at: Location = ()) -> PydanticCustomError:
    """An error for a value that is not what ``expected`` (one of this module's words) says."""
    return refusal(WRONG_TYPE, at=at, expected=_(expected), actual=describe(value))


def unknown_key(key: str, choices: Iterable[str], *, at: Location = ()) -> PydanticCustomError:
    """An error for a key that is none of ``choices``; ``at`` ends with the key itself."""
    return refusal(UNKNOWN_KEY, at=at or (key,), choices_of_key=tuple(choices))


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like ``word``, if one is like it at all."""
    by_fold = {choice.casefold(): choice for choice in choices}
    matches = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[matches[0]] if matches else None


def is_storable(text: str) -> bool:
    """Whether a text can be written as UTF-8 (half of a surrogate pair cannot)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _storable(text: str) -> str:
    if not is_storable(text):
        raise refusal(BAD_CHARACTERS)
    return text


Text = Annotated[str, AfterValidator(_storable)]
"""A text that a file can hold."""


def describe(value: object) -> str:
    """What kind of TOML value this is, in the language in force."""
    for kinds, word in _ACTUAL:
        if isinstance(value, kinds):
            return _(word)
    return type(value).__name__


def excerpt(value: object) -> str:
    """A value as the file shows it, shortened."""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = "".join(sign if sign.isprintable() else "?" for sign in text)
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[: _LONGEST_EXCERPT - 1]}…"


def quoted_key(key: str) -> str:
    """A key as TOML writes it: bare where it may be, else in quotes."""
    return key if _BARE_KEY.fullmatch(key) else excerpt(key)


def key_path(location: Location, document: object = None) -> str:
    """A place as the file writes it: ``options."x.post".format``, ``media[1].focus (foto2)``.

    Args:
        location: keys and list positions (from 0).
        document: the parsed file; where a list's entry has an ``id``, it is added in brackets.
    """
    text, name, value = "", "", document
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
            value = value[part] if isinstance(value, list) and part < len(value) else None
            if isinstance(value, dict) and isinstance(value.get("id"), str):
                name = value["id"]
        else:
            text += ("." if text else "") + quoted_key(part)
            value = value.get(part) if isinstance(value, dict) else None
    return f"{text} ({excerpt(name)[1:-1]})" if name else text


def explain(
    error: ValidationError,
    *,
    file: str,
    model: type[BaseModel],
    document: Mapping[str, Any],
    examples: Mapping[str, str] | None = None,
) -> InputError:
    """The sentence for the error that matters most.

    A misspelt key comes first, since it is often the reason why another one is missing.

    Args:
        error: what pydantic found.
        file: how the person knows the file.
        model: the model that was asked for.
        document: what was validated.
        examples: key name to an example of its value, for lists of a fixed form.
    """
    details = error.errors(include_url=False)
    chosen = next((d for d in details if d["type"] == "extra_forbidden"), details[0])
    message, location, params = _sentence(chosen, model, examples or {})
    return InputError(
        message,
        file=file,
        key=key_path(location, document),
        detail="; ".join(f"{key_path(d['loc'])}: {d['type']}" for d in details[:20]),
        **params,
    )


def _sentence(
    detail: ErrorDetails, model: type[BaseModel], examples: Mapping[str, str]
) -> tuple[str, Location, dict[str, Any]]:
    kind, location, value = detail["type"], detail["loc"], detail["input"]
    context = detail.get("ctx", {})
    formed = next((n for n, part in enumerate(location) if part in examples), None)
    example = None if formed is None else examples[str(location[formed])]
    if kind == "refused":
        return _refused(context, location)
    if kind == "extra_forbidden":
        return _unknown(location, _keys_at(model, location[:-1]))
    if kind == "missing" and isinstance(location[-1], str):
        return MISSING, location, {}
    if kind in ("missing", "too_long"):  # a tuple of fixed length
        if formed is None:
            return OTHER, location, {}
        return WRONG_SHAPE, location[: formed + 1], {"example": example}
    if kind in _EXPECTED:
        if formed is not None:
            return WRONG_SHAPE, location[: formed + 1], {"example": example}
        words = {"expected": _(_EXPECTED[kind]), "actual": describe(value)}
        return WRONG_TYPE, location, words
    if kind in _LIMITS:
        name, message = _LIMITS[kind]
        return message, location, {"value": excerpt(value), "limit": f"{context[name]:g}"}
    if kind in ("literal_error", "enum"):
        choices = ", ".join(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
        return NOT_A_CHOICE, location, {"value": excerpt(value), "choices": choices}
    simple = {
        "string_too_short": EMPTY,
        "too_short": EMPTY,
        "finite_number": NOT_FINITE,
        "string_unicode": BAD_CHARACTERS,
    }
    return simple.get(kind, OTHER), location, {}


def _refused(
    context: Mapping[str, Any], location: Location
) -> tuple[str, Location, dict[str, Any]]:
    params: dict[str, Any] = dict(context["params"])
    place = (*location, *context["at"])
    choices: Sequence[str] | None = params.pop("choices_of_key", None)
    if choices is not None:
        return _unknown(place, choices)
    return str(context["text"]), place, params


def _unknown(location: Location, choices: Sequence[str]) -> tuple[str, Location, dict[str, Any]]:
    near = nearest(str(location[-1]), choices)
    if near is not None:
        return UNKNOWN_KEY_NEAR, location, {"nearest": quoted_key(near)}
    return UNKNOWN_KEY, location, {"choices": ", ".join(quoted_key(key) for key in choices)}


def _keys_at(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that may stand at a place below ``model``."""
    kind: Any = model
    for part in location:
        kind = _inner(kind, part)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [field.alias or name for name, field in kind.model_fields.items()]
    return []


def _inner(kind: Any, part: int | str) -> Any:
    """The type one step down."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if (field.alias or name) == part:
                return _plain(field.annotation)
        return None
    arguments = [a for a in get_args(kind) if a is not Ellipsis]
    if not arguments:
        return None
    return _plain(arguments[-1] if get_origin(kind) is dict else arguments[0])


def _plain(kind: Any) -> Any:
    """A type without ``Annotated`` and without ``None``."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _plain(get_args(kind)[0])
    if origin in (types.UnionType, typing.Union):
        members = [a for a in get_args(kind) if a is not type(None)]
        return _plain(members[0]) if members else None
    return None if origin is Literal else kind
