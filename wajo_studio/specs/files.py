"""Where the spec files lie, and their plain content. Light: no validation library is imported."""

import tomllib
from pathlib import Path
from typing import Any

from wajo_studio import paths
from wajo_studio.domain.placement import Network
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

CODE = "input.specs"
"""Error code of everything that is wrong with a spec file."""

MAX_BYTES = 1_000_000
"""No honest spec file is larger; a larger one is not read."""

Stamp = tuple[str, int, int]
"""Path, change time in ns and size of a file: equal stamps mean equal content."""


def user_specs_dir() -> Path:
    """Spec files of the office; each replaces the program's file of the same name."""
    return paths.data_dir() / "specs"


def spec_files(folder: Path | None = None) -> dict[Network, Path]:
    """The file of every network.

    Args:
        folder: a folder that holds all five files; None takes the program's, each replaced
            by the file of the same name in :func:`user_specs_dir`.

    Raises:
        InputError: a folder holds a ``.toml`` file that is named like no network.
    """
    if folder is not None:
        _refuse_strangers(folder)
        return {network: folder / f"{network}.toml" for network in Network}
    _refuse_strangers(user_specs_dir())
    return {network: spec_file(network) for network in Network}


def spec_file(network: Network) -> Path:
    """The file in force for one network: the office's own, else the program's."""
    name = f"{network}.toml"
    own = user_specs_dir() / name
    return own if own.is_file() else paths.assets_dir() / "specs" / name


def stamp(path: Path) -> Stamp:
    """What tells whether a file changed; zeros for a missing one."""
    try:
        state = path.stat()
    except OSError:
        return (str(path), 0, 0)
    return (str(path), state.st_mtime_ns, state.st_size)


def read_file(path: Path) -> dict[str, Any]:
    """The plain content of one spec file.

    Raises:
        InputError: it cannot be read, is too large, or is no TOML; names the file.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                N_("{file} is far too large for a spec file. Put the right file in its place."),
                code=CODE,
                file=path,
            )
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            N_("The spec file {file} cannot be read. Put it back or check its permissions."),
            code=CODE,
            detail=f"{type(error).__name__}: {error}",
            file=path,
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            N_("{file} is not valid TOML ({reason}). Correct that place or remove the file."),
            code=CODE,
            file=path,
            reason=error if isinstance(error, tomllib.TOMLDecodeError) else type(error).__name__,
        ) from error


def _refuse_strangers(folder: Path) -> None:
    known = {f"{network}.toml" for network in Network}
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return
    for name in names:
        if name.endswith(".toml") and not name.startswith(".") and name not in known:
            raise InputError(
                N_("{file} belongs to no network. Rename it to one of {names}, or remove it."),
                code=CODE,
                file=folder / name,
                names=", ".join(sorted(known)),
            )
