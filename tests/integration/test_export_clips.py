"""Clips in an export: damaged, silent, too long, too many, lying about their kind."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.integration.cli_helpers import (
    CLIP,
    FIELDS,
    NOW,
    PHOTO,
    Outcome,
    call,
    clip,
    finding,
    jpeg,
    make_post,
    rules,
    tree,
)
from tests.integration.video_clips import numbers_of


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds, 12 numbered frames a second, with sound."""
    return clip(tmp_path_factory.mktemp("clips"))


def film_post(folder: Path, film: Path, *placements: str, more: str = "", **rest: Any) -> Path:
    """A post of one clip; ``more`` are further keys of it."""
    body = CLIP.replace("media/klip1.mp4", f"media/{film.name}") + more
    return make_post(folder, placements, body=body, files={f"media/{film.name}": film}, **rest)


def export(post: Path, *words: str) -> Outcome:
    """Export beside the post without looking at the clock."""
    return call("export", post, "--out", post.parent / "out", "--now", NOW, "--json", *words)


def test_trim_keep_and_cover(tmp_path: Path, film: Path) -> None:
    more = "keep = [[0.5, 0.75], [2.0, 2.5]]\ncover_s = 3.0\n"
    post = film_post(tmp_path / "post", film, "x.post", "youtube.video", more=more)
    outcome = export(post)
    assert outcome.status == 0, outcome.err
    durations = {r["path"]: r["duration"] for r in outcome.json["renditions"]}
    assert durations == {
        "x.post/01.mp4": 0.75,
        "youtube.video/01.mp4": 0.75,
        "youtube.video/cover.jpg": None,
    }
    out = tmp_path / "out"
    assert numbers_of(out / "x.post" / "01.mp4") == [6, 7, 8, 24, 25, 26, 27, 28, 29]
    assert _bits(out / "youtube.video" / "cover.jpg") == 36
    assert (out / "youtube.video" / "tags.txt").read_bytes() == b""


def _bits(path: Path) -> int:
    """The number a cover of the numbered clip shows."""
    from tests.integration.video_clips import number_in

    with Image.open(path) as picture:
        import numpy as np

        return number_in(np.asarray(picture.convert("L")))


def test_first_frame_is_the_cover_without_artwork(tmp_path: Path, film: Path) -> None:
    post = film_post(tmp_path / "post", film, "youtube.video", more="in = 1.5\nout = 2.0\n")
    outcome = export(post)
    assert outcome.status == 0, outcome.err
    assert _bits(tmp_path / "out" / "youtube.video" / "cover.jpg") == 18


def test_a_duration_the_network_refuses(tmp_path: Path, film: Path) -> None:
    post = film_post(
        tmp_path / "post", film, "instagram.reel", "x.post", more="in = 1.0\nout = 1.25\n"
    )
    blocked = export(post)
    assert blocked.status == 1
    found = [f for f in blocked.json["findings"] if f["rule"] == "media-duration"]
    assert {f["severity"] for f in found} == {"block"}
    assert {p for f in found for p in f["placements"]} == {"instagram.reel", "x.post"}
    assert found[0]["where"]["id"] == "klip1"
    assert tree(tmp_path) == ["post/media/clip-4.mp4", "post/post.toml"]
    forced = export(post, "--force", "--placement", "x.post")
    assert forced.status == 0, forced.err
    assert forced.json["renditions"][0]["duration"] == 0.25


def test_what_goes_where(tmp_path: Path, film: Path) -> None:
    """Pictures go before clips and are never mixed with them; more clips are left out."""
    files = {"media/foto1.jpg": jpeg(), "media/klip1.mp4": film, "media/klip2.mp4": film}
    body = CLIP + "in = 1.0\nout = 1.5\n" + CLIP.replace("klip1", "klip2") + PHOTO
    placements = ("facebook.feed", "youtube.video")
    post = make_post(tmp_path / "both", placements, body=body, files=files)
    outcome = export(post)
    assert outcome.status == 0, outcome.err
    assert {r["path"] for r in outcome.json["renditions"]} == {
        "facebook.feed/01.jpg",
        "youtube.video/01.mp4",
        "youtube.video/cover.jpg",
    }
    left_out = finding(outcome.json, "media-left-out")
    assert (left_out["severity"], left_out["where"]["id"]) == ("info", "klip2")
    assert left_out["placements"] == ["youtube.video"]
    small = finding(outcome.json, "media-too-small")
    assert (small["severity"], small["where"]["id"]) == ("warn", "klip1")


