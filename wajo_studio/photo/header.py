"""What a picture file says of itself before any pixel is decoded, read within bounds."""

import re
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from wajo_studio.photo.tags import ExifFacts, TagsError, TiffFacts, exif_facts, tiff_facts

_MAX_EXIF_BYTES = 4_000_000
_MAX_XMP_BYTES = 4_000_000
_MAX_JPEG_SEGMENTS = 5_000
_MAX_JPEG_SCANS = 300
_MAX_PNG_CHUNKS = 200_000
_MAX_WEBP_CHUNKS = 20_000
_ISO_HEAD_BYTES = 200_000
_XMP_ORIENTATION = re.compile(rb"tiff:Orientation(?:=[\"']|>)([1-8])")
_EXIF, _XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"


class HeaderError(ValueError):
    """The header is broken, ends too early, or is built to exhaust memory."""


class TooHeavyError(ValueError):
    """A sound picture that would need more memory than any other of its size."""


@dataclass(frozen=True)
class Header:
    """Facts from a file's header.

    Attributes:
        width, height: stored size in pixels; 0 where only the decoder can tell.
        orientation: EXIF value 1-8 still to be applied to the stored pixels.
        has_gps: whether the file tells where it was taken.
        cicp: code points of colour primaries and transfer (ITU-T H.273) where the file has them.
        is_animated: whether it holds several frames.
        tiff: the tags of a TIFF.
        profile: ICC profile of a WebP; the decoders tell that of the other formats.
    """

    width: int = 0
    height: int = 0
    orientation: int = 1
    has_gps: bool = False
    cicp: tuple[int, int] | None = None
    is_animated: bool = False
    tiff: TiffFacts | None = None
    profile: bytes | None = None


def read_header(file: BinaryIO, name: str, size_bytes: int) -> Header:
    """Read the header of a picture whose format is known.

    Args:
        file: open for reading; its position is not kept.
        name: format as :func:`wajo_studio.photo.formats.sniff` tells it.
        size_bytes: length of the file.

    Raises:
        HeaderError: the file is cut off, broken or hostile.
    """
    readers = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif, "TIFF": _tiff}
    file.seek(0)
    try:
        if name in {"AVIF", "HEIF"}:
            return _iso(file, size_bytes)
        return readers[name](file, size_bytes) if name in readers else Header()
    except (TagsError, struct.error, IndexError) as error:
        raise HeaderError(str(error)) from error


def metadata_facts(exif: bytes, xmp: bytes = b"") -> ExifFacts:
    """Orientation and place from EXIF and XMP; broken EXIF counts as none.

    Raises:
        HeaderError: a block is larger than any camera writes.
    """
    if len(exif) > _MAX_EXIF_BYTES or len(xmp) > _MAX_XMP_BYTES:
        raise HeaderError("metadata too large")
    facts = ExifFacts()
    if exif:
        with suppress(TagsError):
            facts = exif_facts(exif)
    orientation = facts.orientation
    if orientation == 1 and (match := _XMP_ORIENTATION.search(xmp)):
        orientation = int(match.group(1))
    return ExifFacts(orientation, facts.has_gps or b"GPSLatitude" in xmp)


def _jpeg(file: BinaryIO, size_bytes: int) -> Header:
    exif, xmp = bytearray(), b""
    width = height = 0
    position = 2
    for _segment in range(_MAX_JPEG_SEGMENTS):
        file.seek(position)
        marker = file.read(4)
        while marker[:2] == b"\xff\xff":  # fill bytes
            position += 1
            marker = marker[1:] + file.read(1)
        code, length = struct.unpack(">HH", marker)
        if code == 0xFFDA:
            _check_scans(file, position, size_bytes)
            break
        if code < 0xFFC0 or length < 2:
            raise HeaderError(f"JPEG marker {code:04x}")
        if 0xFFC0 <= code <= 0xFFCF and code not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack(">xHH", file.read(5))
        elif code == 0xFFE1:
            body = file.read(length - 2)
            if body.startswith(_EXIF):
                exif += body[len(_EXIF) :]
            elif body.startswith(_XMP):
                xmp = body[len(_XMP) :]
        position += 2 + length
    else:
        raise HeaderError("too many JPEG segments")
    if not (width and height):
        raise HeaderError("JPEG without size")
    facts = metadata_facts(bytes(exif), xmp)
    return Header(width, height, facts.orientation, facts.has_gps)


