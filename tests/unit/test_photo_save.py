"""Encoding under a byte budget, and opening the result again."""

from io import BytesIO

import numpy
import pytest
from PIL import Image, ImageCms

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import RenderError
from wajo_studio.photo.colour import is_srgb, srgb_profile
from wajo_studio.photo.save import save_jpeg, save_png
from wajo_studio.photo.verify import verify_image

SIZE = PixelSize(320, 240)


@pytest.fixture(scope="module")
def busy() -> Image.Image:
    """A picture with much detail, so that quality matters."""
    noise = numpy.random.default_rng(7).integers(0, 256, (60, 80, 3), dtype=numpy.uint8)
    return Image.fromarray(noise).resize((320, 240), Image.Resampling.BICUBIC)


def test_the_start_quality_is_kept_where_it_fits(busy: Image.Image) -> None:
    saved = save_jpeg(busy, max_bytes=10_000_000, quality_floor=60, quality_start=90)
    assert (saved.quality, saved.within_budget) == (90, True)


def test_the_best_quality_that_fits_is_found(busy: Image.Image) -> None:
    sizes = {
        quality: len(
            save_jpeg(busy, max_bytes=1, quality_floor=quality, quality_start=quality).content
        )
        for quality in range(50, 91)
    }
    budget = sizes[73]
    saved = save_jpeg(busy, max_bytes=budget, quality_floor=50, quality_start=90)
    assert saved.within_budget
    assert len(saved.content) <= budget
    assert saved.quality == max(quality for quality in sizes if sizes[quality] <= budget)


def test_nothing_is_encoded_below_the_floor(busy: Image.Image) -> None:
    saved = save_jpeg(busy, max_bytes=100, quality_floor=70)
    assert (saved.quality, saved.within_budget) == (70, False)
    floor = save_jpeg(busy, max_bytes=10_000_000, quality_floor=70, quality_start=70)
    assert saved.content == floor.content


def test_the_output_is_baseline_srgb_without_metadata(busy: Image.Image) -> None:
    dirty = busy.copy()
    dirty.info = {"comment": b"secret", "exif": b"Exif\0\0secret", "xmp": b"secret", "dpi": (7, 7)}
    saved = save_jpeg(dirty, max_bytes=10_000_000, quality_floor=60)
    assert b"secret" not in saved.content
    assert b"\xff\xc0" in saved.content  # baseline, not progressive (ff c2)
    image = Image.open(BytesIO(saved.content))
    assert image.info["icc_profile"] == srgb_profile()
    assert "progressive" not in image.info
    assert image.mode == "RGB"
    verify_image(saved.content, SIZE, 10_000_000)


def test_full_colour_keeps_coloured_edges() -> None:
    stripes = numpy.zeros((64, 64, 3), numpy.uint8)
    stripes[:, ::2] = (255, 0, 0)
    stripes[:, 1::2] = (0, 0, 255)
    image = Image.fromarray(stripes)

    def loss(full_colour: bool) -> float:
        saved = save_jpeg(image, max_bytes=10**6, quality_floor=60, full_colour=full_colour)
        back = numpy.asarray(Image.open(BytesIO(saved.content))).astype(int)
        return float(abs(back - stripes).mean())

    assert loss(True) < 10 < 40 < loss(False)


def test_the_same_picture_gives_the_same_bytes(busy: Image.Image) -> None:
    first, second = (save_jpeg(busy, max_bytes=10**6, quality_floor=60) for _ in range(2))
    assert first == second


def test_the_srgb_profile_is_small_and_dated_once() -> None:
    assert len(srgb_profile()) < 1000
    assert is_srgb(srgb_profile())
    assert ImageCms.getProfileDescription(
        ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    ).startswith("sRGB")


def test_png_takes_256_colours_only_when_allowed(busy: Image.Image) -> None:
    full = save_png(busy, max_bytes=10**7)
    assert full.within_budget
    too_big = save_png(busy, max_bytes=len(full.content) - 1)
    assert (too_big.content, too_big.within_budget) == (full.content, False)
    reduced = save_png(busy, max_bytes=len(full.content) - 1, may_quantize=True)
    assert reduced.within_budget
    assert reduced.quality == 0
    verify_image(reduced.content, SIZE, 10**7)


def test_only_rgb_is_encoded() -> None:
    with pytest.raises(ValueError, match="CMYK"):
        save_jpeg(Image.new("CMYK", (8, 8)), max_bytes=10**6, quality_floor=60)


def _jpeg(image: Image.Image, **options: object) -> bytes:
    content = BytesIO()
    image.save(content, "JPEG", **options)
    return content.getvalue()


def test_verification_finds_every_difference(busy: Image.Image) -> None:
    good = save_jpeg(busy, max_bytes=10**6, quality_floor=60).content
    icc = srgb_profile()
    exif = Image.Exif()
    exif[0x0110] = "phone"
    gif = BytesIO()
    busy.save(gif, "GIF")
    flaws = {
        "bytes": (good, SIZE, len(good) - 1),
        "instead of": (good, PixelSize(320, 241), None),
        "cannot be read": (good[: len(good) // 2], SIZE, None),
        "cannot be read again: cannot identify": (gif.getvalue(), SIZE, None),
        "mode": (_jpeg(busy.convert("L"), icc_profile=icc), SIZE, None),
        "no sRGB": (_jpeg(busy), SIZE, None),
        "metadata: exif": (_jpeg(busy, icc_profile=icc, exif=exif), SIZE, None),
        "metadata: comment": (_jpeg(busy, icc_profile=icc, comment=b"x"), SIZE, None),
        "metadata: xmp": (_jpeg(busy, icc_profile=icc, xmp=b"<x/>"), SIZE, None),
    }
    for expected, (content, size, max_bytes) in flaws.items():
        with pytest.raises(RenderError) as caught:
            verify_image(content, size, max_bytes, name="01.jpg")
        assert expected in caught.value.detail
        assert "01.jpg" in str(caught.value)