def test_too_many_pictures(tmp_path: Path) -> None:
    numbers = range(1, 7)
    post = make_post(
        tmp_path / "post",
        ("x.post", "facebook.feed", "instagram.feed"),
        body="".join(PHOTO.replace("foto1", f"foto{n}") for n in numbers),
        files={f"media/foto{n}.jpg": jpeg(400, 300) for n in numbers},
    )
    document = call("check", post, "--now", NOW, "--json").json
    found = {
        f["placements"][0]: f["message"]
        for f in document["findings"]
        if f["rule"] == "media-left-out"
    }
    assert set(found) == {"x.post", "instagram.feed"}
    assert "foto5, foto6" in found["x.post"]
    assert "foto2, foto3, foto4, foto5, foto6" in found["instagram.feed"]
    manifest = export(post).json  # six times the same picture
    assert len({r["id"] for r in manifest["renditions"]}) == len(manifest["renditions"]) == 7
    assert [r["files"]["x.post"] for r in manifest["renditions"] if "x.post" in r["files"]] == [
        f"x.post/0{n}.jpg" for n in range(1, 5)
    ]


def test_artwork_is_the_cover_of_a_clip(tmp_path: Path, film: Path) -> None:
    post = make_post(
        tmp_path / "post",
        ("youtube.video",),
        template="pengumuman-layanan",
        body=FIELDS + CLIP + "in = 1.0\nout = 1.5\n",
        files={"media/klip1.mp4": film},
    )
    outcome = export(post)
    assert outcome.status == 0, outcome.err
    cover = next(r for r in outcome.json["renditions"] if r["role"] == "cover")
    assert (cover["kind"], cover["width"], cover["height"]) == ("image", 1280, 720)
    assert cover["bytes"] < 2_000_000
    assert _bits(tmp_path / "out" / "youtube.video" / "cover.jpg") == -1


SHORT = "in = 4.5\n"


@pytest.mark.shared_media
def test_a_damaged_clip(tmp_path: Path, shared_media: Path) -> None:
    film = shared_media / "videos" / "broken-truncated-faststart.mp4"
    post = film_post(tmp_path / "post", film, "youtube.video", more=SHORT)
    blocked = export(post)
    assert blocked.status == 1
    damaged = finding(blocked.json, "media-damaged")
    assert (damaged["severity"], damaged["where"]["id"]) == ("block", "klip1")
    start_s, end_s = damaged["where"]["time"]
    assert start_s == 0
    assert 5 < end_s < 6.1
    assert not (tmp_path / "out").exists()
    forced = export(post, "--force")
    assert forced.status == 0, forced.err
    seconds = next(r["duration"] for r in forced.json["renditions"] if r["kind"] == "video")
    assert seconds == pytest.approx(end_s - 4.5, abs=0.04)
    inside = film_post(
        tmp_path / "inside" / "post", film, "youtube.video", more=SHORT + "out = 5.0\n"
    )
    whole = export(inside)
    assert whole.status == 0, whole.err
    assert "media-damaged" not in rules(whole.json)


@pytest.mark.shared_media
@pytest.mark.parametrize(
    ("name", "status", "rule"),
    [
        ("broken-truncated-no-index.mp4", 2, ""),
        ("zero-bytes.mp4", 2, ""),
        ("audio-only-speech.mp3", 1, "media-missing"),
        ("wrong-extension-is-webm.mp4", 0, "extension-wrong"),
        ("street-bikes-noaudio-moov-at-end.mp4", 0, "audio-silence-added"),
    ],
)
def test_odd_clips_are_told(
    tmp_path: Path, shared_media: Path, name: str, status: int, rule: str
) -> None:
    post = film_post(tmp_path / "post", shared_media / "videos" / name, "youtube.short")
    outcome = call("check", post, "--now", NOW, "--json")
    assert outcome.status == status, outcome.err
    if status == 2:
        assert name in outcome.error["message"]
        assert outcome.error["message"] == outcome.sentence
    else:
        found = finding(outcome.json, rule)
        assert found["severity"] == ("block" if status else "info")
        assert found["placements"] == ["youtube.short"]


def test_music_needs_its_statement(tmp_path: Path, film: Path) -> None:
    music = '[[media]]\nid = "musik1"\npath = "media/musik.mp4"\nuse = "music"\n'
    files = {"media/klip1.mp4": film, "media/musik.mp4": film}
    for name, licence in (("a", ""), ("b", 'licence = "Rekaman sendiri 2026"\n')):
        post = make_post(
            tmp_path / name, ("youtube.video",), body=CLIP + music + licence, files=files
        )
        outcome = call("check", post, "--now", NOW, "--json")
        assert outcome.status == 0, outcome.out
        asked = finding(outcome.json, "music-licence-attest")
        assert (asked["severity"], asked["where"]["id"]) == ("attest", "musik1")
        assert ("Rekaman sendiri 2026" in asked["message"]) is bool(licence)