def _check_scans(file: BinaryIO, position: int, size_bytes: int) -> None:
    """Refuse a progressive JPEG with so many passes that decoding it would take hours."""
    file.seek(position)
    scans, tail = 0, b""
    for _block in range(position, size_bytes + 1, 1 << 20):
        block = tail + file.read(1 << 20)
        scans += block.count(b"\xff\xda")
        tail = block[-1:]
    if scans > _MAX_JPEG_SCANS:
        raise HeaderError(f"{scans} JPEG scans")


def _png(file: BinaryIO, size_bytes: int) -> Header:
    exif, xmp = b"", b""
    width = height = 0
    cicp = None
    position = 8
    for _chunk in range(_MAX_PNG_CHUNKS):
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            raise HeaderError("PNG ends too early")
        length, kind = struct.unpack(">I4s", head)
        if kind == b"IEND":
            break
        if position + 12 + length > size_bytes:
            raise HeaderError("PNG ends too early")
        if kind == b"IHDR":
            width, height = struct.unpack(">II", file.read(8))
        elif kind == b"eXIf" and length <= _MAX_EXIF_BYTES:
            exif = file.read(length)
        elif kind == b"iTXt" and length <= _MAX_XMP_BYTES:
            text = file.read(length)
            xmp = text if text.startswith(b"XML:com.adobe.xmp\0") else xmp
        elif kind == b"cICP" and length == 4:
            primaries, transfer = file.read(2)
            cicp = (primaries, transfer)
        position += 12 + length
    else:
        raise HeaderError("too many PNG chunks")
    facts = metadata_facts(exif, xmp)
    return Header(width, height, facts.orientation, facts.has_gps, cicp)


def _webp(file: BinaryIO, size_bytes: int) -> Header:
    blocks = {b"EXIF": b"", b"XMP ": b"", b"ICCP": b""}
    width = height = 0
    is_animated = False
    riff_bytes = 8 + struct.unpack("<4xI", file.read(8))[0]
    if riff_bytes > size_bytes:
        raise HeaderError("WebP ends too early")
    position = 12
    for _chunk in range(_MAX_WEBP_CHUNKS):
        if position + 8 > riff_bytes:
            break
        file.seek(position)
        kind, length = struct.unpack("<4sI", file.read(8))
        if position + 8 + length > riff_bytes:
            raise HeaderError("WebP ends too early")
        body = file.read(min(length, 10))
        if kind == b"VP8X":
            is_animated = bool(body[0] & 0x02)
            width = 1 + int.from_bytes(body[4:7], "little")
            height = 1 + int.from_bytes(body[7:10], "little")
        elif kind == b"VP8 " and not width:
            width, height = (edge & 0x3FFF for edge in struct.unpack("<HH", body[6:10]))
        elif kind == b"VP8L" and not width:
            bits = int.from_bytes(body[1:5], "little")
            width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        elif kind in blocks and length <= _MAX_EXIF_BYTES:
            file.seek(position + 8)
            blocks[kind] = file.read(length)
        position += 8 + length + length % 2
    else:
        raise HeaderError("too many WebP chunks")
    if not (width and height):
        raise HeaderError("WebP without a picture")
    facts = metadata_facts(blocks[b"EXIF"], blocks[b"XMP "])
    return Header(
        width,
        height,
        facts.orientation,
        facts.has_gps,
        is_animated=is_animated,
        profile=blocks[b"ICCP"] or None,
    )


def _gif(file: BinaryIO, size_bytes: int) -> Header:
    width, height = struct.unpack("<6xHH", file.read(10))
    return Header(width, height)


def _tiff(file: BinaryIO, size_bytes: int) -> Header:
    facts = tiff_facts(file, size_bytes)
    return Header(facts.width, facts.height, facts.exif.orientation, facts.exif.has_gps, tiff=facts)


def _iso(file: BinaryIO, size_bytes: int) -> Header:
    """AVIF and HEIF: completeness and colour; the decoder tells size and orientation."""
    position = 0
    while position < size_bytes:
        file.seek(position)
        length, kind = struct.unpack(">I4s", file.read(8))
        if length == 1:
            length = struct.unpack(">Q", file.read(8))[0]
        if length == 0:  # the box goes on to the end of the file
            break
        if length < 8 or position + length > size_bytes:
            raise HeaderError(f"box {kind!r} ends too early")
        position += length
    file.seek(0)
    head = file.read(_ISO_HEAD_BYTES)
    at = head.find(b"colrnclx")
    cicp = struct.unpack(">HH", head[at + 8 : at + 12]) if at >= 0 else None
    return Header(cicp=cicp)
