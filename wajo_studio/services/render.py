"""Makes renditions: paints, crops and encodes still pictures, each one once per recipe."""

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from wajo_studio.artwork.request import ArtworkRequest
from wajo_studio.domain.facts import ArtworkFacts
from wajo_studio.errors import disk_error
from wajo_studio.progress import JobContext
from wajo_studio.services.cache import Entry, RenditionCache, recipe_hash
from wajo_studio.services.pictures import PictureShelf, SlotRecorder
from wajo_studio.services.planned import ArtworkSource, FrameSource, PhotoSource, RenditionPlan
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.recipes import first_second, image_recipe

if TYPE_CHECKING:
    from PIL.Image import Image

_Result = TypeVar("_Result")

POLL_S = 0.1
"""How often waiting for workers looks for a cancel."""


@dataclass(frozen=True)
class Rendered:
    """A finished rendition in the cache.

    Attributes:
        id: short name, unique within an export.
        recipe: hash of everything that can change one of its bytes.
        facts: what was measured: ``width``, ``height``, ``sha256``, ``size_bytes`` and more.
    """

    id: str
    recipe: str
    plan: RenditionPlan
    path: Path
    facts: dict[str, Any]


def artwork_request(
    prepared: Prepared, source: ArtworkSource, photos: SlotRecorder
) -> ArtworkRequest:
    """What the painter needs for one artwork of this post."""
    return ArtworkRequest(
        template=prepared.template,
        format=source.format,
        size=source.size,
        agency=prepared.agency,
        brand=prepared.brand,
        fields=prepared.fields,
        safe_zone=source.safe_zone,
        pillar=prepared.post.pillar,
        slide_index=source.slide,
        photos=photos,
    )


def rendered(plan: RenditionPlan, recipe: str, entry: Entry) -> Rendered:
    """The rendition that a cache entry holds."""
    return Rendered(recipe[:12], recipe, plan, entry.path, entry.facts)


def render_images(
    cache: RenditionCache, prepared: Prepared, plans: Sequence[RenditionPlan], ctx: JobContext
) -> list[Rendered]:
    """Make every still picture that the cache does not hold yet, on all cores.

    Raises:
        MediaError: a source turned out to be damaged.
        TemplateError: the template is broken.
        RenderError: a result is not what was planned.
        DiskError: the cache cannot be written.
    """
    recipes = [recipe_hash(image_recipe(prepared, plan)) for plan in plans]
    found = [cache.find(recipe, ".jpg") for recipe in recipes]
    shelf = prepared.shelf() if not all(found) else None
    tasks: list[Callable[[], Rendered]] = []
    for plan, recipe, entry in zip(plans, recipes, found, strict=True):
        if entry is not None:
            tasks.append(partial(rendered, plan, recipe, entry))
        else:
            assert shelf is not None
            tasks.append(partial(_make_image, cache, prepared, shelf, plan, recipe, ctx))
    return run_parallel(tasks, ctx)


def run_parallel(tasks: Sequence[Callable[[], _Result]], ctx: JobContext) -> list[_Result]:
    """Run ``tasks`` on as many threads as there are cores; results in order.

    The calling thread only waits, so that it can react to a cancel at once.
    """
    workers = max(1, min(len(tasks), os.cpu_count() or 1))
    with ThreadPoolExecutor(workers, thread_name_prefix="render") as pool:
        futures: list[Future[_Result]] = [pool.submit(task) for task in tasks]
        pending: set[Future[_Result]] = set(futures)
        try:
            while pending:
                done, pending = wait(pending, POLL_S, FIRST_COMPLETED)
                for future in done:
                    future.result()
                ctx.report(1 - len(pending) / len(futures))
                ctx.check()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [future.result() for future in futures]


def _make_image(
    cache: RenditionCache,
    prepared: Prepared,
    shelf: PictureShelf,
    plan: RenditionPlan,
    recipe: str,
    ctx: JobContext,
) -> Rendered:
    ctx.check()

    def build(target: Path) -> dict[str, Any]:
        image, measured = _draw(prepared, shelf, plan.source)
        ctx.check()
        return {**_encode(image, plan, target), **measured}

    try:
        return rendered(plan, recipe, cache.make(recipe, ".jpg", build))
    except OSError as error:
        raise disk_error(error, cache.folder) from error


def _draw(
    prepared: Prepared, shelf: PictureShelf, source: object
) -> tuple["Image", dict[str, Any]]:
    """The pixels of a still picture, and what was measured on the way."""
    if isinstance(source, ArtworkSource):
        return _draw_artwork(prepared, shelf, source)
    if isinstance(source, PhotoSource):
        return shelf.picture(source.media_id, source.size, source.reframe), {}
    assert isinstance(source, FrameSource)
    return draw_frame(prepared, source), {}


def _draw_artwork(
    prepared: Prepared, shelf: PictureShelf, source: ArtworkSource
) -> tuple["Image", dict[str, Any]]:
    from pydantic import TypeAdapter

    from wajo_studio.artwork.inspect import inspect_page
    from wajo_studio.artwork.layout import compose
    from wajo_studio.artwork.paint import paint_page

    recorder = SlotRecorder(shelf)
    request = artwork_request(prepared, source, recorder)
    page = compose(request)
    painted = paint_page(request, page)
    measured = inspect_page(request, page, painted)
    facts = TypeAdapter(ArtworkFacts).dump_python(measured, mode="json")
    slots = []
    for media_id, slot in recorder.slots:
        used, shown = shelf.used_pixels(media_id, slot, "fill")
        slots.append([media_id, used.width, used.height, shown.width, shown.height])
    return painted.to_pil(), {"artwork": facts, "slots": slots}


def draw_frame(prepared: Prepared, source: FrameSource) -> "Image":
    """A frame of a clip, upright, brought to its size."""
    from wajo_studio.photo import place
    from wajo_studio.photo.crop import CENTRE
    from wajo_studio.video.frames import frame_at

    item = prepared.post.media_by_id(source.media_id)
    assert item is not None
    time_s = source.time_s if source.time_s is not None else first_second(item)
    frame = frame_at(prepared.folder.media_path(item), time_s)
    if source.reframe == "fill":
        return place.fill(frame, source.size, item.focus or CENTRE)
    if source.reframe == "fit-colour":
        return place.fit_colour(frame, source.size, prepared.brand.palette.primary)
    return place.fit_blur(frame, source.size)


def _encode(image: "Image", plan: RenditionPlan, target: Path) -> dict[str, Any]:
    from wajo_studio.photo.save import save_jpeg
    from wajo_studio.photo.verify import verify_image

    artwork = isinstance(plan.source, ArtworkSource)
    saved = save_jpeg(
        image,
        max_bytes=plan.limits.max_bytes,
        quality_floor=plan.limits.quality_floor,
        full_colour=artwork,
    )
    target.write_bytes(saved.content)
    verify_image(
        saved.content,
        plan.source.size,
        plan.limits.max_bytes if saved.within_budget else None,
        name=plan.files[0][1],
    )
    return {
        "width": image.width,
        "height": image.height,
        "sha256": hashlib.sha256(saved.content).hexdigest(),
        "quality": saved.quality,
        "within_budget": saved.within_budget,
    }
