"""Silk on a loom: a Wajo sarong cloth in the making, seen by the weaver. Upright picture."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from wajo_studio.services.sample_media.silk_tools import (
    draw_beater,
    draw_beater_shadow,
    draw_heddles,
    draw_shuttle,
)
from wajo_studio.services.sample_media.sky import colour, noise, smoothstep
from wajo_studio.services.sample_media.vector import Pixels

Array = NDArray[np.float32]

_FELL = 0.455
"""Row where the cloth ends and the bare warp begins, as a fraction of the height."""

_RED, _DEEP, _GOLD, _GREEN, _ROSE = "#b0182c", "#6e0f24", "#f0b93a", "#0f6a4d", "#d9506a"


def paint_silk(width: int, height: int, check: Callable[[], None] = lambda: None) -> Pixels:
    """The picture (height, width, 3), blue-green-red, for 3 to 4; ``check`` may stop the work."""
    picture = _room(width, height)
    _warp(picture)
    check()
    _cloth(picture)
    _lay_svg(picture, draw_heddles(width, height), blur=width / 170)
    check()
    _soften_distance(picture)
    check()
    _shadow(picture, draw_beater_shadow(width, height), width / 55)
    _lay_svg(picture, draw_beater(width, height))
    _shadow(picture, draw_shuttle(width, height, shadow=True), width / 90)
    _lay_svg(picture, draw_shuttle(width, height, shadow=False))
    return _develop(picture)


def _room(width: int, height: int) -> Array:
    """A dim room behind, a bright window at the upper left, lights out of focus."""
    small_w, small_h = width // 8, height // 8
    y = np.linspace(0, 1, small_h, dtype=np.float32)[:, None]
    x = np.linspace(0, 1, small_w, dtype=np.float32)[None, :]
    ground = np.ones((small_h, small_w, 1), np.float32) * colour("#241510")
    window = np.exp(-(((x - 0.20) / 0.30) ** 2) - (((y - 0.02) / 0.22) ** 2))[..., None]
    ground = ground + window * colour("#ffd28a") * 0.85
    green = np.exp(-(((x - 0.86) / 0.22) ** 2) - (((y - 0.10) / 0.12) ** 2))[..., None]
    ground = ground + green * colour("#3f7a4a") * 0.45
    random = np.random.RandomState(6)
    for _ in range(26):
        cx, cy = random.rand(), 0.26 * random.rand()
        radius = 0.02 + 0.035 * random.rand()
        distance = np.hypot(x - cx, (y - cy) * height / width)
        disc = smoothstep(radius, radius * 0.86, distance.astype(np.float32))[..., None]
        tone = colour(("#ffd27a", "#ffb35c", "#8fc07a", "#fff0c8")[random.randint(4)])
        ground = ground + disc * tone * (0.05 + 0.13 * random.rand())
    return np.asarray(
        cv2.resize(ground.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC),
        np.float32,
    )


def _stripe(u: Array) -> NDArray[np.intp]:
    """Colour number of each warp thread, by its place across the cloth (0-1): the checks."""
    place = (u * 9) % 1.0
    number = np.zeros(u.shape, np.intp)
    number[np.abs(place - 0.5) < 0.10] = 1
    number[np.abs(place - 0.5) < 0.035] = 2
    number[np.abs(place - 0.36) < 0.010] = 3
    number[np.abs(place - 0.64) < 0.010] = 3
    number[np.abs(place - 0.02) < 0.012] = 4
    return number


_THREADS = np.stack([colour(tone) for tone in (_RED, _DEEP, _GREEN, _GOLD, _ROSE)])


def _plane(width: int, height: int, top: float, bottom: float, size: tuple[int, int]) -> Array:
    """Homography from a flat texture to the loom's plane between two rows (fractions)."""

    def edge(row: float) -> tuple[float, float]:
        half = 0.30 + 0.62 * row
        return (0.5 - half) * width, (0.5 + half) * width

    (tl, tr), (bl, br) = edge(top), edge(bottom)
    w, h = size
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    target = np.array(
        [[tl, top * height], [tr, top * height], [br, bottom * height], [bl, bottom * height]],
        np.float32,
    )
    return np.asarray(cv2.getPerspectiveTransform(source, target), np.float32)


