"""Statements that words call for, and which of a post's texts the rules look at."""

from typing import Any

import pytest

from tests.unit.compliance_facts import NOW, clip, make_facts, make_post, photo
from wajo_studio.compliance.facts import Cue, FieldFact, PostFacts, TemplateFacts
from wajo_studio.compliance.outcome import CheckResult
from wajo_studio.compliance.rules import load_rules
from wajo_studio.compliance.runner import run_checks
from wajo_studio.compliance.settings import ComplianceSettings
from wajo_studio.domain.facts import TextFact
from wajo_studio.domain.finding import Finding, Severity

PHOTO = {"id": "foto1", "path": "media/a.jpg", "consent": True, "credit": "Dok.", "alt": "Danau"}
NIK = "7313064903849938"


def caption(text: str, placement: str = "x.post", key: str = "base") -> TextFact:
    return TextFact(placement, "caption", key, text, len(text), 5_000, "code_points")


def facts_of(text: str, *, with_photo: bool = True, **changes: Any) -> PostFacts:
    post_changes = changes.pop("post", {})
    media = [PHOTO] if with_photo else []
    post = make_post(placements=("x.post",), **{"media": media, **post_changes})
    given: dict[str, Any] = {"texts": (caption(text),)}
    if with_photo:
        given |= {"media": {"foto1": photo()}, "uses": {"foto1": ("x.post",)}}
    return make_facts(post, **{**given, **changes})


def run(facts: PostFacts) -> CheckResult:
    return run_checks(facts, load_rules())


def asked(outcome: CheckResult) -> set[str]:
    return {statement.rule for statement in outcome.statements}


def findings(outcome: CheckResult, rule: str) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Siswa SD menari di lapangan.", "child-consent-attest"),
        ("Bantuan sosial diserahkan kepada lansia.", "graphic-content-attest"),
        ("Pengibaran bendera di Lapangan Merdeka.", "state-symbol-attest"),
    ],
)
def test_words_call_for_a_statement_about_pictures(text: str, rule: str) -> None:
    assert rule in asked(run(facts_of(text)))
    assert rule not in asked(run(facts_of(text, with_photo=False)))
    assert rule not in asked(run(facts_of("Pasar Tempe ramai pagi ini.")))


def test_a_plain_photo_with_consent_and_credit_asks_nothing() -> None:
    assert run(facts_of("Pasar Tempe ramai pagi ini.")).result == "pass"


def test_hand_signs_are_asked_about_in_a_window_only() -> None:
    assert "election-gesture-attest" not in asked(run(facts_of("Pasar Tempe.")))
    window = ComplianceSettings(election=True)
    assert "election-gesture-attest" in asked(run(facts_of("Pasar Tempe.", settings=window)))


@pytest.mark.parametrize(
    ("text", "options", "asks"),
    [
        ("Pasar Tempe.", {}, True),
        ("Pasar Tempe. Ilustrasi dibuat dengan AI.", {}, False),
        ("Pasar Tempe.", {"x": {"ai_generated": True}}, False),
        ("Pasar Tempe.", {"x": {"ai_generated": False}}, False),
    ],
)
def test_an_illustration_asks_for_its_label(text: str, options: dict[str, Any], asks: bool) -> None:
    picture = {**PHOTO, "credit": "Ilustrasi: Bidang Humas"}
    facts = facts_of(text, post={"media": [picture], "options": options})
    assert ("ai-label-attest" in asked(run(facts))) is asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ('"Rawat bersama pompa ini," kata Bupati Wajo.', True),
        ("Perbup tentang parkir mulai berlaku 1 Januari 2027.", True),
        ("Bupati Wajo membuka pameran.", False),
        ("Tarif lama masih dipakai menurut perda.", False),
    ],
)
def test_the_head_approves_the_regents_words_and_new_rules(text: str, asks: bool) -> None:
    assert ("head-approval-attest" in asked(run(facts_of(text)))) is asks


