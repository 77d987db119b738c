"""Whatever stands in a post.toml: a post or one sentence; and what is saved is read again."""

import re
from datetime import date, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.post_examples import FULL, SMALL
from wajo_studio.domain.post import Post
from wajo_studio.errors import InputError
from wajo_studio.i18n import WITA
from wajo_studio.store.post_document import same_value
from wajo_studio.store.post_file import as_document, parse_post, post_text

QUICK = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

LINES = FULL.splitlines()
VALUES = st.sampled_from(
    r"""
    true 0 -1 1e400 nan -inf 0x10 9999999999999999999999 2026-01-01 07:30:00
    2026-01-01T00:00:00Z [] {} [[]] [0.5] [1,2] [true] ['x'] {a=1} '' "x" \'\'\'x\'\'\' ".."
    "\u0000" "\u202e"
    """.replace("\\'", "'").split()
)
KEYS = st.sampled_from(sorted(set(re.findall(r"^[\w\".-]+(?= =)", FULL, re.MULTILINE))))


def checked(text: str) -> Post | None:
    """A post, or None when it was refused as it should be."""
    try:
        return parse_post(text, file="post.toml")
    except InputError as error:
        sentence = str(error)
        assert sentence.startswith("post.toml")
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert len(sentence) < 700
        assert "Traceback" not in sentence
        assert not re.search(r"\{(file|key|value|expected|choices|nearest)\}", sentence)
        return None


@QUICK
@given(st.integers(0, len(LINES) - 1), st.data())
def test_a_value_of_another_kind(index: int, data: st.DataObject) -> None:
    lines = list(LINES)
    key, equals, _rest = lines[index].partition(" = ")
    lines[index] = f"{key} = {data.draw(VALUES)}" if equals else data.draw(VALUES)
    checked("\n".join(lines))


@QUICK
@given(st.integers(0, len(LINES)), KEYS, VALUES)
def test_a_line_more(index: int, key: str, value: str) -> None:
    checked("\n".join([*LINES[:index], f"{key} = {value}", *LINES[index:]]))


@QUICK
@given(st.sets(st.integers(0, len(LINES) - 1), min_size=1, max_size=5))
def test_lines_less(gone: set[int]) -> None:
    checked("\n".join(line for index, line in enumerate(LINES) if index not in gone))


@QUICK
@given(st.integers(0, len(FULL) - 1), st.integers(0, 3), st.text(max_size=3))
def test_characters_changed_anywhere(start: int, length: int, text: str) -> None:
    checked(FULL[:start] + text + FULL[start + length :])


@QUICK
@given(st.text())
def test_any_text_at_all(text: str) -> None:
    checked(text)


MODERN = datetime(1990, 1, 1)  # noqa: DTZ001 - older ones have offsets with seconds
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TOML_KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = (
    TEXTS
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.dates(date(1, 1, 1))
    | st.times()
    | st.datetimes(MODERN)
    | st.datetimes(MODERN, timezones=st.just(WITA))
)
FIELD_VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(TOML_KEYS, inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(QUICK, max_examples=60)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: t.strip()),
    st.dictionaries(TOML_KEYS, FIELD_VALUES, max_size=4),
    st.dictionaries(st.sampled_from(["base", "alt", "x", "instagram.reel"]), TEXTS),
    st.sampled_from([None, FULL, SMALL]),
)
def test_what_is_saved_is_read_again(
    name: str, fields: dict[str, Any], captions: dict[str, str], previous: str | None
) -> None:
    base = parse_post(previous or FULL, file="post.toml")
    post = base.model_copy(update={"name": name, "fields": fields, "captions": captions})
    text = post_text(post, previous_text=previous)
    again = parse_post(text, file="post.toml")
    assert same_value(as_document(again), as_document(post))
    if previous is FULL:
        assert "# wajah" in text  # worked in, not written anew
