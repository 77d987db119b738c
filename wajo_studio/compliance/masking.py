"""Personal data is shown only in part wherever it is repeated: findings, report, log."""

import re
from collections.abc import Collection

from wajo_studio.compliance.settings import plain_number

_DOT = "•"
_PHONE = re.compile(
    r"(?:(?<![\d/.])|(?<=wa\.me/))(?:\+?(?:00)?62[\s.-]?|\(?0)8\d{2}\)?(?:[\s.-]?\d){5,10}(?!\d)"
)
_SEPARATOR = r"[\s.\-\u200b-\u200d\u2060\u00ad\ufeff]?"
_NUMBER = re.compile(rf"(?<![\d/])\d(?:{_SEPARATOR}\d){{14,17}}(?!\d)|(?<![\d/])\d{{10,18}}(?!\d)")
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d{2}(?!\d)|(?<!\d)20\d{2}-\d{2}-\d{2}(?!\d)"
)
"""``01.12.2026 08.00-12.00`` has as many digits as a NIK, and is none."""
_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-])[\w.+-]{0,63}@([\w-]+(?:\.[\w-]+)+)")


def mask(text: str, allowed_numbers: Collection[str] = frozenset()) -> str:
    """``text`` with long personal numbers and e-mail addresses made unreadable.

    A number of 10 to 18 digits (NIK, KK, NIP, NPWP, account, mobile phone) keeps its first and
    last four digits, a shorter one fewer; offices' own ``go.id`` addresses stay.

    Args:
        text: what is about to be shown.
        allowed_numbers: official telephone numbers, bare digits with leading 0, left readable.
    """

    def number(match: re.Match[str]) -> str:
        public = plain_number(match[0]) in allowed_numbers or _DATE.search(match[0])
        return match[0] if public else _hide(match[0])

    def email(match: re.Match[str]) -> str:
        if match[2].lower().endswith("go.id"):
            return match[0]
        return f"{match[1]}{_DOT * 3}@{match[2]}"

    text = _NUMBER.sub(number, text)
    text = _PHONE.sub(number, text)
    return _EMAIL.sub(email, text)


def _hide(number: str) -> str:
    """Keep the ends of a number; separators stay, so that its shape can be recognised."""
    places = [index for index, sign in enumerate(number) if sign.isdigit()]
    tail = 4 if len(places) >= 15 else 2
    hidden = set(places[4:-tail])
    return "".join(_DOT if index in hidden else sign for index, sign in enumerate(number))
