"""Frame times: how regular they are, which rate they keep, how long the clip lasts. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median_low

STANDARD_RATES: tuple[Fraction, ...] = (
    *(Fraction(rate) for rate in (8, 10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120, 240)),
    *(Fraction(rate, 1001) for rate in (12_000, 15_000, 24_000, 30_000, 60_000, 120_000, 240_000)),
)
"""Rates that devices record at; measured rates close to one of them are taken to be it."""

_SNAP = Fraction(3, 1000)
_JITTER = Fraction(1, 20)
_REGULAR_SHARE = Fraction(9, 10)
_CODEC_RUN_UP_S = Fraction(1, 20)
"""More than the 2048 samples with which HE-AAC begins, at 44.1 kHz."""


@dataclass(frozen=True)
class Timing:
    """What the times of a clip's pictures tell.

    Attributes:
        frame_rate: the regular rate where there is one, else the average.
        variable: whether the times keep no regular rate. Single gaps do not count.
        picture_end_s: end of the last picture, seconds after the first picture's start.
    """

    frame_rate: Fraction
    variable: bool
    picture_end_s: Fraction


def analyse(times: Sequence[int], last_duration: int, time_base: Fraction) -> Timing:
    """Judge the times of a clip's pictures.

    Args:
        times: start of each shown picture in ``time_base`` units, sorted, at least one.
        last_duration: how long the last picture is shown, 0 where unknown.
        time_base: seconds per unit.
    """
    steps = [later - earlier for earlier, later in pairwise(times) if later > earlier]
    if not steps:
        duration = last_duration * time_base or Fraction(1, 30)
        return Timing(nearest_standard(1 / duration), False, duration)
    usual = median_low(steps)
    tolerance = max(Fraction(1), usual * _JITTER)
    regular = [step for step in steps if abs(step - usual) <= tolerance]
    interval = Fraction(sum(regular), len(regular)) * time_base
    variable = len(regular) < len(steps) * _REGULAR_SHARE
    span = (times[-1] - times[0]) * time_base
    if variable:
        tail = last_duration * time_base or interval
        average = Fraction(len(times)) / (span + tail)
        return Timing(average.limit_denominator(100_000), True, span + tail)
    exact = 1 / (usual * time_base)
    rate = exact if exact in STANDARD_RATES else nearest_standard(1 / interval)
    return Timing(rate, False, round((span + 1 / rate) * rate) / rate)


def nearest_standard(rate: Fraction) -> Fraction:
    """The standard rate that ``rate`` is within 0.3 % of, else ``rate`` in handy numbers."""
    nearest = min(STANDARD_RATES, key=lambda standard: abs(standard - rate))
    if abs(nearest - rate) <= nearest * _SNAP:
        return nearest
    return rate.limit_denominator(1001)


def clip_zero_s(
    picture_start_s: Fraction, sound_start_s: Fraction | None, frame_rate: Fraction
) -> Fraction:
    """Where a clip's own time begins, on its file's clock.

    It is the start of the earlier track, as players count, moved by less than half a frame so
    that picture starts fall on whole frames: cutting there keeps picture and sound together.
    A lead of the sound that is only its codec's run-up does not count.
    """
    if sound_start_s is None or picture_start_s - sound_start_s < _CODEC_RUN_UP_S:
        return picture_start_s
    lead_frames = round((picture_start_s - sound_start_s) * frame_rate)
    return picture_start_s - lead_frames / frame_rate
