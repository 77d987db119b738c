"""Walls of a floating house: boards, windows with shutters, a door with a lamp behind it."""

import numpy as np

from wajo_studio.services.sample_media.house_shape import DARK, FLOOR, House
from wajo_studio.services.sample_media.vector import Drawing, Point, mix

_GLOW = "#ffc765"


def draw_walls(drawing: Drawing, house: House, random: np.random.RandomState) -> None:
    """Gable wall, front wall, windows, door and the shade of the eaves."""
    at, tone = house.at, house.tone
    _planks(drawing, house, random, (0, house.depth), "side", house.gable, ("#ffd79a", "#a8703c"))
    _planks(drawing, house, random, (0, house.length), "front", house.wall, ("#9fb7ab", "#2e2b28"))
    # Gable triangle: lying boards, lit by the low sun.
    bottom = FLOOR + house.wall_height
    rows = 9
    for row in range(rows):
        low, high = row / rows, (row + 1) / rows
        half = house.depth / 2
        board = mix(house.gable, "#ffd79a" if row % 2 else "#8a5a33", 0.10 + 0.12 * random.rand())
        y0, y1 = bottom + low * house.roof_height, bottom + high * house.roof_height
        quad = [
            at(house.length, y0, half * low),
            at(house.length, y0, house.depth - half * low),
            at(house.length, y1, house.depth - half * high),
            at(house.length, y1, half * high),
        ]
        drawing.face(quad, tone(board))
        drawing.line(quad[:2], tone(mix(house.gable, DARK, 0.6)), 0.022, opacity=0.7)
    _window(drawing, house, "side", house.depth * 0.5, open_shutters=True)
    for s in (0.16, 0.80):
        _window(drawing, house, "front", house.length * s, open_shutters=True)
    _door(drawing, house)
    # Shade of the eaves on the front wall.
    drawing.face(
        [
            at(0, bottom, 0),
            at(house.length, bottom, 0),
            at(house.length, bottom - 0.55, 0),
            at(0, bottom - 0.55, 0),
        ],
        drawing.gradient([(at(0, bottom, 0), "#0a0f10cc"), (at(0, bottom - 0.55, 0), "#0a0f1000")]),
        1 - 0.7 * house.haze,
    )


def _planks(
    drawing: Drawing,
    house: House,
    random: np.random.RandomState,
    along: tuple[float, float],
    side: str,
    base: str,
    light: tuple[str, str],
) -> None:
    """Upright boards of the front (``side`` "front") or the right gable wall."""
    at, tone = house.at, house.tone
    bottom, top = FLOOR, FLOOR + house.wall_height

    def spot(s: float, y: float) -> Point:
        return at(s, y, 0) if side == "front" else at(house.length, y, s)

    position = along[0]
    while position < along[1] - 1e-6:
        end = min(position + 0.20 + 0.05 * random.rand(), along[1])
        board = mix(base, light[0] if random.rand() > 0.5 else light[1], 0.26 * random.rand())
        paint = drawing.gradient(
            [
                (spot(position, top), tone(mix(board, "#0d1413", 0.42))),
                (spot(position, top - 0.7), tone(board)),
                (spot(position, bottom), tone(mix(board, "#c08a4e", 0.20))),
            ]
        )
        drawing.face(
            [spot(position, bottom), spot(end, bottom), spot(end, top), spot(position, top)], paint
        )
        drawing.line(
            [spot(end, bottom), spot(end, top)],
            tone(mix(base, DARK, 0.75)),
            0.018,
            opacity=0.75,
            cap="butt",
        )
        for _ in range(2):
            y = bottom + random.rand() * (house.wall_height - 0.5)
            s = position + (end - position) * (0.2 + 0.6 * random.rand())
            drawing.line(
                [spot(s, y), spot(s, y + 0.2 + 0.4 * random.rand())],
                tone(mix(base, DARK, 0.5)),
                0.010,
                opacity=0.35,
            )
        position = end


