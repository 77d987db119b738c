"""How many code points have to go."""

from datetime import date

import pytest

from wajo_studio.specs.loader import load_specs
from wajo_studio.specs.model import Source, TextSpec
from wajo_studio.specs.units import TextUnit
from wajo_studio.text import count, excess

SOURCE = Source(sheet="x.md", url="https://example.org/", checked=date(2026, 11, 24))
FAMILY = "👨‍👩‍👧‍👦"


def spec(unit: TextUnit, limit: int) -> TextSpec:
    if unit == "x_weighted":
        return TextSpec(limit=limit, unit=unit, links="weighted", link_length=23, source=SOURCE)
    return TextSpec(limit=limit, unit=unit, source=SOURCE)


@pytest.mark.parametrize(
    ("text", "unit", "limit", "cut"),
    [
        ("", "x_weighted", 5, 0),
        ("abcde", "x_weighted", 5, 0),
        ("abcdef", "x_weighted", 5, 1),
        ("日本語", "x_weighted", 5, 1),
        ("abcd" + FAMILY, "x_weighted", 5, len(FAMILY)),  # nothing of a family stays
        ("abc" + FAMILY, "x_weighted", 5, 0),
        ("abc https://desa.id/berita", "x_weighted", 26, 22),  # nor of a link
        ("abc https://desa.id/berita", "x_weighted", 27, 0),
        ("abc https://desa.id/berita x", "x_weighted", 27, 2),
        ("e\u0301" * 6, "x_weighted", 5, 2),  # letter and accent go together
        ("a.comb" + "c" * 20, "x_weighted", 5, 23),  # "a.com" and "a.co" would be links
        ("🌅🌅", "code_points", 1, 1),
        ("a🌅🌅", "utf16_units", 2, 2),
        ("a🌅🌅", "utf16_units", 3, 1),
        ("a🌅🌅", "utf16_or_code_points", 4, 1),
        ("aé…🌅", "utf8_bytes", 9, 1),
        ("aé…🌅", "utf8_bytes", 10, 0),
        ("wajo, danau tempe", "youtube_tags", 17, 1),
        ("wajo, danau tempe", "youtube_tags", 4, 11),
        ("wajo, danau tempe", "youtube_tags", 18, 0),
    ],
)
def test_examples(text: str, unit: TextUnit, limit: int, cut: int) -> None:
    rules = spec(unit, limit)
    found = excess(text, rules)
    assert found == cut
    assert count(text[: len(text) - found], unit) <= limit
    if found:
        assert count(text, unit) > limit


def test_with_the_shipped_limits() -> None:
    specs = load_specs()
    caption = specs["x.post"].texts["caption"]
    assert excess("x" * 281, caption) == 1
    assert excess("a" * 279 + "🌅", caption) == 1
    assert excess("の" * 150, caption) == 10
    assert excess("x" * 2201, specs["instagram.feed"].texts["caption"]) == 1
    assert excess("é" * 2600, specs["youtube.video"].texts["description"]) == 100
