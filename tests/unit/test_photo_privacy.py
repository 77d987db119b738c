"""Blurred areas tell nothing of what was there."""

import random
from itertools import combinations

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from wajo_studio.domain.geometry import Box
from wajo_studio.photo.privacy import blur_areas

AREA = Box(0.04, 0.25, 0.92, 0.4)


def _card(text: str, *, grain: int = 0) -> Image.Image:
    """A number on a card, as a camera would see it: ``grain`` is the sensor's noise."""
    image = Image.new("RGB", (700, 200), (225, 230, 236))
    font = ImageFont.load_default(48)
    ImageDraw.Draw(image).text((40, 60), text, fill=(20, 20, 30), font=font)
    noise = numpy.random.default_rng(grain).normal(0, grain, (200, 700, 3))
    return Image.fromarray(numpy.clip(numpy.asarray(image) + noise, 0, 255).astype(numpy.uint8))


def _numbers(count: int) -> list[str]:
    source = random.Random(1)
    return ["".join(source.choice("0123456789") for _ in range(16)) for _ in range(count)]


def _pixels(image: Image.Image) -> "numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]":
    return numpy.asarray(image, dtype=numpy.float64)[50:150]


def test_trying_all_numbers_does_not_find_the_right_one() -> None:
    """The attack on mosaics: blur every candidate and take the one that looks the same."""
    numbers = _numbers(24)
    candidates = [_pixels(blur_areas(_card(number), [AREA])) for number in numbers]
    found = 0.0
    for index, number in enumerate(numbers):
        seen = _pixels(blur_areas(_card(number, grain=3), [AREA]))
        distances = [float(((seen - candidate) ** 2).mean()) for candidate in candidates]
        best = [i for i, distance in enumerate(distances) if distance <= min(distances) + 1e-9]
        found += (index in best) / len(best)
    assert found < 4  # blind guessing finds 1 of 24


def test_the_same_attack_finds_them_all_under_a_plain_blur() -> None:
    """Shows that the test above can fail."""
    from PIL import ImageFilter

    blur = ImageFilter.GaussianBlur(12)
    numbers = _numbers(24)
    candidates = [_pixels(_card(number).filter(blur)) for number in numbers]
    for index, number in enumerate(numbers):
        seen = _pixels(_card(number, grain=3).filter(blur))
        distances = [float(((seen - candidate) ** 2).mean()) for candidate in candidates]
        assert distances.index(min(distances)) == index


def test_what_is_left_does_not_correlate_with_the_text() -> None:
    for first, second in combinations(_numbers(4), 2):
        hidden = _pixels(blur_areas(_card(first), [AREA])).mean(axis=(0, 2))
        own = numpy.corrcoef(hidden, _pixels(_card(first)).mean(axis=(0, 2)))[0, 1]
        other = numpy.corrcoef(hidden, _pixels(_card(second)).mean(axis=(0, 2)))[0, 1]
        assert abs(own - other) < 0.15


def test_the_edges_of_the_area_do_not_leak() -> None:
    image = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(image).rectangle((100, 100, 199, 199), fill="black")
    hidden = numpy.asarray(blur_areas(image, [Box(0.25, 0.25, 0.25, 0.25)]).convert("L"))
    outside = hidden.copy()
    outside[85:215, 85:215] = 255
    assert outside.min() == 255  # untouched further away than the margin
    across = hidden[150, 92:209].astype(int)
    assert abs(numpy.diff(across)).max() < 20  # no step of 255 where the square begins and ends


def test_areas_at_and_beyond_the_border_are_covered_to_the_border() -> None:
    noise = numpy.random.default_rng(2).integers(0, 256, (300, 300, 3), dtype=numpy.uint8)
    image = Image.fromarray(noise)
    hidden = numpy.asarray(blur_areas(image, [Box(0.8, 0.8, 0.2, 0.2), Box(0, 0, 0.1, 0.1)]))
    for corner in (hidden[241:, 241:], hidden[:30, :30]):
        assert corner.astype(int).std(axis=(0, 1)).max() < 40
    assert (hidden[100:200, 100:200] == noise[100:200, 100:200]).all()


def test_two_areas_that_overlap_are_both_hidden() -> None:
    noise = numpy.random.default_rng(4).integers(0, 256, (300, 300, 3), dtype=numpy.uint8)
    hidden = numpy.asarray(
        blur_areas(Image.fromarray(noise), [Box(0.1, 0.1, 0.4, 0.4), Box(0.3, 0.3, 0.4, 0.4)])
    )
    for part in (hidden[30:90, 30:90], hidden[95:145, 95:145], hidden[150:205, 150:205]):
        assert part.astype(int).std(axis=(0, 1)).max() < 40


def test_the_original_stays_and_nothing_to_hide_costs_nothing() -> None:
    image = _card("7301")
    before = image.tobytes()
    assert blur_areas(image, []) is image
    assert blur_areas(image, [AREA]).tobytes() != before
    assert image.tobytes() == before


@pytest.mark.parametrize("size", [(1, 1), (3, 500), (40, 2)])
def test_tiny_pictures_and_empty_areas_are_no_problem(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, "red")
    hidden = blur_areas(image, [Box(0.5, 0.5, 0.0, 0.0), Box(1.0, 1.0, 0.0, 0.0)])
    assert hidden.size == size
