"""Names a file of a post may have, so that it exists alike on Windows, Linux and flash disks."""

import re
import unicodedata
from pathlib import PurePosixPath

from wajo_studio.i18n import N_

LONGEST_PATH = 200
"""Characters of a path inside a post. Windows stops at 260 for the whole path (MAX_PATH);
the rest is room for the folder the person chose.
Source: https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation (2026)."""
LONGEST_PART_BYTES = 240
"""UTF-8 bytes of one name; Linux file systems take 255, and temporary names need some."""

# Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file (2026).
_RESERVED = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE
)
_DRIVE = re.compile(r"[A-Za-z]:")
_FORBIDDEN = re.compile(r'[<>:"|?*]')

ABSOLUTE = N_("starts outside the post folder")
CLIMBS = N_('leaves the post folder with ".."')
BACKSLASH = N_('uses "\\" where "/" is meant')
CONTROL = N_("holds characters that cannot be seen")
FORBIDDEN = N_('holds one of the characters < > : " | ? *')
RESERVED = N_("is a name that Windows keeps for itself")
TRAILING = N_("ends in a dot or a space")
TOO_LONG = N_("is too long")
NO_NAME = N_("has an empty part")


def trouble(name: str) -> str | None:
    """Why a path inside a post cannot be used.

    Args:
        name: path below the post folder as post.toml or an archive writes it, with ``/``.

    Returns:
        A msgid that goes on the sentence "the name …", or None when the name is good.
    """
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return ABSOLUTE
    if "\\" in name:
        return BACKSLASH
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in name):
        return CONTROL
    if len(name) > LONGEST_PATH:
        return TOO_LONG
    return next((text for part in name.split("/") if (text := _trouble_with_part(part))), None)


def _trouble_with_part(part: str) -> str | None:
    if part == "..":
        return CLIMBS
    if part in ("", "."):
        return NO_NAME
    if _FORBIDDEN.search(part):
        return FORBIDDEN
    if part.endswith((".", " ")) or part.startswith(" "):
        return TRAILING
    if _RESERVED.fullmatch(part):
        return RESERVED
    return TOO_LONG if len(part.encode()) > LONGEST_PART_BYTES else None


def simplified(name: str) -> str:
    """A path of post.toml without harmless ``./`` and doubled slashes."""
    return name if name.startswith("/") else str(PurePosixPath(name)) if name else name


def same_file_key(name: str) -> str:
    """Equal for names that some file system takes for one: case and Unicode form aside."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
