"""Opening a finished picture again: what was made is what was planned, or it is an error."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import RenderError
from wajo_studio.i18n import N_
from wajo_studio.photo.colour import is_srgb

_METADATA_KEYS = ("exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp", "eXIf")
_ALLOWED_APP_SEGMENTS = {"APP0", "APP2"}  # JFIF, colour profile


def verify_image(
    picture: Path | bytes, size: PixelSize, max_bytes: int | None, *, name: str = ""
) -> None:
    """Check a picture the program made, by decoding all of it.

    Args:
        picture: the file, or its bytes.
        size: width and height planned.
        max_bytes: most bytes planned; None when the plan goes beyond the network's limit.
        name: what the message calls bytes that have no file name.

    Raises:
        RenderError: it is no JPEG or PNG, cannot be decoded, or differs from the plan in size,
            colour mode, profile, metadata or bytes.
    """
    content = picture if isinstance(picture, bytes) else picture.read_bytes()
    label = name or (picture.name if isinstance(picture, Path) else "")
    flaw = _flaw(content, size, max_bytes)
    if flaw:
        raise RenderError(
            N_("{file} did not turn out as planned. Export again; if it stays so, report it."),
            file=label,
            code="render.image",
            detail=flaw,
        )


def _flaw(content: bytes, size: PixelSize, max_bytes: int | None) -> str:
    """What differs from the plan, in technical English; empty when nothing does."""
    if max_bytes is not None and len(content) > max_bytes:
        return f"{len(content)} bytes instead of at most {max_bytes}"
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
            image.load()
            return _differences(image, size)
    except (OSError, SyntaxError, ValueError) as error:
        return f"cannot be read again: {error}"


def _differences(image: Image.Image, size: PixelSize) -> str:
    modes = {"JPEG": {"RGB"}, "PNG": {"RGB", "P"}}
    if image.format not in modes:
        return f"format {image.format}"
    if image.size != (size.width, size.height):
        return f"{image.width}x{image.height} instead of {size}"
    if image.mode not in modes[image.format]:
        return f"mode {image.mode}"
    if not is_srgb(image.info.get("icc_profile", b"")):
        return "no sRGB profile"
    found = [key for key in _METADATA_KEYS if image.info.get(key)]
    segments = {segment for segment, _body in getattr(image, "applist", ())}
    found += sorted(segments - _ALLOWED_APP_SEGMENTS)
    return f"metadata: {', '.join(found)}" if found else ""
