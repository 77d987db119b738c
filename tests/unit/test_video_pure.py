"""Frame times, progress lines, meter readings, orientation and geometry of clips."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.video.loudness import Loudness, parse_loudness
from wajo_studio.video.picture import over_time
from wajo_studio.video.progress import Progress
from wajo_studio.video.reframe import covering, cropped, fitted, needs_bars, stored_box
from wajo_studio.video.source import orientation_of_matrix
from wajo_studio.video.timing import analyse, clip_zero_s, nearest_standard
from wajo_studio.video.tonemap import table

NTSC = Fraction(30_000, 1001)
MILLISECOND = Fraction(1, 1000)


def test_millisecond_times_are_still_a_regular_rate() -> None:
    times = [round(n / NTSC * 1000) for n in range(60)]
    timing = analyse(times, 33, MILLISECOND)
    assert (timing.frame_rate, timing.variable) == (NTSC, False)
    assert timing.picture_end_s == 60 / NTSC


def test_phone_jitter_and_a_gap_are_no_variable_rate() -> None:
    times = [n * 2999 for n in range(20)] + [53_925 + n * 2999 for n in range(20, 40)]
    timing = analyse(times, 2999, Fraction(1, 90_000))
    assert (timing.frame_rate, timing.variable) == (Fraction(30), False)


def test_uneven_times_are_a_variable_rate() -> None:
    times, now = [], 0
    for number in range(60):
        times.append(now)
        now += (3000, 3750, 4500, 9000)[number % 4]
    timing = analyse(times, 9000, Fraction(1, 90_000))
    assert timing.variable
    assert float(timing.frame_rate) == pytest.approx(90_000 / 5062.5, rel=0.02)


def test_a_single_picture_has_a_length() -> None:
    timing = analyse([0], 0, Fraction(1, 600))
    assert timing.picture_end_s > 0


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        ("29.98", NTSC),
        ("30.02", 30),
        ("23.98", Fraction(24_000, 1001)),
        ("24.04", 24),
        ("17.3", None),
    ],
)
def test_measured_rates_snap_to_standard_ones(measured: str, expected: Fraction | None) -> None:
    rate = Fraction(measured)
    assert nearest_standard(rate) == (rate if expected is None else expected)


def test_the_clips_zero_keeps_frames_on_the_grid() -> None:
    rate = Fraction(25)
    assert clip_zero_s(Fraction(2), None, rate) == 2
    assert clip_zero_s(Fraction(2), Fraction(3), rate) == 2
    assert clip_zero_s(Fraction(2), Fraction("1.98"), rate) == 2  # the codec's run-up
    zero = clip_zero_s(Fraction(2), Fraction("1.47"), rate)
    assert (Fraction(2) - zero) * rate == 13


def test_progress_lines_become_a_fraction() -> None:
    progress = Progress(10.0)
    lines = ["frame=1", "out_time_us=N/A", "speed=N/A", "progress=continue"]
    assert [progress.feed(line) for line in lines] == [False, False, False, True]
    assert (progress.fraction, progress.left_s) == (0.0, None)
    for line in ("out_time_us=2500000", "speed= 2.5x", "progress=continue"):
        progress.feed(line)
    assert progress.fraction == 0.25
    assert progress.left_s == pytest.approx(3.0)
    progress.feed("out_time_us=-20000")
    assert progress.fraction == 0.25
    progress.feed("progress=end")
    assert progress.fraction == 1.0


METER = """
[Parsed_ebur128_0 @ 0x1] Summary:

  Integrated loudness:
    I:         {lufs} LUFS
    Threshold: -33.0 LUFS

  True peak:
    Peak:       {peak} dBFS
