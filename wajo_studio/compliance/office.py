"""The office's lists for the checks: one dated file that may be replaced without a release.

``compliance.toml`` in the data folder; it comes by hand, from the settings page, or in a pack.
Its lists are added to those of the program. Lists whose entries have dates count only in
their time.
"""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wajo_studio import atomic, paths
from wajo_studio.compliance.settings import ComplianceSettings
from wajo_studio.domain.validation import explain
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_

FILE_NAME = "compliance.toml"

Filled = Annotated[str, Field(min_length=1, max_length=200)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Term(_Entry):
    """Something with a time: first and last day, both included; open where not given."""

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> "Term":
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError("to")
        return self

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies in the time."""
        return (self.from_ or day) <= day <= (self.to or day)


class Official(Term):
    """Somebody in office: after the last day a former official."""

    name: Filled
    title: Filled


class ElectionWindow(Term):
    """A time in which the election rules are strict."""

    name: Filled


class QuietDay(Term):
    """Days on which the office publishes nothing but what is urgent."""

    name: Filled


class GlossaryEntry(_Entry):
    """The accepted form of a name, and the forms that are replaced by it."""

    proper: Filled
    forms: Annotated[tuple[Filled, ...], Field(min_length=1)]


class OfficeLists(_Entry):
    """The content of ``compliance.toml``.

    Attributes:
        set_by: who laid the lists down ("ditetapkan oleh").
    """

    schema_: Literal[1] = Field(default=1, alias="schema")
    set_by: str = ""
    version: str = ""
    dated: date | None = Field(default=None, alias="date")
    phone_allow: tuple[Filled, ...] = ()
    link_allow: tuple[Filled, ...] = ()
    mail_allow: tuple[Filled, ...] = ()
    npwp_allow: tuple[Filled, ...] = ()
    required_hashtags: tuple[Filled, ...] = ()
    campaign_terms: tuple[Filled, ...] = ()
    officials: tuple[Official, ...] = ()
    election_windows: tuple[ElectionWindow, ...] = ()
    quiet_days: tuple[QuietDay, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()

    def on(self, day: date, required_hashtags: tuple[str, ...] = ()) -> ComplianceSettings:
        """The settings of the checks on a day.

        Args:
            day: today in WITA.
            required_hashtags: further ones, of the brand kit.
        """
        in_office = [one for one in self.officials if one.holds(day)]
        former = [one for one in self.officials if one.to and one.to < day]
        given: dict[str, Any] = {
            "phone_allow": self.phone_allow,
            "link_allow": self.link_allow,
            "mail_allow": self.mail_allow,
            "npwp_allow": self.npwp_allow,
            "required_hashtags": (*required_hashtags, *self.required_hashtags),
            "campaign_terms": self.campaign_terms,
            "officials": [f"{one.name} ({one.title})" for one in in_office],
            "former_officials": [one.name for one in former],
            "election": any(window.holds(day) for window in self.election_windows),
            "glossary": {one.proper: one.forms for one in self.glossary},
        }
        quiet = tuple((one.name, one.from_, one.to) for one in self.quiet_days)
        return replace(ComplianceSettings.from_mapping(given), quiet_days=quiet)


_cache: dict[tuple[str, int, int], OfficeLists] = {}


def office_file() -> Path:
    """Where the lists lie."""
    return paths.data_dir() / FILE_NAME


def load_office() -> OfficeLists:
    """The office's lists; empty ones without a file. Read again only when the file changed.

    Raises:
        InputError: the file is broken; names it and the key.
    """
    file = office_file()
    try:
        state = file.stat()
    except OSError:
        return OfficeLists()
    stamp = (str(file), state.st_mtime_ns, state.st_size)
    if stamp not in _cache:
        _cache.clear()
        _cache[stamp] = read_office(file)
    return _cache[stamp]


def read_office(file: Path) -> OfficeLists:
    """Read lists from a file.

    Raises:
        InputError: it is broken; names it and the key.
    """
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            N_("The lists in {file} cannot be read. Correct or remove it."),
            file=file.name,
            detail=f"{type(error).__name__}: {error}",
        ) from error
    try:
        return OfficeLists.model_validate(document)
    except ValidationError as error:
        raise explain(error, file=file.name, model=OfficeLists, document=document) from error


def save_office(lists: OfficeLists) -> None:
    """Write the lists.

    Raises:
        DiskError: the data folder cannot be written.
    """
    file = office_file()
    text = tomlkit.dumps(lists.model_dump(by_alias=True, exclude_none=True, mode="python"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_text(file, text)
    except OSError as error:
        raise disk_error(error, file) from error
