"""Editing the key points that the focus of a filled frame runs along. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from wajo_studio.domain.media import ClipInfo
from wajo_studio.services.trim_edit import Shape, crop_box

Point = tuple[float, float, float]
"""Second of the clip, x and y in 0-1 of the upright picture."""

_TIME_DIGITS, _PLACE_DIGITS = 3, 3
_LEAST_GAP_S = 0.05
"""Key points nearer to each other than this would be one and the same to a person."""


def box_at(
    info: ClipInfo, shape: Shape, path: Sequence[Point], time_s: float
) -> tuple[float, float, float, float]:
    """Left, top, width, height of what ``fill`` shows at a moment, in 0-1 of the picture.

    It runs from point to point as the export does: easing in and out, resting before the first
    and behind the last.

    Args:
        info: the clip.
        shape: the frame.
        path: at least one point, in order of time.
        time_s: in seconds of the clip.
    """
    before, after, share = _between(path, time_s)
    first = crop_box(info, shape, before[1:])
    last = crop_box(info, shape, after[1:])
    left, top = (a + (b - a) * share for a, b in zip(first[:2], last[:2], strict=True))
    return left, top, first[2], first[3]


def focus_at(path: Sequence[Point], time_s: float) -> tuple[float, float]:
    """The focus at a moment, as :func:`box_at`."""
    before, after, share = _between(path, time_s)
    x, y = (a + (b - a) * share for a, b in zip(before[1:], after[1:], strict=True))
    return x, y


def _between(path: Sequence[Point], time_s: float) -> tuple[Point, Point, float]:
    """The points around a moment, and how far it is between them, eased."""
    if time_s <= path[0][0]:
        return path[0], path[0], 0.0
    for before, after in pairwise(path):
        if time_s < after[0]:
            way = (time_s - before[0]) / (after[0] - before[0])
            return before, after, way * way * (3 - 2 * way)
    return path[-1], path[-1], 0.0


def point_at(path: Sequence[Point], time_s: float) -> int | None:
    """Which point stands at a moment; None when there is none."""
    near = [(abs(point[0] - time_s), index) for index, point in enumerate(path)]
    distance_s, index = min(near, default=(_LEAST_GAP_S, -1))
    return index if distance_s < _LEAST_GAP_S else None


def with_point(path: Sequence[Point], time_s: float, x: float, y: float) -> tuple[Point, ...]:
    """The path with the focus at a moment set: the point there moved, or one more."""
    index = point_at(path, time_s)
    at_s = round(time_s, _TIME_DIGITS) if index is None else path[index][0]
    others = [point for number, point in enumerate(path) if number != index]
    return tuple(sorted([*others, (at_s, round(x, _PLACE_DIGITS), round(y, _PLACE_DIGITS))]))


def moved_point(
    path: Sequence[Point], index: int, time_s: float, whole_s: float
) -> tuple[Point, ...]:
    """The path with one point at another time, which stays between its neighbours."""
    earliest_s = path[index - 1][0] + _LEAST_GAP_S if index else 0.0
    latest_s = path[index + 1][0] - _LEAST_GAP_S if index + 1 < len(path) else whole_s
    at_s = round(max(min(time_s, latest_s), earliest_s), _TIME_DIGITS)
    return (*path[:index], (at_s, *path[index][1:]), *path[index + 1 :])


def without_point(path: Sequence[Point], index: int) -> tuple[Point, ...]:
    """The path with one point less."""
    return (*path[:index], *path[index + 1 :])
