"""The look of the shipped artwork, against pictures a person has looked at.

``pytest tests/golden --update-golden`` stores them anew; look at each before committing.
"""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.artwork_samples import REEL_ZONE, artwork_request
from tests.golden.comparer import check_golden, compare
from wajo_studio.artwork.overlay import paint_lower_third
from wajo_studio.artwork.paint import paint
from wajo_studio.artwork.template import find_template
from wajo_studio.domain.geometry import PixelSize, SafeZone

PICTURES = Path(__file__).parent / "artwork"
HALF = 0.5
OF_DAYS_AND_PEOPLE = (
    "agenda-kegiatan",
    "ucapan-hari-besar",
    "klarifikasi-hoaks",
    "duka-cita",
    "kutipan-pimpinan",
    "dokumentasi",
)


@pytest.mark.parametrize(
    ("artwork_format", "photo"), [("4:5", False), ("1:1", True), ("9:16", True), ("16:9", False)]
)
def test_pengumuman_layanan(
    artwork_format: str, photo: bool, update_golden: bool, tmp_path: Path
) -> None:
    zone = SafeZone()
    if artwork_format == "9:16":
        zone = SafeZone(*(round(side * HALF) for side in (270, 670, 65, 65)))
    request = artwork_request(artwork_format, scale=HALF, zone=zone, photo=photo)  # type: ignore[arg-type]
    name = f"pengumuman-layanan-{artwork_format.replace(':', 'x')}.png"
    check_golden(paint(request).to_pil(), PICTURES / name, update=update_golden, failed=tmp_path)


@pytest.mark.parametrize("artwork_format", ["4:5", "16:9"])
@pytest.mark.parametrize("template_id", OF_DAYS_AND_PEOPLE)
def test_templates_of_days_and_people(
    template_id: str, artwork_format: str, update_golden: bool, tmp_path: Path
) -> None:
    template = find_template(template_id)
    request = artwork_request(
        artwork_format,  # type: ignore[arg-type]
        template=template,
        scale=HALF,
        **template.sample["fields"],
    )
    name = f"{template_id}-{artwork_format.replace(':', 'x')}.png"
    check_golden(paint(request).to_pil(), PICTURES / name, update=update_golden, failed=tmp_path)


def test_silk_patterns(update_golden: bool, tmp_path: Path) -> None:
    from tests.integration.test_artwork_paint import small_template

    layout = (
        '{% import "_shared/wajo.html.j2" as w with context %}'
        '<div style="display:flex;flex-wrap:wrap">{{ w.bombang(540, 540) }}'
        "{{ w.balo_renni(540, 540) }}{{ w.balo_tettong(540, 540) }}{{ w.makkalu(540, 540) }}</div>"
    )
    request = artwork_request("1:1", template=small_template(tmp_path, layout), scale=0.4)
    painted = paint(request).to_pil()
    check_golden(painted, PICTURES / "silk.png", update=update_golden, failed=tmp_path)


def test_lower_third(update_golden: bool, tmp_path: Path) -> None:
    request = artwork_request()
    drawn = paint_lower_third(
        PixelSize(1080, 1920),
        REEL_ZONE,
        "Hj. Andi Umpama, S.Sos.",
        "Kepala Dinas",
        request.brand,
        request.agency,
    )
    ground = Image.new("RGB", drawn.image.size, "#8899AA")
    ground.paste(drawn.image, mask=drawn.image)
    check_golden(ground, PICTURES / "lower-third.png", update=update_golden, failed=tmp_path)


def test_the_comparer_sees_a_lost_logo() -> None:
    painted = Image.new("RGB", (540, 675), "#FBF7EE")
    other = painted.copy()
    assert compare(painted, other) == ""
    ImageDraw.Draw(other).rectangle((36, 68, 60, 92), fill="#0E4D3A")
    assert "tile" in compare(painted, other)
    assert "size" in compare(painted, other.resize((540, 540)))
