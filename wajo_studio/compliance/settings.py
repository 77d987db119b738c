"""What an office may set for the checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from wajo_studio.errors import InputError
from wajo_studio.i18n import N_


@dataclass(frozen=True)
class ComplianceSettings:
    """Lists that the checks consult.

    Attributes:
        phone_allow: official numbers as bare digits with a leading 0; never masked.
        required_hashtags: tags every post must carry, without ``#``; empty keeps the rule silent.
    """

    phone_allow: frozenset[str] = frozenset()
    required_hashtags: tuple[str, ...] = ()

    @classmethod
    def from_mapping(cls, settings: Mapping[str, Any] | None) -> Self:
        """Settings from a mapping that may be partial; keys of later rules are ignored.

        Raises:
            InputError: a known key does not hold a list of texts.
        """
        given = settings or {}
        return cls(
            phone_allow=frozenset(map(plain_number, _texts(given, "phone_allow"))),
            required_hashtags=tuple(
                tag for text in _texts(given, "required_hashtags") if (tag := text.strip(" #"))
            ),
        )


def plain_number(text: str) -> str:
    """A telephone number as bare digits with a leading 0, however it was written."""
    digits = "".join(filter(str.isdigit, text))
    for prefix in ("0062", "62"):
        if digits.startswith(prefix + "8"):
            return "0" + digits.removeprefix(prefix)
    return digits


def _texts(settings: Mapping[str, Any], key: str) -> Iterable[str]:
    value = settings.get(key, ())
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InputError(N_("The setting {key} must be a list of texts."), key=key)
    texts = tuple(value)
    if not all(isinstance(text, str) for text in texts):
        raise InputError(N_("The setting {key} must be a list of texts."), key=key)
    return texts
