"""Pure geometry: which part of a picture goes into a frame, and how large the result is."""

import math

from wajo_studio.domain.geometry import PixelBox, PixelSize

CENTRE = (0.5, 0.5)


def fill_box(
    source: PixelSize, target_ratio: float, focus: tuple[float, float] = CENTRE
) -> PixelBox:
    """The largest box of a ratio inside a picture, as near to the focus point as it goes.

    Args:
        source: size of the upright picture.
        target_ratio: width divided by height, above 0.
        focus: x and y in 0-1 of the picture; values outside are brought inside.

    Returns:
        A box that touches two opposite edges of the picture; its ratio is exact to a pixel.

    Raises:
        ValueError: the ratio is not a positive number.
    """
    if not (math.isfinite(target_ratio) and target_ratio > 0):
        raise ValueError(f"impossible ratio {target_ratio}")
    if source.ratio > target_ratio:
        height = source.height
        width = _whole(height * target_ratio, source.width)
    else:
        width = source.width
        height = _whole(width / target_ratio, source.height)
    left = _start(focus[0], width, source.width)
    top = _start(focus[1], height, source.height)
    return PixelBox(left, top, left + width, top + height)


def fit_size(source: PixelSize, frame: PixelSize) -> PixelSize:
    """The largest size of the picture's own ratio that goes into ``frame``."""
    if source.ratio > frame.ratio:
        return PixelSize(frame.width, _whole(frame.width / source.ratio, frame.height))
    return PixelSize(_whole(frame.height * source.ratio, frame.width), frame.height)


def nearest_ratio(ratio: float, lowest: float, highest: float) -> float:
    """``ratio`` itself where it lies between the two bounds, else the nearer bound."""
    return min(max(ratio, lowest), highest)


def output_size(
    source: PixelSize,
    *,
    width: int | None = None,
    max_long_side: int | None = None,
    max_width: int | None = None,
    max_height: int | None = None,
    min_ratio: float | None = None,
    max_ratio: float | None = None,
) -> PixelSize:
    """The size in which a picture, or a box of it, is published.

    Args:
        source: size of the picture or of the box cut from it.
        width: exact width in pixels; the height follows the ratio, even if that enlarges.
        max_long_side: most pixels of the longer side; nothing is enlarged to reach it.
        max_width: most pixels across.
        max_height: most pixels down.
        min_ratio: lowest ratio the network takes; rounding never falls below it.
        max_ratio: highest ratio the network takes; rounding never goes beyond it.

    Returns:
        The size; its ratio is that of ``source`` to a pixel, or the nearest allowed one.
    """
    lowest = 0.0 if min_ratio is None else min_ratio
    highest = math.inf if max_ratio is None else max_ratio
    ratio = nearest_ratio(source.ratio, lowest, highest)
    if width is not None:
        return PixelSize(width, _height(width, ratio, lowest, highest))
    across, down = source.width, source.height
    if ratio < source.ratio:
        across = _whole(down * ratio, across)
    elif ratio > source.ratio:
        down = _whole(across / ratio, down)
    scale = min(
        1.0,
        (max_long_side or math.inf) / max(across, down),
        (max_width or math.inf) / across,
        (max_height or math.inf) / down,
    )
    limit = min(max_height or math.inf, max_long_side or math.inf)
    across = max(1, round(across * scale))
    height = _height(across, ratio, lowest, highest)
    while height > limit and across > 1:  # rounding up for the ratio must not break a bound
        across -= 1
        height = _height(across, ratio, lowest, highest)
    return PixelSize(across, max(1, int(min(height, limit))))


def _height(width: int, ratio: float, lowest: float, highest: float) -> int:
    """The height for ``width`` that keeps the rounded ratio between its bounds."""
    height = max(1, round(width / ratio))
    if width / height > highest:
        height += 1
    elif height > 1 and width / height < lowest:
        height -= 1
    return height


def _whole(length: float, most: int) -> int:
    return min(max(round(length), 1), most)


def _start(focus: float, length: int, total: int) -> int:
    """Where a piece of ``length`` starts so that its middle is nearest to ``focus``."""
    centre = min(max(focus, 0.0), 1.0) * total
    return min(max(math.floor(centre - length / 2 + 0.5), 0), total - length)
