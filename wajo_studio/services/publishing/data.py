"""The data files of publishing: the program's, each replaced by the office's of the same name."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from wajo_studio import paths
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

UNREADABLE = N_("{file} cannot be read ({reason}). Correct it, or remove it from the data folder.")


def read_data(name: str) -> dict[str, Any]:
    """The content of one file in ``assets/publishing``, or of the office's own.

    Raises:
        InputError: it cannot be read, is no TOML, or is for another version of the program.
    """
    own = paths.data_dir() / "publishing" / name
    path = own if own.is_file() else paths.assets_dir() / "publishing" / name
    return _read(path, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=8)
def _read(path: Path, _changed_ns: int) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = str(error) if isinstance(error, tomllib.TOMLDecodeError) else type(error).__name__
        raise InputError(UNREADABLE, file=path, reason=reason) from error
    if content.get("schema") != 1:
        raise InputError(UNREADABLE, file=path, reason="schema")
    return content
