"""Spec files that cannot be used are refused with file and key."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from wajo_studio import clock
from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.placement import PLACEMENTS
from wajo_studio.errors import InputError
from wajo_studio.i18n import WITA, set_language
from wajo_studio.paths import assets_dir, data_dir
from wajo_studio.specs import loader
from wajo_studio.specs.files import MAX_BYTES
from wajo_studio.specs.loader import load_specs

Edit = Callable[[str, str, str], Path]


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(assets_dir() / "specs", tmp_path / "specs"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    def replace(name: str, old: str, new: str) -> Path:
        path = folder / f"{name}.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return replace


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_specs(folder)
    assert caught.value.code == "input.specs"
    return str(caught.value)


def test_order_and_cache() -> None:
    first = load_specs()
    assert tuple(first) == PLACEMENTS
    assert load_specs()["x.post"] is first["x.post"]
    first.clear()
    assert tuple(load_specs()) == PLACEMENTS


def test_the_offices_own_file_replaces_the_shipped_one(edit: Edit) -> None:
    changed = edit("x", "max_items = 4", "max_items = 3")
    own = data_dir() / "specs"
    own.mkdir(parents=True)
    shutil.copy(changed / "x.toml", own)
    images = load_specs()["x.post"].images
    assert images is not None
    assert images.max_items == 3
    assert load_specs()["tiktok.photo"].images is not None

    (own / "x.toml").unlink()
    images = load_specs()["x.post"].images
    assert images is not None
    assert images.max_items == 4


def test_settings_of_the_network_and_of_one_placement(edit: Edit) -> None:
    source = 'sheet = "facebook.md S2", url = "https://example.org/", checked = 2026-11-01'
    more = (
        '[placement.reel.settings.graph_version]\nvalue = "v27.0"\n'
        f"source = {{ {source} }}\n\n# --- Story"
    )
    specs = load_specs(edit("facebook", "# --- Story", more))
    assert specs["facebook.feed"].settings["graph_version"] == "v26.0"
    assert specs["facebook.reel"].settings["graph_version"] == "v27.0"
    assert specs["facebook.reel"].setting_sources["graph_version"].sheet == "facebook.md S2"
    assert specs["facebook.feed"].settings["two_phase_publish"] is True
    assert specs["facebook.feed"].settings["poll_waits_s"] == (5, 5, 5, 5, 5, 5, 15)


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        # unknown and missing keys, wrong types
        ("x", "max_items = 4", "max_items = 4\nmax_itmes = 5", "placement.post.images.max_itmes"),
        ("x", "max_items = 4", "", "placement.post.images.max_items"),
        ("x", "max_items = 4", 'max_items = "4"', "placement.post.images.max_items"),
        ("x", "max_items = 4", "max_items = true", "placement.post.images.max_items"),
        ("x", "max_items = 4", "max_items = 0", "placement.post.images.max_items"),
        ("x", "max_ratio = 10.0", "max_ratio = inf", "placement.post.images.max_ratio"),
        ("x", "max_ratio = 10.0", "max_ratio = nan", "placement.post.images.max_ratio"),
        ("x", 'unit = "x_weighted"', 'unit = "words"', "placement.post.texts.caption.unit"),
        ("x", "texts.caption]", "texts.captions]", "placement.post.texts.captions"),
        ("x", 'network = "x"', 'network = "tiktok"', "network"),
        ("x", 'network = "x"', "", "network"),
        ("x", "schema = 1", "schema = 0", "schema"),
        ("x", "schema = 1", "", "schema"),
        ("x", 'label = "X Post"', 'label = ""', "placement.post.label"),
        ("x", "schema = 1", "schema = 1\nextra = 1", "extra"),
        # sources
        ("x", "source = { sheet", "sourse = { sheet", "placement.post.images.sourse"),
        ("x", 'url = "https:', 'url = "http:', "placement.post.images.source.url"),
        ("x", ', url = "https://docs.x.com/x-api/media/quickstart/best-practices"', "", "url"),
        ("x", "checked = 2026-11-24", "checked = 2999-01-01", "placement.post.images.source"),
        ("x", "checked = 2026-11-24", 'checked = "2026-11-24"', "source.checked"),
        # placements
        ("x", "[placement.post]", "[placement.poll]\n[placement.post]", "placement.poll"),
        ("youtube", "# --- Short", '[placement.live]\nlabel = "Live"\n#', "placement.live"),
        # pictures
        ("instagram", "min_items = 2", "min_items = 11", "placement.carousel.images.min_items"),
        ("instagram", "min_ratio = 0.8", "min_ratio = 2.0", "placement.feed.images.min_ratio"),
        ("instagram", "max_ratio = 1.91", "max_ratio = 1.5", "formats (16:9)"),
        ("instagram", "width = 1080, height = 608", "width = 1080, height = 700", "formats (16:9)"),
        ("instagram", "max_long_side = 1350", "max_long_side = 1200", "formats (4:5)"),
        ("instagram", "min_width = 320", "min_width = 1441", "min_width"),
        ("instagram", "width = 1080\n", "width = 1000\n", "formats (4:5)"),
        ("tiktok", "max_height = 1920", "max_height = 1900", "formats (9:16)"),
        ("tiktok", "max_width = 1080", "max_width = 1079", "formats (9:16)"),
        (
            "x",
            'artwork = { format = "16:9", width = 1600, height = 900 }',
            'artwork = { format = "16:9", width = 1280, height = 720 }',
            "placement.post.images.artwork",
        ),
        (
            "x",
            '{ format = "1:1", width = 1080, height = 1080 }',
            '{ format = "16:9", width = 1280, height = 720 }',
            "placement.post.images.formats",
        ),
        # clips
        ("x", "min_duration_s = 0.5", "min_duration_s = 141.0", "video.min_duration_s"),
        ("x", "min_fps = 1.0", "min_fps = 61.0", "video.min_fps"),
        ("x", "width = 720, height = 720", "width = 721, height = 721", "video.sizes (1:1)"),
        ("x", "width = 720, height = 720", "width = 720, height = 700", "video.sizes (1:1)"),
        ("x", 'cover = "none"', 'cover = "image"', "placement.post.video.cover"),
        ("youtube", 'cover = "image"', 'cover = "none"', "placement.video.video.cover_size"),
        ("tiktok", 'cover = "frame"', 'cover = "frame"\ncover_max_bytes = 1', "cover_max_bytes"),
        ("facebook", "cover_max_bytes = 4000000", "", "placement.reel.video.cover"),
        # texts, alternative text, safe zone, options, settings
        ("x", "link_length = 23", "", "placement.post.texts.caption.link_length"),
        ("tiktok", 'links = "plain"', 'links = "plain"\nlink_length = 23', "link_length"),
        ("youtube", 'forbidden = ["<", ">"]', 'forbidden = ["<>"]', "texts.title.forbidden"),
        ("x", "[placement.post.alt_text]", "[placement.post.alt_text]\nimages = false", "alt_text"),
        ("instagram", "top = 270", "top = 1000", "placement.reel.safe_zone"),
        ("instagram", "left = 65", "left = 900", "placement.reel.safe_zone"),
        ("instagram", "height = 1920\ntop", "height = 1350\ntop", "placement.reel.safe_zone"),
        ("instagram", "top = 270", "top = -1", "placement.reel.safe_zone.top"),
        ("youtube", '"made_for_kids"]', '"made_for_cats"]', "placement.video.required_options"),
        ("x", "value = 0.015", "value = { a = 1 }", "settings.price_post_usd.value"),
        ("x", "value = 0.015", "value = []", "settings.price_post_usd.value"),
        ("x", "value = 0.015", "value = inf", "settings.price_post_usd.value"),
        ("x", "value = 0.015", "", "settings.price_post_usd.value"),
    ],
)
def test_refused_with_file_and_key(edit: Edit, name: str, old: str, new: str, key: str) -> None:
    folder = edit(name, old, new)
    words = refusal(folder)
    assert str(folder / f"{name}.toml") in words
    assert key in words
    assert "{" not in words


def cut(path: Path, first: str, last: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index(first)] + text[text.index(last) :], encoding="utf-8")


def test_a_placement_without_media_is_refused(folder: Path) -> None:
    cut(folder / "x.toml", "[placement.post.images]", "[placement.post.texts.caption]")
    words = refusal(folder)
    assert "placement.post" in words
    assert "images" in words


def test_a_missing_placement_is_refused(folder: Path) -> None:
    cut(folder / "tiktok.toml", "[placement.photo]", "# --- For publishing")
    assert "placement.photo" in refusal(folder)


def test_a_newer_schema_asks_for_an_update(edit: Edit) -> None:
    assert "newer version" in refusal(edit("x", "schema = 1", "schema = 2"))


@pytest.mark.parametrize(
    "content",
    [b"", b"schema = ", b"\xff\xfe\x00", b"a = " + b"[" * 20_000, b"#" * (MAX_BYTES + 1)],
    ids=["empty", "broken", "binary", "deep", "large"],
)
def test_a_damaged_file_is_refused(folder: Path, content: bytes) -> None:
    (folder / "x.toml").write_bytes(content)
    assert str(folder / "x.toml") in refusal(folder)


def test_a_missing_file_and_a_strange_one_are_refused(folder: Path) -> None:
    (folder / "threads.toml").write_text("", encoding="utf-8")
    assert "threads.toml" in refusal(folder)
    (folder / "threads.toml").unlink()
    (folder / "notes.txt").write_text("", encoding="utf-8")
    assert len(load_specs(folder)) == len(PLACEMENTS)
    (folder / "x.toml").unlink()
    assert "x.toml" in refusal(folder)


def test_a_strange_file_of_the_office_is_refused() -> None:
    own = data_dir() / "specs"
    own.mkdir(parents=True)
    (own / "twitter.toml").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"twitter\.toml"):
        load_specs()


def test_a_pc_whose_clock_stands_in_the_past_still_starts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = clock.FixedClock(datetime(2020, 1, 1, tzinfo=WITA))
    monkeypatch.setattr(loader, "SystemClock", lambda: past)
    assert len(load_specs(folder)) == len(PLACEMENTS)


def test_safe_zone_scales_and_fits_only_its_own_shape() -> None:
    zone = load_specs()["instagram.reel"].safe_zone
    assert zone is not None
    assert zone.at(PixelSize(1080, 1920)) == SafeZone(270, 670, 65, 65)
    assert zone.at(PixelSize(720, 1280)) == SafeZone(180, 447, 43, 43)
    assert zone.at(PixelSize(1080, 1080)) == SafeZone()
