"""A floating house of Danau Tempe: where it is, its main lines, its haze."""

import math
from dataclasses import dataclass

from wajo_studio.services.sample_media.vector import Point, mix

DARK = "#1c1512"
FLOOR = 0.62
"""Height of the floor above the water, in metres."""
PORCH = 1.25
"""Depth of the veranda in front of the wall, in metres."""


@dataclass(frozen=True)
class House:
    """Where a house floats and what it looks like.

    Lengths in metres. ``yaw`` in degrees turns its right gable towards the camera.
    """

    x: float
    z: float
    yaw: float
    seed: int
    wall: str
    gable: str
    roof: str
    trim: str
    length: float = 6.4
    depth: float = 3.9
    wall_height: float = 2.0
    roof_height: float = 1.75
    haze: float = 0.0
    haze_colour: str = "#d9b98c"

    def at(self, u: float, y: float, w: float) -> Point:
        """A point given along the front (u), up (y) and into the house (w)."""
        angle = math.radians(self.yaw)
        return (
            self.x + u * math.cos(angle) + w * math.sin(angle),
            y,
            self.z - u * math.sin(angle) + w * math.cos(angle),
        )

    def tone(self, colour: str) -> str:
        """``colour`` as the haze between leaves it."""
        return mix(colour, self.haze_colour, self.haze)


@dataclass(frozen=True)
class Pitch:
    """Lines of a roof: ridge, main eave and porch eave (y and w in metres)."""

    ridge_y: float
    half: float
    slope: float
    eave_y: float
    main_w: float
    main_y: float
    porch_w: float
    porch_y: float
    u0: float
    u1: float


def pitch_of(house: House) -> Pitch:
    """The lines of ``house``'s roof."""
    half = house.depth / 2
    slope = house.roof_height / half
    eave_y = FLOOR + house.wall_height - 0.02
    main_w, porch_w = -0.25, -PORCH - 0.40
    main_y = eave_y - 0.25 * slope + 0.02
    return Pitch(
        ridge_y=FLOOR + house.wall_height + house.roof_height,
        half=half,
        slope=slope,
        eave_y=eave_y,
        main_w=main_w,
        main_y=main_y,
        porch_w=porch_w,
        porch_y=main_y - (main_w - porch_w) * 0.26,
        u0=-0.45,
        u1=house.length + 0.45,
    )


def porch_height(house: House, w: float) -> float:
    """Height of the porch roof's underside at depth ``w``."""
    pitch = pitch_of(house)
    share = (w - pitch.porch_w) / (pitch.main_w - pitch.porch_w)
    return pitch.porch_y + (pitch.main_y - pitch.porch_y) * share
