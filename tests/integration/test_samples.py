"""The sample post: drawn pictures, the clip made from them, the texts."""

import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from wajo_studio import paths
from wajo_studio.domain.placement import PLACEMENTS
from wajo_studio.errors import DiskError, InputError
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.services import samples
from wajo_studio.services.sample_media import clip, lake, silk, sound
from wajo_studio.store.post_file import read_post


def test_lake_is_drawn_the_same_every_time() -> None:
    first = lake.paint_lake(lake.camera(480, 360))
    assert first.shape == (360, 480, 3)
    assert np.array_equal(first, lake.paint_lake(lake.camera(480, 360)))


def test_sun_is_the_brightest_and_stands_in_the_sky() -> None:
    picture = lake.paint_lake(lake.camera(800, 600)).astype(np.float32).mean(axis=2)
    blocks = picture.reshape(30, 20, 40, 20).mean(axis=(1, 3))
    row, column = np.unravel_index(blocks.argmax(), blocks.shape)
    assert abs(column * 20 + 10 - 0.665 * 800) < 40
    assert row * 20 < 0.47 * 600


def test_water_mirrors_the_sky_above_it() -> None:
    """Where nothing floats, a column of water is as warm as the sky it lies under."""
    picture = lake.paint_lake(lake.camera(800, 600)).astype(np.float32)
    below_sun = picture[310:340, 520:545].mean(axis=(0, 1))
    aside = picture[310:340, 20:45].mean(axis=(0, 1))
    assert below_sun[2] > aside[2] + 60


def test_silk_is_red_below_and_has_gold_in_it() -> None:
    picture = silk.paint_silk(450, 600).astype(np.int32)
    blue, green, red = (picture[330:, :, c] for c in range(3))
    assert (red.mean(), red.mean()) > (2 * green.mean(), 2 * blue.mean())
    gold = (red > 170) & (green > 130) & (blue < 110)
    assert 0.01 < gold.mean() < 0.35


def test_picture_is_a_plain_jpeg_and_drawn_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    monkeypatch.setattr(samples, "sample_folder", lambda: paths.cache_dir() / "drawn")
    monkeypatch.setattr(samples, "_LONG", 400)
    monkeypatch.setattr(samples, "_SHORT", 300)
    path = samples.sample_picture("danau-tempe.jpg")
    with Image.open(path) as picture:
        assert (picture.format, picture.size, picture.mode) == ("JPEG", (400, 300), "RGB")
        assert not picture.getexif()
    monkeypatch.setattr(samples, "_draw", lambda *_args: pytest.fail("drawn again"))
    assert samples.sample_picture("danau-tempe.jpg") == path
    assert [file.name for file in path.parent.iterdir()] == ["danau-tempe.jpg"]


def test_full_picture_has_twelve_megapixels() -> None:
    from PIL import Image

    with Image.open(samples.sample_picture("danau-tempe.jpg")) as picture:
        assert picture.size == (4000, 3000)


def test_unknown_picture_is_named() -> None:
    with pytest.raises(InputError, match=r"kucing\.jpg.*danau-tempe\.jpg"):
        samples.sample_picture("kucing.jpg")


def test_cache_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(samples, "sample_folder", lambda: blocked / "samples")
    with pytest.raises(DiskError, match=r"danau-tempe\.jpg"):
        samples.sample_picture("danau-tempe.jpg")


def test_sound_is_neither_silent_nor_clipped() -> None:
    heard = sound.play(3.0).astype(np.float32) / 32767
    assert heard.shape == (3 * sound.RATE_HZ, 2)
    assert 0.05 < np.sqrt((heard**2).mean()) < 0.35
    assert np.abs(heard).max() < 0.9
    assert np.abs(heard[:50]).max() < 0.02, "it begins softly"
    assert np.abs(heard[-200:]).max() < 0.02, "it ends softly"


