"""Loudness after EBU R 128: measured by ffmpeg, and the gain that brings it to the target."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from wajo_studio.progress import JobContext
from wajo_studio.video.command import METER, loudness_arguments
from wajo_studio.video.invoke import run_ffmpeg
from wajo_studio.video.plan import LOUDNESS_LUFS, EncodePlan
from wajo_studio.video.source import ClipSource

QUIETEST_LUFS = -50.0
"""Below this there is no programme to bring forward, only noise: it is left as it is."""

_GREATEST_GAIN_DB = 24.0
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


def measure_kept(
    plan: EncodePlan,
    source: ClipSource,
    seeks_s: Sequence[float | None],
    zero_s: Fraction,
    ctx: JobContext,
) -> Loudness:
    """Measure the sound of what a plan keeps.

    Raises:
        FfmpegError: the sound cannot be decoded.
        Cancelled: the job was cancelled.
    """
    arguments = loudness_arguments(plan, source, seeks_s, zero_s)
    return parse_loudness(run_ffmpeg(arguments, ctx))


def measure_file(path: Path, ctx: JobContext) -> Loudness:
    """Measure the sound of a finished clip.

    Raises:
        FfmpegError: the sound cannot be decoded.
        Cancelled: the job was cancelled.
    """
    return parse_loudness(
        run_ffmpeg(
            ["-nostats", "-i", f"file:{path.absolute()}", "-map", "0:a:0", "-af", METER,
             "-f", "null", "-"],
            ctx,
        )
    )  # fmt: skip
