"""The painter: sizes, its door, threads, hostile text, and that the process ends well."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.artwork_samples import REEL_ZONE, artwork_request
from wajo_studio.artwork.door import Door
from wajo_studio.artwork.inspect import inspect
from wajo_studio.artwork.layout import compose
from wajo_studio.artwork.manifest import FORMATS
from wajo_studio.artwork.overlay import paint_corner_logo, paint_lower_third
from wajo_studio.artwork.paint import paint
from wajo_studio.artwork.template import Template, load_template
from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.errors import InputError, TemplateError
from wajo_studio.paths import assets_dir, user_brand_dir

ROOT = Path(__file__).resolve().parents[2]


def small_template(folder: Path, layout: str, *, style: str = "", extra: str = "") -> Template:
    """A template of one square layout, with a text, a list and a photo field."""
    made = folder / "uji"
    made.mkdir(exist_ok=True)
    (made / "template.toml").write_text(
        'schema = 1\nid = "uji"\nname = "Uji"\npillars = ["edukasi"]\nformats = ["1:1"]\n'
        '[fields.judul]\ntype = "text"\nlabel = "Judul"\n'
        f'[fields.foto]\ntype = "photo"\nlabel = "Foto"\n{extra}',
        encoding="utf-8",
    )
    (made / "1x1.html.j2").write_text(layout, encoding="utf-8")
    (made / "style.css").write_text(style, encoding="utf-8")
    return load_template(made)


@pytest.mark.parametrize("artwork_format", FORMATS)
@pytest.mark.parametrize("photo", [False, True])
def test_every_format_is_painted_at_its_size(artwork_format: str, photo: bool) -> None:
    zone = REEL_ZONE if artwork_format == "9:16" else SafeZone()
    request = artwork_request(artwork_format, zone=zone, photo=photo)  # type: ignore[arg-type]
    painted = paint(request)
    assert (painted.size, painted.stride) == (request.size, request.size.width * 4)
    picture = painted.to_pil()
    assert (picture.mode, picture.size) == ("RGB", (request.size.width, request.size.height))
    assert len(picture.getcolors(1 << 24) or ()) > 50
    assert all(record.fitted.fits for record in compose(request).fits)


def test_another_output_size_is_the_same_layout_scaled() -> None:
    large = paint(artwork_request("16:9")).to_pil()
    small = paint(artwork_request("16:9", scale=0.8)).to_pil()
    assert small.size == (1280, 720)
    difference = ImageChops.difference(large.resize((160, 90)), small.resize((160, 90)))
    assert max(difference.tobytes()) < 40


def test_photos_are_asked_for_in_output_pixels() -> None:
    slots = compose(artwork_request("16:9", scale=0.8, photo=True)).photo_slots
    assert slots == (("foto1", PixelSize(round(544 * 0.8), round(368 * 0.8))),)


def test_threads_paint_the_same_pixels() -> None:
    requests = [artwork_request(shape, photo=True) for shape in ("4:5", "1:1")] * 4
    alone = [bytes(paint(request).pixels) for request in requests[:2]]
    with ThreadPoolExecutor(4) as pool:
        together = [bytes(painted.pixels) for painted in pool.map(paint, requests)]
    assert together == alone * 4


def test_a_text_is_text_whatever_it_holds() -> None:
    hostile = '<script>{{ 7*191 }}</script> & "x" <img src="http://a.example/x.png"> {% for %}'
    page = compose(artwork_request(judul=hostile))
    assert "<script>" not in page.html
    assert "&lt;script&gt;" in page.html
    assert "1337" not in page.html
    paint(artwork_request(judul=hostile))
    assert page.door.refused == []


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/x.png",
        "https://a.example/x.png",
        "file:///etc/hostname",
        "/etc/hostname",
        "../pengumuman-layanan/preview.png",
        "wajo://template/../tidak-ada.png",
        "wajo://template/%2e%2e/x.png",
        "wajo://font/../../x",
        "wajo://photo/../0.bmp",
        "wajo://brand/brand.toml",
        "tidak-ada.png",
    ],
)
def test_the_door_stays_shut(tmp_path: Path, address: str) -> None:
    template = small_template(tmp_path, f'<p>x</p><img src="{address}" width="9" height="9">')
    with pytest.raises(TemplateError) as caught:
        paint(artwork_request("1:1", template=template))
    assert caught.value.params["file"] == "1x1.html.j2"
    assert paint(artwork_request("1:1", template=small_template(tmp_path, "<p>x</p>"))).pixels


@pytest.mark.parametrize("style", ["@import 'http://a.example/x.css';", "p{background:url(x.png)}"])
def test_style_sheets_pass_the_same_door(tmp_path: Path, style: str) -> None:
    template = small_template(tmp_path, "<p>x</p>", style=style)
    with pytest.raises(TemplateError):
        paint(artwork_request("1:1", template=template))


def test_the_door_serves_what_belongs_to_the_template(tmp_path: Path) -> None:
    layout = '<img src="gambar.png" style="width:1080px;height:1080px">'
    small_template(tmp_path, layout)
    picture = paint(artwork_request("1:1")).to_pil().resize((20, 20))
    picture.save(tmp_path / "uji" / "gambar.png")
    painted = paint(artwork_request("1:1", template=load_template(tmp_path / "uji"))).to_pil()
    assert painted.resize((20, 20)).getpixel((10, 1)) != (255, 255, 255)
    answer = Door({"_shared/a.css": b"x"}).fetch_url("wajo://shared/a.css")
    assert bytes(answer.get_content()) == b"x"


def test_a_broken_layout_names_file_and_line(tmp_path: Path) -> None:
    template = small_template(tmp_path, "<p>\n\n{{ fields.tidak_ada }}</p>")
    with pytest.raises(TemplateError) as caught:
        paint(artwork_request("1:1", template=template))
    assert (caught.value.params["file"], caught.value.params["line"]) == ("1x1.html.j2", 3)


def test_dates_and_times_stay_on_one_line() -> None:
    page = compose(artwork_request("16:9", photo=True))
    assert "1\u00a0Desember\u00a02026" in page.html
    assert "08.00\u2060–\u206014.00\u00a0WITA" in page.html
    assert "KTP\u2060-\u2060el" in page.html


def test_the_process_ends_well_after_painting() -> None:
    """The engine once crashed when it let go of fonts after Python had ended."""
    code = (
        "from tests.artwork_samples import artwork_request\n"
        "from wajo_studio.artwork.paint import paint\n"
        "for shape in ('4:5', '1:1'):\n    paint(artwork_request(shape, photo=True))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(
    ("size", "zone"),
    [
        (PixelSize(1080, 1920), REEL_ZONE),
        (PixelSize(1920, 1080), SafeZone()),
        (PixelSize(720, 720), SafeZone()),
    ],
)
def test_overlays_lie_inside_the_safe_zone(size: PixelSize, zone: SafeZone) -> None:
    request = artwork_request()
    name = "Hj. Andi Umpama, S.Sos., M.Si."
    role = "Kepala Dinas Kependudukan dan Pencatatan Sipil Kabupaten Wajo " * 2
    logo = paint_corner_logo(size, zone, request.brand, request.agency)
    third = paint_lower_third(size, zone, name, role, request.brand, request.agency)
    for drawn in (logo, third):
        assert drawn.image.mode == "RGBA"
        assert drawn.x >= zone.left
        assert drawn.y >= zone.top
        assert drawn.x + drawn.image.width <= size.width - zone.right
        assert drawn.y + drawn.image.height <= size.height - zone.bottom
        alpha = drawn.image.getchannel("A")
        assert alpha.getbbox() == (0, 0, *drawn.image.size)
        assert alpha.getextrema()[1] == 255
    assert logo.x > size.width / 2
    assert logo.image.height >= 64
    without = paint_lower_third(size, zone, name, "", request.brand, request.agency)
    assert without.image.tobytes() != third.image.tobytes()


@pytest.mark.parametrize("name", ["logo.png", "logo.svg"])
def test_imported_logos_take_the_place_of_the_monogram(name: str) -> None:
    folder = user_brand_dir()
    folder.mkdir(parents=True)
    if name.endswith(".svg"):
        box = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"'
        mark = f'<svg {box}><rect width="30" height="10" fill="#FF00FF"/></svg>'
        (folder / name).write_text(mark, encoding="utf-8")
    else:
        Image.new("RGB", (300, 100), "#FF00FF").save(folder / name)
    kit = (assets_dir() / "brand" / "brand.toml").read_text(encoding="utf-8")
    kit = kit.replace('logo = ""', f'logo = "{name}"')
    (folder / "brand.toml").write_text(kit, encoding="utf-8")
    request = artwork_request()
    colours = paint(request).to_pil().getcolors(1 << 24) or []
    shown = sum(count for count, colour in colours if colour == (255, 0, 255))
    assert shown == pytest.approx(3 * 88 * 88, rel=0.03), "whole, and in its own shape"
    assert inspect(request).logo == "imported"
    (folder / name).write_bytes(b"no picture")
    with pytest.raises(InputError):
        paint(request)
