"""The units in which texts are counted. Light: no validation library is imported."""

from typing import Literal

TextUnit = Literal[
    "code_points", "utf16_units", "utf16_or_code_points", "utf8_bytes", "x_weighted", "youtube_tags"
]
"""How a text is counted: ``utf16_or_code_points`` is the larger of the two, ``x_weighted``
is X's v3 algorithm, ``youtube_tags`` adds separators and quotes."""
