"""What a placement will look like, quickly: the very pixels that an export writes."""

from dataclasses import dataclass

from wajo_studio.services.pictures import PictureShelf, SlotRecorder
from wajo_studio.services.planned import ArtworkSource, ClipSource, FrameSource, PhotoSource
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.render import artwork_request, draw_frame


@dataclass(frozen=True)
class Picture:
    """Pixels for the screen: 32-bit BGRX rows, as ``QImage.Format_RGB32`` holds them.

    Attributes:
        is_frame: the first frame of a clip, without what will be drawn over it.
    """

    width: int
    height: int
    stride: int
    pixels: bytes | bytearray
    is_frame: bool = False


class Preview:
    """Draws placements one at a time and keeps the photos between two drawings, cut to their slots.

    There are as many slots as the placements' formats have, so it keeps little.
    """

    def __init__(self) -> None:
        self._shelf: PictureShelf | None = None
        self._shelf_key: object = None
        self._slots: SlotRecorder | None = None

    def draw(self, prepared: Prepared, placement: str, number: int = 0) -> Picture | None:
        """The item ``number`` (from 0) of a placement; None when it has no such item.

        Raises:
            TemplateError: the template is broken.
            MediaError: a source turned out to be damaged.
        """
        items = prepared.plan.items(placement)
        if not 0 <= number < len(items):
            return None
        source = items[number].source
        shelf = self._shelf_for(prepared)
        if isinstance(source, ArtworkSource):
            from wajo_studio.artwork.paint import paint

            assert self._slots is not None

            painted = paint(artwork_request(prepared, source, self._slots))
            return Picture(painted.width, painted.height, painted.stride, painted.pixels)
        if isinstance(source, PhotoSource):
            image = shelf.picture(source.media_id, source.size, source.reframe)
        else:
            assert isinstance(source, ClipSource | FrameSource)
            first = FrameSource(source.media_id, None, source.size, source.reframe)
            image = draw_frame(prepared, first)
        pixels = image.convert("RGB").tobytes("raw", "BGRX")
        is_frame = isinstance(source, ClipSource)
        return Picture(image.width, image.height, image.width * 4, pixels, is_frame)

    def _shelf_for(self, prepared: Prepared) -> PictureShelf:
        """The shelf of these media; a new one when a picture, focus or blur area changed."""
        looks = tuple(
            (item.id, prepared.infos[item.id].sha256, item.focus, item.blur)
            for item in prepared.post.media
        )
        key = (prepared.folder.root, looks, prepared.brand.palette.primary)
        if self._shelf is None or key != self._shelf_key:
            self._shelf, self._shelf_key = prepared.shelf(), key
            self._slots = SlotRecorder(self._shelf)
        return self._shelf
