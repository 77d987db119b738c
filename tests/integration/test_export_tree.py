"""What an export writes, and that its manifest tells the truth about every byte of it."""

import hashlib
import json
import os
import zipfile
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image, ImageCms

from tests.integration.cli_helpers import (
    CLIP,
    FIELDS,
    NOW,
    PHOTO,
    Outcome,
    call,
    clip,
    jpeg,
    make_post,
    rules,
    tree,
)
from wajo_studio.domain.placement import PLACEMENTS

SUBTITLES = """1
00:00:00,500 --> 00:00:01,500
Selamat datang

2
00:00:02,000 --> 00:00:03,000
Silakan antre
"""

BODY = f"""{FIELDS}
[captions]
base = "Layanan keliling hadir di Tempe. #Wajo"
x = "Versi X"
"instagram.reel" = "Versi Reel"
alt = "Pengumuman layanan keliling di Tempe"

{PHOTO}
{PHOTO.replace("foto1", "foto2").replace("loket layanan", "loket kedua")}
{CLIP}
in = 0.5
out = 3.5
subtitles = "media/klip1.srt"

[options.youtube]
title = "Judul YouTube"
tags = ["Wajo", "Danau Tempe"]
"""

TEXTS = {
    **{placement: {"caption.txt"} for placement in PLACEMENTS},
    "facebook.story": set(),
    "instagram.story": set(),
    "youtube.video": {"title.txt", "description.txt", "tags.txt"},
    "youtube.short": {"title.txt", "description.txt", "tags.txt"},
}
MEDIA = {
    "facebook.feed": {"01.jpg", "02.jpg"},
    "facebook.reel": {"01.mp4", "cover.jpg"},
    "facebook.story": {"01.jpg"},
    "instagram.feed": {"01.jpg"},
    "instagram.carousel": {"01.jpg", "02.jpg"},
    "instagram.reel": {"01.mp4", "cover.jpg"},
    "instagram.story": {"01.jpg"},
    "x.post": {"01.jpg", "02.jpg"},
    "youtube.video": {"01.mp4", "cover.jpg", "subtitles.srt"},
    "youtube.short": {"01.mp4", "cover.jpg", "subtitles.srt"},
    "tiktok.video": {"01.mp4"},
    "tiktok.photo": {"01.jpg", "02.jpg"},
}


