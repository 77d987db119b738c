"""The largest size at which a text block fits its box, found by measuring."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

_TOLERANCE_PX = 0.51
"""Sub-pixel rounding of the layout engine is no overflow."""
_BALANCE_STEP_PX = 8
_NARROWEST = 0.5
_CACHE_ENTRIES = 4096

Measure = Callable[[int, int], tuple[float, float]]
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
    """Bisect on whole pixels for the largest size that fits ``width`` x ``height``.

    The answer depends on the arguments alone, never on what was measured before, so that
    preview and export agree.
    """
    sizes: dict[int, tuple[float, float]] = {}

    def fits(px: int) -> bool:
        sizes[px] = measure(px, width)
        return sizes[px][0] <= width + _TOLERANCE_PX and sizes[px][1] <= height + _TOLERANCE_PX

    if fits(largest):
        return Fitted(largest, width, sizes[largest][1], True)
    if smallest >= largest or not fits(smallest):
        return Fitted(smallest, width, measure(smallest, width)[1], False)
    low, high = smallest, largest
    while high - low > 1:
        middle = (low + high) // 2
        if fits(middle):
            low = middle
        else:
            high = middle
    return Fitted(low, width, sizes[low][1], True)


def balanced(measure: Measure, fitted: Fitted) -> Fitted:
    """The same block with lines of even length: the narrowest width of the same height."""
    low, high = int(fitted.width * _NARROWEST) // _BALANCE_STEP_PX, fitted.width // _BALANCE_STEP_PX

    def as_high(width: int) -> bool:
        taken = measure(fitted.px, width)
        return taken[0] <= width + _TOLERANCE_PX and taken[1] <= fitted.height + _TOLERANCE_PX

    while high - low > 0:
        middle = (low + high) // 2
        if as_high(middle * _BALANCE_STEP_PX):
            high = middle
        else:
            low = middle + 1
    width = high * _BALANCE_STEP_PX
    if width >= fitted.width or not as_high(width):
        return fitted
    return Fitted(fitted.px, width, fitted.height, fitted.fits)


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


class FitCache:
    """Remembers how blocks fit; safe to share between threads."""

    def __init__(self, entries: int = _CACHE_ENTRIES) -> None:
        self._entries = entries
        self._known: OrderedDict[Hashable, Fitted] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, find: Callable[[], Fitted]) -> Fitted:
        """The remembered answer for ``key``, else what ``find`` finds."""
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        fitted = find()
        with self._lock:
            self._known[key] = fitted
            while len(self._known) > self._entries:
                self._known.popitem(last=False)
        return fitted
