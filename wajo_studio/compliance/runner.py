"""Runs every rule over a post; a check that breaks is reported and the others go on."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import get_args

from wajo_studio.compliance.check import (
    HEAD_ROLES,
    MOST_HITS,
    Hit,
    TextCheck,
    Unmeasured,
    is_personal,
    looks_at,
    post_checks,
    text_checks,
)
from wajo_studio.compliance.facts import PostFacts
from wajo_studio.compliance.findings import finding, merged
from wajo_studio.compliance.fingerprint import Covers, fingerprint
from wajo_studio.compliance.masking import mask
from wajo_studio.compliance.outcome import CheckResult, Statement, Waived
from wajo_studio.compliance.rules import Rule, RuleSet
from wajo_studio.compliance.settings import plain_number
from wajo_studio.compliance.subjects import LocatedSubject, subjects
from wajo_studio.domain.finding import Finding, NotChecked, Severity
from wajo_studio.domain.post import Attestation, Waiver
from wajo_studio.i18n import _, format_datetime

APPROVAL = "head-approval-attest"
"""The statement that a waiver by anybody else calls for; judged after all other rules."""

_SEVERITY_ORDER = (Severity.BLOCK, Severity.WARN, Severity.ATTEST, Severity.INFO)
_log = logging.getLogger(__name__)


def run_checks(facts: PostFacts, rules: RuleSet) -> CheckResult:
    """Judge a post by all rules in force.

    Args:
        facts: what is known of the post and of what it becomes.
        rules: the rules in force, from :func:`~wajo_studio.compliance.rules.load_rules`.
    """
    run = _Run(facts, rules)
    for rule_id in rules.rules:
        if rule_id != APPROVAL:
            run.judge(rule_id)
    if APPROVAL in rules.rules:
        run.facts = replace(facts, waived=tuple(entry.waiver for entry in run.waived))
        run.judge(APPROVAL)
    return run.outcome()


@dataclass
class _Run:
    """One run over one post, and what it has found so far."""

    facts: PostFacts
    rules: RuleSet
    findings: list[Finding] = field(default_factory=list)
    not_checked: list[NotChecked] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    waived: list[Waived] = field(default_factory=list)

    def __post_init__(self) -> None:
        post = self.facts.post
        hashes = {media_id: info.sha256 for media_id, info in self.facts.media.items()}
        self._fingerprints = {
            covers: fingerprint(post, hashes, covers) for covers in get_args(Covers)
        }
        self._subjects = tuple(subjects(self.facts))
        self._official = self.facts.settings.phone_allow | {plain_number(self.facts.agency.hotline)}

    def judge(self, rule_id: str) -> None:
        """Run the checks of one rule and settle what they found."""
        rule = self.rules.rules[rule_id]
        if not rule.enabled:
            by = self.rules.editions[-1]
            reason = _("Switched off ({set_by}, version {version}).").format(
                set_by=by.set_by, version=by.version
            )
            self.not_checked.append(NotChecked(rule_id, reason))
            return
        hits: list[Hit] = []
        problem = _collect(rule_id, self._sources(rule_id, rule), hits)
        if problem:
            self.not_checked.append(problem)
        elif not hits:
            self.passed.append(rule_id)
        found = merged((finding(rule_id, rule, hit, self._official), hit.waivable) for hit in hits)
        for one, waivable in found:
            self._settle(rule, one, waivable)

    def _sources(self, rule_id: str, rule: Rule) -> Iterator[Callable[[], Iterable[Hit]]]:
        if post_check := post_checks().get(rule_id):
            yield lambda: post_check(self.facts)
        if text_check := text_checks().get(rule_id):
            allowed = self.facts.post.exceptions.get(rule_id, ())
            excepted = frozenset(allowed if rule.waiver == "anyone" else ())
            typed: set[str] = set()
            for one in self._subjects:
                in_picture = one.subject.part == "image" and is_personal(rule_id)
                if looks_at(rule_id, one.subject.part) and not in_picture:
                    yield partial(_text_hits, text_check, one, excepted, typed)

    def _settle(self, rule: Rule, found: Finding, waivable: bool) -> None:
        statement = self._statement(rule, found)
        if found.severity is Severity.ATTEST:
            given, void = statement
            self.statements.append(
                Statement(found.rule, str(rule.title), found.message, found.source, given, void)
            )
            if given and void:
                note = _("The statement by {by} was given for an earlier version of this post.")
                detail = f"{note.format(by=given.by)} {found.detail}"
                self.findings.append(replace(found, detail=detail))
            elif not given:
                self.findings.append(found)
            return
        if statement[0] and not statement[1] and waivable:
            return
        waiver = self.facts.post.waivers.get(found.rule)
        if found.severity is Severity.BLOCK and waiver:
            self._waive(rule, found, waiver, waivable)
        else:
            self.findings.append(found)

    def _statement(self, rule: Rule, found: Finding) -> tuple[Attestation | None, bool]:
        """The statement that settles a finding, and whether the post was changed since."""
        own = (found.rule,) if found.severity is Severity.ATTEST else ()
        given: list[tuple[Attestation, Covers]] = [
            (statement, self.rules.rules[rule_id].covers if rule_id in self.rules.rules else "post")
            for rule_id in (*own, *rule.satisfied_by)
            if (statement := self.facts.post.attestations.get(rule_id))
        ]
        for statement, covers in given:
            if statement.covers in (None, self._fingerprints[covers], self._fingerprints["post"]):
                return statement, False
        return (given[0][0], True) if given else (None, False)

    def _waive(self, rule: Rule, found: Finding, waiver: Waiver, waivable: bool) -> None:
        by_head = waiver.role.strip().casefold() in HEAD_ROLES
        if not waivable:
            note = _("Nobody can waive this.")
        elif rule.waiver == "head" and not by_head:
            note = _("Only the head of the agency or Diskominfotik can waive this.")
        else:
            self.waived.append(Waived(found, waiver))
            note = _("Waived by {by} ({role}), {time}: {reason}").format(
                by=waiver.by,
                role=waiver.role,
                time=format_datetime(waiver.at),
                reason=mask(waiver.reason, self._official),
            )
            found = replace(found, severity=Severity.INFO, fix=None)
        self.findings.append(replace(found, detail=f"{note} {found.detail}"))

    def outcome(self) -> CheckResult:
        """Everything found, in the order in which it is shown."""
        place = {rule_id: index for index, rule_id in enumerate(self.rules.rules)}
        ordered = sorted(
            self.findings, key=lambda f: (_SEVERITY_ORDER.index(f.severity), place[f.rule])
        )
        return CheckResult(
            findings=tuple(ordered),
            not_checked=tuple(self.not_checked),
            passed=tuple(self.passed),
            statements=tuple(self.statements),
            waived=tuple(self.waived),
            editions=self.rules.editions,
        )


def _text_hits(
    check: TextCheck, one: LocatedSubject, excepted: frozenset[str], typed: set[str]
) -> Iterator[Hit]:
    """What a check finds in one text; a draft does not repeat what its fields were found to say.

    Args:
        check: the check.
        one: the text.
        excepted: words that are no problem in this post.
        typed: the words found in fields so far; grows.
    """
    hits = list(islice(check(one.subject), MOST_HITS))
    if one.kind == "field" or (one.seen is not None and one.kind == "media"):
        typed.update(one.words(hit) for hit in hits)
    elif one.drafted:
        hits = [hit for hit in hits if one.words(hit) not in typed]
    yield from one.located(hits, excepted)


def _collect(
    rule_id: str, sources: Iterable[Callable[[], Iterable[Hit]]], hits: list[Hit]
) -> NotChecked | None:
    """Fill ``hits``; what was found before a check broke is kept."""
    try:
        for source in sources:
            hits.extend(source())
    except Unmeasured as reason:
        return NotChecked(rule_id, str(reason), broken=reason.broken, pending=reason.pending)
    except Exception as error:
        _log.exception("the check of %s broke", rule_id)
        reason_text = _("The check itself failed ({error}). Look at this point yourself.")
        return NotChecked(rule_id, reason_text.format(error=type(error).__name__), broken=True)
    return None
