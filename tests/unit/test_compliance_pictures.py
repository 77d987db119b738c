"""What is made of words, faces and codes seen in pictures."""

from datetime import datetime

import pytest

from tests.unit.compliance_facts import make_facts, make_post
from tests.unit.seen_pictures import CARD_LINES, NIK, SIZE, facts_of, found, lines, picture, run
from wajo_studio.compliance import rules as rules_module
from wajo_studio.compliance.checks_pictures import card_box
from wajo_studio.compliance.looks import EarlierUse, PictureUse, SeenArtwork
from wajo_studio.compliance.seen_text import SeenText, plain
from wajo_studio.domain.facts import TextFact
from wajo_studio.domain.finding import Severity
from wajo_studio.domain.geometry import Box, PixelSize, SafeZone
from wajo_studio.domain.seen import FileOrigin, PictureSeen, SeenCode
from wajo_studio.i18n import WITA

FACE, SMALL_FACE = Box(0.4, 0.3, 0.15, 0.2), Box(0.7, 0.3, 0.03, 0.04)


def test_a_card_is_a_document_and_its_number_personal_data() -> None:
    facts = facts_of(picture(*CARD_LINES))
    (card,) = found(facts, "img-id-document")
    assert card.severity is Severity.BLOCK
    assert card.where.kind == "media"
    assert card.where.box is not None
    assert card.where.box.h > 0.4  # the whole card, not a line of it
    assert card.fix
    (number,) = found(facts, "img-pii-text")
    assert number.severity is Severity.BLOCK
    assert number.where.box is not None
    assert number.where.box.as_list() == [0.1, 0.15, 0.5, 0.03]
    assert NIK not in str(card) + str(number)


@pytest.mark.parametrize(
    "texts",
    [
        ("Syarat perekaman KTP-el:", "1. Fotokopi Kartu Keluarga", "2. NIK sudah terdaftar"),
        ("Kartu Keluarga asli dan fotokopi", "Surat Izin Mengemudi bila ada", "NIK wajib aktif"),
        ("NIK", "Tempat/Tgl Lahir", "Gol. Darah", "Berlaku Hingga"),  # an empty form
        ("Kartu Keluarga", "NIK", "Selasa, 1 Desember 2026"),
    ],
)
def test_requirements_and_empty_forms_are_no_document(texts: tuple[str, ...]) -> None:
    assert not found(facts_of(picture(*texts)), "img-id-document")


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (f"NIK saya {NIK}", "block"),
        ("No. KK 7313012209139976", "block"),
        ("HP 0812-0000-1101", "warn"),
        ("DW 1101 BX", "warn"),
        ("DW1101BX", "warn"),
        ("NISN 0012345678", "warn"),
    ],
)
def test_personal_data_keeps_the_severity_of_its_rule(text: str, severity: str) -> None:
    findings = found(facts_of(picture("DAFTAR HADIR", text)), "img-pii-text")
    assert [finding.severity.value for finding in findings] == [severity]
    assert findings[0].where.box is not None
    assert findings[0].where.box.y == pytest.approx(0.15)


@pytest.mark.parametrize(
    "text", ["Wajo Masiga 112", "Ruang A 101", "KM 12", "0485-000112", "Lantai 2 B", "PP 71 TAHUN"]
)
def test_what_is_no_personal_data_in_a_picture(text: str) -> None:
    assert not found(facts_of(picture(text)), "img-pii-text")


def test_the_rules_of_texts_do_not_repeat_it() -> None:
    findings = run(facts_of(picture(f"NIK saya {NIK}"))).findings
    assert not [f for f in findings if f.rule.startswith("pii-")]


def test_other_rules_of_texts_speak_with_the_place() -> None:
    facts = facts_of(picture("Rapat koordinasi", "RAHASIA"))
    (marking,) = found(facts, "classified-marking")
    assert marking.where.id == "foto1"
    assert marking.where.box is not None
    (date,) = found(facts_of(picture("Rabu, 1 Desember 2026")), "date-weekday-mismatch")
    assert date.severity is Severity.WARN  # an old banner blocks nothing
    assert not found(facts_of(picture("Pelayanan di kantor desa yg baik")), "spelling-nonstandard")


