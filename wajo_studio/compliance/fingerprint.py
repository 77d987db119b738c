"""The fingerprint of what a statement was given for: it changes when that changes."""

import hashlib
import json
from collections.abc import Mapping

from wajo_studio.domain.post import Post

_NOT_COVERED = frozenset(
    {"schema", "name", "schedule", "attestations", "waivers", "exceptions"},
)
_CONFIRMED_WHEN_PUBLISHING = frozenset({"confirm_cost", "music_usage_confirmed"})


def fingerprint(post: Post, media_hashes: Mapping[str, str]) -> str:
    """The hash of everything a statement covers: content, media, placements, options.

    The internal name, the schedule, the statements themselves and the two options that are
    ticked at the moment of publishing are no part of it.

    Args:
        post: the post as it is.
        media_hashes: SHA-256 of every media file, by media id.

    Returns:
        64 hexadecimal digits.
    """
    content = post.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    covered = {key: value for key, value in content.items() if key not in _NOT_COVERED}
    covered["placements"] = sorted(post.placements)
    covered["options"] = {
        scope: kept
        for scope, options in covered.get("options", {}).items()
        if (kept := {k: v for k, v in options.items() if k not in _CONFIRMED_WHEN_PUBLISHING})
    }
    covered["files"] = dict(media_hashes)
    canonical = json.dumps(covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
