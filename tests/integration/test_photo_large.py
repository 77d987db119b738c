"""The way that only large WebP and AVIF files take gives the picture that small ones give."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.integration.photo_files import Maker, difference, smooth_photo, tiled_avif
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import MediaError
from wajo_studio.photo import decode
from wajo_studio.photo.load import inspect_photo, open_photo

SIZE = (960, 640)


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """Saves pictures for one test."""
    return Maker(tmp_path)


@pytest.fixture
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large begins at a thousand pixels, so that tests need no large files."""
    monkeypatch.setattr(decode, "_PILLOW_PIXELS", 1_000)


def _seen(path: Path) -> dict[str, Image.Image]:
    return {
        "whole": open_photo(path),
        "reduced": open_photo(path, at_least=PixelSize(200, 130)).resize((200, 133)),
    }


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("WEBP", {"quality": 90}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {"quality": 90}),
        ("AVIF", {"quality": 90, "subsampling": "4:4:4"}),
        ("AVIF", {"quality": 90, "range": "limited"}),
    ],
)
@pytest.mark.parametrize("alpha", [False, True])
def test_both_ways_show_the_same(
    make: Maker, monkeypatch: pytest.MonkeyPatch, kind: str, options: dict[str, Any], alpha: bool
) -> None:
    photo = smooth_photo(*SIZE)
    if alpha:
        photo.putalpha(Image.linear_gradient("L").resize(SIZE))
    exif = Image.Exif()
    exif[0x0112] = 6
    path = make(photo, "photo.bin", format=kind, exif=exif.tobytes(), **options)
    small = _seen(path)
    monkeypatch.setattr(decode, "_PILLOW_PIXELS", 1_000)
    large = _seen(path)
    assert inspect_photo(path).size == PixelSize(640, 960)
    for way, image in large.items():
        assert image.size == small[way].size
        assert difference(image, small[way]) < 2.5, way


@pytest.mark.usefixtures("everything_is_large")
@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_large_files_cut_off_are_refused(make: Maker, kind: str) -> None:
    whole = make(smooth_photo(*SIZE), "photo.bin", format=kind).read_bytes()
    for part in (0.05, 0.3, 0.6, 0.97):
        with pytest.raises(MediaError) as caught:
            open_photo(make(whole[: int(len(whole) * part)], "cut.bin"))
        assert caught.value.code == "media.damaged"


@pytest.mark.usefixtures("everything_is_large")
def test_a_large_animation_is_refused_by_its_own_reason(make: Maker) -> None:
    path = make(smooth_photo(), "a.webp", save_all=True, append_images=[smooth_photo().rotate(90)])
    with pytest.raises(MediaError) as caught:
        open_photo(path)
    assert caught.value.code == "media.memory"
    assert "a.webp" in str(caught.value)


def test_a_large_tiled_avif_is_put_together(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    tile = smooth_photo(256, 192)
    expected = Image.new("RGB", (512, 576))
    for left in (0, 256):
        for top in (0, 192, 384):
            expected.paste(tile, (left, top))
    path = make(tiled_avif(tile, 2, 3), "tiles.avif")
    assert difference(open_photo(path), expected) < 2
    monkeypatch.setattr(decode, "_PILLOW_PIXELS", 1_000)
    assert difference(open_photo(path), expected) < 2
    monkeypatch.setattr(decode, "_PILLOW_TILED_PIXELS", 1_000)
    with pytest.raises(MediaError) as caught:
        open_photo(path)
    assert caught.value.code == "media.memory"
