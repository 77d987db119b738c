"""The data that counting and link finding rest on, read once from ``assets/data``."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from wajo_studio import paths


@dataclass(frozen=True)
class XRules:
    """Weights and bounds of X's text rules (configuration v3).

    Attributes:
        light: matches a run of code points that weigh ``range_weight``.
        range_weight: hundredths of a character.
        default_weight: hundredths of a character of every other code point and of an emoji
            sequence.
        endings: top-level domains of ASCII letters, lower case.
        other_endings: all others by their first character, in the order they are tried.
    """

    light: re.Pattern[str]
    range_weight: int
    default_weight: int
    max_url_length: int
    max_label_length: int
    max_tco_slug_length: int
    endings: frozenset[str]
    other_endings: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class EmojiSequences:
    """Every emoji sequence of more than one code point.

    Attributes:
        all: the sequences.
        longest: length of the longest one by first code point.
        candidate: matches where one may begin.
    """

    all: frozenset[str]
    longest: dict[str, int]
    candidate: re.Pattern[str]


@cache
def x_rules() -> XRules:
    """The rules of ``x_text.toml``."""
    data = _read("x_text.toml")
    ranges = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in data["ranges"])
    words = data["generic_endings"].split() + data["country_endings"].split()
    others: dict[str, tuple[str, ...]] = {}
    for word in words:
        if not word.isascii():
            others[word[0]] = (*others.get(word[0], ()), word)
    return XRules(
        re.compile(f"[{ranges}]+"),
        data["range_weight"],
        data["default_weight"],
        data["max_url_length"],
        data["max_label_length"],
        data["max_tco_slug_length"],
        frozenset(word for word in words if word.isascii()),
        others,
    )


@cache
def emoji_sequences() -> EmojiSequences:
    """The sequences of ``emoji.toml``."""
    sequences = frozenset(_read("emoji.toml")["sequences"].split())
    longest: dict[str, int] = {}
    for sequence in sequences:
        longest[sequence[0]] = max(len(sequence), longest.get(sequence[0], 0))
    firsts = re.escape("".join(sorted(longest)))
    seconds = re.escape("".join(sorted({sequence[1] for sequence in sequences})))
    return EmojiSequences(sequences, longest, re.compile(f"[{firsts}](?=[{seconds}])"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((paths.assets_dir() / "data" / name).read_text(encoding="utf-8"))
