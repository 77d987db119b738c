"""Puts lines found anywhere in a picture into the order in which people read them. Pure."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wajo_studio.domain.geometry import Box, PixelSize
from wajo_studio.domain.seen import SeenLine

_SAME_ROW = 0.5
"""Of a line's height: how far apart the middles of two lines of one row may lie."""
_WORD_GAP = 0.9
"""Of a line's height: more room than this between two lines parts them."""
_LEVEL_DEGREES = 12


@dataclass(frozen=True)
class Quad:
    """A line as it was found.

    Attributes:
        corners: four points in pixels, clockwise from the one that is at the top left of the line
            when it is turned the nearer way.
        flipped: whether the line had to be turned by half to be read.
    """

    text: str
    score: float
    corners: tuple[tuple[float, float], ...]
    flipped: bool = False

    @property
    def sides(self) -> tuple[float, float]:
        """Length along the first edge and along the second, in pixels."""
        a, b, c, _d = self.corners
        return math.dist(a, b), math.dist(b, c)

    @property
    def is_upright(self) -> bool:
        """Whether the line runs along its first edge: else its letters lie on their side."""
        along, across = self.sides
        return across < 1.5 * along  # where the reader turns a line before reading it

    @property
    def length(self) -> float:
        """Along the line, in pixels."""
        return self.sides[0 if self.is_upright else 1]

    @property
    def height(self) -> float:
        """Across the line, in pixels."""
        return max(1.0, self.sides[1 if self.is_upright else 0])

    @property
    def angle(self) -> float:
        """Direction of reading in degrees, clockwise from level."""
        a, b, c, _d = self.corners
        start, end = (a, b) if self.is_upright else (b, c)  # sideways lines are read downwards
        degrees = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
        return degrees + 180 if self.flipped else degrees

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre in pixels."""
        return sum(x for x, _ in self.corners) / 4, sum(y for _, y in self.corners) / 4

    def moved(self, x: float, y: float) -> "Quad":
        """The same line where the picture's corner lies at another place."""
        return replace(self, corners=tuple((cx + x, cy + y) for cx, cy in self.corners))


def in_rows(quads: Sequence[Quad], size: PixelSize) -> tuple[SeenLine, ...]:
    """The lines in reading order, with the number of their row.

    Args:
        quads: lines of a picture of ``size`` pixels.
        size: of the picture.
    """
    if not quads:
        return ()
    angle = _main_angle(quads)
    rows: list[list[tuple[float, float, Quad]]] = []
    for quad in sorted(quads, key=lambda q: _turned(q.middle, angle)[1]):
        along, down = _turned(quad.middle, angle)
        for row in rows[-4:]:
            near = min(quad.height, row[0][2].height) * _SAME_ROW
            if abs(down - sum(d for _, d, _q in row) / len(row)) < near:
                row.append((along, down, quad))
                break
        else:
            rows.append([(along, down, quad)])
    return tuple(_lines(rows, size))


def _lines(rows: Sequence[list[tuple[float, float, Quad]]], size: PixelSize) -> Iterator[SeenLine]:
    for number, row in enumerate(rows):
        end: float | None = None
        for along, _down, quad in sorted(row, key=lambda entry: entry[0]):
            start = along - quad.length / 2
            line = _line(quad, number, size)
            yield replace(line, apart=end is not None and start - end > quad.height * _WORD_GAP)
            end = along + quad.length / 2


def _line(quad: Quad, row: int, size: PixelSize) -> SeenLine:
    xs = [min(max(x, 0.0), size.width) for x, _ in quad.corners]
    ys = [min(max(y, 0.0), size.height) for _, y in quad.corners]
    left, top = min(xs) / size.width, min(ys) / size.height
    box = Box(left, top, max(xs) / size.width - left, max(ys) / size.height - top)
    level = abs((quad.angle + 180) % 360 - 180) <= _LEVEL_DEGREES
    return SeenLine(quad.text, box, quad.score, quad.height / size.height, row, level=level)


def _main_angle(quads: Sequence[Quad]) -> float:
    """The direction in which most of the text runs, in degrees."""
    best, most = 0.0, -1.0
    for quad in quads:
        agreeing = [
            other for other in quads if abs((other.angle - quad.angle + 180) % 360 - 180) <= 10
        ]
        weight = sum(other.length for other in agreeing)
        if weight > most:
            best, most = _mean_angle(agreeing), weight
    return best


def _mean_angle(quads: Sequence[Quad]) -> float:
    x = sum(math.cos(math.radians(quad.angle)) * quad.length for quad in quads)
    y = sum(math.sin(math.radians(quad.angle)) * quad.length for quad in quads)
    return math.degrees(math.atan2(y, x))


def _turned(point: tuple[float, float], degrees: float) -> tuple[float, float]:
    """Where a point lies along the reading direction and down from the first row."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = point
    return x * cosine + y * sine, y * cosine - x * sine
