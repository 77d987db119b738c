"""The post's pictures, decoded once and brought to whatever size is asked for."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.domain.geometry import Box, PixelSize
from wajo_studio.domain.media import MediaItem, PhotoInfo, Reframe
from wajo_studio.photo.crop import CENTRE
from wajo_studio.services.plan import used_pixels

if TYPE_CHECKING:
    from PIL.Image import Image

_KEPT = 4
"""Decoded pictures held in memory at once; the least recently used one goes first."""

_MOST_HALVINGS = 3
"""JPEG decodes at a half, a quarter and an eighth for little; beyond that nothing is saved."""

_FOCUS_PX = 640
"""Longer side on which the subject is looked for."""


class PictureShelf:
    """Decodes pictures once per size, as small as a use allows, with their blur areas applied.

    Args:
        items: the post's pictures by media id.
        infos: what they are.
        path_of: where they lie.
        brand_colour: colour of the bars of ``fit-colour``.
    """

    def __init__(
        self,
        items: Mapping[str, MediaItem],
        infos: Mapping[str, PhotoInfo],
        path_of: Callable[[MediaItem], Path],
        brand_colour: str,
    ) -> None:
        self._items = items
        self._infos = infos
        self._path_of = path_of
        self._colour = brand_colour
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._decoded: OrderedDict[tuple[str, int], Image] = OrderedDict()
        self._focus: dict[str, tuple[float, float]] = {}

    def picture(self, media_id: str, size: PixelSize, reframe: Reframe = "fill") -> "Image":
        """The picture at exactly ``size``, RGB, sRGB, upright.

        Raises:
            MediaError: the file is damaged.
        """
        from wajo_studio.photo import place

        with self._lock:
            lock = self._locks.setdefault(media_id, threading.Lock())
        with lock:
            focus = self._focus_of(media_id) if reframe == "fill" else CENTRE
            base = self._base(media_id, _halvings(self._scale(media_id, size, reframe)))
        if reframe == "fill":
            return place.fill(base, size, focus)
        if reframe == "fit-colour":
            return place.fit_colour(base, size, self._colour)
        return place.fit_blur(base, size)

    def focus(self, media_id: str) -> tuple[float, float]:
        """The point that is kept when the picture is cropped.

        Raises:
            MediaError: the file is damaged.
        """
        with self._lock:
            lock = self._locks.setdefault(media_id, threading.Lock())
        with lock:
            return self._focus_of(media_id)

    def used_pixels(
        self, media_id: str, size: PixelSize, reframe: Reframe
    ) -> tuple[PixelSize, PixelSize]:
        """Pixels of the source that are shown, and the pixels they are shown on."""
        focus = self._items[media_id].focus or self._focus.get(media_id, CENTRE)
        return used_pixels(self._infos[media_id].size, size, reframe, focus)

    def _scale(self, media_id: str, size: PixelSize, reframe: Reframe) -> float:
        """How many decoded pixels per source pixel the use needs, at most 1."""
        used, shown = used_pixels(self._infos[media_id].size, size, reframe, CENTRE)
        return min(1.0, max(shown.width / used.width, shown.height / used.height))

    def _base(self, media_id: str, halvings: int) -> "Image":
        """The picture decoded at a size that depends on the use alone.

        What other placements need, or which thread comes first, must not change a pixel.
        """
        from wajo_studio.photo.load import open_photo
        from wajo_studio.photo.privacy import blur_areas

        key = (media_id, halvings)
        decoded = self._decoded.get(key)
        if decoded is not None:
            with self._lock:
                if key in self._decoded:
                    self._decoded.move_to_end(key)
            return decoded
        source, item = self._infos[media_id].size, self._items[media_id]
        scale = 0.5**halvings
        wanted = PixelSize(math.ceil(source.width * scale), math.ceil(source.height * scale))
        image = open_photo(self._path_of(item), at_least=wanted)
        if item.blur:
            image = blur_areas(image, [Box(*area) for area in item.blur])
        with self._lock:
            self._decoded[key] = image
            while len(self._decoded) > _KEPT:
                self._decoded.popitem(last=False)
        return image

    def _focus_of(self, media_id: str) -> tuple[float, float]:
        from wajo_studio.photo.subject import find_focus

        given = self._items[media_id].focus
        if given is not None:
            return given
        if media_id not in self._focus:
            size = self._infos[media_id].size
            scale = min(1.0, _FOCUS_PX / max(size.width, size.height))
            self._focus[media_id] = find_focus(self._base(media_id, _halvings(scale)))
        return self._focus[media_id]


def _halvings(scale: float) -> int:
    """How often a picture may be halved while it keeps ``scale`` of its pixels a side."""
    return min(_MOST_HALVINGS, math.floor(math.log2(1 / scale)))


class SlotRecorder:
    """Gives an artwork its photos and remembers which slots they went into."""

    def __init__(self, shelf: PictureShelf) -> None:
        self._shelf = shelf
        self._ready: dict[tuple[str, PixelSize], Image] = {}

    @property
    def slots(self) -> tuple[tuple[str, PixelSize], ...]:
        """Media id and size of every slot that was filled."""
        return tuple(self._ready)

    def picture(self, media_id: str, size: PixelSize) -> "Image":
        """The picture filling a slot of exactly ``size``; made once per slot."""
        key = (media_id, size)
        if key not in self._ready:
            self._ready[key] = self._shelf.picture(media_id, size)
        return self._ready[key]
