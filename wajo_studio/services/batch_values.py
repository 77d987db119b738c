"""Cells of a table to values of fields."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from wajo_studio.artwork.manifest import FieldSpec
from wajo_studio.i18n import N_
from wajo_studio.store.table_file import Cell

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"),
            ("februari", "feb", "pebruari", "peb"),
            ("maret", "mar"),
            ("april", "apr"),
            ("mei",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("agustus", "agu", "agt", "ags"),
            ("september", "sep", "sept"),
            ("oktober", "okt"),
            ("november", "nov", "nopember", "nop"),
            ("desember", "des"),
        ),
        1,
    )
    for name in names
}
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_IN_WORDS = re.compile(r"(?:[A-Za-z']+,?\s+)?(\d{1,2})\s+([A-Za-z]+)\s+(\d{4})")

NO_DATE = N_("{value} is no date; write it like 1 Desember 2026 or 2026-12-01.")
NO_CHOICE = N_("{value} is none of: {choices}.")
TOO_LONG = N_("{count} characters too many, at most {most}.")
TOO_MANY = N_("{count} entries too many, at most {most}.")
WRONG_CELLS = N_('"{entry}" has {count} parts, {wanted} are needed ({names}); part them with |.')


class CellError(ValueError):
    """A cell that cannot be used: a msgid and its parameters."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


def field_value(spec: FieldSpec, cells: Sequence[Cell]) -> Any:
    """The value of a field from the cells of its columns; None where all are empty.

    Raises:
        CellError: the cells cannot be that.
    """
    filled = [cell for cell in cells if cell != ""]
    if not filled:
        return None
    if spec.type == "list":
        return _entries(spec, filled)
    cell = filled[0]
    if spec.type == "date":
        return _date(cell)
    text = text_of(cell)
    if spec.type == "choice":
        by_name = {choice.casefold(): choice for choice in spec.choices}
        if text.casefold() not in by_name:
            raise CellError(NO_CHOICE, value=text, choices=", ".join(spec.choices))
        return by_name[text.casefold()]
    _check_length(text, spec.max)
    return text


def text_of(cell: Cell) -> str:
    """A cell as a person reads it: Indonesian dates and times, a comma in numbers."""
    if isinstance(cell, datetime):
        return f"{_day(cell.date())} {cell:%H.%M}"
    if isinstance(cell, date):
        return _day(cell)
    if isinstance(cell, time):
        return f"{cell:%H.%M}"
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return str(cell)


def _day(day: date) -> str:
    from wajo_studio.artwork.words import date_text

    return date_text(day)


def _date(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    try:
        if numbers := _DAY_FIRST.fullmatch(text):
            day, month, year = (int(part) for part in numbers.groups())
            return date(year, month, day)
        words = _IN_WORDS.fullmatch(text)
        if words and words.group(2).lower() in _MONTHS:
            return date(int(words.group(3)), _MONTHS[words.group(2).lower()], int(words.group(1)))
        return date.fromisoformat(text)
    except ValueError:
        raise CellError(NO_DATE, value=text) from None


def _entries(spec: FieldSpec, cells: Sequence[Cell]) -> list[Any]:
    """Entries of a list: a line or a cell each; the parts of a row stand between ``|``.

    A single line may hold several entries parted by ``;`` where they have one part only.
    """
    lines = [line.strip() for cell in cells for line in text_of(cell).splitlines()]
    lines = [line for line in lines if line]
    if not spec.columns and len(lines) == 1:
        lines = [part.strip() for part in lines[0].split(";") if part.strip()]
    entries: list[Any] = []
    for line in lines:
        parts = [part.strip() for part in line.split("|")]
        if spec.columns and len(parts) != len(spec.columns):
            names = ", ".join(spec.columns)
            raise CellError(
                WRONG_CELLS, entry=line, count=len(parts), wanted=len(spec.columns), names=names
            )
        _check_length("".join(parts), spec.item_max)
        entries.append(parts if spec.columns else line)
    if spec.max is not None and len(entries) > spec.max:
        raise CellError(TOO_MANY, count=len(entries) - spec.max, most=spec.max)
    return entries


def _check_length(text: str, most: int | None) -> None:
    if most is not None and len(text) > most:
        raise CellError(TOO_LONG, count=len(text) - most, most=most)
