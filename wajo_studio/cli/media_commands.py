"""The commands about single files: ``media probe``, ``trim``, ``story``, ``subtitles``."""

from pathlib import Path
from typing import Annotated

import typer

from wajo_studio.cli.help_words import Command, Group
from wajo_studio.cli.story_command import add_story
from wajo_studio.cli.subtitles_command import add_subtitles
from wajo_studio.cli.trim_command import add_trim
from wajo_studio.i18n import _


def media_commands() -> typer.Typer:
    """The group of commands."""
    media = typer.Typer(
        help=_("Look at and trim photos and clips."),
        no_args_is_help=True,
        rich_markup_mode=None,
        cls=Group,
    )

    @media.command(cls=Command, help=_("Tell what a photo, clip or sound file really is."))
    def probe(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The file."))],
        as_json: Annotated[
            bool, typer.Option("--json", help=_("Print one JSON document on standard output."))
        ] = False,
    ) -> int:
        from wajo_studio.cli.probe_command import run_probe

        return run_probe(file, as_json=as_json)

    add_trim(media)
    add_story(media)
    add_subtitles(media)
    return media
