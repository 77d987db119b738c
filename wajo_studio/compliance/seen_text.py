"""Words read in a picture as one text, of which every part still knows its place."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from wajo_studio.domain.geometry import Box
from wajo_studio.domain.seen import SeenLine

SURE, LEGIBLE = 0.85, 0.5
"""How sure the reader is of a line whose words are judged, and of one that holds numbers at all."""

_COVERED = 0.7
"""Share of a line that a blurred area has to cover for the line to be gone."""
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""The reader knows Chinese too and now and then writes a colon that way."""
_DIGIT_RUN = re.compile(r"[\dOoIl|BSZ](?:[ .\-]?[\dOoIl|BSZ]){9,}")
_DIGITS = str.maketrans("OoIl|BSZ", "00111852")
_MOSTLY = 0.55


@dataclass(frozen=True)
class SeenText:
    """The lines of a picture, joined in reading order.

    Attributes:
        text: rows are parted by line ends, distant parts of a row by two spaces.
        lines: the lines of ``text``.
        starts: where each begins in ``text``.
    """

    text: str
    lines: tuple[SeenLine, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[SeenLine], least_score: float, blurred: Sequence[Box] = ()) -> Self:
        """Join lines.

        Args:
            lines: in reading order.
            least_score: leave out what the reader is less sure of.
            blurred: areas that are made unreadable; lines under them are left out.
        """
        kept: list[SeenLine] = []
        starts: list[int] = []
        text = ""
        for line in lines:
            if line.score < least_score or is_covered(line.box, blurred):
                continue
            if kept:
                same_row = kept[-1].row == line.row
                text += ("  " if line.apart else " ") if same_row else "\n"
            starts.append(len(text))
            text += plain(line.text)
            kept.append(line)
        return cls(text, tuple(kept), tuple(starts))

    def box(self, span: tuple[int, int]) -> Box:
        """The rectangle around the lines that hold a part of the text."""
        first = max(0, bisect_right(self.starts, span[0]) - 1)
        last = max(first, bisect_right(self.starts, max(span[0], span[1] - 1)) - 1)
        return around([line.box for line in self.lines[first : last + 1]])


def plain(text: str) -> str:
    """A line with the reader's usual slips undone; as long as it was.

    Full-width signs become ordinary ones; letters that look like digits become digits where
    nearly everything around them is one.
    """
    text = text.translate(_FULL_WIDTH)

    def digits(match: re.Match[str]) -> str:
        signs = [sign for sign in match[0] if sign.isalnum() or sign == "|"]
        known = sum(sign.isdigit() for sign in signs)
        return match[0].translate(_DIGITS) if known >= _MOSTLY * len(signs) else match[0]

    return _DIGIT_RUN.sub(digits, text)


def is_covered(box: Box, areas: Sequence[Box]) -> bool:
    """Whether one of the areas covers nearly all of a box."""
    size = max(box.w * box.h, 1e-9)
    return any(_common(box, area) >= _COVERED * size for area in areas)


def around(boxes: Sequence[Box]) -> Box:
    """The rectangle around several; there has to be one."""
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    right, bottom = max(b.x + b.w for b in boxes), max(b.y + b.h for b in boxes)
    return Box(left, top, right - left, bottom - top)


def _common(a: Box, b: Box) -> float:
    width = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    height = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    return max(0.0, width) * max(0.0, height)
