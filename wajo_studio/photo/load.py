"""The one door for pictures that people bring: what they are, and their pixels in sRGB."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import PhotoInfo
from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_
from wajo_studio.photo.codepoints import changes_colour, codepoints_to_srgb
from wajo_studio.photo.colour import to_srgb
from wajo_studio.photo.decode import MAX_PIXELS, Stored, decode, open_stored
from wajo_studio.photo.formats import HEAD_BYTES, SUFFIXES, sniff
from wajo_studio.photo.header import Header, TooHeavyError, read_header

MAX_BYTES = 200_000_000
"""Largest picture file that is read (product contract: 200 MB)."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_log = logging.getLogger(__name__)


def inspect_photo(path: Path) -> PhotoInfo:
    """Tell what a picture file is, from its header; no pixel is decoded.

    Raises:
        MediaError: the file is not there, empty, too large, damaged in its header, or no
            picture the program reads. Damage in the pixels shows only in :func:`open_photo`.
    """
    with _opened(path) as (file, name, _header, stored):
        digest = hashlib.sha256()
        file.seek(0)
        while block := file.read(1 << 20):
            digest.update(block)
        return PhotoInfo(
            format=name,
            size=_upright(stored.size, stored.orientation),
            has_gps=stored.has_gps,
            expected_suffixes=SUFFIXES[name],
            sha256=digest.hexdigest(),
        )


def open_photo(path: Path, *, at_least: PixelSize | None = None) -> Image.Image:
    """The picture itself: upright, 8-bit RGB in sRGB, transparency on white, first frame.

    Args:
        path: a file of any format in ``formats.SUFFIXES``, told by content.
        at_least: upright size that the result has to cover in both directions where the
            picture itself does. It is decoded as small as that allows, which saves time and
            memory. None: all pixels.

    Returns:
        An image of its own, without metadata. It is never larger than the file's picture, and
        never larger than 50 megapixels, whatever ``at_least`` says; its ratio is the picture's.

    Raises:
        MediaError: the file cannot be read to its end; one sentence says why and what to do.
    """
    with _opened(path) as (file, name, header, stored):
        turned = stored.orientation >= 5
        wanted = PixelSize(at_least.height, at_least.width) if at_least and turned else at_least
        image = decode(file, name, header, stored, wanted)
        if stored.cicp and changes_colour(stored.cicp):
            image = codepoints_to_srgb(image, stored.cicp)
        else:
            image = to_srgb(image, stored.profile)
        if stored.orientation in _TURNS:
            image = image.transpose(_TURNS[stored.orientation])
        elif type(image) is not Image.Image:
            image = image.copy()  # a plain image, free of the file it came from
        image.info = {}
        return image


def _upright(size: PixelSize, orientation: int) -> PixelSize:
    return PixelSize(size.height, size.width) if orientation >= 5 else size


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, str, Header, Stored]]:
    """Open ``path`` and check everything that can be checked without decoding.

    Whatever goes wrong, here or while the caller decodes, becomes one clear :class:`MediaError`.
    """
    name = path.name
    try:
        size_bytes = _check_file(path)
        with path.open("rb") as file:
            kind = sniff(file.read(HEAD_BYTES))
            if kind is None:
                raise _unknown(name)
            header = read_header(file, kind, size_bytes)
            if header.tiff and header.tiff.is_camera_raw:
                raise _unknown(name)
            _check_pixels(name, header.width, header.height)
            stored = open_stored(file, kind, header)
            _check_pixels(name, stored.size.width, stored.size.height)
            yield file, kind, header, stored
    except MediaError:
        raise
    except PermissionError as error:
        raise MediaError(
            N_("{file} may not be read. Copy it to a folder of your own and choose it there."),
            file=name,
            code="media.forbidden",
            detail=str(error),
        ) from error
    except TooHeavyError as error:
        raise MediaError(
            N_("{file} needs too much memory in this form. Save it as JPEG and use that."),
            file=name,
            code="media.memory",
            detail=str(error),
        ) from error
    except MemoryError as error:
        raise MediaError(
            N_(
                "{file} needs more memory than is free. Close other programs or use a smaller copy."
            ),
            file=name,
            code="media.memory",
        ) from error
    except Exception as error:  # decoders raise everything there is at a stranger's bytes
        detail = f"{type(error).__name__}: {error}"
        _log.info("%s cannot be decoded: %s", name, detail)
        raise MediaError(
            N_("{file} is damaged or incomplete. Copy it again from the phone or camera."),
            file=name,
            code="media.damaged",
            detail=detail,
        ) from error


def _check_file(path: Path) -> int:
    """The file's length in bytes, when it is one that may be opened."""
    if not path.exists():
        raise MediaError(
            N_("{file} is not there. Check the name, or choose the picture again."),
            file=path.name,
            code="media.missing",
        )
    if not path.is_file():
        raise MediaError(
            N_("{file} is not a file. Choose a picture."), file=path.name, code="media.missing"
        )
    size_bytes = path.stat().st_size
    if size_bytes == 0:
        raise MediaError(
            N_("{file} is empty (0 bytes). Copy it again from the phone or camera."),
            file=path.name,
            code="media.empty",
        )
    if size_bytes > MAX_BYTES:
        raise MediaError(
            N_("{file} has {size} MB; a picture may have {limit} MB. Use a smaller copy."),
            file=path.name,
            size=-(-size_bytes // 1_000_000),
            limit=MAX_BYTES // 1_000_000,
            code="media.too-many-bytes",
        )
    return size_bytes


def _check_pixels(name: str, width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise MediaError(
            N_(
                "{file} has {size} megapixels; a picture may have {limit} megapixels. "
                "Use a smaller copy."
            ),
            file=name,
            size=-(-width * height // 1_000_000),
            limit=MAX_PIXELS // 1_000_000,
            code="media.too-many-pixels",
        )


def _unknown(name: str) -> MediaError:
    return MediaError(
        N_(
            "{file} is not a picture that can be used here. "
            "Use JPEG, PNG, WebP, AVIF, HEIC, TIFF, BMP or GIF."
        ),
        file=name,
        code="media.unknown-format",
    )
