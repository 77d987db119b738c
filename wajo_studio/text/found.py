"""A stretch of a text that means something: a link, a hashtag, a mention."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """One find.

    Attributes:
        text: the stretch as written, sign included (``#Wajo``, ``@pemkab``).
        start: index of its first code point.
        end: index behind its last code point.
    """

    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """Start and end, as findings carry them."""
        return (self.start, self.end)
