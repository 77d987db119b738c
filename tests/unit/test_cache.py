"""The rendition cache: found when whole, never when torn, bounded."""

import os
from pathlib import Path
from typing import Any

import pytest

from wajo_studio.services.cache import RenditionCache, recipe_hash


def build(content: bytes) -> Any:
    def write(target: Path) -> dict[str, Any]:
        target.write_bytes(content)
        return {"width": 7}

    return write


def test_recipes_differ_by_content_not_by_order() -> None:
    assert recipe_hash({"a": 1, "b": "é"}) == recipe_hash({"b": "é", "a": 1})
    assert recipe_hash({"a": 1}) != recipe_hash({"a": 2})


def test_what_was_made_is_found(tmp_path: Path) -> None:
    cache, recipe = RenditionCache(tmp_path), recipe_hash({"a": 1})
    assert cache.find(recipe, ".jpg") is None
    made = cache.make(recipe, ".jpg", build(b"picture"))
    found = cache.find(recipe, ".jpg")
    assert found is not None
    assert found.path.read_bytes() == b"picture"
    assert found.facts == made.facts == {"width": 7, "size_bytes": 7}


@pytest.mark.parametrize("damage", ["cut", "no facts", "bad facts"])
def test_a_torn_entry_is_not_used(tmp_path: Path, damage: str) -> None:
    cache, recipe = RenditionCache(tmp_path), recipe_hash({"a": 1})
    made = cache.make(recipe, ".jpg", build(b"picture"))
    facts = made.path.with_suffix(".json")
    if damage == "cut":
        made.path.write_bytes(b"pic")
    elif damage == "no facts":
        facts.unlink()
    else:
        facts.write_text("[1")
    assert cache.find(recipe, ".jpg") is None


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    cache, recipe = RenditionCache(tmp_path), recipe_hash({"a": 1})

    def fail(target: Path) -> dict[str, Any]:
        target.write_bytes(b"half")
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        cache.make(recipe, ".jpg", fail)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_pruning_drops_what_was_used_longest_ago(tmp_path: Path) -> None:
    cache = RenditionCache(tmp_path)
    recipes = [recipe_hash({"n": number}) for number in range(3)]
    for age, recipe in zip((300, 100, 200), recipes, strict=True):
        path = cache.make(recipe, ".jpg", build(b"0123456789")).path
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    cache.prune(max_bytes=20)
    assert [cache.find(recipe, ".jpg") is not None for recipe in recipes] == [False, True, True]