def _cloth(picture: Array) -> None:
    """The woven part: plain weave in checks, gold waves of supplementary weft, folds of light."""
    height, width = picture.shape[:2]
    w, h = round(width * 1.02), round(height * 0.74)
    pitch = width / 430  # pixels per thread
    across = (np.arange(w, dtype=np.float32) / pitch).astype(np.float32)
    warp = _THREADS[_stripe(across / across[-1])]
    sheen = _sheen(w, h)
    flat = np.empty((h, w, 3), np.uint16)
    for first in range(0, h, 256):
        last = min(first + 256, h)
        down = (np.arange(first, last, dtype=np.float32) / pitch).astype(np.float32)
        weft = _THREADS[_stripe((down * (0.86 * pitch / h) + 0.04).astype(np.float32))]
        flat[first:last] = _weave(across, down, warp, weft, sheen[first:last])
    top = int(_FELL * height)
    move = np.array([[1, 0, 0], [0, 1, -top], [0, 0, 1]], np.float32)
    matrix = move @ _plane(width, height, _FELL, 1.06, (w, h))
    laid = cv2.warpPerspective(flat, matrix, (width, height - top), flags=cv2.INTER_LINEAR)
    picture[top:] = laid.astype(np.float32) / _STEPS


_STEPS = np.float32(20_000)
"""Whole numbers per unit of light in textures; light up to 3 fits."""


def _weave(
    across: Array, down: Array, warp: Array, weft: Array, sheen: Array
) -> NDArray[np.uint16]:
    """Some rows of cloth as light in whole numbers.

    Args:
        across: place of each column, counted in threads.
        down: place of each row, counted in threads.
        warp: colour of each column.
        weft: colour of each row.
        sheen: light on the cloth.
    """
    over = ((np.floor(across)[None, :] + np.floor(down)[:, None]) % 2) > 0
    round_x = np.cos((across % 1 - 0.5) * np.pi)[None, :]
    round_y = np.cos((down % 1 - 0.5) * np.pi)[:, None]
    lit = np.where(
        over,
        0.58 + 0.46 * round_x * (0.6 + 0.4 * round_y),
        0.52 + 0.44 * round_y * (0.6 + 0.4 * round_x),
    )
    gold = _waves(across / across[-1], down / across[-1])
    # Gold floats over several threads: long stitches lying across.
    stitch = 0.62 + 0.50 * round_y * (0.82 + 0.18 * np.cos(across / 4 * np.pi)[None, :] ** 2)
    cloth = np.empty((down.size, across.size, 3), np.uint16)
    for channel, (metal, glance) in enumerate(
        zip(colour("#f3bd45"), colour("#ffdcb0"), strict=True)
    ):
        silk = np.where(over, warp[None, :, channel], weft[:, None, channel]) * lit
        plane = silk * (1 - gold) + metal * stitch * gold
        light = plane * (0.40 + 0.85 * sheen) + glance * 0.20 * sheen**3 * (1 + 1.2 * gold)
        cloth[..., channel] = np.clip(light, 0, 3) * _STEPS
    return cloth


