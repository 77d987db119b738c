"""Fit blocks as text with tags: what they hold, and how much of it has to go until they fit."""

import html
import re
from collections.abc import Callable

from markupsafe import Markup, escape

from wajo_studio.artwork.fit import characters_to_cut
from wajo_studio.artwork.words import WORD_JOINER

_BLOCKS = frozenset(("div", "p", "h1", "h2", "h3", "ul", "ol", "table"))
_VOID = frozenset(("br", "img", "hr", "wbr"))
_TAG = re.compile(r"(<[^>]*>)")


def text_of(body: str) -> str:
    """The characters a person typed: no tags, no word joiners, no blanks between tags."""
    pieces = (html.unescape(piece) for piece in _TAG.split(body)[::2])
    return "".join(piece for piece in pieces if piece.strip()).replace(WORD_JOINER, "")


def shortened(body: str, length: int) -> Markup:
    """``body`` with its tags but only the first ``length`` characters of its text."""
    kept: list[str] = []
    for index, piece in enumerate(_TAG.split(body)):
        if index % 2 or not piece.strip():
            kept.append(piece)
            continue
        text = html.unescape(piece)
        taken = 0
        for character in text:
            if length <= 0:
                break
            taken += 1
            length -= character != WORD_JOINER
        kept.append(str(escape(text[:taken])))
    return Markup("".join(kept))  # noqa: S704 - tags are the layout's, texts are escaped again


def holds_only_blocks(body: str) -> bool:
    """Whether only block elements stand at the top of ``body``, no text and nothing inline."""
    depth = 0
    for index, piece in enumerate(_TAG.split(body)):
        if index % 2 == 0:
            if depth == 0 and piece.strip():
                return False
            continue
        name = piece.strip("</>").partition(" ")[0].lower()
        if piece.startswith("</"):
            depth -= 1
        elif not piece.endswith("/>") and name not in _VOID and not piece.startswith("<!"):
            if depth == 0 and name not in _BLOCKS:
                return False
            depth += 1
        elif depth == 0:
            return False
    return True


def find_excess(body: str, fits: Callable[[Markup], bool]) -> int:
    """How many characters of ``body`` have to go so that ``fits`` holds for what is left."""
    length = len(text_of(body))
    return characters_to_cut(lambda kept: fits(shortened(body, kept)), length)
