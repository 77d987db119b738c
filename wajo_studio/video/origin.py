"""What a clip's file tells about where it comes from, read from everything but its pictures."""

from pathlib import Path

from wajo_studio.domain.origin_words import making_of, tool_of
from wajo_studio.domain.seen import FileOrigin
from wajo_studio.video import source
from wajo_studio.video.boxes import top_level_boxes

_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""How boxes with XMP (ISO 16684-1) and with content credentials (C2PA 2.1, annex A) are marked."""
_MOST_BYTES = 4_000_000
_PLACES = ("location", "xyz", "gps")


def clip_origin(path: Path) -> FileOrigin:
    """What the metadata of a clip says.

    Raises:
        MediaError: the file cannot be read.
    """
    with source.open_media(path) as container:
        told = dict(container.metadata)
        for stream in container.streams:
            told |= stream.metadata
    words = "\n".join(f"{key}={value}" for key, value in told.items()).encode()
    signed = False
    for box in top_level_boxes(path):
        if box.name == "uuid":
            with path.open("rb") as file:
                file.seek(box.content_start)
                content = file.read(min(box.end - box.content_start, _MOST_BYTES))
            signed |= content.startswith(_C2PA)
            words += content if content.startswith((_C2PA, _XMP)) else b""
    return FileOrigin(
        location=any(place in key.lower() for key in told for place in _PLACES),
        making=making_of(words),
        tool=tool_of(words),
        signed=signed,
    )
