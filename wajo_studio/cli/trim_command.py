"""``media trim``: a clip cut and brought to a placement's size."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wajo_studio.cli.help_words import Command
from wajo_studio.cli.output import job, print_json, say, say_clip
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _

if TYPE_CHECKING:
    from wajo_studio.services.trimming import Wish

DONE = 0


def add_trim(media: typer.Typer) -> None:
    """Put the command into its group."""

    @media.command(cls=Command, help=_("Cut a clip and bring it to a placement's size."))
    def trim(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The clip."))],
        placement: Annotated[
            str, typer.Option("--placement", metavar="ID", help=_("The placement."))
        ],
        out_file: Annotated[
            Path, typer.Option("--out-file", metavar="F", help=_("The file to write."))
        ],
        start: Annotated[
            str | None,
            typer.Option("--in", metavar="T", help=_("First moment kept, such as 12.4 or 1:05.")),
        ] = None,
        end: Annotated[
            str | None, typer.Option("--out", metavar="T", help=_("Moment no longer kept."))
        ] = None,
        keep: Annotated[
            list[str] | None,
            typer.Option(
                "--keep",
                metavar="T-T",
                help=_("A part kept, such as 3.2-9.0; may be repeated, the parts are joined."),
            ),
        ] = None,
        split: Annotated[
            bool,
            typer.Option(
                "--split",
                help=_("Write several clips, cut at quiet moments, where one would be too long."),
            ),
        ] = False,
        follow: Annotated[
            bool,
            typer.Option(
                "--follow", help=_("Fill the frame and follow faces, or else what moves.")
            ),
        ] = False,
        wind_filter: Annotated[
            bool,
            typer.Option(
                "--wind-filter", help=_("Take the rumble of wind and handling out of the sound.")
            ),
        ] = False,
        as_json: Annotated[
            bool, typer.Option("--json", help=_("Print one JSON document on standard output."))
        ] = False,
    ) -> int:
        from wajo_studio.services.trimming import Wish

        wish = Wish(kept_parts(start, end, keep or []), follow, wind_filter)
        return _run(file, placement, out_file, wish, split=split, as_json=as_json)


def kept_parts(
    start: str | None, end: str | None, keep: list[str]
) -> tuple[tuple[float, float | None], ...]:
    """What the words of ``--in``, ``--out`` and ``--keep`` say, in seconds.

    Raises:
        InputError: one of them is no time, or they contradict each other.
    """
    if not keep:
        first_s = 0.0 if start is None else _seconds("--in", start)
        return ((first_s, None if end is None else _seconds("--out", end)),)
    if start is not None or end is not None:
        raise InputError(N_("--keep stands instead of --in and --out; leave one or the other out."))
    parts = []
    for word in keep:
        first, dash, last = word.partition("-")
        if not dash:
            raise InputError(
                N_('--keep: "{word}" is no part; write where it starts and ends, as 3.2-9.0.'),
                word=word,
            )
        parts.append((_seconds("--keep", first), _seconds("--keep", last)))
    return tuple(parts)


def _seconds(option: str, word: str) -> float:
    from wajo_studio.services.trim_edit import parse_clock

    try:
        return parse_clock(word)
    except InputError:
        raise InputError(
            N_('{option}: "{word}" is no time; write seconds as 12.4 or minutes as 1:05.'),
            option=option,
            word=word,
        ) from None


def _run(
    file: Path, placement: str, out_file: Path, wish: "Wish", *, split: bool, as_json: bool
) -> int:
    from wajo_studio.bootstrap import build
    from wajo_studio.services.trimming import length_note, split_clip, trim_clip

    studio = build()
    with job(_("Trimming")) as ctx:
        if split:
            made = split_clip(studio, file, placement, out_file, wish, ctx)
        else:
            made = [(out_file, trim_clip(studio, file, placement, out_file, wish, ctx))]
    if as_json:
        files = [{"file": str(path), **facts} for path, facts in made]
        print_json({"schema": 1, "parts": files} if split else {"schema": 1, **files[0]})
    for path, facts in made:
        if not as_json:
            say_clip(path, facts)
        note = length_note(studio, placement, facts["duration_s"])
        if note is not None:
            say(note)
    return DONE
