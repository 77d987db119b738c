"""``media subtitles``: what is said in a clip, written down as an SRT file."""

from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Annotated

import typer

from wajo_studio.cli.help_words import Command
from wajo_studio.cli.output import job, print_json, say
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _, ngettext

DONE = 0


def add_subtitles(media: typer.Typer) -> None:
    """Put the command into its group."""

    @media.command(
        cls=Command,
        help=_(
            "Write down what is said in a clip, offline, with a speech model that is on this PC."
            " Read the result over: names are often misheard."
        ),
    )
    def subtitles(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The clip."))],
        model: Annotated[
            Path,
            typer.Option("--model", metavar="DIR", help=_("Folder of a faster-whisper model.")),
        ],
        out_file: Annotated[
            Path, typer.Option("--out-file", metavar="F", help=_("The SRT file to write."))
        ],
        language: Annotated[
            str, typer.Option("--language", metavar="CODE", help=_("Language spoken in the clip."))
        ] = "id",
        as_json: Annotated[
            bool, typer.Option("--json", help=_("Print one JSON document on standard output."))
        ] = False,
    ) -> int:
        return _run(file, model, out_file, language, as_json=as_json)


def _run(file: Path, model: Path, out_file: Path, language: str, *, as_json: bool) -> int:
    from wajo_studio.bootstrap import build
    from wajo_studio.domain.media import ClipInfo
    from wajo_studio.services.render import POLL_S
    from wajo_studio.services.speech import heard_cues, refuse_target, write_cues

    studio = build()
    refuse_target(out_file)
    info = studio.inspector.inspect(file)
    if not isinstance(info, ClipInfo):
        raise InputError(N_("{file} is no clip; give a video file."), file=file)
    kept_s = (0.0, info.duration_s)
    # The listener runs beside this thread, which stays free to notice a cancel.
    with job(_("Writing subtitles")) as ctx, ThreadPoolExecutor(1, "speech") as pool:
        future = pool.submit(heard_cues, file, info, model, language, kept_s, ctx)
        while not wait([future], POLL_S).done:
            pass
        cues = future.result()
        write_cues(cues, out_file)
    if as_json:
        told = [
            {"start": float(cue.start_s), "end": float(cue.end_s), "text": cue.text} for cue in cues
        ]
        print_json({"schema": 1, "file": str(out_file), "subtitles": told})
        return DONE
    count = len(cues)
    say(
        ngettext(
            "Made {file}: {count} subtitle. Read it over before it is published.",
            "Made {file}: {count} subtitles. Read them over before they are published.",
            count,
        ).format(file=out_file, count=count)
    )
    return DONE
