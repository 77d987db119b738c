"""The largest size at which a text block fits its box, found by measuring."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

_TOLERANCE_PX = 0.51
"""Sub-pixel rounding of the layout engine is no overflow."""
_BALANCE_STEP_PX = 32
_NARROWEST = 0.5
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
    """Bisect on whole pixels for the largest size that fits ``width`` x ``height``.

    The answer depends on the arguments alone, never on what was measured before, so that
    preview and export agree.
    """
    sizes: dict[int, Size] = {}

    def fits(px: int) -> bool:
        sizes[px] = measure(px, width)
        return sizes[px][0] <= width + _TOLERANCE_PX and sizes[px][1] <= height + _TOLERANCE_PX

    if fits(largest):
        return Fitted(largest, width, sizes[largest][1], True)
    if smallest >= largest or not fits(smallest):
        return Fitted(smallest, width, measure(smallest, width)[1], False)
    low, high = smallest, largest
    while high - low > 1:
        # A text's height grows with the square of its size, so the last miss tells about where
        # the answer lies; bisection takes over where words wrap differently.
        middle = (low + high) // 2
        aimed = _aim(high, sizes[high], width, height)
        probe = min(max(aimed, low + 1), high - 1) if aimed > middle else middle
        if fits(probe):
            low = probe
        else:
            high = probe
    return Fitted(low, width, sizes[low][1], True)


def _aim(px: int, taken: Size, width: int, height: float) -> int:
    """About which size would fit, seen from ``px`` that takes ``taken``."""
    by_height = (height / taken[1]) ** 0.5 if taken[1] > height else 1.0
    by_width = width / taken[0] if taken[0] > width else 1.0
    return int(px * min(by_height, by_width))


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
