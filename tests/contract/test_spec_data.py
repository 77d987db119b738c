"""What the shipped spec files must say, placement by placement."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wajo_studio.domain.options import OF_NETWORK
from wajo_studio.domain.placement import PLACEMENTS, Network
from wajo_studio.paths import assets_dir
from wajo_studio.specs.checks import sources
from wajo_studio.specs.document import SpecFile
from wajo_studio.specs.files import read_file
from wajo_studio.specs.loader import NEWEST_SHIPPED, load_specs, spec_as_json
from wajo_studio.specs.model import PlacementSpec

SPECS = load_specs(assets_dir() / "specs")
FILES = sorted((assets_dir() / "specs").glob("*.toml"))

REVIEW_AFTER_DAYS = 180
TOO_OLD_DAYS = 730

NAMES = {
    Network.FACEBOOK: "Facebook",
    Network.INSTAGRAM: "Instagram",
    Network.X: "X",
    Network.YOUTUBE: "YouTube",
    Network.TIKTOK: "TikTok",
}

ONLY_CLIPS = {"facebook.reel", "instagram.reel", "youtube.video", "youtube.short", "tiktok.video"}
ONLY_PICTURES = {"instagram.feed", "instagram.carousel", "tiktok.photo"}
UPRIGHT = {"facebook.reel", "facebook.story", "instagram.reel", "instagram.story"} | {
    "youtube.short",
    "tiktok.video",
    "tiktok.photo",
}

ZONES = {
    "facebook.story": (270, 384, 65, 65),
    "instagram.story": (270, 384, 65, 65),
    "facebook.reel": (270, 670, 65, 65),
    "instagram.reel": (270, 670, 65, 65),
    "youtube.short": (120, 480, 60, 190),
    "tiktok.video": (130, 484, 60, 180),
    "tiktok.photo": (130, 484, 60, 180),
}

ARTWORK = {
    "facebook.feed": ("4:5", 1080, 1350),
    "facebook.story": ("9:16", 1080, 1920),
    "instagram.feed": ("4:5", 1080, 1350),
    "instagram.carousel": ("4:5", 1080, 1350),
    "instagram.story": ("9:16", 1080, 1920),
    "x.post": ("16:9", 1600, 900),
    "tiktok.photo": ("9:16", 1080, 1920),
}

COVERS = {
    "facebook.reel": ("9:16", 1080, 1920),
    "instagram.reel": ("9:16", 1080, 1920),
    "youtube.video": ("16:9", 1280, 720),
    "youtube.short": ("9:16", 1080, 1920),
}

TEXTS = {
    ("facebook.feed", "caption"): (63206, "code_points"),
    ("facebook.reel", "caption"): (63206, "code_points"),
    ("instagram.feed", "caption"): (2200, "utf16_or_code_points"),
    ("instagram.carousel", "caption"): (2200, "utf16_or_code_points"),
    ("instagram.reel", "caption"): (2200, "utf16_or_code_points"),
    ("x.post", "caption"): (280, "x_weighted"),
    ("youtube.video", "title"): (100, "utf16_units"),
    ("youtube.video", "description"): (5000, "utf8_bytes"),
    ("youtube.video", "tags"): (500, "youtube_tags"),
    ("youtube.short", "title"): (100, "utf16_units"),
    ("youtube.short", "description"): (5000, "utf8_bytes"),
    ("youtube.short", "tags"): (500, "youtube_tags"),
    ("tiktok.video", "caption"): (2200, "utf16_units"),
    ("tiktok.photo", "title"): (90, "utf16_units"),
    ("tiktok.photo", "caption"): (4000, "utf16_units"),
}


def test_all_twelve_placements_in_their_order() -> None:
    assert tuple(SPECS) == PLACEMENTS
    assert [path.stem for path in FILES] == sorted(network.value for network in Network)


@pytest.mark.parametrize("spec", SPECS.values(), ids=list(SPECS))
def test_what_goes_where(spec: PlacementSpec) -> None:
    assert (spec.images is None) == (spec.id in ONLY_CLIPS)
    assert (spec.video is None) == (spec.id in ONLY_PICTURES)
    assert spec.label.startswith(NAMES[spec.network])


def test_maximum_of_pictures() -> None:
    most = {p: s.images.max_items for p, s in SPECS.items() if s.images}
    assert most == {
        "facebook.feed": 10,
        "facebook.story": 1,
        "instagram.feed": 1,
        "instagram.carousel": 10,
        "instagram.story": 1,
        "x.post": 4,
        "tiktok.photo": 35,
    }
    carousel = SPECS["instagram.carousel"].images
    assert carousel is not None
    assert carousel.min_items == 2


def test_artwork_and_covers() -> None:
    artwork = {
        p: (s.images.artwork.format, s.images.artwork.width, s.images.artwork.height)
        for p, s in SPECS.items()
        if s.images
    }
    covers = {
        p: (s.video.cover_size.format, s.video.cover_size.width, s.video.cover_size.height)
        for p, s in SPECS.items()
        if s.video and s.video.cover_size
    }
    assert artwork == ARTWORK
    assert covers == COVERS
    tiktok = SPECS["tiktok.video"].video
    assert tiktok is not None
    assert tiktok.cover == "frame"
    assert not tiktok.logo


def test_formats_a_post_may_choose() -> None:
    formats = {p: {f.format for f in s.images.formats} for p, s in SPECS.items() if s.images}
    assert formats["x.post"] == {"4:5", "1:1", "16:9", "9:16"}
    assert formats["instagram.feed"] == formats["instagram.carousel"] == {"4:5", "1:1", "16:9"}
    assert formats["instagram.story"] == formats["facebook.story"] == {"9:16"}


def test_clip_sizes() -> None:
    sizes = {p: {str(z.size) for z in s.video.sizes} for p, s in SPECS.items() if s.video}
    assert sizes.pop("facebook.feed") == {"1920x1080", "1080x1080", "1080x1350", "1080x1920"}
    assert sizes.pop("x.post") == {"1280x720", "720x720", "720x1280"}
    assert sizes.pop("youtube.video") == {"1920x1080"}
    assert set(sizes) == UPRIGHT - {"tiktok.photo"}
    assert all(made == {"1080x1920"} for made in sizes.values())


@pytest.mark.parametrize(
    ("placement", "seconds", "fps", "max_bytes"),
    [
        ("facebook.feed", (0, 3600), (24, 60), 1_000_000_000),
        ("facebook.reel", (3, 90), (24, 60), 1_000_000_000),
        ("facebook.story", (3, 60), (24, 60), 1_000_000_000),
        ("instagram.reel", (3, 900), (23, 60), 300_000_000),
        ("instagram.story", (3, 60), (23, 60), 100_000_000),
        ("x.post", (0.5, 140), (1, 60), 512_000_000),
        ("youtube.video", (0, 43200), (24, 60), 256_000_000_000),
        ("youtube.short", (0, 180), (24, 60), 256_000_000_000),
        ("tiktok.video", (3, 600), (23, 60), 4_000_000_000),
    ],
)
def test_limits_of_clips(
    placement: str, seconds: tuple[float, float], fps: tuple[float, float], max_bytes: int
) -> None:
    video = SPECS[placement].video
    assert video is not None
    assert (video.min_duration_s, video.max_duration_s) == seconds
    assert (video.min_fps, video.max_fps) == fps
    assert video.max_bytes == max_bytes
    assert video.subtitle_files == (SPECS[placement].network in (Network.X, Network.YOUTUBE))


def test_limits_of_pictures() -> None:
    most = {s.network.value: s.images.max_bytes for s in SPECS.values() if s.images}
    assert most == {
        "facebook": 4_000_000,
        "instagram": 8_000_000,
        "x": 5_000_000,
        "tiktok": 20_000_000,
    }
    for placement in ("instagram.feed", "instagram.carousel"):
        images = SPECS[placement].images
        assert images is not None
        assert (images.width, images.min_ratio, images.max_ratio) == (1080, 0.8, 1.91)
    tiktok = SPECS["tiktok.photo"].images
    assert tiktok is not None
    assert (tiktok.max_width, tiktok.max_height) == (1080, 1920)


def test_texts() -> None:
    texts = {(p, part): (t.limit, t.unit) for p, s in SPECS.items() for part, t in s.texts.items()}
    assert texts == TEXTS
    for placement, spec in SPECS.items():
        for part, text in spec.texts.items():
            five = spec.network in (Network.INSTAGRAM, Network.TIKTOK) and part == "caption"
            assert text.max_hashtags == (5 if five else None), placement
            at_most = 20 if spec.network is Network.INSTAGRAM else None
            assert text.max_mentions == at_most, placement
    for part in ("title", "description"):
        assert SPECS["youtube.short"].texts[part].forbidden == ("<", ">")
    assert SPECS["x.post"].texts["caption"].link_length == 23


def test_alternative_texts() -> None:
    limits = {p: s.alt_text.limit for p, s in SPECS.items() if s.alt_text}
    assert limits == {
        "facebook.feed": 1000,
        "instagram.feed": 1000,
        "instagram.carousel": 1000,
        "x.post": 1000,
    }


def test_safe_zones() -> None:
    zones = {
        p: (s.safe_zone.top, s.safe_zone.bottom, s.safe_zone.left, s.safe_zone.right)
        for p, s in SPECS.items()
        if s.safe_zone
    }
    assert zones == ZONES


def test_required_options_are_options() -> None:
    required = {p: s.required_options for p, s in SPECS.items() if s.required_options}
    assert set(required) == {"youtube.video", "youtube.short", "tiktok.video", "tiktok.photo"}
    for placement, names in required.items():
        assert set(names) <= set(OF_NETWORK[SPECS[placement].network])


@pytest.mark.parametrize("spec", SPECS.values(), ids=list(SPECS))
def test_every_block_names_a_sheet_and_an_address(spec: PlacementSpec) -> None:
    for key, source in sources(spec):
        assert re.search(r"\b\w[\w-]*\.md\b", source.sheet), key
        assert source.url.startswith("https://"), key
        assert source.checked <= NEWEST_SHIPPED, key


def test_newest_date_is_the_newest() -> None:
    dates = {source.checked for spec in SPECS.values() for _, source in sources(spec)}
    assert max(dates) == NEWEST_SHIPPED


def test_no_block_is_too_old(record_property: Any) -> None:
    """Blocks past 180 days are listed in the report; only past two years is it an error."""
    ages = {
        f"{placement}.{key}": (date.today() - source.checked).days  # noqa: DTZ011
        for placement, spec in SPECS.items()
        for key, source in sources(spec)
    }
    old = sorted(key for key, days in ages.items() if days > REVIEW_AFTER_DAYS)
    record_property("spec_blocks_to_review", ", ".join(old))
    assert not [key for key, days in ages.items() if days > TOO_OLD_DAYS]


@pytest.mark.parametrize("spec", SPECS.values(), ids=list(SPECS))
def test_spec_as_json(spec: PlacementSpec) -> None:
    data = spec_as_json(spec)
    assert next(iter(data)) == "id"
    assert json.loads(json.dumps(data)) == data
    assert PlacementSpec.model_validate(data) == spec


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_setting_is_defined_twice(path: Path) -> None:
    content = read_file(path)
    general = set(content["settings"])
    for table in content["placement"].values():
        assert not general & set(table.get("settings", {}))
    assert set(content) <= {f.alias or n for n, f in SpecFile.model_fields.items()}
