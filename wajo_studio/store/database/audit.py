"""The audit log: who did what and when; only added to, and it shows when somebody changed it."""

import getpass
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from wajo_studio.store.database.tables import audit, switches

HEAD = "audit_head"
"""The switch that holds number and hash of the newest entry, so that a cut-off end shows."""
_START = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One entry of the log."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]


def record(connection: Connection, at: datetime, action: str, subject: str, **detail: Any) -> None:
    """Add an entry within a writing transaction; it is there exactly when the change is.

    Args:
        connection: the transaction that makes the change.
        at: when, with zone.
        action: what was done, such as ``delivery.resolved``.
        subject: to what: an id.
        detail: JSON values, never secrets.
    """
    last = connection.execute(
        select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
    ).one_or_none()
    number, previous = (last.number + 1, last.hash) if last is not None else (1, _START)
    written = json.dumps(detail, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    row = {
        "number": number,
        "at": at,
        "actor": _actor(),
        "action": action,
        "subject": subject,
        "detail": written,
        "previous": previous,
    }
    row["hash"] = _hash(row)
    connection.execute(audit.insert().values(row))
    head = f"{number}:{row['hash']}"
    changed = connection.execute(
        switches.update().where(switches.c.name == HEAD).values(value=head)
    )
    if not changed.rowcount:
        connection.execute(switches.insert().values(name=HEAD, value=head))


def entries(connection: Connection) -> Iterator[Entry]:
    """The whole log, oldest first."""
    for row in connection.execute(select(audit).order_by(audit.c.number)):
        yield Entry(row.number, row.at, row.actor, row.action, row.subject, json.loads(row.detail))


def first_broken(connection: Connection) -> int | None:
    """The number of the first entry that was changed, is missing or was put in; None: none was.

    It shows changes by hand or by accident. Who can write the file can also make a whole new
    chain; for proof against that the newest hash has to be kept elsewhere.
    """
    previous, expected = _START, 1
    for row in connection.execute(select(audit).order_by(audit.c.number)):
        values = row._asdict()
        if row.number != expected or row.previous != previous or row.hash != _hash(values):
            return expected
        previous, expected = row.hash, expected + 1
    head = connection.execute(select(switches.c.value).where(switches.c.name == HEAD)).scalar()
    newest = f"{expected - 1}:{previous}" if expected > 1 else None
    return None if head == newest else expected


def _hash(row: Mapping[str, Any]) -> str:
    from datetime import UTC

    covered = [
        row["number"],
        row["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        row["actor"],
        row["action"],
        row["subject"],
        row["detail"],
        row["previous"],
    ]
    text = json.dumps(covered, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _actor() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment nor in the system
        return "unknown"
