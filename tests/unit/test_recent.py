"""The list of posts that were open last."""

from pathlib import Path

from wajo_studio import paths
from wajo_studio.services.recent import KEPT, forget, put_first, recent_posts


def test_the_newest_comes_first_and_stands_once(tmp_path: Path) -> None:
    for name in ("a", "b", "a"):
        put_first(tmp_path / name, name)
    assert [post.name for post in recent_posts()] == ["a", "b"]


def test_only_so_many_are_kept_and_missing_ones_are_told(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        put_first(tmp_path / str(number), str(number))
    (tmp_path / str(KEPT + 2)).mkdir()
    (tmp_path / str(KEPT + 2) / "post.toml").touch()
    posts = recent_posts()
    assert len(posts) == KEPT
    assert [post.exists for post in posts[:2]] == [True, False]
    forget(posts[1].folder)
    assert len(recent_posts()) == KEPT - 1


def test_a_damaged_list_counts_as_empty() -> None:
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    (paths.data_dir() / "recent.json").write_text('{"posts": [1]}', encoding="utf-8")
    assert recent_posts() == []
