"""What the carousel of tips and the early warning promise beyond every template's duties."""

import re
from datetime import date
from typing import Any

import pytest

from wajo_studio.artwork.brand import find_agency, load_brand_kit
from wajo_studio.artwork.drafts import draft, draft_context
from wajo_studio.artwork.fields import check_fields
from wajo_studio.artwork.inspect import inspect
from wajo_studio.artwork.layout import Page, compose
from wajo_studio.artwork.manifest import FORMATS, ArtworkFormat
from wajo_studio.artwork.request import DESIGN_SIZES, ArtworkRequest, slide_count
from wajo_studio.artwork.template import find_template
from wajo_studio.domain.geometry import SafeZone
from wajo_studio.services.template_samples import sample_content
from wajo_studio.text import count, find_links

BOTH = ("edukasi-tips", "peringatan-dini")
REEL = SafeZone(top=270, bottom=670, left=65, right=65)
STORY = SafeZone(top=270, bottom=384, left=65, right=65)
ESSAY = (
    "Periksa talang, vas, dan tatakan pot; buang airnya, gosok dindingnya, lalu simpan terbalik "
    "agar tidak menampung hujan, dan ulangi setiap pekan bersama seluruh anggota keluarga Anda."
)


def request_for(
    template_id: str,
    artwork_format: ArtworkFormat,
    slide: int = 0,
    zone: SafeZone = SafeZone(),  # noqa: B008 - frozen
    **changed: Any,
) -> ArtworkRequest:
    """The template's sample, without photo, with changed fields."""
    template = find_template(template_id)
    fields = {**sample_content(template, "sample", photo=False).fields, **changed}
    return ArtworkRequest(
        template=template,
        format=artwork_format,
        size=DESIGN_SIZES[artwork_format],
        agency=find_agency(str(template.sample["agency"])),
        brand=load_brand_kit(),
        fields=check_fields(template, fields),
        safe_zone=zone,
        pillar=template.pillars[0],
        slide_index=slide,
    )


def words_on(page: Page, name: str) -> list[str]:
    """The texts marked ``data-text="name"``, as a reader sees them."""
    marked = re.findall(rf'data-text="{name}"[^>]*>(.*?)</(?:div|span|h1)>', page.html, re.S)
    plain = (re.sub(r"<[^>]*>", " ", text) for text in marked)
    return [" ".join(text.replace("\u2060", "").split()) for text in plain]


# -- edukasi-tips -----------------------------------------------------------------------------


def test_one_slide_per_tip_between_cover_and_closing() -> None:
    template = find_template("edukasi-tips")
    for tips in range(1, 9):
        fields = check_fields(template, {"tips": [f"Tips {n}" for n in range(tips)]})
        assert slide_count(template, fields) == min(tips, 6) + 2
    assert template.slides is not None
    assert (template.slides.min, template.slides.max) == (3, 8)


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_every_slide_tells_where_one_is(artwork_format: ArtworkFormat) -> None:
    tips = sample_content(find_template("edukasi-tips"), "sample").fields["tips"]
    numbers = [str(n) for n in range(1, len(tips) + 1)]
    cover = compose(request_for("edukasi-tips", artwork_format, 0))
    assert words_on(cover, "nomor") == numbers
    assert words_on(cover, "jumlah") == [f"{len(tips)} tips"]
    for slide, (heading, explanation) in enumerate(tips, start=1):
        page = compose(request_for("edukasi-tips", artwork_format, slide))
        assert words_on(page, "tips") == [heading, explanation]
        # The large numeral, and the beads from this tip on; those before it are ticked.
        assert sorted(words_on(page, "nomor")) == sorted([str(slide), *numbers[slide - 1 :]])
    closing = compose(request_for("edukasi-tips", artwork_format, len(tips) + 1))
    assert words_on(closing, "nomor") == []
    assert words_on(closing, "tips") == [heading for heading, _explanation in tips]
    assert words_on(closing, "sumber") == ["Sumber: Kementerian Kesehatan RI"]


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_tips_have_one_size_and_one_place(artwork_format: ArtworkFormat) -> None:
    """Nothing jumps from slide to slide: headings and explanations of one size, at one height."""
    seen = set()
    for slide in range(1, 6):
        page = compose(request_for("edukasi-tips", artwork_format, slide))
        sizes = {record.name: record.fitted.px for record in page.fits}
        found = re.search(
            r'top:(\d+)px[^>]*><div class="fit"[^>]*>\s*<h1 class="tip-head"', page.html
        )
        assert found is not None
        seen.add((sizes["head"], sizes["body"], found.group(1)))
    assert len(seen) == 1


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_tips_without_explanation_and_closing_without_list(artwork_format: ArtworkFormat) -> None:
    """Plain entries are headings; essays would not fit the closing list, which then goes."""
    zone = STORY if artwork_format == "9:16" else SafeZone()
    essays = [ESSAY[:180]] * 6
    for slide in (0, 1, 7):
        request = request_for("edukasi-tips", artwork_format, slide, zone, tips=essays)
        facts = inspect(request)
        assert facts.overflows == ()
        assert facts.outside_safe_zone == ()
        assert facts.small_texts == ()
    closing = compose(request_for("edukasi-tips", "16:9", 7, tips=essays))
    assert words_on(closing, "tips") == []


