"""Rules as data: severity, wording, reason, source, switch; dated, and replaceable by an office.

The program's own files lie in ``assets/rules``. A file in the data folder's ``rules`` folder may
name any of these rules and the keys it changes; all other keys keep the program's value, so an
office's file stays usable when a later release brings more rules.
"""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from wajo_studio.compliance.check import post_checks, text_checks
from wajo_studio.compliance.fingerprint import Covers
from wajo_studio.domain.finding import Severity
from wajo_studio.domain.validation import explain
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, language
from wajo_studio.paths import assets_dir, data_dir


class Localized(BaseModel):
    """A short text in both languages; a plain string serves both."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def __str__(self) -> str:
        return self.en if language() == "en" else self.id


LocalizedText = Annotated[
    Localized, BeforeValidator(lambda v: {"id": v, "en": v} if isinstance(v, str) else v)
]


class Rule(BaseModel):
    """One rule of the catalogue.

    Attributes:
        title: what is wrong, in a few words.
        passed: the same the other way round: what is right when nothing was found.
        why: the duty or the harm, in one sentence.
        source: law, standard or network page behind it.
        message: what is wrong and what to do, with the placeholders of the check; None where the
            check words it.
        fix: label of the button that mends it or leads there.
        waiver: who may waive it: ``anyone`` named, or only the ``head`` of the agency or
            Diskominfotik; exceptions for single texts count as waivers by anyone.
        satisfied_by: statements that settle the rule beside one of its own id.
        covers: of a statement: what it was given for; a change of that makes it void.
        enabled: a rule switched off is reported as not checked.
        switchable: whether an office may switch it off at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: Severity
    title: LocalizedText
    passed: LocalizedText
    why: LocalizedText
    source: LocalizedText
    message: LocalizedText | None = None
    fix: LocalizedText | None = None
    waiver: Literal["anyone", "head"] = "anyone"
    satisfied_by: tuple[str, ...] = ()
    covers: Covers = "post"
    enabled: bool = True
    switchable: bool = True


class Edition(BaseModel):
    """Which file of rules is in force, who set it and when ("ditetapkan oleh, tanggal")."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: LocalizedText
    version: Annotated[str, Field(min_length=1)]
    set_by: LocalizedText
    date: date


class _RuleFile(Edition):
    schema_: Literal[1] = Field(alias="schema")
    rules: dict[str, Rule] = {}


@dataclass(frozen=True)
class RuleSet:
    """The rules in force, in the order in which findings of one severity are listed."""

    rules: Mapping[str, Rule]
    editions: tuple[Edition, ...]


_Stamps = tuple[tuple[str, int, int], ...]
_cache: dict[_Stamps, RuleSet] = {}


def load_rules(office_dir: Path | None = None) -> RuleSet:
    """Read the program's rules and the office's changes to them.

    Files are read again only when they changed.

    Args:
        office_dir: folder of the office's files; the data folder's ``rules`` unless given.

    Raises:
        InputError: a file is broken, has unknown keys or ids, lacks its version, or switches
            off a rule that must stay on; names file and key.
    """
    own = sorted((assets_dir() / "rules").glob("*.toml"))
    office = sorted((office_dir or data_dir() / "rules").glob("*.toml"))
    stamps = tuple(_stamp(file) for file in (*own, *office))
    if stamps not in _cache:
        _cache.clear()
        _cache[stamps] = _load(own, office)
    return _cache[stamps]


def _stamp(file: Path) -> tuple[str, int, int]:
    state = file.stat()
    return str(file), state.st_mtime_ns, state.st_size


def _load(own: list[Path], office: list[Path]) -> RuleSet:
    reader = _Reader()
    for file in own:
        reader.read(file)
    if lacking := {*post_checks(), *text_checks()} - reader.rules.keys():
        raise InputError(
            N_("The rule files lack the rule {rule}. Install the program again."),
            rule=min(lacking),
            detail=f"rules without data: {sorted(lacking)}",
        )
    reader.begin_office_files()
    for file in office:
        reader.read(file)
    return RuleSet(reader.rules, tuple(reader.editions))


class _Reader:
    """Reads rule files one after the other; later ones change what earlier ones said."""

    def __init__(self) -> None:
        self.rules: dict[str, Rule] = {}
        self.editions: list[Edition] = []
        self._known = {*post_checks(), *text_checks()}
        self._base: dict[str, dict[str, Any]] = {}
        self._named_in: dict[str, Path] = {}

    def begin_office_files(self) -> None:
        """From here on a file changes rules that are there."""
        self._named_in.clear()

    def read(self, file: Path) -> None:
        """Take one file in.

        Raises:
            InputError: it cannot be used.
        """
        document = _document(file)
        entries = document.get("rules")
        if isinstance(entries, dict):
            for rule_id in entries:
                self._claim(rule_id, file)
            entries = {
                rule_id: {**self._base.get(rule_id, {}), **entry}
                if isinstance(entry, dict)
                else entry
                for rule_id, entry in entries.items()
            }
            document = {**document, "rules": entries}
        try:
            content = _RuleFile.model_validate(document)
        except ValidationError as error:
            raise explain(error, file=file.name, model=_RuleFile, document=document) from error
        for rule_id, rule in content.rules.items():
            if not rule.enabled and not rule.switchable:
                raise InputError(
                    N_(
                        "{file} switches off the rule {rule}, which must stay on. Remove that line."
                    ),
                    file=file.name,
                    rule=rule_id,
                )
            self._check_placeholders(rule_id, rule, file)
            self.rules[rule_id] = rule
            self._base[rule_id] = document["rules"][rule_id]
        self.editions.append(content)

    def _check_placeholders(self, rule_id: str, rule: Rule, file: Path) -> None:
        """An office's wording uses only what the program's own wording fills in."""
        own = self.rules.get(rule_id)
        if own is None or rule.message == own.message:
            return
        known = _placeholders(own.message)
        try:
            strange = _placeholders(rule.message) - known
        except ValueError:
            strange = {"{"}
        if strange:
            raise InputError(
                N_(
                    "{file}: the message of the rule {rule} uses {{{name}}}, which the program "
                    "does not fill in. Use only: {known}."
                ),
                file=file.name,
                rule=rule_id,
                name=min(strange),
                known=", ".join(sorted(f"{{{name}}}" for name in known)) or "-",
            )

    def _claim(self, rule_id: str, file: Path) -> None:
        if rule_id not in self._known:
            raise InputError(
                N_("{file} names the rule {rule}, which does not exist. Correct the name."),
                file=file.name,
                rule=rule_id,
            )
        if other := self._named_in.get(rule_id):
            raise InputError(
                N_("The rule {rule} stands in {file} and in {other}. Remove one of them."),
                rule=rule_id,
                file=file.name,
                other=other.name,
            )
        self._named_in[rule_id] = file


def _document(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            N_("The rule file {file} cannot be read. Correct or remove it."),
            file=file.name,
            detail=f"{type(error).__name__}: {error}",
        ) from error


def _placeholders(message: Localized | None) -> set[str]:
    """The names in braces of a message.

    Raises:
        ValueError: a brace is not closed.
    """
    if message is None:
        return set()
    return {
        name
        for text in (message.id, message.en)
        for _words, name, _format, _conversion in string.Formatter().parse(text)
        if name is not None
    }
