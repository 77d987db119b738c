"""From where a subject was seen to a calm camera: few key points that a person can edit. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

FocusPath = tuple[tuple[float, float, float], ...]
"""Second of the clip, x and y in 0-1 of the upright picture: ``focus_path`` of a post."""

_REST = 0.06
"""How far the subject may wander from where the camera looks before it moves."""
_CALM_S = 0.7
_TOLERANCE = 0.015
_MOVED = 24
_LEAST_SHARE, _MOST_SHARE = 0.002, 0.5
"""Shares of the picture that change when something in it moves, not the camera."""


@dataclass(frozen=True)
class Sight:
    """Where the subject was at ``time_s``, in 0-1 of the upright picture."""

    time_s: float
    x: float
    y: float


def centre_of_motion(before: "NDArray[Any]", after: "NDArray[Any]") -> tuple[float, float] | None:
    """The middle of what changed between two grey pictures of one size (0-255).

    None where nothing moved, or so much that it was the camera, or the scene that changed.
    """
    import numpy

    changed = numpy.abs(after.astype(numpy.int16) - before.astype(numpy.int16)) > _MOVED
    share = float(changed.mean())
    if not _LEAST_SHARE <= share <= _MOST_SHARE:
        return None
    rows, columns = numpy.nonzero(changed)
    height, width = changed.shape
    return (
        float((numpy.median(columns) + 0.5) / width),
        float((numpy.median(rows) + 0.5) / height),
    )


def key_points(sights: Sequence[Sight]) -> FocusPath:
    """The path of a calm camera that keeps the subject in sight.

    Single wrong sights are dropped, small movements are not followed, large ones are
    followed softly; what a straight line between its neighbours says as well is left out.

    Args:
        sights: in order of time.
    """
    if not sights:
        return ()
    times = [sight.time_s for sight in sights]
    axes = []
    for values in ([sight.x for sight in sights], [sight.y for sight in sights]):
        axes.append(_softened(times, _rested(_without_outliers(values))))
    points = list(zip(times, *axes, strict=True))
    kept = _simplified(points)
    if len(kept) == 2 and _apart(kept[0], kept[1]) <= _TOLERANCE:
        kept = kept[:1]
    return tuple((round(t, 2), round(x, 3), round(y, 3)) for t, x, y in kept)


def _without_outliers(values: Sequence[float]) -> list[float]:
    """Each value as the middle one of itself and two neighbours on each side."""
    padded = [values[0]] * 2 + list(values) + [values[-1]] * 2
    return [sorted(padded[place : place + 5])[2] for place in range(len(values))]


def _rested(values: Sequence[float]) -> list[float]:
    """What a camera does that moves only when the subject leaves its rest."""
    looking = values[0]
    path = []
    for value in values:
        looking = min(max(looking, value - _REST), value + _REST)
        path.append(looking)
    return path


def _softened(times: Sequence[float], values: Sequence[float]) -> list[float]:
    """The mean round each moment, near ones counting most."""
    path = []
    for moment in times:
        weights = [math.exp(-(((time - moment) / _CALM_S) ** 2)) for time in times]
        total = sum(weights)
        path.append(sum(w * v for w, v in zip(weights, values, strict=True)) / total)
    return path


_Point = tuple[float, float, float]


def _simplified(points: list[_Point]) -> list[_Point]:
    """Only the points that straight lines between the others would miss."""
    if len(points) <= 2:
        return points
    first, last = points[0], points[-1]
    worst, place = 0.0, 0
    for index, point in enumerate(points[1:-1], start=1):
        distance = _apart(point, _between(first, last, point[0]))
        if distance > worst:
            worst, place = distance, index
    if worst <= _TOLERANCE:
        return [first, last]
    return [*_simplified(points[: place + 1])[:-1], *_simplified(points[place:])]


def _between(first: _Point, last: _Point, time_s: float) -> _Point:
    share = (time_s - first[0]) / (last[0] - first[0]) if last[0] > first[0] else 0.0
    return (
        time_s,
        first[1] + (last[1] - first[1]) * share,
        first[2] + (last[2] - first[2]) * share,
    )


def _apart(one: _Point, other: _Point) -> float:
    return max(abs(one[1] - other[1]), abs(one[2] - other[2]))
