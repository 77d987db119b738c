"""Likeness of pictures, and what tells a drawing from a photo."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance

from wajo_studio.photo.likeness import NEAR, difference, flat_share, likeness


def scene(seed: int) -> Image.Image:
    """Soft shapes, as a photo has them, with grain."""
    dice = np.random.default_rng(seed)
    image = Image.new("RGB", (640, 480), tuple(int(v) for v in dice.integers(0, 255, 3)))
    pen = ImageDraw.Draw(image)
    for _shape in range(12):
        x, y, w, h = (int(v) for v in dice.integers(20, 400, 4))
        pen.ellipse((x, y, x + w, y + h), fill=tuple(int(v) for v in dice.integers(0, 255, 3)))
    grain = dice.normal(0, 6, (480, 640, 3))
    return Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("seed", range(5))
def test_copies_are_alike_and_others_are_not(seed: int) -> None:
    image = scene(seed)
    file = BytesIO()
    image.save(file, "JPEG", quality=50)
    copies = [
        Image.open(file),
        image.resize((320, 240)),
        image.resize((1500, 1125)),
        ImageEnhance.Brightness(image).enhance(1.1),
        image.crop((6, 4, 636, 478)),
    ]
    for copy in copies:
        assert difference(likeness(image), likeness(copy)) <= NEAR
    for other in range(5, 15):
        assert difference(likeness(image), likeness(scene(other))) > NEAR + 4


def test_pictures_of_one_colour_are_like_nothing() -> None:
    plain = likeness(Image.new("RGB", (100, 100), "white"))
    assert plain == ""
    assert difference(plain, plain) == 64


def test_drawings_are_flat_and_photos_are_not() -> None:
    drawn = Image.new("RGB", (1080, 1350), "#0e4d3a")
    ImageDraw.Draw(drawn).rectangle((100, 100, 900, 400), fill="white")
    assert flat_share(drawn) > 0.9
    assert flat_share(scene(1)) < 0.2