def _waves(u: Array, v: Array) -> Array:
    """Where gold lies: bands of bombang (zigzag waves) and rows of small lozenges, 0-1."""
    total = np.zeros((v.size, u.size), np.float32)
    zig = np.abs((u * 18) % 1.0 - 0.5)[None, :]
    soft = 0.0016
    for middle in (0.135, 0.395, 0.655, 0.915):
        for offset, thick in ((-0.016, 0.0036), (0.0, 0.0085), (0.016, 0.0036)):
            line = np.abs(v[:, None] - middle - offset - (zig - 0.25) * 0.046)
            total = np.maximum(total, smoothstep(thick + soft, thick, line.astype(np.float32)))
        for edge in (-0.044, 0.044):
            row = np.abs(v[:, None] - middle - edge)
            lozenge = row + np.abs((u * 54) % 1.0 - 0.5)[None, :] * 0.012
            total = np.maximum(total, smoothstep(0.0050, 0.0040, lozenge.astype(np.float32)))
    for middle in (0.265, 0.525, 0.785):
        cell = np.abs((u * 9) % 1.0 - 0.5)[None, :] / 9
        star = np.abs(v[:, None] - middle) + cell
        ring = np.abs(star - 0.016)
        total = np.maximum(total, smoothstep(0.0042, 0.0030, ring.astype(np.float32)))
        total = np.maximum(total, smoothstep(0.0068, 0.0056, star.astype(np.float32)))
    return total


