"""A text too long for one post, in parts that each fit."""

import re
from typing import TYPE_CHECKING

from wajo_studio.text.cut import excess

if TYPE_CHECKING:
    from wajo_studio.specs.model import TextSpec

_BREAKS = (
    re.compile(r"\n\s*\n\s*"),
    re.compile(r"\n\s*|(?<=[.!?…])[\"'”’)]*\s+"),
    re.compile(r"\s+"),
)
"""Where a part may end, best first: paragraph, line or sentence, word."""
_FILLED = (0.5, 0.5, 0.0)
"""How much of the room a part must use to end there rather than at the next best place."""


def split_thread(text: str, spec: "TextSpec") -> list[str]:
    """The parts of ``text``, in order, each within ``spec``; nothing but blanks between is lost.

    A part ends with a paragraph, else a sentence or line, else a word, unless that would leave
    more than half of it empty; a word without an end is cut where the room ends. Neither links
    nor emoji sequences are cut. An empty text is one empty part.
    """
    rest = text.strip()
    parts: list[str] = []
    while over := excess(rest, spec):
        end = _end(rest, len(rest) - over)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*parts, rest] if rest or not parts else parts


def _end(text: str, room: int) -> int:
    """Where to end a part of which ``room`` code points fit."""
    # A blank right behind the room ends a part as well as one in it.
    for places, filled in zip(_BREAKS, _FILLED, strict=True):
        ends = [m.start() for m in places.finditer(text, 0, room + 1) if 0 < m.start() <= room]
        if ends and ends[-1] >= room * filled:
            return ends[-1]
    return max(room, 1)
