"""What is published on Facebook and Instagram in tests: pictures with words, a short clip."""

from pathlib import Path
from typing import Any

from tests.contract.publishing import parcels
from wajo_studio.networks.parcel import Parcel, ParcelFile

CAPTION = "Pelayanan keliling hari ini di Kecamatan Tempe. #WajoMaradeka\n\nPukul 08.00 WITA ✅"


def picture(folder: Path, number: int) -> ParcelFile:
    """A picture with an alternative text."""
    return parcels.picture(folder, number, f"Foto {number}: loket ✅", 20_000)


def clip(folder: Path) -> ParcelFile:
    """A clip of a few chunks."""
    return parcels.clip(folder, 300_000, 12.0)


def parcel(placement: str, *items: ParcelFile, caption: str = CAPTION, **more: Any) -> Parcel:
    """A parcel with a caption."""
    texts = {"caption": caption} if caption else {}
    return Parcel(placement, items, texts, **more)
