"""Many posts from one template and a table: a post per row, all of them or none.

Rows are read into posts first (:mod:`wajo_studio.services.batch_rows`). Making them lays out every
picture once, so that a text that does not fit is found before anybody relies on it.
"""

import csv
import io
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.artwork.brand import find_agency
from wajo_studio.artwork.fields import assign_photos, check_fields
from wajo_studio.artwork.looks import dressed, look_of
from wajo_studio.artwork.request import DESIGN_SIZES, ArtworkRequest, slide_count
from wajo_studio.artwork.template import Template
from wajo_studio.domain.media import PhotoInfo
from wajo_studio.domain.post import Post
from wajo_studio.errors import MediaError, WajoError
from wajo_studio.i18n import N_, _
from wajo_studio.progress import Job, JobContext
from wajo_studio.services.batch_rows import BatchPlan, Problem, RowPost
from wajo_studio.services.export_folder import check_target, staged
from wajo_studio.services.pictures import PictureShelf, SlotRecorder
from wajo_studio.services.render import run_parallel
from wajo_studio.services.studio import Studio
from wajo_studio.services.template_samples import strictest_zone
from wajo_studio.store.post_file import FILE_NAME, write_post
from wajo_studio.store.post_folder import PostFolder

if TYPE_CHECKING:
    from wajo_studio.services.preview import Picture

PICTURES = "gambar"
LIST = "daftar.csv"
_MAX_BYTES, _QUALITY_FLOOR = 8_000_000, 60
"""Of a picture; the networks' own limits are met when a post is exported."""

OVERFLOW = N_("{field} does not fit in {format}; cut at least {count} characters.")
NO_GLYPH = N_("{field} has characters no font here can draw: {characters}.")


@dataclass(frozen=True)
class BatchDone:
    """What making a batch did; nothing was written where ``problems`` stopped it."""

    posts: int
    pictures: int
    problems: tuple[Problem, ...]
    is_written: bool


