"""The recipe of a rendition: everything that can change one of its bytes."""

import hashlib
from datetime import date
from functools import lru_cache
from importlib import metadata
from typing import Any

from wajo_studio.artwork.brand import agency_logo, government_logo
from wajo_studio.artwork.fonts import office_fonts
from wajo_studio.domain.media import MediaItem
from wajo_studio.services.planned import (
    ArtworkSource,
    ClipSource,
    FrameSource,
    PhotoSource,
    RenditionPlan,
)
from wajo_studio.services.prepare import Prepared

RENDERING = 1
"""Raised whenever our own code draws differently, so that old results are not used."""


@lru_cache(maxsize=1)
def _tools() -> dict[str, str]:
    """The libraries that draw and encode; a new version may draw differently."""
    names = ("plutoprint", "pillow", "imageio-ffmpeg", "fontpkg-plus-jakarta-sans")
    return {name: metadata.version(name) for name in names}


def image_recipe(prepared: Prepared, plan: RenditionPlan) -> dict[str, Any]:
    """The recipe of a still picture."""
    source = plan.source
    recipe: dict[str, Any] = {
        "rendering": RENDERING,
        "tools": _tools(),
        "max_bytes": plan.limits.max_bytes,
        "quality_floor": plan.limits.quality_floor,
        "size": str(source.size),
    }
    if isinstance(source, ArtworkSource):
        zone = source.safe_zone
        recipe |= {
            "kind": "artwork",
            "template": prepared.template.content_hash,
            "format": source.format,
            "zone": [zone.top, zone.bottom, zone.left, zone.right],
            "slide": source.slide,
            "fields": _plain(prepared.fields),
            "photos": [_photo(prepared, media_id) for media_id in prepared.artwork_photo_ids],
            "pillar": prepared.post.pillar,
            **brand_recipe(prepared),
        }
    elif isinstance(source, PhotoSource):
        recipe |= {
            "kind": "photo",
            "reframe": source.reframe,
            "photo": _photo(prepared, source.media_id),
            "colour": prepared.brand.palette.primary,
        }
    elif isinstance(source, FrameSource):
        info = prepared.infos[source.media_id]
        item = prepared.post.media_by_id(source.media_id)
        recipe |= {
            "kind": "frame",
            "reframe": source.reframe,
            "clip": info.sha256,
            "time_s": source.time_s if source.time_s is not None else first_second(item),
            "focus": item.focus if item else None,
            "colour": prepared.brand.palette.primary,
        }
    else:
        raise TypeError(type(source))
    return recipe


def brand_recipe(prepared: Prepared) -> dict[str, Any]:
    """Agency and brand as far as they can be seen."""
    logos = (agency_logo(prepared.agency), government_logo(prepared.brand))
    return {
        "agency": prepared.agency.model_dump(mode="json"),
        "brand": prepared.brand.model_dump(mode="json", exclude={"version"}),
        "fonts": [hashlib.sha256(font.read_bytes()).hexdigest() for font in office_fonts()],
        "logos": [hashlib.sha256(logo.read_bytes()).hexdigest() for logo in logos if logo],
    }


def first_second(item: MediaItem | None) -> float:
    """Where the first kept second of a clip begins."""
    if item is None:
        return 0.0
    return item.keep[0][0] if item.keep else (item.in_s or 0.0)


def clip_recipe(
    prepared: Prepared, plan: RenditionPlan, encode_recipe: dict[str, Any]
) -> dict[str, Any]:
    """The recipe of a clip: the encoder's plan, its source and what is drawn on it."""
    source = plan.source
    assert isinstance(source, ClipSource)
    item = prepared.post.media_by_id(source.media_id)
    drawn = brand_recipe(prepared) if _is_branded(source) else {}
    lower_third = item.lower_third if item and source.lower_third else None
    if source.opener_s or source.closer_s:
        drawn |= {"silk": prepared.template.clip.silk, "title": clip_title(prepared)}
    return {
        "rendering": RENDERING,
        "tools": _tools(),
        "kind": "clip",
        "clip": prepared.infos[source.media_id].sha256,
        "logo": source.logo,
        "lower_third": lower_third.model_dump(mode="json") if lower_third else None,
        "zone": [
            source.safe_zone.top,
            source.safe_zone.bottom,
            source.safe_zone.left,
            source.safe_zone.right,
        ],
        "encode": encode_recipe,
        **drawn,
    }


def clip_title(prepared: Prepared) -> str:
    """What a clip's opener says it is about: the post's title, else its name."""
    title = prepared.fields.get("judul")
    return title if isinstance(title, str) and title else prepared.post.name


def _is_branded(source: ClipSource) -> bool:
    """Whether anything of the brand is drawn on or beside the clip."""
    return bool(source.logo or source.lower_third or source.opener_s or source.closer_s)


def _photo(prepared: Prepared, media_id: str) -> dict[str, Any]:
    item = prepared.post.media_by_id(media_id)
    assert item is not None
    return {
        "sha256": prepared.infos[media_id].sha256,
        "focus": item.focus,
        "blur": item.blur,
    }


def _plain(value: Any) -> Any:
    """Dates and tuples as JSON can hold them."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
