"""Broken and hostile files, made here: refused in one sentence, memory bounded."""

import struct
import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy
import pytest
from PIL import Image, PngImagePlugin, features

from tests.integration.photo_files import (
    Maker,
    difference,
    png_chunk,
    png_file,
    smooth_photo,
)
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import MediaError
from wajo_studio.photo import load
from wajo_studio.photo.load import inspect_photo, open_photo


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """Saves pictures for one test."""
    return Maker(tmp_path)


def _refusal(path: Path) -> MediaError:
    with pytest.raises(MediaError) as caught:
        open_photo(path)
    message = str(caught.value)
    assert path.name in message
    assert "Traceback" not in message
    assert "\n" not in message
    return caught.value


def test_what_is_not_there_or_no_file(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "gone.jpg").code == "media.missing"
    assert _refusal(tmp_path).code == "media.missing"


def test_empty(make: Maker) -> None:
    assert _refusal(make(b"", "empty.jpg")).code == "media.empty"


def test_too_many_bytes(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff\xe0")
        file.truncate(load.MAX_BYTES + 1)
    refusal = _refusal(path)
    assert refusal.code == "media.too-many-bytes"
    assert "201 MB" in str(refusal)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"BM rilis berita resmi",
        b"PK\x03\x04docx",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"\0\0\0\x18ftypqt  \0\0\0\0qt  mif1",
        b"8BPS\0\1",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"II*\0\x10\0\0\0CR\x02\0",
        b"\xff",
        bytes(64),
    ],
)
def test_unknown_formats_are_told_what_works(make: Maker, content: bytes) -> None:
    refusal = _refusal(make(content, "letter.jpg"))
    assert refusal.code == "media.unknown-format"
    assert "JPEG" in str(refusal)
    assert "HEIC" in str(refusal)


def test_a_camera_raw_is_not_taken_for_its_thumbnail(make: Maker) -> None:
    path = make(smooth_photo(), "raw.dng", format="TIFF", tiffinfo={50706: b"\1\4\0\0"})
    assert _refusal(path).code == "media.unknown-format"


def _samples() -> dict[str, bytes]:
    found = {}
    kinds: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 90},
        "JPEG-progressive": {"quality": 90, "progressive": True},
        "PNG": {},
        "WEBP": {"quality": 90},
        "WEBP-lossless": {"lossless": True},
        "AVIF": {"quality": 90},
        "TIFF": {},
        "TIFF-lzw": {"compression": "tiff_lzw"},
        "BMP": {},
        "GIF": {},
    }
    for kind, options in kinds.items():
        content = BytesIO()
        noise = numpy.random.default_rng(5).integers(0, 256, (60, 90, 3), dtype=numpy.uint8)
        Image.fromarray(noise).save(content, kind.partition("-")[0], **options)
        found[kind] = content.getvalue()
    return found


@pytest.mark.parametrize("kind", list(_samples()))
def test_cut_off_at_every_stage(make: Maker, kind: str) -> None:
    whole = _samples()[kind]
    assert open_photo(make(whole, "whole.jpg")).size == (90, 60)
    stages = {1, 3, 11, 17, 24, 40, *(len(whole) * part // 20 for part in range(1, 20))}
    for length in sorted(stages):
        _refusal(make(whole[:length], f"cut-{length}.jpg"))


@pytest.mark.shared_media
def test_a_heic_cut_off_at_every_stage(make: Maker, shared_media: Path) -> None:
    source = shared_media / "photos" / "phone-12mp-heic-p3-gps-iphone7.heic"
    whole = source.read_bytes()
    for part in (0.0001, 0.001, 0.004, 0.1, 0.6, 0.99):
        _refusal(make(whole[: int(len(whole) * part)], "cut.heic"))


@pytest.mark.parametrize("kind", list(_samples()))
def test_random_damage_never_escapes_as_a_crash(make: Maker, kind: str) -> None:
    whole = _samples()[kind]
    random = numpy.random.default_rng(11)
    for _round in range(25):
        broken = bytearray(whole)
        for at in random.integers(0, len(whole), 6):
            broken[at] = random.integers(0, 256)
        path = make(bytes(broken), "broken.jpg")
        try:
            image = open_photo(path)
        except MediaError as error:
            assert path.name in str(error)
        else:
            assert image.mode == "RGB"


# --- bombs: small files that would fill the memory


def test_a_png_of_too_many_pixels_is_refused_by_its_header(make: Maker) -> None:
    path = make(png_file(20_000, 10_001, 8, 2, b""), "bomb.png")
    refusal = _refusal(path)
    assert refusal.code == "media.too-many-pixels"
    assert "201 mega" in str(refusal)
    assert "200 mega" in str(refusal)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.gif", b"GIF89a\xff\xff\xff\xff\0\0\0;"),
        (
            "bomb.bmp",
            b"BM"
            + struct.pack(
                "<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 50_000, 50_000, 1, 24, 0, 0, 0, 0, 0, 0
            ),
        ),
        (
            "bomb.webp",
            b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff" + bytes(8),
        ),
        (
            "bomb.jpg",
            b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x11\0\2\x11\0\3\x11\0\xff\xda\0\2",
        ),
        (
            "bomb.tif",
            b"II*\0\x08\0\0\0\2\0"
            + struct.pack("<HHIIHHIII", 256, 4, 1, 60_000, 257, 4, 1, 60_000, 0),
        ),
    ],
)
def test_headers_that_promise_gigapixels(make: Maker, name: str, content: bytes) -> None:
    assert _refusal(make(content, name)).code == "media.too-many-pixels"


