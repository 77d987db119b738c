"""Cards, figures, vacancies, schedules, covers and clip stills, against looked-at pictures."""

from pathlib import Path

import pytest

from tests.artwork_samples import PHOTOS
from tests.golden.comparer import check_golden
from wajo_studio.artwork.brand import find_agency, load_brand_kit
from wajo_studio.artwork.overlay import paint_clip_still
from wajo_studio.artwork.paint import paint
from wajo_studio.artwork.request import ArtworkRequest
from wajo_studio.artwork.template import find_template
from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.services.template_samples import sample_content

PICTURES = Path(__file__).parent / "artwork"
HALF_4X5 = PixelSize(540, 675)
QUARTER = PixelSize(270, 480)


@pytest.mark.parametrize(
    ("template_id", "slide"),
    [
        ("kartu-layanan", 0),
        ("kartu-layanan", 1),
        ("infografis-angka", 0),
        ("lowongan-seleksi", 0),
        ("jadwal", 0),
        ("sampul-video", 0),
    ],
)
def test_samples_in_4x5(template_id: str, slide: int, update_golden: bool, tmp_path: Path) -> None:
    content = sample_content(find_template(template_id), "sample")
    request = ArtworkRequest(
        template=content.template,
        format="4:5",
        size=HALF_4X5,
        agency=content.agency,
        brand=load_brand_kit(),
        fields=content.fields,
        pillar=content.pillar,
        slide_index=slide,
        photos=PHOTOS,
    )
    golden = PICTURES / f"{template_id}-4x5-{slide + 1}.png"
    check_golden(paint(request).to_pil(), golden, update=update_golden, failed=tmp_path)


@pytest.mark.parametrize("title", ["Danau Tempe kembali bersih", ""], ids=["opener", "closer"])
def test_clip_stills(title: str, update_golden: bool, tmp_path: Path) -> None:
    zone = SafeZone(*(round(side / 4) for side in (270, 670, 65, 65)))
    brand, agency = load_brand_kit(), find_agency("dlh")
    still = paint_clip_still(QUARTER, zone, brand, agency, silk="makkalu", title=title)
    golden = PICTURES / f"clip-{'opener' if title else 'closer'}.png"
    check_golden(still, golden, update=update_golden, failed=tmp_path)
