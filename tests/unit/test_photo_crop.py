"""Crop and fit geometry: properties over all sizes, ratios and focus points."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.domain.geometry import PixelBox, PixelSize
from wajo_studio.photo.crop import fill_box, fit_size, nearest_ratio, output_size

sizes = st.builds(PixelSize, st.integers(1, 20_000), st.integers(1, 20_000))
frames = st.builds(PixelSize, st.integers(1, 4_000), st.integers(1, 4_000))
ratios = st.floats(0.05, 20, allow_nan=False)
unit = st.floats(0, 1, allow_nan=False)


def test_a_landscape_photo_fills_a_story_around_the_focus() -> None:
    box = fill_box(PixelSize(4000, 3000), 9 / 16, (0.25, 0.5))
    assert box == PixelBox(156, 0, 1844, 3000)


def test_the_focus_at_the_edge_keeps_the_box_inside() -> None:
    assert fill_box(PixelSize(4000, 3000), 1.0, (1.0, 0.0)) == PixelBox(1000, 0, 4000, 3000)


@given(sizes, ratios, unit, unit)
def test_fill_box_lies_inside_and_holds_the_focus(
    source: PixelSize, ratio: float, x: float, y: float
) -> None:
    box = fill_box(source, ratio, (x, y))
    assert 0 <= box.left < box.right <= source.width
    assert 0 <= box.top < box.bottom <= source.height
    # half a pixel: a box of one pixel cannot hold a point on a pixel's border any better
    assert box.left - 0.5 <= x * source.width <= box.right + 0.5
    assert box.top - 0.5 <= y * source.height <= box.bottom + 0.5


@given(sizes, ratios, unit, unit)
def test_fill_box_is_the_largest_of_its_ratio(
    source: PixelSize, ratio: float, x: float, y: float
) -> None:
    size = fill_box(source, ratio, (x, y)).size
    assert size.width == source.width or size.height == source.height
    if size.height == source.height:
        assert abs(size.width - size.height * ratio) <= 1 or size.width in (1, source.width)
    if size.width == source.width:
        assert abs(size.height - size.width / ratio) <= 1 or size.height in (1, source.height)


@given(sizes, ratios, unit, unit)
def test_fill_box_moves_with_the_focus(
    source: PixelSize, ratio: float, first: float, second: float
) -> None:
    low, high = sorted((first, second))
    before, after = fill_box(source, ratio, (low, low)), fill_box(source, ratio, (high, high))
    assert before.left <= after.left
    assert before.top <= after.top
    assert before.size == after.size


@pytest.mark.parametrize("ratio", [0.0, -1.0, math.nan, math.inf])
def test_an_impossible_ratio_is_refused(ratio: float) -> None:
    with pytest.raises(ValueError, match="ratio"):
        fill_box(PixelSize(10, 10), ratio)


@given(sizes, frames)
def test_fit_size_touches_the_frame_and_keeps_the_ratio(
    source: PixelSize, frame: PixelSize
) -> None:
    size = fit_size(source, frame)
    assert size.width <= frame.width
    assert size.height <= frame.height
    assert size.width == frame.width or size.height == frame.height
    if size.width == frame.width:
        assert abs(size.height - size.width / source.ratio) <= 1 or size.height in (1, frame.height)
    else:
        assert abs(size.width - size.height * source.ratio) <= 1 or size.width == 1


def test_nearest_ratio_stays_or_moves_to_the_nearer_bound() -> None:
    assert nearest_ratio(1.0, 0.8, 1.91) == 1.0
    assert nearest_ratio(0.5, 0.8, 1.91) == 0.8
    assert nearest_ratio(2.5, 0.8, 1.91) == 1.91


def test_an_exact_width_enlarges_and_keeps_the_ratio_allowed() -> None:
    assert output_size(PixelSize(500, 400), width=1080) == PixelSize(1080, 864)
    wide = output_size(PixelSize(4608, 1976), width=1080, min_ratio=0.8, max_ratio=1.91)
    assert wide == PixelSize(1080, 566)  # 565 would be 1.9115, more than the network takes
    tall = output_size(PixelSize(1080, 1920), width=1080, min_ratio=0.8, max_ratio=1.91)
    assert tall == PixelSize(1080, 1350)


def test_bounds_shrink_and_never_enlarge() -> None:
    assert output_size(PixelSize(4000, 3000), max_long_side=2048) == PixelSize(2048, 1536)
    assert output_size(PixelSize(800, 600), max_long_side=2048) == PixelSize(800, 600)
    story = output_size(PixelSize(4000, 3000), max_width=1080, max_height=1920, max_long_side=1920)
    assert story == PixelSize(1080, 810)


@given(
    sizes,
    st.integers(1, 4000),
    st.none() | st.integers(1, 4000),
    st.none() | st.integers(1, 4000),
)
def test_output_size_keeps_every_bound(
    source: PixelSize, long_side: int, width: int | None, height: int | None
) -> None:
    size = output_size(source, max_long_side=long_side, max_width=width, max_height=height)
    assert max(size.width, size.height) <= long_side
    assert size.width <= min(width or size.width, source.width)
    assert size.height <= min(height or size.height, source.height + 1)
    assert abs(size.height - size.width / source.ratio) <= 1 or 1 in (size.width, size.height)


@given(sizes, st.integers(200, 2048))
def test_output_ratio_stays_within_what_the_network_takes(source: PixelSize, width: int) -> None:
    size = output_size(source, width=width, min_ratio=0.8, max_ratio=1.91)
    assert 0.8 <= size.ratio <= 1.91
