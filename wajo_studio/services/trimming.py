"""Cutting one clip for one placement, outside any post."""

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wajo_studio import atomic
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_, _, format_number
from wajo_studio.progress import JobContext
from wajo_studio.services.follow import follow_subject
from wajo_studio.services.studio import Studio
from wajo_studio.specs.model import PlacementSpec, VideoSpec

SUFFIX = ".mp4"
_FOLLOWED_SHARE = 0.2
_LISTENING_S = 0.3
"""How long the sound is read before a cancel is looked for."""

_HARDLY_LONGER_S = 0.001

_Part = tuple[tuple[tuple[float, float | None], ...], Path]
"""What is kept for one file, and the file."""


@dataclass(frozen=True)
class Wish:
    """What is wanted of a clip.

    Attributes:
        keep: first second kept and the second that is no longer kept (None: the end), once for
            each part, in order; the parts are joined.
        follow: fill the frame and follow faces or movement.
        wind_filter: take the rumble of wind and handling out of the sound.
    """

    keep: tuple[tuple[float, float | None], ...] = ((0.0, None),)
    follow: bool = False
    wind_filter: bool = False


def trim_clip(
    studio: Studio, file: Path, placement: str, out_file: Path, wish: Wish, ctx: JobContext
) -> dict[str, Any]:
    """Cut ``file`` and bring it to the placement's size.

    Args:
        studio: the program's parts.
        file: the clip.
        placement: id of a placement that takes clips.
        out_file: the MP4 to write; must not exist.
        wish: what is kept, and how.
        ctx: progress and cancel.

    Returns:
        What was measured in the result.

    Raises:
        InputError: file, placement, times or target cannot be used.
        EncodeError: the encoder failed or its result is not what was planned.
        DiskError: the target cannot be written.
    """
    video, info = _understood(studio, file, placement, out_file, wish)
    (made,) = _make(studio, file, info, video, [(wish.keep, out_file)], wish, ctx)
    return made


def split_clip(
    studio: Studio, file: Path, placement: str, out_file: Path, wish: Wish, ctx: JobContext
) -> list[tuple[Path, dict[str, Any]]]:
    """Like :func:`trim_clip`, but in as many parts as the placement's longest clip demands.

    The parts are cut at quiet moments and written beside each other as ``NAME-1.mp4``,
    ``NAME-2.mp4`` …; where one part is enough it is ``out_file`` itself.

    Returns:
        Each file with what was measured in it, in order. When one fails, none is left.

    Raises:
        InputError, EncodeError, DiskError: as :func:`trim_clip`.
    """
    video, info = _understood(studio, file, placement, out_file, wish)
    if len(wish.keep) != 1:
        raise InputError(N_("--split takes one stretch of the clip: use --in and --out for it."))
    ((start_s, last_s),) = wish.keep
    end_s = min(info.duration_s, last_s or info.duration_s)
    ctx.report(0, _("Listening for quiet moments"))
    limits = video.max_duration_s, video.min_duration_s
    cuts = quiet_cuts(file, info, (start_s, end_s), *limits, ctx)
    edges = [start_s, *cuts, last_s]
    names = [out_file]
    if cuts:
        names = [
            out_file.with_name(f"{out_file.stem}-{n + 1}{SUFFIX}") for n in range(len(edges) - 1)
        ]
    for name in names:
        refuse_existing(name)
    parts: list[_Part] = [
        (((edges[n] or 0.0, edges[n + 1]),), name) for n, name in enumerate(names)
    ]
    return list(zip(names, _make(studio, file, info, video, parts, wish, ctx), strict=True))


def quiet_cuts(
    file: Path,
    info: ClipInfo,
    kept: tuple[float, float],
    longest_s: float,
    shortest_s: float,
    ctx: JobContext,
) -> tuple[float, ...]:
    """The quiet moments at which one stretch of a clip is cut so that each part is taken.

    Args:
        file: the clip.
        info: what it is.
        kept: first and last second of the stretch.
        longest_s: most seconds of a part.
        shortest_s: least seconds of a part, where that can be kept.
        ctx: cancel.

    Returns:
        Seconds of the clip, in order; empty where the stretch is short enough.

    Raises:
        MediaError: the sound cannot be read.
    """
    from wajo_studio.video.split import split_moments
    from wajo_studio.video.waveform import WaveReader

    start_s, end_s = kept
    wave = WaveReader(file, max(info.duration_s, 0.001))
    try:
        while info.audio_codec and end_s - start_s > longest_s and not wave.done:
            wave.read_more(_LISTENING_S, ctx)
    finally:
        wave.close()
    return split_moments(
        start_s,
        end_s,
        longest_s=longest_s,
        shortest_s=shortest_s,
        peaks=wave.peaks if info.audio_codec else (),
        bucket_s=wave.bucket_s,
    )


