"""Flashes that can harm people with photosensitive epilepsy, by WCAG 2.2, criterion 2.3.1.

General flash: a pair of opposing changes of relative luminance of 10 % or more of the greatest
one, where the darker is below 0.80. Red flash: a pair of opposing changes that involve a
saturated red (R/(R+G+B) of 0.8 or more, and (R-G-B) x 320 changing by more than 20). More than
three flashes within a second over a quarter of the picture are too many.
Source: https://www.w3.org/TR/WCAG22/#three-flashes-or-below-threshold (checked 2026-11-24).

What is compared are 32 blocks of the picture, not its pixels: leaves in the wind and a shaken
camera change every pixel many times a second, and the mean of a block hardly.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from wajo_studio.domain.seen import Flashing

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELLS = (64, 36)
"""Width and height, in pixels, of the small pictures that are taken; upright ones are turned."""

_BLOCKS = (8, 4)
_AREA = 0.25
_LUMINANCE_STEP, _DARKER_BELOW = 0.1, 0.8
_RED_SHARE, _RED_STEP = 0.8, 20 / 320
_DARKEST = 0.02
"""Sum of the linear channels under which a colour cannot be told."""
_ROUNDING_S = 1e-6
_CHANGES = 7
"""Alternating changes within a second that make more than three pairs."""


class FlashMeter:
    """Takes the pictures of a clip in order and tells where it flashes."""

    def __init__(self) -> None:
        self._light = _Changes(_LUMINANCE_STEP, _DARKER_BELOW)
        self._red = _Changes(_RED_STEP, None)
        self._was_red: NDArray[Any] | None = None

    def add(self, time_s: float, pixels: "NDArray[Any]") -> None:
        """Look at one picture.

        Args:
            time_s: when it is shown; later than the one before.
            pixels: sRGB of eight bits, shape (36, 64, 3) or (64, 36, 3).
        """
        import numpy

        linear = _blocks(_linear()[pixels])
        red, green, blue = linear[..., 0], linear[..., 1], linear[..., 2]
        self._light.add(time_s, 0.2126 * red + 0.7152 * green + 0.0722 * blue)
        total = red + green + blue
        is_red = (red >= _RED_SHARE * total) & (total > _DARKEST)
        was_red = self._was_red if self._was_red is not None else is_red
        self._red.add(time_s, numpy.clip(red - green - blue, 0.0, None), is_red | was_red)
        self._was_red = is_red

    def found(self) -> tuple[Flashing, ...]:
        """Where it flashed so far; what flashes red is not told a second time as general."""
        red = list(_joined(self._red.bursts, "red"))
        light = [
            flashing
            for flashing in _joined(self._light.bursts, "general")
            if not any(r.start_s <= flashing.end_s and flashing.start_s <= r.end_s for r in red)
        ]
        return tuple(sorted([*red, *light], key=lambda flashing: flashing.start_s))


class _Changes:
    """Opposing changes of one value in every block, counted over the last second.

    Args:
        step: how much a value has to change.
        darker_below: the lower of both values has to be under this.
    """

    def __init__(self, step: float, darker_below: float | None) -> None:
        self._step, self._darker_below = step, darker_below
        self._extreme: NDArray[Any] | None = None
        self._direction: NDArray[Any] | None = None  # of each block's last change: 1, -1, 0 none
        self._recent: deque[tuple[float, NDArray[Any]]] = deque()
        self.bursts: list[tuple[float, float, int]] = []

    def add(
        self, time_s: float, values: "NDArray[Any]", counted: "NDArray[Any] | None" = None
    ) -> None:
        import numpy

        if self._extreme is None or self._direction is None:
            self._extreme = values.copy()
            self._direction = numpy.zeros(values.shape, dtype=int)
            return
        extreme, direction = self._extreme, self._direction
        up = (direction <= 0) & (values - extreme >= self._step)
        down = (direction >= 0) & (extreme - values >= self._step)
        if self._darker_below is not None:
            up &= extreme < self._darker_below
            down &= values < self._darker_below
        changed = up | down
        direction = numpy.where(up, 1, numpy.where(down, -1, direction))
        higher, lower = numpy.maximum(extreme, values), numpy.minimum(extreme, values)
        follows = numpy.where(direction > 0, higher, numpy.where(direction < 0, lower, values))
        self._extreme = numpy.where(changed, values, follows)
        self._direction = direction
        self._count(time_s, changed if counted is None else changed & counted)

    def _count(self, time_s: float, changed: "NDArray[Any]") -> None:
        import numpy

        self._recent.append((time_s, changed))
        while self._recent[0][0] <= time_s - 1.0 + _ROUNDING_S:
            self._recent.popleft()
        changes = numpy.sum([blocks for _time, blocks in self._recent], axis=0)
        if (changes >= _CHANGES).mean() >= _AREA:
            most = int(numpy.sort(changes, axis=None)[::-1][int(changes.size * _AREA) - 1])
            self.bursts.append((self._recent[0][0], time_s, -(-most // 2)))


def _blocks(linear: "NDArray[Any]") -> "NDArray[Any]":
    """Means of equal blocks, shape (blocks down, blocks across, 3)."""
    height, width = linear.shape[:2]
    across, down = _BLOCKS if width >= height else (_BLOCKS[1], _BLOCKS[0])
    parted = linear.reshape(down, height // down, across, width // across, 3)
    means: NDArray[Any] = parted.mean(axis=(1, 3))
    return means


def _joined(
    bursts: Sequence[tuple[float, float, int]], kind: Literal["general", "red"]
) -> Iterator[Flashing]:
    """Bursts that overlap as one stretch."""
    start = end = 0.0
    most = 0
    for begin, until, flashes in bursts:
        if most and begin > end:
            yield Flashing(start, end, most, kind)
            most = 0
        if not most:
            start = begin
        end, most = max(end, until), max(most, flashes)
    if most:
        yield Flashing(start, end, most, kind)


@cache
def _linear() -> "NDArray[Any]":
    """Linear light of the 256 values of an sRGB channel."""
    import numpy

    value = numpy.arange(256) / 255.0
    curve = numpy.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return curve.astype(numpy.float32)
