"""The focus where there is no face: what stands out."""

import pytest
from PIL import Image, ImageDraw

from wajo_studio.photo.subject import find_focus


@pytest.mark.parametrize("centre", [(200, 150), (700, 150), (200, 450), (700, 450)])
def test_the_focus_goes_to_what_stands_out(centre: tuple[int, int]) -> None:
    image = Image.linear_gradient("L").resize((900, 600)).convert("RGB")
    x, y = centre
    ImageDraw.Draw(image).regular_polygon((x, y, 60), 5, fill=(230, 60, 20))
    focus = find_focus(image)
    assert (focus[0] - 0.5) * (x / 900 - 0.5) > 0
    assert (focus[1] - 0.5) * (y / 600 - 0.5) > 0
    assert abs(focus[0] - x / 900) < 0.2
    assert abs(focus[1] - y / 600) < 0.2


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1), (800, 600)])
def test_an_even_picture_is_cropped_in_the_middle(size: tuple[int, int]) -> None:
    assert find_focus(Image.new("RGB", size, "teal")) == (0.5, 0.5)
