"""The boxes an MP4 file is made of: enough to see how it is laid out."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_CONTAINERS = frozenset({"moov", "trak", "edts", "mdia", "minf", "stbl"})
_MOST_BOXES = 512


@dataclass(frozen=True)
class Mp4Box:
    """One box: its name, where its content starts and where it ends, in bytes."""

    name: str
    content_start: int
    end: int


def top_level_boxes(path: Path) -> list[Mp4Box]:
    """The outermost boxes of a file in their order; a file of another kind gives few or none.

    Raises nothing: what cannot be read ends the list.
    """
    try:
        with path.open("rb") as file:
            return list(_boxes(file, 0, path.stat().st_size))
    except OSError:
        return []


def box_names(path: Path) -> set[str]:
    """Names of all boxes down to the sample tables, such as ``elst`` for an edit list."""
    names: set[str] = set()
    try:
        with path.open("rb") as file:
            pending = list(_boxes(file, 0, path.stat().st_size))
            while pending and len(names) < _MOST_BOXES:
                box = pending.pop()
                names.add(box.name)
                if box.name in _CONTAINERS:
                    pending.extend(_boxes(file, box.content_start, box.end))
    except OSError:
        return names
    return names


def _boxes(file: BinaryIO, position: int, end: int) -> Iterator[Mp4Box]:
    for _count in range(_MOST_BOXES):
        if position + 8 > end:
            return
        file.seek(position)
        size, name = struct.unpack(">I4s", file.read(8))
        header = 8
        if size == 1:
            size = struct.unpack(">Q", file.read(8).ljust(8, b"\0"))[0]
            header = 16
        box_end = end if size == 0 else position + size
        yield Mp4Box(name.decode("latin-1"), position + header, min(box_end, end))
        if box_end < position + header:
            return
        position = box_end
