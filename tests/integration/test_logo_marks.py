"""Imported logos on an artwork: found one by one, with room, size and shape."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.artwork_samples import artwork_request
from wajo_studio.artwork.inspect import inspect, inspect_page
from wajo_studio.artwork.layout import compose
from wajo_studio.artwork.logo_marks import clear_space
from wajo_studio.artwork.paint import paint_page
from wajo_studio.artwork.request import ArtworkRequest
from wajo_studio.compliance.checks_logos import CLEAR_SPACE, ROUNDING, SMALLEST_LOGO_PX
from wajo_studio.domain.facts import LogoMark
from wajo_studio.domain.geometry import PixelBox, PixelSize
from wajo_studio.paths import assets_dir, user_brand_dir

FORMATS = ("4:5", "1:1", "9:16", "16:9")


@pytest.fixture
def logo() -> Path:
    """A government logo of its own, wide and with a transparent rim."""
    folder = user_brand_dir()
    folder.mkdir(parents=True)
    image = Image.new("RGBA", (300, 150), (0, 0, 0, 0))
    image.paste((200, 0, 200, 255), (6, 3, 294, 147))
    image.save(folder / "logo.png")
    kit = (assets_dir() / "brand" / "brand.toml").read_text(encoding="utf-8")
    (folder / "brand.toml").write_text(
        kit.replace('logo = ""', 'logo = "logo.png"', 1), encoding="utf-8"
    )
    return folder / "logo.png"


def marks(request: ArtworkRequest) -> tuple[LogoMark, ...]:
    return inspect(request).logo_marks


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_our_own_layouts_give_logos_room(artwork_format: str, logo: Path) -> None:
    (mark,) = marks(artwork_request(artwork_format))  # type: ignore[arg-type]
    assert not mark.stretched
    assert mark.height_px >= SMALLEST_LOGO_PX * ROUNDING
    assert mark.clear >= CLEAR_SPACE * 0.97


def test_the_monogram_is_no_imported_logo() -> None:
    assert marks(artwork_request()) == ()


def drawn_with(style: str) -> LogoMark:
    """The logo of the shipped artwork when its picture has another style."""
    request = artwork_request()
    page = compose(request)
    html = page.html.replace("</head>", f"<style>[data-logo] img{{{style}}}</style></head>", 1)
    assert html != page.html
    changed = replace(page, html=html)
    (mark,) = inspect_page(request, changed, paint_page(request, changed)).logo_marks
    return mark


def test_a_stretched_logo_is_seen(logo: Path) -> None:
    assert drawn_with("width:88px !important").stretched
    assert not drawn_with("width:176px !important").stretched


def test_a_small_logo_is_measured(logo: Path) -> None:
    mark = drawn_with("height:40px !important")
    assert mark.height_px == pytest.approx(40 * 0.96, abs=2)
    assert mark.height_px < SMALLEST_LOGO_PX
    assert not mark.stretched


def test_clear_space_is_the_nearest_of_texts_and_edges() -> None:
    box, size = PixelBox(100, 100, 200, 180), PixelSize(1080, 1350)
    assert clear_space(box, [], size) == 80
    assert clear_space(box, [PixelBox(215, 100, 400, 150)], size) == 15
    assert clear_space(box, [PixelBox(150, 190, 400, 250)], size) == 10
    assert clear_space(PixelBox(5, 100, 105, 180), [], size) == 10  # an edge crowds less
