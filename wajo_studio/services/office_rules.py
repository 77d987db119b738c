"""What this office changes of the rules: severity and switch, in a file of its own."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from wajo_studio import atomic, paths
from wajo_studio.compliance.rules import load_rules
from wajo_studio.domain.finding import Severity
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_
from wajo_studio.services.pack import installed

FILE_NAME = "kantor.toml"
CHOICES = (Severity.BLOCK, Severity.WARN, Severity.INFO)
"""What a rule that finds something may be set to; statements stay statements."""


def is_laid_down() -> bool:
    """Whether a pack of the regency is in force, so that this PC changes nothing."""
    return installed() is not None


def changed_rules() -> Mapping[str, Mapping[str, Any]]:
    """What this office changed, by rule; empty when nothing or unreadable."""
    try:
        rules = tomllib.loads(_file().read_text(encoding="utf-8")).get("rules", {})
    except (OSError, ValueError):
        return {}
    return rules if isinstance(rules, dict) else {}


def change_rule(rule_id: str, by: str, day: date, **values: Any) -> None:
    """Change a rule for this office.

    Args:
        rule_id: the rule.
        by: who lays it down.
        day: today.
        values: ``severity`` and ``enabled``; ``None`` gives the program's own value back.

    Raises:
        InputError: a pack of the regency is in force, or the rule may not be switched off.
        DiskError: the data folder cannot be written.
    """
    if is_laid_down():
        raise InputError(
            N_("The regency's rule pack is in force; propose the change to Diskominfotik.")
        )
    rules = {key: dict(entry) for key, entry in changed_rules().items()}
    entry = {**rules.get(rule_id, {}), **values}
    rules[rule_id] = {key: value for key, value in entry.items() if value is not None}
    kept = {key: one for key, one in rules.items() if one}
    file = _file()
    before = file.read_text(encoding="utf-8") if file.is_file() else None
    document = {
        "schema": 1,
        "title": {"id": "Aturan kantor", "en": "Rules of this office"},
        "version": day.isoformat(),
        "set_by": by,
        "date": day,
        "rules": kept,
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if kept:
            atomic.write_text(file, tomlkit.dumps(document))
        else:
            file.unlink(missing_ok=True)
        load_rules()
    except InputError:
        _put_back(file, before)
        raise
    except OSError as error:
        raise disk_error(error, file) from error


def _put_back(file: Path, before: str | None) -> None:
    if before is None:
        file.unlink(missing_ok=True)
    else:
        atomic.write_text(file, before)


def _file() -> Path:
    return paths.data_dir() / "rules" / FILE_NAME