"""


def test_meter_readings_become_a_gain() -> None:
    loudness = parse_loudness(METER.format(lufs="-23.4", peak="-5.2").splitlines())
    assert loudness == Loudness(-23.4, -5.2)
    assert loudness.gain_db == pytest.approx(9.4)
    assert parse_loudness(METER.format(lufs="-8.0", peak="0.4").splitlines()).gain_db == -6.0


@pytest.mark.parametrize(("lufs", "peak"), [("-70.0", "-inf"), ("nan", "-inf"), ("-61.0", "-40.0")])
def test_silence_and_noise_are_not_raised(lufs: str, peak: str) -> None:
    assert parse_loudness(METER.format(lufs=lufs, peak=peak).splitlines()).gain_db == 0.0


def test_gain_is_bounded() -> None:
    assert Loudness(-51.0, -30.0).gain_db == 36.0
    assert parse_loudness([]) == Loudness(None, None)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("tilt", [0, 7, -20])
def test_matrices_of_every_orientation(degrees: int, mirrored: bool, tilt: int) -> None:
    angle = math.radians(degrees + tilt)
    a, b = round(65_536 * math.cos(angle)), round(65_536 * math.sin(angle))
    c, d = -b, a
    if mirrored:
        a, b = -a, -b
    assert orientation_of_matrix(a, b, c, d) == (degrees, mirrored)


sizes = st.builds(PixelSize, st.integers(16, 5000), st.integers(16, 5000))
frames = st.sampled_from([PixelSize(1080, 1920), PixelSize(1920, 1080), PixelSize(720, 720)])


@given(source=sizes, frame=frames)
def test_the_whole_picture_fits_and_stays_even(source: PixelSize, frame: PixelSize) -> None:
    box = fitted(source, frame)
    assert 0 <= box.left < box.right <= frame.width
    assert 0 <= box.top < box.bottom <= frame.height
    assert all(value % 2 == 0 for value in (box.left, box.top, box.right, box.bottom))
    assert abs((frame.width - box.right) - box.left) <= 2
    assert abs((frame.height - box.bottom) - box.top) <= 2
    assert frame.width - box.size.width <= 2 or frame.height - box.size.height <= 2


@given(source=sizes, frame=frames)
def test_the_cover_covers(source: PixelSize, frame: PixelSize) -> None:
    cover = covering(source, frame)
    assert cover.width >= frame.width
    assert cover.height >= frame.height
    assert cover.width == frame.width or cover.height == frame.height


@given(source=sizes, frame=frames, x=st.floats(0, 1), y=st.floats(0, 1))
def test_the_crop_lies_inside_and_has_the_frames_shape(
    source: PixelSize, frame: PixelSize, x: float, y: float
) -> None:
    box = cropped(source, frame, x, y)
    assert box.x >= 0 and box.y >= 0
    assert box.x + box.w <= 1 + 1e-9 and box.y + box.h <= 1 + 1e-9
    shape = box.w * source.width / (box.h * source.height)
    assert shape == pytest.approx(frame.ratio, rel=1e-6)


@given(
    x=st.floats(0, 0.6),
    y=st.floats(0, 0.6),
    rotation=st.sampled_from([0, 90, 180, 270]),
    mirrored=st.booleans(),
)
def test_boxes_are_turned_with_the_picture(
    x: float, y: float, rotation: int, mirrored: bool
) -> None:
    from wajo_studio.domain.geometry import Box

    turned = stored_box(Box(x, y, 0.3, 0.2), rotation, mirrored)
    centre_x, centre_y = turned.x + turned.w / 2, turned.y + turned.h / 2
    if mirrored:
        centre_x = 1 - centre_x
    for _quarter in range(rotation // 90):
        centre_x, centre_y = 1 - centre_y, centre_x
    assert (centre_x, centre_y) == pytest.approx((x + 0.15, y + 0.1))


def test_small_differences_of_shape_need_no_bars() -> None:
    assert not needs_bars(PixelSize(854, 480), PixelSize(1920, 1080))
    assert needs_bars(PixelSize(640, 480), PixelSize(1920, 1080))


def test_movement_rests_before_and_behind_its_points() -> None:
    assert over_time([(Fraction(0), 40)]) == "40"
    assert over_time([(Fraction(0), 40), (Fraction(2), 40)]) == "40"
    moving = over_time([(Fraction(1), 0), (Fraction(3), 100)])
    assert moving.startswith("if(lt(t,3.000000),0+(100)*(")
    assert moving.endswith(",100)")


@pytest.mark.parametrize("transfer", ["arib-std-b67", "smpte2084"])
def test_tone_mapping_keeps_greys_grey_and_order(transfer: str) -> None:
    values = table(transfer, 17)
    greys = values[range(17), range(17), range(17)]
    assert greys[0] == pytest.approx([0, 0, 0], abs=0.02)
    assert greys[-1] == pytest.approx([1, 1, 1], abs=0.02)
    assert (greys.max(axis=1) - greys.min(axis=1)).max() < 0.002
    assert (greys[1:, 0] >= greys[:-1, 0]).all()
    assert values.min() >= 0.0
    assert values.max() <= 1.0


def test_reference_white_lands_just_below_white() -> None:
    hlg = table("arib-std-b67", 17)
    assert 0.78 < hlg[12, 12, 12].mean() < 0.92  # signal 0.75
