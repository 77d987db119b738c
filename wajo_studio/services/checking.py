"""Judging a post: gathers the facts, runs the rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wajo_studio.compliance.facts import (
    AltFact,
    ClipFact,
    Cue,
    FieldFact,
    LeftOut,
    MissingMaterial,
    PaintedArtwork,
    PostFacts,
    TemplateFacts,
    is_filled,
)
from wajo_studio.compliance.looks import Looks
from wajo_studio.compliance.office import load_office
from wajo_studio.compliance.outcome import CheckResult
from wajo_studio.compliance.rules import load_rules
from wajo_studio.compliance.runner import run_checks
from wajo_studio.domain.facts import ArtworkFacts, ImageFact, SlotFact
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo
from wajo_studio.i18n import WITA, _
from wajo_studio.progress import JobContext
from wajo_studio.services.clips import floor_bytes
from wajo_studio.services.looking import look
from wajo_studio.services.planned import ArtworkSource, ClipSource, FrameSource, PhotoSource
from wajo_studio.services.prepare import Prepared, prepare
from wajo_studio.services.render import Rendered, render_images
from wajo_studio.services.studio import Studio
from wajo_studio.store.post_folder import open_post


@dataclass(frozen=True)
class Composition:
    """A prepared post with its still pictures rendered and everything judged.

    Attributes:
        looks: what is seen in its pictures and clips; what is ``pending`` in it was not judged.
    """

    prepared: Prepared
    images: tuple[Rendered, ...]
    checked: CheckResult
    looks: Looks = field(default_factory=Looks)


_RENDERING_SHARE = 0.3
"""Part of the progress bar given to drawing; looking at pictures and clips takes longer."""


def compose(
    studio: Studio,
    prepared: Prepared,
    ctx: JobContext,
    now: datetime | None = None,
    *,
    looking: bool = True,
) -> Composition:
    """Render the still pictures of a post and judge it.

    Args:
        studio: the program's parts.
        prepared: the post.
        ctx: progress and cancel.
        now: the present moment for the checks; the studio's clock unless given.
        looking: look at pictures and clips as well; False: judge by what was seen before, and
            leave the rest pending, so that everything else is told at once.
    """
    plans = [p for p in prepared.plan.renditions() if not isinstance(p.source, ClipSource)]
    drawing = ctx.part(0, _RENDERING_SHARE) if looking else ctx
    images = tuple(render_images(studio.cache, prepared, plans, drawing))
    return judge(studio, prepared, images, ctx.part(_RENDERING_SHARE, 1) if looking else None, now)


def judge(
    studio: Studio,
    prepared: Prepared,
    images: tuple[Rendered, ...],
    ctx: JobContext | None,
    now: datetime | None = None,
) -> Composition:
    """Look at the pictures and clips of a post whose stills are rendered, and judge it.

    Args:
        studio: the program's parts.
        prepared: the post.
        images: its rendered still pictures.
        ctx: progress and cancel of looking; None: only use what was seen before.
        now: the present moment for the checks; the studio's clock unless given.
    """
    looks = look(prepared, images, studio.seen, studio.published, ctx)
    facts = gather_facts(prepared, images, now or studio.clock.now(), looks)
    return Composition(prepared, images, run_checks(facts, load_rules()), looks)


def check_post(studio: Studio, path: Path, wanted: Sequence[str], ctx: JobContext) -> CheckResult:
    """Judge the post at ``path``.

    Raises:
        InputError: the post cannot be used.
    """
    with open_post(path) as folder:
        prepared = prepare(studio, folder, wanted, ctx.part(0, 0.3))
        ctx.report(0.3, _("drawing pictures"))
        return compose(studio, prepared, ctx.part(0.3, 1)).checked


def gather_facts(
    prepared: Prepared, images: Sequence[Rendered], now: datetime, looks: Looks
) -> PostFacts:
    """Everything the rules may look at."""
    post, plan = prepared.post, prepared.plan
    return PostFacts(
        post=post,
        agency=prepared.agency,
        template=_template_facts(prepared),
        specs=prepared.specs,
        now=now,
        settings=load_office().on(now.astimezone(WITA).date(), prepared.brand.required_hashtags),
        media=prepared.infos,
        uses=_uses(prepared),
        texts=prepared.texts.facts,
        alts=_alts(prepared),
        subtitles=_subtitles(prepared),
        artworks=_artworks(images),
        images=_image_facts(images),
        slots=_slots(prepared, images),
        clips=_clips(prepared),
        missing=_missing(prepared),
        left_out=tuple(
            LeftOut(placement, tuple(ids), _max_items(prepared, placement))
            for placement, ids in plan.left_out.items()
        ),
        cover_only=tuple(dict.fromkeys(plan.cover_slide)),
        logos_imported=bool(prepared.brand.logo or prepared.agency.logo),
        looks=looks,
    )


def _template_facts(prepared: Prepared) -> TemplateFacts:
    template = prepared.template
    fields = tuple(
        FieldFact(
            spec.id,
            spec.label,
            spec.is_required(prepared.post.pillar),
            is_filled(prepared.fields.get(spec.id)),
        )
        for spec in template.fields
    )
    return TemplateFacts(template.id, template.name, fields, template.has_artwork)


def _uses(prepared: Prepared) -> dict[str, tuple[str, ...]]:
    uses: dict[str, list[str]] = {}
    for planned in prepared.plan.files:
        source = planned.source
        if isinstance(source, ArtworkSource):
            ids = prepared.artwork_photo_ids
        else:
            assert isinstance(source, PhotoSource | FrameSource | ClipSource)
            ids = (source.media_id,)
        for media_id in ids:
            placements = uses.setdefault(media_id, [])
            if planned.placement not in placements:
                placements.append(planned.placement)
    for item in prepared.post.media:
        if item.use == "music":  # the sound of every clip of the post
            with_clip = [clip.placement for clip in prepared.plan.clips]
            if with_clip:
                uses[item.id] = with_clip
    return {media_id: tuple(placements) for media_id, placements in uses.items()}


def _alts(prepared: Prepared) -> tuple[AltFact, ...]:
    """The alternative texts of every picture shown where the network has a place for one."""
    artwork: dict[int, list[str]] = {}
    pictures: dict[str, list[str]] = {}
    for planned in prepared.plan.files:
        alt_spec = prepared.specs[planned.placement].alt_text
        if planned.role != "item" or alt_spec is None or not alt_spec.images:
            continue
        if isinstance(planned.source, ArtworkSource):
            artwork.setdefault(planned.source.slide, []).append(planned.placement)
        elif isinstance(planned.source, PhotoSource):
            pictures.setdefault(planned.source.media_id, []).append(planned.placement)
    drafted = "alt" not in prepared.post.captions
    facts = [
        AltFact(None, prepared.texts.artwork_alt, tuple(places), slide + 1, drafted)
        for slide, places in artwork.items()
    ]
    for media_id, places in pictures.items():
        item = prepared.post.media_by_id(media_id)
        assert item is not None
        facts.append(AltFact(media_id, item.alt, tuple(places)))
    return tuple(facts)


def _subtitles(prepared: Prepared) -> dict[str, tuple[Cue, ...]]:
    """What the subtitle files of the clips in use say."""
    from wajo_studio.video.subtitles import read_subtitles

    clips = {clip.media_id for clip in prepared.plan.clips}
    found = {}
    for item in prepared.post.media:
        path = prepared.folder.subtitles_path(item)
        if path is not None and item.id in clips:
            cues = read_subtitles(path).cues
            found[item.id] = tuple(Cue(float(c.start_s), float(c.end_s), c.text) for c in cues)
    return found


def _artworks(images: Sequence[Rendered]) -> tuple[PaintedArtwork, ...]:
    from pydantic import TypeAdapter

    adapter = TypeAdapter(ArtworkFacts)
    return tuple(
        PaintedArtwork(
            image.plan.placements,
            image.plan.source.slide + 1,
            adapter.validate_python(image.facts["artwork"]),
        )
        for image in images
        if isinstance(image.plan.source, ArtworkSource)
    )


def _image_facts(images: Sequence[Rendered]) -> tuple[ImageFact, ...]:
    return tuple(
        ImageFact(
            rendition=image.id,
            placements=image.plan.placements,
            media_id=getattr(image.plan.source, "media_id", None),
            size_bytes=image.facts["size_bytes"],
            max_bytes=image.plan.limits.max_bytes,
            quality=image.facts["quality"],
            within_budget=image.facts["within_budget"],
        )
        for image in images
    )


def _slots(prepared: Prepared, images: Sequence[Rendered]) -> tuple[SlotFact, ...]:
    """Every place whose source has too few pixels, each media item's worst place once."""
    facts = [
        SlotFact(up.media_id, up.source, up.slot, (up.placement,)) for up in prepared.plan.upscaled
    ]
    for image in images:
        for media_id, used_w, used_h, slot_w, slot_h in image.facts.get("slots", ()):
            if slot_w > used_w + 1 or slot_h > used_h + 1:
                used, slot = PixelSize(used_w, used_h), PixelSize(slot_w, slot_h)
                facts.append(SlotFact(media_id, used, slot, image.plan.placements))
    worst: dict[str, SlotFact] = {}
    for fact in facts:
        known = worst.get(fact.media_id)
        if known is None:
            worst[fact.media_id] = fact
            continue
        graver = max(known, fact, key=lambda f: f.slot.width / f.source.width)
        placements = tuple(dict.fromkeys((*known.placements, *fact.placements)))
        worst[fact.media_id] = SlotFact(fact.media_id, graver.source, graver.slot, placements)
    return tuple(worst.values())


