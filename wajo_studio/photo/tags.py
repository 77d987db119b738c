"""The few TIFF tags the program needs, read within bounds.

EXIF is a TIFF without pixels. A hostile file can hold thousands of tags that all point to the
same megabytes, so nothing is read here but the tags asked for, and a TIFF whose tags claim more
bytes than it has is refused before a library reads them all.
"""

import struct
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

_MAX_ENTRIES = 2_048
_MAX_STRIPS = 250_000
_TYPE_BYTES = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
"""Bytes of one value by TIFF type; one byte for every other type."""

_SUBFILE_TYPE, _WIDTH, _HEIGHT, _PHOTOMETRIC = 254, 256, 257, 262
_STRIP_OFFSETS, _ORIENTATION, _TILE_OFFSETS, _SUB_IFDS = 273, 274, 324, 330
_GPS_IFD, _DNG_VERSION = 0x8825, 50706
_EXIF_IFD, _PERSONAL = 0x8769, {0xA430, 0xA431, 0xA435}  # owner, serials of camera and lens
_GPS_LATITUDE, _GPS_LONGITUDE = 2, 4
_RAW_PHOTOMETRICS = {32803, 34892}  # colour filter array, linear raw


class TagsError(ValueError):
    """The tags are broken, or claim more than a picture can need."""


@dataclass(frozen=True)
class ExifFacts:
    """What the program wants from EXIF: ``orientation`` is 1-8, 1 when it says nothing.

    ``names_device``: it holds the name of the owner or a serial number.
    """

    orientation: int = 1
    has_gps: bool = False
    names_device: bool = False


@dataclass(frozen=True)
class TiffFacts:
    """A TIFF's first picture: stored size in pixels, EXIF facts, whether it is a camera raw."""

    width: int
    height: int
    exif: ExifFacts
    is_camera_raw: bool
    white_is_zero: bool


@dataclass(frozen=True)
class _Entry:
    kind: int
    count: int
    field: bytes
    """The value itself where it fits, else its place in the file."""


class _Reader:
    """Finds directories of tags in a TIFF structure."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        head = self._read(0, 16)
        if head[:2] not in (b"II", b"MM"):
            raise TagsError("no TIFF header")
        self._order = "<" if head[:2] == b"II" else ">"
        magic = self._number("H", head[2:4])
        self._big = magic == 43
        if magic not in (42, 43):
            raise TagsError(f"TIFF version {magic}")
        self.first = self._number("Q", head[8:16]) if self._big else self._number("I", head[4:8])

    def _read(self, offset: int, length: int) -> bytes:
        try:
            self._file.seek(offset)
        except (OSError, OverflowError, ValueError) as error:
            raise TagsError(f"offset {offset}") from error
        return self._file.read(length)

    def _number(self, code: str, raw: bytes) -> int:
        try:
            return int(struct.unpack(self._order + code, raw)[0])
        except struct.error as error:
            raise TagsError("tags end too early") from error

    def entries(self, offset: int) -> dict[int, _Entry]:
        """The directory at ``offset``."""
        count_bytes, entry_bytes = (8, 20) if self._big else (2, 12)
        count = self._number("Q" if self._big else "H", self._read(offset, count_bytes))
        if count > _MAX_ENTRIES:
            raise TagsError(f"{count} tags")
        raw = self._read(offset + count_bytes, count * entry_bytes)
        found: dict[int, _Entry] = {}
        for at in range(0, len(raw) - entry_bytes + 1, entry_bytes):
            tag, kind = struct.unpack_from(self._order + "HH", raw, at)
            field = raw[at + (12 if self._big else 8) : at + entry_bytes]
            number = self._number("Q" if self._big else "I", raw[at + 4 : at + 4 + len(field)])
            found[tag] = _Entry(kind, number, field)
        return found

    def number(self, entry: _Entry | None, default: int) -> int:
        """The first value of a whole-number tag that fits its field, else ``default``."""
        codes = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q"}
        if entry is None or entry.kind not in codes or entry.count < 1:
            return default
        length = struct.calcsize(codes[entry.kind])
        if entry.count * length > len(entry.field):
            return default
        return self._number(codes[entry.kind], entry.field[:length])

    def facts(self, tags: dict[int, _Entry]) -> ExifFacts:
        """Orientation and place of a first directory."""
        orientation = self.number(tags.get(_ORIENTATION), 1)
        has_gps = False
        gps = self.number(tags.get(_GPS_IFD), 0)
        if gps:
            try:
                has_gps = {_GPS_LATITUDE, _GPS_LONGITUDE} <= self.entries(gps).keys()
            except TagsError:
                has_gps = True  # unreadable here, perhaps readable elsewhere: assume the worst
        names_device = False
        if exif := self.number(tags.get(_EXIF_IFD), 0):
            with suppress(TagsError):
                names_device = bool(_PERSONAL & self.entries(exif).keys())
        return ExifFacts(orientation if 1 <= orientation <= 8 else 1, has_gps, names_device)


def exif_facts(exif: bytes) -> ExifFacts:
    """Orientation and place from an EXIF block, with or without its ``Exif`` prefix.

    Raises:
        TagsError: the block is no EXIF.
    """
    reader = _Reader(BytesIO(exif.removeprefix(b"Exif\0\0")))
    return reader.facts(reader.entries(reader.first))


def tiff_facts(file: BinaryIO, size_bytes: int) -> TiffFacts:
    """Size and nature of the first picture in a TIFF file of ``size_bytes``.

    Raises:
        TagsError: the file is broken, or its tags are built to exhaust memory.
    """
    reader = _Reader(file)
    tags = reader.entries(reader.first)
    if _claimed(tags) > size_bytes:
        raise TagsError("tags claim more bytes than the file has")
    for tag in (_STRIP_OFFSETS, _TILE_OFFSETS):
        if tag in tags and tags[tag].count > _MAX_STRIPS:
            raise TagsError(f"{tags[tag].count} strips")
    width, height = (reader.number(tags.get(tag), 0) for tag in (_WIDTH, _HEIGHT))
    if width < 1 or height < 1:
        raise TagsError("no size")
    photometric = reader.number(tags.get(_PHOTOMETRIC), 1)
    is_thumbnail = bool(reader.number(tags.get(_SUBFILE_TYPE), 0) & 1)
    return TiffFacts(
        width,
        height,
        reader.facts(tags),
        is_camera_raw=_DNG_VERSION in tags
        or photometric in _RAW_PHOTOMETRICS
        or (is_thumbnail and _SUB_IFDS in tags),
        white_is_zero=photometric == 0,
    )


def _claimed(tags: dict[int, _Entry]) -> int:
    """Bytes that reading every value of a directory would take."""
    return sum(entry.count * _TYPE_BYTES.get(entry.kind, 1) for entry in tags.values())
