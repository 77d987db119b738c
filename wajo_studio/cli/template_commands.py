"""``templates list|new|validate|preview``."""

from pathlib import Path

from wajo_studio.cli.output import job, print_findings, print_json, print_table, say
from wajo_studio.i18n import _

DONE, HAS_ERRORS = 0, 1


def run_list(*, as_json: bool) -> int:
    """List the templates."""
    from wajo_studio.artwork.template import list_templates

    templates = list_templates()
    if as_json:
        print_json(
            [
                {
                    "id": template.id,
                    "name": template.name,
                    "pillars": [pillar.value for pillar in template.pillars],
                    "formats": list(template.formats),
                    "fields": [spec.id for spec in template.fields],
                    "slides": template.slides is not None,
                }
                for template in templates
            ]
        )
        return DONE
    rows = [
        (t.id, t.name, ", ".join(t.pillars) or "–", ", ".join(t.formats) or "–") for t in templates
    ]
    columns = (_("Template"), _("Name"), _("Pillars"), _("Formats"))
    print_table(_("Templates"), columns, rows)
    return DONE


def run_validate(template: str, *, as_json: bool) -> int:
    """Check a template in all its formats; 1 when it has errors."""
    from wajo_studio.bootstrap import build
    from wajo_studio.services.template_check import template_folder, validate_template

    studio = build()
    with job(_("Checking the template")) as ctx:
        verdict = validate_template(studio, template_folder(template), ctx)
    if as_json:
        print_json(verdict.as_json())
    else:
        print_findings(verdict.findings)
        sentence = (
            _("The template has errors.") if verdict.has_errors else _("The template is sound.")
        )
        say(sentence)
    return HAS_ERRORS if verdict.has_errors else DONE


def run_new(folder: Path, source: str) -> int:
    """Start a template of one's own as a copy of another."""
    from wajo_studio.services.template_check import copy_template, template_folder

    copy_template(template_folder(source), folder)
    say(_("Made {path}. Change it, then: wajo templates validate {path}").format(path=folder))
    return DONE


def run_preview(template: str, out: Path) -> int:
    """Draw a template's sample in all its formats."""
    from wajo_studio.bootstrap import build
    from wajo_studio.services.template_check import preview_template, template_folder

    studio = build()
    with job(_("Drawing")) as ctx:
        pictures = preview_template(studio, template_folder(template), out, ctx)
    for picture in pictures:
        say(str(picture))
    return DONE
