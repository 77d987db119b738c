"""Odd but good files, made here: every format, orientation, mode and colour."""

import struct
from pathlib import Path
from typing import Any

import numpy
import pytest
from PIL import Image, ImageCms

from tests.integration.photo_files import Maker, difference, png_chunk, png_file, smooth_photo
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.photo.load import inspect_photo, open_photo


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """Saves pictures for one test."""
    return Maker(tmp_path)


# --- every format, by content and never by name


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"quality": 95}),
        ("JPEG", {"quality": 95, "progressive": True}),
        ("PNG", {}),
        ("WEBP", {"quality": 95}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {"quality": 95}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("TIFF", {"compression": "jpeg"}),
        ("TIFF", {"big_tiff": True}),
        ("BMP", {}),
        ("GIF", {}),
    ],
)
@pytest.mark.parametrize("name", ["photo.jpg", "Foto é 中.txt"])
def test_a_format_is_known_by_its_content(
    make: Maker, kind: str, options: dict[str, Any], name: str
) -> None:
    path = make(smooth_photo(), name, format=kind, **options)
    info = inspect_photo(path)
    assert (info.format, info.size) == (kind, PixelSize(120, 80))
    assert (path.suffix in info.expected_suffixes) == (kind == "JPEG" and name == "photo.jpg")
    image = open_photo(path)
    assert difference(image, smooth_photo()) < 12  # GIF has 256 colours, JPEG loses some


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_applied_once(make: Maker, kind: str, orientation: int) -> None:
    upright = smooth_photo()
    turns = [
        None,
        Image.Transpose.FLIP_LEFT_RIGHT,
        Image.Transpose.ROTATE_180,
        Image.Transpose.FLIP_TOP_BOTTOM,
        Image.Transpose.TRANSPOSE,
        Image.Transpose.ROTATE_90,  # the inverse of what EXIF 6 asks for
        Image.Transpose.TRANSVERSE,
        Image.Transpose.ROTATE_270,
    ]
    turn = turns[orientation - 1]
    stored = upright if turn is None else upright.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = make(stored, "photo.bin", format=kind, exif=exif.tobytes())
    assert inspect_photo(path).size == PixelSize(120, 80)
    image = open_photo(path)
    assert image.size == (120, 80)
    assert difference(image, upright) < 6
    small = open_photo(path, at_least=PixelSize(30, 20))
    assert small.width >= 30
    assert small.height >= 20
    assert difference(small.resize((120, 80)), upright) < 12


def test_orientation_of_a_turned_tiff_in_strips(make: Maker) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = smooth_photo().transpose(Image.Transpose.ROTATE_90).convert("RGBA")
    for options in ({}, {"compression": "tiff_lzw"}):
        path = make(stored, "photo.tif", exif=exif.tobytes(), **options)
        assert difference(open_photo(path), smooth_photo()) < 2


def test_orientation_from_xmp_where_exif_says_nothing(make: Maker) -> None:
    xmp = b'<x:xmpmeta><rdf:Description tiff:Orientation="6" exif:GPSLatitude="4,8S"/></x:xmpmeta>'
    stored = smooth_photo().transpose(Image.Transpose.ROTATE_90)
    path = make(stored, "photo.jpg", xmp=xmp, quality=95)
    assert inspect_photo(path).size == PixelSize(120, 80)
    assert inspect_photo(path).has_gps
    assert difference(open_photo(path), smooth_photo()) < 6


def test_location_is_told(make: Maker) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (4.0, 8.0, 0.0), 3: "E", 4: (120.0, 1.0, 0.0)})
    for kind in ("JPEG", "PNG", "WEBP", "AVIF", "TIFF"):
        assert inspect_photo(
            make(smooth_photo(), "a.bin", format=kind, exif=exif.tobytes())
        ).has_gps
        assert not inspect_photo(make(smooth_photo(), "b.bin", format=kind)).has_gps


# --- modes


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_one_bit(make: Maker, kind: str) -> None:
    image = open_photo(make(Image.linear_gradient("L").convert("1"), format=kind))
    assert image.mode == "RGB"
    assert set(numpy.unique(numpy.asarray(image))) == {0, 255}


