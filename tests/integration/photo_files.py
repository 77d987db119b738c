"""Making picture files for the photo tests."""

import struct
import zlib
from io import BytesIO
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


def tiled_avif(tile: Image.Image, columns: int, rows: int) -> bytes:
    """An AVIF that repeats ``tile`` as a grid, as phones store large pictures."""
    content = BytesIO()
    tile.save(content, "AVIF", quality=95)
    whole = content.getvalue()
    config = _box_at(whole, b"av1C")
    pixels = _box_at(whole, b"mdat")[8:]
    width, height = tile.width * columns, tile.height * rows
    grid = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
    tiles = range(2, columns * rows + 2)

    def entry(item: int, kind: bytes) -> bytes:
        return _full(b"infe", 2, struct.pack(">HH4s", item, 0, kind) + b"\0")

    infos = entry(1, b"grid") + b"".join(entry(item, b"av01") for item in tiles)
    links = struct.pack(f">HH{len(tiles)}H", 1, len(tiles), *tiles)
    sizes = [_full(b"ispe", 0, struct.pack(">II", *size)) for size in (tile.size, (width, height))]
    depth = _full(b"pixi", 0, bytes([3, 8, 8, 8]))
    owns = struct.pack(">HBBB", 1, 2, 3, 4)
    owns += b"".join(struct.pack(">HBBBB", item, 3, 0x81, 2, 4) for item in tiles)
    properties = _box(b"ipco", config + b"".join(sizes) + depth)
    properties += _full(b"ipma", 0, struct.pack(">I", len(tiles) + 1) + owns)

    def meta(offset: int) -> bytes:
        places = struct.pack(">HHHII", 1, 0, 1, offset, len(grid))
        for item in tiles:
            places += struct.pack(">HHHII", item, 0, 1, offset + len(grid), len(pixels))
        parts = (
            _full(b"hdlr", 0, struct.pack(">I4s12x", 0, b"pict") + b"\0"),
            _full(b"pitm", 0, struct.pack(">H", 1)),
            _full(b"iloc", 0, struct.pack(">BBH", 0x44, 0, len(tiles) + 1) + places),
            _full(b"iinf", 0, struct.pack(">H", len(tiles) + 1) + infos),
            _full(b"iref", 0, _box(b"dimg", links)),
            _box(b"iprp", properties),
        )
        return _full(b"meta", 0, b"".join(parts))

    start = _box(b"ftyp", b"avif\0\0\0\0avifmif1miaf")
    offset = len(start) + len(meta(0)) + 8
    return start + meta(offset) + _box(b"mdat", grid + pixels)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _full(kind: bytes, version: int, body: bytes) -> bytes:
    return _box(kind, struct.pack(">I", version << 24) + body)


def _box_at(content: bytes, kind: bytes) -> bytes:
    at = content.find(kind) - 4
    return content[at : at + int.from_bytes(content[at : at + 4], "big")]
