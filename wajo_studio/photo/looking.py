"""Everything that can be seen in one picture."""

from dataclasses import replace

from PIL import Image

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.seen import PictureSeen
from wajo_studio.progress import JobContext

LOOK = 1
"""Raised when our own looking changes, so that earlier results are not used."""


def look_at_picture(
    image: Image.Image, ctx: JobContext, *, people: bool = True, words: bool = True
) -> PictureSeen:
    """Words, faces and codes of a picture.

    Args:
        image: RGB, upright.
        ctx: progress and cancel.
        people: look for faces.
        words: read text and codes.

    Raises:
        Cancelled: the job was cancelled.
    """
    from wajo_studio.photo.codes import read_codes
    from wajo_studio.photo.faces import locate_faces
    from wajo_studio.photo.likeness import flat_share, likeness
    from wajo_studio.photo.words import read_words

    seen = PictureSeen(PixelSize(*image.size), likeness=likeness(image), flat=flat_share(image))
    if people:
        seen = replace(seen, faces=locate_faces(image))
        ctx.check()
    if words:
        seen = replace(seen, codes=read_codes(image))
        ctx.report(0.3)
        seen = replace(seen, lines=read_words(image, ctx.part(0.3, 1)))
    ctx.report(1)
    return seen
