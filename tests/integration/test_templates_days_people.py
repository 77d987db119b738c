"""What the templates for days and people promise beyond being readable."""

from datetime import date
from typing import Any

import pytest

from tests.artwork_samples import artwork_request
from wajo_studio.artwork.brand import find_agency, load_brand_kit
from wajo_studio.artwork.drafts import draft, draft_context
from wajo_studio.artwork.fields import check_fields
from wajo_studio.artwork.layout import compose
from wajo_studio.artwork.manifest import FORMATS
from wajo_studio.artwork.request import DESIGN_SIZES
from wajo_studio.artwork.template import find_template


def html_of(template_id: str, artwork_format: str = "4:5", **changes: Any) -> str:
    template = find_template(template_id)
    fields = {**template.sample["fields"], **changes}
    return compose(artwork_request(artwork_format, template=template, **fields)).html  # type: ignore[arg-type]


def drafts_of(template_id: str, **changes: Any) -> dict[str, str]:
    template = find_template(template_id)
    fields = check_fields(template, {**template.sample["fields"], **changes})
    context = draft_context(template, fields, find_agency("dinkes"), load_brand_kit())
    return {key: draft(template, (key,), context)[1] for key in template.draft_keys}  # type: ignore[index]


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_an_agenda_tells_a_common_place_once_and_own_places_each(artwork_format: str) -> None:
    together = html_of("agenda-kegiatan", artwork_format, tempat="Rujab Bupati")
    assert together.count("Rujab") == 1
    rows = [["08.00 WITA", "Apel", "Halaman Kantor"], ["10.00 WITA", "Panen", "Sawah Pammana"]]
    apart = html_of("agenda-kegiatan", artwork_format, tempat="Rujab Bupati", acara=rows)
    assert "Rujab" not in apart
    assert "Halaman Kantor" in apart and "Sawah Pammana" in apart
    assert "Rujab" not in drafts_of("agenda-kegiatan", tempat="Rujab Bupati", acara=rows)["base"]


def test_an_agenda_without_hours_tells_its_time() -> None:
    alone = html_of("agenda-kegiatan", acara=[], waktu="08.00–10.00 WITA")
    assert 'data-text="waktu"' in alone
    assert 'data-text="waktu"' not in html_of("agenda-kegiatan", waktu="08.00–10.00 WITA")
    assert (
        "08.00–10.00 WITA" in drafts_of("agenda-kegiatan", acara=[], waktu="08.00–10.00 WITA")["x"]
    )


@pytest.mark.parametrize("until", [date(2026, 10, 2), date(2027, 9, 30)])
@pytest.mark.parametrize("artwork_format", FORMATS)
def test_an_agenda_of_many_days_fits_its_pennant(artwork_format: str, until: date) -> None:
    """The longest of all: a September into the next."""
    template = find_template("agenda-kegiatan")
    some: list[Any] = template.sample["fields"]["acara"]
    for hours in (some, some[:0]):
        fields = {**template.sample["fields"], "tanggal": date(2026, 9, 30), "acara": hours}
        page = compose(
            artwork_request(artwork_format, template=template, **fields, sampai=until)  # type: ignore[arg-type]
        )
        assert [record.name for record in page.fits if not record.fitted.fits] == []
        assert 'data-text="sampai"' in page.html


@pytest.mark.parametrize("longer", [0, 1])
@pytest.mark.parametrize("verdict", ["", "Menyesatkan"])
def test_a_claim_never_goes_out_without_its_verdict(verdict: str, longer: int) -> None:
    template = find_template("klarifikasi-hoaks")
    claim = template.sample["fields"]["klaim"] + " Kabar ini lama beredar." * longer
    told = drafts_of("klarifikasi-hoaks", klaim=claim, putusan=verdict)
    mark = f"[{(verdict or 'Hoaks').upper()}] Klaim yang beredar: “"
    assert mark + claim in told["base"]
    for text in told.values():
        assert claim not in text or mark + claim in text
    assert claim not in told["alt"] and claim not in told["youtube.title"]
    for artwork_format in FORMATS:
        html = html_of("klarifikasi-hoaks", artwork_format, klaim=claim, putusan=verdict)
        assert f'data-text="putusan">{verdict or "Hoaks"}<' in html


def test_the_hoax_itself_is_shown_struck_out() -> None:
    html = html_of("klarifikasi-hoaks", foto="foto1")
    struck = html[html.index('class="photo"') :]
    assert "mix-blend-mode:saturation" in struck and "stroke:var(--alert)" in struck


@pytest.mark.parametrize(
    ("faith", "opening"),
    [
        ("Islam", "Innalillahi wa inna ilaihi raji’un"),
        ("Katolik", "Requiescat in pace"),
        ("Hindu", "Om Swargantu"),
        ("Buddha", "Sabbe sankhara anicca"),
    ],
)
def test_a_condolence_opens_in_the_words_of_the_faith(faith: str, opening: str) -> None:
    assert opening in html_of("duka-cita", agama=faith)
    assert drafts_of("duka-cita", agama=faith)["base"].startswith(opening)


@pytest.mark.parametrize("faith", ["", "Kristen", "Khonghucu", "Umum"])
def test_a_condolence_of_other_faiths_names_the_dead_without_islamic_words(faith: str) -> None:
    html = html_of("duka-cita", agama=faith, sebutan="")
    text = drafts_of("duka-cita", agama=faith, sebutan="")["base"]
    for told in (html, text):
        assert "Mendiang" in told
        assert "Innalillahi" not in told and "Almarhum" not in told and "husnulkhatimah" not in told


def test_a_familys_own_prayer_takes_the_place_of_the_usual_one() -> None:
    own = "Selamat jalan, guru kami."
    assert own in html_of("duka-cita", doa=own)
    assert "husnulkhatimah" not in html_of("duka-cita", doa=own)
    assert own in drafts_of("duka-cita", doa=own)["base"]


@pytest.mark.parametrize("artwork_format", FORMATS)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_a_frame_shows_every_picture_once_without_overlap(artwork_format: str, count: int) -> None:
    template = find_template("dokumentasi")
    ids = [f"foto{number + 1}" for number in range(count)]
    fields = {**template.sample["fields"], "galeri": ids}
    page = compose(artwork_request(artwork_format, template=template, **fields))  # type: ignore[arg-type]
    assert [media_id for media_id, _size in page.photo_slots] == ids
    frame = DESIGN_SIZES[artwork_format]  # type: ignore[index]
    shown = sum(size.width * size.height for _id, size in page.photo_slots)
    assert shown < frame.width * frame.height
    if count:
        assert shown > 0.45 * frame.width * frame.height


@pytest.mark.parametrize("artwork_format", FORMATS)
def test_a_greeting_shows_a_photo_in_place_of_the_ornament(artwork_format: str) -> None:
    crescent = html_of("ucapan-hari-besar", artwork_format, ornamen="Bulan sabit")
    lotus = html_of("ucapan-hari-besar", artwork_format, ornamen="Teratai")
    assert crescent != lotus
    with_photo = html_of("ucapan-hari-besar", artwork_format, ornamen="Teratai", foto="foto1")
    assert 'class="photo"' in with_photo and 'class="photo"' not in lotus


def test_a_quote_is_never_cut() -> None:
    quote = "Setiap helai sutra menyimpan pengetahuan orang tua kita. " * 5
    told = drafts_of("kutipan-pimpinan", kutipan=quote)
    assert quote.strip() in told["base"]
    assert "“" not in told["x"] and "Besse Umpama" in told["x"]
