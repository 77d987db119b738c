#!/usr/bin/env python3
"""Write ``assets/data/emoji.toml``: the emoji sequences that count as one character on X.

    uv run --with emoji tools/emoji_data.py

The package ``emoji`` carries the names and status of every emoji of the Unicode standard.
"""

from datetime import date
from pathlib import Path

import emoji

TARGET = Path(__file__).resolve().parent.parent / "assets" / "data" / "emoji.toml"

EMOJI_STYLE, KEYCAP = "\ufe0f", "\u20e3"
MODIFIERS = tuple(chr(code) for code in range(0x1F3FB, 0x1F400))

EMOJI_BY_DEFAULT = tuple(
    chr(code)
    for part in (
        "231a 231b 25fd 25fe 2614 2615 2648 2649 264a 264b 264c 264d 264e 264f 2650 2651 2652 2653",
        "267f 2693 26a1 26aa 26ab 26bd 26be 26c4 26c5 26d4 26ea 26f2 26f3 26f5 26fa 26fd 2757",
        "2b1b 2b1c 2b50 2b55 1f004 1f21a 1f22f",
    )
    for code in (int(word, 16) for word in part.split())
)
"""Characters that are emoji by themselves and may still be followed by the emoji style sign
(emoji-variation-sequences.txt of the Unicode standard, version 11)."""

HEAD = """\
# Emoji sequences of more than one code point that count as one character on X: everything the
# Unicode standard calls fully qualified (people, skin tones, flags, tags, keycaps, joined
# families), keycaps without the style sign, and single emoji followed by it. A sequence that
# is not listed (an unassigned flag, a joined pair of strangers) counts piece by piece.
# Derived from emoji-test.txt, Copyright Unicode, Inc., licences/Unicode-3.0.txt, by
# tools/emoji_data.py.
version = "{version}"
source = {{ sheet = "x.md 3.2", url = "https://www.unicode.org/Public/emoji/", checked = {today} }}
sequences = \"\"\"
{lines}
\"\"\"
"""


def sequences() -> set[str]:
    """Every sequence, each of at least two code points."""
    known = emoji.EMOJI_DATA
    complete = {
        text
        for text, facts in known.items()
        if facts["status"] == emoji.STATUS["fully_qualified"] and len(text) > 1
    }
    bare_keycaps = {text.replace(EMOJI_STYLE, "") for text in complete if text.endswith(KEYCAP)}
    styled = {character + EMOJI_STYLE for character in EMOJI_BY_DEFAULT}
    styled_and_toned = {
        text[0] + EMOJI_STYLE + text[1]
        for text in complete
        if len(text) == 2 and text[1] in MODIFIERS and text[0] + EMOJI_STYLE in complete
    }
    speech_bubble = {"\U0001f441\u200d\U0001f5e8"}  # accepted without style signs as well
    return complete | bare_keycaps | styled | styled_and_toned | speech_bubble


def main() -> None:
    """Write the file."""
    found = sorted(sequences())
    lines, line = [], ""
    for text in found:
        if len(line) + len(text) > 60:
            lines.append(line)
            line = ""
        line += (" " if line else "") + text
    lines.append(line)
    version = max(facts["E"] for facts in emoji.EMOJI_DATA.values())
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(
        HEAD.format(version=version, today=date.today(), lines="\n".join(lines)),  # noqa: DTZ011
        encoding="utf-8",
    )
    print(f"{len(found)} sequences, emoji {version}: {TARGET}")


if __name__ == "__main__":
    main()
