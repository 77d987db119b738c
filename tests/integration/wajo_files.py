"""Posts and archives for the tests, honest and hostile; archives are written byte by byte
where an honest library would refuse to."""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

POST = """schema = 1
name = "Kecil"
agency = "diskominfotik"
template = "polos"
placements = ["instagram.feed"]

[[media]]
id = "foto1"
path = "media/foto.jpg"
"""


def make_folder(
    folder: Path, post: str = POST, files: Mapping[str, bytes] = MappingProxyType({})
) -> Path:
    """A post folder with one picture, and other files by their path."""
    (folder / "media").mkdir(parents=True)
    (folder / "post.toml").write_text(post, "utf-8")
    (folder / "media" / "foto.jpg").write_bytes(b"\xff\xd8 picture \xff\xd9")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@dataclass(frozen=True)
class Entry:
    """One entry of a hand-made archive; what is None follows from the content."""

    name: str | bytes
    content: bytes = b"x"
    mode: int = 0o100644
    flags: int = 0x800
    method: int = 0
    declared_bytes: int | None = None
    checksum: int | None = None
    attributes: int = 0
    local_name: bytes | None = None
    at: int | None = None
    """Offset to tell in the directory instead of the true one."""

    def packed(self) -> bytes:
        """The content as it is stored."""
        if self.method != zipfile.ZIP_DEFLATED:
            return self.content
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
        return squeeze.compress(self.content) + squeeze.flush()


def zip_bytes(entries: Iterable[Entry]) -> bytes:
    """A zip file with exactly these entries, whatever they are."""
    body, directory, count = bytearray(), bytearray(), 0
    for entry in entries:
        name = entry.name if isinstance(entry.name, bytes) else entry.name.encode()
        packed = entry.packed()
        size = len(entry.content) if entry.declared_bytes is None else entry.declared_bytes
        checksum = zlib.crc32(entry.content) if entry.checksum is None else entry.checksum
        common = struct.pack(
            "<HHHHHIII", 20, entry.flags, entry.method, 0, 33, checksum, len(packed), size
        )
        at = len(body) if entry.at is None else entry.at
        local_name = name if entry.local_name is None else entry.local_name
        body += b"PK\3\4" + common + struct.pack("<HH", len(local_name), 0) + local_name + packed
        directory += b"PK\1\2" + struct.pack("<H", 3 << 8 | 20) + common
        directory += struct.pack(
            "<HHHHHII", len(name), 0, 0, 0, 0, entry.mode << 16 | entry.attributes, at
        )
        directory += name
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\5\6" + end


def post_entries(prefix: str = "") -> list[Entry]:
    """The entries of an honest archive."""
    return [
        Entry(f"{prefix}post.toml", POST.encode()),
        Entry(f"{prefix}media/foto.jpg", b"\xff\xd8 picture \xff\xd9"),
    ]
