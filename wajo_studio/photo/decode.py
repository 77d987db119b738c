"""Pixels out of a picture file, as few as needed and within bounded memory.

Each format's own decoder is called, never a search over all that Pillow knows. Pillow decodes
WebP and AVIF with 9-16 bytes a pixel; above :data:`_PILLOW_PIXELS` these go through PyAV with
2-5 (measured at 100 megapixels: WebP 1552 MB against 189 MB, AVIF 898 MB against 225 MB).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from pi_heif.heif import HeifFile, open_heif
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.photo.flatten import ImagePixels, Pixels, flatten, reduction, shrink
from wajo_studio.photo.header import Header, TooHeavyError, metadata_facts

if TYPE_CHECKING:
    from av import VideoFrame

MAX_PIXELS = 200_000_000
"""Largest picture that is opened (product contract)."""

WORKING_PIXELS = 50_000_000
"""Largest picture that is handed on; larger ones are reduced while they are decoded."""

_PILLOW_PIXELS = 30_000_000
_PILLOW_TILED_PIXELS = 150_000_000
"""Largest AVIF made of tiles, which only Pillow puts together: 1.4 GB."""
_DRAFT_HEADROOM = 1.0  # libjpeg's own scaling is as good as a resize
_BOX_HEADROOM = 1.1  # averaging whole blocks, then Lanczos: 45 dB from Lanczos alone

# Pillow warns above its own limit even where a plugin is called directly (TIFF, GIF). Ours is
# checked before every decode; set once and never switched, so that threads cannot race.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class _Jpeg(JpegImagePlugin.JpegImageFile):
    """The first picture of a JPEG, MPO or Ultra HDR file."""

    def _read_dpi_from_exif(self) -> None:
        """Not wanted; reading all of a stranger's EXIF can exhaust memory."""


_PLUGINS: dict[str, Callable[[BinaryIO, str], ImageFile.ImageFile]] = {
    "JPEG": cast("Callable[[BinaryIO, str], ImageFile.ImageFile]", _Jpeg),
    "PNG": PngImagePlugin.PngImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
    "AVIF": AvifImagePlugin.AvifImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
    "GIF": GifImagePlugin.GifImageFile,
}


@dataclass(frozen=True)
class Stored:
    """A picture as the file stores it, before it is turned upright.

    Attributes:
        size: stored size in pixels.
        orientation: EXIF value 1-8 that makes it upright.
        has_gps: whether the file tells where it was taken.
        profile: ICC profile, or None.
        cicp: code points of primaries and transfer where these count and not the profile.
        source: the opened file for :func:`decode`; None where PyAV will read it.
    """

    size: PixelSize
    orientation: int
    has_gps: bool
    profile: bytes | None
    source: ImageFile.ImageFile | HeifFile | None
    cicp: tuple[int, int] | None = None


def open_stored(file: BinaryIO, name: str, header: Header) -> Stored:
    """Open a picture without decoding it.

    Args:
        file: open for reading; has to stay open until :func:`decode` is done.
        name: format, a key of ``formats.SUFFIXES``.
        header: the file's header.

    Raises:
        Exception: whatever the decoder raises for a broken file.
    """
    file.seek(0)
    if name == "HEIF":
        heif = open_heif(file, remove_stride=False)
        info = heif.info
        facts = metadata_facts(info.get("exif") or b"", info.get("xmp") or b"")
        # libheif has turned the picture already
        profile = info.get("icc_profile")
        cicp = None if profile else header.cicp
        return Stored(PixelSize(*heif.size), 1, facts.has_gps, profile, heif, cicp)
    if name == "WEBP" and header.width * header.height > _PILLOW_PIXELS:
        if header.is_animated:
            raise TooHeavyError("animated WebP")
        size = PixelSize(header.width, header.height)
        return Stored(size, header.orientation, header.has_gps, header.profile, None)
    image = _PLUGINS[name](file, "")
    orientation, has_gps = header.orientation, header.has_gps
    if name == "AVIF":
        facts = metadata_facts(image.info.get("exif", b""), image.info.get("xmp", b""))
        orientation, has_gps = facts.orientation, facts.has_gps
    size = PixelSize(*((header.width, header.height) if name == "TIFF" else image.size))
    profile = image.info.get("icc_profile")
    # PNG lets its code points win over a profile; in AVIF the profile does
    cicp = header.cicp if name == "PNG" or not profile else None
    return Stored(size, orientation, has_gps, profile, image, cicp)


