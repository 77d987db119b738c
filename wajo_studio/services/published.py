"""Pictures that were published before, to notice when one is about to appear again.

The list is a small file of likenesses. Whoever records deliveries adds to it with
:meth:`PublishedPictures.add`, or hands in another list that answers the same question.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from wajo_studio import atomic
from wajo_studio.compliance.looks import EarlierUse
from wajo_studio.domain.seen import PictureSeen

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PublishedPicture:
    """A picture as it was published.

    Attributes:
        likeness: from :func:`wajo_studio.photo.likeness.likeness`.
        post: internal name of its post.
        at: when, with zone.
    """

    likeness: str
    post: str
    at: datetime


class PublishedPictures(Protocol):
    """Where published pictures are listed."""

    def all(self) -> Iterable[PublishedPicture]:
        """Every one, in any order."""

    def add(self, pictures: Iterable[PublishedPicture]) -> None:
        """List more."""


def published_file(folder: Path) -> "PublishedFile":
    """The list in a data folder."""
    return PublishedFile(folder / "published-pictures.jsonl")


class PublishedFile:
    """The list as a file with a line each.

    Args:
        path: need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> list[PublishedPicture]:
        """Every one; a line that cannot be read is left out."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        found = []
        for line in lines:
            try:
                likeness, at, post = json.loads(line)
                int(likeness, 16)
                found.append(PublishedPicture(likeness, post, datetime.fromisoformat(at)))
            except (ValueError, TypeError):
                _log.warning("a line of %s cannot be read", self._path.name)
        return found

    def add(self, pictures: Iterable[PublishedPicture]) -> None:
        """List more.

        Raises:
            OSError: the file cannot be written.
        """
        known = {(p.likeness, p.post, p.at): p for p in [*self.all(), *pictures]}
        lines = [
            json.dumps([p.likeness, p.at.isoformat(), p.post], ensure_ascii=False)
            for p in known.values()
        ]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_text(self._path, "".join(f"{line}\n" for line in lines))


def earlier_uses(
    pictures: Mapping[str, PictureSeen], published: PublishedPictures, post_name: str
) -> dict[str, EarlierUse]:
    """The newest earlier use of each picture, where another post published it.

    Args:
        pictures: what was seen, by media id.
        published: the list.
        post_name: internal name of the post that is judged; its own pictures do not count.
    """
    from wajo_studio.photo.likeness import NEAR, difference

    listed = [entry for entry in published.all() if entry.post != post_name]
    found: dict[str, EarlierUse] = {}
    for media_id, seen in pictures.items():
        alike = [entry for entry in listed if difference(entry.likeness, seen.likeness) <= NEAR]
        if alike:
            newest = max(alike, key=lambda entry: entry.at)
            found[media_id] = EarlierUse(newest.post, newest.at)
    return found
