"""Which picture formats the program reads, told by content and never by name."""

from types import MappingProxyType

SUFFIXES = MappingProxyType(
    {
        "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
        "PNG": (".png",),
        "WEBP": (".webp",),
        "AVIF": (".avif",),
        "HEIF": (".heic", ".heif", ".hif"),
        "TIFF": (".tif", ".tiff"),
        "BMP": (".bmp", ".dib"),
        "GIF": (".gif",),
    }
)
"""Pillow's name of each format, with the file endings that fit it."""

HEAD_BYTES = 64
"""How much of a file :func:`sniff` needs."""

_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_SHARED_BRANDS = {b"mif1", b"mif2", b"msf1", b"miaf", b"1pic"}


def sniff(head: bytes) -> str | None:
    """Pillow's name of the format whose first bytes these are; None for anything else.

    Args:
        head: the first :data:`HEAD_BYTES` of the file, or all of a shorter one.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return None if head[8:10] == b"CR" else "TIFF"  # CR: Canon's raw files
    if head.startswith(b"BM") and _dib_header_bytes(head) in {12, 16, 40, 52, 56, 64, 108, 124}:
        return "BMP"
    if head[4:8] == b"ftyp":
        return _iso_format(head)
    return None


def _dib_header_bytes(head: bytes) -> int:
    return int.from_bytes(head[14:18], "little")


def _iso_format(head: bytes) -> str | None:
    """AVIF or HEIF by the brands of an ISO base media file; None for films."""
    length = int.from_bytes(head[:4], "big")
    major = head[8:12]
    brands = {head[at : at + 4] for at in range(16, min(length, len(head)) - 3, 4)} | {major}
    if major in _AVIF_BRANDS or (major in _SHARED_BRANDS and brands & _AVIF_BRANDS):
        return "AVIF"
    if major in _HEIF_BRANDS or (major in _SHARED_BRANDS and brands & _HEIF_BRANDS):
        return "HEIF"
    return None
