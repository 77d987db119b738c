"""From words and when they were said to subtitles that can be read in time. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from wajo_studio.video.subtitles import Cue

_LONGEST_CHARACTERS = 70
_LONGEST_S = 6.0
_PAUSE_S = 0.6
_LEAST_SHOWN_S = 1.0
"""How much is shown at once and for how long: our own choice, after what broadcasters do."""

_SENTENCE_ENDS = (".", "?", "!", "…")


@dataclass(frozen=True)
class Word:
    """A word as it was heard, in seconds; its text brings the blank before it along."""

    start_s: float
    end_s: float
    text: str


def cues_of(words: Iterable[Word]) -> tuple[Cue, ...]:
    """Subtitles of a line or two; a new one begins after a sentence, a pause, or when full.

    A short one stays a second, if the next leaves it the time.

    Args:
        words: in order of time.
    """
    groups: list[list[Word]] = []
    for word in words:
        if groups and not _begins_anew(groups[-1], word):
            groups[-1].append(word)
        elif word.text.strip():
            groups.append([word])
    starts_s = [group[0].start_s for group in groups]
    cues = []
    for group, (start_s, next_s) in zip(groups, pairwise([*starts_s, float("inf")]), strict=True):
        end_s = min(max(group[-1].end_s, start_s + _LEAST_SHOWN_S), max(next_s, group[-1].end_s))
        text = " ".join("".join(word.text for word in group).split())
        cues.append(Cue(_milliseconds(start_s), _milliseconds(end_s), text))
    return tuple(cue for cue in cues if cue.end_s > cue.start_s)


def _begins_anew(group: list[Word], word: Word) -> bool:
    said = "".join(before.text for before in group).strip()
    return (
        said.endswith(_SENTENCE_ENDS)
        or word.start_s - group[-1].end_s > _PAUSE_S
        or len(said) + len(word.text) > _LONGEST_CHARACTERS
        or word.end_s - group[0].start_s > _LONGEST_S
    )


def _milliseconds(time_s: float) -> Fraction:
    return Fraction(round(time_s * 1000), 1000)
