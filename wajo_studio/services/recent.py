"""The posts that were open last, for the start page."""

import json
from dataclasses import dataclass
from pathlib import Path

from wajo_studio import atomic, paths

KEPT = 10
"""How many posts are remembered."""


@dataclass(frozen=True)
class RecentPost:
    """A post that was open: its folder, its name then, and whether it is still there."""

    folder: Path
    name: str
    exists: bool


def recent_posts() -> list[RecentPost]:
    """The posts that were open last, newest first; a damaged list counts as empty."""
    try:
        entries = json.loads(_file().read_text(encoding="utf-8"))["posts"]
        found = [(Path(entry["folder"]), str(entry["name"])) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [RecentPost(path, name, (path / "post.toml").is_file()) for path, name in found]


def remember(folder: Path, name: str) -> None:
    """Put a post at the top of the list.

    Raises:
        OSError: the data folder cannot be written.
    """
    folder = folder.absolute()
    others = [post for post in recent_posts() if post.folder != folder]
    listed = [(folder, name), *((post.folder, post.name) for post in others)][:KEPT]
    entries = [{"folder": str(path), "name": title} for path, title in listed]
    _file().parent.mkdir(parents=True, exist_ok=True)
    document = {"schema": 1, "posts": entries}
    atomic.write_text(_file(), json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def forget(folder: Path) -> None:
    """Take a post off the list; its files stay."""
    entries = [
        {"folder": str(post.folder), "name": post.name}
        for post in recent_posts()
        if post.folder != folder
    ]
    document = {"schema": 1, "posts": entries}
    atomic.write_text(_file(), json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _file() -> Path:
    return paths.data_dir() / "recent.json"
