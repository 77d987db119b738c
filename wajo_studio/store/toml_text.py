"""post.toml from bytes to a document, with every way of being unreadable put in one sentence."""

import re
import tomllib
from pathlib import Path
from typing import Any

from wajo_studio.domain.post import WrittenFloat
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _

MAX_BYTES = 1_000_000
"""The longest text a network takes has 63,206 characters; a post.toml beyond this is none."""
_DEEPEST = 64
_LONGEST_KEY_PARTS = _DEEPEST

_SEGMENT = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
# tomllib needs time with the square of the parts of a dotted key; nobody writes that many.
_ENDLESS_KEY = re.compile(
    rf"""(?<![A-Za-z0-9_"'-])(?:{_SEGMENT}\.[ \t]*+){{{_LONGEST_KEY_PARTS}}}"""
)
_AT = re.compile(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)\Z", re.DOTALL)

UNREADABLE = N_("{file} cannot be read; check whether you may open it and copy it here again.")
NOT_REGULAR = N_("{file} is no ordinary file; give the post.toml of a post.")
TOO_BIG = N_("{file} is larger than {limit} and cannot be a post.toml; check the file.")
NOT_UTF8 = N_("{file} is not stored as UTF-8; open it in an editor and save it as UTF-8.")
TOO_DEEP = N_("{file} holds tables or lists nested too deeply; write them flatter.")
BAD_NUMBER = N_("{file} holds a number with too many digits; shorten it.")
NOT_TOML = N_("{file}, line {line}, column {column}: {what}; correct it there.")

_BACKSLASH = N_('a "\\" that must be written twice, or as "/" in a path')
_WHAT = (
    ("Cannot overwrite a value", N_("a key stands twice")),
    ("Cannot declare", N_("a table stands twice")),
    ("Cannot mutate immutable", N_("a key is added to a table that is already closed")),
    ("Duplicate inline table key", N_("a key stands twice")),
    ("Cannot redefine namespace", N_("a key stands twice")),
    ("Unterminated string", N_("the closing quotes of a text are missing")),
    ("Expected \"'''\"", N_("the closing quotes of a text are missing")),
    ('Expected "\'"', N_("the closing quotes of a text are missing")),
    ("Illegal character '\\n'", N_("the closing quotes of a text are missing")),
    ("Found invalid character '\\n'", N_("the closing quotes of a text are missing")),
    ("Found invalid character", N_("a character that must not stand there")),
    ("Illegal character", N_("a character that must not stand there")),
    ("Expected '=' after a key", N_("an equals sign is missing after the key")),
    ("Expected newline or end of document", N_("the line goes on after its value has ended")),
    ("Invalid date or datetime", N_("a date or time that does not exist")),
    ("Invalid initial character for a key", N_("the name of a key is missing or needs quotes")),
    ("Unescaped '\\'", _BACKSLASH),
    ("Invalid hex value", _BACKSLASH),
    ("Unclosed array", N_("the closing square bracket of a list is missing")),
    ("Unclosed inline table", N_("the closing curly bracket of a table is missing")),
    ("Expected ']' at the end of a table", N_("the closing square bracket is missing")),
    ("Expected ']]' at the end of an array", N_("the two closing square brackets are missing")),
    ("Invalid value", N_("a value that is neither a text in quotes, number, date nor list")),
)
_WHAT_ELSE = N_("what stands there is not TOML")


def read_text(path: Path, *, file: str, limit: int = MAX_BYTES) -> str:
    """The text of a file, line ends as they are, without a byte-order mark.

    Args:
        path: the file.
        file: how the person knows it.
        limit: bytes it may have.

    Raises:
        InputError: not there, not readable, too big, not UTF-8.
    """
    try:
        if not path.is_file():
            raise InputError(NOT_REGULAR, file=file)
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise InputError(UNREADABLE, file=file, detail=str(error)) from error
    return decoded(content, file=file, limit=limit)


def decoded(content: bytes, *, file: str, limit: int = MAX_BYTES) -> str:
    """The text of a file's bytes; see :func:`read_text`."""
    if len(content) > limit:
        raise InputError(TOO_BIG, file=file, limit=f"{limit // 1_000_000} MB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(NOT_UTF8, file=file, detail=str(error)) from error


def parse(text: str, *, file: str) -> dict[str, Any]:
    """The document a TOML text holds.

    Numbers whose text says more than their value (``12.50``) are :class:`WrittenFloat`.

    Raises:
        InputError: no TOML (names line and column), or nested beyond reason.
    """
    if _ENDLESS_KEY.search(text):
        raise InputError(TOO_DEEP, file=file)
    try:
        document = tomllib.loads(text, parse_float=_number)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), text, file) from error
    except RecursionError as error:
        raise InputError(TOO_DEEP, file=file) from error
    except ValueError as error:  # Python's own bound on the digits of a whole number
        raise InputError(BAD_NUMBER, file=file, detail=str(error)) from error
    if _deeper_than(document, _DEEPEST):
        raise InputError(TOO_DEEP, file=file)
    return document


def _number(text: str) -> float:
    number = float(text)
    return number if repr(number) == text else WrittenFloat(text)


def _not_toml(problem: str, text: str, file: str) -> InputError:
    match = _AT.fullmatch(problem)
    reason = match[1] if match else problem
    what = next((words for start, words in _WHAT if reason.startswith(start)), _WHAT_ELSE)
    lines = text.rstrip().split("\n")
    line, column = len(lines), len(lines[-1]) + 1
    if match and match[2]:
        line, column = int(match[2]), int(match[3])
    return InputError(
        NOT_TOML,
        code="input.toml",
        detail=problem,
        file=file,
        line=line,
        column=column,
        what=_(what),
    )


def _deeper_than(value: Any, levels: int) -> bool:
    if not isinstance(value, (dict, list)):
        return False
    if levels == 0:
        return True
    entries = value.values() if isinstance(value, dict) else value
    return any(_deeper_than(entry, levels - 1) for entry in entries)
