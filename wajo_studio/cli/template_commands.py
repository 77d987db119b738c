"""``templates list|new|validate|preview|import|export``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from wajo_studio.cli.help_words import Command, Group
from wajo_studio.cli.output import job, print_findings, print_json, print_table, say
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _

DONE, HAS_ERRORS = 0, 1


def template_commands() -> typer.Typer:
    """The group ``templates``."""
    templates = typer.Typer(
        help=_("List, make, check and show templates."),
        no_args_is_help=True,
        rich_markup_mode=None,
        cls=Group,
    )

    @templates.command("list", cls=Command, help=_("List the templates."))
    def list_(as_json: Annotated[bool, _json_option()] = False) -> int:
        return run_list(as_json=as_json)

    @templates.command(
        cls=Command, help=_("Check a template in all its formats; ends in 1 when it has errors.")
    )
    def validate(
        template: Annotated[
            str, typer.Argument(metavar="TEMPLATE", help=_("Id or folder of a template."))
        ],
        look: Annotated[
            list[str] | None,
            typer.Option(
                "--look",
                metavar="ID",
                help=_("Only this look; may be repeated."),
                show_default=False,
            ),
        ] = None,
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        return run_validate(template, look or [], as_json=as_json)

    @templates.command(cls=Command, help=_("Start a template of your own as a copy of another."))
    def new(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("New or empty folder."))],
        source: Annotated[
            str, typer.Option("--from", metavar="TEMPLATE", help=_("Template to start from."))
        ] = "pengumuman-layanan",
    ) -> int:
        return run_new(folder, source)

    @templates.command(cls=Command, help=_("Draw a template's sample in all its formats."))
    def preview(
        template: Annotated[
            str, typer.Argument(metavar="TEMPLATE", help=_("Id or folder of a template."))
        ],
        out: Annotated[
            Path, typer.Option("--out", metavar="DIR", help=_("Folder for the pictures."))
        ],
        look: Annotated[
            str | None,
            typer.Option(
                "--look",
                metavar="ID",
                help=_("The look: resmi, segar, tegas; the brand kit's own unless given."),
                show_default=False,
            ),
        ] = None,
        watch: Annotated[
            bool,
            typer.Option(
                "--watch",
                help=_("Draw anew whenever a file is saved, until Ctrl+C; index.html shows it."),
            ),
        ] = False,
    ) -> int:
        return run_watch(template, out, look) if watch else run_preview(template, out, look)

    @templates.command("export", cls=Command, help=_("Write a template as one .wajotemplate file."))
    def export_(
        template: Annotated[
            str, typer.Argument(metavar="TEMPLATE", help=_("Id or folder of a template."))
        ],
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The file to write."))],
    ) -> int:
        return run_export(template, file)

    @templates.command(
        "import", cls=Command, help=_("Take over a .wajotemplate file among your own templates.")
    )
    def import_(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The file."))],
        force: Annotated[
            bool, typer.Option("--force", help=_("Replace a template of the same id."))
        ] = False,
    ) -> int:
        return run_import(file, force=force)

    return templates


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


def run_validate(template: str, looks: Sequence[str] = (), *, as_json: bool) -> int:
    """Check a template in all its formats and looks; 1 when it has errors."""
    from wajo_studio.artwork.looks import find_look
    from wajo_studio.bootstrap import build
    from wajo_studio.services.template_check import template_folder, validate_template

    studio = build()
    chosen = [find_look(look) for look in looks]
    with job(_("Checking the template")) as ctx:
        verdict = validate_template(studio, template_folder(template), ctx, chosen)
    if as_json:
        print_json(verdict.as_json())
    else:
        print_findings(verdict.findings)
        sentence = (
            _("The template has errors.") if verdict.has_errors else _("The template is sound.")
        )
        for untried in verdict.not_tried:
            say(untried)
        say(sentence)
    return HAS_ERRORS if verdict.has_errors else DONE


def run_new(folder: Path, source: str) -> int:
    """Start a template of one's own as a copy of another."""
    from wajo_studio.services.template_check import copy_template, template_folder

    copy_template(template_folder(source), folder)
    say(_("Made {path}. Change it, then: wajo templates validate {path}").format(path=folder))
    return DONE


def run_preview(template: str, out: Path, look: str | None = None) -> int:
    """Draw a template's sample in all its formats."""
    from wajo_studio.artwork.looks import default_look, find_look
    from wajo_studio.bootstrap import build
    from wajo_studio.services.template_check import preview_template, template_folder

    studio = build()
    folder = template_folder(template)
    chosen = find_look(look) if look else default_look(studio.brand)
    with job(_("Drawing")) as ctx:
        pictures = preview_template(studio, folder, out, ctx, look=chosen)
    for picture in pictures:
        say(str(picture))
    return DONE


def run_watch(template: str, out: Path, look: str | None) -> int:
    """Draw a template anew whenever a file of it is saved."""
    from wajo_studio.artwork.looks import default_look, find_look
    from wajo_studio.bootstrap import build
    from wajo_studio.services.template_check import template_folder
    from wajo_studio.services.template_watch import PAGE, watch_template

    studio = build()
    folder = template_folder(template)
    chosen = find_look(look) if look else default_look(studio.brand)
    say(_("Open {page} in a browser. Ctrl+C ends.").format(page=(out / PAGE).resolve()))

    def told(result: Sequence[Path] | WajoError) -> None:
        if isinstance(result, WajoError):
            say(str(result))
        else:
            say(_("{count} pictures drawn.").format(count=len(result)))

    with job(_("Drawing")) as ctx:
        watch_template(studio, folder, out, chosen, ctx, told)
    return DONE


def run_export(template: str, file: Path) -> int:
    """Write a template as one file."""
    from wajo_studio.services.template_package import export_template

    export_template(template, file)
    say(_("Written: {path}").format(path=file))
    return DONE


def run_import(file: Path, *, force: bool) -> int:
    """Take over a template file."""
    from wajo_studio.bootstrap import build
    from wajo_studio.services.template_package import import_template

    with job(_("Trying the template")) as ctx:
        template = import_template(build(), file, ctx, overwrite=force)
    say(_("Template taken over: {name} ({id}).").format(name=template.name, id=template.id))
    return DONE


def _json_option() -> Any:
    return typer.Option("--json", help=_("Print one JSON document on standard output."))
