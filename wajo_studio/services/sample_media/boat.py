"""A slim lake boat with a fisherman under a broad hat, who poles it home."""

import math
from dataclasses import dataclass

import numpy as np

from wajo_studio.services.sample_media.vector import Drawing, Point, mix


@dataclass(frozen=True)
class Boat:
    """Where a boat floats, in metres; ``facing`` is 1 when the bow points right, else -1."""

    x: float
    z: float
    length: float = 6.2
    facing: int = -1
    lean: float = 0.0
    """How far the pole has swung, in degrees."""
    rise: float = 0.0
    """Height above the resting waterline."""

    def at(self, u: float, y: float, w: float = 0.0) -> Point:
        """A point given from amidships towards the bow (u), up (y), away (w)."""
        return (self.x + self.facing * u, y + self.rise, self.z + w + 0.10 * u)


def draw_boat(drawing: Drawing, boat: Boat) -> None:
    """Add ``boat``, its load and its fisherman to ``drawing``."""
    _hull(drawing, boat)
    _load(drawing, boat)
    _fisherman(drawing, boat)
    _near_side(drawing, boat)


def _sheer(boat: Boat, count: int = 40) -> list[tuple[float, float, float]]:
    """Along the boat: position, height of the gunwale, half width."""
    rows = []
    for s in np.linspace(-1, 1, count):
        u = s * boat.length / 2
        bow = max(s, 0) ** 3.2 * 0.62
        stern = max(-s, 0) ** 4 * 0.34
        half = 0.44 * (1 - abs(s) ** 2.6)
        rows.append((float(u), 0.27 + bow + stern, float(half)))
    return rows


def _hull(drawing: Drawing, boat: Boat) -> None:
    rows = _sheer(boat)
    far = [boat.at(u, y, half) for u, y, half in rows]
    near = [boat.at(u, y, -half) for u, y, half in rows]
    drawing.face([*far, *reversed(near)], "#2c1d13")
    inner = [boat.at(u, y - 0.10, half * 0.8) for u, y, half in rows]
    drawing.face([*far, *reversed(inner)], "#6d4a2b")
    drawing.line(far, "#d9a663", 0.045)
    for u in np.linspace(-boat.length * 0.34, boat.length * 0.34, 6):
        drawing.line([boat.at(u, 0.24, 0.36), boat.at(u, 0.24, -0.36)], "#8d6238", 0.09, cap="butt")
        drawing.line([boat.at(u, 0.26, 0.36), boat.at(u, 0.26, -0.36)], "#e4b26c", 0.02, cap="butt")


def _near_side(drawing: Drawing, boat: Boat) -> None:
    rows = _sheer(boat)
    top = [boat.at(u, y, -half) for u, y, half in rows]
    keel = [
        boat.at(u * 0.93, -0.12 + 0.30 * abs(2 * u / boat.length) ** 5, -half * 0.7)
        for u, y, half in rows
    ]
    drawing.face(
        [*top, *reversed(keel)],
        drawing.gradient(
            [
                (boat.at(0, 0.5, -0.4), "#3f7a72"),
                (boat.at(0, 0.18, -0.4), "#24544f"),
                (boat.at(0, -0.05, -0.4), "#0f2725"),
            ]
        ),
    )
    for drop, colour, opacity in (
        (0.07, "#e9b94f", 0.95),
        (0.115, "#f3ead2", 0.55),
        (0.20, "#12312e", 0.6),
    ):
        band = [boat.at(u, y - drop, -half) for u, y, half in rows[1:-1]]
        drawing.line(band, colour, 0.030, opacity=opacity)
    drawing.line(top, "#5a3c24", 0.07)
    drawing.line([boat.at(u, y + 0.02, -half) for u, y, half in rows], "#f0c67e", 0.024)


def _load(drawing: Drawing, boat: Boat) -> None:
    """Two baskets, a heap of net and a wicker trap."""
    for u, size, tone in ((0.35, 0.26, "#9c7440"), (0.95, 0.22, "#b28a50")):
        base, top = 0.18, 0.18 + size * 1.5
        sides = [
            boat.at(u - size * 0.8, base),
            boat.at(u + size * 0.8, base),
            boat.at(u + size, top),
            boat.at(u - size, top),
        ]
        drawing.face(
            sides,
            drawing.gradient(
                [
                    (boat.at(u - size, base), mix(tone, "#20150c", 0.5)),
                    (boat.at(u + size, base), mix(tone, "#ffdf9f", 0.35)),
                ]
            ),
        )
        for share in np.linspace(0.12, 0.9, 6):
            y = base + (top - base) * share
            drawing.line(
                [
                    boat.at(u - size * (0.8 + 0.2 * share), y),
                    boat.at(u + size * (0.8 + 0.2 * share), y),
                ],
                "#3b2813",
                0.018,
                opacity=0.55,
            )
        drawing.line([boat.at(u - size, top), boat.at(u + size, top)], "#f2cf8e", 0.05)
    net = [
        boat.at(1.55 + 0.5 * math.cos(a), 0.22 + 0.34 * math.sin(a) * (1 + 0.12 * math.sin(5 * a)))
        for a in np.linspace(0, math.pi, 22)
    ]
    drawing.face(
        net, drawing.gradient([(boat.at(1.1, 0.3), "#1f4a4c"), (boat.at(2.0, 0.5), "#6f9c86")])
    )
    for k in range(5):
        drawing.line(
            [boat.at(1.15 + 0.18 * k, 0.24), boat.at(1.30 + 0.16 * k, 0.50 - 0.03 * abs(k - 2))],
            "#cfe3c6",
            0.012,
            opacity=0.5,
        )


