"""Every rule of texts: what it must find, and the near misses it must leave alone."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest

from wajo_studio.compliance.check import Hit, text_checks
from wajo_studio.compliance.checktext import subject_of
from wajo_studio.compliance.rules import load_rules
from wajo_studio.compliance.settings import ComplianceSettings
from wajo_studio.i18n import set_language

DAY = datetime.date(2026, 11, 24)
DATA = Path(__file__).resolve().parents[1] / "data" / "compliance" / "rules.toml"
RULES: dict[str, dict[str, list[Any]]] = tomllib.loads(DATA.read_text(encoding="utf-8"))
FEWEST = 3


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule, case, id=f"{rule}-{index}")
        for rule, entry in RULES.items()
        for index, case in enumerate(entry[kind])
    ]


def found(rule: str, case: str | dict[str, Any]) -> list[Hit]:
    """What one rule's check finds; the other rules are not run, there are a thousand cases."""
    given: dict[str, Any] = {"text": case} if isinstance(case, str) else case
    text = given.get("text") or given["repeat"] * given["times"]
    subject = subject_of(
        text,
        given.get("network", "facebook"),
        DAY,
        ComplianceSettings.from_mapping(given.get("settings")),
    )
    hits = list(text_checks()[rule](subject))
    for hit in hits:
        if hit.span is not None:
            start, end = hit.span
            assert 0 <= start < end <= len(text), hit
    return hits


@pytest.mark.parametrize(("rule", "case"), cases("hits"))
def test_found(rule: str, case: str | dict[str, Any]) -> None:
    assert found(rule, case)


@pytest.mark.parametrize(("rule", "case"), cases("misses"))
def test_left_alone(rule: str, case: str | dict[str, Any]) -> None:
    assert not found(rule, case)


TECHNICAL = {"mention-limit", "text-missing", "text-forbidden-character"}
"""Checks of texts beside the catalogue; test_compliance_checktext has their examples."""


def test_every_rule_of_texts_has_examples() -> None:
    assert set(RULES) == text_checks().keys() - TECHNICAL
    few = [r for r, e in RULES.items() if min(len(e["hits"]), len(e["misses"])) < FEWEST]
    assert few == []


@pytest.mark.parametrize("rule", RULES)
def test_its_wording_can_be_filled_in(rule: str) -> None:
    """The message of the rule's data and what the check fills in fit together."""
    data = load_rules().rules[rule]
    for hit in found(rule, RULES[rule]["hits"][0]):
        for language in ("id", "en"):
            set_language(language)
            message = (hit.message or str(data.message or data.title)).format(**hit.params)
            assert "{" not in message
            assert hit.message or data.message, "no wording"