def _window(
    drawing: Drawing, house: House, side: str, middle: float, *, open_shutters: bool
) -> None:
    at, tone = house.at, house.tone

    def spot(s: float, y: float) -> Point:
        return at(s, y, -0.02) if side == "front" else at(house.length + 0.02, y, s)

    half, low, high = 0.42, FLOOR + 0.75, FLOOR + 1.62
    frame = [
        spot(middle - half, low),
        spot(middle + half, low),
        spot(middle + half, high),
        spot(middle - half, high),
    ]
    inside = drawing.gradient(
        [
            (spot(middle, high), tone("#241a14")),
            (spot(middle, low + 0.35), tone("#6b4219")),
            (spot(middle, low), tone("#3a2413")),
        ]
    )
    drawing.face(frame, inside)
    drawing.line([*frame, frame[0]], tone(mix(house.trim, "#ffffff", 0.25)), 0.055)
    for share in (0.33, 0.67):
        s = middle - half + 2 * half * share
        drawing.line([spot(s, low), spot(s, high)], tone(mix(house.trim, "#101010", 0.35)), 0.025)
    if not open_shutters:
        return
    for sign in (-1, 1):
        near, far = middle + sign * half, middle + sign * (half + 0.40)
        shutter = [spot(near, low), spot(far, low - 0.03), spot(far, high + 0.03), spot(near, high)]
        lit = "#ffe3ae" if sign > 0 else "#16221f"
        drawing.face(shutter, tone(mix(house.trim, lit, 0.18 if side == "front" else 0.32)))
        for share in np.linspace(0.12, 0.88, 8):
            y = low + (high - low) * share
            drawing.line(
                [spot(near + sign * 0.05, y), spot(far - sign * 0.05, y)],
                tone(mix(house.trim, DARK, 0.55)),
                0.02,
                opacity=0.8,
            )
        drawing.line([*shutter, shutter[0]], tone(mix(house.trim, DARK, 0.45)), 0.02)


def _door(drawing: Drawing, house: House) -> None:
    at, tone = house.at, house.tone
    left, right, top = house.length * 0.40, house.length * 0.40 + 0.95, FLOOR + 1.75
    opening = [
        at(left, FLOOR, -0.02),
        at(right, FLOOR, -0.02),
        at(right, top, -0.02),
        at(left, top, -0.02),
    ]
    drawing.face(
        opening,
        drawing.gradient(
            [
                (at(left, top, 0), tone("#3b2714")),
                (at(left, FLOOR + 1.0, 0), tone("#b8742a")),
                (at(left, FLOOR, 0), tone("#4c2f17")),
            ]
        ),
    )
    # A lamp burns inside.
    lamp = drawing.camera.see(at(left + 0.52, FLOOR + 1.28, -0.02))
    radius = 0.36 * drawing.camera.scale(house.z)
    name = f"lamp{len(drawing.definitions)}"
    drawing.definitions.append(
        f'<radialGradient id="{name}" gradientUnits="userSpaceOnUse" cx="{lamp[0]:.1f}" cy="{lamp[1]:.1f}" '
        f'r="{radius:.1f}"><stop offset="0" stop-color="#fff0c2"/><stop offset="0.25" stop-color="{_GLOW}" '
        f'stop-opacity="0.9"/><stop offset="1" stop-color="{_GLOW}" stop-opacity="0"/></radialGradient>'
    )
    drawing.face(opening, f"url(#{name})", 1 - house.haze)
    leaf = [
        at(right, FLOOR, -0.02),
        at(right + 0.62, FLOOR, -0.55),
        at(right + 0.62, top, -0.55),
        at(right, top, -0.02),
    ]
    drawing.face(
        leaf,
        drawing.gradient(
            [
                (leaf[0], tone(mix(house.trim, DARK, 0.35))),
                (leaf[1], tone(mix(house.trim, "#ffdca0", 0.35))),
            ]
        ),
    )
    for share in (0.12, 0.54):
        y0, y1 = FLOOR + 1.75 * share, FLOOR + 1.75 * (share + 0.34)
        panel = [
            at(right + 0.12, y0, -0.12),
            at(right + 0.50, y0, -0.45),
            at(right + 0.50, y1, -0.45),
            at(right + 0.12, y1, -0.12),
        ]
        drawing.line([*panel, panel[0]], tone(mix(house.trim, DARK, 0.5)), 0.03)
    drawing.line([*opening, opening[0]], tone(mix(house.trim, "#ffffff", 0.2)), 0.06)
