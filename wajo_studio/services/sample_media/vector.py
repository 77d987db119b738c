"""Solid things drawn as vector shapes: a pinhole camera, a drawing, its pixels.

World coordinates are metres: x to the right, y up from the water, z away from the camera.
Pictures are numpy arrays (height, width, 4), blue-green-red-alpha, 8 bit, premultiplied.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from wajo_studio.domain.geometry import PixelSize

Point = tuple[float, float, float]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Camera:
    """A level pinhole camera above the water.

    Attributes:
        width, height: of the picture in pixels.
        focal: focal length in pixels.
        centre_x: pixel column straight ahead.
        horizon: pixel row of the horizon.
        above_water: height of the camera in metres.
        mirrored: whether it sees the world's mirror image in the water.
    """

    width: int
    height: int
    focal: float
    centre_x: float
    horizon: float
    above_water: float = 2.3
    mirrored: bool = False

    def see(self, point: Point) -> tuple[float, float]:
        """Where ``point`` lies in the picture, in pixels."""
        x, y, z = point
        y = -y if self.mirrored else y
        return (
            self.centre_x + self.focal * x / z,
            self.horizon + self.focal * (self.above_water - y) / z,
        )

    @property
    def unit(self) -> float:
        """Width in pixels of the whole view that sky and hills are made for."""
        return self.focal / 0.9

    def scale(self, z: float) -> float:
        """Pixels per metre at distance ``z``."""
        return self.focal / z

    def reflection(self) -> "Camera":
        """The camera that sees the mirror image."""
        return replace(self, mirrored=True)


@dataclass
class Drawing:
    """Shapes in painter's order, as one SVG document."""

    camera: Camera
    parts: list[str] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)

    def path(self, points: Iterable[Point], *, close: bool = True) -> str:
        """SVG path data of straight lines through world points."""
        seen = [self.camera.see(point) for point in points]
        lines = " ".join(f"{x:.1f} {y:.1f}" for x, y in seen)
        return f"M{lines}{'Z' if close else ''}"

    def gradient(self, stops: Sequence[tuple[Point, str]]) -> str:
        """A linear gradient from the first to the last world point; returns its paint."""
        (x1, y1), (x2, y2) = self.camera.see(stops[0][0]), self.camera.see(stops[-1][0])
        length = (x2 - x1) ** 2 + (y2 - y1) ** 2 or 1.0
        parts = []
        for point, colour in stops:
            x, y = self.camera.see(point)
            offset = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
            parts.append(f'<stop offset="{offset:.3f}" {_stop(colour)}/>')
        name = f"g{len(self.definitions)}"
        self.definitions.append(
            f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="{x1:.1f}" '
            f'y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}">{"".join(parts)}</linearGradient>'
        )
        return f"url(#{name})"

    def face(self, points: Iterable[Point], paint: str, opacity: float = 1.0) -> None:
        """A filled polygon."""
        self.shape(self.path(points), paint, opacity)

    def shape(self, data: str, paint: str, opacity: float = 1.0) -> None:
        """A filled shape given as path data in pixels."""
        self.parts.append(f'<path d="{data}" fill="{paint}" fill-opacity="{opacity:.2f}"/>')

    def line(
        self,
        points: Sequence[Point],
        paint: str,
        width_m: float,
        *,
        opacity: float = 1.0,
        cap: str = "round",
    ) -> None:
        """A line through world points, ``width_m`` metres thick at its nearest point."""
        width = width_m * self.camera.scale(min(point[2] for point in points))
        self.stroke(self.path(points, close=False), paint, width, opacity=opacity, cap=cap)

    def stroke(
        self, data: str, paint: str, width: float, *, opacity: float = 1.0, cap: str = "round"
    ) -> None:
        """A line given as path data in pixels."""
        self.parts.append(
            f'<path d="{data}" fill="none" stroke="{paint}" stroke-width="{width:.2f}" '
            f'stroke-linecap="{cap}" stroke-linejoin="round" stroke-opacity="{opacity:.2f}"/>'
        )

    def svg(self) -> str:
        """The document."""
        width, height = self.camera.width, self.camera.height
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}"><defs>{"".join(self.definitions)}</defs>'
            f"{''.join(self.parts)}</svg>"
        )

    def pixels(self) -> Pixels:
        """The drawing on a transparent ground."""
        return render(self.svg(), self.camera.width, self.camera.height)


def _stop(colour: str) -> str:
    """Attributes of a gradient stop; ``#rrggbbaa`` carries its own opacity."""
    if len(colour) == 9:
        opacity = int(colour[7:], 16) / 255
        return f'stop-color="{colour[:7]}" stop-opacity="{opacity:.3f}"'
    return f'stop-color="{colour}"'


def render(svg: str, width: int, height: int) -> Pixels:
    """Paint an SVG document without outside resources."""
    from wajo_studio.artwork.canvas import render as render_page
    from wajo_studio.artwork.door import Door

    size = PixelSize(width, height)
    page = f"<style>html,body{{margin:0}}svg{{display:block}}</style>{svg}"
    painted = render_page(page, size, size, Door(), transparent=True)
    return np.frombuffer(painted.pixels, np.uint8).reshape(height, width, 4)


def mix(one: str, other: str, share: float) -> str:
    """The colour ``share`` of the way from ``one`` to ``other`` (``#rrggbb``)."""
    first = [int(one[i : i + 2], 16) for i in (1, 3, 5)]
    second = [int(other[i : i + 2], 16) for i in (1, 3, 5)]
    channels = [
        round(a + (b - a) * min(max(share, 0.0), 1.0)) for a, b in zip(first, second, strict=True)
    ]
    return "#{:02x}{:02x}{:02x}".format(*channels)
