"""Pictures into frames."""

import numpy
import pytest
from PIL import Image

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.photo.place import fill, fit_blur, fit_colour

STORY = PixelSize(270, 480)


def _halves(width: int, height: int) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), (255, 0, 0))
    image.paste((0, 0, 255), (width // 2, 0, width, height))
    return image


def test_fill_shows_the_side_of_the_focus() -> None:
    image = _halves(800, 400)
    left = fill(image, STORY, (0.1, 0.5))
    right = fill(image, STORY, (0.9, 0.5))
    assert left.size == right.size == (270, 480)
    assert left.getcolors() == [(270 * 480, (255, 0, 0))]
    assert right.getcolors() == [(270 * 480, (0, 0, 255))]


def test_fit_blur_shows_the_whole_picture_on_a_darker_softer_copy() -> None:
    noise = numpy.random.default_rng(3).integers(60, 200, (40, 60, 3), dtype=numpy.uint8)
    image = Image.fromarray(noise).resize((600, 400), Image.Resampling.NEAREST)
    placed = numpy.asarray(fit_blur(image, STORY)).astype(float)
    assert placed.shape == (480, 270, 3)
    picture, above = placed[150:330], placed[:140]
    direct = numpy.asarray(image.resize((270, 180), Image.Resampling.LANCZOS)).astype(float)
    assert abs(picture - direct).mean() < 4
    assert above.mean() < 0.85 * direct.mean()
    assert abs(numpy.diff(above, axis=1)).max() <= 6  # soft: no step between neighbours
    assert above.std() > 1  # yet of the picture, not a flat colour


def test_a_picture_of_the_frames_ratio_needs_no_background() -> None:
    image = _halves(540, 960)
    assert fit_blur(image, STORY).getpixel((0, 0)) == (255, 0, 0)
    assert fit_blur(image, STORY).size == (270, 480)


@pytest.mark.parametrize("colour", ["#0B5C47", (11, 92, 71)])
def test_fit_colour_puts_the_picture_in_the_middle(colour: str | tuple[int, int, int]) -> None:
    placed = fit_colour(_halves(600, 400), STORY, colour)
    assert placed.size == (270, 480)
    assert placed.getpixel((135, 149)) == (11, 92, 71)
    assert placed.getpixel((135, 330)) == (11, 92, 71)
    assert placed.getpixel((5, 150)) == (255, 0, 0)
    assert placed.getpixel((265, 329)) == (0, 0, 255)


@pytest.mark.parametrize("side", [100, 333, 500, 700, 1500])
def test_edges_have_no_visible_halo(side: int) -> None:
    step = numpy.full((600, 600, 3), 64, numpy.uint8)
    step[:, 300:] = 192
    row = numpy.asarray(fill(Image.fromarray(step), PixelSize(side, side)))[side // 2].astype(int)
    tenth = 12  # of the step of 128; Lanczos would overshoot further where it enlarges
    assert row.min() >= 64 - tenth
    assert row.max() <= 192 + tenth


def test_shrinking_does_not_alias() -> None:
    fine = numpy.zeros((1200, 1200, 3), numpy.uint8)
    fine[:, ::2] = 255
    small = numpy.asarray(fill(Image.fromarray(fine), PixelSize(170, 170))).astype(int)
    assert abs(small[:, 2:-2] - 127.5).max() <= 4


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (2, 3)])
def test_the_smallest_pictures_go_into_any_frame(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, (10, 20, 30))
    for placed in (fill(image, STORY), fit_blur(image, STORY), fit_colour(image, STORY, "white")):
        assert placed.size == (270, 480)
