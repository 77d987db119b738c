"""Every command with its arguments. Each one imports its work only when it runs."""

from pathlib import Path
from typing import Annotated, Any

import typer

from wajo_studio.cli.account_commands import account_commands
from wajo_studio.cli.batch_command import add_batch
from wajo_studio.cli.brand_commands import brand_commands
from wajo_studio.cli.help_words import Command, Group
from wajo_studio.cli.media_commands import media_commands
from wajo_studio.cli.pack_commands import pack_commands
from wajo_studio.cli.publish_commands import add_publish, queue_commands
from wajo_studio.cli.template_commands import template_commands
from wajo_studio.i18n import _


def build_command() -> Any:
    """The whole command line, with help in the language in force."""
    app = typer.Typer(
        name="wajo",
        help=_(
            "From a few words, photos and clips to checked, publishable files for Facebook, "
            "Instagram, X, YouTube and TikTok. Without arguments the window opens. "
            "--lang id|en chooses the language."
        ),
        no_args_is_help=True,
        add_completion=False,
        context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain pages: Rich alone would cost half a second
        cls=Group,
    )

    @app.callback()
    def whole(
        version: Annotated[
            bool,
            typer.Option(
                "--version", help=_("Tell the version."), is_eager=True, callback=_tell_version
            ),
        ] = False,
    ) -> None:
        del version  # its callback has ended the program

    _add_post_commands(app)
    add_publish(app)
    app.add_typer(queue_commands(), name="queue")
    app.add_typer(account_commands(), name="accounts")
    _add_lists(app)
    app.add_typer(media_commands(), name="media")
    app.add_typer(template_commands(), name="templates")
    app.add_typer(brand_commands(), name="brand")
    app.add_typer(pack_commands(), name="pack")
    add_batch(app)
    return typer.main.get_command(app)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from wajo_studio import version

        typer.echo(f"Wajo Studio {version()}")
        raise typer.Exit


def _post_argument() -> Any:
    return typer.Argument(
        metavar="POST",
        help=_("The post: a folder, a post.toml or a .wajo file."),
        show_default=False,
    )


def _placement_option() -> Any:
    return typer.Option(
        "--placement",
        metavar="ID",
        help=_("Only this placement; may be repeated."),
        show_default=False,
    )


def _now_option() -> Any:
    return typer.Option(
        "--now",
        metavar="TIME",
        help=_("Take this as the present time (ISO 8601, WITA without zone)."),
        show_default=False,
    )


def _json_option() -> Any:
    return typer.Option("--json", help=_("Print one JSON document on standard output."))


def _add_post_commands(app: typer.Typer) -> None:
    @app.command(
        cls=Command, help=_("Export the sample post to every placement and show what was made.")
    )
    def demo(
        out: Annotated[
            Path, typer.Option("--out", metavar="DIR", help=_("Folder to write."))
        ] = Path("wajo-demo"),
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        from wajo_studio.cli.post_commands import run_demo

        return run_demo(out, as_json=as_json)

    @app.command(
        cls=Command, help=_("Make a new post folder with a template's sample texts and pictures.")
    )
    def new(
        template: Annotated[
            str, typer.Argument(metavar="TEMPLATE", help=_("Id of a template, see templates list."))
        ],
        folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("New or empty folder."))],
    ) -> int:
        from wajo_studio.cli.post_commands import run_new

        return run_new(template, folder)

    @app.command(
        cls=Command, help=_("Render all files and captions of a post, checked, into a folder.")
    )
    def export(
        post: Annotated[Path, _post_argument()],
        out: Annotated[
            Path,
            typer.Option(
                "--out",
                metavar="DIR",
                help=_("Folder to write: new, empty, or an earlier export, which is replaced."),
                show_default=False,
            ),
        ],
        placement: Annotated[list[str] | None, _placement_option()] = None,
        now: Annotated[str | None, _now_option()] = None,
        as_json: Annotated[bool, _json_option()] = False,
        force: Annotated[
            bool, typer.Option("--force", help=_("Export in spite of findings that block."))
        ] = False,
    ) -> int:
        from wajo_studio.cli.post_commands import run_export

        return run_export(post, out, placement or [], now, as_json=as_json, force=force)

    @app.command(cls=Command, help=_("Check a post and show the findings."))
    def check(
        post: Annotated[Path, _post_argument()],
        placement: Annotated[list[str] | None, _placement_option()] = None,
        now: Annotated[str | None, _now_option()] = None,
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        from wajo_studio.cli.post_commands import run_check

        return run_check(post, placement or [], now, as_json=as_json)


def _add_lists(app: typer.Typer) -> None:
    @app.command(cls=Command, help=_("List the placements and what each of them takes."))
    def placements(as_json: Annotated[bool, _json_option()] = False) -> int:
        from wajo_studio.cli.list_commands import run_placements

        return run_placements(as_json=as_json)

    @app.command(cls=Command, help=_("Tell versions, fonts, encoders, keyring, disk and folders."))
    def doctor(as_json: Annotated[bool, _json_option()] = False) -> int:
        from wajo_studio.cli.list_commands import run_doctor

        return run_doctor(as_json=as_json)
