"""Colour arithmetic, and that the palette's derived shades can be read."""

import pytest

from wajo_studio.artwork.brand import load_brand_kit
from wajo_studio.artwork.colours import contrast, deepened, lightened, mix, shades


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"


def test_colours_become_readable_by_no_more_than_needed() -> None:
    assert deepened("#000000", "#FFFFFF") == "#000000"
    assert 4.5 <= contrast(deepened("#E3A008", "#FFFFFF"), "#FFFFFF") < 5
    assert 4.5 <= contrast(lightened("#E3A008", "#0E4D3A"), "#0E4D3A") < 5


def test_the_shades_hold_on_their_grounds() -> None:
    found = shades(load_brand_kit().palette)
    for text, ground in [
        ("ink", "paper"),
        ("ink-soft", "paper"),
        ("primary", "paper"),
        ("accent-ink", "paper"),
        ("accent-ink", "white"),
        ("accent-lift", "primary"),
        ("primary-pale", "primary"),
        ("on-primary", "primary"),
        ("on-accent", "accent"),
        ("on-alert", "alert"),
        ("on-education", "education"),
    ]:
        assert contrast(found[text], found[ground]) >= 4.5, (text, ground)
