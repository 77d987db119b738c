"""What was found out about files, kept by what they contain, so that nothing is looked at twice.

The facts of a picture include the words in it. They lie in the person's own data folder, like the
picture, and what was not asked for within a month is removed.
"""

import contextlib
import json
import os
import time
from pathlib import Path
from typing import Any

from wajo_studio import atomic

KEPT_S = 30 * 24 * 3600


class FactsCache:
    """A folder of JSON files named by a hash.

    Args:
        folder: need not exist yet.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> Any | None:
        """What was kept under a key; None where there is nothing whole."""
        file = self._file(key)
        try:
            facts = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        with contextlib.suppress(OSError):
            os.utime(file)
        return facts

    def keep(self, key: str, facts: Any) -> None:
        """Remember facts; a full disk is no reason to fail."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            atomic.write_text(self._file(key), json.dumps(facts, ensure_ascii=False))

    def prune(self, now_s: float | None = None) -> None:
        """Remove what was not asked for within a month."""
        oldest = (time.time() if now_s is None else now_s) - KEPT_S
        for file in self._folder.glob("*.json"):
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < oldest:
                    file.unlink()

    def _file(self, key: str) -> Path:
        return self._folder / f"{key[:40]}.json"
