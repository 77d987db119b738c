"""Files and parcels for deliveries: small, and recognisable in what a fake received."""

import functools
import hashlib
from pathlib import Path
from typing import Literal

from wajo_studio.networks.parcel import ParcelFile

_BEGINS = {".jpg": b"\xff\xd8\xff\xe0", ".mp4": b"\x00\x00\x00\x18ftypmp42"}


@functools.lru_cache(maxsize=16)
def content(name: str, size: int) -> bytes:
    """Bytes that differ from place to place and from name to name, and begin as their kind does."""
    block = hashlib.sha256(name.encode()).digest()
    begin = _BEGINS.get(Path(name).suffix, b"")
    return (
        begin
        + b"".join(
            hashlib.sha256(block + number.to_bytes(4, "big")).digest()
            for number in range(size // 32 + 1)
        )
    )[:size]


def parcel_file(
    folder: Path,
    name: str,
    kind: Literal["image", "video", "subtitles"],
    size: int = 1000,
    *,
    duration_s: float | None = None,
    alt: str = "",
) -> ParcelFile:
    """A file of ``size`` bytes in ``folder``."""
    path = folder / name
    data = content(name, size)
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    return ParcelFile(path, kind, size, digest, 1080, 1920, duration_s, alt)


def picture(folder: Path, number: int, alt: str = "", size: int = 2000) -> ParcelFile:
    """``01.jpg`` and so on."""
    return parcel_file(folder, f"{number:02}.jpg", "image", size, alt=alt)


def clip(folder: Path, size: int = 2_500_000, duration_s: float = 30.0) -> ParcelFile:
    """A clip in name and size."""
    return parcel_file(folder, "01.mp4", "video", size, duration_s=duration_s)


def subtitles(folder: Path) -> ParcelFile:
    """A subtitle file in name and size."""
    return parcel_file(folder, "subtitles.srt", "subtitles", 300)
