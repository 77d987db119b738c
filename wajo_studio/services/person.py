"""Who works at this PC: the name under statements, the role, and the agency of new posts."""

import getpass
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from wajo_studio import atomic, paths
from wajo_studio.errors import disk_error
from wajo_studio.services.attest import ROLES


@dataclass(frozen=True)
class Person:
    """What the program remembers of the person.

    Attributes:
        name: as it stands under statements; the PC's sign-in name until the person says.
        role: one of ``ROLES``.
        agency: id of the agency whose posts the person writes; empty until chosen.
        named: whether the person gave the name.
    """

    name: str
    role: str = ROLES[0]
    agency: str = ""
    named: bool = False


def load_person() -> Person:
    """What is remembered; a damaged file counts as empty."""
    try:
        known = json.loads(_file().read_text(encoding="utf-8"))
        person = Person(str(known["name"]), str(known["role"]), str(known["agency"]), named=True)
    except (OSError, ValueError, KeyError, TypeError):
        return Person(_sign_in_name())
    if not person.name.strip():
        return Person(_sign_in_name(), agency=person.agency)
    return person if person.role in ROLES else Person(person.name, agency=person.agency, named=True)


def save_person(person: Person) -> None:
    """Remember the person.

    Raises:
        DiskError: the data folder cannot be written.
    """
    kept = {key: value for key, value in asdict(person).items() if key != "named"}
    kept["name"] = person.name if person.named else ""
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        document = {"schema": 1, **kept}
        atomic.write_text(_file(), json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    except OSError as error:
        raise disk_error(error, _file()) from error


def _sign_in_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in the system's list
        return "admin"


def _file() -> Path:
    return paths.data_dir() / "person.json"