def _sheen(w: int, h: int) -> Array:
    """Light on taut silk: broad bands across, softly uneven, brighter on the window's side."""
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    x = np.linspace(0, 1, w, dtype=np.float32)[None, :]
    uneven = noise(w // 8, h // 8, (2.2, 5.0), 3, 4)
    uneven = np.asarray(cv2.resize(uneven, (w, h), interpolation=cv2.INTER_CUBIC), np.float32)
    band = np.exp(-(((y - 0.30 - 0.10 * x + 0.14 * (uneven - 0.5)) / 0.17) ** 2))
    second = 0.55 * np.exp(-(((y - 0.86 + 0.06 * x + 0.12 * (uneven - 0.5)) / 0.13) ** 2))
    side = 1.08 - 0.42 * x
    return np.asarray((0.30 + 0.72 * band + second + 0.22 * (uneven - 0.5)) * side, np.float32)


def _warp(picture: Array) -> None:
    """Bare warp threads running away from the weaver, in two sheets."""
    height, width = picture.shape[:2]
    w, h = round(width * 0.9), round(height * 0.5)
    pitch = w / 300
    along = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    for sheet, (lift, bright) in enumerate(((0.0, 0.50), (0.012, 0.95))):
        across = np.arange(w, dtype=np.float32) / pitch + 0.5 * sheet
        number = np.floor(across)
        tone = _THREADS[_stripe(np.clip(number / number[-1], 0, 1).astype(np.float32))]
        random = np.random.RandomState(50 + sheet)
        uneven = (0.72 + 0.5 * random.rand(int(number[-1]) + 2))[number.astype(int)].astype(
            np.float32
        )
        body = np.cos((across % 1 - 0.5) * np.pi * 1.55)
        cover = np.clip(body * 2.2, 0, 1)[None, :]
        light = bright * (0.35 + 0.85 * np.exp(-(((along - 0.52) / 0.22) ** 2))) * uneven[None, :]
        glint = (
            0.55
            * bright
            * np.clip(body, 0, 1)[None, :] ** 6
            * np.exp(-(((along - 0.52) / 0.16) ** 2))
        )
        flat = np.empty((h, w, 4), np.uint16)
        for c, shine in enumerate(colour("#ffe2b0")):
            flat[..., c] = (tone[None, :, c] * light + shine * glint) * cover * _STEPS
        flat[..., 3] = cover * _STEPS
        matrix = _plane(width, height, 0.0 - lift, _FELL + 0.01, (w, h))
        laid = cv2.warpPerspective(
            flat, matrix, (width, int((_FELL + 0.01) * height)), flags=cv2.INTER_LINEAR
        )
        for first in range(0, laid.shape[0], 256):
            band = laid[first : first + 256].astype(np.float32) / _STEPS
            ground = picture[first : first + band.shape[0]]
            ground *= 1 - band[..., 3:]
            ground += band[..., :3]


def _soften_distance(picture: Array) -> None:
    """What lies far behind the fell is out of focus; the nearest edge a little."""
    height, width = picture.shape[:2]
    rows = int(0.40 * height)
    part = picture[:rows]
    step = 4
    small = cv2.resize(part, (width // step, rows // step), interpolation=cv2.INTER_AREA)
    for sigma, start, end in (
        (width / 900, 0.40, 0.30),
        (width / 320, 0.30, 0.16),
        (width / 150, 0.18, 0.02),
    ):
        soft = cv2.GaussianBlur(small, (0, 0), sigma / step * 2)
        soft = cv2.resize(soft, (width, rows), interpolation=cv2.INTER_CUBIC)
        y = (np.arange(rows, dtype=np.float32) / height)[:, None, None]
        share = smoothstep(start, end, y)
        part[:] = part * (1 - share) + soft * share
    near = int(0.90 * height)
    foot = picture[near:]
    blurred = cv2.GaussianBlur(foot, (0, 0), width / 500)
    y = np.linspace(0, 1, foot.shape[0], dtype=np.float32)[:, None, None]
    foot[:] = foot * (1 - y) + blurred * y


def _lay_svg(picture: Array, top: Pixels, blur: float = 0.0) -> None:
    """Premultiplied pixels over the light, band by band; with ``blur`` out of focus."""
    rows = np.flatnonzero(top[..., 3].any(axis=1))
    if blur:
        margin = int(4 * blur)
        first, last = max(rows[0] - margin, 0), min(rows[-1] + margin, top.shape[0])
        part = top[first:last]
        small = cv2.resize(part, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(small, (0, 0), blur / 4)
        full = cv2.resize(soft, (part.shape[1], part.shape[0]), interpolation=cv2.INTER_LINEAR)
        top = np.asarray(full, np.uint8)
    else:
        first, last = rows[0], rows[-1] + 1
        top = top[first:last]
    cover = top[..., 3:].astype(np.float32) / 255
    ground = picture[first:last]
    ground *= 1 - cover
    ground += top[..., :3].astype(np.float32) / 255


def _shadow(picture: Array, shape: Pixels, blur: float) -> None:
    """Darken the light under a blurred shape."""
    small = cv2.resize(shape[..., 3], None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small.astype(np.float32) / 255, (0, 0), blur / 4)
    rows = np.flatnonzero((soft > 0.004).any(axis=1))
    first, last = rows[0] * 4, min((rows[-1] + 1) * 4, picture.shape[0])
    full = cv2.resize(
        soft[rows[0] : rows[-1] + 1],
        (picture.shape[1], last - first),
        interpolation=cv2.INTER_LINEAR,
    )
    picture[first:last] *= (1 - 0.86 * full)[..., None]


def _develop(picture: Array) -> Pixels:
    """Bloom, darker corners, soft whites, 8 bits."""
    height, width = picture.shape[:2]
    small = cv2.resize(
        np.clip(picture - 0.72, 0, 1), (width // 8, height // 8), interpolation=cv2.INTER_AREA
    )
    glow = cv2.GaussianBlur(small, (0, 0), width / 8 / 28)
    picture += 0.45 * cv2.resize(glow, (width, height), interpolation=cv2.INTER_LINEAR)
    result: Pixels = np.empty((height, width, 3), np.uint8)
    dx = np.linspace(-1, 1, width, dtype=np.float32)[None, :] ** 2
    for first in range(0, height, 256):
        part = picture[first : first + 256]
        rows = np.arange(first, first + part.shape[0], dtype=np.float32)[:, None]
        dy = (rows / height * 2 - 1) ** 2
        part *= (1 - 0.30 * np.clip(0.55 * dx + 0.6 * dy - 0.30, 0, 1))[..., None]
        bright = np.maximum(part - 0.80, 0)
        part -= bright - 0.2 * (1 - np.exp(-bright / 0.2))
        result[first : first + 256] = np.clip(part * 255 + 0.5, 0, 255).astype(np.uint8)
    return result
