"""Facts measured on painted pixels, each seen where it is there and where it is not."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.artwork_samples import REEL_ZONE, artwork_request
from tests.integration.test_artwork_paint import small_template
from wajo_studio.artwork.drafts import draft, draft_context
from wajo_studio.artwork.fonts import bundled_fonts, covers
from wajo_studio.artwork.inspect import inspect
from wajo_studio.artwork.layout import compose
from wajo_studio.artwork.manifest import FORMATS
from wajo_studio.artwork.template import load_template
from wajo_studio.domain.geometry import SafeZone
from wajo_studio.errors import TemplateError

BLOCK = (
    "{% call fit('judul', 600, 200, min=40, max=90) %}"
    '<p class="strong" data-text="judul">{{ fields.judul }}</p>{% endcall %}'
)


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_the_shipped_template_has_no_fault(artwork_format: str) -> None:
    zone = REEL_ZONE if artwork_format == "9:16" else SafeZone()
    facts = inspect(artwork_request(artwork_format, zone=zone, photo=True))  # type: ignore[arg-type]
    assert (facts.overflows, facts.missing_glyphs, facts.small_texts) == ((), (), ())
    assert facts.outside_safe_zone == ()
    assert facts.logo == "monogram"
    seen = {contrast.field for contrast in facts.contrasts}
    assert seen >= {"judul", "isi", "tanggal", "waktu", "tempat", "agency", "badge"}
    assert [c for c in facts.contrasts if c.ratio < c.required] == []


def test_overflow_counts_the_characters_to_cut(tmp_path: Path) -> None:
    template = small_template(tmp_path, BLOCK)
    text = "Pelayanan administrasi kependudukan bagi seluruh warga " * 5
    (overflow,) = inspect(artwork_request("1:1", template=template, judul=text)).overflows
    assert overflow.field == "judul"
    assert overflow.box is not None
    kept = len(text.strip()) - overflow.excess_characters

    def overflows(length: int) -> bool:
        facts = inspect(artwork_request("1:1", template=template, judul=text[:length]))
        return bool(facts.overflows)

    assert not overflows(kept)
    assert overflows(kept + 12)


def test_a_long_word_is_too_wide_even_if_it_is_low(tmp_path: Path) -> None:
    template = small_template(tmp_path, BLOCK)
    fits = compose(artwork_request("1:1", template=template, judul="Pertanggungjawaban")).fits
    assert fits[0].fitted.fits
    assert 40 < fits[0].fitted.px < 90
    fits = compose(artwork_request("1:1", template=template, judul="7" * 60)).fits
    assert not fits[0].fitted.fits


def test_characters_without_a_glyph_are_found() -> None:
    facts = inspect(artwork_request(judul="Uji \U000e2fff \uffff dan é – “ ” •"))
    (missing,) = facts.missing_glyphs
    assert (missing.field, missing.characters) == ("judul", "\U000e2fff\uffff")
    assert covers("Perekaman KTP-el: 50 % – “é” … ½ Ω Ж ạ")
    assert not covers("\U000e2fff")


def test_the_bundled_font_has_what_is_taken_for_granted() -> None:
    from fontTools.ttLib import TTFont

    from wajo_studio.artwork.fonts import _BEYOND_PRIMARY

    with TTFont(bundled_fonts()["plus-jakarta-sans-normal.ttf"], lazy=True) as font:
        table = font.getBestCmap() or {}
    lacking = [
        hex(code)
        for code in range(0x20, 0x2200)
        if not _BEYOND_PRIMARY.search(chr(code)) and code not in table
        if not (0x7F <= code <= 0x9F or code in (0xAD, 0x149, 0x2060) or 0x2010 <= code <= 0x2015)
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("colour", "low"), [("#777777", True), ("#FFFFFF", True), ("#222222", False)]
)
def test_contrast_is_measured_on_the_ground(tmp_path: Path, colour: str, low: bool) -> None:
    layout = (
        '<div style="background:#999999;width:1080px;height:1080px">'
        f'<p data-text="judul" style="color:{colour};font-size:40px">'
        "{{ fields.judul }}</p></div>"
    )
    template = small_template(tmp_path, layout)
    (contrast,) = inspect(artwork_request("1:1", template=template, judul="Terbaca?")).contrasts
    assert (contrast.ratio < contrast.required) == low
    assert contrast.box.y < 0.1


def test_small_text_and_text_under_buttons_are_found(tmp_path: Path) -> None:
    layout = (
        '<p data-text="judul" style="font-size:20px">{{ fields.judul }}</p>'
        '<p class="abs" data-text="kaki" style="font-size:30px;left:40px;bottom:10px">kaki</p>'
    )
    template = small_template(tmp_path, layout)
    request = artwork_request("1:1", template=template, judul="kecil", scale=0.5)
    facts = inspect(request)
    assert [(small.field, round(small.size_px)) for small in facts.small_texts] == [("judul", 20)]
    assert facts.outside_safe_zone == ()
    assert facts.logo == "none"
    zoned = inspect(replace(request, safe_zone=SafeZone(bottom=60)))
    assert [outside.field for outside in zoned.outside_safe_zone] == ["kaki"]


def test_entries_a_template_has_no_room_for_are_said(tmp_path: Path) -> None:
    extra = '[fields.butir]\ntype = "list"\nlabel = "Butir"\nmax = 2\n'
    layout = "{% for item in fields.butir[:2] %}<p>{{ item }}</p>{% endfor %}"
    template = small_template(tmp_path, layout, extra=extra)
    facts = inspect(artwork_request("1:1", template=template, butir=["a", "b", "cde"]))
    assert [(o.field, o.excess_characters) for o in facts.overflows] == [("butir", 3)]


def test_shade_over_a_photo_makes_text_readable(tmp_path: Path) -> None:
    layout = (
        "{% set slot = photo('foto', 1080, 1080) %}{% set dark = slot.shade(0, 0.4, 1, 0.2) %}"
        '<div class="abs" style="left:0;top:0">{{ slot }}</div>'
        '<div class="abs" style="left:0;top:432px;width:1080px;height:216px;'
        'background:#000000;opacity:{{ dark if shaded else 0 }}"></div>'
        '<p class="abs" data-text="judul" style="left:40px;top:500px;color:#FFFFFF;font-size:60px">'
        "{{ fields.judul }}</p>"
    )
    ratios = []
    for shaded in ("true", "false"):
        template = small_template(tmp_path, f"{{% set shaded = {shaded} %}}{layout}")
        request = artwork_request(
            "1:1", template=template, photo=True, judul="Tulisan di atas foto"
        )
        ratios.append(inspect(request).contrasts[0].ratio)
    assert ratios[0] >= 4.5 > ratios[1]


def test_drafts_speak_plain_text(tmp_path: Path) -> None:
    request = artwork_request(judul="KTP-el & “Akta”", isi="Satu\nDua")
    context = draft_context(
        request.template,
        request.fields,
        request.agency,
        request.brand,
        placement="instagram.feed",
        photo_alts=("Warga antre",),
    )
    drafted = draft(request.template, ("instagram.feed", "instagram", "base"), context)
    assert drafted is not None
    key, text = drafted
    assert key == "base"
    assert "KTP-el & “Akta”" in text
    assert "Selasa, 1 Desember 2026" in text
    assert "\u00a0" not in text
    assert "\n\n\n" not in text
    alt = draft(request.template, ("alt",), context)
    assert alt is not None
    assert alt[1].endswith("Foto: Warga antre.")
    assert draft(request.template, ("tiktok",), context) is None
    folder = small_template(tmp_path, "x").folder
    (folder / "captions").mkdir()
    (folder / "captions" / "base.txt.j2").write_text("a\n{{ fields.salah }}", encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        draft(load_template(folder), ("base",), context)
    assert (caught.value.params["file"], caught.value.params["line"]) == ("captions/base.txt.j2", 2)


@pytest.mark.parametrize(
    ("second_top", "told"), [(100, ["judul"]), (130, ["judul"]), (168, []), (400, [])]
)
def test_text_on_text_does_not_fit(tmp_path: Path, second_top: int, told: list[str]) -> None:
    """Each block fits its own box; that they lie on each other only the pixels tell."""
    layout = (
        '<div class="abs" data-text="label" style="left:72px;top:100px;font-size:56px">Satu</div>'
        f'<div class="abs" data-text="judul" style="left:90px;top:{second_top}px;font-size:56px">'
        "{{ fields.judul }}</div>"
    )
    request = artwork_request("1:1", template=small_template(tmp_path, layout), judul="Dua")
    assert [overflow.field for overflow in inspect(request).overflows] == told


def test_text_on_a_logo_does_not_fit_and_flowing_spans_do(tmp_path: Path) -> None:
    layout = (
        '{% import "_shared/wajo.html.j2" as w with context %}'
        '<div class="abs" style="left:72px;top:72px">{{ w.logo(96) }}</div>'
        '<p class="abs" style="left:{{ 72 if fields.judul == "di atas" else 300 }}px;top:90px;'
        'width:260px;font-size:48px"><span data-text="judul">{{ fields.judul }}</span> '
        '<span data-text="label">yang berlanjut di baris berikut</span></p>'
    )
    template = small_template(tmp_path, layout)
    beside = inspect(artwork_request("1:1", template=template, judul="sebuah judul"))
    assert beside.overflows == ()
    above = inspect(artwork_request("1:1", template=template, judul="di atas"))
    assert {overflow.field for overflow in above.overflows} == {"judul"}
