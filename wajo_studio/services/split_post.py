"""A take too long for its placements becomes several posts, cut at quiet moments."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from wajo_studio import atomic
from wajo_studio.domain.media import ClipInfo
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_, _
from wajo_studio.progress import JobContext
from wajo_studio.services.draft import Draft, free_post_folder, open_draft
from wajo_studio.services.planned import ClipSource
from wajo_studio.services.prepare import Prepared, clip_of
from wajo_studio.services.trim_edit import Range, ranges_of, values_of
from wajo_studio.services.trimming import quiet_cuts

_LISTENING_SHARE = 0.8


@dataclass(frozen=True)
class Split:
    """How a post was split.

    Attributes:
        media_id: the clip.
        parts: what each post keeps of it, in order; the open post is the first.
        name: what the post was called.
        others: folders of the posts that were made for the other parts.
    """

    media_id: str
    parts: tuple[Range, ...]
    name: str
    others: tuple[Path, ...]

    def name_of(self, number: int) -> str:
        """What the post of one part is called; ``number`` counts from 0."""
        return _("{name} ({number} of {count})").format(
            name=self.name, number=number + 1, count=len(self.parts)
        )


def can_split(prepared: Prepared, placements: Sequence[str]) -> bool:
    """Whether the clip of these placements is one stretch that lasts too long for one of them."""
    limits = _limits(prepared, placements)
    if limits is None:
        return False
    media_id, longest_s, _shortest_s = limits
    item, info = clip_of(prepared, media_id)
    ranges = ranges_of(item, info.duration_s)
    return len(ranges) == 1 and ranges[0][1] - ranges[0][0] > longest_s


def split_post(
    draft: Draft, prepared: Prepared, placements: Sequence[str], ctx: JobContext
) -> Split:
    """Find the quiet moments and make a post for every part but the first.

    The new posts are copies of the open one, which has to be saved; they keep neither its
    statements and waivers, which were given for one post, nor its time of publishing.

    Args:
        draft: the open post; :func:`keep_first_part` changes it afterwards.
        prepared: what is known of it.
        placements: whose limits count.
        ctx: progress and cancel.

    Raises:
        InputError: the clip cannot be split.
        MediaError: its sound cannot be read.
        DiskError: a copy cannot be written; none is left.
        Cancelled: the person cancelled; no copy is left.
    """
    limits = _limits(prepared, placements)
    if limits is None or not can_split(prepared, placements):
        raise InputError(N_("This clip cannot be split: trim it to one stretch first."))
    media_id, longest_s, shortest_s = limits
    item, info = clip_of(prepared, media_id)
    ((start_s, end_s),) = ranges_of(item, info.duration_s)
    ctx.report(0, _("Listening for quiet moments"))
    path = draft.folder.media_path(item)
    cuts = quiet_cuts(path, info, (start_s, end_s), longest_s, shortest_s, ctx)
    edges = (start_s, *cuts, end_s)
    parts = tuple(pairwise(edges))
    split = Split(media_id, parts, draft.post.name, ())
    made: list[Path] = []
    try:
        for number in range(1, len(parts)):
            ctx.check()
            share = _LISTENING_SHARE + (1 - _LISTENING_SHARE) * number / len(parts)
            ctx.report(share, _("Copying the post"))
            made.append(_copied(draft, split, number, info, ctx))
    except BaseException:
        for folder in made:
            atomic.remove_tree(folder)
        raise
    return Split(media_id, parts, draft.post.name, tuple(made))


def keep_first_part(draft: Draft, step_name: str, split: Split, info: ClipInfo) -> None:
    """Let the open post keep the first part."""
    values = values_of(split.parts[:1], info.duration_s)
    draft.change_media(step_name, split.media_id, **values)
    draft.change(step_name, name=split.name_of(0))


def _limits(prepared: Prepared, placements: Sequence[str]) -> tuple[str, float, float] | None:
    """The clip of these placements, and the least of their longest and most of their shortest.

    Opener and closer count towards a clip's length, so they are taken off.
    """
    found: list[tuple[str, float, float]] = []
    for planned in prepared.plan.files:
        spec = prepared.specs[planned.placement].video
        if planned.placement in placements and isinstance(planned.source, ClipSource) and spec:
            around_s = float(planned.source.opener_s + planned.source.closer_s)
            found.append(
                (
                    planned.source.media_id,
                    spec.max_duration_s - around_s,
                    spec.min_duration_s - around_s,
                )
            )
    if len({media_id for media_id, _longest, _shortest in found}) != 1:
        return None
    longest_s = min(longest for _id, longest, _shortest in found)
    shortest_s = max(shortest for _id, _longest, shortest in found)
    return found[0][0], longest_s, max(shortest_s, 0.0)


def _copied(draft: Draft, split: Split, number: int, info: ClipInfo, ctx: JobContext) -> Path:
    """A post of its own for one part."""
    name = split.name_of(number)
    target = free_post_folder(name)
    try:
        with atomic.parents(target):
            shutil.copytree(draft.root, target, copy_function=_linked)
    except (OSError, shutil.Error) as error:
        shutil.rmtree(target, ignore_errors=True)
        cause = error if isinstance(error, OSError) else OSError(str(error))
        raise disk_error(cause, target) from error
    try:
        copy = open_draft(target, ctx)
        copy.change_media(
            name, split.media_id, **values_of(split.parts[number : number + 1], info.duration_s)
        )
        copy.change(name, name=name, schedule=None, attestations={}, waivers={})
        copy.save()
    except BaseException:
        atomic.remove_tree(target)
        raise
    return target


def _linked(source: str, target: str) -> None:
    """Copy a file; where the disk can, the copy takes no room: nothing ever writes into media."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
