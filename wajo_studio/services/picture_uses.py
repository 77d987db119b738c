"""Where in a result a photo comes to lie that is published without artwork around it."""

from collections.abc import Iterator, Mapping

from wajo_studio.compliance.looks import PictureUse
from wajo_studio.domain.geometry import Box, PixelSize, SafeZone
from wajo_studio.domain.media import Reframe
from wajo_studio.domain.seen import PictureSeen
from wajo_studio.photo.crop import fill_box
from wajo_studio.services.planned import PhotoSource
from wajo_studio.services.prepare import Prepared


def picture_uses(prepared: Prepared, seen: Mapping[str, PictureSeen]) -> Iterator[PictureUse]:
    """The uses of photos that hold words; of others nothing can be covered or too small.

    Args:
        prepared: the post.
        seen: what was seen in its photos, by media id.
    """
    shelf = prepared.shelf()
    for plan in prepared.plan.renditions():
        source = plan.source
        if not isinstance(source, PhotoSource) or not seen.get(source.media_id):
            continue
        if not seen[source.media_id].lines:
            continue
        whole = seen[source.media_id].size
        focus = shelf.focus(source.media_id) if source.reframe == "fill" else (0.5, 0.5)
        place = placed(whole, source.size, source.reframe, focus)
        for placement in plan.placements:
            zone_spec = prepared.specs[placement].safe_zone
            zone = zone_spec.at(source.size) if zone_spec else SafeZone()
            yield PictureUse(source.media_id, (placement,), source.size, zone, place)


def placed(whole: PixelSize, size: PixelSize, reframe: Reframe, focus: tuple[float, float]) -> Box:
    """The rectangle of the whole photo in the result, in fractions of the result.

    Args:
        whole: the photo, upright.
        size: the result.
        reframe: how the photo is brought into it.
        focus: the point that is kept by ``fill``.
    """
    if reframe == "fill":
        kept = fill_box(whole, size.ratio, focus)
        scale_x = 1 / (kept.right - kept.left)
        scale_y = 1 / (kept.bottom - kept.top)
        return Box(
            -kept.left * scale_x,
            -kept.top * scale_y,
            whole.width * scale_x,
            whole.height * scale_y,
        )
    scale = min(size.width / whole.width, size.height / whole.height)
    width, height = whole.width * scale / size.width, whole.height * scale / size.height
    return Box((1 - width) / 2, (1 - height) / 2, width, height)
