"""Reading post.toml: what is accepted, and the one sentence for what is not."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.unit.post_examples import FULL, SMALL, changed
from wajo_studio.domain.post import InformationClass, Pillar, Post, WrittenFloat
from wajo_studio.domain.validation import explain
from wajo_studio.errors import InputError
from wajo_studio.i18n import WITA, set_language
from wajo_studio.store.post_file import parse_post, read_post, read_post_text


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


def refusal(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_post(text, file="keliling/post.toml")
    sentence = str(caught.value)
    assert sentence.startswith("keliling/post.toml")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "{" not in sentence.replace('"{', "")
    return sentence


def test_everything_the_format_has_is_read() -> None:
    post = parse_post(FULL, file="post.toml")
    assert post.pillar is Pillar.PUBLIC_SERVICE
    assert post.information_class is InformationClass.PERIODIC
    assert post.schedule == datetime(2026, 12, 1, 9, tzinfo=WITA)
    assert post.fields["tanggal"] == date(2026, 12, 1)
    assert post.fields["langkah"] == ("Daftar", ("Ambil nomor", 2))
    assert post.captions["instagram.reel"] == 'Baris satu\nBaris "dua" \\ tiga\n'
    photo, clip, music = post.media
    assert photo.focus == (0.5, 0.4)
    assert photo.blur == ((0.10, 0.20, 0.15, 0.12),)
    assert (clip.in_s, clip.out_s, clip.cover_s) == (3.2, 18.0, 5.0)
    assert clip.lower_third is not None
    assert (clip.lower_third.start, clip.lower_third.end) == (4.0, 8.0)
    assert music.use == "music"
    assert post.option("youtube.short", "category") == "25"
    assert post.attestations["face-consent-attest"].evidence == "media/izin.jpg"
    assert post.exceptions["pii-phone"] == ("0811-000-000",)


def test_a_number_is_shown_as_written() -> None:
    number = parse_post(FULL, file="post.toml").fields["jumlah"]
    assert number == 12.5
    assert isinstance(number, WrittenFloat)
    assert f"{number}" == "12.50"


@pytest.mark.parametrize(
    "written",
    ["2026-12-01T09:00:00", '"2026-12-01T09:00"', '"2026-12-01 09:00:00"', "2026-12-01T01:00:00Z"],
)
def test_a_time_without_zone_is_wita(written: str) -> None:
    post = parse_post(f"{SMALL}schedule = {written}\n", file="post.toml")
    assert post.schedule == datetime(2026, 12, 1, 9, tzinfo=WITA)
    assert post.schedule.utcoffset() is not None


def test_times_without_zone_in_statements_are_wita() -> None:
    waiver = parse_post(FULL, file="post.toml").waivers["hashtag-count"]
    assert waiver.at.utcoffset() == timedelta(hours=8)


TOLERATED = {
    "any field": "[fields]\napa_saja = { a = [1, true, 07:30:00] }\nada = true\njam = 07:30:00\n",
    "unknown option of an unused network": "[options.youtube]\nprivcy = 5\n",
    "wrong type in an unused network": '[options.tiktok]\nlogo = "ya"\n',
    "no table for an unused network": "[options]\ntiktok = 5\n",
    "unused placement of an unused network": '[options."youtube.shorts"]\nformat = "3:4"\n',
    "statement nobody asks for": '[attestations]\napa = { by = "a", at = 2026-01-01T00:00:00 }\n',
    "caption of an unused network": '[captions]\n"tiktok.photo" = "…"\ninstagram = "…"\n',
    "path with ./": '[[media]]\nid = "a"\npath = "./media//a.jpg"\n',
    "whole number for a fraction": '[[media]]\nid = "a"\npath = "a.jpg"\nfocus = [0, 1]\n',
}


@pytest.mark.parametrize("extra", TOLERATED.values(), ids=TOLERATED.keys())
def test_what_the_contract_tolerates_is_kept(extra: str) -> None:
    parse_post(SMALL + extra, file="post.toml")


def test_fields_of_every_toml_kind_are_kept() -> None:
    post = parse_post(SMALL + TOLERATED["any field"], file="post.toml")
    assert post.fields["ada"] is True
    assert post.fields["apa_saja"] == {"a": (1, True, post.fields["jam"])}


REFUSED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    # what is wrong: piece of FULL, its replacement, words the sentence must have
    "newer": ("schema = 1 ", "schema = 2 ", ("format 2", "update Wajo Studio")),
    "schema text": ("schema = 1 ", 'schema = "1" ', ("schema", "whole number")),
    "schema true": ("schema = 1 ", "schema = true ", ("schema", "whole number")),
    "schema zero": ("schema = 1 ", "schema = 0 ", ("schema is 0", "schema = 1")),
    "schema missing": ("schema = 1 ", "skema = 1 ", ("schema is missing",)),
    "key misspelt": ("name = ", "nama = ", ("nama is unknown", "write name")),
    "key missing": ('agency = "diskominfotik"', "", ("agency is missing",)),
    "key unknown": ("[exceptions]", "[zzz]", ("zzz is unknown", "placements, pillar")),
    "name blank": ('"Layanan keliling Kecamatan Tempe"', '"  "', ("name is empty",)),
    "agency number": ('agency = "diskominfotik"', "agency = 5", ("agency", "text", "a number")),
    "placement near": ('"x.post"', '"x.pots"', ("placements[2]", '"x.pots"', '"x.post"')),
    "placement unknown": ('"x.post"', '"threads"', ("placements[2]", "facebook.feed")),
    "placement twice": ('"x.post"', '"instagram.feed"', ("placements[2]", "repeats")),
    "placements text": ("placements = [", 'placements = "x.post" # [', ("list", "text")),
    "pillar": ('"layanan-publik"', '"layanan"', ("pillar", '"layanan"', "krisis")),
    "class": ('"berkala"', '"rahasia"', ("information_class", "dikecualikan")),
    "schedule date": ("2026-12-01T09:00:00+08:00", "2026-12-01", ("schedule", "with a time")),
    "schedule word": ("2026-12-01T09:00:00+08:00", '"besok"', ("schedule", "with a time")),
    "schedule date text": ("2026-12-01T09:00:00+08:00", '"2026-12-01"', ("schedule",)),
    "schedule year": ("2026-12-01T09:00:00+08:00", "0001-01-01T00:00:00", ("schedule", "year")),
    "caption key": ("base = ", "bse = ", ("captions.bse", "base")),
    "caption placement": ('"instagram.reel" = ', '"instagram.rel" = ', ('"instagram.reel"',)),
    "caption unquoted": ('"instagram.reel" = ', "instagram.reel = ", ('"instagram.reel" =',)),
    "caption number": ('base = "Ayo datang"', "base = 5", ("captions.base", "a number")),
    "media key": ('alt = "Warga', 'altt = "Warga', ("media[0].altt (foto1)", "write alt")),
    "media id missing": ('id = "foto1"', "", ("media[0].id is missing",)),
    "media id twice": ('id = "klip1"', 'id = "foto1"', ("media[1].id", "repeats")),
    "media id empty": ('id = "klip1"', 'id = ""', ("media[1].id", "empty")),
    "consent text": ("consent = true", 'consent = "ya"', ("consent (foto1)", "true or false")),
    "consent number": ("consent = true", "consent = 1", ("consent (foto1)", "true or false")),
    "focus short": ("[0.5, 0.4]", "[0.5]", ("media[0].focus (foto1)", "[0.5, 0.4]")),
    "focus long": ("[0.5, 0.4]", "[0.5, 0.4, 0]", ("media[0].focus (foto1)", "[0.5, 0.4]")),
    "focus pixels": ("[0.5, 0.4]", "[540, 0.4]", ("focus[0]", "540", "at most 1")),
    "focus text": ("[0.5, 0.4]", '["0.5", 0.4]', ("focus", "[0.5, 0.4]")),
    "focus nan": ("[0.5, 0.4]", "[nan, 0.4]", ("focus[0]",)),
    "blur flat": ("[[0.10, 0.20, 0.15, 0.12]]", "[0.1, 0.2]", ("media[0].blur (foto1)", "[[0.10")),
    "in text": ("in = 3.2", 'in = "3.2"', ("media[1].in (klip1)", "a number", "a text")),
    "in true": ("in = 3.2", "in = true", ("media[1].in (klip1)", "a number")),
    "in negative": ("in = 3.2", "in = -1", ("media[1].in (klip1)", "at least 0")),
    "in infinite": ("in = 3.2", "in = inf", ("media[1].in (klip1)", "ordinary number")),
    "in huge": ("in = 3.2", f"in = 1{'0' * 400}", ("media[1].in (klip1)",)),
    "out before in": ("out = 18.0", "out = 3.0", ("media[1].out (klip1)", "later than in")),
    "keep beside": ("in = 3.2", "keep = [[1, 2]]", ("media[1].keep (klip1)", "in and out")),
    "subtitles mode": ('"burn"', '"bakar"', ("subtitles_mode", "burn, sidecar, both")),
    "focus path": ("[9.0, 0.3", "[3.0, 0.3", ("focus_path[1]", "in order")),
    "lower third": ("from = 4.0", "from = 9.0", ("lower_third.to", "later than from")),
    "lower third key": ('name = "Camat"', 'nama = "Camat"', ("lower_third.nama", "name")),
    "reframe": ('"fit-blur"', '"blur"', ("reframe", "fit-blur, fill, fit-colour")),
    "use": ('"music"', '"musik"', ("media[2].use (musik1)", "music")),
    "path climbs": ("media/IMG_0001.jpg", "../IMG.jpg", ("media[0].path (foto1)", '".."')),
    "path hidden climb": ("media/IMG_0001.jpg", "media/../../a", ("media[0].path", '".."')),
    "path absolute": ("media/IMG_0001.jpg", "/etc/passwd", ("media[0].path", "outside")),
    "path drive": ("media/IMG_0001.jpg", "C:/a.jpg", ("media[0].path", "outside")),
    "path stream": ("media/IMG_0001.jpg", "media/a.jpg:b", ("media[0].path",)),
    "path backslash": ('"media/IMG_0001.jpg"', r"'media\a.jpg'", ("media[0].path", '"/"')),
    "path reserved": ("media/IMG_0001.jpg", "media/con.jpg", ("media[0].path", "Windows")),
    "path dot": ("media/IMG_0001.jpg", "media/a.jpg.", ("media[0].path", "dot")),
    "path empty": ("media/IMG_0001.jpg", "", ("media[0].path", "empty")),
    "subtitles climb": ("media/VID_0007.srt", "../a.srt", ("media[1].subtitles (klip1)",)),
    "evidence climbs": ("media/izin.jpg", "../izin.jpg", ("face-consent-attest.evidence",)),
    "option near": ("privacy =", "privcy =", ("options.youtube.privcy", "write privacy")),
    "option choice": ('"public"', '"publik"', ("privacy", "private, unlisted, public")),
    "option flag": ("made_for_kids = false", "made_for_kids = 0", ("true or false",)),
    "option digits": ('category = "25"', "category = 25", ("category", '"25"')),
    "option list": ('["wajo", "layanan"]', '"wajo, layanan"', ("tags", "a list")),
    "option list entry": ('["wajo", "layanan"]', '["wajo", 5]', ("tags[1]", "a number")),
    "option format": ('"1:1"', '"3:4"', ('options."x.post".format', "4:5, 1:1, 9:16, 16:9")),
    "option format list": ('"1:1"', "[1]", ('options."x.post".format', "4:5, 1:1, 9:16, 16:9")),
    "option of another": ('format = "1:1"', "made_for_kids = true", ("made_for_kids",)),
    "option scope": ("[options.youtube]", "[options.youtub]", ("options.youtub", "youtube")),
    "option scope unquoted": ('[options."x.post"]', "[options.x.post]", ('[options."x.post"]',)),
    "option no table": ('[options."x.post"]\nformat = "1:1"', "[options]\nx = 1", ("options.x",)),
    "statement by": ('by = "admin", ', "", ("face-consent-attest.by is missing",)),
    "statement at": ("at = 2026-11-24T10:00:00+08:00", "at = 5", ("face-consent-attest.at",)),
    "statement key": ('by = "admin", ', 'by = "a", rol = "b", ', ("rol is unknown", "role")),
    "waiver reason": (', reason = "Kampanye"', "", ("waivers.hashtag-count.reason is missing",)),
    "waiver true": ("[exceptions]", "[waivers.x]\n[exceptions]", ("waivers.x.by is missing",)),
    "exception text": ('["0811-000-000"]', '"0811"', ("exceptions.pii-phone", "a list")),
    "exception empty": ('["0811-000-000"]', '[""]', ("exceptions.pii-phone[0] is empty",)),
    "twice": ("agency = ", 'name = "a"\nagency = ', ("line 4", "a key stands twice")),
    "bare word": ('agency = "diskominfotik"', "agency = a", ("line 4, column 10",)),
    "quote open": ('"diskominfotik"', '"diskominfotik', ("line 4", "closing quotes")),
    "windows path": ("media/IMG_0001.jpg", r"media\IMG.jpg", ("line 27", "written twice")),
    "no such date": ("tanggal = 2026-12-01", "tanggal = 2026-13-01", ("line 13",)),
    "long number": ("jumlah = 12.50", f"jumlah = {'9' * 5000}", ("too many digits",)),
    "deep": ("jumlah = 12.50", f"jumlah = {'[' * 100}{']' * 100}", ("nested too deeply",)),
    "very deep": ("jumlah = 12.50", f"jumlah = {'[' * 5000}", ("nested too deeply",)),
    "endless key": ("jumlah = 12.50", f"{'a.' * 200_000}a = 1", ("nested too deeply",)),
    "endless header": ("[exceptions]", f"[{'a . ' * 100_000}a]", ("nested too deeply",)),
    "endless quoted": ("jumlah = 12.50", '"a".' * 100_000 + "a = 1", ("nested too deeply",)),
}


@pytest.mark.parametrize(("old", "new", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_used_is_named_in_one_sentence(
    old: str, new: str, words: tuple[str, ...]
) -> None:
    sentence = refusal(changed(old, new))
    for word in words:
        assert word in sentence, sentence
    assert "cannot be used as it is" not in sentence  # the table knows every case above


def test_media_with_one_bracket_is_explained() -> None:
    assert "[[media]]" in refusal(f'{SMALL}[media]\nid = "a"\npath = "a.jpg"\n')


def test_a_misspelt_key_is_said_before_the_missing_one() -> None:
    sentence = refusal("schema = 1\nnama = 'x'\n")
    assert "nama is unknown" in sentence


def test_a_long_value_is_shortened() -> None:
    assert len(refusal(changed('"layanan-publik"', f'"{"x" * 5000}"'))) < 300


def test_the_file_is_read_with_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    path = tmp_path / "post.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    assert read_post(path) == parse_post(FULL, file="post.toml")
    assert read_post_text(path) == FULL.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (FULL.encode("utf-16"), "UTF-8"),
        (FULL.replace("–", "-").encode() + b"# \xe9\n", "UTF-8"),
        (b"# " + b"x" * 1_000_000, "1 MB"),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_refused(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "keliling" / "post.toml"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        read_post(path)
    assert str(caught.value).startswith("keliling/post.toml")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"post\.toml"):
        read_post(tmp_path / "post.toml")


def test_the_detail_lists_all_errors() -> None:
    with pytest.raises(InputError) as caught:
        parse_post("schema = 1\nnama = 'x'\n", file="post.toml")
    assert "agency: missing" in caught.value.detail


def test_a_post_made_in_the_program_obeys_the_same_rules() -> None:
    good = {"schema": 1, "name": "a", "agency": "b", "template": "c", "placements": ["x.post"]}
    Post.model_validate(good)
    for wrong in (
        {"placements": ("x.pots",)},
        {"fields": {"judul": ["half a character \ud83d"]}},
        {"captions": {"base": "\ud83d"}},
        {"media": [{"id": "a", "path": "a.jpg", "alt": "\ud83d"}]},
        {"name": "\ud83d"},
        {"options": {"x": {"first_comment": "\ud83d"}}},
    ):
        with pytest.raises(ValidationError) as caught:
            Post.model_validate(good | wrong)
        error = explain(caught.value, file="post.toml", model=Post, document=good | wrong)
        assert next(iter(wrong)) in str(error)
        str(error).encode()
