"""Requests and a picture that tests of the artwork share."""

from datetime import date
from functools import lru_cache
from typing import Any

from PIL import Image

from wajo_studio.artwork.brand import find_agency, load_brand_kit
from wajo_studio.artwork.fields import check_fields
from wajo_studio.artwork.manifest import ArtworkFormat
from wajo_studio.artwork.request import DESIGN_SIZES, ArtworkRequest
from wajo_studio.artwork.template import Template, find_template
from wajo_studio.domain.geometry import PixelSize, SafeZone

FIELDS: dict[str, Any] = {
    "judul": "Layanan Keliling Administrasi Kependudukan",
    "isi": "Perekaman KTP-el, cetak Kartu Keluarga, dan Akta Kelahiran. Gratis, tanpa calo.",
    "jenis": "Layanan keliling",
    "tanggal": date(2026, 12, 1),
    "waktu": "08.00–14.00 WITA",
    "tempat": "Kantor Kecamatan Tempe",
}
REEL_ZONE = SafeZone(top=270, bottom=670, left=65, right=65)


class DrawnPhotos:
    """Any picture id gives the same gradient, so that results depend on nothing else."""

    @lru_cache(maxsize=16)  # noqa: B019 - lives as long as the tests
    def picture(self, media_id: str, size: PixelSize) -> Image.Image:
        """Blue above, green below, lighter to the right."""
        ramp = Image.linear_gradient("L")
        channels = (ramp.rotate(90), ramp, ramp.transpose(Image.Transpose.FLIP_TOP_BOTTOM))
        return Image.merge("RGB", channels).resize((size.width, size.height))


PHOTOS = DrawnPhotos()


def artwork_request(
    artwork_format: ArtworkFormat = "4:5",
    *,
    template: Template | None = None,
    scale: float = 1.0,
    zone: SafeZone = SafeZone(),  # noqa: B008 - frozen
    photo: bool = False,
    **fields: Any,
) -> ArtworkRequest:
    """A request for the shipped template, or for ``template``, with changed fields."""
    chosen = template or find_template("pengumuman-layanan")
    values = check_fields(chosen, {**FIELDS, **fields} if template is None else fields)
    if photo:
        values["foto"] = "foto1"
    design = DESIGN_SIZES[artwork_format]
    return ArtworkRequest(
        template=chosen,
        format=artwork_format,
        size=PixelSize(round(design.width * scale), round(design.height * scale)),
        agency=find_agency("disdukcapil"),
        brand=load_brand_kit(),
        fields=values,
        safe_zone=zone,
        photos=PHOTOS,
    )