def test_a_png_with_huge_text(make: Maker) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "A" * 30_000_000, zip=True)
    path = make(smooth_photo(), "text.png", pnginfo=info)
    assert path.stat().st_size < 100_000
    assert _refusal(path).code == "media.damaged"


def test_a_png_of_a_million_chunks(make: Maker) -> None:
    path = make(
        png_file(8, 8, 8, 0, bytes(72), png_chunk(b"tEXt", b"a\0b") * 300_000), "chunks.png"
    )
    assert _refusal(path).code == "media.damaged"


def _tags(entries: list[tuple[int, int, int, int]], tail: bytes = b"") -> bytes:
    """A TIFF of nothing but tags: number, type, count, value."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + bytes(4) + tail


def test_a_tiff_whose_tags_all_claim_the_same_megabytes(make: Maker) -> None:
    entries = [(256, 4, 1, 64), (257, 4, 1, 64)]
    entries += [(40_000 + n, 1, 1_000_000, 8) for n in range(2_000)]
    assert _refusal(make(_tags(entries, bytes(1_000_000)), "a.tif")).code == "media.damaged"


def test_a_tiff_of_a_million_strips_or_tags(make: Maker) -> None:
    strips = [(256, 4, 1, 64), (257, 4, 1, 64), (273, 4, 1_000_000, 500)]
    assert _refusal(make(_tags(strips, bytes(4_100_000)), "s.tif")).code == "media.damaged"
    tags = [(n, 1, 1, 1) for n in range(60_000)]
    assert _refusal(make(_tags(tags), "t.tif")).code == "media.damaged"


def test_exif_that_would_fill_the_memory_is_not_read(make: Maker) -> None:
    """2,000 tags that share 15 kB are 30 MB; over several segments it would be gigabytes."""
    exif = _tags(
        [(274, 3, 1, 6)] + [(40_000 + n, 1, 15_000, 8) for n in range(2_000)], bytes(15_000)
    )
    body = b"Exif\0\0" + exif
    jpeg = BytesIO()
    smooth_photo().transpose(Image.Transpose.ROTATE_90).save(jpeg, "JPEG", quality=95)
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    path = make(jpeg.getvalue()[:2] + segment + jpeg.getvalue()[2:], "exif.jpg")
    tracemalloc.start()
    try:
        assert inspect_photo(path).size == PixelSize(120, 80)
        assert difference(open_photo(path), smooth_photo()) < 6
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_exif_that_points_at_itself(make: Maker) -> None:
    exif = _tags([(0x8825, 4, 1, 8), (274, 3, 1, 1)])
    for kind in ("JPEG", "PNG", "WEBP"):
        path = make(smooth_photo(), "loop.bin", format=kind, exif=exif)
        assert inspect_photo(path).size == PixelSize(120, 80)
        assert open_photo(path).size == (120, 80)


def test_a_jpeg_of_endless_scans(make: Maker) -> None:
    content = BytesIO()
    smooth_photo().save(content, "JPEG", progressive=True)
    jpeg = content.getvalue()
    at = jpeg.rfind(b"\xff\xda")
    path = make(jpeg[:at] + jpeg[at:-2] * 400 + jpeg[-2:], "scans.jpg")
    assert _refusal(path).code == "media.damaged"


def test_every_decoder_is_there() -> None:
    assert features.check("avif")
    assert features.check("webp")
    assert features.check("libtiff")
    assert features.check("littlecms2")
