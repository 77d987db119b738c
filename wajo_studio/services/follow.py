"""Finds where the subject of a clip is, so that a filled frame can follow it."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio.progress import JobContext
from wajo_studio.video.follow import FocusPath, Sight, centre_of_motion, key_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP_S = 0.4
_MOST_LOOKS = 400
_SIDE_PX = 320
_KEPT_S = 2.0
"""How long a face counts as being where it was seen, before movement is looked for instead."""


def follow_subject(path: Path, start_s: float, end_s: float, ctx: JobContext) -> FocusPath:
    """Key points for ``focus_path``: faces first, where there are none what moves.

    Looks at a picture every 0.4 s, less often in long clips. The same clip always gives the
    same points; they are few and meant to be edited.

    Args:
        path: the clip.
        start_s: first second looked at.
        end_s: second at which looking ends.
        ctx: progress and cancel.

    Returns:
        Second, x and y of each point; empty where neither a face nor a movement was seen.

    Raises:
        MediaError: the clip cannot be read.
        Cancelled: the person cancelled.
    """
    from wajo_studio.video.small_frames import OpenClip

    step_s = max(_STEP_S, (end_s - start_s) / _MOST_LOOKS)
    sights: list[Sight] = []
    before: NDArray[Any] | None = None
    face_until_s, next_s = -1.0, start_s
    clip = OpenClip(path)
    try:
        for shown_s, frame in clip.frames_from(Fraction(start_s)):
            if shown_s >= end_s:
                break
            if shown_s < next_s - 1e-6:
                continue
            ctx.check()
            ctx.report((float(shown_s) - start_s) / max(end_s - start_s, 1e-3))
            next_s = float(shown_s) + step_s
            grey = _grey(clip.still(shown_s, frame, _SIDE_PX))
            seen = _face(grey)
            if seen is not None:
                face_until_s = float(shown_s) + _KEPT_S
            elif before is not None and float(shown_s) > face_until_s:
                seen = centre_of_motion(before, grey)
            if seen is not None:
                sights.append(Sight(float(shown_s), *seen))
            before = grey
    finally:
        clip.close()
    return key_points(sights)


def _grey(still: Any) -> "NDArray[Any]":
    import numpy

    rows = numpy.frombuffer(still.pixels, numpy.uint8).reshape(-1, still.stride)[: still.height]
    pixels = rows[:, : still.width * 4].reshape(still.height, still.width, 4)[:, :, :3]
    grey: NDArray[Any] = (pixels @ numpy.array([0.114, 0.587, 0.299])).astype(numpy.uint8)
    return grey


def _face(grey: "NDArray[Any]") -> tuple[float, float] | None:
    """The middle of the largest face."""
    from PIL import Image

    from wajo_studio.photo.subject import find_faces

    faces = find_faces(Image.fromarray(grey))
    if not faces:
        return None
    height, width = grey.shape
    face = faces[0]
    return (face.left + face.right) / 2 / width, (face.top + face.bottom) / 2 / height
