"""The text rules on their own: one text, one network, no post."""

import datetime
import logging
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from wajo_studio.compliance.check import MOST_HITS, TextSubject, looks_at, text_checks
from wajo_studio.compliance.findings import finding
from wajo_studio.compliance.rules import load_rules
from wajo_studio.compliance.settings import ComplianceSettings
from wajo_studio.domain.facts import TextPart
from wajo_studio.domain.finding import Finding, Where
from wajo_studio.domain.placement import Network
from wajo_studio.specs.loader import load_specs
from wajo_studio.text import measure

_BODY: dict[Network, tuple[str, TextPart]] = {
    Network.FACEBOOK: ("facebook.feed", "caption"),
    Network.INSTAGRAM: ("instagram.feed", "caption"),
    Network.X: ("x.post", "caption"),
    Network.YOUTUBE: ("youtube.video", "description"),
    Network.TIKTOK: ("tiktok.video", "caption"),
}
"""The text of each network that stands for all of its captions, as ``measure`` counts it."""

_log = logging.getLogger(__name__)


def check_text(
    text: str,
    network: str,
    today: datetime.date,
    settings: Mapping[str, Any] | None = None,
) -> list[Finding]:
    """Judge one text by every rule that needs nothing but the text.

    Args:
        text: as it would be published.
        network: ``facebook``, ``instagram``, ``x``, ``youtube`` or ``tiktok``.
        today: the WITA date.
        settings: may be partial; its lists are added to the built-in ones.

    Returns:
        Findings in the order of the rules; ``where.kind`` is ``caption``, ``where.id`` the
        network, spans are in code points.

    Raises:
        ValueError: the network is unknown.
        InputError: a setting or an office's rule file cannot be used.
    """
    subject = subject_of(text, network, today, ComplianceSettings.from_mapping(settings))
    findings = []
    for rule_id, rule in load_rules().rules.items():
        check = text_checks().get(rule_id)
        if check is None or not rule.enabled or not looks_at(rule_id, subject.part):
            continue
        try:
            hits = list(islice(check(subject), MOST_HITS))
        except Exception:
            # One broken rule must not silence the others; a post's run reports it by name.
            _log.exception("the check of %s broke", rule_id)
            continue
        for hit in hits:
            located = replace(hit, where=Where("caption", subject.network, span=hit.span))
            findings.append(finding(rule_id, rule, located, subject.settings.phone_allow))
    return findings


def subject_of(
    text: str, network: str, today: datetime.date, settings: ComplianceSettings
) -> TextSubject:
    """A text as the body of what a network publishes.

    Raises:
        ValueError: the network is unknown.
    """
    of = Network(network)
    placement, part = _BODY[of]
    spec = load_specs()[placement].texts[part]
    measured = measure(network, text)
    return TextSubject(
        text=text,
        network=of.value,
        part=part,
        length=measured.length,
        limit=measured.limit,
        unit=spec.unit,
        spec=spec,
        today=today,
        settings=settings,
    )
