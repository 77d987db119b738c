"""One result of a check, and the order in which results matter."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from wajo_studio.domain.geometry import Box

WhereKind = Literal["field", "caption", "media", "artwork", "video", "post"]


class Severity(StrEnum):
    """How much a finding matters: only ``block`` stops an export."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"
    ATTEST = "attest"


@dataclass(frozen=True)
class Where:
    """What a finding is about.

    Attributes:
        kind: the kind of thing.
        id: field name, caption key, media id (``foto1``; its alt text ``foto1.alt``),
            placement for artwork and video, key for post.
        span: start and end in code points of the text, end exclusive.
        box: rectangle in 0-1 of the upright picture or rendition.
        time: start and end in seconds.
    """

    kind: WhereKind
    id: str
    span: tuple[int, int] | None = None
    box: Box | None = None
    time: tuple[float, float] | None = None


@dataclass(frozen=True)
class Finding:
    """One result of a check. Texts are in the language in force, personal data masked.

    ``replacement`` is what the text in the span should read, where the program knows it; it
    serves the window and is no part of the JSON.
    """

    rule: str
    severity: Severity
    message: str
    where: Where
    detail: str = ""
    placements: tuple[str, ...] = ()
    source: str = ""
    fix: str | None = None
    replacement: str | None = None

    def as_json(self) -> dict[str, object]:
        """The finding as the contract writes it."""
        where = self.where
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.message,
            "detail": self.detail,
            "where": {
                "kind": where.kind,
                "id": where.id,
                "span": list(where.span) if where.span else None,
                "box": where.box.as_list() if where.box else None,
                "time": list(where.time) if where.time else None,
            },
            "placements": list(self.placements),
            "source": self.source,
            "fix": self.fix,
        }


@dataclass(frozen=True)
class NotChecked:
    """A rule that could not run, and why; never to be read as passed.

    Attributes:
        broken: the check itself or what it looks at failed; it was not switched off.
        pending: its facts are being gathered.
    """

    rule: str
    reason: str
    broken: bool = False
    pending: bool = False

    def as_json(self) -> dict[str, str]:
        """The entry as the contract writes it."""
        return {"rule": self.rule, "reason": self.reason}
