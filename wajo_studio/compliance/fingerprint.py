"""The fingerprint of what a statement was given for: it changes when that changes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Literal

from wajo_studio.domain.media import MediaItem
from wajo_studio.domain.placement import network_of
from wajo_studio.domain.post import Post

Covers = Literal["post", "media", "music"]
"""What a statement is about. ``post``: everything; ``media``: the photos and clips as they are
shown; ``music``: the music, its licence, and the networks where it is heard."""

_NOT_COVERED = frozenset(
    {"schema", "name", "schedule", "attestations", "waivers", "exceptions"},
)
_CONFIRMED_WHEN_PUBLISHING = frozenset({"confirm_cost", "music_usage_confirmed"})
_SHOWN = {"blur", "in_s", "out_s", "keep"}
"""What decides which part of a photo or clip is seen; words about it do not."""


def fingerprint(post: Post, media_hashes: Mapping[str, str], covers: Covers = "post") -> str:
    """The hash of everything a statement covers.

    Of a post these are content, media, placements and options; the internal name, the
    schedule, the statements themselves and the two options that are ticked at the moment of
    publishing are no part of it.

    Args:
        post: the post as it is.
        media_hashes: SHA-256 of every media file, by media id.
        covers: what the statement is about.

    Returns:
        64 hexadecimal digits.
    """
    covered = {"post": _post, "media": _media, "music": _music}[covers](post, media_hashes)
    canonical = json.dumps(covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _post(post: Post, hashes: Mapping[str, str]) -> dict[str, Any]:
    content = post.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    covered = {key: value for key, value in content.items() if key not in _NOT_COVERED}
    covered["placements"] = sorted(post.placements)
    covered["options"] = {
        scope: kept
        for scope, options in covered.get("options", {}).items()
        if (kept := {k: v for k, v in options.items() if k not in _CONFIRMED_WHEN_PUBLISHING})
    }
    covered["files"] = dict(hashes)
    return covered


def _media(post: Post, hashes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "media": sorted(
            (_file(item, hashes), item.model_dump_json(include=_SHOWN, exclude_defaults=True))
            for item in post.media
            if item.use is None
        )
    }


def _music(post: Post, hashes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "music": sorted((_file(i, hashes), i.licence) for i in post.media if i.use == "music"),
        "networks": sorted({network_of(placement) for placement in post.placements}),
    }


def _file(item: MediaItem, hashes: Mapping[str, str]) -> str:
    return hashes.get(item.id, item.path)
