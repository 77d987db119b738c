"""Kept ranges of a clip, and where a moment of the source lies in the result. Pure.

All times are exact fractions of a second; ranges are half-open: the start is kept, the end
is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_, format_number


@dataclass(frozen=True)
class TimeRange:
    """From ``start_s`` (included) to ``end_s`` (excluded), in seconds."""

    start_s: Fraction
    end_s: Fraction

    def __post_init__(self) -> None:
        if self.end_s <= self.start_s:
            raise ValueError(f"empty range {self.start_s}-{self.end_s}")

    @property
    def duration_s(self) -> Fraction:
        """Its length."""
        return self.end_s - self.start_s


def kept_ranges(item: MediaItem, info: ClipInfo) -> tuple[TimeRange, ...]:
    """The ranges of the source that ``item`` keeps, in their order, on whole source frames.

    A start goes to the nearest frame, a length to the nearest number of frames, so that no
    range is longer or shorter than asked by more than half a frame. What lies behind the
    clip's (readable) end is left out. Clips of variable frame rate have no frame grid: their
    ranges stay as asked.

    Raises:
        MediaError: nothing is left, because a range starts behind the clip's end.
    """
    whole_s = Fraction(info.duration_s)
    asked = _asked(item, whole_s)
    kept = [
        _snapped(start_s, end_s, info, whole_s) for start_s, end_s in asked if start_s < whole_s
    ]
    if len(kept) < len(asked):
        start_s = next(start for start, _end in asked if start >= whole_s)
        raise MediaError(
            N_(
                "The part of {media} that starts at {start} s lies behind the end of the clip,"
                " which is {length} s long. Choose earlier in and out points."
            ),
            code="media.range",
            media=item.id,
            start=format_number(float(start_s), 2),
            length=format_number(float(whole_s), 2),
        )
    return tuple(kept)


def _asked(item: MediaItem, whole_s: Fraction) -> list[tuple[Fraction, Fraction]]:
    if item.keep:
        return [(Fraction(start), Fraction(end)) for start, end in item.keep]
    start_s = Fraction(item.in_s or 0.0)
    end_s = whole_s if item.out_s is None else Fraction(item.out_s)
    return [(start_s, max(end_s, start_s + Fraction(1, 1000)))]


def _snapped(start_s: Fraction, end_s: Fraction, info: ClipInfo, whole_s: Fraction) -> TimeRange:
    if info.variable_frame_rate:
        return TimeRange(start_s, min(end_s, whole_s))
    rate = info.frame_rate
    total = max(1, round(whole_s * rate))
    first = min(round(start_s * rate), total - 1)
    count = max(1, round((end_s - start_s) * rate))
    return TimeRange(first / rate, min(first + count, total) / rate)


def planned_duration_s(item: MediaItem, info: ClipInfo) -> float:
    """Length of what ``item`` keeps, in seconds, without opener and closer.

    Raises:
        MediaError: as :func:`kept_ranges`.
    """
    return float(sum(kept.duration_s for kept in kept_ranges(item, info)))


def mapped(
    kept: Sequence[TimeRange], start_s: Fraction, end_s: Fraction, offset_s: Fraction = Fraction(0)
) -> tuple[TimeRange, ...]:
    """Where ``start_s``-``end_s`` of the source lies in the result.

    Args:
        kept: the kept ranges, in order.
        start_s: start in the source.
        end_s: end in the source, excluded.
        offset_s: what stands before the first kept range in the result (an opener).

    Returns:
        The parts in the result's time, joined where they touch; empty when nothing is kept.
    """
    parts: list[TimeRange] = []
    position_s = offset_s
    for part in kept:
        first_s, last_s = max(start_s, part.start_s), min(end_s, part.end_s)
        if last_s > first_s:
            shift_s = position_s - part.start_s
            _append_joined(parts, TimeRange(first_s + shift_s, last_s + shift_s))
        position_s += part.duration_s
    return tuple(parts)


def _append_joined(parts: list[TimeRange], part: TimeRange) -> None:
    if parts and parts[-1].end_s == part.start_s:
        parts[-1] = TimeRange(parts[-1].start_s, part.end_s)
    else:
        parts.append(part)


def moment_in_result(
    kept: Sequence[TimeRange], time_s: Fraction, offset_s: Fraction = Fraction(0)
) -> Fraction:
    """Where a moment of the source lies in the result; one that was cut goes to the cut."""
    position_s = offset_s
    for part in kept:
        if time_s < part.start_s:
            return position_s
        if time_s < part.end_s:
            return position_s + time_s - part.start_s
        position_s += part.duration_s
    return position_s
