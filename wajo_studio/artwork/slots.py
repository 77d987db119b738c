"""Photos in a layout: the slot a layout asks for, and the shade text over it needs."""

import weakref
from io import BytesIO
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from wajo_studio.artwork.colours import contrast, hex_colour, mix

if TYPE_CHECKING:
    from PIL import Image

_encoded: dict[int, tuple["weakref.ref[Image.Image]", bytes]] = {}
_SAMPLE_PX = 64
_BRIGHT_SHARE = 0.97
_SHADE_STEPS = 50


def as_bitmap(picture: "Image.Image") -> bytes:
    """The picture as BMP, the file the painter reads fastest; remembered while it lives."""
    known = _encoded.get(id(picture))
    if known is not None and known[0]() is picture:
        return known[1]
    stream = BytesIO()
    picture.save(stream, "BMP")
    content = stream.getvalue()
    key = id(picture)
    _encoded[key] = (weakref.ref(picture, lambda _ref: _encoded.pop(key, None)), content)
    return content


class PhotoSlot:
    """What ``photo(…)`` gives to a layout: writes itself as ``<img>``, knows its brightness."""

    def __init__(self, address: str, picture: "Image.Image", width: int, height: int) -> None:
        self._address = address
        self._picture = picture
        self.width = width
        self.height = height

    def __html__(self) -> Markup:
        return Markup('<img class="photo" src="{}" style="width:{}px;height:{}px" alt="">').format(
            self._address, self.width, self.height
        )

    def __str__(self) -> str:
        return self.__html__()

    @property
    def url(self) -> str:
        """Address for use in an SVG ``<image>``."""
        return str(escape(self._address))

    def shade(
        self,
        x: float = 0.0,
        y: float = 0.0,
        w: float = 1.0,
        h: float = 1.0,
        *,
        text: str = "#FFFFFF",
        cover: str = "#000000",
        ratio: float = 4.5,
    ) -> float:
        """Opacity (0-1) that ``cover`` needs so that ``text`` is readable on this part.

        The part is given in fractions of the slot. Light text is tested against the brightest
        pixels, dark text against the darkest.
        """
        from PIL import Image

        width, height = self._picture.size
        box = (int(x * width), int(y * height), int((x + w) * width), int((y + h) * height))
        small = self._picture.resize(
            (_SAMPLE_PX, _SAMPLE_PX), Image.Resampling.BOX, box, reducing_gap=2.0
        )
        greys = sorted(small.convert("L").tobytes())
        light_text = contrast(text, "#000000") > contrast(text, "#FFFFFF")
        share = _BRIGHT_SHARE if light_text else 1 - _BRIGHT_SHARE
        grey = greys[int(share * (len(greys) - 1))]
        worst = hex_colour(grey, grey, grey)
        for step in range(_SHADE_STEPS + 1):
            opacity = step / _SHADE_STEPS
            if contrast(text, mix(worst, cover, opacity)) >= ratio:
                return opacity
        return 1.0
