"""Small files that look like what is published, and parcels of them."""

import hashlib
from pathlib import Path
from typing import Any

from wajo_studio.networks.parcel import Parcel, ParcelFile

CAPTION = "Pelayanan keliling hari ini di Kecamatan Tempe. #WajoMaradeka\n\nPukul 08.00 WITA ✅"


def picture(folder: Path, number: int, *, size_bytes: int = 20_000) -> ParcelFile:
    """A file that begins like a JPEG."""
    content = b"\xff\xd8\xff\xe0" + f"{number} ".encode() * size_bytes
    return _file(folder / f"{number:02}.jpg", content[:size_bytes], "image", f"Foto {number}")


def clip(folder: Path, *, size_bytes: int = 300_000) -> ParcelFile:
    """A file that begins like an MP4."""
    pattern = hashlib.sha256(b"clip").digest()
    content = b"\x00\x00\x00\x18ftypmp42" + pattern * (size_bytes // 32)
    return _file(folder / "01.mp4", content[:size_bytes], "video", "")


def _file(path: Path, content: bytes, kind: Any, alt: str) -> ParcelFile:
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    duration = 12.0 if kind == "video" else None
    return ParcelFile(path, kind, len(content), digest, 1080, 1350, duration, alt)


def parcel(placement: str, *items: ParcelFile, caption: str = CAPTION, **more: Any) -> Parcel:
    """A parcel with a caption."""
    texts = {"caption": caption} if caption else {}
    return Parcel(placement, items, texts, **more)
