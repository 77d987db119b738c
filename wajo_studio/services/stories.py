"""Stories from photos, outside any post."""

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.media import Reframe
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, format_number
from wajo_studio.progress import JobContext
from wajo_studio.services.render import POLL_S
from wajo_studio.services.story_photos import Darkroom, StoryPhoto
from wajo_studio.services.studio import Studio
from wajo_studio.services.trimming import refuse_target, taker_of_clips
from wajo_studio.specs.model import PlacementSpec, VideoSpec

if TYPE_CHECKING:
    from wajo_studio.video.story_frames import Title
    from wajo_studio.video.story_plan import StoryPlan


def make_story_file(
    studio: Studio,
    photos: Sequence[StoryPhoto],
    placement: str,
    out_file: Path,
    ctx: JobContext,
    *,
    seconds: float,
    reframe: Reframe = "fill",
    title: str = "",
    music: Path | None = None,
) -> dict[str, Any]:
    """Make a clip from photos, for one placement.

    Args:
        studio: the program's parts.
        photos: 1-12, in the order in which they show.
        placement: id of a placement that takes clips; the first photo chooses among its sizes.
        out_file: the MP4 to write; must not exist.
        ctx: progress and cancel.
        seconds: how long each photo stands, 1-30.
        reframe: ``fill`` pans over the part round the focus point; the others show the whole
            photo on a blurred copy of itself, or on the brand's colour.
        title: laid over the first seconds; empty: none.
        music: played under the story; None: silence.

    Returns:
        What was measured in the result; ``photos`` with the focus points in use and how many
        times each is enlarged (1 where it is not); ``has_music``.

    Raises:
        InputError: photos, placement, times, title or target cannot be used.
        MediaError: a photo or the music cannot be read.
        EncodeError: drawing or encoding failed, or the result is not what was planned.
        DiskError: a disk is full or may not be written.
        Cancelled: the person cancelled.
    """
    from dataclasses import asdict

    from wajo_studio.video.source import read_sound
    from wajo_studio.video.story import make_story

    spec = taker_of_clips(studio, placement)
    refuse_target(out_file)
    sizes = _sizes(photos)
    plan = _plan(spec, sizes, seconds)
    room = Darkroom(photos, sizes, plan, reframe, studio.brand.palette.primary)
    sound = read_sound(music) if music else None
    drawn = _title(studio, spec, room, title) if title.strip() else None
    # Both processes run beside this thread, which stays free to notice a cancel.
    with _new_folder_only_for(out_file), ThreadPoolExecutor(1, "story") as pool:
        future = pool.submit(
            make_story, plan, room.shots(ctx), out_file, ctx, title=drawn, music=sound
        )
        while not wait([future], POLL_S).done:
            pass
        result = asdict(future.result())
    result |= {"fps": float(result["fps"]), "photos": room.used, "has_music": sound is not None}
    return result


@contextmanager
def _new_folder_only_for(out_file: Path) -> Iterator[None]:
    """When nothing comes of the file, its folder is not left behind where it was not before."""
    was_there = out_file.parent.exists()
    try:
        yield
    finally:
        if not was_there and not out_file.exists():
            with suppress(OSError):
                out_file.parent.rmdir()


def _sizes(photos: Sequence[StoryPhoto]) -> list[PixelSize]:
    """The upright size of every photo, so that a wrong file is told before the work begins."""
    from wajo_studio.photo.load import inspect_photo
    from wajo_studio.video.story_plan import MOST_PHOTOS

    if not 1 <= len(photos) <= MOST_PHOTOS:
        raise InputError(
            N_("A story takes 1 to {most} photos, not {count}; leave some out."),
            most=MOST_PHOTOS,
            count=len(photos),
        )
    return [inspect_photo(photo.path).size for photo in photos]


def _plan(spec: PlacementSpec, sizes: Sequence[PixelSize], seconds: float) -> "StoryPlan":
    """The story's plan, when it keeps to what the placement takes."""
    from wajo_studio.video.plan import choose_size
    from wajo_studio.video.story_plan import LONGEST_S, SHORTEST_S, plan_story

    video = spec.video
    assert video is not None
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise InputError(
            N_("Each photo may stand {least} to {most} seconds; change --seconds."),
            least=format_number(SHORTEST_S),
            most=format_number(LONGEST_S),
        )
    size = choose_size(sizes[0], video.sizes)
    plan = plan_story(len(sizes), seconds, size, video)
    _check_length(plan, spec.id, video)
    return plan


def _check_length(plan: "StoryPlan", placement: str, video: VideoSpec) -> None:
    if plan.duration_s > video.max_duration_s:
        limit_s, tenths = video.max_duration_s, math.floor(video.max_duration_s / plan.photos * 10)
        message = N_(
            "The story would last {total} s, but {placement} takes at most {limit} s."
            " Use --seconds {fitting} or less, or fewer photos."
        )
    elif plan.duration_s < video.min_duration_s:
        limit_s, tenths = video.min_duration_s, math.ceil(video.min_duration_s / plan.photos * 10)
        message = N_(
            "The story would last {total} s, but {placement} takes at least {limit} s."
            " Use --seconds {fitting} or more, or more photos."
        )
    else:
        return
    raise InputError(
        message,
        total=format_number(float(plan.duration_s), 1),
        placement=placement,
        limit=format_number(limit_s, 1),
        fitting=f"{tenths / 10:g}",
    )


def _title(studio: Studio, spec: PlacementSpec, room: "Darkroom", title: str) -> "Title":
    """The title plate, at the end of the free area that is farther from the first subject."""
    from wajo_studio.artwork.overlay import paint_title
    from wajo_studio.video.story_frames import Title

    size = room.plan.size
    zone = spec.safe_zone.at(size) if spec.safe_zone else SafeZone()
    middle = (zone.top + size.height - zone.bottom) / 2
    at_top = room.first_subject_y() * size.height > middle
    drawn = paint_title(size, zone, title, studio.brand, at_top=at_top)
    return Title(drawn.image, drawn.x, drawn.y)