@dataclass(frozen=True)
class Export:
    """An export of every placement, in a folder of its own."""

    post: Path
    out: Path
    home: Path
    outcome: Outcome

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest as the file holds it."""
        return dict(json.loads((self.out / "manifest.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """A post with artwork, pictures and a clip in all twelve placements."""
    folder = tmp_path_factory.mktemp("whole")
    files: dict[str, bytes | Path] = {
        "media/foto1.jpg": jpeg(),
        "media/foto2.jpg": jpeg(900, 1200, "#aa5533"),
        "media/klip1.mp4": clip(tmp_path_factory.mktemp("clips")),
        "media/klip1.srt": SUBTITLES.encode(),
    }
    post = make_post(
        folder / "post", PLACEMENTS, template="pengumuman-layanan", body=BODY, files=files
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAJO_HOME", str(folder / "home"))
        words = ("export", post, "--out", folder / "out", "--now", NOW, "--json")
        outcome = call(*words)
    assert outcome.status == 0, outcome.err
    return Export(post, folder / "out", folder / "home", outcome)


def test_tree_is_the_one_promised(whole: Export) -> None:
    expected = {"manifest.json", "report.html"}
    for placement in PLACEMENTS:
        names = MEDIA[placement] | TEXTS[placement] | {"alt.txt"}
        expected |= {f"{placement}/{name}" for name in names}
    assert set(tree(whole.out)) == expected
    assert whole.manifest["files"] == sorted(expected)
    assert tree(whole.out.parent / "post") == [
        "media/foto1.jpg",
        "media/foto2.jpg",
        "media/klip1.mp4",
        "media/klip1.srt",
        "post.toml",
    ]
    beside = {path.name for path in whole.out.parent.iterdir()}
    assert not [name for name in beside if name.startswith(".")]  # no scratch folder is left


def test_json_is_the_manifest(whole: Export) -> None:
    assert whole.outcome.json == whole.manifest
    assert list(whole.manifest) == [
        "schema",
        "post",
        "renditions",
        "captions",
        "findings",
        "not_checked",
        "files",
    ]
    assert whole.manifest["schema"] == 1
    assert not rules(whole.manifest, "block")
    assert "pengumuman" not in whole.outcome.out.splitlines()[0]


def test_renditions_are_true(whole: Export) -> None:
    held: dict[str, str] = {}
    for rendition in whole.manifest["renditions"]:
        assert rendition["path"] == rendition["files"][rendition["placements"][0]]
        assert list(rendition["files"]) == rendition["placements"]
        assert rendition["role"] == ("cover" if "cover" in rendition["path"] else "item")
        for placement, name in rendition["files"].items():
            assert name.partition("/")[0] == placement
            assert name not in held
            held[name] = rendition["id"]
            content = (whole.out / name).read_bytes()
            assert len(content) == rendition["bytes"]
            assert hashlib.sha256(content).hexdigest() == rendition["sha256"]
        _reopen(whole.out / rendition["path"], rendition)
    pictures_and_clips = {
        name for name in whole.manifest["files"] if name.endswith((".jpg", ".mp4"))
    }
    assert set(held) == pictures_and_clips
    renditions = whole.manifest["renditions"]
    assert len({r["id"] for r in renditions}) == len({r["recipe"] for r in renditions})
    assert len({r["id"] for r in renditions}) == len({r["sha256"] for r in renditions})


def _reopen(path: Path, rendition: dict[str, Any]) -> None:
    video_keys = ("duration", "fps", "video_codec", "audio_codec", "loudness_lufs")
    if rendition["kind"] == "image":
        with Image.open(path) as picture:
            assert picture.format == "JPEG"
            assert picture.mode == "RGB"
            assert picture.size == (rendition["width"], rendition["height"])
            assert set(picture.info) <= {"icc_profile", "jfif", "jfif_version", "jfif_unit",
                                         "jfif_density", "dpi"}  # fmt: skip
            profile = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
            assert "sRGB" in ImageCms.getProfileDescription(profile)
        assert rendition["format"] == "jpeg"
        assert [rendition[key] for key in video_keys] == [None] * 5
        return
    assert (rendition["kind"], rendition["format"]) == ("video", "mp4")
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.width, video.height) == (rendition["width"], rendition["height"])
        assert video.codec_context.name == rendition["video_codec"] == "h264"
        assert audio.codec_context.name == rendition["audio_codec"] == "aac"
        assert video.time_base is not None
        seconds = (video.duration or 0) * video.time_base
        assert float(seconds) == pytest.approx(rendition["duration"], abs=1e-6)
        assert video.average_rate == Fraction(rendition["fps"])
    assert rendition["duration"] == 3.0
    assert rendition["fps"] == 24
    assert -60 < rendition["loudness_lufs"] < 0


def test_sizes_are_the_placements_own(whole: Export) -> None:
    sizes = {
        name: (r["width"], r["height"])
        for r in whole.manifest["renditions"]
        for name in r["files"].values()
    }
    assert sizes["facebook.feed/01.jpg"] == sizes["instagram.feed/01.jpg"] == (1080, 1350)
    assert sizes["x.post/01.jpg"] == (1600, 900)
    assert sizes["youtube.video/01.mp4"] == (1920, 1080)
    assert sizes["youtube.video/cover.jpg"] == (1280, 720)
    tall = {"facebook.reel/01.mp4", "instagram.story/01.jpg", "tiktok.photo/01.jpg",
            "youtube.short/cover.jpg", "tiktok.video/01.mp4"}  # fmt: skip
    assert {sizes[name] for name in tall} == {(1080, 1920)}


def test_equal_pixels_are_made_once(whole: Export) -> None:
    together = {frozenset(r["placements"]) for r in whole.manifest["renditions"]}
    assert {"facebook.reel", "instagram.reel"} in together
    assert {"facebook.story", "instagram.story"} in together
    assert {"facebook.feed", "instagram.feed", "instagram.carousel"} in together
    for rendition in whole.manifest["renditions"]:
        contents = {(whole.out / name).read_bytes() for name in rendition["files"].values()}
        assert len(contents) == 1


def test_texts_are_files_and_in_the_manifest(whole: Export) -> None:
    captions = whole.manifest["captions"]
    for placement in PLACEMENTS:
        parts = {name.removesuffix(".txt") for name in TEXTS[placement]}
        assert set(captions.get(placement, {})) == parts
        for part in parts:
            fact = captions[placement][part]
            assert list(fact) == ["text", "length", "limit", "unit"]
            content = (whole.out / placement / f"{part}.txt").read_bytes()
            assert content == fact["text"].encode()
            assert 0 < fact["length"] <= fact["limit"]
    assert captions["x.post"]["caption"] == {
        "text": "Versi X",
        "length": 7,
        "limit": 280,
        "unit": "x_weighted",
    }
    assert captions["instagram.reel"]["caption"]["text"] == "Versi Reel"
    assert captions["youtube.video"]["title"]["text"] == "Judul YouTube"
    assert captions["youtube.video"]["description"]["unit"] == "utf8_bytes"
    assert captions["youtube.short"]["tags"]["text"] == "Wajo, Danau Tempe"


def test_alt_texts_stand_beside_their_files(whole: Export) -> None:
    drawn, second = "Pengumuman layanan keliling di Tempe", "Warga mengantre di loket kedua"
    assert (whole.out / "x.post/alt.txt").read_bytes().decode() == (
        f"01.jpg\t{drawn}\n02.jpg\t{second}\n"
    )
    assert (whole.out / "youtube.video/alt.txt").read_text("utf-8").startswith("01.mp4\tWarga")


def test_subtitles_follow_the_trim(whole: Export) -> None:
    text = (whole.out / "youtube.video/subtitles.srt").read_text("utf-8")
    assert "00:00:00,000 --> 00:00:01,000" in text
    assert "00:00:01,500 --> 00:00:02,500" in text


def test_report_stands_alone(whole: Export) -> None:
    page = (whole.out / "report.html").read_text("utf-8")
    assert page.lstrip().lower().startswith("<!doctype html")
    assert 'http-equiv="refresh"' not in page
    assert 'src="http' not in page
    assert "<script" not in page


def test_second_export_renders_nothing(
    whole: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wajo_studio.services import clips, render

    def called(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("rendered again")

    monkeypatch.setenv("WAJO_HOME", str(whole.home))
    monkeypatch.setattr(render, "_draw", called)
    monkeypatch.setattr(clips, "_make", called)
    before = _cache(whole)
    words = ("export", whole.post, "--out", tmp_path / "again", "--now", NOW, "--json")
    again = call(*words)
    assert again.status == 0, again.err
    assert again.json == whole.manifest
    assert _cache(whole) == before
    for name in tree(whole.out):
        assert (whole.out / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_a_cache_that_lost_its_content_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = make_post(tmp_path / "post", ("x.post",))
    words = ("export", post, "--out", tmp_path / "out", "--now", NOW, "--json")
    first = call(*words).json
    home = Path(os.environ["WAJO_HOME"])
    (kept,) = (home / "cache").glob("??/*.jpg")
    kept.write_bytes(bytes(kept.stat().st_size))  # as a power cut leaves it
    again = call(*words)
    assert (again.status, again.json) == (0, first)
    content = (tmp_path / "out" / "x.post" / "01.jpg").read_bytes()
    assert hashlib.sha256(content).hexdigest() == first["renditions"][0]["sha256"]


def _cache(export: Export) -> dict[str, int]:
    return {str(path): path.stat().st_ino for path in (export.home / "cache").rglob("*")}


def test_archive_exports_the_same(
    whole: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wajo_studio.store.archive import pack

    monkeypatch.setenv("WAJO_HOME", str(whole.home))
    packed = tmp_path / "kiriman.wajo"
    pack(whole.post, packed)
    assert zipfile.is_zipfile(packed)
    words = ("export", packed, "--out", tmp_path / "from-archive", "--now", NOW, "--json")
    assert call(*words).json == whole.manifest


def test_one_placement_alone(
    whole: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what was asked for is there, and path and placements speak of it alone."""
    monkeypatch.setenv("WAJO_HOME", str(whole.home))
    out = tmp_path / "alone"
    words = ("export", whole.post, "--out", out, "--placement", "instagram.reel", "--json")
    manifest = call(*words).json
    assert {name.partition("/")[0] for name in tree(out)} == {
        "instagram.reel",
        "manifest.json",
        "report.html",
    }
    assert {r["path"] for r in manifest["renditions"]} == {
        "instagram.reel/01.mp4",
        "instagram.reel/cover.jpg",
    }
    assert list(manifest["captions"]) == ["instagram.reel"]