def test_clip_is_what_the_post_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import av

    monkeypatch.setattr(clip, "DURATION_S", 0.4)
    told: list[float] = []
    clip.make_clip(tmp_path / "klip.mp4", Job(lambda fraction, _text: told.append(fraction)))
    assert [file.name for file in tmp_path.iterdir()] == ["klip.mp4"]
    assert told == sorted(told)
    assert told[-1] == 1.0
    with av.open(str(tmp_path / "klip.mp4")) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.width, video.height) == (1920, 1080)
        assert video.average_rate == 30
        assert video.codec_context.name == "h264"
        assert (audio.codec_context.name, audio.rate) == ("aac", 48_000)
        frames = [frame.to_ndarray(format="gray") for frame in container.decode(video)]
    assert len(frames) == 12
    moved = np.abs(frames[-1].astype(np.int16) - frames[0].astype(np.int16))
    assert moved[600:].mean() > 2 * moved[:300].mean(), "the water moves, the sky hardly"


def test_cancelling_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "sample_folder", lambda: paths.cache_dir() / "drawn")
    token = CancelToken()
    job = Job(lambda fraction, _text: token.cancel() if fraction > 0 else None, token)
    with pytest.raises(Cancelled):
        samples.sample_clip(job)
    assert list(samples.sample_folder().iterdir()) == []


@pytest.fixture
def _blank_media(monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts of the post do not depend on what is drawn."""
    folder = paths.cache_dir() / "drawn"
    folder.mkdir(parents=True)
    for name in (*samples.PICTURES, samples.CLIP):
        (folder / name).write_bytes(name.encode())
    monkeypatch.setattr(samples, "sample_folder", lambda: folder)


@pytest.mark.usefixtures("_blank_media")
@pytest.mark.parametrize(
    ("today", "event", "words"),
    [
        (date(2026, 11, 24), date(2026, 12, 1), "Selasa, 1 Desember 2026"),
        (date(2027, 1, 1), date(2027, 1, 12), "Selasa, 12 Januari 2027"),
    ],
)
def test_post_is_complete_and_lies_ahead(
    tmp_path: Path, today: date, event: date, words: str
) -> None:
    folder = samples.sample_post_folder(tmp_path / "demo", today=today)
    post = read_post(folder / "post.toml")
    assert set(post.placements) == set(PLACEMENTS)
    assert post.fields["tanggal"] == event
    assert all(words in post.captions[key] for key in ("base", "instagram", "x", "youtube"))
    for item in post.media:
        assert (folder / item.path).is_file()
        assert item.alt
        assert item.credit
        assert item.consent
    assert all(given.at.date() < today for given in post.attestations.values())
    assert "@" not in (folder / "post.toml").read_text(encoding="utf-8").replace("@wajo", "")


@pytest.mark.usefixtures("_blank_media")
def test_post_speaks_indonesian_in_every_language(tmp_path: Path) -> None:
    from wajo_studio import i18n

    i18n.set_language("en")
    folder = samples.sample_post_folder(tmp_path, today=date(2026, 11, 24))
    assert "Selasa, 1 Desember 2026" in (folder / "post.toml").read_text(encoding="utf-8")


def test_subtitles_are_readable_and_inside_the_trimmed_clip() -> None:
    folder = paths.assets_dir() / "samples" / "demo"
    text = (folder / samples.SUBTITLES).read_text(encoding="utf-8")
    post = (folder / "post.toml").read_text(encoding="utf-8")
    item = tomllib.loads(post[post.rindex("[[media]]") : post.index("[options.youtube]")])["media"][
        0
    ]
    for block in text.strip().split("\n\n"):
        _number, times, *lines = block.splitlines()
        start, end = (_seconds(part) for part in times.split(" --> "))
        assert item["in"] <= start < end <= item["out"]
        assert 1 <= end - start <= 7
        assert len(lines) <= 2
        assert all(len(line) <= 42 for line in lines)


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = stamp.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
