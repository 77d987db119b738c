"""A logo file looked at before it is taken: size, transparency, proportion, colour fringe.

The logo itself is never changed (except for what may not be in an SVG): it is its owner's work.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio.artwork.svg_clean import clean_svg
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

if TYPE_CHECKING:
    from PIL import Image

MIN_HEIGHT_PX = 256
"""A logo stands up to 112 px high in an artwork of 1080 px; below this twice that size is soft."""
MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
WIDEST = 4.0
"""Width per height beyond which a logo leaves no room for the agency's name."""
_PROBE_PX = 400
_MARGIN_SHARE = 0.12
_EDGE_PX = 3
"""How wide a soft edge is at most."""
_OPAQUE, _CLEAR = 250, 6
_FRINGE = 0.28
"""Mean difference of brightness (0-1) between soft edge pixels and what they are the edge of."""

TOO_SMALL = N_(
    "It is only {height} px high; ask for a larger file (at least {least} px) or for SVG."
)
NO_TRANSPARENCY = N_("It has a background of its own; ask for a file with transparent background.")
MARGINS = N_("A wide empty margin surrounds it, so it will look small; have it cut to its edges.")
PROPORTION = N_("It is very wide or very high ({ratio}:1); a compact version reads better.")
FRINGE = N_("Its edges have a {tone} fringe, left by a former background; ask for a clean file.")
REMOVED = N_("Left out because a drawing does not need it: {names}.")
HAS_TEXT = N_("It has text that depends on a font; have text converted to paths.")
LIGHT = N_("light")
DARK = N_("dark")

NOT_READ = N_("The logo file {file} cannot be read. Use a PNG, JPEG, WebP or SVG picture.")
EMPTY = N_("The logo file {file} shows nothing. Choose another file.")


@dataclass(frozen=True)
class Remark:
    """What the person should know; ``message`` is a msgid with ``params``."""

    message: str
    params: dict[str, Any]


@dataclass(frozen=True)
class CheckedLogo:
    """A logo that may be used.

    Attributes:
        content: the file as it will be kept; of an SVG without what was taken out.
        suffix: of the kept file, with the dot.
        width, height: pixels, or units of the drawing.
        remarks: what is not as good as it could be.
    """

    content: bytes
    suffix: str
    width: float
    height: float
    remarks: tuple[Remark, ...]

    @property
    def is_vector(self) -> bool:
        """Whether it is a drawing that can be shown at any size."""
        return self.suffix == ".svg"


def check_logo(path: Path) -> CheckedLogo:
    """Look at a logo file.

    Raises:
        InputError: it is no picture, too large, hostile, or shows nothing.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(NOT_READ, file=path.name, detail="> 8 MB", code="input.logo")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(NOT_READ, file=path.name, detail=str(error), code="input.logo") from error
    head = content[:1000].lstrip().lower()
    if path.suffix.lower() == ".svg" or head.startswith((b"<?xml", b"<svg")):
        return _svg(content, path.name)
    return _raster(content, path.name)


def _svg(content: bytes, name: str) -> CheckedLogo:
    clean = clean_svg(content, name)
    remarks = []
    if clean.removed:
        remarks.append(Remark(REMOVED, {"names": ", ".join(clean.removed)}))
    if clean.has_text:
        remarks.append(Remark(HAS_TEXT, {}))
    picture = _painted(clean.content, clean.width / clean.height)
    remarks += _shape_remarks(picture, name)
    return CheckedLogo(clean.content, ".svg", clean.width, clean.height, tuple(remarks))


def _painted(content: bytes, ratio: float) -> "Image.Image":
    """The drawing as the artwork's own painter shows it, with transparency."""
    from wajo_studio.artwork.canvas import render
    from wajo_studio.artwork.door import Door
    from wajo_studio.domain.geometry import PixelSize

    size = PixelSize(
        max(1, round(_PROBE_PX * min(1, ratio))), max(1, round(_PROBE_PX / max(1, ratio)))
    )
    html = (
        "<style>html,body{margin:0;background:none}</style>"
        f'<img src="wajo://brand/logo.svg" style="display:block;width:{size.width}px;'
        f'height:{size.height}px">'
    )
    door = Door(None, {"brand/logo.svg": content})
    return render(html, size, size, door, transparent=True).to_pil()


