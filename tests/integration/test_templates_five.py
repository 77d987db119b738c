"""What cards, figures, vacancies, schedules and covers promise beyond every template's duties."""

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
from wajo_studio.artwork.words import plain
from wajo_studio.domain.geometry import SafeZone
from wajo_studio.services.template_samples import SamplePhotos, sample_content

REEL = SafeZone(top=270, bottom=670, left=65, right=65)
YEARS = [["2022", "61", "%"], ["2023", "68", "%"], ["2024", "66", "%"], ["2025", "83", "%"]]


def request_for(
    template_id: str,
    artwork_format: ArtworkFormat = "4:5",
    slide: int = 0,
    agency: str = "",
    **changed: Any,
) -> ArtworkRequest:
    """The template's sample, without photo, with changed fields."""
    template = find_template(template_id)
    fields = {**sample_content(template, "sample", photo=False).fields, **changed}
    return ArtworkRequest(
        template=template,
        format=artwork_format,
        size=DESIGN_SIZES[artwork_format],
        agency=find_agency(agency or str(template.sample["agency"])),
        brand=load_brand_kit(),
        fields=check_fields(template, fields),
        safe_zone=REEL if artwork_format == "9:16" else SafeZone(),
        pillar=template.pillars[0],
        slide_index=slide,
        photos=SamplePhotos(),
    )


def words_on(page: Page, name: str) -> list[str]:
    """The texts marked ``data-text="name"``, as a reader sees them."""
    marked = re.findall(rf'data-text="{name}"[^>]*>(.*?)</(?:div|h1)>', page.html, re.S)
    return [" ".join(plain(re.sub(r"<[^>]*>", "", text)).split()) for text in marked]


def caption(template_id: str, key: str = "base", **changed: Any) -> str:
    template = find_template(template_id)
    fields = {**sample_content(template, "sample", photo=False).fields, **changed}
    agency = find_agency(str(template.sample["agency"]))
    context = draft_context(template, check_fields(template, fields), agency, load_brand_kit())
    written = draft(template, (key,), context)
    assert written is not None
    return written[1]


# -- infografis-angka -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("18420", "18.420"),
        ("1234567.5", "1.234.567,5"),
        ("1.234.567", "1.234.567"),
        ("1.234,50", "1.234,50"),
        ("12.5", "12,5"),
        ("0.125", "0,125"),
        ("007", "7"),
        ("-3", "−3"),
        ("98,7", "98,7"),
        ("Rp 12 miliar", "Rp 12 miliar"),
        ("12,345,6", "12,345,6"),
        ("1.2.3,x", "1.2.3,x"),
    ],
)
def test_numbers_are_written_as_indonesians_do(typed: str, shown: str) -> None:
    line = caption("infografis-angka", angka=[["Ikan", typed, "ton"]]).splitlines()[2]
    assert line == f"• Ikan: {shown} ton"


def bars_on(page: Page) -> list[float]:
    """Length of each bar per length of its track."""
    track = r'<rect width="(\d+)" height="\d+" rx="[\d.]+" style="fill:var\(--primary-lift\)"/>'
    found = re.findall(track + r'\s*<rect width="([\d.]+)"', page.html)
    return [float(bar) / float(track) for track, bar in found]


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_bars_are_as_long_as_their_numbers(artwork_format: ArtworkFormat) -> None:
    page = compose(request_for("infografis-angka", artwork_format))
    assert bars_on(page) == pytest.approx([1, 12310 / 18420, 5275 / 18420, 4160 / 18420], abs=2e-3)
    assert "18.420 keping" in words_on(page, "angka")


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_a_line_goes_through_its_values(artwork_format: ArtworkFormat) -> None:
    page = compose(request_for("infografis-angka", artwork_format, bagan="Garis", angka=YEARS))
    (points,) = re.findall(r'<polyline points="([^"]+)"', page.html)
    heights = [float(point.split(",")[1]) for point in points.split()]
    assert min(heights) == 0 and heights.index(0) == 3  # the highest value is the last
    # 61, 68, 66, 83: as far below the top as their values are, whatever the scale starts at.
    low = max(heights)
    assert [h / low for h in heights] == pytest.approx([1, 15 / 22, 17 / 22, 0], abs=0.01)
    assert words_on(page, "angka").count("83") == 1
    assert "Dalam persen" in words_on(page, "angka")


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_a_ring_is_a_whole(artwork_format: ArtworkFormat) -> None:
    parts = [["Jalan", "50", "%"], ["Kebersihan", "25", "%"]]
    page = compose(request_for("infografis-angka", artwork_format, bagan="Cincin", angka=parts))
    lengths = [float(n) for n in re.findall(r'stroke-dasharray="([\d.]+) ', page.html)]
    offsets = [-float(n) for n in re.findall(r'stroke-dashoffset="(-?[\d.]+)"', page.html)]
    whole = offsets[1] / 0.5
    assert len(lengths) == 2 and offsets[0] == 0
    assert lengths == pytest.approx([whole * 0.5, whole * 0.25], rel=0.03)


