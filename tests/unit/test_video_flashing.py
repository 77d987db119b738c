"""Flashes by the thresholds of WCAG 2.3.1, on drawn pictures."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from wajo_studio.domain.seen import Flashing
from wajo_studio.video.flashing import FlashMeter

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
RATE = 30


def plain(*colour: int) -> Pixels:
    return np.full((36, 64, 3), colour if len(colour) == 3 else colour[0], np.uint8)


def measured(draw: Callable[[int], Pixels], seconds: float = 3.0) -> tuple[Flashing, ...]:
    meter = FlashMeter()
    for number in range(int(RATE * seconds)):
        meter.add(number / RATE, draw(number))
    return meter.found()


def blinking(period: int, first: Pixels, second: Pixels) -> Callable[[int], Pixels]:
    """Each picture is shown for ``period`` frames in turn."""
    return lambda number: second if number // period % 2 else first


def partly(share: float) -> Pixels:
    pixels = plain(60)
    pixels[:, : int(64 * share)] = 255
    return pixels


@pytest.mark.parametrize(
    ("period", "flashes"), [(1, 15), (2, 8), (3, 5), (4, 4), (5, 0), (6, 0), (15, 0)]
)
def test_more_than_three_flashes_a_second(period: int, flashes: int) -> None:
    found = measured(blinking(period, plain(0), plain(255)))
    assert [flashing.flashes for flashing in found] == ([flashes] if flashes else [])


@pytest.mark.parametrize(
    ("first", "second", "dangerous"),
    [
        (plain(0), plain(255), True),
        (plain(80), plain(100), False),  # under a tenth
        (plain(235), plain(255), False),  # the darker is bright
        (plain(60), partly(0.4), True),
        (plain(60), partly(0.12), False),  # an eighth of the picture
        (plain(0), plain(0, 0, 180), False),  # blue is dark
    ],
)
def test_thresholds(first: Pixels, second: Pixels, *, dangerous: bool) -> None:
    assert bool(measured(blinking(3, first, second))) is dangerous


def test_saturated_red_is_dangerous_where_brightness_is_not() -> None:
    found = measured(blinking(3, plain(0), plain(150, 0, 0)))
    assert [flashing.kind for flashing in found] == ["red"]
    pale = measured(blinking(3, plain(90, 80, 80), plain(105, 80, 80)))
    assert not pale


def test_what_moves_does_not_flash() -> None:
    texture = np.random.default_rng(7).integers(0, 256, (36, 256, 3)).astype(np.uint8)
    assert not measured(lambda number: texture[:, number * 2 % 190 :][:, :64])


def test_one_flash_and_a_fade_are_harmless() -> None:
    assert not measured(lambda number: plain(255) if number == 20 else plain(0))
    assert not measured(lambda number: plain(min(255, number * 4)))


def test_stretches_are_apart_and_upright_pictures_count_too() -> None:
    def draw(number: int) -> Pixels:
        bright = number % 6 < 3 and not 60 <= number < 150
        return plain(255 if bright else 0).transpose(1, 0, 2)

    found = measured(draw, 8.0)
    assert len(found) == 2
    assert found[0].end_s < 3.1
    assert found[1].start_s > 4.5


def test_odd_numbers_of_pictures() -> None:
    assert FlashMeter().found() == ()
    meter = FlashMeter()
    meter.add(0.0, plain(0))
    assert meter.found() == ()
