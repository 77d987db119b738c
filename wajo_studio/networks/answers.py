"""Reading what networks answer: values deep inside, and rows of a table of errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wajo_studio.errors import PublishError
from wajo_studio.networks.http import Answer
from wajo_studio.networks.verdict import Judge, Verdict, VerdictKind


def dig(document: Any, *path: str | int) -> Any:
    """The value at ``path`` in a JSON document; ``None`` when there is none."""
    for step in path:
        if isinstance(step, int):
            inside = isinstance(document, list) and -len(document) <= step < len(document)
        else:
            inside = isinstance(document, dict) and step in document
        if not inside:
            return None
        document = document[step]
    return document


def expecting(judge: Judge, *path: str | int) -> Judge:
    """``judge``, but "done" only when the answer holds a value at ``path``.

    Half a document after a success leaves open what came of the request.
    """

    def strict(answer: Answer) -> Verdict:
        verdict = judge(answer)
        if verdict.kind == "done" and dig(answer.document, *path) in (None, "", [], {}):
            where = ".".join(map(str, path))
            return Verdict("unclear", detail=f"HTTP {answer.status} without {where}")
        return verdict

    return strict


def waiting(waits_s: Sequence[float], round_: int) -> float:
    """The wait before look ``round_`` (from 0); the last one repeats."""
    return float(waits_s[min(round_, len(waits_s) - 1)])


@dataclass(frozen=True)
class Row:
    """One line of a network's table of errors.

    Attributes:
        names: the network's own codes that this line is for; empty: any.
        status: HTTP status; 0: any.
        words: a part of the network's explanation, lower case, where it has no code for it.
        kind: what it means for the request.
        error: which of our errors it is.
        message: its message id; may use ``{words}``, the network's own explanation.
        wait_s: how long to wait; ``None``: our own back-off, or what the answer says.
        source: where the network, or the sheet, says so.
    """

    names: frozenset[str]
    kind: VerdictKind
    error: type[PublishError]
    message: str
    source: str
    status: int = 0
    words: str = ""
    wait_s: float | None = None

    def matches(self, status: int, names: set[str], words: str) -> bool:
        """Whether this line is for an answer."""
        return (
            self.status in (0, status)
            and (not self.names or bool(self.names & names))
            and self.words in words.lower()
        )

    def verdict(self, detail: str, words: str, wait_s: float | None = None) -> Verdict:
        """What an answer that matches means."""
        wait = self.wait_s if wait_s is None else wait_s
        params: dict[str, Any] = {"words": words}
        if wait is not None:
            params["retry_after_s"] = wait
        return Verdict(self.kind, self.error(self.message, detail=detail, **params), wait, detail)


def row_for(table: Sequence[Row], status: int, names: set[str], words: str) -> Row | None:
    """The first line of ``table`` that is for an answer."""
    return next((row for row in table if row.matches(status, names, words)), None)
