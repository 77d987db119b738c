"""From a clip, what a post wants of it and a placement's spec to an exact plan. Pure."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, MediaItem, Reframe
from wajo_studio.specs.model import SizeSpec, VideoSpec
from wajo_studio.video.encode_plan import (
    BUFFER_S,
    CONTAINER_SHARE,
    EncodePlan,
    Music,
    Overlay,
    Still,
)
from wajo_studio.video.ranges import TimeRange, kept_ranges
from wajo_studio.video.reframe import CENTRE, FocusPoint

_VARIABLE_RATES = tuple(Fraction(rate) for rate in (24, 25, 30, 50, 60))
_NTSC = Fraction(1000, 1001)


def choose_size(source: PixelSize, sizes: Iterable[SizeSpec | PixelSize]) -> PixelSize:
    """The size whose shape is nearest to that of ``source``; the first of equals.

    Raises:
        ValueError: ``sizes`` is empty.
    """
    candidates = [size.size if isinstance(size, SizeSpec) else size for size in sizes]
    return min(candidates, key=lambda size: round(abs(math.log(size.ratio / source.ratio)), 6))


def choose_frame_rate(info: ClipInfo, min_fps: float, max_fps: float) -> Fraction:
    """The constant rate of the result.

    The source's, capped by ``max_fps``; under ``min_fps`` multiplied by the smallest whole
    number that reaches it (24000/1001 satisfies 24); variable rates go to the nearest of 24,
    25, 30, 50 and 60 that the placement takes.
    """
    lowest, highest = Fraction(min_fps) * _NTSC, Fraction(max_fps)
    rate = info.frame_rate
    if info.variable_frame_rate:
        fitting = [r for r in _VARIABLE_RATES if lowest <= r <= highest] or [highest]
        return min(fitting, key=lambda candidate: abs(candidate - rate))
    if rate < lowest:
        rate *= math.ceil(lowest / rate)
    if rate <= highest:
        return rate
    # 120000/1001 under a cap of 60 becomes 60000/1001: every second frame, none twice.
    divided = rate / math.ceil(rate / highest)
    return divided if divided >= highest * _NTSC else highest


def choose_reframe(item: MediaItem, size: PixelSize, option: Reframe | None = None) -> Reframe:
    """How the picture is brought into ``size``.

    The item's own wish, then the post's option, else blurred bars in 9:16 and 16:9 frames and
    a filled frame in others.
    """
    wished = item.reframe or option
    if wished:
        return wished
    return "fit-blur" if size.aspect in ("9:16", "16:9") else "fill"


def plan_clip(
    path: Path,
    info: ClipInfo,
    item: MediaItem,
    spec: VideoSpec,
    *,
    size: PixelSize | None = None,
    reframe: Reframe | None = None,
    colour: str = "#000000",
    overlays: Sequence[Overlay] = (),
    subtitles: str | None = None,
    opener: Still | None = None,
    closer: Still | None = None,
    music: Music | None = None,
    wind_filter: bool = False,
) -> EncodePlan:
    """Plan one clip for one placement.

    Args:
        path: the clip.
        info: what probing it gave.
        item: what the post wants of it: ranges, focus, reframe.
        spec: the placement's video spec.
        size: of the result; None: the spec's size nearest to the source's shape.
        reframe: the post's option; the item's own wish goes before it.
        colour: ``#RRGGBB`` for ``fit-colour``.
        overlays: pictures laid over it, lowest first.
        subtitles: an ASS script in the result's time, made for ``size``.
        opener: still before the clip; its length is rounded to whole frames.
        closer: still behind the clip.
        music: sounds under the whole result.
        wind_filter: take the rumble of wind and handling out of the source's sound.

    Raises:
        MediaError: a kept range starts behind the end of the clip.
    """
    chosen = size or choose_size(info.size, spec.sizes)
    rate = choose_frame_rate(info, spec.min_fps, spec.max_fps)
    ranges = tuple(_on_frames(kept, rate) for kept in kept_ranges(item, info))
    opener, closer = _still_on_frames(opener, rate), _still_on_frames(closer, rate)
    stills_s = sum(still.duration_s for still in (opener, closer) if still)
    duration_s = sum((kept.duration_s for kept in ranges), Fraction(stills_s))
    return EncodePlan(
        source=path,
        source_sha256=info.sha256,
        source_size=info.size,
        source_frame_rate=info.frame_rate,
        ranges=ranges,
        size=chosen,
        frame_rate=rate,
        reframe=choose_reframe(item, chosen, reframe),
        focus=_focus_points(item),
        colour=colour,
        has_sound=info.audio_codec is not None,
        video_bitrate_bps=affordable_bitrate_bps(spec, duration_s),
        audio_bitrate_bps=spec.audio_bitrate_bps,
        max_bytes=spec.max_bytes,
        overlays=tuple(overlays),
        subtitles=subtitles,
        opener=opener,
        closer=closer,
        music=music,
        edit_list=spec.edit_list,
        wind_filter=wind_filter,
    )


def _on_frames(kept: TimeRange, rate: Fraction) -> TimeRange:
    """The range with its length rounded to whole frames of the result, at least one."""
    return TimeRange(kept.start_s, kept.start_s + max(1, round(kept.duration_s * rate)) / rate)


def _still_on_frames(still: Still | None, rate: Fraction) -> Still | None:
    if still is None:
        return None
    return Still(still.path, still.digest, whole_frames(still.duration_s, rate))


def whole_frames(seconds: Fraction | float, rate: Fraction) -> Fraction:
    """Seconds as a whole number of frames, at least one; 0 stays 0."""
    return max(1, round(Fraction(seconds) * rate)) / rate if seconds else Fraction(0)


def _focus_points(item: MediaItem) -> tuple[FocusPoint, ...]:
    if item.focus_path:
        ordered = sorted(item.focus_path)
        return tuple(FocusPoint(Fraction(t), x, y) for t, x, y in ordered)
    if item.focus:
        return (FocusPoint(Fraction(0), *item.focus),)
    return (CENTRE,)


def affordable_bitrate_bps(spec: VideoSpec, duration_s: Fraction) -> int:
    """The rate that keeps the file under the spec's bytes, at most the spec's own ceiling."""
    budget_bits = spec.max_bytes * 8 * CONTAINER_SHARE - spec.audio_bitrate_bps * duration_s
    affordable = budget_bits / (duration_s + BUFFER_S)
    return max(1000, min(spec.max_bitrate_bps, math.floor(affordable)))
