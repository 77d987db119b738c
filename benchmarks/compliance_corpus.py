"""Recall and precision of every rule of texts over the posts of tests/data/compliance.

Prints the table of docs/compliance-rules.md; ``--write`` puts it there between its two marks.
"""

import datetime
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.common import ROOT
from wajo_studio.compliance import check_text
from wajo_studio.compliance.check import text_checks
from wajo_studio.compliance.rules import load_rules
from wajo_studio.domain.finding import Severity

DATA = ROOT / "tests" / "data" / "compliance"
PAGE = ROOT / "docs" / "compliance-rules.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
DAY = datetime.date(2026, 11, 24)
GRAVE = (Severity.BLOCK, Severity.WARN)


@dataclass
class Tally:
    """What was found in one corpus."""

    posts: int = 0
    clean: int = 0
    quiet: int = 0
    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


def tally(name: str) -> Tally:
    """Judge every post of a corpus."""
    result = Tally()
    for post in tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["post"]:
        _count(post, result)
    return result


def _count(post: dict[str, Any], result: Tally) -> None:
    findings = check_text(
        post["text"].strip("\n"),
        post.get("network", "facebook"),
        post.get("today", DAY),
        post.get("settings"),
    )
    expected = set(post["expect"])
    found = {finding.rule for finding in findings}
    grave = {finding.rule for finding in findings if finding.severity in GRAVE}
    wrong = grave - expected - set(post.get("also", ()))
    result.posts += 1
    result.found.update(expected & found)
    result.missed.update(expected - found)
    result.wrong.update(wrong)
    if not expected:
        result.clean += 1
        result.quiet += not wrong


def lines() -> Iterator[str]:
    """The measured part of the page."""
    corpora = {"held out": tally("held-out"), "development": tally("development")}
    yield "| corpus | posts | clean posts without block or warn | faults found |"
    yield "|---|---|---|---|"
    for name, result in corpora.items():
        hits, misses = result.found.total(), result.missed.total()
        yield (
            f"| {name} | {result.posts} | {result.quiet} of {result.clean} | "
            f"{hits} of {hits + misses} |"
        )
    yield ""
    yield "| rule | severity | held out | development | false block or warn | examples |"
    yield "|---|---|---|---|---|---|"
    examples = tomllib.loads((DATA / "rules.toml").read_text(encoding="utf-8"))
    for rule_id, rule in load_rules().rules.items():
        if rule_id not in text_checks():
            continue
        cells = [
            f"{r.found[rule_id]} of {r.found[rule_id] + r.missed[rule_id]}"
            for r in corpora.values()
        ]
        wrong = sum(result.wrong[rule_id] for result in corpora.values())
        entry = examples.get(rule_id)
        near = f"{len(entry['hits'])} + {len(entry['misses'])}" if entry else "unit tests"
        yield f"| `{rule_id}` | {rule.severity} | {cells[0]} | {cells[1]} | {wrong} | {near} |"


def main() -> int:
    measured = "\n".join(lines())
    if "--write" in sys.argv:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        page = f"{before}{BEGIN}\n{measured}\n{END}{rest.split(END)[1]}"
        PAGE.write_text(page, encoding="utf-8")
    else:
        print(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
