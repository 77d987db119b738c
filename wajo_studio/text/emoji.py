"""Emoji sequences: families, flags, keycaps, skin tones and the like, as one find each."""

from collections.abc import Iterator

from wajo_studio.text.data import emoji_sequences


def sequence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every emoji sequence of more than one code point, the longest first.

    A lone emoji is not reported: it is one code point and counts like any other of its range.
    """
    if text.isascii():
        return
    known = emoji_sequences()
    at = 0
    while match := known.candidate.search(text, at):
        start = match.start()
        at = start + 1
        for end in range(min(len(text), start + known.longest[text[start]]), start + 1, -1):
            if text[start:end] in known.all:
                yield start, end
                at = end
                break
