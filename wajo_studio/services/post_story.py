"""A post without a clip gets one from its own photos, when a person asks for it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wajo_studio.domain.geometry import Box
from wajo_studio.domain.media import MediaItem, MediaKind, Reframe
from wajo_studio.domain.post import Post
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.progress import JobContext
from wajo_studio.services.draft import Draft
from wajo_studio.services.stories import make_story_file
from wajo_studio.services.story_photos import StoryPhoto
from wajo_studio.services.studio import Studio

STEM = "cerita"
USUAL_S = 4.0


@dataclass(frozen=True)
class PostStory:
    """A story that lies in a post's media folder and is not listed in the post yet.

    Attributes:
        file: the clip.
        photos: ids of the photos in it.
        facts: what was measured in it, as :func:`make_story_file` tells.
    """

    file: Path
    photos: tuple[str, ...]
    facts: dict[str, Any]


def placements_for_story(studio: Studio, post: Post) -> tuple[str, ...]:
    """The post's placements that take nothing but clips."""
    specs = ((placement, studio.specs.get(placement)) for placement in post.placements)
    return tuple(id_ for id_, spec in specs if spec and spec.video and spec.images is None)


def make_post_story(
    studio: Studio,
    draft: Draft,
    ctx: JobContext,
    *,
    placement: str | None = None,
    seconds: float | None = None,
    reframe: Reframe = "fill",
    title: str = "",
) -> PostStory:
    """Make a clip from the post's photos, with their focus points and blurred areas.

    Music that the post names is laid under the clip by the export, so it is not in the story.

    Args:
        studio: the program's parts.
        draft: the post; not changed.
        ctx: progress and cancel.
        placement: whose size and limits the clip keeps; the first of the post's that takes
            nothing but clips unless given.
        seconds: how long each photo stands; what all of these placements take unless given.
        reframe: how the photos fill the frame.
        title: laid over the first seconds; empty: none.

    Raises:
        InputError: the post has no photo, has a clip already, or no placement for it.
        MediaError, EncodeError, DiskError, Cancelled: as :func:`make_story_file`.
    """
    post = draft.post
    takers = placements_for_story(studio, post)
    if placement is None and not takers:
        raise InputError(
            N_("No placement of this post needs a clip; add one, such as instagram.reel.")
        )
    kinds = {
        item.id: studio.inspector.inspect(draft.folder.media_path(item)).kind
        for item in post.media
        if item.use is None
    }
    if MediaKind.CLIP in kinds.values():
        raise InputError(N_("This post has a clip already; take it out to make one from photos."))
    items = [item for item in post.media if kinds.get(item.id) is MediaKind.PHOTO]
    if not items:
        raise InputError(N_("This post has no photo yet; add at least one."))
    items = items[: _most_photos()]
    target = draft.free_media_path(f"{STEM}.mp4")
    facts = make_story_file(
        studio,
        [_story_photo(draft, item) for item in items],
        placement or takers[0],
        target,
        ctx,
        seconds=seconds or fitting_seconds(studio, takers or (placement or "",), len(items)),
        reframe=reframe,
        title=title,
    )
    return PostStory(target, tuple(item.id for item in items), facts)


def list_post_story(draft: Draft, step_name: str, story: PostStory) -> str:
    """Put a story into the post as a clip, described by what its photos say, and return its id.

    Consent stands where it was given for every photo: nobody else is to be seen in the clip.
    """
    photos = [item for item in draft.post.media if item.id in story.photos]
    (media_id,) = draft.list_media(step_name, [story.file])
    draft.change_media(
        step_name,
        media_id,
        alt=_joined([item.alt for item in photos], ". "),
        credit=_joined([item.credit for item in photos], ", "),
        consent=all(item.consent for item in photos),
    )
    return media_id


def fitting_seconds(studio: Studio, placements: Sequence[str], photos: int) -> float:
    """How long each photo may stand so that every placement takes the story, in tenths."""
    videos = [spec.video for id_ in placements if (spec := studio.specs.get(id_)) and spec.video]
    least_s = max((video.min_duration_s for video in videos), default=0.0)
    most_s = min((video.max_duration_s for video in videos), default=math.inf)
    seconds = max(USUAL_S, math.ceil(least_s / photos * 10) / 10)
    if seconds * photos > most_s:
        seconds = math.floor(most_s / photos * 10) / 10
    return seconds


def _most_photos() -> int:
    from wajo_studio.video.story_plan import MOST_PHOTOS

    return MOST_PHOTOS


def _story_photo(draft: Draft, item: MediaItem) -> StoryPhoto:
    blur = tuple(Box(*area) for area in item.blur)
    return StoryPhoto(draft.folder.media_path(item), item.focus, blur)


def _joined(texts: Sequence[str], between: str) -> str:
    """Each text once, in order; the end of one is not doubled by what joins it to the next."""
    said = dict.fromkeys(text.strip().rstrip(".") for text in texts if text.strip())
    return between.join(said)
