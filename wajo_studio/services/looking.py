"""Has the pictures and clips of a post looked at, each once, and remembers what was seen."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from wajo_studio.compliance.looks import Looks, SeenArtwork
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, MediaItem, PhotoInfo
from wajo_studio.domain.seen import ClipSeen, FileOrigin, PictureSeen
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _
from wajo_studio.progress import Cancelled, JobContext
from wajo_studio.services.cache import recipe_hash
from wajo_studio.services.facts_cache import FactsCache
from wajo_studio.services.logos_in_use import outdated_logos
from wajo_studio.services.picture_uses import picture_uses
from wajo_studio.services.planned import ArtworkSource
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.published import PublishedPictures, earlier_uses
from wajo_studio.services.render import Rendered

LOOK_PX = 4096
"""Longest side at which a photo is decoded to be looked at."""
WHOLE_CLIP_S = 180.0
"""Clips up to this long are looked at as a whole, so that trimming asks for nothing new."""
_FORMATS = ("4:5", "1:1", "9:16", "16:9")

_log = logging.getLogger(__name__)
_Fact = TypeVar("_Fact")


@dataclass(frozen=True)
class _Task:
    """Something to look at: ``key`` names its content and how it is looked at."""

    id: str
    key: str
    kind: type
    look: Callable[[JobContext], object]
    words: str


def look(
    prepared: Prepared,
    images: Sequence[Rendered],
    cache: FactsCache,
    published: PublishedPictures,
    ctx: JobContext | None,
) -> Looks:
    """What is seen in a post's media.

    Args:
        prepared: the post.
        images: its rendered still pictures.
        cache: what was seen before.
        published: pictures that were published before.
        ctx: progress and cancel; None: only tell what is known and what is still to be seen.

    Raises:
        Cancelled: the job was cancelled; what was seen until then is kept.
    """
    tasks = list(_tasks(prepared, images))
    seen: dict[str, Any] = {}
    failed: set[str] = set()
    pending = set[str]()
    for number, task in enumerate(tasks):
        known = _known(cache, task)
        if known is None and ctx is None:
            pending.add(task.id)
        elif known is None:
            assert ctx is not None
            ctx.check()
            part = ctx.part(number / len(tasks), (number + 1) / len(tasks))
            part.report(0, task.words)
            known = _look(cache, task, part)
            if known is None:
                failed.add(task.id)
        if known is not None:
            seen[task.id] = known
    pictures = {id_: fact for id_, fact in seen.items() if isinstance(fact, PictureSeen)}
    own = {item.id: pictures[item.id] for item in prepared.post.media if item.id in pictures}
    return Looks(
        pictures=own,
        artworks=tuple(_artworks(images, pictures)),
        clips={id_: fact for id_, fact in seen.items() if isinstance(fact, ClipSeen)},
        origins=origins(prepared),
        uses=tuple(picture_uses(prepared, own)),
        earlier=earlier_uses(own, published, prepared.post.name),
        outdated_logos=outdated_logos(prepared),
        pending=frozenset(pending),
        failed=frozenset(failed),
    )


def _known(cache: FactsCache, task: _Task) -> Any | None:
    from pydantic import TypeAdapter, ValidationError

    facts = cache.find(task.key)
    if facts is None:
        return None
    try:
        return TypeAdapter(task.kind).validate_python(facts)
    except ValidationError:
        return None


def _look(cache: FactsCache, task: _Task, ctx: JobContext) -> Any | None:
    """Look, and remember; None where looking failed."""
    try:
        fact = task.look(ctx)
    except Cancelled:
        raise
    except Exception as error:  # a stranger's picture may break any reader; the others go on
        if isinstance(error, WajoError):
            _log.info("%s could not be looked at: %s", task.id, error)
        else:
            _log.exception("looking at %s broke", task.id)
        return None
    cache.keep(task.key, asdict(fact))  # type: ignore[call-overload]
    return fact


def _tasks(prepared: Prepared, images: Sequence[Rendered]) -> Iterator[_Task]:
    used = {
        *prepared.artwork_photo_ids,
        *(getattr(planned.source, "media_id", "") for planned in prepared.plan.files),
    }
    for item in prepared.post.media:
        info = prepared.infos[item.id]
        if item.id not in used:
            continue
        path = prepared.folder.media_path(item)
        if isinstance(info, PhotoInfo):
            yield _photo_task(item, info, path)
        elif isinstance(info, ClipInfo):
            yield _clip_task(item, info, path)
    for image in _one_of_each_slide(images):
        yield _artwork_task(image)


def _photo_task(item: MediaItem, info: PhotoInfo, path: Path) -> _Task:
    def look_at(ctx: JobContext) -> PictureSeen:
        from wajo_studio.photo.load import open_photo
        from wajo_studio.photo.looking import look_at_picture

        scale = min(1.0, LOOK_PX / max(info.size.width, info.size.height))
        size = PixelSize(
            max(1, int(info.size.width * scale)), max(1, int(info.size.height * scale))
        )
        return look_at_picture(open_photo(path, at_least=size), ctx)

    words = _("reading what is written in {file}").format(file=path.name)
    return _Task(item.id, _key("photo", info.sha256), PictureSeen, look_at, words)


def _clip_task(item: MediaItem, info: ClipInfo, path: Path) -> _Task:
    span = clip_span(item, info)

    def look_at(ctx: JobContext) -> ClipSeen:
        from wajo_studio.photo.looking import look_at_picture
        from wajo_studio.video.hearing import listen
        from wajo_studio.video.watching import watch

        watched = watch(path, span, ctx.part(0, 0.5))
        moments = []
        for number, (time_s, picture) in enumerate(watched.moments):
            ctx.check()
            count = len(watched.moments)
            part = ctx.part(0.5 + 0.35 * number / count, 0.5 + 0.35 * (number + 1) / count)
            moments.append((time_s, look_at_picture(picture, part)))
        sound = listen(path, span, ctx.part(0.85, 1))
        return ClipSeen(span, watched.flashing, tuple(moments), sound)

    words = _("watching {file}").format(file=path.name)
    return _Task(item.id, _key("clip", info.sha256, *span), ClipSeen, look_at, words)


def clip_span(item: MediaItem, info: ClipInfo) -> tuple[float, float]:
    """The seconds of a clip that are looked at."""
    if info.duration_s <= WHOLE_CLIP_S:
        return 0.0, info.duration_s
    if item.keep:
        return item.keep[0][0], item.keep[-1][1]
    return item.in_s or 0.0, min(item.out_s or info.duration_s, info.duration_s)


def _artwork_task(image: Rendered) -> _Task:
    def look_at(ctx: JobContext) -> PictureSeen:
        from wajo_studio.photo.load import open_photo
        from wajo_studio.photo.looking import look_at_picture

        return look_at_picture(open_photo(image.path), ctx, people=False)

    words = _("reading what is written in the artwork")
    key = _key("artwork", image.facts["sha256"])
    return _Task(_artwork_id(image), key, PictureSeen, look_at, words)


def _artwork_id(image: Rendered) -> str:
    return f"artwork {image.id}"


def _one_of_each_slide(images: Sequence[Rendered]) -> list[Rendered]:
    """Each slide in the format in which most of it can be read: the other formats say the same."""
    chosen: dict[int, Rendered] = {}
    for image in images:
        source = image.plan.source
        if isinstance(source, ArtworkSource):
            other = chosen.get(source.slide)
            if other is None or _rank(image) < _rank(other):
                chosen[source.slide] = image
    return list(chosen.values())


def _rank(image: Rendered) -> int:
    source = image.plan.source
    assert isinstance(source, ArtworkSource)
    return _FORMATS.index(source.format)


def _artworks(images: Sequence[Rendered], seen: Mapping[str, PictureSeen]) -> Iterator[SeenArtwork]:
    for image in _one_of_each_slide(images):
        source, fact = image.plan.source, seen.get(_artwork_id(image))
        assert isinstance(source, ArtworkSource)
        if fact is not None:
            yield SeenArtwork(image.plan.placements, source.slide + 1, fact)


def origins(prepared: Prepared) -> dict[str, FileOrigin]:
    """What the files of a post tell about themselves; quick, so it is read each time."""
    from wajo_studio.photo.origin import picture_origin
    from wajo_studio.video.origin import clip_origin

    found = {}
    for item in prepared.post.media:
        path, info = prepared.folder.media_path(item), prepared.infos[item.id]
        try:
            if isinstance(info, PhotoInfo):
                found[item.id] = picture_origin(path)
            elif isinstance(info, ClipInfo):
                found[item.id] = clip_origin(path)
        except (OSError, WajoError) as error:
            _log.info("%s does not tell where it comes from: %s", item.id, error)
    return found


def _key(kind: str, *parts: object) -> str:
    from wajo_studio.photo.looking import LOOK
    from wajo_studio.photo.words import READER

    return recipe_hash({"kind": kind, "look": LOOK, "reader": READER, "of": list(map(str, parts))})
