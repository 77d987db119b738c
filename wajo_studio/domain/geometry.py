"""Sizes, ratios and rectangles."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class PixelSize:
    """Width and height in pixels, both at least 1."""

    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"impossible size {self.width}x{self.height}")

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.width / self.height

    @property
    def aspect(self) -> str:
        """The reduced ratio, such as ``4:5``."""
        divisor = math.gcd(self.width, self.height)
        return f"{self.width // divisor}:{self.height // divisor}"

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True)
class Box:
    """A rectangle in fractions (0-1) of an upright picture: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    def as_list(self) -> list[float]:
        """``[x, y, w, h]`` rounded to four digits, as findings carry it."""
        return [round(value, 4) for value in (self.x, self.y, self.w, self.h)]


@dataclass(frozen=True)
class PixelBox:
    """A rectangle in whole pixels: left, top (inclusive), right, bottom (exclusive)."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> PixelSize:
        """Its width and height."""
        return PixelSize(self.right - self.left, self.bottom - self.top)

    def relative_to(self, size: PixelSize) -> Box:
        """The same rectangle in fractions of ``size``."""
        return Box(
            self.left / size.width,
            self.top / size.height,
            (self.right - self.left) / size.width,
            (self.bottom - self.top) / size.height,
        )


@dataclass(frozen=True)
class SafeZone:
    """Margins in pixels, at the placement's own size, that the network's buttons may cover."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the whole frame is free."""
        return not (self.top or self.bottom or self.left or self.right)