def test_a_line_the_reader_is_unsure_of_is_judged_for_numbers_alone() -> None:
    unsure = PictureSeen(SIZE, lines(f"NIK {NIK}", "RAHASIA", score=0.6))
    assert found(facts_of(unsure), "img-pii-text")
    assert not found(facts_of(unsure), "classified-marking")
    assert not found(facts_of(PictureSeen(SIZE, lines(f"NIK {NIK}", score=0.3))), "img-pii-text")


def test_blurring_the_marked_area_settles_it() -> None:
    facts = facts_of(picture(*CARD_LINES))
    (card,) = found(facts, "img-id-document")
    assert card.where.box is not None
    blurred = facts_of(picture(*CARD_LINES), item={"blur": [card.where.box.as_list()]})
    assert not found(blurred, "img-id-document")
    assert not found(blurred, "img-pii-text")


def test_an_exception_holds_for_mild_data_only() -> None:
    exceptions = {"img-pii-text": ["0812-0000-1101", NIK]}
    seen = picture("HP 0812-0000-1101", f"NIK {NIK}")
    (left,) = found(facts_of(seen, exceptions=exceptions), "img-pii-text")
    assert left.severity is Severity.BLOCK


def test_artwork_does_not_repeat_what_its_photo_or_fields_show() -> None:
    seen = picture("HP 0812-0000-1101")
    looks = {"artworks": (SeenArtwork(("x.post",), 1, seen),)}
    assert [f.where.kind for f in found(facts_of(seen, looks=looks), "img-pii-text")] == ["media"]
    alone = facts_of(None, looks=looks)
    assert [f.where.kind for f in found(alone, "img-pii-text")] == ["artwork"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("https://ppid.wajokab.go.id/daftar", "info"),
        ("https://bit.ly/daftar", "warn"),
        ("https://wajokab-bansos.com/daftar", "block"),
        ("https://contoh.example.org", "warn"),
        ("00020101021126670016COM.NOBUBANK.WWW", "warn"),
        ("WIFI:T:WPA;S:KantorDesa;P:rahasia123;;", "warn"),
        ("https://wa.me/6281200001113", "warn"),
        (f"NIK {NIK}", "block"),
    ],
)
def test_a_code_is_judged_by_where_it_leads(text: str, severity: str) -> None:
    seen = PictureSeen(SIZE, codes=(SeenCode(text, FACE),))
    (code,) = found(facts_of(seen), "img-qr-check")
    assert code.severity.value == severity
    assert code.where.box == FACE
    assert "rahasia123" not in code.message
    assert NIK not in code.message
    blurred = facts_of(seen, item={"blur": [FACE.as_list()]})
    assert not found(blurred, "img-qr-check")


def test_a_code_may_hold_braces() -> None:
    seen = PictureSeen(SIZE, codes=(SeenCode("{target} {trouble} {0} {", FACE),))
    assert found(facts_of(seen), "img-qr-check")
    assert not run(facts_of(seen)).not_checked


def test_dates_of_a_picture_belong_into_words() -> None:
    poster = picture("Pasar Murah", "Selasa, 1 Desember 2026", "Telepon (0485) 21123")
    (date,) = found(facts_of(poster), "img-text-only")
    assert date.severity is Severity.INFO
    assert "1 Desember 2026" in date.message
    told = facts_of(poster, "Pasar murah pada 1 Desember, telepon 0485-21123.")
    assert not found(told, "img-text-only")
    assert not found(facts_of(picture(*CARD_LINES)), "img-text-only")
    assert not found(facts_of(picture("HP 0812-0000-1101")), "img-text-only")