def _clips(prepared: Prepared) -> tuple[ClipFact, ...]:
    facts = []
    has_music = any(item.use == "music" for item in prepared.post.media)
    least = {
        placement: floor_bytes(prepared, plan)
        for plan in prepared.plan.renditions()
        if isinstance(plan.source, ClipSource)
        for placement in plan.placements
    }
    for clip in prepared.plan.clips:
        video, info = prepared.specs[clip.placement].video, prepared.infos[clip.media_id]
        assert video is not None
        assert isinstance(info, ClipInfo)
        facts.append(
            ClipFact(
                media_id=clip.media_id,
                placements=(clip.placement,),
                planned_s=clip.duration_s,
                min_s=video.min_duration_s,
                max_s=video.max_duration_s,
                silence_added=info.audio_codec is None and not has_music,
                size_bytes=least[clip.placement],
                max_bytes=video.max_bytes,
            )
        )
    return tuple(facts)


def _missing(prepared: Prepared) -> tuple[MissingMaterial, ...]:
    found = []
    for placement, lack in prepared.plan.missing.items():
        spec = prepared.specs[placement]
        if lack == "second_picture":
            assert spec.images is not None
            found.append(MissingMaterial(placement, "picture", 1, spec.images.min_items))
        elif spec.images is not None and spec.video is not None:
            found.append(MissingMaterial(placement, "material"))
        else:
            found.append(MissingMaterial(placement, "clip" if lack == "clip" else "picture"))
    return tuple(found)


def _max_items(prepared: Prepared, placement: str) -> int:
    images = prepared.specs[placement].images
    return images.max_items if images is not None else 1