def test_naming_a_person_in_an_election_window_needs_the_head() -> None:
    text = "Program seragam gratis Andi Rosman sampai di Kecamatan Bola."
    assert "head-approval-attest" not in asked(run(facts_of(text)))
    window = ComplianceSettings(election=True)
    assert "head-approval-attest" in asked(run(facts_of(text, settings=window)))


def test_the_heads_approval_lets_a_crisis_post_pass() -> None:
    text = "Banjir merendam 20 rumah. Sumber: BPBD."
    blocked = run(facts_of(text, with_photo=False))
    assert blocked.blocked
    assert [f.severity for f in findings(blocked, "crisis-head-approval")] == [Severity.BLOCK]
    given = {"head-approval-attest": {"by": "Kepala", "at": NOW, "role": "kepala"}}
    passed = run(facts_of(text, with_photo=False, post={"attestations": given}))
    assert not passed.blocked


class TestWhereTextsStand:
    def test_a_field_is_judged_and_its_draft_does_not_repeat_it(self) -> None:
        template = TemplateFacts("t", "T", (FieldFact("isi", "Isi", True, True),))
        facts = facts_of(
            "",
            with_photo=False,
            template=template,
            texts=(caption(f"Umum. NIK {NIK}", key="draft"),),
            post={"fields": {"isi": f"NIK {NIK}", "lain": f"NIK {NIK}"}},
        )
        found = findings(run(facts), "pii-nik")
        assert [(f.where.kind, f.where.id, f.where.span) for f in found] == [
            ("field", "isi", (4, 20))
        ]
        assert NIK not in str(found[0].as_json())

    def test_a_list_field_is_judged_without_a_span(self) -> None:
        template = TemplateFacts("t", "T", (FieldFact("tips", "Tips", True, True),))
        fields = {"tips": [["Kuras bak", "Hubungi 0812-0000-1101"]]}
        facts = facts_of("", with_photo=False, template=template, post={"fields": fields})
        (found,) = findings(run(facts), "pii-phone-personal")
        assert (found.where.kind, found.where.id, found.where.span) == ("field", "tips", None)

    def test_subtitles_are_judged_with_their_time(self) -> None:
        media = [{"id": "klip1", "path": "media/a.mp4", "consent": True}]
        cues = (Cue(0.0, 2.0, "Selamat pagi"), Cue(2.0, 4.5, f"NIK saya {NIK}"))
        facts = facts_of(
            "Pasar.",
            with_photo=False,
            post={"media": media},
            media={"klip1": clip()},
            uses={"klip1": ("x.post",)},
            subtitles={"klip1": cues},
        )
        (found,) = findings(run(facts), "pii-nik")
        assert (found.where.kind, found.where.id, found.where.time) == (
            "media",
            "klip1",
            (2.0, 4.5),
        )
        assert found.placements == ("x.post",)

    def test_file_names_and_credits_are_judged_for_personal_data_only(self) -> None:
        picture = {**PHOTO, "path": f"media/{NIK}.jpg", "credit": "aktifitas WA 0812-0000-1101"}
        outcome = run(facts_of("Pasar.", post={"media": [picture]}))
        assert findings(outcome, "pii-nik")
        assert findings(outcome, "pii-phone-personal")
        assert not findings(outcome, "spelling-nonstandard")

    def test_a_first_comment_is_judged(self) -> None:
        options = {"x": {"first_comment": "Daftar di bit.ly/wajo"}}
        (found,) = findings(run(facts_of("Pasar.", post={"options": options})), "link-shortener")
        assert (found.where.kind, found.where.id) == ("post", "options.x.first_comment")
        assert found.where.span == (10, 21)

    def test_an_exception_for_this_post_silences_these_words_only(self) -> None:
        text = "Kerjasama dan aktifitas warga."
        post = {"exceptions": {"spelling-nonstandard": ["kerjasama"]}}
        found = findings(run(facts_of(text, post=post)), "spelling-nonstandard")
        assert [f.replacement for f in found] == ["aktivitas"]
