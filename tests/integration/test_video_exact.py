"""First and last frame proven by what they show; sound within 10 ms of the picture."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from tests.integration.video_clips import (
    Recipe,
    beeps_in,
    item,
    made,
    make_clip,
    numbers_of,
    steady,
)

NTSC = Fraction(30_000, 1001)
LONG_GOP = {"g": "100", "bf": "3", "preset": "ultrafast", "sc_threshold": "0"}
HEVC = {"preset": "ultrafast", "x265-params": "log-level=none:keyint=40:open-gop=1:bframes=3"}


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("bernomor ü")
    recipes = {
        "h264-25.mp4": steady(160, Fraction(25), options=LONG_GOP, beeps=(10, 60, 104, 120)),
        "h264-ntsc.mp4": steady(250, NTSC, options=LONG_GOP),
        "h264-60.mkv": steady(300, Fraction(60), options=LONG_GOP),
        "hevc-30.mp4": steady(200, Fraction(30), codec="libx265", options=HEVC),
        "h264-25.ts": steady(160, Fraction(25), options=LONG_GOP, beeps=(10, 60, 104, 120)),
        "mpeg4-25.avi": steady(160, Fraction(25), codec="mpeg4", options={"g": "60"}),
    }
    return {name: make_clip(folder / name, recipe) for name, recipe in recipes.items()}


@pytest.mark.parametrize(
    ("name", "rate", "first", "last"),
    [
        ("h264-25.mp4", Fraction(25), 0, 30),
        ("h264-25.mp4", Fraction(25), 99, 130),  # one before a key frame
        ("h264-25.mp4", Fraction(25), 100, 130),  # on it
        ("h264-25.mp4", Fraction(25), 101, 160),  # one behind it, to the end
        ("h264-ntsc.mp4", NTSC, 151, 201),
        ("h264-ntsc.mp4", NTSC, 199, 200),  # a single frame
        ("h264-60.mkv", Fraction(60), 201, 233),
        ("hevc-30.mp4", Fraction(30), 79, 95),  # a frame that leads an open group of pictures
        ("hevc-30.mp4", Fraction(30), 118, 125),
        ("h264-25.ts", Fraction(25), 101, 120),
        ("h264-25.ts", Fraction(25), 99, 104),
        ("mpeg4-25.avi", Fraction(25), 119, 130),
    ],
)
def test_exactly_the_asked_frames_come_out(
    clips: dict[str, Path], tmp_path: Path, name: str, rate: Fraction, first: int, last: int
) -> None:
    media = item(in_=float(first / rate), out=float(last / rate))
    plan, result = made(clips[name], tmp_path / "hasil.mp4", media)
    assert numbers_of(tmp_path / "hasil.mp4") == list(range(first, last))
    assert plan.frame_rate == rate
    assert result.duration_s == pytest.approx(float((last - first) / rate), abs=float(1 / rate / 2))


def test_times_rounded_to_milliseconds_hit_the_same_frames(
    clips: dict[str, Path], tmp_path: Path
) -> None:
    media = item(in_=round(float(97 / NTSC), 3), out=round(float(113 / NTSC), 3))
    made(clips["h264-ntsc.mp4"], tmp_path / "hasil.mp4", media)
    assert numbers_of(tmp_path / "hasil.mp4") == list(range(97, 113))


def test_kept_ranges_are_joined_in_order(clips: dict[str, Path], tmp_path: Path) -> None:
    media = item(keep=[[0.4, 0.8], [3.96, 4.2], [6.0, 6.4]])
    plan, _result = made(clips["h264-25.mp4"], tmp_path / "hasil.mp4", media)
    expected = [*range(10, 20), *range(99, 105), *range(150, 160)]
    assert numbers_of(tmp_path / "hasil.mp4") == expected
    assert plan.frame_count == len(expected)


@pytest.mark.parametrize("name", ["h264-25.mp4", "h264-25.ts"])
@pytest.mark.parametrize("edit_list", [False, True])
def test_sound_stays_within_10_ms_of_the_picture(
    clips: dict[str, Path], tmp_path: Path, name: str, edit_list: bool
) -> None:
    from tests.integration.video_clips import spec

    target = tmp_path / "hasil.mp4"
    made(clips[name], target, item(in_=2.0, out=5.6), spec(edit_list=edit_list))
    numbers = numbers_of(target)
    shown_s = [numbers.index(frame) / 25 for frame in (60, 104, 120)]
    assert beeps_in(target) == pytest.approx(shown_s, abs=0.01)


def test_sound_stays_in_step_over_a_joint(clips: dict[str, Path], tmp_path: Path) -> None:
    target = tmp_path / "hasil.mp4"
    made(clips["h264-25.mp4"], target, item(keep=[[0.2, 1.2], [3.8, 5.0]]))
    numbers = numbers_of(target)
    shown_s = [numbers.index(frame) / 25 for frame in (10, 104, 120)]
    assert beeps_in(target) == pytest.approx(shown_s, abs=0.01)


def test_doubled_and_halved_rates_show_the_right_frames(tmp_path: Path) -> None:
    from tests.integration.video_clips import spec

    slow = make_clip(tmp_path / "12.mp4", steady(36, Fraction(12)))
    plan, _result = made(slow, tmp_path / "hasil24.mp4", item(in_=1.0, out=2.0))
    assert plan.frame_rate == 24
    assert numbers_of(tmp_path / "hasil24.mp4") == [n for n in range(12, 24) for _twice in "ab"]

    quick = make_clip(tmp_path / "60.mp4", steady(120, Fraction(60)))
    plan, _result = made(quick, tmp_path / "hasil30.mp4", item(in_=0.5, out=1.5), spec(max_fps=30))
    assert plan.frame_rate == 30
    assert numbers_of(tmp_path / "hasil30.mp4") == list(range(30, 90, 2))


def test_a_variable_rate_shows_what_is_on_screen_at_each_moment(tmp_path: Path) -> None:
    steps = [3000, 4500, 2250, 9000, 3600, 1800] * 20
    times = [0]
    for step in steps:
        times.append(times[-1] + step)
    base = Fraction(1, 90_000)
    recipe = Recipe(times, base, options={"g": "50", "bf": "2", "preset": "ultrafast"})
    clip = make_clip(tmp_path / "tak tetap.mp4", recipe)
    first = 62
    start_s, end_s = float(times[first] * base), float(times[100] * base)
    plan, _result = made(clip, tmp_path / "hasil.mp4", item(in_=start_s, out=end_s))
    numbers = numbers_of(tmp_path / "hasil.mp4")
    assert plan.frame_rate in (24, 25, 30, 50, 60)
    assert numbers[0] == first
    assert all(later >= earlier for earlier, later in pairwise(numbers))
    half_s = 0.5 / float(plan.frame_rate)
    for index, number in enumerate(numbers):
        moment_s = start_s + index / float(plan.frame_rate)
        assert float(times[number] * base) <= moment_s + half_s + 1e-3
        assert float(times[number + 1] * base) >= moment_s - half_s - 1e-3
