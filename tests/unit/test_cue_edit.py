"""The list of subtitles: from what was typed to cues."""

from fractions import Fraction

import pytest

from wajo_studio.errors import InputError
from wajo_studio.services.cue_edit import CueRow, RowError, cues_of_rows
from wajo_studio.video.subtitles import Cue


def test_lines_become_cues_in_order_of_time() -> None:
    rows = [
        CueRow("00:04,0", "0:05.250", " Kedua "),
        CueRow("1", "00:04", "Pertama\n\n  baris dua"),
        CueRow("x", "y", "  "),
    ]
    assert cues_of_rows(rows) == (
        Cue(Fraction(1), Fraction(4), "Pertama\nbaris dua"),
        Cue(Fraction(4), Fraction(21, 4), "Kedua"),
    )


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([("1", "2", "a"), ("dua", "3", "b")], 1),
        ([("1", "1", "a")], 0),
        ([("2", "1", "a")], 0),
        ([("3", "5", "a"), ("1", "2", "b"), ("4", "6", "c")], 2),
    ],
)
def test_what_cannot_be_used_names_its_line(rows: list[tuple[str, str, str]], place: int) -> None:
    with pytest.raises(RowError) as caught:
        cues_of_rows([CueRow(*row) for row in rows])
    assert caught.value.row == place
    assert str(place + 1) in str(caught.value)


def test_a_list_without_words_is_refused() -> None:
    for rows in ([], [CueRow("1", "2", " ")]):
        with pytest.raises(InputError) as caught:
            cues_of_rows(rows)
        assert "No line" in caught.value.message
