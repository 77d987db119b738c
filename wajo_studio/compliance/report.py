"""report.html: the checklist of one post as one self-contained page, for people and the archive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from wajo_studio.compliance.masking import mask
from wajo_studio.compliance.outcome import CheckResult, Result
from wajo_studio.compliance.rules import RuleSet
from wajo_studio.domain.brand import Agency, Palette
from wajo_studio.domain.facts import TextPart
from wajo_studio.domain.finding import Finding, Severity, Where
from wajo_studio.domain.post import InformationClass, Pillar, Post
from wajo_studio.i18n import (
    N_,
    _,
    format_bytes,
    format_datetime,
    format_number,
    language,
    ngettext,
)

_TEMPLATE = "report.html.j2"

_VERDICTS: dict[Result, str] = {
    "pass": N_("Passed"),
    "needs-fix": N_("Needs fixing"),
    "needs-approval": N_("Waiting for statements"),
}
_GROUPS: dict[Severity, str] = {
    Severity.BLOCK: N_("Must be fixed"),
    Severity.WARN: N_("Should be looked at"),
    Severity.INFO: N_("For your information"),
}
_PARTS: dict[TextPart, str] = {
    "caption": N_("Caption"),
    "title": N_("Title"),
    "description": N_("Description"),
    "tags": N_("Tags"),
}
_PILLARS: dict[Pillar, str] = {
    Pillar.PUBLIC_SERVICE: N_("Public service"),
    Pillar.GOVERNMENT_ACTIVITY: N_("Government activity"),
    Pillar.ACHIEVEMENT: N_("Achievement and innovation"),
    Pillar.EDUCATION: N_("Education"),
    Pillar.CRISIS: N_("Clarification or crisis"),
}
_CLASSES: dict[InformationClass, str] = {
    InformationClass.PERIODIC: N_("Published regularly"),
    InformationClass.IMMEDIATE: N_("Published at once"),
    InformationClass.ANY_TIME: N_("Available at any time"),
    InformationClass.EXEMPT: N_("Exempt, not to be published"),
}


@dataclass(frozen=True)
class ReportFile:
    """One file of the result.

    Attributes:
        path: inside the export folder, with forward slashes.
        placements: ids of the placements that get it.
        duration_s: of a clip; None for a picture.
        thumbnail: a ``data:image/…`` address, at most some 240 px wide; empty for none.
    """

    path: str
    placements: tuple[str, ...]
    kind: Literal["image", "video"]
    role: Literal["item", "cover"]
    width: int
    height: int
    size_bytes: int
    sha256: str
    duration_s: float | None = None
    thumbnail: str = ""

    def __post_init__(self) -> None:
        if self.thumbnail and not self.thumbnail.startswith("data:image/"):
            raise ValueError("a thumbnail must be a data address; the page loads nothing else")


@dataclass(frozen=True)
class ReportText:
    """One text as it is published; several placements may share it."""

    placements: tuple[str, ...]
    part: TextPart
    text: str
    length: int
    limit: int
    unit: str


@dataclass(frozen=True)
class ReportContext:
    """Everything the page tells.

    Attributes:
        government: name of the regency's government, from the brand kit.
        labels: names of the placements on screen, by id, in the order they are listed.
        made_at: moment of the export or check, with zone.
        fingerprint: of the post's content, as statements cover it.
        official_numbers: telephone numbers left readable, as bare digits with leading 0.
        forced: the export was made in spite of blocking findings.
        program: name and version of the program.
    """

    government: str
    agency: Agency
    palette: Palette
    post: Post
    template_name: str
    labels: Mapping[str, str]
    made_at: datetime
    check: CheckResult
    rules: RuleSet
    files: tuple[ReportFile, ...] = ()
    texts: tuple[ReportText, ...] = ()
    fingerprint: str = ""
    official_numbers: frozenset[str] = field(default_factory=frozenset)
    forced: bool = False
    program: str = "Wajo Studio"


def render_report(context: ReportContext) -> str:
    """The page as HTML: no script, no outside address, prints on A4 and F4.

    Args:
        context: what was checked and made.

    Returns:
        A complete document in the language in force; personal data in texts is masked.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=_, ngettext=ngettext, language=language(), where=partial(_where, context)
    )
    environment.filters.update(
        number=format_number,
        bytes=format_bytes,
        moment=format_datetime,
        seconds=lambda value: format_number(value, 2),
        masked=partial(mask, allowed_numbers=context.official_numbers),
        labels=lambda ids: [context.labels.get(id_, id_) for id_ in ids],
    )
    return (
        environment.get_template(_TEMPLATE)
        .render(
            c=context,
            p=context.palette,
            verdict=_(_VERDICTS[context.check.result]),
            summary=_summary(context.check),
            groups=list(_groups(context)),
            parts={part: _(name) for part, name in _PARTS.items()},
            pillar=_(_PILLARS[context.post.pillar]) if context.post.pillar else "–",
            information_class=(
                _(_CLASSES[context.post.information_class])
                if context.post.information_class
                else "–"
            ),
        )
        .lstrip()
    )


def _groups(context: ReportContext) -> Iterator[tuple[Severity, str, list[Finding]]]:
    """Findings by severity, gravest first.

    Statements and waived findings have sections of their own.
    """
    waived = {(w.finding.rule, w.finding.where, w.finding.message) for w in context.check.waived}
    for severity, title in _GROUPS.items():
        found = [
            f
            for f in context.check.findings
            if f.severity is severity and (f.rule, f.where, f.message) not in waived
        ]
        if found:
            yield severity, _(title), found


def _summary(check: CheckResult) -> str:
    blocking = sum(f.severity is Severity.BLOCK for f in check.findings)
    waiting = sum(statement.is_open for statement in check.statements)
    if blocking:
        return ngettext(
            "{count} finding must be fixed before this post may be published.",
            "{count} findings must be fixed before this post may be published.",
            blocking,
        ).format(count=blocking)
    if waiting:
        return ngettext(
            "{count} statement has to be given before this post is published.",
            "{count} statements have to be given before this post is published.",
            waiting,
        ).format(count=waiting)
    if check.result == "needs-approval":
        return _("A check could not be done; somebody has to look at that point.")
    return _("Nothing stands in the way of publishing.")


def _where(context: ReportContext, where: Where) -> str:
    """The place of a finding in words; empty for the post as a whole."""
    name = where.id
    if where.kind == "media" and name.endswith(".alt"):
        return _("Alternative text of {media}").format(media=name.removesuffix(".alt"))
    if where.kind == "caption" and name == "alt":
        return _("Alternative text of the artwork")
    words = {
        "field": N_("Field {name}"),
        "caption": N_("Text {name}"),
        "media": N_("Medium {name}"),
        "artwork": N_("Artwork for {name}"),
        "video": N_("Video for {name}"),
    }
    if where.kind not in words:
        return ""
    place = _(words[where.kind]).format(name=context.labels.get(name, name))
    if where.time:
        start, end = (format_number(moment, 1) for moment in where.time)
        return _("{place}, second {start} to {end}").format(place=place, start=start, end=end)
    return place