@pytest.mark.parametrize("mode", ["LA", "RGBA", "P"])
def test_transparency_shows_white(make: Maker, mode: str) -> None:
    photo = Image.new("RGB", (60, 40), (200, 40, 40))
    photo.putalpha(Image.linear_gradient("L").resize((60, 40)))
    stored = photo.convert("LA") if mode == "LA" else photo
    if mode == "P":
        stored = photo.quantize(16)
    image = open_photo(make(stored))
    pixels = numpy.asarray(image).astype(int)
    assert pixels[0].min() > 240  # transparent at the top: white, not black
    expected = (200, 40, 40) if mode != "LA" else (87, 87, 87)
    assert abs(pixels[-1] - expected).max() < 20


def test_one_transparent_colour_shows_white(make: Maker) -> None:
    photo = Image.new("RGB", (20, 20), (1, 2, 3))
    photo.paste((90, 90, 90), (10, 0, 20, 20))
    image = open_photo(make(photo, transparency=(1, 2, 3)))
    assert image.getpixel((2, 2)) == (255, 255, 255)
    assert image.getpixel((15, 2)) == (90, 90, 90)


def test_sixteen_bit_grey_keeps_its_scale(make: Maker) -> None:
    ramp = numpy.linspace(0, 65535, 256).astype(numpy.uint16).reshape(1, 256).repeat(4, axis=0)
    for name in ("ramp.png", "ramp.tif"):
        image = numpy.asarray(open_photo(make(Image.fromarray(ramp), name))).astype(int)
        assert abs(image[0, :, 0] - numpy.arange(256)).max() <= 1


def _png_rgb16(values: "numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.uint16]]") -> bytes:
    """A 16-bit RGB PNG, which Pillow cannot write."""
    height, width, _bands = values.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    return png_file(width, height, 16, 2, rows)


def test_sixteen_bit_colour_keeps_its_scale(make: Maker) -> None:
    ramp = numpy.linspace(0, 65535, 256).astype(numpy.uint16)
    values = numpy.stack([ramp, ramp[::-1], numpy.full(256, 32768, numpy.uint16)], axis=-1)[None]
    image = numpy.asarray(open_photo(make(_png_rgb16(values)))).astype(int)
    assert abs(image[0, :, 0] - numpy.arange(256)).max() <= 1
    assert abs(image[0, :, 2] - 128).max() <= 1


@pytest.mark.parametrize(("scale", "dtype"), [(1.0, "f4"), (255.0, "f4"), (65535, "i4")])
def test_wide_tiff_values_are_scaled_by_their_range(make: Maker, scale: float, dtype: str) -> None:
    ramp = (numpy.linspace(0, 1, 256) * scale).astype(dtype).reshape(1, 256)
    image = numpy.asarray(open_photo(make(Image.fromarray(ramp), "ramp.tif"))).astype(int)
    assert abs(image[0, :, 0] - numpy.arange(256)).max() <= 1


def test_float_tiff_with_holes(make: Maker) -> None:
    values = numpy.full((8, 8), 0.5, numpy.float32)
    values[0, 0], values[1, 1], values[2, 2] = numpy.nan, numpy.inf, -numpy.inf
    image = open_photo(make(Image.fromarray(values), "holes.tif"))
    assert [image.getpixel((n, n)) for n in range(4)] == [
        (0, 0, 0),
        (255, 255, 255),
        (0, 0, 0),
        (128, 128, 128),
    ]


def test_sixteen_bit_white_is_zero(make: Maker) -> None:
    dark = Image.fromarray(numpy.full((4, 4), 60000, numpy.uint16))
    path = make(dark, "negative.tif", tiffinfo={262: 0})
    content = bytearray(path.read_bytes())
    at = content.find(struct.pack("<HHI", 262, 3, 1))  # Pillow writes its own value here
    content[at + 8 : at + 10] = struct.pack("<H", 0)
    pixel = open_photo(make(bytes(content), "negative.tif")).getpixel((1, 1))
    assert isinstance(pixel, tuple)
    assert pixel[0] < 30


@pytest.mark.parametrize("options", [{}, {"compression": "tiff_lzw"}, {"compression": "jpeg"}])
def test_cmyk_tiff_without_profile(make: Maker, options: dict[str, Any]) -> None:
    image = open_photo(make(Image.new("CMYK", (32, 32), (255, 0, 0, 0)), "cmyk.tif", **options))
    pixel = image.getpixel((16, 16))
    assert isinstance(pixel, tuple)
    assert pixel[0] < 30
    assert min(pixel[1:]) > 220


def test_lab_tiff(make: Maker) -> None:
    lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    ).apply(smooth_photo())
    lab.info = {}
    assert difference(open_photo(make(lab, "lab.tif")), smooth_photo()) < 3


# --- colour


