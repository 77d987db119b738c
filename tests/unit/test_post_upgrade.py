"""Older formats are brought to today's step by step."""

from typing import Any

import pytest

from wajo_studio.domain.post import SCHEMA
from wajo_studio.errors import InputError
from wajo_studio.store.upgrade import UPGRADES, upgraded


def _rename(document: dict[str, Any]) -> dict[str, Any]:
    return {("name" if key == "title" else key): value for key, value in document.items()}


def _default(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "template": document.get("template", "polos")}


CHAIN = {1: _rename, 2: _default}


def test_every_older_format_has_a_step() -> None:
    assert set(UPGRADES) == set(range(1, SCHEMA))


def test_steps_run_in_order_up_to_the_current_format() -> None:
    old = {"schema": 1, "title": "a"}
    assert upgraded(old, file="post.toml", current=3, upgrades=CHAIN) == {
        "schema": 3,
        "name": "a",
        "template": "polos",
    }
    assert old == {"schema": 1, "title": "a"}


def test_a_document_of_the_middle_takes_only_the_rest() -> None:
    document = {"schema": 2, "title": "a"}
    result = upgraded(document, file="post.toml", current=3, upgrades=CHAIN)
    assert result == {"schema": 3, "title": "a", "template": "polos"}


def test_the_current_format_is_left_alone() -> None:
    document = {"schema": 3, "title": "a"}
    assert upgraded(document, file="post.toml", current=3, upgrades=CHAIN) is document


def test_a_newer_format_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        upgraded({"schema": 4}, file="post.toml", current=3, upgrades=CHAIN)
    assert caught.value.code == "input.newer"
    assert caught.value.params["found"] == 4
