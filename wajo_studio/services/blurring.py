"""Blur areas from what was found in pictures: one press makes a card or a face unreadable."""

from collections.abc import Iterable, Mapping, Sequence

from wajo_studio.compliance.looks import Looks
from wajo_studio.compliance.seen_text import is_covered
from wajo_studio.domain.finding import Finding
from wajo_studio.domain.geometry import Box
from wajo_studio.domain.media import PhotoInfo
from wajo_studio.services.draft import Draft
from wajo_studio.services.prepare import Prepared

BLURRED = frozenset({"img-id-document", "img-pii-text", "img-qr-check"})
"""Rules whose findings are settled by blurring their area."""

_RIM = 0.15

Areas = Mapping[str, Sequence[Box]]
"""Rectangles by media id."""


def can_blur(prepared: Prepared, finding: Finding) -> bool:
    """Whether a finding marks an area of a photo of the post that blurring would settle."""
    return (
        finding.rule in BLURRED
        and finding.where.kind == "media"
        and finding.where.box is not None
        and isinstance(prepared.infos.get(finding.where.id), PhotoInfo)
    )


def blur(draft: Draft, step: str, finding: Finding) -> None:
    """Blur the area a finding marks; call only where :func:`can_blur`."""
    assert finding.where.box is not None
    blur_areas(draft, step, {finding.where.id: [finding.where.box]})


def blur_areas(draft: Draft, step: str, areas: Areas) -> None:
    """Add blur areas to photos of the post.

    Args:
        draft: the open post.
        step: what an undo of this is called.
        areas: what to blur; what is covered already is left out.
    """
    items = []
    for item in draft.post.media:
        known = [Box(*area) for area in item.blur]
        new = [box for box in areas.get(item.id, ()) if not is_covered(box, known)]
        values = item.model_dump(by_alias=True)
        values["blur"] = [*item.blur, *(tuple(box.as_list()) for box in new)]
        items.append(values if new else item)
    draft.change(step, media=items)


def visible_faces(prepared: Prepared, looks: Looks) -> dict[str, list[Box]]:
    """The faces in photos that are not blurred yet, from left to right, by media id."""
    found = {}
    for item in prepared.post.media:
        seen = looks.pictures.get(item.id)
        blurred = [Box(*area) for area in item.blur]
        faces = [face for face in seen.faces if not is_covered(face, blurred)] if seen else []
        if faces:
            found[item.id] = sorted(faces, key=lambda face: face.x)
    return found


def rims(faces: Iterable[Box]) -> list[Box]:
    """Faces with hair and chin: what the detector marks stops at eyebrows and mouth."""
    grown = []
    for face in faces:
        x, y = max(0.0, face.x - face.w * _RIM), max(0.0, face.y - face.h * _RIM)
        right = min(1.0, face.x + face.w * (1 + _RIM))
        bottom = min(1.0, face.y + face.h * (1 + _RIM))
        grown.append(Box(x, y, right - x, bottom - y))
    return grown
