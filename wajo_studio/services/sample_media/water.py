"""Water: waves that obey the dispersion of real ones, and what they mirror."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from wajo_studio.services.sample_media.sky import SUN_HEIGHT, SUN_X, Light, colour
from wajo_studio.services.sample_media.vector import Camera

Array = NDArray[np.float32]

_GRAVITY = 9.81


@dataclass
class Waves:
    """A square of lake surface that repeats, as slopes.

    Attributes:
        side_m: length of its side in metres.
        samples: grid points along a side.
        steepness: root mean square of the slope.
        longest_m, shortest_m: range of wave lengths.
        seed: of the random phases.
    """

    side_m: float
    samples: int
    steepness: float
    longest_m: float
    shortest_m: float
    seed: int
    _spectrum: NDArray[np.complex64] = field(init=False, repr=False)
    _omega: Array = field(init=False, repr=False)
    _kx: Array = field(init=False, repr=False)
    _kz: Array = field(init=False, repr=False)

    def __post_init__(self) -> None:
        n = self.samples
        wave = 2 * np.pi * np.fft.fftfreq(n, self.side_m / n)
        kx, kz = np.meshgrid(wave, wave)
        k = np.hypot(kx, kz)
        k[0, 0] = 1.0
        length = 2 * np.pi / k
        band = np.exp(-((length / self.longest_m) ** 2) - (self.shortest_m / length) ** 2)
        # A light breeze from the left and from behind: most crests run across it.
        wind = np.cos(np.arctan2(kz, kx) - 1.9)
        energy = band * k**-1.7 * (0.25 + 0.75 * wind**2) * np.where(wind > 0, 1.0, 0.25)
        energy[0, 0] = 0.0
        random = np.random.RandomState(self.seed)
        phases = random.normal(size=(n, n)) + 1j * random.normal(size=(n, n))
        spectrum = phases * energy
        slope_energy = np.sum(np.abs(spectrum) ** 2 * k**2)
        spectrum *= self.steepness * n * n / np.sqrt(slope_energy / 2)
        self._spectrum = spectrum.astype(np.complex64)
        self._omega = np.sqrt(_GRAVITY * k).astype(np.float32)
        self._kx, self._kz = kx.astype(np.float32), kz.astype(np.float32)

    def slopes(self, time_s: float) -> Array:
        """Slopes (samples, samples, 2) towards x and z at a moment."""
        moved = self._spectrum * np.exp(1j * self._omega * np.float32(time_s))
        # The real part of the transform is a real surface, so no symmetry has to be built in.
        x = np.fft.ifft2(1j * moved * self._kx).real
        z = np.fft.ifft2(1j * moved * self._kz).real
        return np.stack([x, z], axis=-1).astype(np.float32)


@dataclass
class Surface:
    """The water in a picture from row ``first`` to row ``last``: geometry, computed once.

    Attributes:
        camera: of the picture.
        first, last: rows, the last exclusive.
        swell, ripple: the long and the short waves on it.
        heaven: the whole view's sky and hills as light, last row at the horizon, any scale.
    """

    camera: Camera
    first: int
    last: int
    swell: Waves
    ripple: Waves
    heaven: Light
    _waves: list[tuple[Array, Array, Array]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        camera = self.camera
        shape = (self.last - self.first, camera.width)
        rows = np.arange(self.first, self.last, dtype=np.float32)[:, None] + 0.5
        columns = np.arange(camera.width, dtype=np.float32)[None, :] + 0.5
        self._rows = np.ascontiguousarray(np.broadcast_to(rows, shape))
        self._columns = np.ascontiguousarray(np.broadcast_to(columns, shape))
        focal = np.float32(camera.focal)
        down = (self._rows - np.float32(camera.horizon)) / focal
        aside = (self._columns - np.float32(camera.centre_x)) / focal
        self._measure(np.maximum(down, 0.75 / focal), aside)
        # A mirror tilted by a slope turns the ray by twice that.
        self._down = down
        self._turn = 2 * (0.35 + down)
        self._scale = np.float32(self.heaven.shape[1] / camera.unit)
        sun_up = np.float32(camera.unit * SUN_HEIGHT / camera.focal)
        sun_aside = np.float32((SUN_X - 0.5) * camera.unit / camera.focal)
        self._spark_z = (sun_up - down) / 2
        self._spark_x = (sun_aside - aside) / self._turn
        # Near things are mirrored at short range, where a slope moves the image less.
        self._reach = np.minimum(0.10 + 1.1 * down, np.float32(0.42)) * focal
        self._deep = [
            (one * (1 - down) + other * down).astype(np.float32)
            for one, other in zip(colour("#12423f"), colour("#0b2a2b"), strict=True)
        ]

    def _measure(self, down: Array, aside: Array) -> None:
        """Where on the waves each pixel looks, and how much of them it can resolve."""
        z = np.float32(self.camera.above_water) / down
        x = aside * z
        footprint = z * z / np.float32(self.camera.focal * self.camera.above_water)
        self._waves = []
        for waves in (self.swell, self.ripple):
            cells = np.float32(waves.samples / waves.side_m)
            # Waves finer than a pixel would flicker; far away they are only a mean.
            seen = 1 / (1 + (footprint / (0.16 * waves.longest_m)) ** 1.6)
            self._waves.append((x * cells, z * cells, seen.astype(np.float32)))

    def slopes(self, swell: Array, ripple: Array) -> tuple[Array, Array]:
        """Slopes towards x and z (rows, width each) of the water under each pixel."""
        total: list[Array] = []
        for waves, (x, z, seen) in zip((swell, ripple), self._waves, strict=True):
            looked = cv2.split(cv2.remap(waves, x, z, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP))
            parts = [np.asarray(part, np.float32) * seen for part in looked]
            total = [a + b for a, b in zip(total, parts, strict=True)] if total else parts
        return total[0], total[1]

    def show(self, slopes: tuple[Array, Array], things: NDArray[np.uint8]) -> list[Array]:
        """What the water shows: planes blue, green, red (rows, width each) of light.

        Args:
            slopes: of the water under each pixel.
            things: mirror image of solid things, premultiplied, in any scale of the picture.
        """
        sx, sz = slopes
        planes = self._heaven(sx, sz)
        scale = np.float32(things.shape[1] / self.camera.width)
        image = cv2.remap(
            things,
            (self._columns + sx * self._reach * np.float32(0.5)) * scale - np.float32(0.5),
            (self._rows + sz * self._reach) * scale - np.float32(0.5),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
        )
        # The steeper one looks down, the less is mirrored and the more its own green shows.
        share = np.clip(0.97 - 1.55 * np.maximum(self._down + 0.9 * sz, 0), 0.30, 0.95)
        channels = [np.asarray(part, np.float32) for part in cv2.split(image)]
        clear = 1 - channels[3] / 255
        for index, plane in enumerate(planes):
            plane *= clear
            plane += channels[index] / 255
            plane -= self._deep[index]
            plane *= share
            plane += self._deep[index]
        return planes

    def _heaven(self, sx: Array, sz: Array) -> list[Array]:
        """Mirrored sky, and sparks where a slope throws the sun at the camera."""
        camera, height = self.camera, self.heaven.shape[0]
        up = np.abs(self._down + 2 * sz) * np.float32(camera.focal)
        map_y = np.clip(height - up * self._scale - 0.5, 0, height - 1)
        aside = (
            self._columns - np.float32(camera.centre_x) + sx * self._turn * np.float32(camera.focal)
        )
        map_x = aside * self._scale + np.float32(self.heaven.shape[1] / 2 - 0.5)
        seen = cv2.remap(
            self.heaven,
            map_x.astype(np.float32),
            map_y.astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT_101,
        )
        miss = (sz - self._spark_z) ** 2 + (0.75 * (sx - self._spark_x)) ** 2
        spark = cv2.exp(np.asarray(miss * np.float32(-1 / 0.030**2), np.float32))
        planes = [np.array(plane, np.float32) for plane in cv2.split(seen)]
        for plane, part in zip(planes, colour("#ffdc8c") * 1.25, strict=True):
            plane += spark * part
        return planes
