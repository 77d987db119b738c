"""Danau Tempe on a golden morning: the whole picture, and its layers for the clip."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from wajo_studio.services.sample_media import sky as air
from wajo_studio.services.sample_media.boat import Boat, draw_boat
from wajo_studio.services.sample_media.house import draw_house
from wajo_studio.services.sample_media.house_shape import House
from wajo_studio.services.sample_media.plants import draw_birds, draw_hyacinths, draw_stakes
from wajo_studio.services.sample_media.vector import Camera, Drawing, Pixels
from wajo_studio.services.sample_media.water import Surface, Waves

HOUSES = (
    House(
        x=24.5,
        z=92,
        yaw=14,
        seed=9,
        wall="#5b5348",
        gable="#8c6a48",
        roof="#7d5a48",
        trim="#8aa7a0",
        haze=0.60,
    ),
    House(
        x=-8.5,
        z=74,
        yaw=18,
        seed=8,
        wall="#4b5553",
        gable="#a97446",
        roof="#8a5340",
        trim="#d8b25a",
        haze=0.50,
    ),
    House(
        x=0.4,
        z=42,
        yaw=24,
        seed=6,
        wall="#3f5a66",
        gable="#6f93a0",
        roof="#75503f",
        trim="#e8e0c8",
        haze=0.24,
    ),
    House(
        x=-7.9,
        z=18.6,
        yaw=25,
        seed=3,
        wall="#54493d",
        gable="#bd7f49",
        roof="#6d7f80",
        trim="#2f8f8a",
    ),
)
BOAT = Boat(x=2.72, z=11.2, length=5.5)
SWELL = Waves(60, 512, 0.016, 9.0, 1.2, 3)
RIPPLE = Waves(12, 512, 0.026, 1.8, 0.15, 4)


def camera(width: int, height: int, horizon: float = 0.47) -> Camera:
    """The camera of the picture; ``horizon`` as a fraction of the height."""
    return Camera(width, height, 0.9 * width, width / 2, round(horizon * height))


def solid(camera: Camera, boat: Boat | None = BOAT) -> Pixels:
    """Stakes, houses and boat, on a transparent ground."""
    drawing = Drawing(camera)
    draw_stakes(drawing, (19, 44), (10.4, 27), 5)
    for house in HOUSES:
        draw_house(drawing, house)
    if boat is not None:
        draw_boat(drawing, boat)
    return drawing.pixels()


def foreground(camera: Camera) -> Pixels:
    """Water hyacinths along the lower edge."""
    drawing = Drawing(camera)
    w, h = camera.width, camera.height
    draw_hyacinths(drawing, -0.08 * w, 0.27 * w, h - 0.030 * w, 0.062 * w, 12)
    draw_hyacinths(drawing, 0.74 * w, 1.07 * w, h - 0.026 * w, 0.056 * w, 31)
    return drawing.pixels()


def boat_camera(width: int, height: int) -> Camera:
    """The camera of the upright picture: the boat under the sun."""
    focal = 1.26 * width
    return Camera(width, height, focal, 0.285 * width, round(0.40 * height))


def view(camera: Camera) -> tuple[air.Light, air.Light]:
    """Sky and hills at half the picture's scale: the whole view, and what the picture shows.

    The whole view reaches higher than the picture, because the water mirrors that, too.
    """
    across = round(camera.unit / 2)
    above = max(int(camera.horizon), camera.height - int(camera.horizon)) // 2
    whole = air.hills(air.sky(across, above + across // 40))
    left = round(across / 2 - camera.centre_x / 2)
    top = whole.shape[0] - int(camera.horizon) // 2
    return whole, whole[top:, left : left + camera.width // 2]


def paint_lake(full: Camera, check: Callable[[], None] = lambda: None) -> Pixels:
    """The finished picture (height, width, 3), blue-green-red; ``check`` may stop the work."""
    horizon = int(full.horizon)
    width, height = full.width, full.height
    heaven, ahead = view(full)
    light = Grade(ahead, full)
    check()
    things = solid(full)
    mirrored = solid(full.reflection())
    reflected = np.asarray(
        cv2.resize(mirrored, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8
    )
    del mirrored

    result: Pixels = np.empty((height, width, 3), np.uint8)
    upper = cv2.resize(ahead, (width, horizon), interpolation=cv2.INTER_CUBIC)
    swell, ripple = SWELL.slopes(3.0), RIPPLE.slopes(3.0)
    for first, last in [*_bands(0, horizon), *_bands(horizon, height)]:
        check()
        if last <= horizon:
            planes = planes_of(np.asarray(upper[first:last], np.float32))
        else:
            surface = Surface(full, first, last, SWELL, RIPPLE, heaven)
            planes = surface.show(surface.slopes(swell, ripple), reflected)
        over(planes, things[first:last])
        result[first:last] = light.part(first, last)(planes)
    draw_birds(result, full, 0.4)
    lay(result, foreground(full))
    return result


def _bands(first: int, last: int) -> list[tuple[int, int]]:
    """The rows from ``first`` to ``last`` in pieces that need little memory."""
    return [(row, min(row + 256, last)) for row in range(first, last, 256)]


def planes_of(picture: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """The colour planes of (height, width, 3) light, each contiguous and free to change."""
    return [np.array(plane, np.float32) for plane in cv2.split(picture)]


def over(planes: list[NDArray[np.float32]], top: Pixels) -> None:
    """Lay premultiplied ``top`` over planes of light (0-1), in place."""
    parts = [np.asarray(part, np.float32) / 255 for part in cv2.split(top)]
    for plane, part in zip(planes, parts[:3], strict=True):
        plane *= 1 - parts[3]
        plane += part


def lay(ground: NDArray[np.uint8], top: Pixels) -> None:
    """Lay premultiplied ``top`` over 8-bit ``ground`` (three or four channels), in place."""
    channels = cv2.split(top)
    rest = cv2.bitwise_not(channels[3])
    count = ground.shape[2]
    faded = cv2.multiply(ground, cv2.merge([rest] * count), scale=1 / 255)
    cv2.add(faded, cv2.merge(channels[:count]), dst=ground)


class Grade:
    """From light to 8-bit pixels: glow round the sun, darker corners, soft whites."""

    def __init__(self, heaven: NDArray[np.float32], camera: Camera) -> None:
        self._camera = camera
        width, height = heaven.shape[1] // 4, max(1, heaven.shape[0] // 4)
        bright = cv2.resize(heaven, (width, height), interpolation=cv2.INTER_AREA)
        # As high as the picture, in the same scale, so that the glow also falls on the water.
        small = np.zeros((round(camera.height * width / camera.width), width, 3), np.float32)
        small[: bright.shape[0]] = np.clip(bright - 0.92, 0, 1.6)[: small.shape[0]]
        near = cv2.GaussianBlur(small, (0, 0), width / 60)
        self._glow = 0.55 * near + 1.1 * cv2.GaussianBlur(small, (0, 0), width / 14)

    def part(self, first: int, last: int) -> "GradePart":
        """What rows ``first`` to ``last`` (exclusive) need."""
        width, height = self._camera.width, self._camera.height
        scale = np.float32(self._glow.shape[1] / width)
        rows = np.arange(first, last, dtype=np.float32)[:, None]
        shape = (last - first, width)
        x = np.ascontiguousarray(np.broadcast_to(np.arange(width, dtype=np.float32) * scale, shape))
        y = np.ascontiguousarray(np.broadcast_to(rows * scale, shape))
        glow = cv2.remap(
            np.asarray(self._glow, np.float32),
            x,
            y,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        dx = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
        dy = rows / height * 2 - 1
        corner = 1 - 0.17 * np.clip(dx * dx * 0.8 + dy * dy * 0.7 - 0.35, 0, 1.2)
        return GradePart(planes_of(np.asarray(glow, np.float32)), corner.astype(np.float32))


class GradePart:
    """The grade of some rows; call it with their planes of light."""

    def __init__(self, glow: list[NDArray[np.float32]], corner: NDArray[np.float32]) -> None:
        self._glow = glow
        self._corner = corner
        # A shoulder instead of a hard edge where light exceeds white; 1/256 steps up to 4.
        light = np.arange(1024, dtype=np.float32) / 256
        bright = np.maximum(light - 0.82, 0)
        curve = light - bright + 0.18 * (1 - np.exp(-bright / 0.18))
        self._curve = np.clip(curve * 255 + 0.5, 0, 255).astype(np.uint8)

    def __call__(self, planes: list[NDArray[np.float32]]) -> Pixels:
        """8-bit pixels (rows, width, 3) of the light; the planes are used up."""
        done = []
        for plane, glow in zip(planes, self._glow, strict=True):
            plane += glow
            plane *= self._corner
            plane *= 256
            np.clip(plane, 0, 1023, out=plane)
            done.append(self._curve[plane.astype(np.uint16)])
        return np.asarray(cv2.merge(done), np.uint8)
