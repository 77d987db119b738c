"""Words in a picture, read by rapidocr on this computer alone.

Where words are is looked for in a small copy, which takes most of the time; they are read from a
large one, so that a card in the hand of somebody in a photo can still be read.
"""

import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from PIL import Image

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.seen import SeenLine
from wajo_studio.photo.rows import Quad, in_rows
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIND_SIDE, READ_SIDE = 960, 3200
"""Longest sides, in pixels, of the copies in which words are looked for and read."""
READER = "rapidocr 3.10, PP-OCRv6 small; 960/3200, twice"
"""Who reads; a part of what cached results are called by."""

_BATCH = 6
_LEGIBLE, _FEW_LINES = 0.5, 3
_SMALL_PX = 30
"""Lines lower than this where they are looked for are worth a nearer look."""
_NEARER, _MARGIN = 1.4, 0.04
_MOST_LINES = 400
_SMALLEST_SIDE = 16
_lock = threading.Lock()


def read_words(image: Image.Image, ctx: JobContext) -> tuple[SeenLine, ...]:
    """The lines of text in a picture, in reading order.

    Args:
        image: RGB, upright.
        ctx: progress and cancel; a cancel is noticed within about a second.

    Raises:
        Cancelled: the job was cancelled.
    """
    if min(image.size) < _SMALLEST_SIDE:
        return ()
    with _lock:  # one picture at a time: two would only wait for the same cores
        quads = _look(image, ctx.part(0, 0.6))
        if part := _part_to_enlarge(quads, image.size):
            nearer = _look(image.crop(part), ctx.part(0.6, 1))
            if _legible(nearer) >= _legible(quads):
                quads = [quad.moved(part[0], part[1]) for quad in nearer]
    return in_rows(quads, PixelSize(*image.size))


def _look(image: Image.Image, ctx: JobContext) -> list[Quad]:
    """The lines in a picture, in its own pixels."""
    large, small = _pixels(image, READ_SIDE), _pixels(image, FIND_SIDE)
    ctx.check()
    found = _engine()(small, use_det=True, use_cls=False, use_rec=False)
    ctx.report(0.5)
    if found.boxes is None:
        return []
    corners = found.boxes[:_MOST_LINES] * _scale(small, large)
    crops, flipped = _cut_out(large, corners, ctx)
    texts = _read(crops, ctx)
    whole = image.width / large.shape[1], image.height / large.shape[0]
    return [
        Quad(
            text=text,
            score=float(score),
            corners=tuple((float(x) * whole[0], float(y) * whole[1]) for x, y in quad),
            flipped=turned,
        )
        for quad, (text, score), turned in zip(corners, texts, flipped, strict=True)
        if text.strip()
    ]


def _scale(small: "NDArray[Any]", large: "NDArray[Any]") -> tuple[float, float]:
    return large.shape[1] / small.shape[1], large.shape[0] / small.shape[0]


def _part_to_enlarge(quads: list[Quad], size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The part with small writing that looking nearer would show much larger: a card in a room."""
    lines = [quad for quad in quads if quad.score >= _LEGIBLE]
    if len(lines) < _FEW_LINES:
        return None
    heights = sorted(line.height for line in lines)
    shown = FIND_SIDE / max(size)
    if heights[len(heights) // 2] * shown > _SMALL_PX or max(size) <= FIND_SIDE:
        return None
    xs = [x for line in lines for x, _ in line.corners]
    ys = [y for line in lines for _, y in line.corners]
    margin = _MARGIN * max(max(xs) - min(xs), max(ys) - min(ys))
    left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
    right, bottom = min(size[0], int(max(xs) + margin)), min(size[1], int(max(ys) + margin))
    if max(right - left, bottom - top) * _NEARER > max(size):
        return None
    return left, top, right, bottom


def _legible(quads: list[Quad]) -> float:
    return sum(len(quad.text) * quad.score for quad in quads)


def _pixels(image: Image.Image, side: int) -> "NDArray[Any]":
    """BGR pixels of a copy whose longer side is at most ``side``."""
    import numpy

    scale = min(1.0, side / max(image.size))
    if scale < 1:
        sides = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(sides, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return numpy.ascontiguousarray(numpy.asarray(image.convert("RGB"))[:, :, ::-1])


def _cut_out(
    pixels: "NDArray[Any]", quads: "NDArray[Any]", ctx: JobContext
) -> tuple[list[Any], list[bool]]:
    """Each line on its own, the right way up, and whether it had to be turned by half."""
    engine = _engine()
    crops: list[Any] = []
    flipped: list[bool] = []
    for first in range(0, len(quads), 8 * _BATCH):
        ctx.check()
        part = engine.crop_text_regions(pixels, quads[first : first + 8 * _BATCH].astype("float32"))
        turned, told = engine.cls_and_rotate(part)
        crops += turned
        sure = engine.cfg.Cls.cls_thresh
        flipped += ["180" in label and score > sure for label, score in told.cls_res]
    return crops, flipped


def _read(crops: list[Any], ctx: JobContext) -> list[tuple[str, float]]:
    """Text and score of each line; lines of like shape are read together."""
    texts: list[tuple[str, float]] = [("", 0.0)] * len(crops)
    order = sorted(range(len(crops)), key=lambda n: crops[n].shape[1] / crops[n].shape[0])
    for first in range(0, len(order), _BATCH):
        ctx.check()
        numbers = order[first : first + _BATCH]
        read = _engine().recognize_txt([crops[n] for n in numbers])
        for number, text, score in zip(numbers, read.txts, read.scores, strict=True):
            texts[number] = (text, score)
        ctx.report(0.5 + 0.5 * min(1.0, (first + _BATCH) / len(order)))
    return texts


@cache
def _engine() -> Any:
    """The reader, made once; half a second, and about 200 MB while it works."""
    import os

    from rapidocr import RapidOCR

    threads = max(1, (os.cpu_count() or 2) - 1)  # one core is left to the window
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )
