"""Exporting a post: plan, render, verify, then put everything in place in one step."""

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wajo_studio.errors import RenderError
from wajo_studio.i18n import N_, _
from wajo_studio.progress import JobContext
from wajo_studio.services.checking import Composition, compose
from wajo_studio.services.clips import expected_bytes, render_clips
from wajo_studio.services.export_folder import MANIFEST, check_target, require_space, staged
from wajo_studio.services.manifest import manifest
from wajo_studio.services.planned import ClipSource
from wajo_studio.services.prepare import Prepared, prepare
from wajo_studio.services.render import Rendered
from wajo_studio.services.reporting import REPORT, report_html
from wajo_studio.services.studio import Studio
from wajo_studio.services.subtitles import write_subtitles
from wajo_studio.store.post_folder import open_post

_IMAGES_SHARE = 0.25
"""Part of the progress bar given to still pictures when the post has clips as well."""


@dataclass(frozen=True)
class Exported:
    """What an export did.

    Attributes:
        manifest: the document of ``manifest.json``; without files when it was blocked.
        blocked: findings stopped it; nothing was written.
        left_out: placements without their material, left out because of ``force``.
    """

    manifest: dict[str, Any]
    composition: Composition
    blocked: bool
    left_out: tuple[str, ...]


def export_post(
    studio: Studio,
    path: Path,
    target: Path,
    ctx: JobContext,
    *,
    wanted: Sequence[str] = (),
    force: bool = False,
) -> Exported:
    """Export the post at ``path`` into the folder ``target``.

    Args:
        studio: the program's parts.
        path: folder, post.toml or .wajo file.
        target: new, empty, or an earlier export, which is replaced as a whole.
        ctx: progress and cancel.
        wanted: placements named by the person; empty means all of the post's.
        force: export in spite of findings that block.

    Raises:
        InputError: the post or the target cannot be used; nothing was touched.
        RenderError: a rendition could not be made; nothing was touched.
        DiskError: the disk is full or the folder cannot be written; nothing was touched.
        Cancelled: the person cancelled; nothing was touched.
    """
    check_target(target, spared=path)
    with open_post(path) as folder:
        ctx.report(0, _("reading the post"))
        prepared = prepare(studio, folder, wanted, ctx.part(0, 0.05))
        clips = [p for p in prepared.plan.renditions() if isinstance(p.source, ClipSource)]
        images_end = _IMAGES_SHARE if clips else 0.95
        ctx.report(0.05, _("drawing pictures"))
        composition = compose(studio, prepared, ctx.part(0.05, images_end))
        missing = tuple(prepared.plan.missing)
        if composition.checked.blocked and not force:
            document = manifest(prepared, (), composition.checked, ())
            return Exported(document, composition, True, missing)
        require_space(target, expected_bytes(prepared, clips) + _size_of(composition.images))
        made = render_clips(studio, prepared, clips, ctx.part(images_end, 0.95))
        renditions = _in_plan_order(prepared, (*composition.images, *made))
        with staged(target) as scratch:
            document = _fill(scratch, composition, renditions, ctx.part(0.95, 1))
            forced = composition.checked.blocked
            report = report_html(composition, renditions, studio.clock.now(), forced=forced)
            _write(scratch / REPORT, report)
            ctx.check()
        studio.cache.prune()
        studio.seen.prune()
        ctx.report(1, _("done"))
        return Exported(document, composition, False, missing)


def _size_of(images: Sequence[Rendered]) -> int:
    return sum(image.facts["size_bytes"] * len(image.plan.files) for image in images)


def _in_plan_order(prepared: Prepared, made: Sequence[Rendered]) -> list[Rendered]:
    by_plan = {(r.plan.role, r.plan.source): r for r in made}
    ordered = [by_plan[plan.role, plan.source] for plan in prepared.plan.renditions()]
    uses = Counter[str]()
    for number, rendition in enumerate(ordered):
        uses[rendition.id] += 1
        if uses[rendition.id] > 1:  # the same picture twice in one post
            ordered[number] = replace(rendition, id=f"{rendition.id}-{uses[rendition.id]}")
    return ordered


def _fill(
    scratch: Path,
    composition: Composition,
    renditions: Sequence[Rendered],
    ctx: JobContext,
) -> dict[str, Any]:
    """Write everything but the report into the scratch folder and return the manifest."""
    prepared = composition.prepared
    files: list[str] = []
    for number, rendition in enumerate(renditions):
        ctx.check()
        ctx.report(number / len(renditions), _("writing files"))
        for _placement, name in rendition.plan.files:
            _copy(rendition, scratch / name)
            files.append(name)
    for placement in prepared.specs:
        if placement not in prepared.plan.missing:
            files += _write_texts(prepared, scratch, placement)
    files += write_subtitles(prepared, scratch)
    files += [REPORT, MANIFEST]
    document = manifest(prepared, renditions, composition.checked, files)
    _write(scratch / MANIFEST, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    return document


def _copy(rendition: Rendered, target: Path) -> None:
    """Copy a rendition out of the cache and make sure that it arrived whole."""
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(rendition.path, target)
    if target.stat().st_size != rendition.facts["size_bytes"]:
        raise RenderError(
            N_("{file} was not written completely. Check the disk and export again."),
            file=target.name,
        )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _write_texts(prepared: Prepared, scratch: Path, placement: str) -> list[str]:
    """Write caption, title, description, tags and alt text of one placement."""
    names: list[str] = []
    for part, fact in prepared.texts.published(placement).items():
        _write(scratch / placement / f"{part}.txt", fact.text)
        names.append(f"{placement}/{part}.txt")
    lines = [
        f"{planned.name}\t{' '.join(prepared.alt_text(planned.source).split())}\n"
        for planned in prepared.plan.items(placement)
    ]
    if lines:
        _write(scratch / placement / "alt.txt", "".join(lines))
        names.append(f"{placement}/alt.txt")
    return names
