"""What is shown of a clip while it is trimmed: the right picture, upright, and its sound."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.integration.video_clips import Recipe, make_clip, steady
from wajo_studio.errors import MediaError
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.services.clip_view import STRIP_SIDE_PX, ClipView, ShownFrame, read_cues
from wajo_studio.services.preview import Picture
from wajo_studio.video.frames import frame_at
from wajo_studio.video.probe import probe_media

RATE = Fraction(25)
COUNT = 150
GOP = {"g": "50", "bf": "2"}
BIG = 320


def _pixels(picture: Picture) -> np.ndarray:
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, -1)
    return rows[:, : picture.width * 4].reshape(picture.height, picture.width, 4)[:, :, 2::-1]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clip")
    beeps = (0, 50, 100)
    return make_clip(folder / "a.mp4", steady(COUNT, RATE, options=GOP, beeps=beeps))


@pytest.fixture
def view(clip: Path) -> Iterator[ClipView]:
    made = ClipView(clip, probe_media(clip))  # type: ignore[arg-type]
    yield made
    made.close_frames()
    made.close_overview()


def _same(shown: ShownFrame, clip: Path, number: int) -> None:
    assert shown.time_s == pytest.approx(number / 25, abs=1e-6)
    wanted = np.asarray(frame_at(clip, number / 25, max_side=BIG)).astype(int)
    off = np.abs(_pixels(shown.picture).astype(int) - wanted)
    assert off.mean() < 4, f"another picture than number {number}"


@pytest.mark.parametrize("order", [(0, 1, 49, 50, 51, 149), (149, 51, 50, 49, 1, 0), (70, 3, 140)])
def test_any_picture_in_any_order(view: ClipView, clip: Path, order: tuple[int, ...]) -> None:
    for number in order:
        _same(view.frame_at(number / 25, BIG, Job()), clip, number)


def test_steps_reach_each_neighbour_and_stop_at_the_ends(view: ClipView, clip: Path) -> None:
    shown = view.frame_at(2.0, BIG, Job())
    for number in (*range(51, 56), *range(54, 40, -1)):
        step = 1 if number / 25 > shown.time_s else -1
        shown = view.frame_step(shown.time_s, step, BIG, Job())
        _same(shown, clip, number)
    assert view.frame_step(0.04, -5, BIG, Job()).time_s == 0
    assert view.frame_step(5.9, 9, BIG, Job()).time_s == pytest.approx(149 / 25)
    _same(view.frame_step(4.0, -12, BIG, Job()), clip, 88)


def test_uneven_pictures_are_stepped_one_by_one(tmp_path: Path) -> None:
    times = (0, 100, 130, 300, 310, 700, 1000)
    path = make_clip(tmp_path / "v.mp4", Recipe(times, Fraction(1, 1000)))
    info = probe_media(path)
    view = ClipView(path, info)  # type: ignore[arg-type]
    seen = [view.frame_at(0.0, BIG, Job()).time_s]
    for _number in times[1:]:
        seen.append(view.frame_step(seen[-1], 1, BIG, Job()).time_s)
    assert [round(time_s * 1000) for time_s in seen] == list(times)
    back = [view.frame_step(seen[-1], -count, BIG, Job()).time_s for count in range(1, 7)]
    assert back == seen[-2::-1]
    view.close_frames()


def test_the_strip_shows_key_frames_and_then_the_very_picture(view: ClipView) -> None:
    near = view.strip_picture(3.4, exact=False, ctx=Job())
    assert near is not None
    assert near.time_s == 2.0
    exact = view.strip_picture(3.4, exact=True, ctx=Job())
    assert exact is not None
    assert exact.time_s == pytest.approx(3.4)
    assert max(exact.picture.width, exact.picture.height) == STRIP_SIDE_PX


def test_the_sound_has_its_peaks_where_the_beeps_are(view: ClipView) -> None:
    sound = view.more_sound(Job())
    while not sound.done:
        sound = view.more_sound(Job())
    peaks = np.frombuffer(sound.peaks, np.uint8)
    loud = np.flatnonzero(peaks > 60) * sound.bucket_s
    for second in (0.0, 2.0, 4.0):
        assert np.abs(loud - second).min() < 0.05
    quiet = peaks[round(1 / sound.bucket_s) : round(1.8 / sound.bucket_s)]
    assert quiet.max() < 20


def test_a_cancelled_request_ends_and_the_next_one_works(view: ClipView, clip: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        view.frame_at(3.0, BIG, Job(token=token))
    _same(view.frame_at(3.0, BIG, Job()), clip, 75)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_pictures_are_upright(shared_media: Path, degrees: int) -> None:
    path = shared_media / "videos" / f"rotation-tag-{degrees}.mov"
    view = ClipView(path, probe_media(path))  # type: ignore[arg-type]
    wanted = np.asarray(frame_at(path, 0.0, max_side=BIG)).astype(int)
    for shown in (view.frame_at(0.0, BIG, Job()), view.strip_picture(0.0, exact=False, ctx=Job())):
        assert shown is not None
        pixels = _pixels(shown.picture).astype(int)
        assert (pixels.shape[1] > pixels.shape[0]) == (degrees in (0, 180))
        if pixels.shape == wanted.shape:
            assert np.abs(pixels - wanted).mean() < 6
    view.close_frames()
    view.close_overview()


def test_high_dynamic_range_is_shown_as_it_is_exported(shared_media: Path) -> None:
    path = shared_media / "videos" / "iphone-portrait-rot90-hevc-hlg-hdr.mp4"
    view = ClipView(path, probe_media(path))  # type: ignore[arg-type]
    shown = _pixels(view.frame_at(0.5, BIG, Job()).picture).astype(int)
    wanted = np.asarray(frame_at(path, 0.5, max_side=BIG)).astype(int)
    assert np.abs(shown - wanted).mean() < 6
    view.close_frames()


def test_a_broken_clip_says_so(tmp_path: Path, clip: Path) -> None:
    broken = tmp_path / "rusak.mp4"
    broken.write_bytes(clip.read_bytes()[:400])
    view = ClipView(broken, probe_media(clip))  # type: ignore[arg-type]
    with pytest.raises(MediaError):
        view.frame_at(0.0, BIG, Job())
    with pytest.raises(MediaError):
        view.strip_picture(0.0, exact=False, ctx=Job())


def test_subtitles_are_read_in_the_clips_own_time(tmp_path: Path) -> None:
    file = tmp_path / "a.srt"
    file.write_text("1\n00:00:01,500 --> 00:00:02,000\nHalo\n", encoding="utf-8")
    (cue,) = read_cues(file)
    assert (cue.start_s, cue.end_s, cue.text) == (1.5, 2.0, "Halo")
