"""What an export will write, before it is made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from wajo_studio.services.clips import expected_bytes
from wajo_studio.services.planned import ClipSource
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.render import Rendered
from wajo_studio.store import file_names

IMAGE_BYTES = 450_000
"""A still picture that was not rendered yet; 1080x1350 artwork with a photo takes about this."""


@dataclass(frozen=True)
class Estimate:
    """How many media files an export writes and how many bytes they will take at most."""

    files: int
    size_bytes: int


def estimate(
    prepared: Prepared, images: Sequence[Rendered], placements: Collection[str]
) -> Estimate:
    """What an export of some placements writes.

    Args:
        prepared: the post.
        images: still pictures that are rendered already, whose size is known.
        placements: those to be exported.
    """
    known = {image.plan.source: int(image.facts["size_bytes"]) for image in images}
    files, total = 0, 0
    for planned in prepared.plan.files:
        if planned.placement in placements:
            files += 1
            if not isinstance(planned.source, ClipSource):
                total += known.get(planned.source, IMAGE_BYTES)
    clips = [
        plan
        for plan in prepared.plan.renditions()
        if isinstance(plan.source, ClipSource) and set(plan.placements) & set(placements)
    ]
    return Estimate(files, total + (expected_bytes(prepared, clips) if clips else 0))


def free_target(parent: Path, name: str) -> Path:
    """A folder below ``parent`` for a package that does not exist yet, named after the post."""
    safe = "".join(c if c.isalnum() or c in " -_" else "-" for c in name).strip(" -.")[:60]
    if not safe or file_names.trouble(safe) is not None:
        safe = "paket"
    candidate, number = parent / safe, 2
    while candidate.exists():
        candidate, number = parent / f"{safe} ({number})", number + 1
    return candidate
