"""Colour arithmetic: mixing, WCAG contrast, and the shades a palette needs."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from wajo_studio.domain.brand import Palette

WHITE = "#FFFFFF"
TEXT_RATIO = 4.5
"""WCAG 2.2 success criterion 1.4.3, text below large size (https://www.w3.org/TR/WCAG22/)."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green, blue (0-255) of ``#RRGGBB``."""
    value = int(colour[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def hex_colour(red: float, green: float, blue: float) -> str:
    """``#RRGGBB`` of three numbers 0-255."""
    return "#{:02X}{:02X}{:02X}".format(*(min(255, max(0, round(v))) for v in (red, green, blue)))


def mix(first: str, second: str, share: float) -> str:
    """``second`` laid over ``first`` with opacity ``share`` (0-1)."""
    pairs = zip(channels(first), channels(second), strict=True)
    return hex_colour(*(a + (b - a) * share for a, b in pairs))


def luminance(colour: str) -> float:
    """Relative luminance, 0-1, as WCAG defines it."""
    linear = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (c / 255 for c in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio, 1-21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def readable_on(background: str, *candidates: str) -> str:
    """The first candidate that holds 4.5:1 on ``background``, else the best of them."""
    for candidate in candidates:
        if contrast(candidate, background) >= TEXT_RATIO:
            return candidate
    return max(candidates, key=lambda candidate: contrast(candidate, background))


def deepened(colour: str, *backgrounds: str, ratio: float = TEXT_RATIO) -> str:
    """``colour`` darkened just enough to be readable as text on all (light) backgrounds."""
    for step in range(101):
        candidate = mix(colour, "#000000", step / 100)
        if all(contrast(candidate, background) >= ratio for background in backgrounds):
            return candidate
    return "#000000"


def lightened(colour: str, background: str, ratio: float = TEXT_RATIO) -> str:
    """``colour`` lightened just enough to be readable as text on a dark background."""
    for step in range(101):
        candidate = mix(colour, WHITE, step / 100)
        if contrast(candidate, background) >= ratio:
            return candidate
    return WHITE


@lru_cache(maxsize=256)
def shades(palette: Palette) -> Mapping[str, str]:
    """The palette and what is derived from it, by CSS variable name without the dashes."""
    paper, ink, primary, accent = palette.paper, palette.ink, palette.primary, palette.accent
    found = {
        "primary": primary,
        "accent": accent,
        "paper": paper,
        "ink": ink,
        "alert": palette.alert,
        "education": palette.education,
        "white": WHITE,
        "primary-deep": mix(primary, "#000000", 0.28),
        "primary-lift": mix(primary, WHITE, 0.10),
        "primary-soft": mix(paper, primary, 0.08),
        "primary-pale": mix(primary, WHITE, 0.72),
        "accent-ink": deepened(accent, paper, WHITE),
        "accent-lift": lightened(accent, primary, 5.0),
        "accent-soft": mix(paper, accent, 0.20),
        "ink-soft": mix(paper, ink, 0.80),
        "hairline": mix(paper, ink, 0.14),
        "on-primary": readable_on(primary, WHITE, paper, ink),
        "on-accent": readable_on(accent, ink, "#000000", WHITE),
        "on-alert": readable_on(palette.alert, WHITE, paper, ink),
        "on-education": readable_on(palette.education, WHITE, paper, ink),
    }
    return MappingProxyType(found)
