"""Makes the clips of an export: what is drawn on them, the encoder's plan, the result."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from wajo_studio import atomic
from wajo_studio.domain.media import LowerThird
from wajo_studio.errors import disk_error
from wajo_studio.i18n import _
from wajo_studio.progress import JobContext
from wajo_studio.services.cache import Entry, file_digest, recipe_hash
from wajo_studio.services.planned import ClipSource, RenditionPlan
from wajo_studio.services.prepare import Prepared, clip_of
from wajo_studio.services.recipes import clip_recipe, clip_title
from wajo_studio.services.render import POLL_S, Rendered, rendered
from wajo_studio.services.studio import Studio
from wajo_studio.services.subtitles import cues_in_result
from wajo_studio.video.encode_plan import EncodePlan, Music, Overlay, Still
from wajo_studio.video.plan import plan_clip
from wajo_studio.video.ranges import kept_ranges, mapped

SUFFIX = ".mp4"
FADE_S = 0.3
"""How long a lower third takes to appear and to vanish; our own choice."""


def expected_bytes(prepared: Prepared, plans: Sequence[RenditionPlan]) -> int:
    """An upper estimate of what the clips will take on disk, in the cache and in place."""
    total = 0
    for plan in plans:
        encode_plan = _encode_plan(prepared, plan, _undrawn(_source(plan)))
        total += encode_plan.largest_bytes * (1 + len(plan.files))
    return total


def render_clips(
    studio: Studio, prepared: Prepared, plans: Sequence[RenditionPlan], ctx: JobContext
) -> list[Rendered]:
    """Make every clip that the cache does not hold yet; those of one source in one decode.

    Raises:
        EncodeError: the encoder failed or its result is not what was planned.
        DiskError: the cache cannot be written.
    """
    with atomic.scratch_folder("wajo-overlays-") as folder:
        works = [_work(prepared, plan, folder) for plan in plans]
        found = {work.recipe: studio.cache.find(work.recipe, SUFFIX) for work in works}
        missing = [work for work in works if found[work.recipe] is None]
        if missing:
            ctx.report(0, _("making {count} clips").format(count=len(missing)))
            try:
                found |= _make(studio, missing, ctx)
            except OSError as error:
                raise disk_error(error, studio.cache.folder) from error
    entries = [(work, found[work.recipe]) for work in works]
    return [rendered(work.plan, work.recipe, entry) for work, entry in entries if entry]


@dataclass(frozen=True)
class _Work:
    plan: RenditionPlan
    encode_plan: EncodePlan
    recipe: str


def _work(prepared: Prepared, plan: RenditionPlan, scratch: Path) -> _Work:
    encode_plan = _encode_plan(prepared, plan, _drawn(prepared, _source(plan), scratch))
    recipe = recipe_hash(clip_recipe(prepared, plan, encode_plan.as_recipe()))
    return _Work(plan, encode_plan, recipe)


def _make(studio: Studio, works: Sequence[_Work], ctx: JobContext) -> dict[str, Entry | None]:
    from wajo_studio.video.run import encode_all

    made: dict[str, Entry | None] = {}
    with studio.cache.scratch() as scratch:
        jobs = [(w.encode_plan, scratch / f"{n}{SUFFIX}") for n, w in enumerate(works)]
        # The encoder runs beside this thread, which stays free to notice a cancel.
        with ThreadPoolExecutor(1, thread_name_prefix="encode") as pool:
            future = pool.submit(encode_all, jobs, ctx, hardware=studio.hardware_encoding)
            while not wait([future], POLL_S).done:
                pass
        for work, (_plan, target), result in zip(works, jobs, future.result(), strict=True):
            facts = {**asdict(result), "sha256": file_digest(target)}
            facts |= {"fps": float(result.fps), "duration_s": float(result.duration_s)}
            made[work.recipe] = studio.cache.adopt(work.recipe, target, facts)
    return made


@dataclass(frozen=True)
class _Drawn:
    """What the brand puts over a clip, before it and behind it."""

    overlays: tuple[Overlay, ...]
    opener: Still | None
    closer: Still | None


def _undrawn(source: ClipSource) -> _Drawn:
    """Stills as long as they will be and nothing painted: enough to tell sizes in bytes."""
    opener, closer = (
        Still(Path(), "", seconds) if seconds else None
        for seconds in (source.opener_s, source.closer_s)
    )
    return _Drawn((), opener, closer)


def _source(plan: RenditionPlan) -> ClipSource:
    assert isinstance(plan.source, ClipSource)
    return plan.source


def _encode_plan(prepared: Prepared, plan: RenditionPlan, drawn: _Drawn) -> EncodePlan:
    source = _source(plan)
    item, info = clip_of(prepared, source.media_id)
    spec = prepared.specs[plan.placements[0]].video
    assert spec is not None
    limits = plan.limits
    strictest = spec.model_copy(
        update={
            "max_bytes": limits.max_bytes,
            "max_bitrate_bps": limits.max_bitrate_bps,
            "audio_bitrate_bps": limits.audio_bitrate_bps,
            "edit_list": limits.edit_list,
        }
    )
    return plan_clip(
        prepared.folder.media_path(item),
        info,
        item,
        strictest,
        size=source.size,
        reframe=source.reframe,
        colour=prepared.brand.palette.primary,
        overlays=drawn.overlays,
        subtitles=_burned_subtitles(prepared, source, drawn) if source.burn_subtitles else None,
        opener=drawn.opener,
        closer=drawn.closer,
        music=_music(prepared),
    )


def _music(prepared: Prepared) -> Music | None:
    """The sound that the post lays under its clips, if it names one."""
    for item in prepared.post.media:
        if item.use == "music":
            return Music(prepared.folder.media_path(item), prepared.infos[item.id].sha256)
    return None


def floor_bytes(prepared: Prepared, plan: RenditionPlan) -> int:
    """The least a clip can take on disk before its picture falls apart."""
    return _encode_plan(prepared, plan, _undrawn(_source(plan))).floor_bytes


def _burned_subtitles(prepared: Prepared, source: ClipSource, drawn: _Drawn) -> str | None:
    """The script that draws the subtitles into the picture, above what lies at its lower edge."""
    from wajo_studio.video.burn import ass_script

    cues = cues_in_result(prepared, source.media_id, source.opener_s)
    if not cues:
        return None
    kept = kept_ranges(*clip_of(prepared, source.media_id))
    strips = [
        (when, overlay.y)
        for overlay in drawn.overlays
        if overlay.from_s is not None and overlay.to_s is not None
        for when in mapped(
            kept, Fraction(overlay.from_s), Fraction(overlay.to_s), Fraction(source.opener_s)
        )
    ]
    return ass_script(cues, source.size, source.safe_zone, strips)


def _drawn(prepared: Prepared, source: ClipSource, scratch: Path) -> _Drawn:
    """Everything of the brand, painted for this size and safe zone."""
    from wajo_studio.artwork.overlay import paint_clip_still

    def still(title: str, seconds: Fraction) -> Still | None:
        if not seconds:
            return None
        path = scratch / f"{_name(source)}-{'opener' if title else 'closer'}.png"
        image = paint_clip_still(
            source.size,
            source.safe_zone,
            prepared.brand,
            prepared.agency,
            silk=prepared.template.clip.silk,
            title=title,
        )
        image.save(path)
        return Still.of_file(path, seconds)

    opener = still(clip_title(prepared), source.opener_s)
    closer = still("", source.closer_s)
    return _Drawn(tuple(_overlays(prepared, source, scratch)), opener, closer)


def _name(source: ClipSource) -> str:
    return hashlib.sha256(repr(source).encode()).hexdigest()[:16]


def _overlays(prepared: Prepared, source: ClipSource, scratch: Path) -> list[Overlay]:
    """Corner logo and lower third, drawn for this size and safe zone."""
    from wajo_studio.artwork.overlay import paint_corner_logo, paint_lower_third

    overlays: list[Overlay] = []
    name = _name(source)
    if source.logo:
        drawn = paint_corner_logo(source.size, source.safe_zone, prepared.brand, prepared.agency)
        path = scratch / f"{name}-logo.png"
        drawn.image.save(path)
        overlays.append(Overlay.of_file(path, drawn.x, drawn.y))
    item, _info = clip_of(prepared, source.media_id)
    third: LowerThird | None = item.lower_third if source.lower_third else None
    if third is not None:
        drawn = paint_lower_third(
            source.size,
            source.safe_zone,
            third.name,
            third.role,
            prepared.brand,
            prepared.agency,
        )
        path = scratch / f"{name}-third.png"
        drawn.image.save(path)
        overlays.append(
            Overlay.of_file(
                path, drawn.x, drawn.y, from_s=third.start, to_s=third.end, fade_s=FADE_S
            )
        )
    return overlays
