"""Loudness after EBU R 128: measured by ffmpeg, and the gain that brings it to the target."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from wajo_studio.progress import JobContext
from wajo_studio.video.command import file_loudness_arguments, loudness_arguments
from wajo_studio.video.encode_plan import LOUDNESS_LUFS, EncodePlan
from wajo_studio.video.invoke import run_ffmpeg
from wajo_studio.video.sound import LIMITER_DBTP, Levels
from wajo_studio.video.source import ClipSource, SoundSource, read_sound

QUIETEST_LUFS = -52.0
"""Below this there is no programme to bring forward, only noise: it is left as it is."""

BED_BELOW_DB = 9.0
"""How far a music bed lies under the target before it makes way for speech."""

_GREATEST_GAIN_DB = 36.0
_GREATEST_CORRECTION_DB = 6.0
_NEAR_ENOUGH_DB = 0.3
_LIMITER_YIELD = 1.5
"""A limiter gives back only part of what is added: some more has to go in."""

_INTEGRATED = re.compile(r"^\s*I:\s*(-?\d+(?:\.\d+)?|-inf|nan) LUFS", re.MULTILINE)
_PEAK = re.compile(r"^\s*Peak:\s*(-?\d+(?:\.\d+)?|-inf|nan) dBFS", re.MULTILINE)
_GATE_LUFS = -70.0


@dataclass(frozen=True)
class Loudness:
    """What the meter says: None where there is nothing to measure (silence, under 0.4 s)."""

    integrated_lufs: float | None
    true_peak_dbtp: float | None

    @property
    def gain_db(self) -> float:
        """What brings the sound to the target; 0 for silence and noise, bounded above."""
        if self.integrated_lufs is None or self.integrated_lufs < QUIETEST_LUFS:
            return 0.0
        return min(LOUDNESS_LUFS - self.integrated_lufs, _GREATEST_GAIN_DB)


def parse_loudness(words: Sequence[str]) -> Loudness:
    """Read the meter's summary out of ffmpeg's messages. Pure."""
    text = "\n".join(words)
    integrated = _last(_INTEGRATED, text)
    if integrated is not None and integrated <= _GATE_LUFS:
        integrated = None
    return Loudness(integrated, _last(_PEAK, text))


def _last(pattern: re.Pattern[str], text: str) -> float | None:
    found = pattern.findall(text)
    if not found:
        return None
    value = float(found[-1])
    return value if math.isfinite(value) else None


def needed_levels(
    plan: EncodePlan,
    source: ClipSource,
    seeks_s: Sequence[float | None],
    zero_s: Fraction,
    music: SoundSource | None,
    ctx: JobContext,
) -> Levels:
    """What source, music and the whole have to be raised by to come out at the target.

    Source and music are first brought to their distance from each other, then what they
    give together is measured.

    Raises:
        FfmpegError: the sound cannot be decoded.
        Cancelled: the job was cancelled.
    """
    heard = plan.has_sound and source.audio is not None
    if not heard and music is None:
        return Levels()

    def measured(levels: Levels, bed: SoundSource | None, *, limited: bool) -> Loudness:
        arguments = loudness_arguments(plan, source, seeks_s, zero_s, levels, bed, limited=limited)
        return parse_loudness(run_ffmpeg(arguments, ctx))

    apart = Levels()
    if heard and music is not None:
        bed_db = parse_loudness(run_ffmpeg(file_loudness_arguments(music), ctx)).gain_db
        source_db = measured(apart, None, limited=False).gain_db
        apart = Levels(source_db, bed_db - BED_BELOW_DB)

    def together(gain_db: float | None) -> Loudness:
        levels = replace(apart, whole_db=gain_db or 0.0)
        return measured(levels, music, limited=gain_db is not None)

    return replace(apart, whole_db=gain_to_target(together))


def gain_to_target(measured: Callable[[float | None], Loudness]) -> float:
    """What a sound has to be raised by to come out at the target.

    Where the raised peaks meet the limiter, the limited sound is measured too and what the
    limiter took is added, within reason.

    Args:
        measured: measures the sound as it is (None), or raised by so many dB and limited.
    """
    plain = measured(None)
    gain_db = plain.gain_db
    if plain.integrated_lufs is None or gain_db == 0.0:
        return 0.0
    if plain.true_peak_dbtp is not None and plain.true_peak_dbtp + gain_db <= LIMITER_DBTP:
        return gain_db
    limited = measured(gain_db).integrated_lufs
    if limited is None:
        return gain_db
    lost_db = plain.integrated_lufs + gain_db - limited
    if lost_db < _NEAR_ENOUGH_DB:
        return gain_db
    return gain_db + min(lost_db * _LIMITER_YIELD, _GREATEST_CORRECTION_DB)


def measure_file(path: Path, ctx: JobContext, part: tuple[float, float] | None = None) -> Loudness:
    """Measure the sound of a clip, whole or from one second to another.

    Raises:
        FfmpegError: the sound cannot be decoded.
        MediaError: there is no sound.
        Cancelled: the job was cancelled.
    """
    return parse_loudness(run_ffmpeg(file_loudness_arguments(read_sound(path), part), ctx))
