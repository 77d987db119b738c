"""From what a check found to the finding that people and programs read."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from wajo_studio.compliance.check import Hit
from wajo_studio.compliance.masking import mask
from wajo_studio.compliance.rules import Rule
from wajo_studio.domain.finding import Finding, Where
from wajo_studio.domain.placement import PLACEMENTS

_WHOLE_POST = Where("post", "")


def finding(rule_id: str, rule: Rule, hit: Hit, official_numbers: Collection[str]) -> Finding:
    """The finding of a hit: the rule's data filled in, personal data masked.

    Args:
        rule_id: id of the rule.
        rule: its data.
        hit: what the check found.
        official_numbers: telephone numbers that stay readable, bare digits with leading 0.
    """
    params = {
        name: mask(value, official_numbers) if isinstance(value, str) else value
        for name, value in hit.params.items()
    }
    detail = (hit.detail.format(**params), str(rule.why))
    return Finding(
        rule=rule_id,
        severity=hit.severity or rule.severity,
        message=(hit.message or str(rule.message or rule.title)).format(**params),
        where=hit.where or _WHOLE_POST,
        detail=" ".join(filter(None, detail)),
        placements=hit.placements,
        source=hit.source or str(rule.source),
        fix=str(rule.fix) if rule.fix else None,
        replacement=hit.replacement,
    )


def merged(found: Iterable[tuple[Finding, bool]]) -> list[tuple[Finding, bool]]:
    """One finding for the same fault of the same thing in several placements.

    Args:
        found: findings, each with whether it may be waived.
    """
    groups: dict[Finding, tuple[set[str], bool]] = {}
    for one, waivable in found:
        key = replace(one, placements=())
        placements, all_waivable = groups.get(key, (set(), True))
        groups[key] = (placements | set(one.placements), all_waivable and waivable)
    return [
        (replace(key, placements=tuple(p for p in PLACEMENTS if p in placements)), waivable)
        for key, (placements, waivable) in groups.items()
    ]