def _wide_profile() -> bytes:
    """A profile whose red, green and blue are swapped about: any use of it shows."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.find(b"rXYZ"), profile.find(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_the_embedded_profile_is_used(make: Maker, kind: str) -> None:
    red = Image.new("RGB", (64, 64), (255, 0, 0))
    options = {"lossless": True} if kind == "WEBP" else {"quality": 95}
    path = make(red, "p.bin", format=kind, icc_profile=_wide_profile(), **options)
    pixel = open_photo(path).getpixel((32, 32))
    assert isinstance(pixel, tuple)
    assert pixel[0] < 10
    assert pixel[1] > 245


@pytest.mark.parametrize(
    "profile",
    [b"", b"no profile", _wide_profile()[:200], bytes(4096)],
    ids=["empty", "words", "cut", "zeros"],
)
def test_a_broken_profile_says_nothing(make: Maker, profile: bytes) -> None:
    path = make(smooth_photo(), "p.tif", icc_profile=profile)
    assert difference(open_photo(path), smooth_photo()) == 0


def test_a_profile_of_another_colour_space_says_nothing(make: Maker) -> None:
    grey = Image.linear_gradient("L")
    path = make(grey, "grey.png", icc_profile=_wide_profile())
    assert difference(open_photo(path), grey) == 0


# --- size and speed


def test_pixels_are_decoded_as_few_as_asked_for(make: Maker) -> None:
    photo = smooth_photo(1600, 1200)
    for kind in ("JPEG", "PNG", "WEBP", "AVIF", "TIFF"):
        path = make(photo, "big.bin", format=kind)
        image = open_photo(path, at_least=PixelSize(300, 200))
        assert 300 <= image.width <= 500, kind
        assert difference(image.resize((320, 240)), photo.resize((320, 240))) < 4, kind
        assert open_photo(path, at_least=PixelSize(5000, 5000)).size == (1600, 1200)


def test_the_first_frame_of_an_animation(make: Maker) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "lime", "blue")]
    for kind in ("GIF", "WEBP", "PNG", "AVIF"):
        path = make(frames[0], "a.bin", format=kind, save_all=True, append_images=frames[1:])
        pixel = open_photo(path).getpixel((20, 15))
        assert isinstance(pixel, tuple)
        assert pixel[0] > 240, kind
        assert max(pixel[1:]) < 12, kind


@pytest.mark.parametrize("size", [(1, 1), (1, 9000), (100_000, 3), (3, 60_000)])
def test_extreme_shapes(make: Maker, size: tuple[int, int]) -> None:
    path = make(Image.new("RGB", size, (9, 90, 200)), "strip.png")
    assert inspect_photo(path).size == PixelSize(*size)
    image = open_photo(path, at_least=PixelSize(1080, 1350))
    assert image.size == size
    assert image.getpixel((0, 0)) == (9, 90, 200)


def _with_codepoints(
    make: Maker, colour: tuple[int, int, int], primaries: int, transfer: int
) -> tuple[int, int, int]:
    """The colour that a PNG of one colour with these code points shows."""
    extra = png_chunk(b"cICP", bytes([primaries, transfer, 0, 1]))
    rows = (b"\0" + bytes(colour) * 4) * 4
    pixel = open_photo(make(png_file(4, 4, 8, 2, rows, extra))).getpixel((1, 1))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return int(red), int(green), int(blue)


def test_code_points_of_srgb_change_nothing(make: Maker) -> None:
    assert _with_codepoints(make, (200, 100, 50), 1, 13) == (200, 100, 50)


def test_display_p3_by_code_points_is_display_p3_by_profile(make: Maker) -> None:
    # what LittleCMS makes of it with the profile that phones embed
    red, green, blue = _with_codepoints(make, (200, 100, 50), 12, 13)
    assert abs(red - 215) <= 1
    assert abs(green - 93) <= 1
    assert abs(blue - 31) <= 1


@pytest.mark.parametrize(("transfer", "white"), [(16, 148), (18, 191)])
def test_hdr_keeps_order_and_puts_white_below_the_brightest(
    make: Maker, transfer: int, white: int
) -> None:
    """58 % PQ and 75 % HLG are the white of paper (203 cd/m2)."""
    greys = [_with_codepoints(make, (v, v, v), 9, transfer) for v in (0, 60, 120, white, 255)]
    levels = [grey[0] for grey in greys]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert 225 <= levels[3] <= 245
    assert levels[4] >= (253 if transfer == 18 else levels[3])
    assert all(max(grey) - min(grey) <= 1 for grey in greys)
