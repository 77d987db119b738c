"""Checking, showing and copying templates."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from wajo_studio import atomic
from wajo_studio.artwork.looks import load_looks
from wajo_studio.artwork.template import Template, find_template, load_template
from wajo_studio.compliance.facts import FieldFact, PaintedArtwork, PostFacts, TemplateFacts
from wajo_studio.compliance.rules import load_rules
from wajo_studio.compliance.runner import run_checks
from wajo_studio.domain.facts import ArtworkFacts
from wajo_studio.domain.finding import Finding, Severity, Where
from wajo_studio.domain.look import Look
from wajo_studio.domain.post import SCHEMA, Post
from wajo_studio.errors import InputError, TemplateError, disk_error
from wajo_studio.i18n import N_, WITA, _
from wajo_studio.progress import JobContext
from wajo_studio.services.render import run_parallel
from wajo_studio.services.studio import Studio
from wajo_studio.services.template_paintings import Painting, paintings, trial_paintings
from wajo_studio.services.template_samples import (
    LENGTHS,
    MARKUP,
    STRANGE,
    can_draw_lontara,
    sample_content,
)

BROKEN = "template-error"
"""Rule id of what makes a template unusable."""

NO_DRAFT = "template-draft-missing"
"""Rule id of a caption draft that the template lacks."""

UNLOCKED = "template-unlocked"
"""Rule id of a layout in which a field can change what is not its own."""

ARTWORK_RULES = (
    "fit-overflow",
    "glyph-missing",
    "img-contrast-low",
    "img-text-small",
    "img-text-ui-zone",
)
"""The rules that judge a template by its pictures alone."""

_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=WITA)


@dataclass(frozen=True)
class Verdict:
    """What validating a template found."""

    template: str
    findings: tuple[Finding, ...]
    pictures: int
    not_tried: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether anything found would block an export."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """The document of ``templates validate --json``."""
        return {
            "schema": 1,
            "template": self.template,
            "result": "needs-fix" if self.has_errors else "pass",
            "pictures": self.pictures,
            "not_tried": list(self.not_tried),
            "findings": [finding.as_json() for finding in self.findings],
        }


def template_folder(named: str) -> Path:
    """The folder of a template that was named by id or by folder.

    Raises:
        InputError: there is neither.
    """
    folder = Path(named)
    is_path = len(folder.parts) > 1 or folder.is_absolute()
    if folder.is_dir() and (is_path or (folder / "template.toml").exists()):
        return folder
    if is_path:
        raise InputError(N_("The template folder {folder} does not exist."), folder=folder)
    try:
        return find_template(named).folder
    except TemplateError as error:
        if error.code == "template.unknown":
            raise
        # A broken template is to be reported by the validator, not to stop it.
        from wajo_studio.paths import templates_dir, user_templates_dir

        own = user_templates_dir() / named
        return own if own.is_dir() else templates_dir() / named


def validate_template(
    studio: Studio, folder: Path, ctx: JobContext, looks: Sequence[Look] = ()
) -> Verdict:
    """Paint a template in all formats, looks and kinds of content, and judge it.

    Args:
        studio: the program's parts.
        folder: of the template.
        ctx: progress and cancel.
        looks: the looks to try; every one unless given.
    """
    try:
        template = load_template(folder)
        requests = [
            painting
            for look in looks or load_looks().values()
            for painting in trial_paintings(studio, template, look)
        ]
        tasks = [partial(_judge, request) for request in requests]
        judged = run_parallel(tasks, ctx) if tasks else []
        drafts = _broken_drafts(studio, template)
        unlocked = list(_unlocked(studio, template))
    except TemplateError as error:
        return Verdict(folder.resolve().name, (_broken(str(error)),), 0)
    findings = [
        finding
        for painting, facts in zip(requests, judged, strict=True)
        for finding in _findings(facts, template, painting)
    ]
    told = (*missing_drafts(template), *unlocked, *drafts, *_worst_first(findings))
    return Verdict(template.id, told, len(judged), not_tried(studio))


def not_tried(studio: Studio) -> tuple[str, ...]:
    """What could not be tried on this PC, one sentence each, translated."""
    if can_draw_lontara(studio.brand):
        return ()
    return (_("Lontara letters were not tried: this PC has no font that draws them."),)


def _judge(painting: Painting) -> ArtworkFacts:
    from wajo_studio.artwork.inspect import inspect

    return inspect(painting.request)


def _findings(facts: ArtworkFacts, template: Template, painting: Painting) -> Iterator[Finding]:
    """The facts as findings, with the case named in which they were seen."""
    request, content = painting.request, painting.content
    post = Post.model_validate(
        {
            "schema": SCHEMA,
            "name": template.name,
            "agency": content.agency.id,
            "template": template.id,
            "placements": ["instagram.feed"],
        }
    )
    labels = tuple(FieldFact(f.id, f.label, False, True) for f in template.fields)
    post_facts = PostFacts(
        post=post,
        agency=content.agency,
        template=TemplateFacts(template.id, template.name, labels),
        specs={},
        now=_ANY_MOMENT,
        artworks=(PaintedArtwork(("instagram.feed",), request.slide_index + 1, facts),),
    )
    rules = load_rules()
    chosen = {rule: rules.rules[rule] for rule in ARTWORK_RULES}
    case = f"{request.format}, {request.brand.look}, {content.length}, {request.slide_index + 1}"
    if not request.safe_zone.is_empty:
        zone = request.safe_zone
        case += f" ({zone.top}/{zone.bottom}/{zone.left}/{zone.right})"
    for finding in run_checks(post_facts, replace(rules, rules=chosen)).findings:
        yield replace(
            finding,
            detail=f"{case}. {finding.detail}".strip(),
            where=replace(finding.where, id=request.format),
            placements=(),
        )


def _unlocked(studio: Studio, template: Template) -> Iterator[Finding]:
    """A finding for each layout that lets a field's text act as HTML (``| safe``).

    A post could then change the parts that are not its own, the name of the agency above all.
    """
    from wajo_studio.artwork.layout import compose

    seen = set()
    for painting in paintings(studio, template, ["markup"]):
        page = compose(painting.request)
        if MARKUP[: MARKUP.index("{")] in page.html and page.file not in seen:
            seen.add(page.file)
            message = _(
                "{file} shows a field without escaping it, so a post could change locked parts; "
                "take the filter safe away from the field."
            ).format(file=page.file)
            yield Finding(UNLOCKED, Severity.BLOCK, message, Where("artwork", "template"))


def missing_drafts(template: Template) -> list[Finding]:
    """A finding for each caption draft that every network needs and the template lacks."""
    if not template.has_artwork:
        return []
    wanted = {"base": _("the caption"), "youtube.title": _("the title"), "alt": _("the alt text")}
    found = []
    for key, name in wanted.items():
        if key not in template.draft_keys:
            file = f"captions/{key}.txt.j2"
            message = _("The template has no draft of {part}; add {file}.").format(
                part=name, file=file
            )
            found.append(Finding(NO_DRAFT, Severity.WARN, message, Where("artwork", "template")))
    return found


def _broken_drafts(studio: Studio, template: Template) -> list[Finding]:
    """Every caption draft that cannot be rendered with the sample."""
    from wajo_studio.artwork.drafts import draft

    found = []
    for length in (*LENGTHS, *STRANGE):
        content = sample_content(template, length)
        for key in template.draft_keys:
            try:
                draft(template, (key,), content.draft_context(studio.brand))
            except TemplateError as error:
                found.append(_broken(str(error)))
    return list(dict.fromkeys(found))


def _broken(message: str) -> Finding:
    return Finding(BROKEN, Severity.BLOCK, message, Where("artwork", "template"))


def _worst_first(findings: Sequence[Finding]) -> list[Finding]:
    order = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.ATTEST: 2, Severity.INFO: 3}
    return sorted(findings, key=lambda finding: order[finding.severity])


def preview_template(
    studio: Studio,
    folder: Path,
    out: Path,
    ctx: JobContext,
    lengths: Sequence[str] = ("sample",),
    look: Look | None = None,
) -> list[Path]:
    """Draw a template's sample in all its formats as PNG files.

    Args:
        studio: the program's parts.
        folder: of the template.
        out: folder for the pictures.
        ctx: progress and cancel.
        lengths: which contents.
        look: the look; the default one unless given.

    Raises:
        TemplateError: the template is broken.
        DiskError: the folder cannot be written.
    """
    from wajo_studio.artwork.paint import paint

    template = load_template(folder)
    try:
        out.mkdir(parents=True, exist_ok=True)
        pictures = []
        todo = list(paintings(studio, template, lengths, look))
        for number, painting in enumerate(todo):
            ctx.check()
            ctx.report(number / len(todo), painting.request.format)
            request = painting.request
            shape = request.format.replace(":", "x")
            name = f"{template.id}-{painting.content.length}-{shape}-{request.slide_index + 1}.png"
            paint(request).to_pil().save(out / name)
            pictures.append(out / name)
    except OSError as error:
        raise disk_error(error, out) from error
    return pictures


def copy_template(source: Path, target: Path) -> None:
    """Start a template as a copy of another; its id becomes the folder's name.

    Raises:
        InputError: ``target`` holds something, or its name cannot be an id.
        DiskError: the folder cannot be written.
    """
    import re

    template = load_template(source)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            N_("{path} is not empty; name a new or empty folder for the template."), path=target
        )
    new_id = target.resolve().name
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", new_id):
        raise InputError(
            N_(
                "{name} cannot be the id of a template; "
                "use a folder name of lower-case letters, digits and hyphens."
            ),
            name=new_id,
        )
    try:
        shutil.copytree(source, target, dirs_exist_ok=True)
        manifest = target / "template.toml"
        text = manifest.read_text(encoding="utf-8")
        pattern = rf'^id\s*=\s*"{re.escape(template.id)}"'
        atomic.write_text(manifest, re.sub(pattern, f'id = "{new_id}"', text, flags=re.MULTILINE))
    except OSError as error:
        raise disk_error(error, target) from error
