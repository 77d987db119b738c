"""Tables that offices keep: CSV as spreadsheets write it, and Excel workbooks."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_ROWS = 1_000
MAX_COLUMNS = 60

Cell = str | int | float | date | time

NOT_READ = N_("{file} cannot be read as a table; save it as .xlsx or .csv again.")
OLD_FORMAT = N_("{file} is of a kind that is not read; save it as .xlsx or .csv.")
EMPTY = N_("{file} holds no table; put the names of the columns into its first row.")
TOO_LARGE = N_("{file} is too large: at most {rows} rows, {columns} columns and 20 MB are read.")


@dataclass(frozen=True)
class Row:
    """One row: its number as the spreadsheet shows it, and a cell per column."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table with named columns; rows without any content are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Read the first sheet of a workbook, or a CSV file with any usual separator.

    Raises:
        InputError: it cannot be read, is too large, or holds no table.
    """
    suffix = path.suffix.lower()
    try:
        if suffix not in (".xlsx", ".xlsm", ".csv", ".tsv", ".txt"):
            raise InputError(OLD_FORMAT, file=path.name, code="input.table")
        content = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise InputError(NOT_READ, file=path.name, detail=str(error), code="input.table") from error
    if content is None:
        raise _too_large(path)
    lines = _workbook(content, path) if suffix.startswith(".xls") else _csv(content, path)
    first = next((n for n, cells in enumerate(lines) if any(c != "" for c in cells)), None)
    if first is None:
        raise InputError(EMPTY, file=path.name, code="input.table")
    columns = [str(cell).strip() for cell in lines[first]]
    while columns and not columns[-1]:
        columns.pop()
    width = len(columns)
    if width > MAX_COLUMNS or len(lines) - first - 1 > MAX_ROWS:
        raise _too_large(path)
    rows = [
        Row(number, (*cells[:width], *([""] * (width - len(cells)))))
        for number, cells in enumerate(lines[first + 1 :], first + 2)
        if any(cell != "" for cell in cells[:width])
    ]
    if not rows:
        raise InputError(EMPTY, file=path.name, code="input.table")
    return Table(tuple(columns), tuple(rows))


def _too_large(path: Path) -> InputError:
    return InputError(
        TOO_LARGE, file=path.name, rows=MAX_ROWS, columns=MAX_COLUMNS, code="input.table"
    )


def _csv(content: bytes, path: Path) -> list[list[Cell]]:
    text = _decoded(content)
    if "\0" in text:
        raise InputError(NOT_READ, file=path.name, code="input.table")
    head = text[: text.find("\n") if "\n" in text else len(text)]
    separator = max(";,\t|", key=head.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [[cell.strip() for cell in line] for line in reader]
    except csv.Error as error:
        raise InputError(NOT_READ, file=path.name, detail=str(error), code="input.table") from error


def _decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with a mark, or what Excel on Windows writes (cp1252)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _workbook(content: bytes, path: Path) -> list[list[Cell]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            if sum(entry.file_size for entry in container.infolist()) > MAX_UNPACKED_BYTES:
                raise _too_large(path)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            lines: list[list[Cell]] = []
            for line in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1):
                if len(lines) > MAX_ROWS + 20:
                    raise _too_large(path)
                lines.append([_cell(value) for value in line])
            return lines
        finally:
            book.close()
    except InputError:
        raise
    except Exception as error:  # the reader stumbles over damage in many ways
        raise InputError(
            NOT_READ, file=path.name, detail=repr(error), code="input.table"
        ) from error


def _cell(value: object) -> Cell:
    """A workbook's value; a day without a time is a date, a whole number has no point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, int | date | time):
        return value
    return str(value).strip()
