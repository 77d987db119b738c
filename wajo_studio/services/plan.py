"""What an export makes: post, media facts and specs in, distinct renditions out. Pure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.media import ClipInfo, MediaInfo, MediaItem, MediaKind, PhotoInfo, Reframe
from wajo_studio.domain.post import Post
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.photo.crop import CENTRE, fill_box, fit_size, nearest_ratio, output_size
from wajo_studio.services.planned import (
    ArtworkSource,
    ClipSource,
    ExportPlan,
    FrameSource,
    Limits,
    Material,
    PhotoSource,
    PlannedClip,
    PlannedFile,
    Source,
    Upscaled,
)
from wajo_studio.specs.model import ImageSpec, PlacementSpec, SizeSpec, VideoSpec
from wajo_studio.video.plan import choose_frame_rate, choose_size, whole_frames
from wajo_studio.video.ranges import planned_duration_s

TALL = 9 / 16
TALL_TOLERANCE = 0.01


def make_plan(
    post: Post,
    material: Material,
    infos: Mapping[str, MediaInfo],
    specs: Mapping[str, PlacementSpec],
) -> ExportPlan:
    """Decide which file goes where.

    Args:
        post: the post.
        material: what it offers.
        infos: facts of every media item, by media id.
        specs: the placements asked for, in export order.

    Raises:
        InputError: an option asks for a format the placement or the template does not have.
    """
    plan = ExportPlan()
    for placement, spec in specs.items():
        takes_pictures = spec.images is not None and (material.slides or material.spare_pictures)
        if takes_pictures:
            _plan_pictures(plan, post, material, infos, spec)
        elif spec.video is not None and material.clips:
            _plan_clip(plan, post, material, infos, spec)
        else:
            plan.missing[placement] = "clip" if spec.images is None else "picture"
    return plan


def _plan_pictures(
    plan: ExportPlan,
    post: Post,
    material: Material,
    infos: Mapping[str, MediaInfo],
    spec: PlacementSpec,
) -> None:
    images = spec.images
    assert images is not None
    limits = Limits(images.max_bytes, images.quality_floor)
    sources: list[Source] = []
    frame: PixelSize | None = None
    if material.slides:
        size_spec = _artwork_size(post, material, spec.id, images)
        frame = size_spec.size
        zone = spec.safe_zone.at(frame) if spec.safe_zone else SafeZone()
        sources += [
            ArtworkSource(size_spec.format, frame, zone, slide) for slide in range(material.slides)
        ]
        if material.slides > 1 and images.max_items == 1:
            plan.cover_slide.append(spec.id)
            sources = sources[:1]
    ratio = frame.ratio if frame else None
    for media_id in material.spare_pictures:
        info, item = infos[media_id], post.media_by_id(media_id)
        assert isinstance(info, PhotoInfo)
        assert item is not None
        picture = _picture_source(post, item, info, spec.id, images, ratio)
        ratio = ratio or picture.size.ratio
        sources.append(picture)
    kept, spare = sources[: images.max_items], sources[images.max_items :]
    if len(kept) < images.min_items:
        plan.missing[spec.id] = "second_picture"
        return
    left = [
        f"slide{source.slide + 1}" if isinstance(source, ArtworkSource) else source.media_id
        for source in spare
    ]
    if left:
        plan.left_out[spec.id] = left
    for number, source in enumerate(kept, start=1):
        plan.files.append(PlannedFile(spec.id, f"{number:02}.jpg", "item", source, limits))
        if isinstance(source, PhotoSource):
            _note_upscaling(plan, post, spec.id, source, infos[source.media_id])


def _artwork_size(post: Post, material: Material, placement: str, images: ImageSpec) -> SizeSpec:
    """The artwork's size: the spec's own, or what the option ``format`` asks for."""
    own = post.options.get(placement, {}).get("format")
    general = post.options.get(placement.partition(".")[0], {}).get("format")
    wanted = own or general
    chosen = images.artwork
    if wanted is not None:
        allowed = {size.format: size for size in images.formats}
        if wanted in allowed:
            chosen = allowed[wanted]
        elif own:
            raise InputError(
                N_(
                    'options."{placement}".format: {placement} does not take {format}; '
                    "choose one of {allowed}."
                ),
                placement=placement,
                format=wanted,
                allowed=", ".join(allowed),
            )
    if chosen.format not in material.formats:
        raise InputError(
            N_("template: {template} has no layout for {format}, which {placement} needs."),
            template=post.template,
            format=chosen.format,
            placement=placement,
        )
    return chosen


def _picture_source(
    post: Post,
    item: MediaItem,
    info: PhotoInfo,
    placement: str,
    images: ImageSpec,
    ratio: float | None,
) -> PhotoSource:
    asked = item.reframe or post.option(placement, "reframe")
    if images.reframe_to_artwork:
        return PhotoSource(item.id, images.artwork.size, asked or "fit-blur")
    target = ratio or nearest_ratio(info.size.ratio, images.min_ratio, images.max_ratio)
    # A frame as tall as 9:16 would cut most of a picture away.
    tall_frame = ratio is not None and abs(ratio - TALL) < TALL_TOLERANCE
    reframe: Reframe = asked or ("fit-blur" if tall_frame else "fill")
    if reframe == "fill":
        shown = fill_box(info.size, target, item.focus or CENTRE).size
    else:
        shown = _frame_around(info.size, target)
    size = output_size(
        shown,
        width=images.width,
        max_long_side=images.max_long_side,
        max_width=images.max_width,
        max_height=images.max_height,
        min_ratio=images.min_ratio,
        max_ratio=images.max_ratio,
    )
    return PhotoSource(item.id, size, reframe)


def _frame_around(picture: PixelSize, ratio: float) -> PixelSize:
    """The smallest frame of a ratio that holds the whole picture at its own size."""
    if picture.ratio > ratio:
        return PixelSize(picture.width, max(1, round(picture.width / ratio)))
    return PixelSize(max(1, round(picture.height * ratio)), picture.height)


def _plan_clip(
    plan: ExportPlan,
    post: Post,
    material: Material,
    infos: Mapping[str, MediaInfo],
    spec: PlacementSpec,
) -> None:
    video = spec.video
    assert video is not None
    media_id, *others = material.clips
    if others:
        plan.left_out[spec.id] = others
    info, item = infos[media_id], post.media_by_id(media_id)
    assert isinstance(info, ClipInfo)
    assert item is not None
    size = _clip_size(post, spec.id, info, video)
    asked = item.reframe or post.option(spec.id, "reframe")
    frames_own_shape = size.aspect not in ("9:16", "16:9")
    sidecar = video.subtitle_files and (item.subtitles_mode or "sidecar") in ("sidecar", "both")
    burn = item.subtitles is not None and (
        item.subtitles_mode in ("burn", "both") or not video.subtitle_files
    )
    if item.subtitles and sidecar:
        plan.subtitle_files[spec.id] = media_id
    # A post of media alone is published as it is: nothing of ours is drawn on it.
    branded = bool(material.formats)
    logo = branded and _draws_logo(post, video, spec.id)
    lower_third = branded and item.lower_third is not None
    fps = choose_frame_rate(info, video.min_fps, video.max_fps)
    # A network that takes no logo of ours takes no opener and closer either.
    opener_s, closer_s = (
        whole_frames(seconds, fps) if branded and video.logo else Fraction(0)
        for seconds in (material.opener_s, material.closer_s)
    )
    drawn = logo or burn or lower_third or bool(opener_s + closer_s)
    source = ClipSource(
        media_id,
        size,
        fps,
        asked or ("fill" if frames_own_shape else "fit-blur"),
        logo,
        lower_third,
        burn,
        spec.safe_zone.at(size) if drawn and spec.safe_zone else SafeZone(),
        opener_s,
        closer_s,
    )
    limits = Limits(
        video.max_bytes,
        1,
        video.max_bitrate_bps,
        video.audio_bitrate_bps,
        video.edit_list,
    )
    plan.files.append(PlannedFile(spec.id, "01.mp4", "item", source, limits))
    length_s = planned_duration_s(item, info) + float(opener_s + closer_s)
    plan.clips.append(PlannedClip(spec.id, media_id, length_s))
    _note_upscaling(plan, post, spec.id, source, info)
    if video.cover == "image" and video.cover_size is not None:
        _plan_cover(plan, post, material, infos, spec, item)


def _draws_logo(post: Post, video: VideoSpec, placement: str) -> bool:
    wished = post.option(placement, "logo")
    return video.logo if wished is None else bool(wished)


def _clip_size(post: Post, placement: str, info: ClipInfo, video: VideoSpec) -> PixelSize:
    wanted = post.option(placement, "format")
    sizes = {size.format: size.size for size in video.sizes}
    if wanted in sizes and len(sizes) > 1:
        return sizes[wanted]
    return choose_size(info.size, [size.size for size in video.sizes])


def _plan_cover(
    plan: ExportPlan,
    post: Post,
    material: Material,
    infos: Mapping[str, MediaInfo],
    spec: PlacementSpec,
    item: MediaItem,
) -> None:
    video = spec.video
    assert video is not None
    assert video.cover_size is not None
    cover = video.cover_size
    limits = Limits(video.cover_max_bytes or video.max_bytes, 60)
    source: Source
    if material.slides and item.cover_s is None:
        if cover.format not in material.formats:
            raise InputError(
                N_("template: {template} has no layout for {format}, which {placement} needs."),
                template=post.template,
                format=cover.format,
                placement=spec.id,
            )
        zone = spec.safe_zone.at(cover.size) if spec.safe_zone else SafeZone()
        source = ArtworkSource(cover.format, cover.size, zone)
        if material.slides > 1:
            plan.cover_slide.append(spec.id)
    else:
        source = FrameSource(item.id, item.cover_s, cover.size, item.reframe or "fit-blur")
    plan.files.append(PlannedFile(spec.id, "cover.jpg", "cover", source, limits))


def _note_upscaling(
    plan: ExportPlan,
    post: Post,
    placement: str,
    source: PhotoSource | ClipSource,
    info: MediaInfo,
) -> None:
    assert info.kind is not MediaKind.AUDIO
    item = post.media_by_id(source.media_id)
    focus = item.focus if item and item.focus else CENTRE
    used, shown = used_pixels(info.size, source.size, source.reframe, focus)
    if shown.width > used.width + 1 or shown.height > used.height + 1:
        plan.upscaled.append(Upscaled(placement, source.media_id, used, shown))


def used_pixels(
    source: PixelSize, slot: PixelSize, reframe: Reframe, focus: tuple[float, float]
) -> tuple[PixelSize, PixelSize]:
    """Pixels of the source that are shown, and the pixels they are shown on."""
    if reframe == "fill":
        return fill_box(source, slot.ratio, focus).size, slot
    return source, fit_size(source, slot)


def specs_for(
    post: Post, specs: Mapping[str, PlacementSpec], wanted: Sequence[str]
) -> dict[str, PlacementSpec]:
    """The specs of the placements asked for, in export order.

    Args:
        post: the post.
        specs: every placement's spec.
        wanted: placements named by the person; empty means all of the post's.

    Raises:
        InputError: a wanted placement is not one of the post's.
    """
    for placement in wanted:
        if placement not in post.placements:
            raise InputError(
                N_("{placement} is not a placement of this post; it has {placements}."),
                placement=placement,
                placements=", ".join(post.placements),
            )
    chosen = set(wanted or post.placements)
    return {placement: spec for placement, spec in specs.items() if placement in chosen}
