"""Faces, plates, numbers made unreadable for good.

A blur alone can be undone, and so can fine pixelation: whoever tries all numbers finds the one
whose mosaic is the same. Here an area becomes a few blocks of one colour, whose brightness is
rounded so coarsely that most faces and numbers give the same mosaic; then it is blurred so that
it does not look like an error.
"""

from collections.abc import Sequence

from PIL import Image, ImageFilter

from wajo_studio.domain.geometry import Box, PixelBox, PixelSize

_BLOCKS_LONG_SIDE = 4
_SMALLEST_BLOCK_PX = 8
_LIGHT_STEP = 32
_COLOUR_STEP = 8
_MARGIN = 0.08
_MARGIN_PX = 2
_BLUR_OF_BLOCK = 0.35


def blur_areas(image: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """A copy with the areas made unrecognisable; the picture itself where there are none.

    Args:
        image: RGB, upright. Best as decoded: what happens here is independent of its size.
        boxes: areas in fractions of the picture; a margin is added, since edges tell much.
    """
    if not boxes:
        return image
    result = image.copy()
    size = PixelSize(*image.size)
    for box in boxes:
        area = _grown(box, size)
        edges = (area.left, area.top, area.right, area.bottom)
        result.paste(_mosaic(result.crop(edges)), edges)
    return result


def _grown(box: Box, size: PixelSize) -> PixelBox:
    """The box in pixels with its margin, inside the picture and at least one pixel large."""
    margin_x = box.w * size.width * _MARGIN + _MARGIN_PX
    margin_y = box.h * size.height * _MARGIN + _MARGIN_PX
    left = int(box.x * size.width - margin_x)
    top = int(box.y * size.height - margin_y)
    right = int((box.x + box.w) * size.width + margin_x) + 1
    bottom = int((box.y + box.h) * size.height + margin_y) + 1
    left, top = min(max(left, 0), size.width - 1), min(max(top, 0), size.height - 1)
    right, bottom = min(max(right, left + 1), size.width), min(max(bottom, top + 1), size.height)
    return PixelBox(left, top, right, bottom)


def _mosaic(area: Image.Image) -> Image.Image:
    block = max(_SMALLEST_BLOCK_PX, -(-max(area.size) // _BLOCKS_LONG_SIDE))
    blocks = (max(1, round(area.width / block)), max(1, round(area.height / block)))
    colour = area.resize((1, 1), Image.Resampling.BOX).convert("YCbCr").resize(blocks)
    light = area.convert("L").resize(blocks, Image.Resampling.BOX)
    coarse = Image.merge(
        "YCbCr",
        (
            light.point(_light_step),
            colour.getchannel("Cb").point(_colour_step),
            colour.getchannel("Cr").point(_colour_step),
        ),
    )
    mosaic = coarse.convert("RGB").resize(area.size, Image.Resampling.NEAREST)
    return mosaic.filter(ImageFilter.GaussianBlur(block * _BLUR_OF_BLOCK))


def _light_step(value: int) -> int:
    return _nearest(value, _LIGHT_STEP)


def _colour_step(value: int) -> int:
    return _nearest(value, _COLOUR_STEP)


def _nearest(value: int, step: int) -> int:
    return min(255, (value + step // 2) // step * step)
