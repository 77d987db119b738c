"""What holds for every text."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.domain.placement import Network
from wajo_studio.specs.model import Source, TextSpec
from wajo_studio.specs.units import TextUnit
from wajo_studio.text import count, excess, find_hashtags, find_links, find_mentions, measure
from wajo_studio.text.x_weight import plain_weight

UNITS: tuple[TextUnit, ...] = (
    "code_points",
    "utf16_units",
    "utf16_or_code_points",
    "utf8_bytes",
    "x_weighted",
    "youtube_tags",
)
SOURCE = Source(sheet="x.md", url="https://example.org/", checked=date(2026, 11, 24))

any_text = st.text(st.characters())
"""Every code point, lone surrogates included."""
pieces = st.sampled_from(
    [
        *("http://", "https://", "t.co/", "www.", "desa", ".id", ".go.id", ".com", "a", "é", "_"),
        *("-", ".", "/", "?", "(", ")", "@", "#", ",", " ", "日本", "рф", "xn--", "\u0301", "e"),
        *(
            "👩",
            "🏽",
            "\u200d",
            "\ufe0f",
            "⚕",
            "🇮",
            "🇩",
            "1",
            "\u20e3",
            "\ufeff",
            "\u202a",
            "\ud800",
        ),
    ]
)
tricky = st.lists(pieces, max_size=40).map("".join)
texts = any_text | tricky
units = st.sampled_from(UNITS)
plain = st.text(st.characters(codec="ascii", exclude_characters=".#*0123456789"), max_size=50)
"""Letters that take part in no link, emoji sequence or composition."""


def spec(unit: TextUnit, limit: int) -> TextSpec:
    if unit == "x_weighted":
        return TextSpec(limit=limit, unit=unit, links="weighted", link_length=23, source=SOURCE)
    return TextSpec(limit=limit, unit=unit, source=SOURCE)


@given(texts)
def test_every_text_can_be_measured(text: str) -> None:
    for network in Network:
        measured = measure(network, text)
        assert measured.length >= 0
        assert not (measured.valid and measured.length > measured.limit)
        find_hashtags(text, network)
        find_mentions(text, network)


@given(texts, units)
def test_counts_are_bounded(text: str, unit: TextUnit) -> None:
    length = count(text, unit)
    assert 0 <= length <= 12 * len(text) + 23
    if unit == "x_weighted":
        composed = unicodedata.normalize("NFC", text)
        assert measure("x", composed).length == length
        assert (length == 0) == (text == "")


@given(plain, plain)
def test_plain_text_adds_up(first: str, second: str) -> None:
    for unit in ("code_points", "utf16_units", "utf16_or_code_points", "utf8_bytes", "x_weighted"):
        assert count(first + second, unit) == count(first, unit) + count(second, unit)


@given(texts, plain)
def test_a_text_never_gets_shorter_by_more_words(text: str, more: str) -> None:
    for unit in UNITS:
        assert count(f"{text} {more}", unit) >= count(text, unit)


@given(texts, units, st.integers(1, 60))
def test_what_is_left_after_the_cut_fits(text: str, unit: TextUnit, limit: int) -> None:
    cut = excess(text, spec(unit, limit))
    assert 0 <= cut <= len(text)
    assert count(text[: len(text) - cut], unit) <= limit
    assert (cut == 0) == (count(text, unit) <= limit)
    if cut and unit not in ("x_weighted", "youtube_tags"):
        assert count(text[: len(text) - cut + 1], unit) > limit


@given(plain, st.integers(1, 60))
def test_no_more_than_needed_is_cut_on_x(text: str, limit: int) -> None:
    assert excess(text, spec("x_weighted", limit)) == max(0, len(text) - limit)


@given(texts)
def test_links_lie_apart_and_in_order(text: str) -> None:
    end = 0
    for link in find_links(text):
        assert end <= link.start < link.end <= len(text)
        assert "." in link.text
        assert not set(link.text) & set(" \n\t")
        end = link.end


@given(st.text(max_size=60))
def test_a_link_between_blanks_always_counts_23(text: str) -> None:
    words = text.replace(".", " ")
    before = measure("x", f"{words} ").length
    assert measure("x", f"{words} https://wajokab.go.id/berita {'x'}").length == before + 25


@given(any_text)
def test_weights_need_no_context(text: str) -> None:
    assert plain_weight(text) == sum(plain_weight(character) for character in text)


@pytest.mark.parametrize(
    "unit",
    [
        *("a", "kata ", "a.", ".", "com.", "a.id ", "https://a.id/x ", "あ", "あ.", "a.comでb.jp"),
        *("a_b.", "-a.id", "a.id/(", "a.id/.", "a.id?!", "(x)", "http://", "xn--a.", "é.id", "_"),
        *(
            "👩",
            "👩\u200d",
            "🇮",
            "1\u20e3",
            "👨‍👩‍👧‍👦",
            "e\u0301",
            "\u0301",
            "\ud800",
            "#a",
            "#",
            "@a ",
            "a,",
        ),
    ],
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    started = time.process_time()
    measure("x", text)
    find_hashtags(text, "instagram")
    find_mentions(text, "x")
    count(text, "youtube_tags")
    assert time.process_time() - started < 2.0


def test_a_long_caption_is_measured_at_once() -> None:
    text = "Layanan keliling di desa.id 🌅 pukul 08.00–14.00 WITA. " * 3_600
    started = time.process_time()
    measure("x", text)
    assert time.process_time() - started < 1.0
