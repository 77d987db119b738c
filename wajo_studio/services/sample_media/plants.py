"""Green of the lake: water hyacinths in the foreground, fishing stakes, birds."""

import math

import cv2
import numpy as np

from wajo_studio.services.sample_media.vector import Camera, Drawing, Pixels, mix


def draw_hyacinths(
    drawing: Drawing, left: float, right: float, base: float, size: float, seed: int
) -> None:
    """A floating bed of water hyacinth (eceng gondok) across the lower edge.

    Args:
        drawing: what to add to.
        left: pixel column where it begins.
        right: pixel column where it ends.
        base: row of its waterline, in pixels.
        size: height of the tallest leaves, in pixels.
        seed: of the arrangement.
    """
    random = np.random.RandomState(seed)
    count = int(60 * (right - left) / max(size * 4, 1))
    plants = []
    for _ in range(max(count, 6)):
        t = random.rand()
        middle = 1 - abs(2 * t - 1) ** 2.2
        plants.append(
            (left + (right - left) * t, random.rand(), 0.35 + 0.65 * middle, random.rand())
        )
    middle, half = (left + right) / 2, (right - left) / 2
    drawing.parts.append(
        f'<ellipse cx="{middle:.0f}" cy="{base + size * 0.5:.0f}" rx="{half * 1.02:.0f}" '
        f'ry="{size * 0.75:.0f}" fill="#0a211d" fill-opacity="0.85"/>'
    )
    for x, depth, tall, tint in sorted(plants, key=lambda plant: plant[1]):
        y = base + size * 0.75 * depth
        height = size * tall * (0.55 + 0.40 * depth)
        shade = 0.55 - 0.45 * depth
        for k in range(5):
            angle = math.radians(-58 + 29 * k + 16 * (random.rand() - 0.5))
            _leaf(drawing, x, y, height * (0.72 + 0.4 * random.rand()), angle, tint, shade)
        if tint > 0.74:
            _flower(drawing, x + size * 0.05, y - height * 1.06, size * 0.10 * (0.7 + 0.5 * depth))


def _leaf(
    drawing: Drawing, x: float, y: float, height: float, angle: float, tint: float, shade: float
) -> None:
    tip_x, tip_y = x + height * math.sin(angle), y - height * math.cos(angle)
    bend_x, bend_y = x + height * 0.22 * math.sin(angle), y - height * 0.62
    green = mix(mix("#28583a", "#73903a", tint), "#0c2a24", shade + 0.08)
    drawing.stroke(
        f"M{x:.1f} {y:.1f}Q{bend_x:.1f} {bend_y:.1f} {tip_x:.1f} {tip_y:.1f}",
        mix(green, "#1a3a22", 0.35),
        height * 0.055,
    )
    radius = height * 0.27
    turn = math.degrees(angle) * 0.9
    facing = 0.55 + 0.45 * abs(math.cos(angle * 1.3))
    name = f"g{len(drawing.definitions)}"
    lit = mix(mix(green, "#f7d67a", 0.50 * (1 - shade)), green, max(0.0, -math.sin(angle)) * 0.4)
    drawing.definitions.append(
        f'<linearGradient id="{name}" x1="0" y1="0.2" x2="1" y2="0.7">'
        f'<stop offset="0" stop-color="{mix(green, "#0a231d", 0.35)}"/><stop offset="0.55" stop-color="{green}"/>'
        f'<stop offset="1" stop-color="{lit}"/></linearGradient>'
    )
    w, h = radius * facing, radius
    blade = (
        f"M0 {h:.1f}C{-w * 1.15:.1f} {h * 0.75:.1f} {-w * 1.1:.1f} {-h * 0.75:.1f} 0 {-h:.1f}"
        f"C{w * 1.1:.1f} {-h * 0.75:.1f} {w * 1.15:.1f} {h * 0.75:.1f} 0 {h:.1f}Z"
    )
    place = f'transform="translate({tip_x:.1f} {tip_y:.1f}) rotate({turn:.1f})"'
    drawing.parts.append(
        f'<g {place}><path d="{blade}" fill="url(#{name})"/>'
        f'<path d="M0 {h * 0.9:.1f}Q{w * 0.16:.1f} 0 0 {-h * 0.85:.1f}" fill="none" stroke="{mix(green, "#e8e39a", 0.45)}" '
        f'stroke-width="{max(height * 0.010, 0.8):.1f}" stroke-opacity="0.7"/>'
        f'<path d="M{w * 0.30:.1f} {-h * 0.86:.1f}C{w * 0.95:.1f} {-h * 0.6:.1f} {w * 0.98:.1f} {h * 0.3:.1f} {w * 0.62:.1f} {h * 0.66:.1f}" '
        f'fill="none" stroke="#ffe9a8" stroke-width="{max(height * 0.012, 0.8):.1f}" stroke-opacity="{0.75 * (1 - shade):.2f}"/></g>'
    )