def length_note(studio: Studio, placement: str, duration_s: float) -> str | None:
    """What is to be said of a clip that lasts longer or shorter than its placement takes."""
    video = taker_of_clips(studio, placement).video
    assert video is not None
    if duration_s < video.min_duration_s:
        text = _("This is too short: {placement} takes clips of {limit} s and more.")
        limit_s = video.min_duration_s
    elif duration_s > video.max_duration_s + _HARDLY_LONGER_S:
        text = _("This is too long: {placement} takes at most {limit} s. --split makes parts.")
        limit_s = video.max_duration_s
    else:
        return None
    return text.format(placement=placement, limit=format_number(limit_s, 1))


def _understood(
    studio: Studio, file: Path, placement: str, out_file: Path, wish: Wish
) -> tuple[VideoSpec, ClipInfo]:
    """The placement's video spec and what the clip is.

    Raises:
        InputError: file, placement, times or target cannot be used.
    """
    video = taker_of_clips(studio, placement).video
    assert video is not None
    _refuse_odd_times(wish.keep)
    refuse_target(out_file)
    info = studio.inspector.inspect(file)
    if not isinstance(info, ClipInfo):
        raise InputError(N_("{file} is no clip; give a video file."), file=file)
    return video, info


def _refuse_odd_times(keep: Sequence[tuple[float, float | None]]) -> None:
    before_s = 0.0
    for start_s, end_s in keep:
        last_s = math.inf if end_s is None else end_s
        if not (0 <= start_s < last_s and math.isfinite(start_s + (end_s or 0))):
            if len(keep) == 1:
                raise InputError(
                    N_("--in must be 0 or later, and --out later than --in, in seconds.")
                )
            raise InputError(N_("--keep: each part must end later than it starts."))
        if start_s < before_s:
            raise InputError(N_("--keep: give the parts in their order and without overlap."))
        before_s = last_s


def _make(
    studio: Studio,
    file: Path,
    info: ClipInfo,
    video: VideoSpec,
    parts: Sequence[_Part],
    wish: Wish,
    ctx: JobContext,
) -> list[dict[str, Any]]:
    """Cut and encode the parts of one clip, all of them or none."""
    from dataclasses import asdict

    from wajo_studio.video.plan import plan_clip
    from wajo_studio.video.run import encode_all

    looks: dict[str, Any] = {}
    if wish.follow:
        ctx.report(0, _("Looking for faces and movement"))
        span_s = wish.keep[0][0], min(info.duration_s, wish.keep[-1][1] or info.duration_s)
        path = follow_subject(file, *span_s, ctx.part(0, _FOLLOWED_SHARE))
        looks = {"reframe": "fill", "focus_path": path}
        ctx = ctx.part(_FOLLOWED_SHARE, 1)
    jobs = []
    for keep, out_file in parts:
        item = MediaItem.model_validate(
            {"id": "clip", "path": "media/clip", **_times(keep, info), **looks}
        )
        plan = plan_clip(
            file,
            info,
            item,
            video,
            colour=studio.brand.palette.primary,
            wind_filter=wish.wind_filter,
        )
        jobs.append((plan, out_file))
    try:
        with atomic.parents(parts[0][1]):
            try:
                results = encode_all(jobs, ctx, hardware=studio.hardware_encoding)
            except BaseException:
                for _plan, out_file in jobs:
                    out_file.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise disk_error(error, parts[0][1]) from error
    return [{**asdict(result), "fps": float(result.fps)} for result in results]


def _times(keep: Sequence[tuple[float, float | None]], info: ClipInfo) -> dict[str, Any]:
    """What is kept, by the keys of post.toml."""
    if len(keep) == 1:
        return {"in": keep[0][0], "out": keep[0][1]}
    return {"keep": [(start, info.duration_s if end is None else end) for start, end in keep]}


def taker_of_clips(studio: Studio, placement: str) -> PlacementSpec:
    """The spec of a placement that takes clips.

    Raises:
        InputError: there is no such placement, or it takes pictures only.
    """
    spec = studio.specs.get(placement)
    if spec is None or spec.video is None:
        takers = ", ".join(id_ for id_, known in studio.specs.items() if known.video)
        raise InputError(
            N_("--placement: {placement} takes no clips; choose one of {takers}."),
            placement=placement,
            takers=takers,
        )
    return spec


def refuse_existing(out_file: Path) -> None:
    """Raise :class:`InputError` when the file to write is there already."""
    if os.path.lexists(out_file):
        raise InputError(N_("{path} exists already; choose another name."), path=out_file)


def refuse_target(out_file: Path) -> None:
    """Raise :class:`InputError` when ``out_file`` cannot become an MP4 file of ours."""
    if out_file.suffix.lower() != SUFFIX:
        raise InputError(
            N_("The file to write must end in .mp4; choose another name than {file}."),
            file=out_file.name,
        )
    refuse_existing(out_file)