USE = PictureUse(
    "foto1", ("x.post",), PixelSize(1080, 1920), SafeZone(130, 484, 60, 180), Box(0, 0, 1, 1)
)
NOTICE = ("Pengumuman jadwal pelayanan kantor desa", "Setiap hari kerja pukul 08.00 WITA")


def test_small_words_count_in_drawn_pictures_only() -> None:
    small = picture(*NOTICE, lines=lines(*NOTICE, height=0.012), flat=0.8)
    (finding,) = found(facts_of(small, looks={"uses": (USE,)}), "img-text-small")
    assert "24" in finding.message
    photo = picture(*NOTICE, lines=lines(*NOTICE, height=0.012), flat=0.1)
    assert not found(facts_of(photo, looks={"uses": (USE,)}), "img-text-small")
    large = picture(*NOTICE, flat=0.8)
    assert not found(facts_of(large, looks={"uses": (USE,)}), "img-text-small")


def test_words_under_buttons_count_in_drawn_pictures_only() -> None:
    texts = ("", *NOTICE, *("" for _ in range(6)), "Info: kantor desa")
    low = picture(lines=tuple(line for line in lines(*texts) if line.text), flat=0.8)
    (finding,) = found(facts_of(low, looks={"uses": (USE,)}), "img-text-ui-zone")
    assert "Info: kantor desa" in finding.message
    photo = picture(lines=low.lines, flat=0.1)
    assert not found(facts_of(photo, looks={"uses": (USE,)}), "img-text-ui-zone")
    halved = PictureUse("foto1", ("x.post",), USE.size, USE.zone, Box(0.1, 0.3, 0.6, 0.4))
    assert not found(facts_of(low, looks={"uses": (halved,)}), "img-text-ui-zone")


def test_faces_call_for_consent_and_for_the_guardians() -> None:
    near = run(facts_of(picture(faces=(FACE, SMALL_FACE))))
    asked = {statement.rule: statement.question for statement in near.statements}
    assert "1 " in asked["face-consent-attest"]
    assert "child-consent-attest" in asked
    afar = run(facts_of(picture(faces=(SMALL_FACE,))))
    assert {s.rule for s in afar.statements} >= {"face-consent-attest"}
    nobody = run(facts_of(picture("Kantor Desa")))
    assert not {s.rule for s in nobody.statements} & {"face-consent-attest", "child-consent-attest"}
    blurred = facts_of(picture(faces=(FACE,)), item={"blur": [FACE.as_list()]})
    assert not {s.rule for s in run(blurred).statements} & {"face-consent-attest"}


def test_a_description_of_people_asks_where_no_face_is_found() -> None:
    asked = run(facts_of(picture(), item={"alt": "Seorang nelayan dari belakang"})).statements
    assert "face-consent-attest" in {statement.rule for statement in asked}


def test_a_picture_nobody_looked_at_asks_as_a_precaution() -> None:
    asked = run(facts_of(None)).statements
    assert "face-consent-attest" in {statement.rule for statement in asked}


def test_what_is_still_looked_at_is_not_passed() -> None:
    outcome = run(facts_of(None, looks={"pending": frozenset({"foto1"})}))
    waiting = {entry.rule for entry in outcome.not_checked if entry.pending}
    assert waiting >= {"img-id-document", "img-pii-text", "img-qr-check", "video-flashing"}
    assert not waiting & set(outcome.passed)
    assert outcome.result == "pass"  # nothing stands in the way so far; the window says the rest
    assert not [entry for entry in outcome.not_checked if entry.broken]


def test_what_could_not_be_looked_at_needs_a_person() -> None:
    outcome = run(facts_of(None, looks={"failed": frozenset({"foto1"})}))
    broken = {entry.rule for entry in outcome.not_checked if entry.broken}
    assert broken >= {"img-id-document", "img-pii-text"}
    assert not broken & set(outcome.passed)
    assert outcome.result == "needs-approval"


def test_what_is_known_is_told_while_the_rest_is_looked_at() -> None:
    looks = {"pending": frozenset({"foto2"})}
    outcome = run(facts_of(picture(f"NIK {NIK}"), looks=looks))
    assert found(outcome, "img-pii-text")
    assert "img-pii-text" in {entry.rule for entry in outcome.not_checked}


