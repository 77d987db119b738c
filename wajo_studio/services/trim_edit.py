"""Editing what is kept of a clip: ranges, times as people write them, lengths. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.domain.post import Post
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, language
from wajo_studio.specs.model import PlacementSpec
from wajo_studio.video.plan import choose_size
from wajo_studio.video.reframe import cropped

Range = tuple[float, float]
Edge = Literal["start", "end"]

_DIGITS = 3
"""Times are kept to the millisecond, which always finds its own picture again."""

_TIME = re.compile(r"^\s*(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[,.](\d{1,9}))?\s*s?\s*$")
_THIRD_S = 4.0
_SIXTY = 60


def clock(time_s: float, digits: int = 1) -> str:
    """``00:12,4``; from an hour on ``1:00:12,4``. Cut, not rounded, as a clock shows time."""
    units = int(round(max(time_s, 0.0) * 1000) // 10 ** (3 - digits))
    whole, rest = divmod(units, 10**digits)
    minutes, seconds = divmod(whole, _SIXTY)
    hours, minutes = divmod(minutes, _SIXTY)
    point = "," if language() == "id" else "."
    tail = f"{point}{rest:0{digits}}" if digits else ""
    head = f"{hours}:{minutes:02}" if hours else f"{minutes:02}"
    return f"{head}:{seconds:02}{tail}"


def parse_clock(text: str) -> float:
    """Seconds of ``00:12,4``, ``1:00:12.4`` or ``12,4``.

    Raises:
        InputError: it is no time.
    """
    found = _TIME.match(text)
    if found is None:
        raise InputError(N_("“{text}” is no time; write it as 00:12.4."), text=text.strip())
    hours, minutes, seconds, decimals = (part or "0" for part in found.groups())
    whole = (int(hours) * _SIXTY + int(minutes)) * _SIXTY + int(seconds)
    return whole + int(decimals) / float(10 ** len(decimals))


def ranges_of(item: MediaItem, duration_s: float) -> tuple[Range, ...]:
    """What is kept of a clip, in seconds; the whole clip where nothing is said."""
    if item.keep:
        return tuple((start, min(end, duration_s)) for start, end in item.keep)
    end_s = duration_s if item.out_s is None else min(item.out_s, duration_s)
    return ((item.in_s or 0.0, end_s),)


def values_of(ranges: Sequence[Range], duration_s: float) -> dict[str, Any]:
    """The keys of post.toml that say ``ranges``: ``in`` and ``out`` for one, ``keep`` for more."""
    rounded = [(round(start, _DIGITS), round(end, _DIGITS)) for start, end in ranges]
    if len(rounded) != 1:
        return {"in": None, "out": None, "keep": tuple(rounded)}
    start_s, end_s = rounded[0]
    return {
        "in": start_s or None,
        "out": None if end_s >= round(duration_s, _DIGITS) else end_s,
        "keep": (),
    }


def with_edge(
    ranges: Sequence[Range],
    index: int,
    edge: Edge,
    time_s: float,
    *,
    least_s: float,
    whole_s: float,
) -> tuple[Range, ...]:
    """The ranges with one start or end moved as near to ``time_s`` as its neighbours allow.

    Args:
        ranges: in order, not overlapping.
        index: which range.
        edge: its start or its end.
        time_s: where to, in seconds.
        least_s: shortest length of a range: one picture.
        whole_s: length of the clip.
    """
    start_s, end_s = ranges[index]
    before_s = ranges[index - 1][1] if index else 0.0
    after_s = ranges[index + 1][0] if index + 1 < len(ranges) else whole_s
    if edge == "start":
        start_s = min(max(time_s, before_s), max(end_s - least_s, before_s))
    else:
        end_s = max(min(time_s, after_s), min(start_s + least_s, after_s))
    return (*ranges[:index], (start_s, end_s), *ranges[index + 1 :])


def marked(
    ranges: Sequence[Range],
    index: int,
    edge: Edge,
    time_s: float,
    *,
    least_s: float,
    whole_s: float,
) -> tuple[tuple[Range, ...], int]:
    """Set the chosen range's start or end at ``time_s``, as the keys I and O do.

    A mark beyond the range's other end takes the range along: it then runs to the next
    range, or to the clip's end (or from the range before, or the clip's beginning).

    Returns:
        The ranges, and which is the chosen one.
    """
    start_s, end_s = ranges[index]
    before_s = ranges[index - 1][1] if index else 0.0
    after_s = ranges[index + 1][0] if index + 1 < len(ranges) else whole_s
    beyond = time_s >= end_s if edge == "start" else time_s <= start_s
    if beyond and before_s <= time_s <= after_s:
        moved = (time_s, after_s) if edge == "start" else (before_s, time_s)
        if moved[1] - moved[0] >= least_s:
            return (*ranges[:index], moved, *ranges[index + 1 :]), index
    return with_edge(ranges, index, edge, time_s, least_s=least_s, whole_s=whole_s), index


def added(
    ranges: Sequence[Range], time_s: float, length_s: float, whole_s: float
) -> tuple[tuple[Range, ...], int]:
    """One more range of about ``length_s`` at ``time_s``, in the free space there.

    Inside a range that is kept already, the range is split in two at ``time_s``.

    Returns:
        The ranges, and which is the new one.

    Raises:
        InputError: there is no room.
    """
    for index, (start_s, end_s) in enumerate(ranges):
        if start_s < time_s < end_s:
            halves = ((start_s, time_s), (time_s, end_s))
            return (*ranges[:index], *halves, *ranges[index + 1 :]), index + 1
    after = [start for start, _end in ranges if start >= time_s]
    limit_s = min(after, default=whole_s)
    end_s = min(time_s + length_s, limit_s)
    if end_s - time_s <= 0:
        raise InputError(
            N_("There is no room for another part here. Move the play position to a part cut off.")
        )
    place = sum(1 for start, _end in ranges if start < time_s)
    return (*ranges[:place], (time_s, end_s), *ranges[place:]), place


def removed(ranges: Sequence[Range], index: int) -> tuple[Range, ...]:
    """The ranges without one of them; the last one cannot be taken away."""
    if len(ranges) < 2:
        return tuple(ranges)
    return (*ranges[:index], *ranges[index + 1 :])


def length_s(ranges: Sequence[Range]) -> float:
    """Seconds kept in all."""
    return sum(end - start for start, end in ranges)


@dataclass(frozen=True)
class Length:
    """A placement's limits against the length kept: ``ok``, ``short`` or ``long``."""

    placement: str
    verdict: Literal["ok", "short", "long"]
    least_s: float
    most_s: float
    off_s: float