def _flower(drawing: Drawing, x: float, y: float, size: float) -> None:
    """A spike of lilac blossoms."""
    drawing.stroke(f"M{x:.1f} {y + size * 6:.1f}L{x:.1f} {y:.1f}", "#3f6b34", size * 0.22)
    for row in range(4):
        for side in (-0.8, 0.0, 0.8):
            cx, cy = (
                x + side * size * (1 - 0.16 * row),
                y + size * (1.5 - 0.85 * row) + abs(side) * size * 0.25,
            )
            radius = size * (0.62 - 0.09 * row)
            petal = mix("#8a78c2", "#d9c8f2", 0.25 * row + (0.25 if side > 0 else 0))
            drawing.parts.append(
                f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{radius:.1f}" fill="{petal}"/>'
                f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{radius * 0.30:.1f}" fill="#f5d565"/>'
            )


def draw_stakes(
    drawing: Drawing, start: tuple[float, float], end: tuple[float, float], seed: int
) -> None:
    """A row of bamboo stakes with a net, from one (x, z) to another, in metres."""
    random = np.random.RandomState(seed)
    count = 15
    tops = []
    for k in range(count):
        share = (k + 0.3 * random.rand()) / (count - 1)
        x, z = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
        tall = 1.0 + 0.75 * random.rand()
        lean = 0.22 * (random.rand() - 0.5)
        drawing.line(
            [(x, -0.05, z), (x + lean, tall, z)],
            mix("#3c3a30", "#6a5a3c", random.rand()),
            0.075,
            opacity=0.92,
        )
        drawing.line([(x + 0.02, 0, z), (x + lean + 0.02, tall, z)], "#f2c987", 0.02, opacity=0.75)
        tops.append((x + lean * 0.5, 0.62, z))
    for drop in (0.0, 0.2, 0.4):
        drawing.line([(x, y - drop, z) for x, y, z in tops], "#3b4a45", 0.025, opacity=0.65)


def draw_birds(pixels: Pixels, camera: Camera, time_s: float, drift_m: float = 0.0) -> None:
    """Egrets in loose formation over the lake, painted into ``pixels`` (three or four channels)."""
    random = np.random.RandomState(8)
    width = camera.width
    for index in range(9):
        column = 0.36 + 0.030 * index + 0.018 * random.rand() + drift_m
        row = (
            0.150
            + 0.016 * abs(index - 3)
            + 0.014 * random.rand()
            + 0.004 * math.sin(time_s * 0.9 + index)
        )
        span = width * (0.0125 + 0.004 * random.rand())
        beat = math.sin(time_s * 5.2 * (0.9 + 0.2 * random.rand()) + 6.28 * random.rand())
        x, y = column * width, camera.horizon - (0.36 - row) * width
        _bird(pixels, x, y, span, beat)


def _bird(pixels: Pixels, x: float, y: float, span: float, beat: float) -> None:
    lift = 0.16 + 0.34 * beat
    left, right = [], []
    for t in np.linspace(0, 1, 12):
        # A wing bends at the wrist: up first, then out.
        bend = math.sin(math.pi * min(t * 1.15, 1)) * 0.20
        thick = 0.085 * (1 - t) ** 0.7 + 0.004
        height = lift * t + bend * (0.6 + 0.4 * beat)
        left.append((-t * (1 - 0.12 * abs(beat)), height, thick))
        right.append((t * 0.94 * (1 - 0.12 * abs(beat)), height * 0.93, thick))

    def polygon(points: list[tuple[float, float]], colour: tuple[int, int, int]) -> None:
        fixed = np.array([[(x + px * span) * 16, (y - py * span) * 16] for px, py in points])
        fill = (*colour, 255) if pixels.shape[2] == 4 else colour
        cv2.fillPoly(pixels, [np.rint(fixed).astype(np.int32)], fill, cv2.LINE_AA, 4)

    shade, light = (92, 96, 104), (214, 236, 250)
    for wing in (left, right):
        upper = [(px, py + thick) for px, py, thick in wing]
        lower = [(px, py - thick) for px, py, thick in reversed(wing)]
        polygon(upper + lower, shade)
        rim = [(px, py + thick) for px, py, thick in wing]
        polygon(rim + [(px, py + thick * 0.35) for px, py, thick in reversed(wing)], light)
    body = [
        (0.34 * math.cos(a) + 0.06, 0.065 * math.sin(a) - 0.01)
        for a in np.linspace(0, 2 * math.pi, 20)
    ]
    polygon(body, (128, 140, 150))
    polygon([(0.36, 0.03), (0.56, 0.045), (0.58, 0.02), (0.36, -0.03)], (120, 140, 160))
    polygon([(-0.26, 0.02), (-0.58, -0.03), (-0.58, -0.055), (-0.26, -0.05)], (60, 62, 66))