def test_a_broken_rule_of_personal_data_is_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    from wajo_studio.compliance import check

    def broken(_subject: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(check._load().text, "pii-npwp", broken)
    outcome = run(facts_of(picture("Kantor Desa")))
    assert {"img-pii-text", "pii-npwp"} == {e.rule for e in outcome.not_checked if e.broken}
    assert "img-id-document" in outcome.passed


def test_a_switched_off_kind_is_silent_in_pictures_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = rules_module.load_rules()
    off = {
        **loaded.rules,
        "pii-phone-personal": loaded.rules["pii-phone-personal"].model_copy(
            update={"enabled": False}
        ),
    }
    changed = rules_module.RuleSet(off, loaded.editions)
    monkeypatch.setattr(rules_module, "load_rules", lambda: changed)
    assert not found(facts_of(picture("HP 0812-0000-1101")), "img-pii-text")


def test_a_file_that_says_it_was_made_by_a_model_is_asked_about() -> None:
    made = {"origins": {"foto1": FileOrigin(making="generated", tool="Midjourney")}}
    asked = {s.rule: s.question for s in run(facts_of(picture(), looks=made)).statements}
    assert "Midjourney" in asked["ai-label-attest"]
    labelled = facts_of(picture(), "Ilustrasi ini dibuat dengan AI.", looks=made)
    assert "ai-label-attest" not in {s.rule for s in run(labelled).statements}


def test_a_clip_that_tells_its_place_is_mentioned() -> None:
    located = {"origins": {"foto1": FileOrigin(location=True)}}
    (finding,) = found(facts_of(picture(), looks=located), "exif-gps")
    assert finding.severity is Severity.INFO
    assert not found(facts_of(picture(), looks={"origins": {"foto1": FileOrigin()}}), "exif-gps")


def test_an_earlier_use_is_mentioned_with_post_and_date() -> None:
    earlier = {"earlier": {"foto1": EarlierUse("Panen raya", datetime(2026, 3, 1, tzinfo=WITA))}}
    (finding,) = found(facts_of(picture(), looks=earlier), "media-published-before")
    assert "Panen raya" in finding.message
    assert "1 Maret 2026" in finding.message


def test_an_outdated_logo_is_told() -> None:
    (finding,) = found(
        facts_of(picture(), looks={"outdated_logos": ("lama.png",)}), "logo-outdated"
    )
    assert "lama.png" in finding.message


def test_seen_text_joins_rows_and_knows_places() -> None:
    given = lines("NIK", "7313010104719992")
    beside = (given[0], type(given[0])("12", Box(0.7, 0.05, 0.1, 0.03), 0.9, 0.03, 0, apart=True))
    text = SeenText.of((*beside, given[1]), 0.5)
    assert text.text == "NIK  12\n7313010104719992"
    assert text.box((0, 3)) == given[0].box
    assert text.box((8, 24)) == given[1].box
    assert text.box((0, 24)).h == pytest.approx(0.13)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("NIK：73I3O1O1O47I9992", "NIK:7313010104719992"),
        ("0812-0000-11O1", "0812-0000-1101"),
        ("SEKOLAH DASAR", "SEKOLAH DASAR"),
        ("BOLIBOLIBOLI", "BOLIBOLIBOLI"),
    ],
)
def test_slips_of_the_reader_are_undone_in_numbers(read: str, meant: str) -> None:
    assert plain(read) == meant


def test_no_card_without_lines() -> None:
    assert card_box(SeenText.of((), 0.5)) is None


def test_a_post_without_media_waits_for_nothing() -> None:
    text = TextFact("x.post", "caption", "base", "Halo", 4, 280, "code_points")
    outcome = run(make_facts(make_post(placements=("x.post",)), texts=(text,)))
    assert not outcome.not_checked
    assert "img-id-document" in outcome.passed
