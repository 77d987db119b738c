"""The fonts that come with the program, from their packages."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from wajo_studio.paths import user_brand_dir

PRIMARY_FAMILY = "Plus Jakarta Sans"
FALLBACK_FAMILY = "Noto Sans"
FAMILIES = {
    PRIMARY_FAMILY: ("fontpkg_plus_jakarta_sans", "PlusJakartaSans", "[wght]", "200 800"),
    FALLBACK_FAMILY: ("fontpkg_noto_sans", "NotoSans", "[wdth,wght]", "100 900"),
}
FONT_FOLDER = "fonts"
"""Below the office's brand folder."""
OFFICE = "office"
_OFFICE_FONT = re.compile(r"([a-z0-9-]+)__(normal|italic)__(\d{1,4})-(\d{1,4})\.(?:ttf|otf)")
_SLUGS = {family: family.lower().replace(" ", "-") for family in FAMILIES}
_BEYOND_PRIMARY = re.compile(
    "[^\\x00-\u017e\u2010\u2012-\u2015\u2018-\u201a\u201c-\u201e\u2022\u2026\u2060\u20ac\u2122\u2190-\u2193]"
)
"""What is not surely in the first bundled family."""
_NOT_LATIN = "U+017F-10FFFF"
"""The fallback font serves only what lies beyond Latin, so it is not read for usual texts."""


def font_css(family: str, text: str, selector: str = "html,body") -> str:
    """``@font-face`` rules and the ``font-family`` of the page, for what ``text`` needs.

    The painter opens every family of the list for every size and weight on the page, so the
    fallback family is named only where the text goes beyond what the first one has. Fonts of
    the system serve missing characters without being named.

    Args:
        family: the brand's.
        text: everything the page shows; markup does no harm.
        selector: what gets the font. Each element styled with it costs the painter the opening
            of a font file, which is why blocks are measured without it on what holds no text.
    """
    families = [FALLBACK_FAMILY] if _BEYOND_PRIMARY.search(text) else []
    stack = dict.fromkeys((family, PRIMARY_FAMILY, *families))
    named = ",".join(f"'{name}'" for name in stack if not set("'\\") & set(name))
    return f"{font_faces()}{office_faces(family)}{selector}{{font-family:{named}}}"


@lru_cache(maxsize=1)
def font_faces() -> str:
    """``@font-face`` rules of all bundled fonts."""
    rules = []
    for family, (_package, _stem, _axes, weights) in FAMILIES.items():
        extra = f";unicode-range:{_NOT_LATIN}" if family == FALLBACK_FAMILY else ""
        for style in ("normal", "italic"):
            rules.append(
                f"@font-face{{font-family:'{family}';font-style:{style};font-weight:{weights};"
                f"src:url(wajo://font/{_SLUGS[family]}-{style}.ttf){extra}}}"
            )
    return "".join(rules)


def office_fonts() -> list[Path]:
    """The font files of the office's brand kit; their names tell family, style and weights."""
    folder = user_brand_dir() / FONT_FOLDER
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _OFFICE_FONT.fullmatch(path.name))


def office_faces(family: str) -> str:
    """``@font-face`` rules of the office's fonts of this family; empty where it has none."""
    if family in FAMILIES or "'" in family or "\\" in family:
        return ""
    slug = "".join(c for c in "-".join(family.lower().split()) if c.isalnum() or c == "-")
    rules = []
    for path in office_fonts():
        found = _OFFICE_FONT.fullmatch(path.name)
        if found is not None and found.group(1) == slug:
            _slug, style, light, heavy = found.groups()
            rules.append(
                f"@font-face{{font-family:'{family}';font-style:{style};"
                f"font-weight:{light} {heavy};src:url(wajo://font/{OFFICE}/{path.name})}}"
            )
    return "".join(rules)


def font_file(name: str) -> bytes | None:
    """Content of ``plus-jakarta-sans-normal.ttf`` and its like; None for another name."""
    if name.startswith(f"{OFFICE}/"):
        wanted = name.removeprefix(f"{OFFICE}/")
        return next((path.read_bytes() for path in office_fonts() if path.name == wanted), None)
    return _bundled_file(name)


@lru_cache(maxsize=8)
def _bundled_file(name: str) -> bytes | None:
    path = bundled_fonts().get(name)
    return path.read_bytes() if path is not None else None


@lru_cache(maxsize=1)
def bundled_fonts() -> Mapping[str, Path]:
    """The font files that come with the program, by the name they have on pages."""
    found = {}
    for family, (package, stem, axes, _weights) in FAMILIES.items():
        folder = Path(str(resources.files(package))) / "files"
        for style, part in (("normal", ""), ("italic", "-Italic")):
            found[f"{_SLUGS[family]}-{style}.ttf"] = folder / f"{stem}{part}{axes}.ttf"
    return MappingProxyType(found)


def covers(text: str, family: str = PRIMARY_FAMILY) -> bool:
    """Whether a font that is there, bundled or on this PC, draws every character of ``text``."""
    from wajo_studio.artwork.glyphs import missing_characters

    return not missing_characters(text, family)
