"""Rules as data: severity, wording, reason, source, switch; dated, and replaceable by an office.

The program's own files lie in ``assets/rules``. A file in the data folder's ``rules`` folder may
name any of these rules and the keys it changes; all other keys keep the program's value, so an
office's file stays usable when a later release brings more rules.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from wajo_studio.compliance.check import post_checks, text_checks
from wajo_studio.domain.finding import Severity
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, language
from wajo_studio.paths import assets_dir, data_dir

SCHEMA = 1


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
        fix: label of the button that mends it or leads there.
        waiver: who may waive it: ``anyone`` named, or only the ``head`` of the agency or
            Diskominfotik; exceptions for single texts count as waivers by anyone.
        satisfied_by: statements that settle the rule beside one of its own id.
        enabled: a rule switched off is reported as not checked.
        switchable: whether an office may switch it off at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: Severity
    title: LocalizedText
    passed: LocalizedText
    why: LocalizedText
    source: LocalizedText
    fix: LocalizedText | None = None
    waiver: Literal["anyone", "head"] = "anyone"
    satisfied_by: tuple[str, ...] = ()
    enabled: bool = True
    switchable: bool = True


class Edition(BaseModel):
    """Which file of rules is in force, who set it and when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: LocalizedText
    version: Annotated[str, Field(min_length=1)]
    set_by: LocalizedText
    date: date


@dataclass(frozen=True)
class RuleSet:
    """The rules in force, in the order in which findings of one severity are listed."""

    rules: Mapping[str, Rule]
    editions: tuple[Edition, ...]

    def order(self, rule: str) -> int:
        """The place of a rule in the catalogue."""
        return list(self.rules).index(rule)


def load_rules(office_dir: Path | None = None) -> RuleSet:
    """Read the program's rules and the office's changes to them.

    Args:
        office_dir: folder of the office's files; the data folder's ``rules`` unless given.

    Raises:
        InputError: a file is broken, has unknown keys or ids, lacks its version, or switches
            off a rule that must stay on.
    """
    known = {*post_checks(), *text_checks()}
    built_in, editions = _read_all(assets_dir() / "rules", known)
    changed, office_editions = _read_all(office_dir or data_dir() / "rules", known)
    merged: dict[str, Rule] = {}
    for rule_id, (file, entry) in built_in.items():
        office_file, changes = changed.get(rule_id, (file, {}))
        merged[rule_id] = _rule(office_file, rule_id, {**entry, **changes})
    if lacking := known - merged.keys():
        raise InputError(
            N_("The rule files lack the rule {rule}. Install the program again."),
            rule=min(lacking),
            detail=f"rules without data: {sorted(lacking)}",
        )
    return RuleSet(merged, (*editions, *office_editions))


_Entries = dict[str, tuple[Path, dict[str, Any]]]


def _read_all(folder: Path, known: Collection[str]) -> tuple[_Entries, list[Edition]]:
    entries: _Entries = {}
    editions: list[Edition] = []
    for file in sorted(folder.glob("*.toml")):
        edition, rules = _read(file)
        editions.append(edition)
        for rule_id, entry in rules.items():
            if rule_id not in known:
                raise InputError(
                    N_("{file} names the rule {rule}, which does not exist. Correct the name."),
                    file=file.name,
                    rule=rule_id,
                )
            if rule_id in entries:
                raise InputError(
                    N_("The rule {rule} stands in {file} and in {other}. Remove one of them."),
                    rule=rule_id,
                    file=file.name,
                    other=entries[rule_id][0].name,
                )
            entries[rule_id] = (file, entry)
    return entries, editions


def _read(file: Path) -> tuple[Edition, dict[str, dict[str, Any]]]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            N_("The rule file {file} cannot be read. Correct or remove it."),
            file=file.name,
            detail=str(error),
        ) from error
    if content.pop("schema", None) != SCHEMA:
        raise _unusable(file, ("schema",), f"schema is not {SCHEMA}")
    rules = content.pop("rules", {})
    if not isinstance(rules, dict):
        raise _unusable(file, ("rules",), "rules is no table")
    for rule_id, entry in rules.items():
        if not isinstance(entry, dict):
            raise _unusable(file, ("rules", rule_id), "the entry is no table")
    try:
        return Edition.model_validate(content), rules
    except ValidationError as error:
        raise _from_pydantic(file, (), error) from error


def _rule(file: Path, rule_id: str, entry: dict[str, Any]) -> Rule:
    try:
        rule = Rule.model_validate(entry)
    except ValidationError as error:
        raise _from_pydantic(file, ("rules", rule_id), error) from error
    if not rule.enabled and not rule.switchable:
        raise InputError(
            N_("{file} switches off the rule {rule}, which must stay on. Remove that line."),
            file=file.name,
            rule=rule_id,
        )
    return rule


def _from_pydantic(file: Path, place: Iterable[str], error: ValidationError) -> InputError:
    first = error.errors()[0]
    return _unusable(file, (*place, *map(str, first["loc"])), first["msg"])


def _unusable(file: Path, place: Iterable[str], problem: str) -> InputError:
    return InputError(
        N_("The rule file {file} has an unusable value at {key}. Correct or remove it."),
        file=file.name,
        key=".".join(place),
        detail=problem,
    )