def decode(
    file: BinaryIO, name: str, header: Header, stored: Stored, at_least: PixelSize | None
) -> Image.Image:
    """The pixels as stored: mode L, RGB, CMYK or LAB, in the file's own colours, alpha on white.

    Args:
        file: the file that ``stored`` was opened from.
        name: its format.
        header: its header.
        stored: from :func:`open_stored`; used up.
        at_least: size, in stored orientation, that the result covers in both directions where
            the picture itself does; None for all there is up to :data:`WORKING_PIXELS`.

    Raises:
        Exception: whatever the decoder raises for a broken file.
    """
    pixels: Pixels
    source = stored.source
    if source is None or (name == "AVIF" and _is_large(stored.size)):
        image = _through_pyav(file, name, stored.size, at_least)
        if image is not None:
            return image
        if stored.size.width * stored.size.height > _PILLOW_TILED_PIXELS:
            raise TooHeavyError("tiled AVIF")
    assert source is not None
    if isinstance(source, ImageFile.ImageFile):
        if name == "JPEG":
            factor = reduction(stored.size, at_least, _DRAFT_HEADROOM, WORKING_PIXELS)
            width, height = stored.size.width // factor, stored.size.height // factor
            source.draft(None, (max(1, width), max(1, height)))
        if name == "TIFF":
            # else Pillow turns the picture itself, with a second copy of all its pixels
            source.getexif().pop(ExifTags.Base.Orientation, None)
        source.load()
        pixels = ImagePixels(source, white_is_zero=bool(header.tiff and header.tiff.white_is_zero))
    else:
        pixels = _HeifPixels(source)
    size = PixelSize(*pixels.size)
    return shrink(pixels, reduction(size, at_least, _BOX_HEADROOM, WORKING_PIXELS))


class _HeifPixels:
    """:class:`Pixels` straight from libheif's memory, without a copy for Pillow."""

    is_plain = False

    def __init__(self, heif: HeifFile) -> None:
        self._memory = memoryview(heif.data)
        self._mode, self._stride = heif.mode, heif.stride
        self.size: tuple[int, int] = heif.size

    def rows(self, top: int, bottom: int) -> Image.Image:
        """The rows as grey or RGB, transparent parts on white."""
        part = self._memory[top * self._stride : bottom * self._stride]
        size = (self.size[0], bottom - top)
        strip = Image.frombuffer(
            self._mode, size, cast("bytes", part), "raw", self._mode, self._stride, 1
        )
        return flatten(strip)


def _is_large(size: PixelSize) -> bool:
    return size.width * size.height > _PILLOW_PIXELS


def _through_pyav(
    file: BinaryIO, name: str, size: PixelSize, at_least: PixelSize | None
) -> Image.Image | None:
    """Decode and reduce a large WebP or AVIF with ffmpeg's libraries; None when it is tiled."""
    import av

    factor = reduction(size, at_least, _BOX_HEADROOM, WORKING_PIXELS)
    target = (math.ceil(size.width / factor), math.ceil(size.height / factor))
    file.seek(0)
    with av.open(file, "r", format="webp_pipe" if name == "WEBP" else "mov") as container:
        image, alpha = None, None
        for stream in container.streams.video:
            stream.codec_context.thread_count = 1  # each thread would keep frames of its own
        for packet in container.demux(*container.streams.video):
            for frame in packet.decode():
                assert isinstance(frame, av.VideoFrame)
                if (frame.width, frame.height) != (size.width, size.height):
                    return None
                if packet.stream.index == 0:
                    image = image or _scaled(frame, target)
                else:
                    alpha = alpha or _scaled(frame, target, "gray")
    if image is None:
        raise EOFError("no frame")
    if alpha is not None:
        image.putalpha(alpha)
    return flatten(image)


def _scaled(frame: "VideoFrame", size: tuple[int, int], layout: str | None = None) -> Image.Image:
    has_alpha = any(part.is_alpha for part in frame.format.components)
    layout = layout or ("rgba" if has_alpha else "rgb24")
    small = frame.reformat(width=size[0], height=size[1], format=layout, interpolation="AREA")
    return Image.fromarray(small.to_ndarray())