def _fisherman(drawing: Drawing, boat: Boat) -> None:
    """Standing at the stern, seen against the light."""
    u0, floor = -boat.length * 0.29, 0.20
    lean = math.radians(boat.lean)

    def at(across: float, up: float) -> Point:
        # The body leans from the feet; across is metres towards the bow.
        return boat.at(
            u0 + across * math.cos(lean) + up * math.sin(lean),
            floor + up * math.cos(lean) - across * math.sin(lean) * 0.2,
        )

    def limb(
        points: list[tuple[float, float]], colour: str, thick: float, rim: str | None = "#ffd793"
    ) -> None:
        drawing.line([at(*point) for point in points], colour, thick)
        if rim:
            drawing.line(
                [at(x - 0.30 * thick, y + 0.02) for x, y in points], rim, thick * 0.13, opacity=0.9
            )

    hands = ((0.30, 1.22), (0.20, 0.98))
    pole_top, pole_low = (0.62, 2.75), (-0.10, -0.22 - boat.rise)
    far_arm = [(-0.02, 1.28), (0.17, 1.10), hands[1]]
    limb(far_arm, "#4a2f1f", 0.10, None)
    drawing.line([at(*pole_low), at(*pole_top)], "#6e5128", 0.055)
    drawing.line(
        [at(pole_low[0] - 0.012, pole_low[1]), at(pole_top[0] - 0.012, pole_top[1])],
        "#f3d08a",
        0.016,
    )
    limb([(0.10, 0.0), (0.13, 0.40), (0.02, 0.76)], "#2b2a31", 0.155, None)
    limb([(-0.17, 0.0), (-0.13, 0.40), (-0.03, 0.76)], "#1f1f27", 0.165, "#c98f52")
    torso = [
        at(-0.15, 0.68),
        at(0.13, 0.68),
        at(0.19, 1.00),
        at(0.17, 1.30),
        at(0.06, 1.40),
        at(-0.10, 1.38),
        at(-0.20, 1.24),
        at(-0.19, 0.95),
    ]
    drawing.face(
        torso,
        drawing.gradient(
            [(at(-0.2, 1.0), "#c96b3a"), (at(-0.04, 1.0), "#8c2f2b"), (at(0.2, 1.0), "#4d1b20")]
        ),
    )
    drawing.line([at(-0.19, 0.95), at(-0.20, 1.24), at(-0.10, 1.38)], "#ffdfa2", 0.03)
    sarong = [at(-0.18, 0.52), at(0.17, 0.52), at(0.15, 0.80), at(-0.17, 0.80)]
    drawing.face(
        sarong, drawing.gradient([(at(-0.18, 0.6), "#e2a640"), (at(0.17, 0.6), "#7a4d1d")])
    )
    for y in (0.58, 0.66, 0.74):
        drawing.line([at(-0.17, y), at(0.16, y)], "#0e4d3a", 0.022, opacity=0.75)
    drawing.line([at(0.0, 1.36), at(0.02, 1.52)], "#5a3723", 0.13)
    head = [
        at(0.025 + 0.105 * math.cos(a), 1.56 + 0.125 * math.sin(a))
        for a in np.linspace(0, 2 * math.pi, 24)
    ]
    drawing.face(
        head, drawing.gradient([(at(-0.09, 1.56), "#b97a4a"), (at(0.03, 1.56), "#4b2d1d")])
    )
    hat = [
        at(-0.36, 1.585),
        at(-0.20, 1.70),
        at(0.02, 1.86),
        at(0.22, 1.71),
        at(0.40, 1.585),
        at(0.02, 1.535),
    ]
    drawing.face(
        hat,
        drawing.gradient(
            [(at(-0.36, 1.6), "#ffe3a0"), (at(-0.02, 1.6), "#c99a54"), (at(0.40, 1.6), "#6d4c27")]
        ),
    )
    for share in (-0.7, -0.35, 0.0, 0.35, 0.7):
        drawing.line(
            [at(0.02, 1.85), at(0.02 + 0.36 * share, 1.585)], "#5c3f1d", 0.012, opacity=0.6
        )
    drawing.line([at(-0.36, 1.585), at(0.02, 1.545), at(0.40, 1.585)], "#4a3014", 0.025)
    limb([(-0.13, 1.29), (-0.02, 1.04), hands[0]], "#a34b33", 0.125)
    for hand in hands:
        drawing.line([at(*hand), at(hand[0] + 0.01, hand[1] + 0.02)], "#8a5836", 0.075)
