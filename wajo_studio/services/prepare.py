"""Everything that is known about a post before anything is rendered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wajo_studio.artwork.brand import find_agency
from wajo_studio.artwork.drafts import draft_context
from wajo_studio.artwork.fields import AssignedPhotos, assign_photos, check_fields
from wajo_studio.artwork.looks import dressed, look_of
from wajo_studio.artwork.request import slide_count
from wajo_studio.artwork.template import Template, find_template
from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.domain.media import ClipInfo, MediaInfo, MediaItem, MediaKind, PhotoInfo
from wajo_studio.domain.post import Post
from wajo_studio.progress import JobContext
from wajo_studio.services.pictures import PictureShelf
from wajo_studio.services.plan import make_plan, specs_for
from wajo_studio.services.planned import ArtworkSource, ExportPlan, Material, Source
from wajo_studio.services.studio import Studio
from wajo_studio.services.texts import PlacementTexts, resolve_texts
from wajo_studio.specs.model import PlacementSpec
from wajo_studio.store.post_folder import PostFolder


@dataclass(frozen=True)
class Prepared:
    """A post whose template, agency, media, plan and texts are known and sound.

    Attributes:
        brand: the brand kit in the post's look.
        specs: the placements asked for, in export order.
        infos: what every media file is, by media id.
        fields: the template's fields, checked, photo fields assigned.
        photos: which picture went into which field, and which are left.
    """

    folder: PostFolder
    post: Post
    template: Template
    agency: Agency
    brand: BrandKit
    specs: Mapping[str, PlacementSpec]
    infos: Mapping[str, MediaInfo]
    fields: Mapping[str, Any]
    photos: AssignedPhotos
    plan: ExportPlan
    texts: PlacementTexts

    @property
    def artwork_photo_ids(self) -> tuple[str, ...]:
        """The pictures that stand in the artwork, in the template's field order."""
        ids: list[str] = []
        for value in self.photos.by_field.values():
            ids += [value] if isinstance(value, str) else value
        return tuple(dict.fromkeys(media_id for media_id in ids if media_id))

    def alt_text(self, source: Source) -> str:
        """The alternative text of one item: the artwork's, or what the person wrote."""
        if isinstance(source, ArtworkSource):
            return self.texts.artwork_alt
        item = self.post.media_by_id(source.media_id)
        return item.alt if item is not None else ""

    def shelf(self) -> PictureShelf:
        """The post's pictures, decoded when they are first asked for."""
        pictures = {id_: info for id_, info in self.infos.items() if isinstance(info, PhotoInfo)}
        items = {item.id: item for item in self.post.media if item.id in pictures}
        return PictureShelf(items, pictures, self.folder.media_path, self.brand.palette.primary)


def prepare(studio: Studio, folder: PostFolder, wanted: Sequence[str], ctx: JobContext) -> Prepared:
    """Find out everything about a post that is needed to render and to check it.

    Args:
        studio: the program's parts.
        folder: the opened post.
        wanted: placements named by the person; empty means all of the post's.
        ctx: progress and cancel.

    Raises:
        InputError: agency, template, field, option, placement or media cannot be used.
    """
    post = folder.post
    specs = specs_for(post, studio.specs, wanted)
    agency = find_agency(post.agency)
    template = find_template(post.template)
    brand = dressed(studio.brand, look_of(template, post.fields, studio.brand))
    fields = check_fields(template, post.fields)
    infos = studio.inspector.inspect_post(folder, ctx)
    pictures = _ids(post, infos, MediaKind.PHOTO)
    photos = assign_photos(template, fields, pictures)
    fields = {**fields, **photos.by_field}
    material = Material(
        formats=template.formats,
        slides=slide_count(template, fields) if template.has_artwork else 0,
        spare_pictures=photos.left,
        clips=_ids(post, infos, MediaKind.CLIP),
        opener_s=template.clip.opener_s or 0.0,
        closer_s=template.clip.closer_s or 0.0,
    )
    plan = make_plan(post, material, infos, specs)
    in_artwork = {
        media_id
        for value in photos.by_field.values()
        for media_id in ([value] if isinstance(value, str) else value)
    }
    alts = tuple(item.alt for item in post.media if item.id in in_artwork)
    texts = resolve_texts(
        post,
        template,
        lambda placement: draft_context(
            template,
            fields,
            agency,
            brand,
            pillar=post.pillar,
            placement=placement,
            photo_alts=alts,
        ),
        specs,
    )
    _read_subtitles(folder, infos)
    return Prepared(
        folder=folder,
        post=post,
        template=template,
        agency=agency,
        brand=brand,
        specs=specs,
        infos=infos,
        fields=fields,
        photos=photos,
        plan=plan,
        texts=texts,
    )


def _read_subtitles(folder: PostFolder, infos: Mapping[str, MediaInfo]) -> None:
    """Refuse a subtitle file that cannot be read before anything is rendered."""
    from wajo_studio.video.subtitles import read_subtitles

    for item in folder.post.media:
        path = folder.subtitles_path(item)
        if path is not None and isinstance(infos[item.id], ClipInfo):
            read_subtitles(path)


def _ids(post: Post, infos: Mapping[str, MediaInfo], kind: MediaKind) -> tuple[str, ...]:
    """Ids of the media of one kind that may be shown, in post.toml's order."""
    return tuple(item.id for item in post.media if infos[item.id].kind is kind and item.use is None)


def clip_of(prepared: Prepared, media_id: str) -> tuple[MediaItem, ClipInfo]:
    """A clip of the post: what the person says about it, and what it is."""
    item, info = prepared.post.media_by_id(media_id), prepared.infos[media_id]
    assert item is not None
    assert isinstance(info, ClipInfo)
    return item, info
