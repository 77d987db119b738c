"""What a run of the checks ends in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from wajo_studio.compliance.rules import Edition
from wajo_studio.domain.finding import Finding, NotChecked, Severity
from wajo_studio.domain.post import Attestation, Waiver

Result = Literal["pass", "needs-fix", "needs-approval"]


@dataclass(frozen=True)
class Statement:
    """Something only a person can confirm.

    Attributes:
        question: what is asked.
        given: who confirmed it and when; None while it is open.
        void: the statement was given for an earlier version of the post.
    """

    rule: str
    title: str
    question: str
    source: str
    given: Attestation | None
    void: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to confirm it."""
        return self.given is None or self.void


@dataclass(frozen=True)
class Waived:
    """A blocking finding that somebody took responsibility for."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True)
class CheckResult:
    """All there is to say about a post.

    Attributes:
        findings: block, warn, attest, info; within one severity in the order of the rules.
        not_checked: rules that could not run; they never count as passed.
        passed: ids of the rules that found nothing.
        statements: every statement this post needs, open or given.
        waived: blocking findings a valid waiver turned into notes, as they were.
        editions: the files of rules that were in force.
    """

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    passed: tuple[str, ...]
    statements: tuple[Statement, ...]
    waived: tuple[Waived, ...]
    editions: tuple[Edition, ...]

    @property
    def result(self) -> Result:
        """The outcome in one word."""
        return result(self.findings, self.not_checked)

    @property
    def blocked(self) -> bool:
        """Whether an export is refused."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """The document of ``check --json``."""
        return {
            "schema": 1,
            "result": self.result,
            "findings": [finding.as_json() for finding in self.findings],
            "not_checked": [entry.as_json() for entry in self.not_checked],
        }


def result(findings: Iterable[Finding], not_checked: Iterable[NotChecked] = ()) -> Result:
    """The outcome in one word.

    Returns:
        ``needs-fix`` with a blocking finding; ``needs-approval`` with an open statement, or with
        a check that broke and that a person has to stand in for; else ``pass``.
    """
    severities = {finding.severity for finding in findings}
    if Severity.BLOCK in severities:
        return "needs-fix"
    if Severity.ATTEST in severities or any(entry.broken for entry in not_checked):
        return "needs-approval"
    return "pass"
