"""Results by recipe: what was made once is not made again while its recipe stays the same."""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wajo_studio import atomic

MAX_BYTES = 2_000_000_000
"""How much the cache may hold; a choice for office PCs with small disks, not a measured fact."""


def recipe_hash(recipe: dict[str, Any]) -> str:
    """Identity of a recipe: SHA-256 of its canonical JSON."""
    text = json.dumps(recipe, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Entry:
    """A finished file and what was measured when it was made."""

    path: Path
    facts: dict[str, Any]


class RenditionCache:
    """A folder of finished files named after their recipes.

    An entry is a media file and a JSON of facts beside it; the JSON is written last and
    carries the size of the media file, so that a torn entry is never used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._folder

    def _base(self, recipe: str) -> Path:
        return self._folder / recipe[:2] / recipe[2:34]

    def find(self, recipe: str, suffix: str) -> Entry | None:
        """The entry of this recipe, if it is there and whole.

        After a power cut a file may have its size and hold nothing but zeros; so where the
        facts name the file's ``sha256``, it is compared.
        """
        media = self._base(recipe).with_suffix(suffix)
        try:
            facts = json.loads(media.with_suffix(".json").read_text(encoding="utf-8"))
            if media.stat().st_size != facts["size_bytes"]:
                return None
            if facts.get("sha256", "") not in ("", file_digest(media)):
                return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        with contextlib.suppress(OSError):
            os.utime(media)
        return Entry(media, facts)

    def make(self, recipe: str, suffix: str, build: Callable[[Path], dict[str, Any]]) -> Entry:
        """Build the entry: ``build`` writes the media file it is given and returns its facts."""
        with self.scratch() as folder:
            made = folder / f"made{suffix}"
            return self.adopt(recipe, made, build(made))

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder on the cache's disk for files in the making; it goes with the block."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with atomic.scratch_folder(".making-", self._folder) as folder:
            yield folder

    def adopt(self, recipe: str, made: Path, facts: dict[str, Any]) -> Entry:
        """Move a finished file from :meth:`scratch` into the cache."""
        media = self._base(recipe).with_suffix(made.suffix)
        media.parent.mkdir(exist_ok=True)
        facts = {**facts, "size_bytes": made.stat().st_size}
        atomic.replace(made, media)
        atomic.write_text(media.with_suffix(".json"), json.dumps(facts, ensure_ascii=False))
        return Entry(media, facts)

    def prune(self, max_bytes: int = MAX_BYTES) -> None:
        """Remove the entries used longest ago until the cache holds at most ``max_bytes``."""
        entries = []
        for facts in self._folder.glob("??/*.json"):
            for media in facts.parent.glob(f"{facts.stem}.*"):
                if media != facts:
                    with contextlib.suppress(OSError):
                        status = media.stat()
                        entries.append((status.st_mtime, status.st_size, media, facts))
        total = sum(size for _, size, _, _ in entries)
        for _, size, media, facts in sorted(entries, key=lambda entry: entry[0]):
            if total <= max_bytes:
                return
            with contextlib.suppress(OSError):
                facts.unlink()
                media.unlink()
                total -= size

    def clear(self) -> None:
        """Remove everything."""
        shutil.rmtree(self._folder, ignore_errors=True)
