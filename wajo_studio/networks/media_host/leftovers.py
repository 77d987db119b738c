"""The files that may still lie on media hosts: written down before they are put there."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from wajo_studio.atomic import write_text
from wajo_studio.errors import disk_error
from wajo_studio.locks import held
from wajo_studio.paths import data_dir

_LOCK_WAIT_S = 5.0


def add(account_id: str, name: str, at: datetime) -> None:
    """Write down that a file is about to be put on an account's media host.

    Raises:
        DiskError: the list cannot be written.
    """
    _change(lambda rows: [*rows, {"account": account_id, "name": name, "at": at.isoformat()}])


def cross_out(account_id: str, name: str) -> None:
    """The file is gone.

    Raises:
        DiskError: the list cannot be written.
    """
    _change(
        lambda rows: [row for row in rows if (row["account"], row["name"]) != (account_id, name)]
    )


def older_than(account_id: str, age: timedelta, now: datetime) -> tuple[str, ...]:
    """Names of an account's files that were put there longer ago than ``age``."""
    return tuple(
        row["name"]
        for row in _read(_path())
        if row["account"] == account_id and now - datetime.fromisoformat(row["at"]) > age
    )


def _path() -> Path:
    return data_dir() / "media-host.json"


def _read(path: Path) -> list[dict[str, str]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return [row for row in found if {"account", "name", "at"} <= set(row)]
    except (OSError, ValueError, TypeError):
        return []  # a list that cannot be read must not stand in the way of publishing


def _change(change: Any) -> None:
    path = _path()
    try:
        with held(path.with_suffix(".lock"), _LOCK_WAIT_S):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_text(path, json.dumps(change(_read(path)), indent=1))
    except OSError as error:
        raise disk_error(error, path) from error
