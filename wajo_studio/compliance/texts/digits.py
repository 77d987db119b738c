"""Numbers of people: what is a NIK, a family card, a tax number, a telephone, and what is not.

Long numbers are classified first; what lies inside one is never taken for a telephone.
"""

import re
from dataclasses import dataclass
from functools import cache

from wajo_studio.compliance.texts import data
from wajo_studio.compliance.texts.reading import Reading, Stretch

_JOINT = re.compile("[ .\\-\u200b-\u200d\u2060\u00ad\ufeff]")
"""What may stand between two groups of digits of one number."""
_GROUP = re.compile(r"\d+")
_LAYOUTS = {
    *((16,), (4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4), (6, 2, 2, 2, 4), (2, 2, 2, 2, 2, 2, 4)),
    *((6, 10), (12, 4), (8, 8), (18,), (8, 6, 1, 3), (8, 6, 4)),
}
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Number:
    """A number as written: where it stands and its bare digits."""

    start: int
    end: int
    digits: str

    @property
    def span(self) -> tuple[int, int]:
        """Start and end, as findings carry them."""
        return (self.start, self.end)


@cache
def _districts() -> dict[str, frozenset[str]]:
    """District numbers by the four digits of their regency."""
    found = {}
    for line in data.lines("districts"):
        regency, _, listed = line.partition(" ")
        numbers: set[str] = set()
        for part in listed.split(","):
            first, _, last = part.partition("-")
            numbers.update(f"{n:02}" for n in range(int(first), int(last or first) + 1))
        found[regency] = frozenset(numbers)
    return found


def is_nik(digits: str, *, labelled: bool = False) -> bool:
    """Whether 16 digits have the structure of a population number.

    Args:
        digits: 16 of them.
        labelled: the word NIK stands before; districts that were renumbered are then accepted.
    """
    regency = _districts().get(digits[:4])
    if regency is None or (not labelled and digits[4:6] not in regency):
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    return digits[12:] != "0000" and _is_day(day - 40 if day > 40 else day, month)


def is_family_card(digits: str) -> bool:
    """Whether 16 digits may be a family card's number: like a NIK, never with 40 on the day."""
    return digits[:4] in _districts() and _is_day(int(digits[6:8]), int(digits[8:10]))


def is_civil_servant(digits: str) -> bool:
    """Whether 18 digits are a NIP: birth date, month of appointment, sex, serial."""
    born, appointed = int(digits[:4]), int(digits[8:12])
    return (
        1935 <= born <= 2012
        and _is_day(int(digits[6:8]), int(digits[4:6]))
        and 1955 <= appointed <= 2045
        and 15 <= appointed - born <= 60
        and 1 <= int(digits[12:14]) <= 12
        and digits[14] in "12"
    )


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _MONTH_DAYS[month - 1]


def numbers(reading: Reading, length: int) -> list[Number]:
    """Everything that can be read as a number of so many digits, first to last.

    Groups of digits belong together when one sign lies between them; they count when they are
    grouped as people group such numbers, or when nothing else belongs to them.

    Args:
        reading: the text.
        length: 16 or 18.
    """
    found: list[Number] = []
    chain: list[tuple[int, int]] = []
    for match in _GROUP.finditer(reading.plain):
        if chain and not _JOINT.fullmatch(reading.plain, chain[-1][1], match.start()):
            found += _in_chain(reading, chain, length)
            chain = []
        chain.append(match.span())
    return found + _in_chain(reading, chain, length)


def _in_chain(reading: Reading, chain: list[tuple[int, int]], length: int) -> list[Number]:
    found = []
    index = 0
    while index < len(chain):
        sizes: list[int] = []
        last = index
        for last in range(index, min(index + 8, len(chain))):
            sizes.append(chain[last][1] - chain[last][0])
            if sum(sizes) >= length:
                break
        whole = index == 0 and last == len(chain) - 1
        if sum(sizes) == length and (whole or tuple(sizes) in _LAYOUTS):
            start, end = chain[index][0], chain[last][1]
            found.append(Number(start, end, "".join(_GROUP.findall(reading.plain[start:end]))))
            index = last
        index += 1
    return found


def label_before(reading: Reading, number: Number, label: re.Pattern[str], reach: int) -> int:
    """Where a label before a number begins, or -1; the nearest of several.

    Args:
        reading: the text.
        number: the number.
        label: what is looked for in the folded text.
        reach: code points before the number that are looked at.
    """
    start = max(0, number.start - reach)
    found = -1
    for match in label.finditer(reading.folded, start, number.start):
        found = match.start()
    return found


def covered(spans: list[tuple[int, int]], part: Stretch | Number) -> bool:
    """Whether a part touches any of the spans."""
    return any(start < part.end and part.start < end for start, end in spans)


def masked(digits_as_written: str, keep_head: int = 4, keep_tail: int = 4) -> str:
    """A number with its middle hidden; separators are left out, as on an official form."""
    digits = "".join(_GROUP.findall(digits_as_written))
    hidden = max(0, len(digits) - keep_head - keep_tail)
    return digits[:keep_head] + "•" * hidden + digits[len(digits) - keep_tail :]
