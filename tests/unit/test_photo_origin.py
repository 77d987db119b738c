"""What picture files tell about where they come from."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from wajo_studio.domain.seen import FileOrigin
from wajo_studio.photo.origin import picture_origin

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def xmp(value: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description '
        f'Iptc4xmpExt:DigitalSourceType="{value}"/></x:xmpmeta>'
    ).encode()


def saved(path: Path, **options: object) -> Path:
    Image.new("RGB", (64, 48), "#808080").save(path, **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".png"])
@pytest.mark.parametrize(
    ("value", "making"),
    [
        (IPTC + "trainedAlgorithmicMedia", "generated"),
        (IPTC + "compositeWithTrainedAlgorithmicMedia", "composite"),
        (IPTC + "digitalCapture", None),
        (IPTC + "algorithmicMedia", None),
    ],
)
def test_digital_source_type(tmp_path: Path, suffix: str, value: str, making: str | None) -> None:
    if suffix == ".png":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", xmp(value).decode())
        path = saved(tmp_path / "a.png", pnginfo=info)
    else:
        path = saved(tmp_path / f"a{suffix}", xmp=xmp(value))
    assert picture_origin(path).making == making


def test_generators_that_write_their_parameters(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("parameters", "sawah di Wajo\nNegative prompt: blur\nSteps: 20, Sampler: Euler")
    assert picture_origin(saved(tmp_path / "a.png", pnginfo=info)).making == "generated"


def test_tool_is_named(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0131] = "Midjourney v7"
    origin = picture_origin(saved(tmp_path / "a.jpg", exif=exif))
    assert (origin.making, origin.tool) == ("generated", "Midjourney")


def test_content_credentials(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.jpg")
    content = path.read_bytes()
    box = (
        b"JP\0\1\0\0\0\1" + struct.pack(">I4s", 60, b"jumb") + b"\0\0\0\x1ejumdc2pa\0" + b"c2pa" * 8
    )
    segment = b"\xff\xeb" + struct.pack(">H", len(box) + 2) + box
    path.write_bytes(content[:2] + segment + content[2:])
    assert picture_origin(path).signed


def test_content_credentials_of_a_png(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png")
    content = path.read_bytes()
    body = b"caBX" + b"\0\0\0\x20jumb\0\0\0\x10jumdc2pa"
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    path.write_bytes(content[:33] + chunk + content[33:])
    assert picture_origin(path).signed


def test_place_and_device(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (4.0, 8.0, 0.0), 3: "E", 4: (120.0, 1.0, 0.0)})
    exif.get_ifd(0x8769)[0xA431] = "SN 0001"
    origin = picture_origin(saved(tmp_path / "a.jpg", exif=exif))
    assert (origin.location, origin.device) == (True, True)


def test_a_plain_picture_tells_nothing(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png", "a.webp", "a.gif", "a.bmp", "a.tif"):
        assert picture_origin(saved(tmp_path / name)) == FileOrigin()


@pytest.mark.parametrize("length", [0, 1, 3, 12, 40, 200])
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_broken_files_tell_nothing(tmp_path: Path, suffix: str, length: int) -> None:
    whole = (
        saved(tmp_path / f"a{suffix}", xmp=xmp("x"))
        if suffix != ".png"
        else saved(tmp_path / "a.png")
    )
    cut = tmp_path / f"b{suffix}"
    cut.write_bytes(whole.read_bytes()[:length] + b"\xff" * 30)
    assert picture_origin(cut).making is None
