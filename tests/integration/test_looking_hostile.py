"""Two hundred broken and hostile pictures: nothing that looks at them breaks or takes long."""

import random
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests import mock_documents as mock
from wajo_studio.domain.seen import FileOrigin
from wajo_studio.errors import MediaError
from wajo_studio.photo.codes import read_codes
from wajo_studio.photo.faces import locate_faces
from wajo_studio.photo.likeness import flat_share, likeness
from wajo_studio.photo.load import open_photo
from wajo_studio.photo.origin import picture_origin

LONGEST_S = 5.0


def whole(kind: str) -> bytes:
    file = BytesIO()
    xmp = b"<x:xmpmeta>trainedAlgorithmicMedia</x:xmpmeta>"
    mock.plate("DW 1101 BX").resize((300, 200)).save(file, kind, exif=Image.Exif(), xmp=xmp)
    return file.getvalue()


def damaged(content: bytes, dice: random.Random) -> bytes:
    """Bytes changed, cut off, repeated or put in, mostly among the first, where headers are."""
    broken = bytearray(content)
    for _change in range(dice.randrange(1, 12)):
        at = min(len(broken) - 1, int(dice.expovariate(1 / 150)))
        action = dice.randrange(4)
        if action == 0:
            broken[at] = dice.randrange(256)
        elif action == 1:
            broken[at:at] = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 40)))
        elif action == 2:
            del broken[at : at + dice.randrange(1, 40)]
        else:
            broken[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(broken[: dice.randrange(1, len(broken) + 1)] if dice.random() < 0.2 else broken)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_nothing_breaks(kind: str, tmp_path: Path) -> None:
    content, dice = whole(kind), random.Random(11)
    path = tmp_path / "a.jpg"
    for _file in range(50):
        path.write_bytes(damaged(content, dice))
        start = time.monotonic()
        assert isinstance(picture_origin(path), FileOrigin)
        try:
            image = open_photo(path)
        except MediaError:
            continue
        locate_faces(image)
        read_codes(image)
        assert len(likeness(image)) in (0, 16)
        assert 0 <= flat_share(image) <= 1
        assert time.monotonic() - start < LONGEST_S
