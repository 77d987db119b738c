"""What admins propose to Diskominfotik: words that a rule should not find, as a list to hand in.

"Bukan masalah" holds for one post. What is no problem in any post belongs into the regency's
lists, which admins cannot change: they propose, and hand in the list.
"""

import csv
import io
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from wajo_studio.services.remembered import recall, remember

_FILE = "proposals.json"


@dataclass(frozen=True)
class Proposal:
    """One proposal.

    Attributes:
        at: ISO 8601 with zone.
        words: what the rule found; as it stands, because a telephone number that may be
            published cannot be put on a list otherwise.
        note: why, in the person's words.
    """

    at: str
    by: str
    agency: str
    rule: str
    message: str
    words: str
    note: str


def propose(
    moment: datetime, by: str, agency: str, rule: str, message: str, words: str, note: str
) -> Proposal:
    """Add a proposal to the list and give it.

    Raises:
        DiskError: the data folder cannot be written.
    """
    made = Proposal(
        moment.isoformat(timespec="seconds"), by, agency, rule, message, words, note.strip()
    )
    _save([*proposals(), made])
    return made


def proposals() -> list[Proposal]:
    """The proposals not handed in yet, oldest first; a damaged list counts as empty."""
    try:
        entries = recall(_FILE)["proposals"]
        return [Proposal(**{key: str(entry[key]) for key in _KEYS}) for entry in entries]
    except (KeyError, TypeError):
        return []


def drop(proposal: Proposal) -> None:
    """Take a proposal off the list."""
    _save([one for one in proposals() if one != proposal])


def as_csv(listed: list[Proposal]) -> str:
    """The list as a table for a spreadsheet: UTF-8, a header, one proposal a line."""
    table = io.StringIO()
    writer = csv.DictWriter(table, _KEYS, lineterminator="\r\n")
    writer.writeheader()
    for one in listed:
        writer.writerow({key: _harmless(value) for key, value in asdict(one).items()})
    return table.getvalue()


def _harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _save(listed: list[Proposal]) -> None:
    remember(_FILE, {"proposals": [asdict(one) for one in listed]})


_KEYS = tuple(field.name for field in fields(Proposal))
