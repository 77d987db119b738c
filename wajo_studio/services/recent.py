"""The posts that were open last, for the start page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wajo_studio.services.remembered import recall, remember

_FILE = "recent.json"

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
        entries = recall(_FILE)["posts"]
        found = [(Path(entry["folder"]), str(entry["name"])) for entry in entries]
    except (KeyError, TypeError):
        return []
    return [RecentPost(path, name, (path / "post.toml").is_file()) for path, name in found]


def put_first(folder: Path, name: str) -> None:
    """Put a post at the top of the list.

    Raises:
        DiskError: the data folder cannot be written.
    """
    folder = folder.absolute()
    others = [post for post in recent_posts() if post.folder != folder]
    listed = [(folder, name), *((post.folder, post.name) for post in others)][:KEPT]
    _save(listed)


def forget(folder: Path) -> None:
    """Take a post off the list; its files stay."""
    _save([(post.folder, post.name) for post in recent_posts() if post.folder != folder])


def _save(listed: Sequence[tuple[Path, str]]) -> None:
    remember(_FILE, {"posts": [{"folder": str(path), "name": name} for path, name in listed]})
