"""Older posts are brought to today's format step by step; newer ones are refused."""

from collections.abc import Callable, Mapping
from typing import Any

from wajo_studio.domain.post import SCHEMA
from wajo_studio.domain.validation import MISSING, WHOLE_NUMBER, WRONG_TYPE, describe
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _

Document = dict[str, Any]
Upgrade = Callable[[Document], Document]

UPGRADES: Mapping[int, Upgrade] = {}
"""By the format they start from: each brings a document to the next one."""

NEWER = N_(
    "{file}: the post has format {found}, but this program knows formats up to {known}; "
    "update Wajo Studio."
)
NO_SCHEMA = N_("{file}: {key} is {found}, which was never a format; write {key} = {known}.")


def upgraded(
    document: Document,
    *,
    file: str,
    current: int = SCHEMA,
    upgrades: Mapping[int, Upgrade] = UPGRADES,
) -> Document:
    """The document in the format ``current``.

    Args:
        document: a parsed post.toml; it is not changed.
        file: how the person knows the file.
        current: the format to reach.
        upgrades: the steps there are.

    Raises:
        InputError: ``schema`` is missing, no whole number, newer than ``current``, or below 1.
    """
    if "schema" not in document:
        raise InputError(MISSING, file=file, key="schema")
    found = document["schema"]
    if isinstance(found, bool) or not isinstance(found, int):
        words = {"expected": _(WHOLE_NUMBER), "actual": describe(found)}
        raise InputError(WRONG_TYPE, file=file, key="schema", **words)
    if found > current:
        raise InputError(NEWER, code="input.newer", file=file, found=found, known=current)
    if found < 1:
        raise InputError(NO_SCHEMA, file=file, key="schema", found=found, known=current)
    for step in range(found, current):
        document = {**upgrades[step](document), "schema": step + 1}
    return document
