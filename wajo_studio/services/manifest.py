"""The manifest of an export: what ``manifest.json`` says and ``export --json`` prints."""

from collections.abc import Iterable, Sequence
from typing import Any

from wajo_studio.compliance.outcome import CheckResult
from wajo_studio.services.planned import ClipSource
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.render import Rendered

SCHEMA = 1


def manifest(
    prepared: Prepared,
    renditions: Sequence[Rendered],
    checked: CheckResult,
    files: Iterable[str],
) -> dict[str, Any]:
    """The manifest document.

    Args:
        prepared: the exported post.
        renditions: what was made.
        checked: the result of the checks.
        files: every path written, relative to the export folder.
    """
    return {
        "schema": SCHEMA,
        "post": _post(prepared),
        "renditions": [rendition_entry(rendition) for rendition in renditions],
        "captions": captions(prepared),
        "findings": [finding.as_json() for finding in checked.findings],
        "not_checked": [entry.as_json() for entry in checked.not_checked],
        "files": sorted(files),
    }


def _post(prepared: Prepared) -> dict[str, Any]:
    post = prepared.post
    return {
        "name": post.name,
        "agency": post.agency,
        "template": post.template,
        "pillar": post.pillar,
        "information_class": post.information_class,
        "schedule": post.schedule.isoformat() if post.schedule else None,
        "placements": _exported(prepared),
        "brand": {"version": prepared.brand.version, "look": prepared.brand.look},
    }


def _exported(prepared: Prepared) -> list[str]:
    """The placements asked for, without those that lack their material."""
    return [placement for placement in prepared.specs if placement not in prepared.plan.missing]


def rendition_entry(rendition: Rendered) -> dict[str, Any]:
    """One entry of ``renditions``; fields that do not apply are null."""
    facts, plan = rendition.facts, rendition.plan
    is_video = isinstance(plan.source, ClipSource)
    return {
        "id": rendition.id,
        "role": plan.role,
        "placements": list(plan.placements),
        "path": plan.files[0][1],
        "files": dict(plan.files),
        "kind": "video" if is_video else "image",
        "width": facts["width"],
        "height": facts["height"],
        "bytes": facts["size_bytes"],
        "sha256": facts["sha256"],
        "format": "mp4" if is_video else "jpeg",
        "duration": facts.get("duration_s"),
        "fps": facts.get("fps"),
        "video_codec": facts.get("video_codec"),
        "audio_codec": facts.get("audio_codec"),
        "loudness_lufs": facts.get("loudness_lufs"),
        "recipe": rendition.recipe,
    }


def captions(prepared: Prepared) -> dict[str, dict[str, dict[str, Any]]]:
    """Text, length, limit and unit by placement and part, of the placements with material."""
    result: dict[str, dict[str, dict[str, Any]]] = {}
    for placement in _exported(prepared):
        parts: dict[str, dict[str, Any]] = {
            part: {
                "text": fact.text,
                "length": fact.length,
                "limit": fact.limit,
                "unit": fact.unit,
            }
            for part, fact in prepared.texts.published(placement).items()
        }
        if parts:
            result[placement] = parts
    return result
