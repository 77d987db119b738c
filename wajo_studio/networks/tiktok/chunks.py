"""How TikTok wants a file cut. Source: tiktok.md 4.5 (TT-media).

Each piece has 5-64 MB, the last one takes what remains and may reach 128 MB. Their number is
the size divided by the piece and rounded *down*; a file under 5 MB goes in one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cut:
    """How a file is cut.

    Attributes:
        size: bytes of the file.
        piece: bytes of each piece but the last.
        count: number of pieces.
    """

    size: int
    piece: int
    count: int

    def span(self, number: int) -> tuple[int, int]:
        """First byte and length of piece ``number``, from 0."""
        start = number * self.piece
        end = self.size if number == self.count - 1 else start + self.piece
        return start, end - start

    def holding(self, offset: int) -> int:
        """The piece in which byte ``offset`` lies."""
        return min(offset // self.piece, self.count - 1)


def cut(size: int, piece: int, single_max: int) -> Cut:
    """How to cut ``size`` bytes: in pieces as soon as there are two, for a broken line costs one.

    Args:
        size: bytes of the file.
        piece: bytes of a piece where there are several.
        single_max: a file larger than this may not be announced as one piece of its own size.
    """
    if size < piece or (size < 2 * piece and size <= single_max):
        return Cut(size, size, 1)
    return Cut(size, piece, size // piece)


def cut_for(size: int, settings: Mapping[str, Any]) -> Cut:
    """How to cut ``size`` bytes by the settings in force."""
    return cut(size, int(settings["chunk_bytes"]), int(settings["single_chunk_max_bytes"]))
