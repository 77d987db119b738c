"""``media story``: a clip from photos."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from wajo_studio.cli.help_words import Command
from wajo_studio.cli.output import job, print_json, say, say_clip
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _, format_number

if TYPE_CHECKING:
    from wajo_studio.domain.media import Reframe

DONE = 0
_FIND = "auto"
_USUAL_S = 4.0


def add_story(media: typer.Typer) -> None:
    """Put the command into its group."""

    @media.command(
        cls=Command,
        help=_(
            "Make a clip from 1 to 12 photos: pan and zoom, crossfades, title, music. Given a post "
            "instead of photos, its own photos become a clip of the post."
        ),
    )
    def story(
        photos: Annotated[
            list[Path],
            typer.Argument(
                metavar="PHOTO|POST", help=_("The photos, in their order; or one post folder.")
            ),
        ],
        placement: Annotated[
            str | None, typer.Option("--placement", metavar="ID", help=_("The placement."))
        ] = None,
        out_file: Annotated[
            Path | None,
            typer.Option("--out-file", metavar="F", help=_("The file to write; not for a post.")),
        ] = None,
        seconds: Annotated[
            float | None,
            typer.Option("--seconds", metavar="S", help=_("How long each photo stands.")),
        ] = None,
        reframe: Annotated[
            str,
            typer.Option(
                "--reframe",
                metavar="WAY",
                help=_(
                    "fill: pan over the part round the subject; fit-blur: the whole photo on a "
                    "blurred ground; fit-colour: on the brand's colour."
                ),
            ),
        ] = "fill",
        title: Annotated[
            str, typer.Option("--title", metavar="TEXT", help=_("Title over the first seconds."))
        ] = "",
        music: Annotated[
            Path | None,
            typer.Option("--music", metavar="FILE", help=_("Music; cut or repeated to fit.")),
        ] = None,
        focus: Annotated[
            list[str] | None,
            typer.Option(
                "--focus",
                metavar="X,Y",
                help=_(
                    "Where a photo's subject is, such as 0.5,0.4 (fractions from the left upper "
                    "corner) or auto; once for each photo, in their order."
                ),
            ),
        ] = None,
        as_json: Annotated[
            bool, typer.Option("--json", help=_("Print one JSON document on standard output."))
        ] = False,
    ) -> int:
        if is_post(photos[0]):
            refuse_beside_post(photos, out_file, music, focus)
            return run_post_story(
                photos[0], placement, seconds, reframe=_way(reframe), title=title, as_json=as_json
            )
        if placement is None or out_file is None:
            raise InputError(
                N_("{name} is missing."),
                name="--placement" if placement is None else "--out-file",
            )
        points = focus_points(focus or [], len(photos))
        chosen = list(zip(photos, points, strict=True))
        return run_story(
            chosen,
            placement,
            out_file,
            seconds or _USUAL_S,
            reframe=_way(reframe),
            title=title,
            music=music,
            as_json=as_json,
        )


def run_story(
    photos: list[tuple[Path, tuple[float, float] | None]],
    placement: str,
    out_file: Path,
    seconds: float,
    *,
    reframe: "Reframe",
    title: str,
    music: Path | None,
    as_json: bool,
) -> int:
    """Make a clip from photos and their focus points."""
    from wajo_studio.bootstrap import build
    from wajo_studio.services.stories import make_story_file
    from wajo_studio.services.story_photos import StoryPhoto

    studio = build()
    wanted = [StoryPhoto(path, focus) for path, focus in photos]
    with job(_("Making the story")) as ctx:
        made = make_story_file(
            studio,
            wanted,
            placement,
            out_file,
            ctx,
            seconds=seconds,
            reframe=reframe,
            title=title,
            music=music,
        )
    if as_json:
        print_json({"schema": 1, "file": str(out_file), **made})
    else:
        _tell(out_file, made)
    return DONE


def is_post(path: Path) -> bool:
    """Whether a path is a post and no photo."""
    return path.is_dir() or path.name == "post.toml" or path.suffix.lower() == ".wajo"


def refuse_beside_post(
    paths: list[Path], out_file: Path | None, music: Path | None, focus: list[str] | None
) -> None:
    """Raise :class:`InputError` for what has no sense when a post is given."""
    if paths[0].suffix.lower() == ".wajo":
        raise InputError(
            N_("{path} is packed and stays as it is; open it in the window, or unpack it first."),
            path=paths[0],
        )
    for given, name in (
        (paths[1:], "PHOTO"),
        (out_file, "--out-file"),
        (music, "--music"),
        (focus, "--focus"),
    ):
        if given:
            raise InputError(
                N_("{name} cannot be given beside a post, which has its own; leave it out."),
                name=name,
            )


def run_post_story(
    post: Path,
    placement: str | None,
    seconds: float | None,
    *,
    reframe: "Reframe",
    title: str,
    as_json: bool,
) -> int:
    """Make a clip from a post's own photos and list it in the post."""
    from wajo_studio.bootstrap import build
    from wajo_studio.services.draft import open_draft
    from wajo_studio.services.post_story import list_post_story, make_post_story

    studio = build()
    with job(_("Making the story")) as ctx:
        draft = open_draft(post, ctx)
        made = make_post_story(
            studio,
            draft,
            ctx,
            placement=placement,
            seconds=seconds,
            reframe=reframe,
            title=title,
        )
        media_id = list_post_story(draft, _("clip from photos"), made)
        draft.save()
    if as_json:
        print_json({"schema": 1, "file": str(made.file), "media": media_id, **made.facts})
    else:
        _tell(made.file, made.facts)
        say(
            _("It is in the post now, as {id}. Look at it before it is published.").format(
                id=media_id
            )
        )
    return DONE


def _tell(out_file: Path, made: dict[str, Any]) -> None:
    say_clip(out_file, made)
    for photo in made["photos"]:
        if photo["enlarged"] > 1:
            say(
                _(
                    "{file} is small: it was enlarged {times} times and may look blurred."
                    " Use a larger photo if there is one."
                ).format(file=photo["file"], times=format_number(photo["enlarged"], 1))
            )
    if made["has_music"]:
        say(
            _(
                "Note where the music comes from and its licence: the post that uses this clip"
                " has to state them."
            )
        )
    else:
        say(_("The clip carries silence; --music puts sound under it."))


def _way(word: str) -> "Reframe":
    from wajo_studio.domain.media import Reframe

    ways: tuple[Reframe, ...] = get_args(Reframe)
    for way in ways:
        if word == way:
            return way
    raise InputError(
        N_('--reframe: "{word}" is not known; choose one of {ways}.'),
        word=word,
        ways=", ".join(ways),
    )


def focus_points(words: list[str], count: int) -> list[tuple[float, float] | None]:
    """The focus point of each of ``count`` photos; None where the program is to find it.

    Raises:
        InputError: a word is neither ``x,y`` in 0-1 nor ``auto``, or there are too many.
    """
    if len(words) > count:
        raise InputError(
            N_("--focus is given {given} times for {count} photos; give it once for each."),
            given=len(words),
            count=count,
        )
    points = [_focus_point(word) for word in words]
    return [*points, *[None] * (count - len(points))]


def _focus_point(word: str) -> tuple[float, float] | None:
    if word.strip().lower() == _FIND:
        return None
    try:
        x, y = (float(part) for part in word.split(","))
    except ValueError:
        x = y = math.nan
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise InputError(
            N_(
                '--focus: "{word}" is no point; give two numbers from 0 to 1, such as 0.5,0.4,'
                " or auto."
            ),
            word=word,
        )
    return x, y