def test_the_count_is_true_in_title_and_list() -> None:
    template = find_template("edukasi-tips")
    fields = check_fields(
        template, {"judul": "Hemat air", "tips": ["Tutup keran", ["Tampung hujan", "Saring dulu."]]}
    )
    context = draft_context(template, fields, find_agency("dlh"), load_brand_kit())
    title = draft(template, ("youtube.title",), context)
    base = draft(template, ("base",), context)
    assert title is not None and title[1] == "Hemat air: 2 tips dari DLH Wajo"
    assert base is not None
    assert "1. Tutup keran\n2. Tampung hujan. Saring dulu.\n" in base[1]


# -- peringatan-dini --------------------------------------------------------------------------


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_a_warning_says_what_where_when_and_whom_to_call(artwork_format: ArtworkFormat) -> None:
    page = compose(request_for("peringatan-dini", artwork_format))
    assert words_on(page, "judul") == ["Hujan lebat disertai petir dan angin kencang"]
    assert words_on(page, "tingkat") == ["Siaga"]
    assert words_on(page, "wilayah") == ["Kecamatan Tempe, Belawa, Tanasitolo, dan Sabbangparu"]
    assert words_on(page, "tanggal") == ["Selasa, 8 Desember 2026"]
    assert words_on(page, "waktu") == ["14.00–20.00 WITA"]
    assert words_on(page, "sumber") == ["Sumber: BMKG, 8 Desember 2026 pukul 11.30 WITA"]
    assert words_on(page, "darurat")[:2] == ["112", "Wajo Masiga"]
    assert len(words_on(page, "tindakan")) == 4


@pytest.mark.parametrize(("level", "bars"), [("Waspada", 1), ("Siaga", 2), ("Awas", 3), ("", 0)])
def test_the_level_is_told_by_bars_too(level: str, bars: int) -> None:
    page = compose(request_for("peringatan-dini", "4:5", tingkat=level))
    assert page.html.count("border-radius:3px;background:var(--accent)") == bars
    assert words_on(page, "tingkat") == ([level] if level else [])


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_a_period_has_two_ends(artwork_format: ArtworkFormat) -> None:
    lasting = compose(request_for("peringatan-dini", artwork_format, sampai=date(2026, 12, 10)))
    assert words_on(lasting, "tanggal") == ["Selasa, 8 Desember"]
    assert words_on(lasting, "sampai") == ["s.d. Kamis, 10 Desember 2026"]
    turn = compose(request_for("peringatan-dini", artwork_format, sampai=date(2027, 1, 2)))
    assert words_on(turn, "tanggal") == ["Selasa, 8 Desember 2026"]
    for wrong in (date(2026, 12, 8), date(2026, 12, 1)):
        one_day = compose(request_for("peringatan-dini", artwork_format, sampai=wrong))
        assert words_on(one_day, "sampai") == []
        assert words_on(one_day, "tanggal") == ["Selasa, 8 Desember 2026"]


