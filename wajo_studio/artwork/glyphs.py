"""Characters that no font on this PC can draw.

The painter itself is asked: a character whose picture is the one of a code point that can have
no glyph would be a box on the artwork. That covers the bundled fonts and whatever fonts of the
system the painter falls back to, on every platform alike.
"""

import unicodedata
from functools import lru_cache

from wajo_studio.artwork.canvas import render
from wajo_studio.artwork.door import Door
from wajo_studio.artwork.fonts import font_css
from wajo_studio.domain.geometry import PixelSize

_ALWAYS_THERE = 0x17E
"""Up to here the bundled font has every printable character (a test reads its table)."""

_NO_GLYPH = ("\U0010fffd", "\U000ffffd", "\U0001ffff")
"""Last private-use code points and a non-character: fonts leave them empty."""

_INVISIBLE_CATEGORIES = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
_SIZE = PixelSize(96, 64)


def missing_characters(text: str, family: str) -> str:
    """The characters of ``text``, each once, that would be drawn as a box."""
    return "".join(
        character for character in dict.fromkeys(text) if not _drawable(character, family)
    )


def _drawable(character: str, family: str) -> bool:
    code = ord(character)
    if code <= _ALWAYS_THERE or unicodedata.category(character) in _INVISIBLE_CATEGORIES:
        return True
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return True  # variation selectors choose a form and have none of their own
    return _picture(character, family) not in _boxes(family)


@lru_cache(maxsize=8)
def _boxes(family: str) -> frozenset[bytes]:
    return frozenset(_picture(character, family) for character in _NO_GLYPH)


@lru_cache(maxsize=4096)
def _picture(character: str, family: str) -> bytes:
    """What the painter draws; a letter stands before it, so that accents have a place."""
    html = (
        f"<style>{font_css(family, character)}body{{margin:8px;font-size:24px;line-height:1.5;"
        f"white-space:nowrap}}</style>o&#{ord(character)};"
    )
    return bytes(render(html, _SIZE, _SIZE, Door()).pixels)
