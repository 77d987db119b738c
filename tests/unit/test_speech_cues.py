"""From words to subtitles."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.video.speech_cues import Word, cues_of


def said(text: str, start_s: float = 0.0, each_s: float = 0.3) -> list[Word]:
    """The words of a text, one after the other without a pause."""
    return [
        Word(start_s + number * each_s, start_s + (number + 1) * each_s, f" {word}")
        for number, word in enumerate(text.split())
    ]


def test_a_sentence_ends_a_subtitle() -> None:
    cues = cues_of(said("Selamat pagi warga Wajo. Hari ini ada layanan keliling."))
    assert [cue.text for cue in cues] == [
        "Selamat pagi warga Wajo.",
        "Hari ini ada layanan keliling.",
    ]
    assert (cues[0].start_s, cues[0].end_s) == (Fraction(0), Fraction(12, 10))


def test_a_pause_ends_a_subtitle() -> None:
    cues = cues_of([*said("satu dua tiga"), *said("empat", 3.0)])
    assert [cue.text for cue in cues] == ["satu dua tiga", "empat"]


def test_a_short_word_stays_a_second_if_there_is_time() -> None:
    alone, last = cues_of([Word(0, 0.2, " Ya."), Word(0.7, 0.9, " Baik.")])
    assert (alone.start_s, alone.end_s) == (Fraction(0), Fraction(7, 10))
    assert (last.start_s, last.end_s) == (Fraction(7, 10), Fraction(17, 10))


def test_words_without_blanks_are_joined_as_they_are() -> None:
    (cue,) = cues_of([Word(0, 1, " KTP"), Word(1, 2, "-el")])
    assert cue.text == "KTP-el"


def test_silence_gives_nothing() -> None:
    assert cues_of([]) == ()
    assert cues_of([Word(0, 1, " "), Word(1, 2, "")]) == ()


words = st.lists(
    st.tuples(st.floats(0, 2), st.floats(0, 3), st.text("abc.? ", max_size=12), st.booleans()),
    max_size=60,
)


@given(words)
def test_nothing_is_lost_overlaps_or_runs_backwards(
    parts: list[tuple[float, float, str, bool]],
) -> None:
    at_s, heard = 0.0, []
    for pause_s, length_s, text, joined in parts:
        at_s += pause_s
        heard.append(Word(at_s, at_s + length_s, text if joined else f" {text}"))
        at_s += length_s
    cues = cues_of(heard)
    for before, after in pairwise(cues):
        assert before.end_s <= after.start_s
    assert all(cue.end_s > cue.start_s for cue in cues)
    assert all(len(cue.text) <= 83 for cue in cues)