class _Refused(Exception):  # noqa: N818 - no error: the person is told of rows
    """Problems that stop the batch; nothing is kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


def make_batch(
    studio: Studio,
    plan: BatchPlan,
    out: Path,
    ctx: JobContext,
    *,
    pictures: bool = False,
    skip_problems: bool = False,
) -> BatchDone:
    """Write the posts, and their pictures if asked, into a new or empty folder.

    Args:
        studio: the program's parts.
        plan: from :func:`plan_batch`.
        out: the folder.
        ctx: progress and cancel; a cancelled batch leaves nothing.
        pictures: write every picture of every post as JPEG, too.
        skip_problems: make the rows that are sound in spite of others that are not.

    Raises:
        InputError: ``out`` holds something.
        DiskError: it cannot be written; nothing was.
        Cancelled: the person cancelled; nothing was written.
    """
    check_target(out)
    if plan.problems and not skip_problems:
        return BatchDone(0, 0, plan.problems, False)
    if not plan.posts:
        return BatchDone(0, 0, plan.problems, False)
    try:
        with staged(out) as scratch:
            tasks = [
                partial(_make, studio, plan.template, post, scratch, ctx, pictures=pictures)
                for post in plan.posts
            ]
            made = run_parallel(tasks, ctx.part(0, 0.97))
            found = [problem for _count, problems in made for problem in problems]
            if found and not skip_problems:
                raise _Refused(found)
            bad = {problem.row for problem in found}
            kept = [post for post in plan.posts if post.row not in bad]
            if not kept:
                raise _Refused(found)
            (scratch / LIST).write_text(_list(kept), encoding="utf-8-sig", newline="")
            ctx.check()
    except _Refused as refused:
        return BatchDone(0, 0, (*plan.problems, *refused.problems), False)
    ctx.report(1.0)
    count = sum(number for number, _problems in made)
    return BatchDone(len(kept), count, (*plan.problems, *found), True)


def _make(
    studio: Studio,
    template: Template,
    row: RowPost,
    scratch: Path,
    ctx: JobContext,
    *,
    pictures: bool,
) -> tuple[int, list[Problem]]:
    """Write one post and look at its artwork; returns how many pictures were written."""
    ctx.check()
    root = scratch / row.folder
    root.mkdir()
    for source, place in row.files:
        (root / place).parent.mkdir(exist_ok=True)
        shutil.copyfile(source, root / place)
    write_post(root / FILE_NAME, row.post, previous_text=None)
    problems: list[Problem] = []
    written = []
    try:
        for request in requests(studio, template, row.post, root):
            ctx.check()
            found, picture = _draw(request, row, keep=pictures)
            problems += found
            if picture is not None and not problems:
                name = f"{row.folder}-{request.format.replace(':', 'x')}"
                if template.slides is not None:
                    name += f"-{request.slide_index + 1:02}"
                (scratch / PICTURES).mkdir(exist_ok=True)
                path = scratch / PICTURES / f"{name}.jpg"
                path.write_bytes(picture)
                written.append(path)
    except MediaError as error:
        problems.append(Problem(row.row, "", "", error.message, error.params))
    if problems:
        shutil.rmtree(root, ignore_errors=True)
        for path in written:
            path.unlink(missing_ok=True)
        return 0, _once(problems)
    return len(written), []


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """The first problem of each field: one that fits in no format is told once."""
    return list({problem.field: problem for problem in reversed(problems)}.values())


def requests(
    studio: Studio, template: Template, post: Post, root: Path
) -> Iterator[ArtworkRequest]:
    """Every artwork of a post: all formats and slides, 9:16 so that it suits every network.

    Raises:
        MediaError: a photo cannot be used.
    """
    brand = dressed(studio.brand, look_of(template, post.fields, studio.brand))
    fields = check_fields(template, post.fields)
    folder = PostFolder(post, root)
    infos = studio.inspector.inspect_post(folder, Job())
    photos = {key: info for key, info in infos.items() if isinstance(info, PhotoInfo)}
    fields = {**fields, **assign_photos(template, fields, list(photos)).by_field}
    items = {item.id: item for item in post.media if item.id in photos}
    shelf = PictureShelf(items, photos, folder.media_path, brand.palette.primary)
    recorder = SlotRecorder(shelf)
    agency = find_agency(post.agency)
    for artwork_format in template.formats:
        zone = strictest_zone(artwork_format, studio.specs)
        for slide in range(slide_count(template, fields)):
            yield ArtworkRequest(
                template=template,
                format=artwork_format,
                size=DESIGN_SIZES[artwork_format],
                agency=agency,
                brand=brand,
                fields=fields,
                safe_zone=zone,
                pillar=post.pillar,
                slide_index=slide,
                photos=recorder,
            )


def _draw(
    request: ArtworkRequest, row: RowPost, *, keep: bool
) -> tuple[list[Problem], bytes | None]:
    """What does not fit or cannot be drawn; the JPEG where it is kept."""
    from wajo_studio.artwork.glyphs import missing_characters
    from wajo_studio.artwork.layout import compose
    from wajo_studio.artwork.paint import paint_page

    page = compose(request)
    problems = []
    labels = {spec.id: spec.label for spec in request.template.fields}
    for record in page.fits:
        if not record.fitted.fits:
            name = record.fields[0] if record.fields else record.name
            params = {
                "field": labels.get(name, name),
                "format": request.format,
                "count": max(1, record.excess()),
            }
            problems.append(Problem(row.row, "", name, OVERFLOW, params))
    for name, value in request.fields.items():
        missing = missing_characters(str(value), request.brand.font_family)
        if missing and labels.get(name):
            params = {"field": labels[name], "characters": missing}
            problems.append(Problem(row.row, "", name, NO_GLYPH, params))
    if problems or not keep:
        return problems, None
    from wajo_studio.photo.save import save_jpeg

    image = paint_page(request, page).to_pil()
    saved = save_jpeg(image, max_bytes=_MAX_BYTES, quality_floor=_QUALITY_FLOOR, full_colour=True)
    return [], saved.content


def _list(posts: Sequence[RowPost]) -> str:
    """Row, folder and name of each post, as a table for the office."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow((_("Row"), _("Folder"), _("Internal name")))
    for post in posts:
        name = post.post.name
        safe = f"'{name}" if name.startswith(("=", "+", "-", "@")) else name
        writer.writerow((post.row, post.folder, safe))
    return stream.getvalue()


def preview_row(studio: Studio, template: Template, row: RowPost, width_px: int) -> "Picture":
    """The first picture of a row's post, small, from its photos where they lie now.

    Raises:
        WajoError: it cannot be drawn.
    """
    from wajo_studio import atomic
    from wajo_studio.artwork.paint import paint
    from wajo_studio.domain.geometry import PixelSize, SafeZone
    from wajo_studio.services.preview import Picture

    with atomic.scratch_folder("wajo-batch-") as root:
        for source, place in row.files:
            (root / place).parent.mkdir(exist_ok=True)
            shutil.copyfile(source, root / place)
        request = next(iter(requests(studio, template, row.post, root)), None)
        if request is None:
            raise WajoError(N_("The template {template} has no artwork."), template=template.id)
        scale = width_px / request.size.width
        size = PixelSize(width_px, round(request.size.height * scale))
        zone = request.safe_zone
        sides = (zone.top, zone.bottom, zone.left, zone.right)
        scaled = SafeZone(*(round(side * scale) for side in sides))
        painted = paint(replace(request, size=size, safe_zone=scaled))
        return Picture(painted.width, painted.height, painted.stride, painted.pixels)
