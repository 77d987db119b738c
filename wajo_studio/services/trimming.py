"""Cutting one clip for one placement, outside any post."""

import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wajo_studio import atomic
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_, _
from wajo_studio.progress import JobContext
from wajo_studio.services.follow import follow_subject
from wajo_studio.services.studio import Studio
from wajo_studio.specs.model import PlacementSpec, VideoSpec

_FOLLOWED_SHARE = 0.2
_LISTENING_S = 0.3
"""How long the sound is read before a cancel is looked for."""


def trim_clip(
    studio: Studio,
    file: Path,
    placement: str,
    out_file: Path,
    kept_s: tuple[float, float | None],
    ctx: JobContext,
    *,
    follow: bool = False,
) -> dict[str, Any]:
    """Cut ``file`` and bring it to the placement's size.

    Args:
        studio: the program's parts.
        file: the clip.
        placement: id of a placement that takes clips.
        out_file: the MP4 to write; must not exist.
        kept_s: first second kept, and the second that is no longer kept (None: the end).
        ctx: progress and cancel.
        follow: fill the frame and follow faces or movement.

    Returns:
        What was measured in the result.

    Raises:
        InputError: file, placement, times or target cannot be used.
        EncodeError: the encoder failed or its result is not what was planned.
        DiskError: the target cannot be written.
    """
    video, info = _understood(studio, file, placement, out_file, kept_s)
    (made,) = _make(studio, file, info, video, [(kept_s, out_file)], ctx, follow=follow)
    return made


def split_clip(
    studio: Studio,
    file: Path,
    placement: str,
    out_file: Path,
    kept_s: tuple[float, float | None],
    ctx: JobContext,
    *,
    follow: bool = False,
) -> list[tuple[Path, dict[str, Any]]]:
    """Like :func:`trim_clip`, but in as many parts as the placement's longest clip demands.

    The parts are cut at quiet moments and written beside each other as ``NAME-1.mp4``,
    ``NAME-2.mp4`` …; where one part is enough it is ``out_file`` itself.

    Returns:
        Each file with what was measured in it, in order. When one fails, none is left.

    Raises:
        InputError, EncodeError, DiskError: as :func:`trim_clip`.
    """
    from wajo_studio.video.split import split_moments
    from wajo_studio.video.waveform import WaveReader

    video, info = _understood(studio, file, placement, out_file, kept_s)
    start_s, end_s = kept_s[0], min(info.duration_s, kept_s[1] or info.duration_s)
    wave = WaveReader(file, max(info.duration_s, 0.001))
    ctx.report(0, _("Listening for quiet moments"))
    while end_s - start_s > video.max_duration_s and not wave.done:
        wave.read_more(_LISTENING_S, ctx)
    cuts = split_moments(
        start_s,
        end_s,
        longest_s=video.max_duration_s,
        shortest_s=video.min_duration_s,
        peaks=wave.peaks if info.audio_codec else (),
        bucket_s=wave.bucket_s,
    )
    edges = [start_s, *cuts, kept_s[1]]
    names = [out_file]
    if cuts:
        suffix = out_file.suffix
        names = [
            out_file.with_name(f"{out_file.stem}-{n + 1}{suffix}") for n in range(len(edges) - 1)
        ]
    for name in names:
        refuse_existing(name)
    parts = [((edges[n] or 0.0, edges[n + 1]), name) for n, name in enumerate(names)]
    return list(
        zip(names, _make(studio, file, info, video, parts, ctx, follow=follow), strict=True)
    )


def _understood(
    studio: Studio,
    file: Path,
    placement: str,
    out_file: Path,
    kept_s: tuple[float, float | None],
) -> tuple[VideoSpec, ClipInfo]:
    """The placement's video spec and what the clip is.

    Raises:
        InputError: file, placement, times or target cannot be used.
    """
    video = taker_of_clips(studio, placement).video
    assert video is not None
    start_s, end_s = kept_s
    last_s = math.inf if end_s is None else end_s
    if not (0 <= start_s < last_s and math.isfinite(start_s + (end_s or 0))):
        raise InputError(N_("--in must be 0 or later, and --out later than --in, in seconds."))
    refuse_existing(out_file)
    info = studio.inspector.inspect(file)
    if not isinstance(info, ClipInfo):
        raise InputError(N_("{file} is no clip; give a video file."), file=file)
    return video, info


def _make(
    studio: Studio,
    file: Path,
    info: ClipInfo,
    video: VideoSpec,
    parts: Sequence[tuple[tuple[float, float | None], Path]],
    ctx: JobContext,
    *,
    follow: bool,
) -> list[dict[str, Any]]:
    """Cut and encode the parts of one clip, all of them or none."""
    from dataclasses import asdict

    from wajo_studio.video.plan import plan_clip
    from wajo_studio.video.run import encode_all

    looks: dict[str, Any] = {}
    if follow:
        ctx.report(0, _("Looking for faces and movement"))
        span_s = parts[0][0][0], min(info.duration_s, parts[-1][0][1] or info.duration_s)
        path = follow_subject(file, *span_s, ctx.part(0, _FOLLOWED_SHARE))
        looks = {"reframe": "fill", "focus_path": path}
        ctx = ctx.part(_FOLLOWED_SHARE, 1)
    jobs = []
    for (start_s, end_s), out_file in parts:
        item = MediaItem.model_validate(
            {"id": "clip", "path": "media/clip", "in": start_s, "out": end_s, **looks}
        )
        plan = plan_clip(file, info, item, video, colour=studio.brand.palette.primary)
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
