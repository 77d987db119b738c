"""What a picture file tells about where it comes from, read from everything but its pixels."""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from wajo_studio.domain.origin_words import making_of, tool_of
from wajo_studio.domain.seen import FileOrigin
from wajo_studio.photo.formats import HEAD_BYTES, sniff
from wajo_studio.photo.tags import ExifFacts, TagsError, exif_facts

_MOST_BLOCKS = 5_000
_MOST_BYTES = 8_000_000
_EXIF = b"Exif\0\0"
_C2PA = re.compile(rb"jumb.{0,40}c2pa", re.DOTALL)
_PIXELS = {b"IDAT", b"VP8 ", b"VP8L", b"ANMF", b"ALPH", b"mdat", b"idat"}


def picture_origin(path: Path) -> FileOrigin:
    """What the metadata of a picture says; nothing where the file is broken.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        kind = sniff(file.read(HEAD_BYTES))
        size = path.stat().st_size
        words = exif = b""
        with suppress(struct.error, EOFError):
            for name, block in _blocks(file, kind, size):
                if name == b"EXIF":
                    exif = exif or block
                words += block
                if len(words) > _MOST_BYTES:
                    break
    facts = ExifFacts()
    with suppress(TagsError, struct.error):
        facts = exif_facts(exif) if exif else facts
    return FileOrigin(
        location=facts.has_gps or b"GPSLatitude" in words,
        device=facts.names_device or b"SerialNumber" in words or b"CameraOwnerName" in words,
        making=making_of(words),
        tool=tool_of(words),
        signed=bool(_C2PA.search(words)) or b"caBX" in words[:64],
    )


def _blocks(file: BinaryIO, kind: str | None, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of every part of the file that holds no pixels."""
    readers = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "AVIF": _iso, "HEIF": _iso}
    if kind in readers:
        yield from readers[kind](file, size)


def _jpeg(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    position = 2
    for _segment in range(_MOST_BLOCKS):
        file.seek(position)
        marker = file.read(4)
        code, length = struct.unpack(">HH", marker)
        if code == 0xFFDA or code < 0xFFC0 or length < 2:
            return
        if 0xFFE1 <= code <= 0xFFEF or code == 0xFFFE:
            block = file.read(length - 2)
            is_exif = block.startswith(_EXIF)
            yield (b"EXIF", block[len(_EXIF) :]) if is_exif else (b"APP", block)
        position += 2 + length


def _png(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    position = 8
    for _chunk in range(_MOST_BLOCKS):
        file.seek(position)
        length, name = struct.unpack(">I4s", file.read(8))
        if name == b"IEND" or position + length > size:
            return
        if name not in _PIXELS:
            block = file.read(min(length, _MOST_BYTES))
            yield (b"EXIF", block) if name == b"eXIf" else (name, name + b" " + block)
        position += 12 + length


def _webp(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    position = 12
    for _chunk in range(_MOST_BLOCKS):
        if position + 8 > size:
            return
        file.seek(position)
        name, length = struct.unpack("<4sI", file.read(8))
        if name not in _PIXELS:
            block = file.read(min(length, _MOST_BYTES)).removeprefix(_EXIF)
            yield name, block
        position += 8 + length + length % 2


def _iso(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    """AVIF and HEIF: their EXIF and XMP lie among the pixels, so both ends are searched."""
    file.seek(0)
    head = file.read(_MOST_BYTES // 4)
    at = head.find(_EXIF)
    if at >= 0:
        yield b"EXIF", head[at + len(_EXIF) : at + 200_000]
    for match in re.finditer(rb"<x:xmpmeta.{0,200000}?</x:xmpmeta>", head, re.DOTALL):
        yield b"XMP ", match[0]
    for match in _C2PA.finditer(head):
        yield b"jumb", head[match.start() : match.start() + 200_000]
