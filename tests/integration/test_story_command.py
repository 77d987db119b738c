"""``media story`` from photo files: what it makes, what it refuses and how it says so."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.integration.cli_helpers import call, clip, jpeg
from tests.integration.video_clips import spec
from wajo_studio import bootstrap
from wajo_studio.artwork.brand import load_brand_kit
from wajo_studio.artwork.overlay import paint_title
from wajo_studio.cli.story_command import focus_points
from wajo_studio.domain.geometry import Box, PixelSize, SafeZone
from wajo_studio.errors import InputError
from wajo_studio.progress import Job
from wajo_studio.services import stories
from wajo_studio.services.stories import make_story_file
from wajo_studio.services.story_photos import Darkroom, StoryPhoto

QUADRANTS = {"kiri atas": (0.2, 0.2), "kanan bawah": (0.8, 0.8)}


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"foto {number}.jpg" for number in (1, 2)]
    for path, colour in zip(paths, ("#2277aa", "#aa7722"), strict=True):
        path.write_bytes(jpeg(1500, 1000, colour))
    return paths


def test_a_story_is_made_and_described(photos: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "keluar" / "cerita.mp4"
    words = ("--placement", "x.post", "--out-file", target, "--seconds", "1", "--focus", "0.2,0.3")
    done = call("media", "story", *photos, *words, "--title", "Pagi di\nDanau Tempe", "--json")
    assert done.status == 0, done.err
    told = done.json
    assert (told["width"], told["height"], told["duration_s"], told["fps"]) == (1280, 720, 2.0, 30)
    assert told["file"] == str(target)
    assert told["size_bytes"] == target.stat().st_size
    assert told["has_music"] is False
    assert [Path(photo["file"]).name for photo in told["photos"]] == ["foto 1.jpg", "foto 2.jpg"]
    assert told["photos"][0]["focus"] == [0.2, 0.3]
    assert all(0 <= value <= 1 for value in told["photos"][1]["focus"])
    assert told["photos"][0]["enlarged"] == 1.0
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def _words(photos: list[Path], tmp_path: Path, **changed: str) -> list[str | Path]:
    """A good call with some of its values changed; an empty one leaves the option out."""
    values = {"placement": "x.post", "out-file": str(tmp_path / "keluar" / "cerita.mp4"), **changed}
    options = [(f"--{name}", value) for name, value in values.items() if value]
    return ["media", "story", *photos, *itertools.chain(*options)]


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"placement": "instagram.feed"}, "instagram.reel"),
        ({"placement": "tiktok"}, "tiktok.video"),
        ({"seconds": "0.5"}, "1"),
        ({"seconds": "nan"}, "30"),
        ({"placement": "instagram.reel", "seconds": "1"}, "1.5"),
        ({"placement": "facebook.story", "seconds": "30.5"}, "30"),
        ({"out-file": "cerita.mov"}, ".mp4"),
        ({"focus": "0.5"}, "0.5,0.4"),
        ({"focus": "1.2,0.4"}, "1.2,0.4"),
        ({"focus": "nan,0.4"}, "nan"),
        ({"reframe": "stretch"}, "fit-blur"),
        ({"title": "kata " * 80}, ""),
        ({"title": "Rapat \U0010fffd"}, "\U0010fffd"),
        ({"music": "tidak-ada.mp3"}, "tidak-ada.mp3"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(
    photos: list[Path], tmp_path: Path, changed: dict[str, str], part: str
) -> None:
    done = call(*_words(photos, tmp_path, **changed))
    assert done.status == 2
    assert part in done.sentence
    assert not (tmp_path / "keluar").exists()


def test_lengths_beyond_the_placement_name_the_seconds_that_fit(
    photos: list[Path], tmp_path: Path
) -> None:
    done = call(*_words(photos * 6, tmp_path, placement="facebook.story", seconds="6"))
    assert done.status == 2
    assert "72" in done.sentence
    assert "--seconds 5 " in done.sentence


def test_wrong_photos_are_refused(photos: list[Path], tmp_path: Path) -> None:
    many = call(*_words(photos * 7, tmp_path))
    assert (many.status, "14" in many.sentence, "12" in many.sentence) == (2, True, True)
    none = call(*_words([], tmp_path))
    assert none.status == 2
    film = call(*_words([clip(tmp_path)], tmp_path))
    assert film.status == 2
    assert "clip-4.mp4" in film.sentence
    missing = call(*_words([photos[0], tmp_path / "hilang.jpg"], tmp_path))
    assert missing.status == 2
    assert "hilang.jpg" in missing.sentence
    silent = call(*_words(photos, tmp_path, music=str(photos[0])))
    assert silent.status == 2
    assert "foto 1.jpg" in silent.sentence
    assert not (tmp_path / "keluar").exists()


def test_damaged_pixels_leave_no_folder(photos: list[Path], tmp_path: Path) -> None:
    half = tmp_path / "setengah.jpg"
    half.write_bytes(photos[0].read_bytes()[:6000])
    done = call(*_words([photos[0], half], tmp_path, focus="0.5,0.5"))
    assert done.status == 2
    assert "setengah.jpg" in done.sentence
    assert not (tmp_path / "keluar").exists()


def test_an_existing_file_is_not_touched(photos: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "cerita.mp4"
    target.write_bytes(b"yang lama")
    done = call(*_words(photos, tmp_path, **{"out-file": str(target)}))
    assert done.status == 2
    assert target.read_bytes() == b"yang lama"


def test_focus_points_belong_to_photos_in_order() -> None:
    assert focus_points(["0.5,0.25", "auto"], 3) == [(0.5, 0.25), None, None]
    with pytest.raises(InputError) as caught:
        focus_points(["0,0", "1,1"], 1)
    assert caught.value.params == {"given": 2, "count": 1}


def _room(photo: StoryPhoto, placement: str = "instagram.reel") -> Darkroom:
    studio = bootstrap.build()
    sizes = stories._sizes([photo])
    plan = stories._plan(studio.specs[placement], sizes, 4.0)
    return Darkroom([photo], sizes, plan, "fill", studio.brand.palette.primary)


def test_the_camera_looks_at_the_focus(tmp_path: Path) -> None:
    path = tmp_path / "petak.png"
    image = Image.new("RGB", (1600, 1200), (30, 60, 200))
    ImageDraw.Draw(image).rectangle((800, 0, 1600, 1200), fill=(200, 60, 30))
    image.save(path)
    for focus, seen in (((0.1, 0.5), (30, 60, 200)), ((0.9, 0.5), (200, 60, 30))):
        (shot,) = _room(StoryPhoto(path, focus)).shots(Job())
        for progress in (0.0, 1.0):
            left, top, right, bottom = shot.area(progress)
            middle = (int((left + right) / 2), int((top + bottom) / 2))
            assert shot.image.getpixel(middle) == pytest.approx(seen, abs=2)
            assert right - left >= 1080 - 2 or shot.image.height <= 1200


def test_areas_to_blur_are_unrecognisable(tmp_path: Path) -> None:
    path = tmp_path / "titik.png"
    image = Image.effect_noise((1200, 2000), 80).convert("RGB")
    image.save(path)
    plain, blurred = (
        next(_room(StoryPhoto(path, (0.5, 0.5), blur)).shots(Job())).image
        for blur in ((), (Box(0.4, 0.4, 0.2, 0.2),))
    )
    middle = (plain.width // 2 - 60, plain.height // 2 - 60)
    box = (*middle, middle[0] + 120, middle[1] + 120)
    assert len(set(plain.crop(box).convert("L").tobytes())) > 100
    assert len(set(blurred.crop(box).convert("L").tobytes())) < 40


@pytest.mark.parametrize(
    ("focus", "at_top"), [((0.5, 0.1), False), ((0.5, 0.5), True), ((0.5, 0.9), True)]
)
def test_the_title_keeps_away_from_the_subject(
    tmp_path: Path, focus: tuple[float, float], at_top: bool
) -> None:
    path = tmp_path / "tegak.jpg"
    path.write_bytes(jpeg(1080, 1920))
    studio = bootstrap.build()
    spec = studio.specs["instagram.reel"]
    title = stories._title(studio, spec, _room(StoryPhoto(path, focus)), "Pagi di Danau Tempe")
    assert (title.y == 270) is at_top
    assert title.y >= 270
    assert title.y + title.image.height <= 1920 - 670
    assert title.x >= 65
    assert title.x + title.image.width <= 1080 - 65


@pytest.mark.parametrize(
    ("size", "zone"),
    [
        (PixelSize(1080, 1920), SafeZone(130, 484, 60, 180)),
        (PixelSize(1920, 1080), SafeZone()),
        (PixelSize(720, 720), SafeZone()),
    ],
)
def test_titles_of_any_length_lie_in_the_free_area(size: PixelSize, zone: SafeZone) -> None:
    brand = load_brand_kit()
    heights = []
    for title in ("Judul", "Festival Danau Tempe 2026: lomba perahu dan pameran tenun sutera"):
        drawn = paint_title(size, zone, title, brand)
        assert drawn.x >= zone.left
        assert drawn.y >= zone.top
        assert drawn.x + drawn.image.width <= size.width - zone.right
        assert drawn.y + drawn.image.height <= size.height - zone.bottom
        assert drawn.image.getchannel("A").getextrema()[1] == 255
        heights.append(drawn.image.height)
    assert heights[1] > heights[0]


@pytest.mark.shared_media
def test_photos_of_every_kind_become_one_story(shared_media: Path, tmp_path: Path) -> None:
    names = (
        "phone-12mp-heic-p3-gps-iphone7.heic",
        "exif-orientation-6-landscape.jpg",
        "cmyk-swop-family-walk.jpg",
    )
    photos = [StoryPhoto(shared_media / "photos" / name) for name in names]
    music = shared_media / "videos" / "audio-only-speech.mp3"
    target = tmp_path / "cerita.mp4"
    studio = bootstrap.build()
    small = studio.specs["x.post"].model_copy(update={"video": spec(PixelSize(320, 180))})
    told = make_story_file(
        replace(studio, specs={"x.post": small}),
        photos,
        "x.post",
        target,
        Job(),
        seconds=1.0,
        reframe="fit-blur",
        music=music,
    )
    assert told["duration_s"] == 3.0
    assert told["has_music"] is True
    assert told["loudness_lufs"] == pytest.approx(-14, abs=1)
