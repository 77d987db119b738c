"""Who works at this PC: the name under statements, the role, and the agency of new posts."""

import getpass
from dataclasses import asdict, dataclass

from wajo_studio.services.attest import ROLES
from wajo_studio.services.remembered import recall, remember

_FILE = "person.json"


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
        known = recall(_FILE)
        person = Person(str(known["name"]), str(known["role"]), str(known["agency"]), named=True)
    except KeyError:
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
    remember(_FILE, kept)


def _sign_in_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in the system's list
        return "admin"
