"""Where a long take is cut into parts that a placement takes: at quiet moments. Pure."""

import math
from collections.abc import Sequence

_AROUND_S = 0.25
"""Half of the time that has to be quiet round a cut."""
_SEARCHED_SHARE = 0.4
"""How much of the longest part is searched, from its end backwards."""
_MARGIN = 6
"""Peaks of 0-255 that count as quiet as the quietest."""


def split_moments(
    start_s: float,
    end_s: float,
    *,
    longest_s: float,
    shortest_s: float,
    peaks: Sequence[int] = (),
    bucket_s: float = 1.0,
) -> tuple[float, ...]:
    """The seconds at which ``start_s``-``end_s`` is cut, in order; empty when it is short enough.

    No more parts are made than needed. Each cut lies in the latest pause that is as quiet as
    any in the last seconds of what may stand before it; without sound, as late as it may.

    Args:
        start_s: start of the take, in seconds of the clip.
        end_s: its end.
        longest_s: most seconds of a part, above 0.
        shortest_s: least seconds of a part; gives way where both cannot be kept.
        peaks: how loud each ``bucket_s`` of the whole clip is, 0-255.
        bucket_s: seconds that a peak stands for.
    """
    parts = max(1, math.ceil((end_s - start_s) / longest_s - 1e-6))
    cuts: list[float] = []
    before_s = start_s
    for left in range(parts - 1, 0, -1):
        earliest_s = max(before_s, end_s - left * longest_s)
        latest_s = min(before_s + longest_s, end_s - left * shortest_s)
        latest_s = max(latest_s, earliest_s)
        earliest_s = max(earliest_s, before_s + shortest_s, latest_s - _SEARCHED_SHARE * longest_s)
        before_s = _quiet_moment(min(earliest_s, latest_s), latest_s, peaks, bucket_s)
        cuts.append(before_s)
    return tuple(cuts)


def _quiet_moment(
    earliest_s: float, latest_s: float, peaks: Sequence[int], bucket_s: float
) -> float:
    """The middle of the latest of the quietest pauses between two seconds."""
    first, last = math.ceil(earliest_s / bucket_s), math.floor(latest_s / bucket_s)
    around = max(1, round(_AROUND_S / bucket_s))
    level_of = {
        number: max(peaks[max(0, number - around) : number + around], default=0)
        for number in range(first, last + 1)
    }
    if not peaks or not level_of:
        return latest_s
    limit = min(level_of.values(), default=0) + _MARGIN
    quiet = [number for number, level in level_of.items() if level <= limit]
    first = last = quiet.pop()
    while quiet and quiet[-1] == first - 1:
        first = quiet.pop()
    middle_s = (first + last) / 2 * bucket_s
    return min(max(middle_s, earliest_s), latest_s)
