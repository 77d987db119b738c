"""What may be seen in a picture, said by hand, for tests of what is made of it."""

from collections.abc import Sequence
from typing import Any

from tests.unit.compliance_facts import clip, make_facts, make_post, photo
from wajo_studio.compliance.facts import PostFacts
from wajo_studio.compliance.looks import Looks
from wajo_studio.compliance.outcome import CheckResult
from wajo_studio.compliance.rules import load_rules
from wajo_studio.compliance.runner import run_checks
from wajo_studio.domain.facts import TextFact
from wajo_studio.domain.finding import Finding
from wajo_studio.domain.geometry import Box, PixelSize
from wajo_studio.domain.seen import ClipSeen, PictureSeen, SeenLine

SIZE = PixelSize(1080, 1350)
NIK = "7313010104719992"
CARD_LINES = (
    "PROVINSI SULAWESI SELATAN",
    f"NIK : {NIK}",
    "Tempat/Tgl Lahir : SENGKANG, 12-08-1990",
    "Gol. Darah : O",
    "Berlaku Hingga : SEUMUR HIDUP",
)


def lines(*texts: str, score: float = 0.98, height: float = 0.03) -> tuple[SeenLine, ...]:
    """Lines under each other, each a tenth of the picture further down."""
    return tuple(
        SeenLine(text, Box(0.1, 0.05 + 0.1 * row, 0.5, height), score, height, row)
        for row, text in enumerate(texts)
    )


def picture(*texts: str, **changes: Any) -> PictureSeen:
    """A picture with these lines."""
    return PictureSeen(**{"size": SIZE, "lines": lines(*texts), **changes})


def facts_of(
    seen: PictureSeen | ClipSeen | None,
    caption: str = "Pelayanan di kantor desa berjalan lancar.",
    item: dict[str, Any] | None = None,
    looks: dict[str, Any] | None = None,
    **changes: Any,
) -> PostFacts:
    """A post with one photo or clip that was looked at."""
    is_clip = isinstance(seen, ClipSeen)
    media = {"id": "foto1", "path": "media/a.jpg", "credit": "Dok.", "alt": "Suasana kantor desa"}
    post = make_post(placements=("x.post",), media=[{**media, **(item or {})}], **changes)
    known: dict[str, Any] = {"clips" if is_clip else "pictures": {"foto1": seen} if seen else {}}
    text = TextFact("x.post", "caption", "base", caption, len(caption), 5_000, "code_points")
    return make_facts(
        post,
        texts=(text,),
        media={"foto1": clip() if is_clip else photo()},
        uses={"foto1": ("x.post",)},
        looks=Looks(**{**known, **(looks or {})}),
    )


def run(facts: PostFacts) -> CheckResult:
    """Judge a post."""
    return run_checks(facts, load_rules())


def found(outcome: CheckResult | PostFacts, rule: str) -> list[Finding]:
    """The findings of one rule."""
    result = outcome if isinstance(outcome, CheckResult) else run(outcome)
    return [finding for finding in result.findings if finding.rule == rule]


def rules_of(findings: Sequence[Finding]) -> set[str]:
    """Their rules."""
    return {finding.rule for finding in findings}
