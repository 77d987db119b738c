"""Making picture files for the photo tests."""

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy
from PIL import Image


class Maker:
    """Saves images, or bytes, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(
        self, content: Image.Image | bytes, name: str = "photo.png", **options: Any
    ) -> Path:
        """Save under ``name`` with Pillow's ``options`` and return the path."""
        path = self._folder / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content.save(path, **options)
        return path


def smooth_photo(width: int = 120, height: int = 80) -> Image.Image:
    """Smooth colours, different in each corner."""
    red = Image.linear_gradient("L").resize((width, height))
    green = red.transpose(Image.Transpose.ROTATE_180)
    blue = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize((width, height))
    return Image.merge("RGB", (red, green, blue))


def difference(first: Image.Image, second: Image.Image) -> float:
    """Mean difference of two pictures in 0-255."""
    a, b = (numpy.asarray(image.convert("RGB")).astype(int) for image in (first, second))
    return float(abs(a - b).mean())


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_file(
    width: int, height: int, bits: int, colour: int, rows: bytes, extra: bytes = b""
) -> bytes:
    """A PNG of filtered ``rows``, with ``extra`` chunks before its pixels."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    data = png_chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + head + extra + data + png_chunk(b"IEND", b"")
