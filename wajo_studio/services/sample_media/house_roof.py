"""Roof of a floating house: corrugated iron over house and porch, boards along the gable."""

import numpy as np

from wajo_studio.services.sample_media.house_shape import House, pitch_of
from wajo_studio.services.sample_media.vector import Drawing, Point, mix


def draw_main_roof(drawing: Drawing, house: House, random: np.random.RandomState) -> None:
    """Underside of the gable, the front slope over the house, the ridge."""
    at, tone, pitch = house.at, house.tone, pitch_of(house)
    back_w, back_y = house.depth + 0.35, pitch.eave_y - 0.35 * pitch.slope
    under = [
        at(pitch.u1, pitch.ridge_y, pitch.half),
        at(pitch.u1, back_y, back_w),
        at(house.length, back_y, back_w),
        at(house.length, pitch.ridge_y, pitch.half),
    ]
    drawing.face(
        under, drawing.gradient([(under[0], tone("#7d5632")), (under[1], tone("#4a3322"))])
    )
    _sheet(
        drawing,
        house,
        random,
        (pitch.main_w, pitch.main_y),
        (pitch.half, pitch.ridge_y),
        house.roof,
        3,
    )
    drawing.line(
        [at(pitch.u0, pitch.ridge_y, pitch.half), at(pitch.u1, pitch.ridge_y, pitch.half)],
        tone(mix(house.roof, "#ffd9a0", 0.45)),
        0.10,
    )


def draw_porch_roof(drawing: Drawing, house: House, random: np.random.RandomState) -> None:
    """The flatter roof over the veranda."""
    at, tone, pitch = house.at, house.tone, pitch_of(house)
    y, w, u0, u1 = pitch.porch_y, pitch.porch_w, pitch.u0, pitch.u1
    drawing.face(
        [at(u0, y - 0.07, w), at(u1, y - 0.07, w), at(u1, y, w), at(u0, y, w)], tone("#2b2019")
    )
    _sheet(
        drawing,
        house,
        random,
        (w, y),
        (pitch.main_w, pitch.main_y + 0.03),
        mix(house.roof, "#54463b", 0.35),
        1,
    )
    drawing.line([at(u0, y, w), at(u1, y, w)], tone("#e7bd7c"), 0.035, opacity=0.8)


def draw_porch_ceiling(drawing: Drawing, house: House) -> None:
    """The porch roof from below, as the water sees it."""
    at, tone, pitch = house.at, house.tone, pitch_of(house)
    corners = [
        at(pitch.u0, pitch.porch_y, pitch.porch_w),
        at(pitch.u1, pitch.porch_y, pitch.porch_w),
        at(pitch.u1, pitch.main_y, 0),
        at(pitch.u0, pitch.main_y, 0),
    ]
    drawing.face(corners, tone("#33271d"))


def draw_bargeboards(drawing: Drawing, house: House) -> None:
    """Boards along the gable that cross at the ridge, the mark of a Bugis house."""
    at, tone, pitch = house.at, house.tone, pitch_of(house)
    cross = 0.30
    top_y = pitch.ridge_y + cross * pitch.slope
    back = [
        at(pitch.u1, pitch.eave_y - 0.35 * pitch.slope, house.depth + 0.35),
        at(pitch.u1, top_y, pitch.half - cross),
    ]
    front = [
        at(pitch.u1, pitch.main_y - 0.06, pitch.main_w),
        at(pitch.u1, top_y, pitch.half + cross),
    ]
    drawing.line(back, tone("#b97f44"), 0.13)
    drawing.line(front, tone("#e9b46b"), 0.14)
    drawing.line(front, tone("#fff0c8"), 0.03, opacity=0.7)


def _sheet(
    drawing: Drawing,
    house: House,
    random: np.random.RandomState,
    low: tuple[float, float],
    high: tuple[float, float],
    base: str,
    seams: int,
) -> None:
    """Corrugated iron from the eave ``low`` to ``high`` (each w, y), patched and stained."""
    at, tone, pitch = house.at, house.tone, pitch_of(house)
    u0, u1 = pitch.u0, pitch.u1

    def spot(u: float, share: float) -> Point:
        return at(u, low[1] + (high[1] - low[1]) * share, low[0] + (high[0] - low[0]) * share)

    quad = [spot(u0, 0), spot(u1, 0), spot(u1, 1), spot(u0, 1)]
    drawing.face(
        quad,
        drawing.gradient(
            [
                (quad[0], tone(mix(base, "#0f1a1c", 0.30))),
                (spot((u0 + u1) / 2, 0), tone(base)),
                (quad[1], tone(mix(base, "#ffca85", 0.42))),
            ]
        ),
    )
    for column in range(14):
        a, b = u0 + (u1 - u0) * column / 14, u0 + (u1 - u0) * (column + 1) / 14
        for piece in range(3):
            stain = random.rand()
            if stain < 0.45:
                continue
            s0, s1 = piece / 3, (piece + 1) / 3
            drawing.face(
                [spot(a, s0), spot(b, s0), spot(b, s1), spot(a, s1)],
                tone("#a5542c" if stain > 0.8 else "#d9c7a4" if stain > 0.62 else "#0f1c20"),
                0.26 if stain > 0.8 else 0.16,
            )
    # In the rippled mirror image fine ribs would only shimmer.
    ribs = 0 if drawing.camera.mirrored else int((u1 - u0 - 0.06) / 0.115) + 1
    for rib in range(ribs):
        u = u0 + 0.06 + 0.115 * rib
        share = (u - u0) / (u1 - u0)
        dark = mix(mix(base, "#0a1214", 0.55), "#8a5a2c", share * 0.5)
        light = mix(mix(base, "#cfe0da", 0.30), "#ffe2b0", share)
        drawing.line([spot(u, 0), spot(u, 1)], tone(dark), 0.028, opacity=0.75, cap="butt")
        drawing.line(
            [spot(u + 0.045, 0), spot(u + 0.045, 1)], tone(light), 0.022, opacity=0.55, cap="butt"
        )
    for seam in range(1, seams):
        drawing.line(
            [spot(u0, seam / seams), spot(u1, seam / seams)], tone("#14201f"), 0.03, opacity=0.55
        )
