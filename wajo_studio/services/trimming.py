"""Cutting one clip for one placement, outside any post."""

import math
import os
from pathlib import Path
from typing import Any

from wajo_studio import atomic
from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_
from wajo_studio.progress import JobContext
from wajo_studio.services.studio import Studio
from wajo_studio.specs.model import PlacementSpec


def trim_clip(
    studio: Studio,
    file: Path,
    placement: str,
    out_file: Path,
    kept_s: tuple[float, float | None],
    ctx: JobContext,
) -> dict[str, Any]:
    """Cut ``file`` and bring it to the placement's size.

    Args:
        studio: the program's parts.
        file: the clip.
        placement: id of a placement that takes clips.
        out_file: the MP4 to write; must not exist.
        kept_s: first second kept, and the second that is no longer kept (None: the end).
        ctx: progress and cancel.

    Returns:
        What was measured in the result.

    Raises:
        InputError: file, placement, times or target cannot be used.
        EncodeError: the encoder failed or its result is not what was planned.
        DiskError: the target cannot be written.
    """
    from dataclasses import asdict

    from wajo_studio.video.plan import plan_clip
    from wajo_studio.video.run import encode

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
    item = MediaItem.model_validate(
        {"id": "clip", "path": "media/clip", "in": start_s, "out": end_s}
    )
    plan = plan_clip(file, info, item, video, colour=studio.brand.palette.primary)
    try:
        with atomic.parents(out_file):
            result = asdict(encode(plan, out_file, ctx))
    except OSError as error:
        raise disk_error(error, out_file) from error
    return {**result, "fps": float(result["fps"])}


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
