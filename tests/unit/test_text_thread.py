"""Long texts in parts: each fits, nothing is lost, they end where a reader would."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.specs.loader import load_specs
from wajo_studio.specs.model import TextSpec
from wajo_studio.text import count, find_links, split_thread


@pytest.fixture(scope="module")
def x() -> TextSpec:
    return load_specs()["x.post"].texts["caption"]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_a_short_text_is_one_part(x: TextSpec) -> None:
    assert split_thread("  Layanan keliling hari ini. \n", x) == ["Layanan keliling hari ini."]
    assert split_thread("", x) == [""]


def test_parts_end_with_paragraphs_then_sentences_then_words(x: TextSpec) -> None:
    first, second = "Kalimat satu. " * 15, "Kalimat dua. " * 15
    assert split_thread(f"{first.strip()}\n\n{second.strip()}", x) == [
        first.strip(),
        second.strip(),
    ]
    sentences = split_thread("Warga datang ke kantor kecamatan pagi ini. " * 12, x)
    assert all(part.endswith(".") for part in sentences)
    words = split_thread("kata " * 120, x)
    assert len(words) == 3
    assert all(part.split() == ["kata"] * len(part.split()) for part in words)


def test_a_word_without_end_is_cut_where_the_room_ends(x: TextSpec) -> None:
    assert [len(part) for part in split_thread("x" * 600, x)] == [280, 280, 40]


def test_links_and_emoji_stay_whole(x: TextSpec) -> None:
    link = "https://www.contohkab.go.id/berita/2026/11/" + "a" * 300
    text = f"{'kata ' * 50}{link} {'👩🏽‍⚕️' * 130}"
    parts = split_thread(text, x)
    assert [found.end - found.start for part in parts for found in find_links(part)] == [len(link)]
    assert sum(part.count("👩🏽‍⚕️") for part in parts) == 130
    assert squeezed("".join(parts)) == squeezed(text)


@given(st.text(st.sampled_from("ab .\n…é👍🏽contohkab.go.id/"), max_size=900))
def test_every_part_fits_and_nothing_is_lost(text: str) -> None:
    spec = load_specs()["x.post"].texts["caption"]
    parts = split_thread(text, spec)
    assert squeezed("".join(parts)) == squeezed(text)
    for part in parts:
        assert part == part.strip()
        assert count(part, "x_weighted") <= 280
    assert all(parts) or parts == [""]