def _raster(content: bytes, name: str) -> CheckedLogo:
    from PIL import Image

    formats: Any = ("PNG", "JPEG", "WEBP")
    try:
        with Image.open(BytesIO(content), formats=formats) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise InputError(NOT_READ, file=name, detail="> 40 MP", code="input.logo")
            suffix = {"PNG": ".png", "JPEG": ".jpg"}.get(opened.format or "", ".webp")
            picture = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InputError(NOT_READ, file=name, detail=str(error), code="input.logo") from error
    remarks = []
    if picture.height < MIN_HEIGHT_PX:
        remarks.append(Remark(TOO_SMALL, {"height": picture.height, "least": MIN_HEIGHT_PX}))
    remarks += _shape_remarks(picture, name)
    tone = _fringe(picture)
    if tone:
        remarks.append(Remark(FRINGE, {"tone": tone}))
    return CheckedLogo(content, suffix, picture.width, picture.height, tuple(remarks))


def _shape_remarks(picture: "Image.Image", name: str) -> list[Remark]:
    alpha = picture.getchannel("A")
    box = alpha.point(lambda value: 255 if value > _CLEAR else 0).getbbox()
    if box is None:
        raise InputError(EMPTY, file=name, code="input.logo")
    remarks = []
    corners = [
        alpha.getpixel((x, y)) for x in (0, picture.width - 1) for y in (0, picture.height - 1)
    ]
    if all(isinstance(value, int) and value >= _OPAQUE for value in corners):
        remarks.append(Remark(NO_TRANSPARENCY, {}))
    empty = [box[0] + picture.width - box[2], box[1] + picture.height - box[3]]
    if min(empty[0] / picture.width, empty[1] / picture.height) > 2 * _MARGIN_SHARE:
        remarks.append(Remark(MARGINS, {}))
    ratio = (box[2] - box[0]) / (box[3] - box[1])
    if not 1 / WIDEST <= ratio <= WIDEST:
        remarks.append(Remark(PROPORTION, {"ratio": f"{max(ratio, 1 / ratio):.1f}"}))
    return remarks


def _fringe(picture: "Image.Image") -> str:
    """The tone of the fringe that a former background left at soft edges; empty without one."""
    import numpy as np

    pixels = np.asarray(picture, dtype=np.float32) / 255.0
    alpha = pixels[..., 3]
    light = pixels[..., :3] @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
    soft = (alpha > 0.08) & (alpha < 0.7)
    solid = alpha > 0.98
    if soft.sum() < 40 or not solid.any():
        return ""
    # What a soft pixel is the edge of: the mean of what lies a little further inside.
    deep = _spread(solid.astype(np.float32), _EDGE_PX) > (2 * _EDGE_PX + 1) ** 2 - 0.5
    total = _spread(np.where(deep, light, 0.0), 3 * _EDGE_PX)
    count = _spread(deep.astype(np.float32), 3 * _EDGE_PX)
    near = soft & (count > 0.5)
    if near.sum() < 40:
        return ""
    difference = float(np.mean(light[near] - total[near] / count[near]))
    if abs(difference) < _FRINGE:
        return ""
    return LIGHT if difference > 0 else DARK


def _spread(values: Any, reach: int) -> Any:
    """The sum over the square of ``2 * reach + 1`` pixels around each pixel."""
    import numpy as np

    for axis in (0, 1):
        shifted = [np.roll(values, shift, axis) for shift in range(-reach, reach + 1)]
        values = np.sum(shifted, axis=0)
    return values
