"""Drawing a floating house of Danau Tempe: raft, veranda and what its people keep there."""

import math

import numpy as np

from wajo_studio.services.sample_media.house_roof import (
    draw_bargeboards,
    draw_main_roof,
    draw_porch_ceiling,
    draw_porch_roof,
)
from wajo_studio.services.sample_media.house_shape import DARK, FLOOR, PORCH, House, porch_height
from wajo_studio.services.sample_media.house_walls import draw_walls
from wajo_studio.services.sample_media.vector import Drawing, mix


def draw_house(drawing: Drawing, house: House) -> None:
    """Add ``house`` to ``drawing``, back to front."""
    random = np.random.RandomState(house.seed)
    _raft(drawing, house, random)
    draw_walls(drawing, house, random)
    if drawing.camera.mirrored:
        # From the water one looks up under the porch roof.
        draw_main_roof(drawing, house, random)
        _veranda(drawing, house, random)
        _belongings(drawing, house)
        draw_porch_ceiling(drawing, house)
    else:
        _veranda(drawing, house, random)
        _belongings(drawing, house)
        draw_main_roof(drawing, house, random)
        draw_porch_roof(drawing, house, random)
    draw_bargeboards(drawing, house)


def _raft(drawing: Drawing, house: House, random: np.random.RandomState) -> None:
    """Bundles of bamboo along the front, their cut ends on the right, a plank deck on top."""
    at, tone = house.at, house.tone
    left, right, front, back = -0.9, house.length + 0.9, -PORCH - 0.55, house.depth + 0.5
    drawing.face(
        [at(right, 0, front), at(right, 0.42, front), at(right, 0.42, back), at(right, 0, back)],
        tone("#2b1d14"),
    )
    drawing.face(
        [
            at(left, -0.1, front),
            at(left, 0.42, front),
            at(right, 0.42, front),
            at(right, -0.1, front),
        ],
        tone("#1d1712"),
    )
    for row in range(3):
        y = 0.03 + 0.135 * row
        start = left - 0.25 * random.rand()
        end = right + 0.30 * random.rand()
        body = mix("#7d6238", "#a3834e", random.rand())
        for offset, thick, colour in (
            (0.0, 0.135, "#241a12"),
            (0.008, 0.115, body),
            (0.030, 0.055, mix(body, "#e6c488", 0.45)),
            (0.046, 0.018, "#f6deac"),
        ):
            log = [at(start, y + offset, front), at(end, y + offset, front)]
            drawing.line(log, tone(colour), thick, cap="butt")
        for node in np.arange(start + 0.5 * random.rand(), end, 0.62):
            drawing.line(
                [at(node, y + 0.05, front), at(node, y - 0.05, front)],
                tone("#3a2a19"),
                0.018,
                opacity=0.55,
                cap="butt",
            )
    top = [
        at(left, 0.42, front),
        at(right, 0.42, front),
        at(right, 0.42, back),
        at(left, 0.42, back),
    ]
    drawing.face(top, drawing.gradient([(top[0], tone("#5f4a31")), (top[1], tone("#a9834e"))]))
    step = 0.19
    for index, w in enumerate(np.arange(front + 0.1, back, step)):
        for row in range(2):
            y = 0.08 + 0.16 * row
            cut = at(right + 0.12 * ((index * 7 + row * 3) % 5) / 4, y, w)
            radius = 0.075 * drawing.camera.scale(cut[2])
            cx, cy = drawing.camera.see(cut)
            drawing.parts.append(
                f'<ellipse cx="{cx:.1f}" cy="{cy:.1f}" rx="{radius * 0.62:.1f}" ry="{radius:.1f}" '
                f'fill="{tone(mix("#c79a55", "#f4cf87", (index * 5 % 7) / 6))}"/>'
                f'<ellipse cx="{cx:.1f}" cy="{cy:.1f}" rx="{radius * 0.32:.1f}" ry="{radius * 0.55:.1f}" '
                f'fill="{tone("#4b3319")}"/>'
            )
    deck = [
        at(left + 0.3, 0.46, front + 0.1),
        at(right - 0.3, 0.46, front + 0.1),
        at(right - 0.3, 0.46, back),
        at(left + 0.3, 0.46, back),
    ]
    drawing.face(deck, drawing.gradient([(deck[0], tone("#5a4632")), (deck[1], tone("#b58a55"))]))
    for w in np.arange(front + 0.25, 0.2, 0.2):
        drawing.line(
            [at(left + 0.3, 0.46, w), at(right - 0.3, 0.46, w)], tone("#33261b"), 0.018, opacity=0.7
        )
    lip = [
        at(left + 0.3, 0.46, front + 0.1),
        at(right - 0.3, 0.46, front + 0.1),
        at(right - 0.3, 0.38, front + 0.1),
        at(left + 0.3, 0.38, front + 0.1),
    ]
    drawing.face(lip, tone("#3d2d20"))


