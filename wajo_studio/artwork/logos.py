"""The imported logos of regency and agency, as pages need them."""

import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from wajo_studio.artwork.brand import agency_logo, government_logo
from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

CLEAR_SPACE = 0.25
"""Room between two logos, as a share of their height (design/visual.md)."""

_SVG_BOX = re.compile(rb"viewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")


@dataclass(frozen=True)
class Logos:
    """The logos of one page; none before the office imported its own.

    Attributes:
        addresses: for ``<img>``, the government's first.
        ratios: width divided by height of each.
    """

    addresses: tuple[str, ...]
    ratios: tuple[float, ...]

    def width(self, height: float) -> int:
        """Pixels that all logos take side by side at this height; the monogram is square."""
        if not self.ratios:
            return round(height)
        gaps = CLEAR_SPACE * (len(self.ratios) - 1)
        return round(height * (sum(self.ratios) + gaps))


def imported_logos(
    brand: BrandKit, agency: Agency, pictures: MutableMapping[str, bytes | Callable[[], bytes]]
) -> Logos:
    """Find the imported logos and put their files into ``pictures`` for the door.

    Raises:
        InputError: a logo file is missing or is no picture.
    """
    addresses, ratios = [], []
    for name, path in (("government", government_logo(brand)), ("agency", agency_logo(agency))):
        if path is not None:
            address = f"brand/{name}{path.suffix.lower()}"
            pictures[address] = path.read_bytes
            addresses.append(f"wajo://{address}")
            ratios.append(_ratio(path, path.stat().st_mtime_ns))
    return Logos(tuple(addresses), tuple(ratios))


@lru_cache(maxsize=16)
def _ratio(path: Path, _changed_ns: int) -> float:
    size = _svg_size(path) if path.suffix.lower() == ".svg" else _raster_size(path)
    if size is None or min(size) <= 0:
        raise InputError(
            N_("The logo file {file} cannot be read. Use a PNG, JPEG, WebP or SVG picture."),
            file=path,
            code="input.brand",
        )
    return size[0] / size[1]


def _svg_size(path: Path) -> tuple[float, float] | None:
    found = _SVG_BOX.search(path.read_bytes()[:100_000])
    return (float(found.group(1)), float(found.group(2))) if found else None


def _raster_size(path: Path) -> tuple[float, float] | None:
    from PIL import Image

    formats: Any = ("PNG", "JPEG", "WEBP")
    try:
        with Image.open(path, formats=formats) as picture:
            return picture.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
