"""The runner: order, broken checks, statements, waivers, exceptions."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.unit.compliance_facts import NOW, make_facts, make_post, make_spec, photo
from wajo_studio.compliance import check as port
from wajo_studio.compliance.check import Hit
from wajo_studio.compliance.facts import FieldFact, PostFacts, TemplateFacts
from wajo_studio.compliance.fingerprint import fingerprint
from wajo_studio.compliance.outcome import CheckResult, result
from wajo_studio.compliance.rules import RuleSet, load_rules
from wajo_studio.compliance.runner import run_checks
from wajo_studio.domain.facts import TextFact
from wajo_studio.domain.finding import Finding, NotChecked, Severity, Where

EMPTY_TITLE = TemplateFacts("t", "T", (FieldFact("judul", "Judul", required=True, filled=False),))


def run(facts: PostFacts) -> CheckResult:
    return run_checks(facts, load_rules())


def rules_of(outcome: CheckResult) -> list[str]:
    return [finding.rule for finding in outcome.findings]


def text(placement: str, words: str, limit: int, key: str = "base") -> TextFact:
    return TextFact(placement, "caption", key, words, len(words), limit, "code_points")


def waiver(role: str = "admin", **changes: Any) -> dict[str, Any]:
    return {"by": "Kasubag", "at": NOW, "role": role, "reason": "Darurat banjir", **changes}


def test_a_plain_post_passes_every_rule() -> None:
    outcome = run(make_facts(template=TemplateFacts("t", "T", has_artwork=False)))
    assert outcome.findings == ()
    assert outcome.not_checked == ()
    assert outcome.result == "pass"
    assert set(outcome.passed) == set(load_rules().rules)


def test_findings_come_blocking_first_then_by_rule() -> None:
    facts = make_facts(
        make_post(information_class=None, schedule=datetime(2026, 1, 1, tzinfo=NOW.tzinfo)),
        template=EMPTY_TITLE,
        texts=(text("x.post", "x" * 300, 280),),
        cover_only=("x.post",),
    )
    assert rules_of(run(facts)) == [
        "field-required",
        "platform-text-limit",
        "schedule-past",
        "info-class-attest",
        "carousel-cover-only",
    ]


def test_the_same_fault_in_two_placements_is_one_finding() -> None:
    words = "x" * 300
    facts = make_facts(texts=(text("x.post", words, 280), text("instagram.feed", words, 280)))
    (finding,) = run(facts).findings
    assert finding.placements == ("instagram.feed", "x.post")


@pytest.fixture
def breaking_check(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(facts: PostFacts) -> Iterator[Hit]:
        yield Hit("Found before it broke.", Where("field", "judul"))
        raise KeyError("judul")

    checks = {**port.post_checks(), "field-required": breaks}
    monkeypatch.setattr("wajo_studio.compliance.runner.post_checks", lambda: checks)


@pytest.mark.usefixtures("breaking_check")
def test_a_broken_check_is_reported_logged_and_never_passed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        outcome = run(make_facts(texts=(text("x.post", "x" * 300, 280),)))
    (entry,) = outcome.not_checked
    assert (entry.rule, entry.broken) == ("field-required", True)
    assert "KeyError" in entry.reason
    assert "field-required" not in outcome.passed
    assert rules_of(outcome) == ["field-required", "platform-text-limit"]
    assert "field-required" in caplog.text


def test_a_broken_check_alone_needs_a_person() -> None:
    assert result((), (NotChecked("x", "broke", broken=True),)) == "needs-approval"
    assert result((), (NotChecked("x", "switched off"),)) == "pass"


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ((), "pass"),
        ((Severity.WARN, Severity.INFO), "pass"),
        ((Severity.ATTEST, Severity.WARN), "needs-approval"),
        ((Severity.ATTEST, Severity.BLOCK), "needs-fix"),
    ],
)
def test_result_is_the_gravest(severities: tuple[Severity, ...], expected: str) -> None:
    findings = [Finding("r", severity, "m", Where("post", "")) for severity in severities]
    assert result(findings) == expected


def test_unmeasured_facts_are_not_checked_and_say_why() -> None:
    outcome = run(make_facts(artworks=None, images=None))
    reasons = {entry.rule: entry for entry in outcome.not_checked}
    assert {"fit-overflow", "img-contrast-low", "media-bytes"} <= reasons.keys()
    assert not any(entry.broken for entry in reasons.values())
    assert all(entry.reason for entry in reasons.values())


def test_a_rule_switched_off_is_not_checked() -> None:
    rules = load_rules()
    off = rules.rules["schedule-past"].model_copy(update={"enabled": False})
    changed = RuleSet({**rules.rules, "schedule-past": off}, rules.editions)
    facts = make_facts(make_post(schedule=datetime(2026, 1, 1, tzinfo=NOW.tzinfo)))
    outcome = run_checks(facts, changed)
    assert "schedule-past" not in rules_of(outcome)
    assert [entry.rule for entry in outcome.not_checked] == ["schedule-past"]
    assert rules.editions[-1].version in outcome.not_checked[0].reason


PHOTO = {"id": "foto1", "path": "media/a.jpg", "alt": "x"}


class TestStatements:
    def facts(self, **changes: Any) -> PostFacts:
        post = make_post(**{"media": [PHOTO], **changes})
        return make_facts(post, media={"foto1": photo()}, uses={"foto1": ("x.post",)})

    def given(self, covers: str | None = None) -> dict[str, Any]:
        return {"by": "admin", "at": NOW, "role": "admin", "covers": covers}

    def test_an_open_statement_is_a_finding_and_listed(self) -> None:
        outcome = run(self.facts())
        assert rules_of(outcome) == ["face-consent-attest", "photo-rights-attest"]
        assert outcome.result == "needs-approval"
        assert not outcome.blocked
        assert all(statement.is_open for statement in outcome.statements)

    def test_a_given_statement_settles_it(self) -> None:
        outcome = run(self.facts(attestations={"face-consent-attest": self.given()}))
        assert rules_of(outcome) == ["photo-rights-attest"]
        consent = next(s for s in outcome.statements if s.rule == "face-consent-attest")
        assert consent.given is not None
        assert consent.given.by == "admin"
        assert not consent.is_open

    def test_consent_and_credit_at_the_photo_ask_nothing(self) -> None:
        medium = {**PHOTO, "consent": True, "credit": "Dok."}
        assert run(self.facts(media=[medium])).statements == ()

    def test_a_statement_that_covers_this_very_post_holds(self) -> None:
        print_ = fingerprint(self.facts().post, {"foto1": "a" * 64})
        outcome = run(self.facts(attestations={"face-consent-attest": self.given(print_)}))
        assert "face-consent-attest" not in rules_of(outcome)

    def test_a_statement_for_an_earlier_version_is_void(self) -> None:
        print_ = fingerprint(self.facts(captions={"base": "dulu"}).post, {"foto1": "a" * 64})
        outcome = run(self.facts(attestations={"face-consent-attest": self.given(print_)}))
        finding = next(f for f in outcome.findings if f.rule == "face-consent-attest")
        assert "admin" in finding.detail
        statement = next(s for s in outcome.statements if s.rule == "face-consent-attest")
        assert statement.void
        assert statement.is_open

    def test_statements_nobody_asked_for_are_ignored(self) -> None:
        outcome = run(make_facts(make_post(attestations={"child-consent-attest": self.given()})))
        assert outcome.statements == ()


class TestWaivers:
    def test_a_named_waiver_turns_a_block_into_a_note_and_asks_the_head(self) -> None:
        facts = make_facts(make_post(waivers={"field-required": waiver()}), template=EMPTY_TITLE)
        outcome = run(facts)
        assert not outcome.blocked
        assert rules_of(outcome) == ["head-approval-attest", "field-required"]
        note = outcome.findings[-1]
        assert note.severity is Severity.INFO
        assert "Kasubag" in note.detail
        assert "Darurat banjir" in note.detail
        assert outcome.waived[0].finding.severity is Severity.BLOCK

    def test_the_heads_own_waiver_needs_no_further_approval(self) -> None:
        post = make_post(waivers={"field-required": waiver("Kepala")})
        assert run(make_facts(post, template=EMPTY_TITLE)).result == "pass"

    def test_only_the_head_waives_what_an_admin_may_not(self) -> None:
        rules = load_rules()
        strict = rules.rules["field-required"].model_copy(update={"waiver": "head"})
        changed = RuleSet({**rules.rules, "field-required": strict}, rules.editions)
        for role, blocked in (("admin", True), ("kepala", False), ("diskominfotik", False)):
            post = make_post(waivers={"field-required": waiver(role)})
            outcome = run_checks(make_facts(post, template=EMPTY_TITLE), changed)
            assert outcome.blocked is blocked, role

    def test_exempt_information_cannot_be_waived_or_attested(self) -> None:
        post = make_post(
            information_class="dikecualikan",
            waivers={"info-class-attest": waiver("kepala")},
            attestations={"info-class-attest": {"by": "k", "at": NOW}},
        )
        outcome = run(make_facts(post))
        assert outcome.blocked
        assert outcome.waived == ()

    def test_a_waiver_for_nothing_is_ignored(self) -> None:
        outcome = run(make_facts(make_post(waivers={"field-required": waiver()})))
        assert outcome.result == "pass"
        assert outcome.waived == ()


def test_a_word_declared_no_problem_is_passed_over_in_this_post() -> None:
    spec = make_spec(
        "x.post",
        texts={
            "caption": {
                "limit": 280,
                "unit": "code_points",
                "forbidden": ["<"],
                "source": {"sheet": "t", "url": "https://e.org/", "checked": "2026-11-24"},
            }
        },
    )
    facts = {"specs": {"x.post": spec}, "texts": (text("x.post", "a < b", 280),)}
    post = make_post(placements=("x.post",))
    assert rules_of(run(make_facts(post, **facts))) == ["text-forbidden-character"]
    excepted = post.model_copy(update={"exceptions": {"text-forbidden-character": ("<",)}})
    assert rules_of(run(make_facts(excepted, **facts))) == []


def test_personal_data_in_a_message_is_masked() -> None:
    post = make_post(
        media=[{"id": "foto1", "path": "media/7313081208999955.png", "alt": "x", "credit": "x"}]
    )
    outcome = run(make_facts(post, media={"foto1": photo()}))
    (finding,) = outcome.findings
    assert "7313081208999955" not in finding.message
    assert "7313••••••••9955" in finding.message


def test_json_has_the_contracts_shape() -> None:
    document = run(make_facts(template=EMPTY_TITLE)).as_json()
    assert document["schema"] == 1
    assert document["result"] == "needs-fix"
    findings = document["findings"]
    assert isinstance(findings, list)
    assert set(findings[0]) == {
        "rule",
        "severity",
        "message",
        "detail",
        "where",
        "placements",
        "source",
        "fix",
    }
    assert document["not_checked"] == []
