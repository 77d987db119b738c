"""What an office may set for the checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

NOT_TEXTS = N_("The setting {key} must be a list of texts.")
NOT_YES_OR_NO = N_("The setting {key} must be true or false.")


@dataclass(frozen=True)
class ComplianceSettings:
    """Lists that the checks consult; each is added to the built-in one.

    Attributes:
        phone_allow: official numbers as bare digits with a leading 0; never masked.
        required_hashtags: tags every post must carry, without ``#``; empty keeps the rule silent.
        election: whether an election window is open.
        link_allow: hosts, or endings of hosts, that count as official.
        mail_allow: addresses, or endings of addresses, that count as official.
        npwp_allow: tax numbers of agencies, as bare digits.
        campaign_terms: brands of candidates and incumbents.
        officials: names of people in office, with their title where it was given.
        former_officials: names of people who were in office.
        glossary: accepted forms of names, each with the forms it replaces.
        quiet_days: name, first and last day of times in which nothing but what is urgent is
            published; a missing day means the same as the other.
    """

    phone_allow: frozenset[str] = frozenset()
    required_hashtags: tuple[str, ...] = ()
    election: bool = False
    link_allow: tuple[str, ...] = ()
    mail_allow: tuple[str, ...] = ()
    npwp_allow: frozenset[str] = frozenset()
    campaign_terms: tuple[str, ...] = ()
    officials: tuple[tuple[str, str], ...] = ()
    former_officials: tuple[str, ...] = ()
    glossary: tuple[tuple[str, tuple[str, ...]], ...] = ()
    quiet_days: tuple[tuple[str, date | None, date | None], ...] = ()

    @classmethod
    def from_mapping(cls, settings: Mapping[str, Any] | None) -> Self:
        """Settings from a mapping that may be partial; unknown keys are ignored.

        Raises:
            InputError: a known key does not hold a list of texts, or no yes or no.
        """
        given = settings or {}
        election = given.get("election", False)
        if not isinstance(election, bool):
            raise InputError(NOT_YES_OR_NO, key="election")
        return cls(
            phone_allow=frozenset(map(plain_number, _texts(given, "phone_allow"))),
            required_hashtags=tuple(
                tag for text in _texts(given, "required_hashtags") if (tag := text.strip(" #"))
            ),
            election=election,
            link_allow=tuple(map(_host, _texts(given, "link_allow"))),
            mail_allow=tuple(text.strip().lower() for text in _texts(given, "mail_allow")),
            npwp_allow=frozenset(map(plain_number, _texts(given, "npwp_allow"))),
            campaign_terms=tuple(_texts(given, "campaign_terms")),
            officials=tuple(map(_official, _people(given, "officials"))),
            former_officials=tuple(
                name for name, _ in map(_official, _people(given, "former_officials"))
            ),
            glossary=tuple(
                (proper, tuple(_texts(glossary, proper)))
                for glossary in (given.get("glossary"),)
                if isinstance(glossary, Mapping)
                for proper in glossary
            ),
        )


def plain_number(text: str) -> str:
    """A telephone number as bare digits with a leading 0, however it was written."""
    digits = "".join(filter(str.isdigit, text))
    for prefix in ("0062", "62"):
        if digits.startswith(prefix + "8"):
            return "0" + digits.removeprefix(prefix)
    return digits


def _host(text: str) -> str:
    host = text.strip().lower()
    for scheme in ("https://", "http://"):
        host = host.removeprefix(scheme)
    return host.partition("/")[0].removeprefix("*").removeprefix(".").removeprefix("www.")


def _official(text: str) -> tuple[str, str]:
    """Name and title of ``Andi Rosman (Bupati)``; the title may be absent."""
    name, _, title = text.partition("(")
    return name.strip(), title.strip(" )")


def _people(settings: Mapping[str, Any], key: str) -> Iterable[str]:
    """People as texts; a mapping of names to titles, or a list of tables, says the same."""
    value = settings.get(key, ())
    if isinstance(value, Mapping):
        value = [f"{name} ({title})" for name, title in value.items()]
    elif isinstance(value, Iterable) and not isinstance(value, str):
        value = [
            f"{entry.get('name', '')} ({entry.get('title', '')})"
            if isinstance(entry, Mapping)
            else entry
            for entry in value
        ]
    return _texts({key: value}, key)


def _texts(settings: Mapping[str, Any], key: str) -> Iterable[str]:
    value = settings.get(key, ())
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InputError(NOT_TEXTS, key=key)
    texts = tuple(value)
    if not all(isinstance(text, str) for text in texts):
        raise InputError(NOT_TEXTS, key=key)
    return texts
