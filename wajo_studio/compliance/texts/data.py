"""The tables behind the rules, read from ``assets/data/compliance`` when first needed.

A file of the same name in the data folder's ``compliance`` folder replaces the program's, so an
office can keep its own lists. It is read once a run of the program.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from wajo_studio import paths
from wajo_studio.compliance.texts.lexicon import Lexicon
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_


@cache
def table(name: str) -> Mapping[str, Any]:
    """The content of ``NAME.toml``.

    Raises:
        InputError: the file cannot be read; names it.
    """
    try:
        return tomllib.loads(_text(f"{name}.toml"))
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(f"{name}.toml", error) from error


def words(name: str, key: str) -> tuple[str, ...]:
    """One list of ``NAME.toml``.

    Raises:
        InputError: the file cannot be read or lacks the list.
    """
    found = table(name).get(key)
    if not isinstance(found, list) or not all(isinstance(entry, str) for entry in found):
        raise _unreadable(f"{name}.toml", ValueError(key))
    return tuple(found)


@cache
def lexicon(name: str, key: str, *, exact: bool = False) -> Lexicon:
    """One list of ``NAME.toml``, ready to be looked for."""
    return Lexicon(words(name, key), exact=exact)


@cache
def pairs(name: str, key: str) -> tuple[Lexicon, Mapping[str, str]]:
    """One table of ``NAME.toml``: what to look for, and what it should be."""
    found = table(name).get(key)
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise _unreadable(f"{name}.toml", ValueError(key))
    return Lexicon(found), found


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of ``NAME.txt`` without its comments."""
    return tuple(
        line for line in _text(f"{name}.txt").splitlines() if line and not line.startswith("#")
    )


def _text(name: str) -> str:
    own = paths.data_dir() / "compliance" / name
    path = own if own.is_file() else paths.assets_dir() / "data" / "compliance" / name
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> InputError:
    return InputError(
        N_("The word list {file} cannot be used. Correct or remove it."),
        file=name,
        detail=f"{type(error).__name__}: {error}",
    )
