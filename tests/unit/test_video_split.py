"""Cutting a long take at quiet moments."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.video.split import split_moments


def test_a_take_that_fits_is_left_whole() -> None:
    assert split_moments(2.0, 92.0, longest_s=90, shortest_s=3) == ()


def test_without_sound_parts_are_as_long_as_they_may_be() -> None:
    assert split_moments(0, 200, longest_s=90, shortest_s=3) == (90, 180)
    # the last part must not become too short
    assert split_moments(0, 91, longest_s=90, shortest_s=3) == (88,)


def test_the_cut_goes_to_the_latest_pause_of_speech() -> None:
    peaks = [200] * 1000  # 100 s
    for pause in (300, 620, 820):
        peaks[pause - 10 : pause + 10] = [4] * 20
    (cut,) = split_moments(0, 100, longest_s=90, shortest_s=3, peaks=peaks, bucket_s=0.1)
    assert cut == pytest.approx(82, abs=1)
    (cut,) = split_moments(0, 100, longest_s=75, shortest_s=3, peaks=peaks, bucket_s=0.1)
    assert cut == pytest.approx(62, abs=1)


@given(
    st.floats(0, 100),
    st.floats(0.5, 4000),
    st.floats(5, 200),
    st.lists(st.integers(0, 255), max_size=400),
)
def test_every_part_is_within_the_limit(
    start_s: float, length_s: float, longest_s: float, peaks: list[int]
) -> None:
    end_s = start_s + length_s
    cuts = split_moments(start_s, end_s, longest_s=longest_s, shortest_s=2, peaks=peaks, bucket_s=3)
    parts = [later - earlier for earlier, later in pairwise((start_s, *cuts, end_s))]
    assert max(parts) <= longest_s + 0.01
    assert min(parts) > 0
    if length_s >= 2 * len(parts):
        assert min(parts) >= min(2, longest_s) - 0.01
