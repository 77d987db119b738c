"""The largest size at which a text block fits its box, found by measuring."""

import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

_TOLERANCE_PX = 0.51
"""Sub-pixel rounding of the layout engine is no overflow."""
_BALANCE_STEPS = 24
"""Widths tried for even lines are whole parts of the box's width, half of it at least."""
_GUIDED_ATTEMPTS = 6
_CACHE_ENTRIES = 20_000

Size = tuple[float, float]
"""Width and height in pixels."""

Measure = Callable[[int, int], Size]
"""Takes size and width in pixels, gives the width and height the block needs."""


@dataclass(frozen=True)
class Fitted:
    """How a block fits.

    Attributes:
        px: the size, in whole pixels.
        width: width of its lines; smaller than the box where they were balanced.
        height: pixels it takes.
        fits: False when it is too large even at the smallest size.
    """

    px: int
    width: int
    height: float
    fits: bool


def largest_fit(measure: Measure, width: int, height: float, smallest: int, largest: int) -> Fitted:
    """Find the largest size that fits ``width`` x ``height``, in whole pixels.

    Each measurement tells where the answer should lie, so a few do; where words wrap unevenly,
    bisection takes over. The answer depends on the arguments alone, never on what was measured
    before, so that preview and export agree. A box without height holds nothing.
    """
    height = max(height, 0.0)
    low, high, probe = smallest - 1, largest + 1, largest
    low_height = 0.0
    for attempt in itertools.count():
        taken = measure(probe, width)
        if taken[0] <= width + _TOLERANCE_PX and taken[1] <= height + _TOLERANCE_PX:
            low, low_height = probe, taken[1]
            # With as many lines it could be this large; else the next size is tried.
            guess = max(int(height * probe / taken[1]), low + 1) if taken[1] else largest
        else:
            high = probe
            guess = _aim(probe, taken, width, height)
        if high - low <= 1:
            break
        guided = low < guess < high and attempt < _GUIDED_ATTEMPTS
        probe = guess if guided else (low + high) // 2
    if low < smallest:
        return Fitted(smallest, width, measure(smallest, width)[1], False)
    return Fitted(low, width, low_height, True)


def _aim(px: int, taken: Size, width: int, height: float) -> int:
    """About which size would fit, seen from ``px`` that is too large: height grows squared."""
    by_height = (height / taken[1]) ** 0.5 if taken[1] > height else 1.0
    by_width = width / taken[0] if taken[0] > width else 1.0
    return int(px * min(by_height, by_width))


def balanced(measure: Measure, fitted: Fitted) -> Fitted:
    """The same block with lines of even length: about the narrowest width of the same height."""
    step = max(1, fitted.width // _BALANCE_STEPS)
    low, high = _BALANCE_STEPS // 2, _BALANCE_STEPS
    while low < high:
        middle = (low + high) // 2
        taken = measure(fitted.px, middle * step)
        if taken[0] <= middle * step + _TOLERANCE_PX and taken[1] <= fitted.height + _TOLERANCE_PX:
            high = middle
        else:
            low = middle + 1
    if high == _BALANCE_STEPS:
        return fitted
    return Fitted(fitted.px, high * step, fitted.height, fitted.fits)


def characters_to_cut(fits_with: Callable[[int], bool], length: int) -> int:
    """How many of ``length`` characters have to go until ``fits_with(kept)`` holds."""
    low, high = 0, length
    while high - low > 1:
        middle = (low + high) // 2
        if fits_with(middle):
            low = middle
        else:
            high = middle
    return length - low


class SizeCache:
    """Remembers the sizes blocks take; safe to share between threads."""

    def __init__(self, entries: int = _CACHE_ENTRIES) -> None:
        self._entries = entries
        self._known: OrderedDict[Hashable, Size] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, find: Callable[[], Size]) -> Size:
        """The remembered size for ``key``, else what ``find`` measures."""
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        found = find()
        with self._lock:
            self._known[key] = found
            while len(self._known) > self._entries:
                self._known.popitem(last=False)
        return found
