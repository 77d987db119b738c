"""The visual identity: logos looked at, fonts, palette repair, one file for all agencies."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.integration.cli_helpers import call
from wajo_studio import paths
from wajo_studio.artwork import logo_check
from wajo_studio.artwork.brand import load_agencies, load_brand_kit
from wajo_studio.artwork.font_check import check_font
from wajo_studio.artwork.fonts import bundled_fonts
from wajo_studio.artwork.logo_check import check_logo
from wajo_studio.artwork.svg_clean import clean_svg
from wajo_studio.errors import ArchiveError, InputError
from wajo_studio.services import brand_kit

DAY = date(2026, 12, 1)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 120">'
    '<path d="M10 10h80v100h-80z" fill="#0E4D3A"/>{}</svg>'
)


def _svg(tmp_path: Path, inside: str = "", name: str = "lambang.svg") -> Path:
    path = tmp_path / name
    path.write_text(SVG.format(inside), encoding="utf-8")
    return path


def _remarks(path: Path) -> set[str]:
    return {remark.message for remark in check_logo(path).remarks}


def _disc(size: int = 400, colour: str = "#0E4D3A") -> Image.Image:
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((4, 4, size - 5, size - 5), fill=colour)
    return picture


# -- drawings ----------------------------------------------------------------------------------


def test_a_plain_drawing_is_kept_as_it_is(tmp_path: Path) -> None:
    logo = check_logo(_svg(tmp_path))
    assert logo.remarks == ()
    assert (logo.width, logo.height) == (100, 120)
    assert b"M10 10h80v100h-80z" in logo.content


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        ("<script>alert(1)</script>", b"script"),
        ('<image href="http://wajo.invalid/a.png" width="9" height="9"/>', b"wajo.invalid"),
        ('<image href="file:///etc/passwd" width="9" height="9"/>', b"passwd"),
        ('<rect width="9" height="9" onclick="alert(1)"/>', b"onclick"),
        (
            "<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>x</b></foreignObject>",
            b"foreign",
        ),
        ('<a href="javascript:alert(1)"><rect width="9" height="9"/></a>', b"javascript"),
        ("<style>@import url(http://wajo.invalid/x.css);</style>", b"import"),
        ('<rect width="9" height="9" style="fill:url(http://wajo.invalid/#a)"/>', b"wajo.invalid"),
        ('<rect width="9" height="9"><set attributeName="href" to="x"/></rect>', b"<set"),
        ('<use href="other.svg#a"/>', b"other.svg"),
    ],
)
def test_what_can_act_or_load_is_taken_out(tmp_path: Path, inside: str, gone: bytes) -> None:
    logo = check_logo(_svg(tmp_path, inside))
    assert gone not in logo.content
    assert logo_check.REMOVED in {remark.message for remark in logo.remarks}
    assert b"M10 10h80v100h-80z" in logo.content


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
        SVG.format('<g id="a"><use href="#a"/></g>'),
        SVG.format(
            '<g id="a0"><path d="M0 0h1"/></g>'
            + "".join(
                f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
            )
        ),
        SVG.format("<g>" * 300 + "</g>" * 300),
        "<html><body>no drawing</body></html>",
        "<svg",
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>',
        SVG.format("").replace("M10 10h80v100h-80z", ""),
    ],
    ids=["entity", "file", "circle", "billion", "deep", "html", "cut", "no-box", "empty"],
)
def test_a_hostile_or_empty_drawing_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.svg"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.svg"):
        check_logo(path)


def test_gradients_and_local_references_stay() -> None:
    inside = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<rect width="9" height="9" fill="url(#g)"/>'
        '<g id="a"><path d="M0 0h1"/></g><use xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>'
    )
    clean = clean_svg(SVG.format(inside).encode(), "a.svg")
    assert clean.removed == ()
    assert b"url(#g)" in clean.content
    assert b"#a" in clean.content


# -- pictures ----------------------------------------------------------------------------------


def test_a_good_picture_has_no_remarks(tmp_path: Path) -> None:
    _disc().save(tmp_path / "a.png")
    assert _remarks(tmp_path / "a.png") == set()


def test_remarks_on_pictures(tmp_path: Path) -> None:
    _disc(90).save(tmp_path / "small.png")
    assert logo_check.TOO_SMALL in _remarks(tmp_path / "small.png")
    white = Image.new("RGB", (400, 400), "white")
    white.paste(_disc(), mask=_disc())
    white.save(tmp_path / "box.jpg")
    assert logo_check.NO_TRANSPARENCY in _remarks(tmp_path / "box.jpg")
    wide = Image.new("RGBA", (1600, 300), (14, 77, 58, 255))
    wide.save(tmp_path / "wide.png")
    assert logo_check.PROPORTION in _remarks(tmp_path / "wide.png")
    lonely = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    lonely.paste(_disc(), (250, 250))
    lonely.save(tmp_path / "margin.png")
    assert logo_check.MARGINS in _remarks(tmp_path / "margin.png")


def test_a_fringe_of_a_former_background_is_seen(tmp_path: Path) -> None:
    """A disc cut out of a white page: soft edges keep white; one cut out cleanly does not."""
    mask = _disc().getchannel("A").filter(ImageFilter.GaussianBlur(3))
    clean = Image.new("RGBA", mask.size, "#0E4D3A")
    clean.putalpha(mask)
    clean.save(tmp_path / "clean.png")
    assert logo_check.FRINGE not in _remarks(tmp_path / "clean.png")
    page = Image.new("RGB", mask.size, "white")
    page.paste(Image.new("RGB", mask.size, "#0E4D3A"), mask=mask)
    page.putalpha(mask.point(lambda value: min(255, value * 3)))
    page.save(tmp_path / "fringe.png")
    assert logo_check.FRINGE in _remarks(tmp_path / "fringe.png")


def test_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
    with pytest.raises(InputError, match=r"a\.png"):
        check_logo(tmp_path / "a.png")


# -- taking over -------------------------------------------------------------------------------


def test_a_logo_is_taken_over_drawn_and_taken_back(tmp_path: Path) -> None:
    file = _svg(tmp_path, "<script>x</script>")
    before = file.read_bytes()
    brand_kit.set_logo(DAY, file)
    brand_kit.set_logo(DAY, file, "dinkes")
    found = brand_kit.identity()
    assert set(found.logos) == {"kabupaten", "dinkes"}
    assert found.kit.version == "2026-12-01.2"
    assert b"script" not in found.logos["kabupaten"].read_bytes()
    assert file.read_bytes() == before
    brand_kit.remove_logo(DAY)
    assert load_brand_kit().logo == ""
    assert not (paths.user_brand_dir() / "logo-kabupaten.svg").exists()


def test_nothing_changes_when_a_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(InputError):
        brand_kit.set_logo(DAY, tmp_path / "a.svg")
    with pytest.raises(InputError):
        brand_kit.set_logo(DAY, _svg(tmp_path), "nobody")
    with pytest.raises(InputError):
        brand_kit.change_kit(DAY, look="neon")
    with pytest.raises(InputError):
        brand_kit.change_kit(DAY, colour="red")
    assert not paths.user_brand_dir().exists()


def test_values_are_changed_and_comments_stay() -> None:
    brand_kit.change_kit(DAY, footer="wajokab.go.id/ppid", required_hashtags=["Wajo"], look="segar")
    agency = brand_kit.change_agency(DAY, "dinkes", handles={"instagram": "dinkes.wajo"})
    assert agency.handles == {"instagram": "dinkes.wajo"}
    kit = load_brand_kit()
    assert (kit.footer, kit.required_hashtags, kit.look) == (
        "wajokab.go.id/ppid",
        ("Wajo",),
        "segar",
    )
    text = (paths.user_brand_dir() / "agencies.toml").read_text(encoding="utf-8")
    assert text.startswith("# The agencies (OPD)")


def test_the_version_counts_the_changes_of_a_day() -> None:
    assert brand_kit.next_version("2026-11-24", DAY) == "2026-12-01"
    assert brand_kit.next_version("2026-12-01", DAY) == "2026-12-01.2"
    assert brand_kit.next_version("2026-12-01.2", DAY) == "2026-12-01.3"


def test_a_font_tells_its_licence_and_is_used(tmp_path: Path) -> None:
    source = bundled_fonts()["noto-sans-normal.ttf"]
    facts = check_font(source)
    assert facts.family == "Noto Sans"
    assert "Open Font License" in facts.licence
    assert not facts.is_restricted
    copy = tmp_path / "aneh nama.ttf"
    copy.write_bytes(source.read_bytes())
    brand_kit.add_font(DAY, copy)
    assert [font.family for font in brand_kit.identity().fonts] == ["Noto Sans"]
    for content in (b"", b"\0\1\0\0" + b"x" * 400, b"wOF2" + b"x" * 400):
        copy.write_bytes(content)
        with pytest.raises(InputError, match="aneh nama"):
            brand_kit.add_font(DAY, copy)


def test_the_offices_font_is_what_the_artwork_is_set_in(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    from tests.artwork_samples import artwork_request
    from wajo_studio.artwork.paint import paint

    plain = bytes(paint(artwork_request("1:1", scale=0.3)).pixels)
    font = TTFont(bundled_fonts()["noto-sans-italic.ttf"])
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "Aksara Wajo"
    style: Any = font["OS/2"]
    style.fsSelection &= ~1
    font.save(tmp_path / "aksara.ttf")
    brand_kit.add_font(DAY, tmp_path / "aksara.ttf")
    brand_kit.change_kit(DAY, font_family="Aksara Wajo")
    assert bytes(paint(artwork_request("1:1", scale=0.3)).pixels) != plain


# -- one file for all agencies -----------------------------------------------------------------


def _filled(tmp_path: Path) -> Path:
    brand_kit.set_logo(DAY, _svg(tmp_path))
    brand_kit.change_agency(DAY, "dinkes", handles={"instagram": "dinkes.wajo"})
    target = tmp_path / "wajo.wajobrand"
    brand_kit.export_identity(target)
    return target


def test_an_identity_travels_as_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _filled(tmp_path)
    version = load_brand_kit().version
    monkeypatch.setenv("WAJO_HOME", str(tmp_path / "other"))
    brand_kit.change_kit(DAY, footer="lama")
    kit = brand_kit.import_identity(package)
    assert kit.version == version
    assert brand_kit.identity().logos["kabupaten"].name == "logo-kabupaten.svg"
    assert load_agencies()["dinkes"].handles == {"instagram": "dinkes.wajo"}
    former = brand_kit.kept_versions()
    assert len(former) == 1
    assert brand_kit.import_identity(former[0]).footer == "lama"
    again = tmp_path / "again.wajobrand"
    brand_kit.import_identity(package)
    brand_kit.export_identity(again)
    assert again.read_bytes() == package.read_bytes()


@pytest.mark.parametrize(
    "name", ["../evil.toml", "/etc/evil", "C:evil", "a\\..\\b", "fonts/../../x", "CON"]
)
def test_a_package_with_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    package = _filled(tmp_path)
    with zipfile.ZipFile(package, "a") as container:
        container.writestr(name, "x")
    before = sorted(p.read_bytes() for p in paths.user_brand_dir().iterdir())
    with pytest.raises(ArchiveError):
        brand_kit.import_identity(package)
    assert sorted(p.read_bytes() for p in paths.user_brand_dir().iterdir()) == before


def test_a_hostile_drawing_in_a_package_is_cleaned_or_refused(tmp_path: Path) -> None:
    source = _filled(tmp_path)

    def packed(svg: str) -> Path:
        stream = BytesIO()
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                new.writestr(name, svg if name.endswith(".svg") else old.read(name))
            new.writestr("readme.exe", "MZ")
        target = tmp_path / "hostile.wajobrand"
        target.write_bytes(stream.getvalue())
        return target

    brand_kit.import_identity(packed(SVG.format("<script>x</script>")))
    assert b"script" not in brand_kit.identity().logos["kabupaten"].read_bytes()
    assert not (paths.user_brand_dir() / "readme.exe").exists()
    with pytest.raises(InputError):
        brand_kit.import_identity(packed('<!DOCTYPE s [<!ENTITY a "b">]><svg>&a;</svg>'))


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_package_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.wajobrand"
    file.write_bytes(content)
    with pytest.raises(ArchiveError, match="wajobrand"):
        brand_kit.import_identity(file)


# -- command line ------------------------------------------------------------------------------


def test_the_commands(tmp_path: Path) -> None:
    _svg(tmp_path)
    assert call("brand", "import", str(tmp_path / "lambang.svg")).status == 0
    shown = call("brand", "show", "--json")
    assert shown.json["logos"] == {"kabupaten": "logo-kabupaten.svg"}
    assert call("brand", "check").status == 0
    text = (paths.user_brand_dir() / "brand.toml").read_text(encoding="utf-8")
    weak = text.replace('"#A3262A"', '"#E0484C"')
    (paths.user_brand_dir() / "brand.toml").write_text(weak, encoding="utf-8")
    checked = call("brand", "check", "--json")
    assert checked.status == 1
    assert checked.json["weak"][0]["role"] == "alert"
    assert call("brand", "check", "--fix").status == 0
    assert call("brand", "check").status == 0
    assert call("brand", "export", str(tmp_path / "a.wajobrand")).status == 0
    assert call("brand", "export", str(tmp_path / "a.wajobrand")).status == 2
    assert call("brand", "export", str(tmp_path / "a.zip")).status == 2
    assert call("brand", "import", str(tmp_path / "nothing.png")).status == 2