def test_only_the_cover_of_a_reel_may_leave_the_list_out() -> None:
    """Where the hazard would have to shrink for it; the caption and the clip tell it there."""
    long = {
        "judul": "Banjir luapan Danau Tempe dan Sungai Walennae meluas lagi",
        "wilayah": "Kecamatan Tempe, Belawa, Tanasitolo, Sabbangparu, Pammana, dan Maniangpajo",
        "tindakan": ["Ungsikan lansia, anak, dan ternak ke tempat tinggi"] * 4,
        "kontak": "Posko BPBD di Sengkang",
    }
    assert (
        words_on(compose(request_for("peringatan-dini", "9:16", 0, REEL, **long)), "tindakan") == []
    )
    assert len(words_on(compose(request_for("peringatan-dini", "9:16", 0, REEL)), "tindakan")) == 4
    for artwork_format in FORMATS:
        zone = STORY if artwork_format == "9:16" else SafeZone()
        request = request_for("peringatan-dini", artwork_format, 0, zone, **long)
        assert len(words_on(compose(request), "tindakan")) == 4
        assert inspect(request).overflows == ()


def test_the_tweet_gives_up_the_least_important_first() -> None:
    template = find_template("peringatan-dini")
    sample = dict(sample_content(template, "sample").fields)

    def tweet(**changed: Any) -> str:
        fields = check_fields(template, {**sample, **changed})
        context = draft_context(template, fields, find_agency("bpbd"), load_brand_kit())
        found = draft(template, ("x",), context)
        assert found is not None
        assert count(found[1], "x_weighted") <= 280
        return found[1]

    short = tweet(judul="Angin kencang", wilayah="Kecamatan Tempe")
    assert short.count("•") == 1 and "• Tunda perjalanan" in short and "#PeringatanDini" in short
    shorter = tweet(judul="Angin kencang", wilayah="Tempe", sumber="BMKG")
    assert shorter.count("•") == 2 and "112" in shorter
    usual = tweet()
    assert "•" not in usual and "Sumber: BMKG" in usual and "112" in usual
    crowded = tweet(judul="A" * 60, wilayah="B" * 90, waktu="C" * 30, sampai=date(2027, 12, 10))
    assert "A" * 60 in crowded and "B" * 90 in crowded and "BMKG" in crowded
    assert "#" not in crowded


# -- both -------------------------------------------------------------------------------------


@pytest.mark.parametrize("template_id", BOTH)
def test_links_are_left_out_where_nobody_can_follow_them(template_id: str) -> None:
    content = sample_content(find_template(template_id), "sample")
    context = content.draft_context(load_brand_kit())
    for network, linked in (
        ("facebook", True),
        ("youtube", True),
        ("instagram", False),
        ("tiktok", False),
    ):
        written = draft(content.template, ("base",), {**context, "network": network})
        assert written is not None
        assert bool(find_links(written[1])) is linked, network


@pytest.mark.parametrize("template_id", BOTH)
def test_alternative_text_tells_what_the_picture_says(template_id: str) -> None:
    content = sample_content(find_template(template_id), "sample")
    told = {**content.draft_context(load_brand_kit()), "photo_alts": ("Warga menguras bak mandi",)}
    written = draft(content.template, ("alt",), told)
    assert written is not None
    assert content.fields["judul"] in written[1]
    assert written[1].endswith("Foto: Warga menguras bak mandi.")
    assert len(written[1]) <= 250
