"""Lengths as the networks count them."""

import shutil

import pytest

from wajo_studio.domain.placement import Network
from wajo_studio.errors import InputError
from wajo_studio.paths import assets_dir, data_dir
from wajo_studio.text import TextMeasure, count, measure, split_tags

FAMILY = "👨‍👩‍👧‍👦"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def x_length(text: str) -> int:
    return measure("x", text).length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Halo", 4),
        ("Buka contohkab.go.id sekarang", 37),
        ("Info: https://www.contohkab.go.id/berita/2026/11/rapat", 29),
        ("Selamat pagi 🌅", 15),
        ("👩🏽‍⚕️", 2),
        ("🇮🇩🇮🇩", 4),
        ("3️⃣ langkah", 10),
        ("e\u0301", 1),
        ("x" * 281, 281),
        ("a" * 279 + "🌅", 281),
    ],
)
def test_examples_of_the_sheet(text: str, length: int) -> None:
    assert measure("x", text) == TextMeasure(length, 280, length <= 280)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        # both sides of every range of weights
        ("\x00", 1),
        ("\u10ff", 1),
        ("\u1100", 2),
        ("\u1fff", 2),
        ("\u2000", 1),
        ("\u200d", 1),
        ("\u200e", 2),
        ("\u200f", 2),
        ("\u2010", 1),
        ("\u201f", 1),
        ("\u2020", 2),
        ("\u2031", 2),
        ("\u2032", 1),
        ("\u2037", 1),
        ("\u2038", 2),
        ("\uffff", 2),
        ("\U00010000", 2),
        ("\U0010ffff", 2),
        ("\ud800", 2),
        # signs that surprise
        ("…", 2),
        ("•", 2),
        ("€", 2),
        ("“kata” – ‘kata’ — kata", 22),
        ("ꦲꦏ꧀ꦱꦫ", 10),
        ("ᨕᨁᨗ", 6),
        ("日本語", 6),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),  # jamo become one syllable in NFC
        ("Å", 1),
        ("A\u030a", 1),
        ("n\u0303o\u0308", 2),
        ("ﬁ", 2),
        (" \n\t", 3),
    ],
)
def test_weights_of_code_points(text: str, length: int) -> None:
    assert x_length(text) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("😀", 2),
        ("☺️", 2),
        ("☺", 2),
        ("©", 1),
        ("©️", 2),
        ("1️⃣", 2),
        ("1⃣", 2),
        ("#️⃣*️⃣", 4),
        ("1\ufe0f", 3),
        ("🇮", 2),
        ("🇮🇩", 2),
        ("🇮🇩🇲", 4),
        ("🇦🇦", 4),  # no flag
        ("🇦🇦🇮🇩", 6),  # one letter, the flag of Anguilla, one letter
        (FAMILY, 2),
        ("👩‍❤️‍💋‍👩", 2),
        ("🏳️‍🌈🏴‍☠️", 4),
        ("👍🏿👍", 4),
        ("👍🏿🏿", 4),
        (ENGLAND, 2),
        ("🏴" + ENGLAND, 4),
        ("🧑🏽‍🚒", 2),
        ("🫱🏻‍🫲🏿", 2),
        ("🐦‍🔥", 2),
        ("😀‍😀", 5),  # strangers joined
        ("👩‍", 3),
        ("❤️‍🔥!", 3),
        ("👁️‍🗨️", 2),
        ("\ufe0f", 2),
        ("a\ufe0f", 3),
    ],
)
def test_emoji_sequences_count_once(text: str, length: int) -> None:
    assert x_length(text) == length
    assert x_length("a" + text + " b") == length + 3


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("http://a.id", 23),
        ("https://a.id/" + "x" * 300, 23),
        ("a.id", 23),
        ("Tes https://tes.com tes https://tes.com tes.com tes", 83),
        ("tes.com.", 24),
        ("(tes.com)", 25),
        ("http://☃.net/", 23),
        ("☃.net", 6),
        ("\u2066\u202ahttp://foobar.پاکستان/\u202c\u2069", 31),
        ("surat@wajokab.go.id", 19),
        ("http://t.co/abc!", 24),
        ("http://tes.com/1️⃣", 27),
        ("desa.id 👍🏽 https://wajokab.go.id", 50),
    ],
)
def test_links_count_23(text: str, length: int) -> None:
    assert x_length(text) == length


