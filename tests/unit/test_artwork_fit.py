"""Fitting: the largest size, even lines, characters to cut. Text is simulated by arithmetic."""

import math

from hypothesis import given
from hypothesis import strategies as st

from wajo_studio.artwork.excess import find_excess, shortened, text_of
from wajo_studio.artwork.fit import Measure, SizeCache, balanced, characters_to_cut, largest_fit
from wajo_studio.artwork.words import WORD_JOINER

words_strategy = st.lists(st.integers(1, 14), min_size=1, max_size=20)


def text_block(words: list[int]) -> Measure:
    """A block of words of these lengths in a font of half an em per letter."""

    def measure(px: int, width: int) -> tuple[float, float]:
        letter, lines, used, widest = px * 0.5, 1, 0.0, 0.0
        for word in words:
            needed = word * letter
            if used and used + letter + needed > width:
                lines, used = lines + 1, 0.0
            used += needed + (letter if used else 0.0)
            widest = max(widest, used)
        return max(widest, float(width)), lines * px * 1.1

    return measure


@given(words_strategy, st.integers(80, 1000), st.integers(30, 900), st.integers(12, 40))
def test_the_largest_size_that_fits_and_no_larger(
    words: list[int], width: int, height: int, smallest: int
) -> None:
    measure, largest = text_block(words), smallest + 70

    def fits(px: int) -> bool:
        needs = measure(px, width)
        return bool(needs[0] <= width + 0.51 and needs[1] <= height + 0.51)

    fitted = largest_fit(measure, width, height, smallest, largest)
    assert smallest <= fitted.px <= largest
    assert fitted.fits == fits(fitted.px)
    assert fitted.fits == fits(smallest)
    if fitted.fits:
        assert fitted.px == largest or not fits(fitted.px + 1)
    else:
        assert fitted.px == smallest


@given(words_strategy, st.integers(200, 1000))
def test_balanced_lines_are_no_wider_and_no_more(words: list[int], width: int) -> None:
    measure = text_block(words)
    fitted = largest_fit(measure, width, 600, 20, 90)
    even = balanced(measure, fitted)
    assert even.px == fitted.px
    assert even.width <= fitted.width
    if fitted.fits:
        assert measure(even.px, even.width)[1] <= fitted.height + 0.51


@given(st.integers(1, 500), st.integers(0, 499))
def test_cutting_that_many_characters_helps_and_one_less_does_not(length: int, room: int) -> None:
    room = min(room, length - 1)
    cut = characters_to_cut(lambda kept: kept <= room, length)
    assert length - cut == room


def test_sizes_are_remembered_and_the_oldest_forgotten() -> None:
    cache = SizeCache(entries=2)
    measured: list[str] = []

    def ask(key: str) -> None:
        def measure() -> tuple[float, float]:
            measured.append(key)
            return 1.0, 1.0

        cache.get(key, measure)

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert measured == ["a", "b", "c", "b"]


def test_a_block_is_shortened_inside_its_tags() -> None:
    body = f'<div class="x">\n<p>A &amp; B</p> <p>KTP{WORD_JOINER}-{WORD_JOINER}el</p></div>'
    assert text_of(body) == "A & BKTP-el"
    assert text_of(shortened(body, 7)) == "A & BKT"
    assert shortened(body, 3).count("<p>") == 2
    assert "A &amp;" in shortened(body, 3)
    assert find_excess(body, lambda shorter: len(text_of(shorter)) <= 4) == 7
    assert math.isclose(len(text_of(shortened(body, 0))), 0)
