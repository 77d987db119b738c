"""Warnings a person has read and decided to leave ("sudah diperiksa"), for the window only."""

import hashlib
from pathlib import Path

from wajo_studio.domain.finding import Finding
from wajo_studio.services.remembered import recall_texts, remember

_FILE = "reviewed.json"
_KEPT = 2_000
"""Marks kept; the oldest go first."""


class Reviewed:
    """The marks of one post. A changed finding is a new one and has no mark.

    Args:
        root: the post's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = str(root.resolve())
        self._marks = dict.fromkeys(recall_texts(_FILE, "marks"))

    def __contains__(self, finding: Finding) -> bool:
        return self._key(finding) in self._marks

    def mark(self, finding: Finding, *, read: bool) -> None:
        """Remember that a warning was read, or forget it.

        Raises:
            DiskError: the data folder cannot be written.
        """
        key = self._key(finding)
        self._marks.pop(key, None)
        if read:
            self._marks[key] = None
        remember(_FILE, {"marks": list(self._marks)[-_KEPT:]})

    def _key(self, finding: Finding) -> str:
        where = finding.where
        what = (self._root, finding.rule, finding.message, where.kind, where.id, where.box)
        return hashlib.sha256(repr(what).encode()).hexdigest()[:24]