def _veranda(drawing: Drawing, house: House, random: np.random.RandomState) -> None:
    at, tone = house.at, house.tone
    front = -PORCH
    floor = [
        at(-0.1, FLOOR, front),
        at(house.length + 0.1, FLOOR, front),
        at(house.length + 0.1, FLOOR, 0.05),
        at(-0.1, FLOOR, 0.05),
    ]
    drawing.face(
        floor, drawing.gradient([(floor[0], tone("#6a4f37")), (floor[1], tone("#c99a60"))])
    )
    for w in np.arange(front + 0.18, 0, 0.18):
        drawing.line(
            [at(-0.1, FLOOR, w), at(house.length + 0.1, FLOOR, w)],
            tone("#3a2a1d"),
            0.018,
            opacity=0.6,
        )
    edge = [
        floor[0],
        floor[1],
        at(house.length + 0.1, FLOOR - 0.14, front),
        at(-0.1, FLOOR - 0.14, front),
    ]
    drawing.face(edge, tone("#4a3626"))
    posts = np.linspace(0.05, house.length - 0.05, 5)
    top = porch_height(house, front) - 0.06
    gap = (1, 2)  # the bay without a railing, where one steps aboard
    rail_y = FLOOR + 0.78
    for index in range(len(posts) - 1):
        if index == gap[0]:
            continue
        a, b = posts[index], posts[index + 1]
        for y, thick in ((rail_y, 0.07), (FLOOR + 0.14, 0.05)):
            drawing.line(
                [at(a, y, front), at(b, y, front)], tone(mix(house.trim, "#e9d9b8", 0.35)), thick
            )
        count = 6
        for step in range(1, count):
            u = a + (b - a) * step / count
            drawing.line(
                [at(u, FLOOR + 0.14, front), at(u, rail_y, front)],
                tone(mix(house.trim, "#e0d0ae", 0.2)),
                0.035,
            )
    for u in posts:
        colour = mix("#77573a", "#b0845a", random.rand())
        drawing.line([at(u, 0.42, front), at(u, top, front)], tone(colour), 0.11, cap="butt")
        drawing.line(
            [at(u + 0.035, 0.42, front), at(u + 0.035, top, front)],
            tone("#f3c27e"),
            0.025,
            opacity=0.85,
            cap="butt",
        )
    # Right side railing of the veranda, lit.
    for y, thick in ((rail_y, 0.07), (FLOOR + 0.14, 0.05)):
        drawing.line(
            [at(house.length - 0.05, y, front), at(house.length - 0.05, y, 0)],
            tone("#d8b078"),
            thick,
        )
    # Ladder into the water.
    u = (posts[gap[0]] + posts[gap[1]]) / 2
    for side in (-0.28, 0.28):
        drawing.line(
            [at(u + side, FLOOR, front), at(u + side, -0.25, front - 0.62)], tone("#8a6842"), 0.07
        )
    for share in (0.2, 0.42, 0.64, 0.86):
        y, w = FLOOR - (FLOOR + 0.25) * share, front - 0.62 * share
        drawing.line([at(u - 0.28, y, w), at(u + 0.28, y, w)], tone("#b58b58"), 0.06)


def _belongings(drawing: Drawing, house: House) -> None:
    """Washing on a line, flower pots, a hanging net: somebody lives here."""
    at, tone = house.at, house.tone
    front = -PORCH + 0.25
    y = FLOOR + 1.42
    drawing.line(
        [at(house.length * 0.55, y, front), at(house.length - 0.1, y - 0.05, front)],
        tone("#2a211b"),
        0.02,
    )
    cloths = (
        ("#b8383c", 0.58, 0.42, 0.62),
        ("#e7b345", 0.66, 0.30, 0.50),
        ("#f1e9d8", 0.73, 0.46, 0.70),
        ("#2f7a78", 0.83, 0.36, 0.55),
    )
    for colour, share, width, drop in cloths:
        u = house.length * share
        cloth = [
            at(u, y, front),
            at(u + width, y - 0.02, front),
            at(u + width - 0.03, y - drop, front + 0.05),
            at(u + 0.05, y - drop * 0.94, front),
        ]
        drawing.face(
            cloth,
            drawing.gradient(
                [
                    (cloth[0], tone(mix(colour, DARK, 0.38))),
                    (cloth[1], tone(mix(colour, "#ffe0a6", 0.12))),
                ]
            ),
        )
        drawing.line(
            [at(u + width * 0.45, y, front), at(u + width * 0.42, y - drop * 0.9, front)],
            tone(mix(colour, DARK, 0.5)),
            0.025,
            opacity=0.5,
        )
    for u, leaf in ((0.35, "#3f7a4a"), (0.75, "#5b8f3c"), (house.length - 0.45, "#4c8a4e")):
        pot = [
            at(u - 0.13, FLOOR + 0.30, -PORCH + 0.12),
            at(u + 0.13, FLOOR + 0.30, -PORCH + 0.12),
            at(u + 0.09, FLOOR, -PORCH + 0.12),
            at(u - 0.09, FLOOR, -PORCH + 0.12),
        ]
        drawing.face(pot, tone("#a5562f"))
        for k in range(7):
            angle = math.radians(-65 + 22 * k)
            tip = at(
                u + 0.32 * math.sin(angle), FLOOR + 0.30 + 0.38 * math.cos(angle), -PORCH + 0.12
            )
            drawing.line(
                [at(u, FLOOR + 0.28, -PORCH + 0.12), tip],
                tone(mix(leaf, "#ffe08a", 0.10 * k / 3)),
                0.075,
            )