@pytest.mark.parametrize(
    ("chart", "rows", "drawn"),
    [
        ("Cincin", [["A", "60", "%"], ["B", "70", "%"]], "bars"),  # more than a whole
        ("Cincin", [["A", "60", "ton"], ["B", "70", "ekor"]], "bars"),  # no common whole
        ("Garis", [["A", "60", "%"], ["B", "70", "%"]], "bars"),  # two points are no course
        ("Batang", [["A", "-6", "%"], ["B", "7", "%"]], "tiles"),
        ("Batang", [["A", "enam", ""], ["B", "7", ""]], "tiles"),
        ("Batang", [["A", "0", ""], ["B", "0", ""]], "tiles"),
        ("Tanpa bagan", YEARS, "tiles"),
    ],
)
def test_what_cannot_be_drawn_truly_is_told_otherwise(
    chart: str, rows: list[list[str]], drawn: str
) -> None:
    for artwork_format in FORMATS:
        page = compose(request_for("infografis-angka", artwork_format, bagan=chart, angka=rows))
        assert "<polyline" not in page.html and "stroke-dasharray" not in page.html
        assert page.html.count('class="tile') == (len(rows) if drawn == "tiles" else 0)
        assert len(bars_on(page)) == (len(rows) if drawn == "bars" else 0)


@pytest.mark.parametrize("chart", ["Batang", "Garis", "Cincin", "Tanpa bagan"])
@pytest.mark.parametrize("artwork_format", FORMATS)
def test_long_rows_neither_overflow_nor_meet(artwork_format: ArtworkFormat, chart: str) -> None:
    rows = [["Pelayanan masyar", "1234567.5", "kilogram basah"]] * 6
    facts = inspect(request_for("infografis-angka", artwork_format, bagan=chart, angka=rows))
    assert facts.overflows == () and facts.small_texts == () and facts.outside_safe_zone == ()


# -- jadwal -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "shares"), [(1, [1]), (5, [5]), (6, [3, 3]), (20, [5] * 4)])
def test_a_long_table_becomes_slides_and_loses_no_row(rows: int, shares: list[int]) -> None:
    table = [[f"Senin, {n} Juni", f"Tempat {n}", "08.00 WITA"] for n in range(1, rows + 1)]
    template = find_template("jadwal")
    assert slide_count(template, check_fields(template, {"baris": table})) == len(shares)
    for artwork_format in FORMATS:
        shown: list[str] = []
        for slide, share in enumerate(shares):
            page = compose(request_for("jadwal", artwork_format, slide, baris=table))
            # The last run of cells is what is drawn; those before it were measured only.
            places = [w for w in words_on(page, "baris") if w.startswith("Tempat")]
            assert len(places) == share
            shown += places
            told = [f"{slide + 1} dari {len(shares)}"] if len(shares) > 1 else []
            assert words_on(page, "bagian") == told
        assert shown == [f"Tempat {n}" for n in range(1, rows + 1)]


def test_a_date_too_wide_for_its_column_is_no_overflow() -> None:
    wide = [["Senin–Rabu, 28–30 September 2026", "Kantor", "08.00 WITA"]] * 2
    for artwork_format in FORMATS:
        facts = inspect(request_for("jadwal", artwork_format, baris=wide))
        assert facts.overflows == ()
        assert [c for c in facts.contrasts if c.ratio < c.required] == []


def test_the_tweet_of_a_long_table_says_that_there_is_more() -> None:
    table = [[f"Senin, {n} Mei", f"Kantor Desa Pallawarukka {n}", "08.00"] for n in range(1, 16)]
    assert "Selengkapnya di gambar." in caption("jadwal", "x", baris=table)
    short = caption("jadwal", "x", baris=table[:2])
    assert "Selengkapnya" not in short and short.count("•") == 2
    assert caption("jadwal", "youtube.title", judul="Jadwal Imunisasi").startswith("Jadwal Imu")


# -- kartu-layanan ----------------------------------------------------------------------------


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_every_service_has_its_card_and_tab(artwork_format: ArtworkFormat) -> None:
    services = sample_content(find_template("kartu-layanan"), "sample").fields["layanan"]
    cover = compose(request_for("kartu-layanan", artwork_format))
    for name, *_rest in services:
        assert name in words_on(cover, "layanan")
    for number, (name, needs, cost, time) in enumerate(services, start=1):
        page = compose(request_for("kartu-layanan", artwork_format, number))
        assert words_on(page, "layanan")[0] in (name, cost)
        assert {name, cost, time, *(n.strip() for n in needs.split(";"))} == set(
            words_on(page, "layanan")
        )
        (current,) = re.findall(
            r'class="tab"[^>]*background:var\(--paper\)[^>]*>(\d+)</div>', page.html
        )
        assert current == str(number)
    closing = compose(request_for("kartu-layanan", artwork_format, len(services) + 1))
    assert len(words_on(closing, "cara")) == 4
    assert words_on(closing, "waktu") == ["Senin–Jumat, 08.00–15.00 WITA"]


