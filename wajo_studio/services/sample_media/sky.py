"""Morning sky and hills: light as numbers, so that the sun may be brighter than white.

Arrays are (height, width, 3), blue-green-red, float32 in linear-ish display light: 1.0 is
white, the sun exceeds it.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Light = NDArray[np.float32]

SUN_X = 0.665
"""Column of the sun as a fraction of the width."""
SUN_HEIGHT = 0.062
"""How far the sun stands above the horizon, as a fraction of the width."""

# Height above the horizon as a fraction of the width, and the colour there.
_SKY = (
    (0.000, "#ffd99a"),
    (0.035, "#ffd08c"),
    (0.085, "#f7c391"),
    (0.150, "#dcbf9f"),
    (0.230, "#a9b6ab"),
    (0.320, "#6f9ba5"),
    (0.460, "#3f7488"),
    (0.700, "#2a5a72"),
)


def colour(text: str) -> Light:
    """``#rrggbb`` as blue, green, red in 0-1."""
    return np.array([int(text[i : i + 2], 16) / 255 for i in (5, 3, 1)], np.float32)


def noise(
    width: int, height: int, cells: tuple[float, float], seed: int, octaves: int = 5
) -> NDArray[np.float32]:
    """Soft random clouds in 0-1 with about ``cells`` (across, down) blobs in the coarsest layer."""
    # RandomState and not default_rng: its stream is promised never to change.
    random = np.random.RandomState(seed)
    total = np.zeros((height, width), np.float32)
    weight, sum_weights = 1.0, 0.0
    for octave in range(octaves):
        across = max(2, round(cells[0] * 2**octave)) + 3
        down = max(2, round(cells[1] * 2**octave)) + 3
        grid = random.rand(down, across).astype(np.float32)
        layer = cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        total += weight * layer
        sum_weights += weight
        weight *= 0.52
    total /= sum_weights
    return np.asarray(np.clip((total - 0.5) * 1.9 + 0.5, 0, 1), np.float32)


def smoothstep(low: float, high: float, value: NDArray[np.float32]) -> NDArray[np.float32]:
    """0 below ``low``, 1 above ``high``, smooth between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def sky(width: int, height: int) -> Light:
    """The sky from the top of the picture (row 0) down to the horizon (row ``height``)."""
    above = ((height - np.arange(height, dtype=np.float32)) / width).astype(np.float32)
    stops = np.array([stop for stop, _ in _SKY], np.float32)
    colours = np.stack([colour(text) for _, text in _SKY])
    column = np.stack([np.interp(above, stops, colours[:, c]) for c in range(3)], axis=1)
    picture = np.repeat(column[:, None, :].astype(np.float32), width, axis=1)

    x = (np.arange(width, dtype=np.float32) / np.float32(width) - np.float32(SUN_X))[None, :]
    y = (above - SUN_HEIGHT)[:, None]
    distance = np.sqrt(x * x + (1.15 * y) ** 2)
    warm = np.exp(-distance / 0.16)[..., None]
    picture += warm * (colour("#ffb347") * 0.42)
    picture *= 1 - 0.16 * smoothstep(0.15, 0.62, np.abs(x))[..., None]

    picture = _clouds(picture, x, above, width, height)
    glow = np.exp(-((distance / 0.022) ** 2))[..., None] * colour("#ffe9b0") * 1.1
    disc = smoothstep(0.0118, 0.0104, distance)[..., None]
    picture += glow
    return (picture * (1 - disc) + disc * colour("#fffbe6") * 3.2).astype(np.float32)


def _clouds(
    picture: Light, x: NDArray[np.float32], above: NDArray[np.float32], width: int, height: int
) -> Light:
    """Long thin clouds, bright on the side of the sun, rose and mauve on the other."""
    near = np.exp(-np.abs(x) / 0.32)
    for seed, (low, high), cells, strength, band in (
        (11, (0.50, 0.86), (3.4, 8.0), 0.80, (0.12, 0.40)),
        (29, (0.46, 0.82), (2.6, 15.0), 0.66, (0.03, 0.15)),
    ):
        field = noise(width, height, cells, seed, 7)
        shear = noise(width, height, (2.0, 2.5), seed + 1, 3)
        field = np.clip(field + (shear - 0.5) * 0.40, 0, 1)
        inside = smoothstep(band[0] * 0.4, band[0], above) * (
            1 - smoothstep(band[1], band[1] * 1.5, above)
        )
        density = smoothstep(low, high, field) * inside[:, None] * strength
        # Light comes from the sun: a cloud is bright where it thins out towards it.
        step = max(2, width // 110)
        soft = cv2.GaussianBlur(density, (0, 0), step * 0.45)
        towards = np.roll(soft, (-step, 0), (0, 1))
        rim = np.clip((soft - towards) * 1.5 + 0.42, 0, 1)
        lit = np.clip(rim * (0.45 + 0.75 * near), 0, 1)[..., None]
        shade = colour("#93909f") * (1 - near[..., None]) + colour("#d39a86") * near[..., None]
        body = shade * (1 - lit) + colour("#ffdfae") * 1.08 * lit
        share = density[..., None]
        picture = picture * (1 - share) + body.astype(np.float32) * share
    return picture


# Distance order: far to near. (seed, height, roughness, colour, haze at its foot)
_RIDGES = (
    (5, 0.082, 3.0, "#8d9aa4", 0.95),
    (17, 0.060, 4.5, "#6d858c", 0.85),
    (23, 0.040, 6.5, "#4d6d6d", 0.80),
    (41, 0.020, 15.0, "#33544c", 0.78),
)


def hills(picture: Light) -> Light:
    """Ridges in morning haze, drawn onto a sky whose last row is the horizon."""
    height, width = picture.shape[:2]
    above = ((height - np.arange(height, dtype=np.float32)) / width)[:, None]
    x = np.arange(width, dtype=np.float32) / width
    light = np.exp(-np.abs(x - SUN_X) / 0.17)[None, :, None]
    for index, (seed, tall, cells, tone, haze) in enumerate(_RIDGES):
        line = noise(width, 1, (cells, 1), seed, 7)[0]
        shape = tall * (0.42 + 0.95 * line)
        # The ridge lies lower under the sun and towards the open end of the lake.
        shape *= 1 - 0.55 * np.exp(-(((x - SUN_X - 0.03) / 0.17) ** 2))
        if index == len(_RIDGES) - 1:
            crowns = noise(width, 1, (190, 1), 77, 3)[0]
            shape += 0.0030 * crowns
        edge = shape[None, :]
        inside = smoothstep(0, 1.2 / width, edge - above)[..., None]
        foot = np.exp(-above / (0.30 * tall))[..., None] * haze
        body = colour(tone) * (1 - 0.75 * light) + colour("#f2b673") * 0.75 * light
        mist = colour("#dcc9a8") * (1 - light) + colour("#ffdf9f") * 1.05 * light
        body = body * (1 - foot) + mist * foot
        picture = picture * (1 - inside) + body.astype(np.float32) * inside
    return picture