@pytest.mark.parametrize("sign", ["\ufffe", "\ufeff", "\uffff"])
def test_forbidden_code_points_make_a_text_invalid_on_x(sign: str) -> None:
    assert measure("x", f"a{sign}") == TextMeasure(3, 280, False)
    assert measure("facebook", f"a{sign}").valid


def test_validity_on_x() -> None:
    assert measure("x", "") == TextMeasure(0, 280, False)
    assert measure("x", "a" * 280).valid
    assert measure("x", "の" * 140).valid
    assert not measure("x", "の" * 141).valid
    assert measure("x", FAMILY * 140).valid
    assert not measure("x", "🐱" * 141).valid
    assert measure("x", " ").valid
    assert measure("x", "\ud800").valid


@pytest.mark.parametrize(
    ("network", "limit", "unit_of_emoji"),
    [("facebook", 63206, 1), ("instagram", 2200, 2), ("youtube", 5000, 4), ("tiktok", 2200, 2)],
)
def test_the_other_networks(network: str, limit: int, unit_of_emoji: int) -> None:
    assert measure(network, "") == TextMeasure(0, limit, True)
    assert measure(network, "x" * limit) == TextMeasure(limit, limit, True)
    assert measure(network, "x" * limit + "x") == TextMeasure(limit + 1, limit, False)
    assert measure(network, "🌅") == TextMeasure(unit_of_emoji, limit, True)
    assert measure(network, "https://wajokab.go.id/").length == 22
    assert measure(network, "e\u0301").length == (3 if network == "youtube" else 2)


def test_description_of_youtube_counts_bytes() -> None:
    assert measure("youtube", "é").length == 2
    assert measure("youtube", "ب").length == 2
    assert measure("youtube", "…").length == 3
    assert measure("youtube", "\ud800").length == 3


@pytest.mark.parametrize("network", ["", "X", "twitter", "instagram.reel", "threads"])
def test_unknown_network(network: str) -> None:
    with pytest.raises(ValueError, match="Network"):
        measure(network, "a")


def test_networks_may_be_given_as_members() -> None:
    for network in Network:
        assert measure(network, "abc").length == 3


@pytest.mark.parametrize(
    ("tags", "length"),
    [
        ("", 0),
        (" , ,\n", 0),
        ("wajo", 4),
        ("wajo, sengkang", 13),
        ("wajo,sengkang\ndanau tempe", 27),
        ("danau tempe", 13),
        ("🌅", 2),
        ("a,b,c", 5),
    ],
)
def test_tags_of_youtube(tags: str, length: int) -> None:
    assert count(tags, "youtube_tags") == length


def test_split_tags() -> None:
    assert split_tags(" wajo, danau  tempe,\n,kain sutera ") == [
        "wajo",
        "danau  tempe",
        "kain sutera",
    ]


def test_unknown_unit() -> None:
    with pytest.raises(ValueError, match="words"):
        count("a", "words")  # type: ignore[arg-type]


def test_limits_come_from_the_spec_file_in_force() -> None:
    own = data_dir() / "specs"
    own.mkdir(parents=True)
    shipped = (assets_dir() / "specs" / "x.toml").read_text(encoding="utf-8")
    (own / "x.toml").write_text(
        shipped.replace("limit = 280", "limit = 25000").replace(
            "link_length = 23", "link_length = 9"
        ),
        encoding="utf-8",
    )
    assert measure("x", "a desa.id") == TextMeasure(11, 25000, True)
    assert count("desa.id", "x_weighted") == 9
    (own / "x.toml").write_text(shipped, encoding="utf-8")
    assert measure("x", "a desa.id") == TextMeasure(25, 280, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("limit = 280", 'limit = "280"'),
        ("limit = 280", "limit = 0"),
        ("limit = 280", ""),
        ('unit = "x_weighted"', 'unit = "words"'),
        ("link_length = 23", ""),
        ("[placement.post.texts.caption]", "[placement.post.texts.title]"),
        ("[placement.post", "[placement.poll"),
    ],
)
def test_an_unusable_spec_file_is_named(old: str, new: str) -> None:
    own = data_dir() / "specs"
    shutil.copytree(assets_dir() / "specs", own)
    path = own / "x.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.toml"):
        measure("x", "desa.id")
