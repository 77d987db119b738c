"""A clip from the photos of a post: made when asked for, listed, exported."""

from pathlib import Path

import pytest

from tests.integration.cli_helpers import NOW, PHOTO, call, clip, jpeg, make_post, rules, tree
from wajo_studio import bootstrap
from wajo_studio.domain.media import ClipInfo
from wajo_studio.services.media import MediaInspector
from wajo_studio.services.post_story import fitting_seconds
from wajo_studio.store.post_folder import load_folder

SECOND = """
[[media]]
id = "foto2"
path = "media/foto2.jpg"
alt = "Petugas menyerahkan KTP-el."
credit = "Dok. Dukcapil"
consent = false
focus = [0.2, 0.3]
blur = [[0.1, 0.1, 0.2, 0.2]]
"""
FILES = {"media/foto1.jpg": jpeg(1500, 1000), "media/foto2.jpg": jpeg(1000, 1500, "#aa7722")}
PLACES = ("instagram.feed", "instagram.reel", "youtube.short")


def post_with(folder: Path, body: str = PHOTO + SECOND, **more: object) -> Path:
    """A post of two photos for a feed and two placements that need a clip."""
    placements = more.pop("placements", PLACES)
    text = f'# catatan saya\n[fields]\njudul = "Judul"\nisi = "Isi"\n{body}'
    return make_post(folder, placements, body=text, files=FILES, **more)  # type: ignore[arg-type]


def test_a_post_of_photos_gets_its_clip_and_can_be_exported(tmp_path: Path) -> None:
    post = post_with(tmp_path / "post")
    before = call("check", post, "--now", NOW, "--json").json
    assert rules(before, "block").count("media-missing") == 2
    made = call("media", "story", post, "--seconds", "1.5", "--json")
    assert made.status == 0, made.err
    assert (made.json["media"], made.json["duration_s"]) == ("cerita", 3.0)
    assert (made.json["width"], made.json["height"]) == (1080, 1920)
    told = [(Path(photo["file"]).name, photo["focus"]) for photo in made.json["photos"]]
    assert told[1] == ("foto2.jpg", [0.2, 0.3])
    item = load_folder(post).post.media_by_id("cerita")
    assert item is not None
    assert item.path == "media/cerita.mp4"
    assert item.alt == "Warga mengantre di loket layanan. Petugas menyerahkan KTP-el"
    assert item.credit == "Dok. Diskominfotik, Dok. Dukcapil"
    assert item.consent is False  # it was not given for every photo
    assert "# catatan saya" in (post / "post.toml").read_text(encoding="utf-8")
    after = call("check", post, "--now", NOW, "--json").json
    assert "media-missing" not in rules(after)
    out = tmp_path / "keluar"
    done = call("export", post, "--out", out, "--now", NOW, "--force", "--json")
    assert done.status == 0, done.err
    for placement in PLACES[1:]:
        info = MediaInspector().inspect(out / placement / "01.mp4")
        assert isinstance(info, ClipInfo)
        assert info.duration_s == pytest.approx(3.0, abs=0.05)
    assert (out / PLACES[0] / "01.jpg").exists()


def test_check_and_export_never_make_a_clip_by_themselves(tmp_path: Path) -> None:
    post = post_with(tmp_path / "post")
    before = tree(post)
    assert call("export", post, "--out", tmp_path / "keluar", "--now", NOW).status == 1
    assert tree(post) == before


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--out-file", "a.mp4"), "--out-file"),
        (("--music", "a.mp3"), "--music"),
        (("--focus", "0.5,0.5"), "--focus"),
        (("media/lain.jpg",), "PHOTO"),
        (("--placement", "instagram.feed"), "instagram.feed"),
        (("--seconds", "100"), "--seconds"),
    ],
)
def test_what_makes_no_sense_beside_a_post_is_refused(
    tmp_path: Path, words: tuple[str, ...], named: str
) -> None:
    post = post_with(tmp_path / "post")
    before = {name: (post / name).read_bytes() for name in tree(post)}
    outcome = call("media", "story", post, *words)
    assert outcome.status == 2
    assert named in outcome.sentence
    assert {name: (post / name).read_bytes() for name in tree(post)} == before


def test_posts_that_need_no_clip_or_have_one_are_told_so(tmp_path: Path) -> None:
    feed = post_with(tmp_path / "umpan", placements=("instagram.feed",))
    assert "instagram.reel" in call("media", "story", feed).sentence
    bare = make_post(tmp_path / "kosong", PLACES, body='[fields]\njudul = "J"\nisi = "I"\n')
    assert call("media", "story", bare).status == 2
    own = make_post(
        tmp_path / "klip",
        PLACES,
        body='[fields]\njudul = "J"\n[[media]]\nid = "a"\npath = "media/a.mp4"\n',
        files={"media/a.mp4": clip(tmp_path)},
    )
    assert call("media", "story", own).status == 2
    packed = tmp_path / "konten.wajo"
    packed.write_bytes(b"PK")
    assert "konten.wajo" in call("media", "story", packed).sentence
    without = call("media", "story", tmp_path / "umpan" / "media" / "foto1.jpg")
    assert "--placement" in without.sentence


def test_every_photo_stands_as_long_as_all_placements_allow() -> None:
    studio = bootstrap.build()
    specs = studio.specs
    reel, tiktok = specs["instagram.reel"].video, specs["tiktok.video"].video
    assert reel is not None
    assert tiktok is not None
    assert fitting_seconds(studio, ("instagram.reel",), 5) == 4.0
    most_s = min(reel.max_duration_s, tiktok.max_duration_s)
    many = 12
    assert fitting_seconds(studio, ("instagram.reel", "tiktok.video"), many) * many <= most_s
    least = fitting_seconds(studio, ("instagram.reel", "tiktok.video"), 1)
    assert least >= max(reel.min_duration_s, tiktok.min_duration_s)