def test_a_service_may_have_a_name_only() -> None:
    for artwork_format in FORMATS:
        for slide in range(3):
            facts = inspect(
                request_for("kartu-layanan", artwork_format, slide, layanan=["KTP-el"], cara=[])
            )
            assert facts.overflows == () and facts.outside_safe_zone == ()
    assert "• KTP-el\n" in caption("kartu-layanan", layanan=["KTP-el"])


# -- lowongan-seleksi -------------------------------------------------------------------------


@pytest.mark.parametrize("artwork_format", FORMATS)
@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        (date(2026, 12, 1), date(2026, 12, 11), "1–11 Desember 2026"),
        (date(2026, 11, 28), date(2026, 12, 11), "28 November – 11 Desember 2026"),
        (date(2026, 12, 28), date(2027, 1, 8), "28 Desember 2026 – 8 Januari 2027"),
        (None, date(2026, 12, 11), "s.d. 11 Desember 2026"),
        (date(2026, 12, 20), date(2026, 12, 11), "s.d. 11 Desember 2026"),
    ],
)
def test_a_vacancy_says_until_when_and_that_it_is_free(
    artwork_format: ArtworkFormat, begin: date | None, end: date, told: str
) -> None:
    page = compose(request_for("lowongan-seleksi", artwork_format, mulai=begin, sampai=end))
    assert words_on(page, "sampai") == [told]
    assert " ".join(words_on(page, "gratis")) == "Tidak dipungut biaya"
    assert words_on(page, "tautan") == ["diskominfotik.wajokab.go.id"]
    assert "tidak dipungut biaya" in caption("lowongan-seleksi", mulai=begin, sampai=end)


# -- sampul-video -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "words", "gold"),
    [
        ("Danau Tempe Kembali Bersih", "kembali bersih", ["Kembali Bersih"]),
        ("Danau Tempe Kembali Bersih", "anau", []),  # no whole word
        ("Danau Tempe Kembali Bersih", "Danau Sidenreng", []),
        ("Danau Tempe Kembali Bersih", "", []),
        ("KTP-el Selesai 1 Hari", "1 Hari", ["1 Hari"]),
    ],
)
def test_only_whole_words_of_the_title_are_gold(title: str, words: str, gold: list[str]) -> None:
    for artwork_format in FORMATS:
        page = compose(request_for("sampul-video", artwork_format, judul=title, sorot=words))
        assert words_on(page, "judul") == [title]
        found = re.findall(r'<span class="gold">(.*?)</span>', page.html)
        assert [plain(text) for text in found] == gold


def test_the_lower_right_corner_of_a_thumbnail_is_free_for_the_clock() -> None:
    long = sample_content(find_template("sampul-video"), "longest").fields
    request = request_for("sampul-video", "16:9", agency="dinsos-p2kbp3a", **long)
    for contrast in inspect(request).contrasts:
        assert contrast.box.x + contrast.box.w < 0.86 or contrast.box.y + contrast.box.h < 0.86


# -- who speaks never stands on a face --------------------------------------------------------


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_a_long_name_a_long_title_and_a_long_summary_do_not_meet(
    artwork_format: ArtworkFormat,
) -> None:
    facts = inspect(
        request_for(
            "berita-kegiatan",
            artwork_format,
            agency="dpmptsp",
            foto="foto1",
            judul="Pemerintah Kabupaten Wajo Serahkan Bantuan Alat Mesin Pertanian ke Petani",
            ringkasan="Bantuan berupa traktor tangan, mesin panen, dan pompa air diserahkan ke dua "
            "belas kelompok tani di tiga kecamatan untuk menghadapi musim tanam tahun depan.",
        )
    )
    assert facts.overflows == () and facts.outside_safe_zone == ()
    assert [c for c in facts.contrasts if c.ratio < c.required] == []


@pytest.mark.parametrize("template_id", ["berita-kegiatan", "capaian", "pengumuman-layanan"])
def test_the_agency_stands_below_an_upper_photo(template_id: str) -> None:
    """Faces are in the upper half of a photo: nothing is laid on it there."""
    facts = inspect(request_for(template_id, "4:5", foto="foto1"))
    (agency,) = (c.box for c in facts.contrasts if c.field == "agency")
    assert agency.y > 0.22
