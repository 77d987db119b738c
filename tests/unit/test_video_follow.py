"""A calm camera from restless sights."""

import math
import random

import numpy
import pytest

from wajo_studio.video.follow import Sight, centre_of_motion, key_points


def test_a_subject_that_stays_gives_one_point() -> None:
    shake = random.Random(3)
    sights = [
        Sight(n * 0.4, 0.3 + shake.uniform(-0.03, 0.03), 0.5 + shake.uniform(-0.03, 0.03))
        for n in range(60)
    ]
    ((_time, x, y),) = key_points(sights)
    assert [x, y] == pytest.approx([0.3, 0.5], abs=0.04)


def test_a_walk_through_the_picture_is_followed_with_few_points() -> None:
    sights = [Sight(n * 0.4, 0.2 + 0.6 * n / 49, 0.5) for n in range(50)]
    sights[20] = Sight(8.0, 0.95, 0.1)  # a wrong sight
    path = key_points(sights)
    assert 2 <= len(path) <= 8
    assert [point[0] for point in path] == sorted({point[0] for point in path})
    times, columns = [p[0] for p in path], [p[1] for p in path]
    for sight in (sights[5], sights[21], sights[44]):
        x = float(numpy.interp(sight.time_s, times, columns))
        assert x == pytest.approx(sight.x, abs=0.1)


def test_the_camera_turns_softly() -> None:
    sights = [Sight(n * 0.2, 0.2 if n < 25 else 0.8, 0.5) for n in range(50)]
    path = key_points(sights)
    times, columns = [p[0] for p in path], [p[1] for p in path]
    steps = numpy.diff(numpy.interp([n * 0.2 for n in range(50)], times, columns))
    assert steps.max() < 0.12
    assert math.isclose(columns[-1], 0.8 - 0.06, abs_tol=0.03)


def test_nothing_seen_gives_nothing() -> None:
    assert key_points([]) == ()


def test_motion_is_found_where_it_is_and_only_there() -> None:
    still = numpy.full((90, 160), 100, numpy.uint8)
    moved = still.copy()
    moved[30:50, 110:130] = 220
    assert centre_of_motion(still, moved) == pytest.approx((0.75, 0.445), abs=0.02)
    assert centre_of_motion(still, still) is None
    assert centre_of_motion(still, numpy.full_like(still, 200)) is None