def lengths(
    placements: Sequence[str], specs: Mapping[str, PlacementSpec], kept_s: float
) -> tuple[Length, ...]:
    """Judge the length kept for each placement that takes clips."""
    found = []
    for placement in placements:
        spec = specs.get(placement)
        if spec is None or spec.video is None:
            continue
        least_s, most_s = spec.video.min_duration_s, spec.video.max_duration_s
        verdict: Literal["ok", "short", "long"] = "ok"
        off_s = 0.0
        if kept_s < least_s - 0.001:
            verdict, off_s = "short", least_s - kept_s
        elif kept_s > most_s + 0.001:
            verdict, off_s = "long", kept_s - most_s
        found.append(Length(placement, verdict, least_s, most_s, off_s))
    return tuple(found)


@dataclass(frozen=True)
class Shape:
    """The frame of a placement: its size, and what the network's buttons may cover."""

    size: PixelSize
    safe_zone: SafeZone
    cover: bool
    """Whether a cover can be chosen there at all."""


def shape_of(post: Post, spec: PlacementSpec, info: ClipInfo) -> Shape:
    """The frame into which a placement brings the clip."""
    assert spec.video is not None
    sizes: dict[str, PixelSize] = {size.format: size.size for size in spec.video.sizes}
    wished = post.option(spec.id, "format")
    size = sizes.get(str(wished)) or choose_size(info.size, list(sizes.values()))
    zone = spec.safe_zone.at(size) if spec.safe_zone else SafeZone()
    return Shape(size, zone, spec.video.cover != "none")


def crop_box(info: ClipInfo, shape: Shape, focus: tuple[float, float]) -> tuple[float, ...]:
    """Left, top, width, height in 0-1 of the upright picture that ``fill`` shows."""
    box = cropped(info.size, shape.size, *focus)
    return (box.x, box.y, box.w, box.h)


def lower_third(
    name: str, role: str, start_s: float | None, end_s: float | None, kept: Sequence[Range]
) -> dict[str, Any] | None:
    """The name strip as post.toml writes it; None without a name.

    Times left open begin where the clip begins and last a few seconds.
    """
    if not name.strip():
        return None
    first_s = kept[0][0] if start_s is None else start_s
    last_s = min(first_s + _THIRD_S, kept[-1][1]) if end_s is None else end_s
    return {
        "name": name,
        "role": role,
        "from": round(first_s, _DIGITS),
        "to": round(last_s, _DIGITS),
    }
