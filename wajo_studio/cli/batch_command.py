"""``batch``: many posts from one template and a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wajo_studio.cli.help_words import Command
from wajo_studio.cli.output import job, print_json, print_table, say
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _

if TYPE_CHECKING:
    from wajo_studio.services.batch import BatchDone
    from wajo_studio.services.batch_columns import ColumnMap
    from wajo_studio.services.batch_rows import BatchPlan
    from wajo_studio.store.table_file import Table

DONE, PROBLEMS = 0, 1
_SHOWN = 10


def add_batch(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(
        cls=Command,
        help=_(
            "Make many posts from one template and a table (.xlsx, .csv), one per row. Columns are "
            "found by their names. Without --out the first ten rows are shown and nothing is "
            "written; ends in 1 when rows have errors."
        ),
    )
    def batch(
        template: Annotated[
            str, typer.Argument(metavar="TEMPLATE", help=_("Id of a template, see templates list."))
        ],
        table: Annotated[Path, typer.Argument(metavar="TABLE", help=_("The table."))],
        out: Annotated[
            Path | None,
            typer.Option(
                "--out", metavar="DIR", help=_("New or empty folder."), show_default=False
            ),
        ] = None,
        column: Annotated[
            list[str] | None,
            typer.Option(
                "--column",
                metavar="NAME=FIELD",
                help=_("What a column fills; NAME= leaves it out. May be repeated."),
                show_default=False,
            ),
        ] = None,
        agency: Annotated[
            str | None,
            typer.Option(
                "--agency",
                metavar="ID",
                help=_("Agency of rows that name none."),
                show_default=False,
            ),
        ] = None,
        look: Annotated[
            str | None,
            typer.Option(
                "--look", metavar="ID", help=_("Look of rows that name none."), show_default=False
            ),
        ] = None,
        placement: Annotated[
            list[str] | None,
            typer.Option(
                "--placement",
                metavar="ID",
                help=_("Placement of all posts; may be repeated."),
                show_default=False,
            ),
        ] = None,
        pictures: Annotated[
            bool, typer.Option("--pictures", help=_("Write all pictures as JPEG, too."))
        ] = False,
        skip: Annotated[
            bool, typer.Option("--skip", help=_("Make the sound rows, leave out the others."))
        ] = False,
        as_json: Annotated[
            bool, typer.Option("--json", help=_("Print one JSON document on standard output."))
        ] = False,
    ) -> int:
        from wajo_studio.artwork.template import find_template
        from wajo_studio.services.batch_columns import map_columns
        from wajo_studio.services.batch_rows import plan_batch
        from wajo_studio.store.table_file import read_table

        found = find_template(template)
        if not found.has_artwork:
            raise InputError(N_("The template {template} has no artwork."), template=template)
        read = read_table(table)
        columns = map_columns(found, read.columns, _wanted(column or ()))
        plan = plan_batch(
            found,
            read,
            columns,
            table.absolute().parent,
            agency=agency,
            look=look,
            placements=placement or (),
        )
        if out is None:
            return _show(plan, read, columns, as_json=as_json)
        return _write(plan, out, pictures=pictures, skip=skip, as_json=as_json)


def _wanted(pairs: Sequence[str]) -> dict[str, str]:
    wanted = {}
    for pair in pairs:
        name, sign, target = pair.rpartition("=")
        if not sign:
            raise InputError(N_("--column: {pair} has no =; write it like Judul=judul."), pair=pair)
        wanted[name] = target
    return wanted


def _show(plan: "BatchPlan", table: "Table", columns: "ColumnMap", *, as_json: bool) -> int:
    """What would be made: columns, the first rows, errors."""
    if as_json:
        print_json(
            {
                "schema": 1,
                "rows": len(table.rows),
                "columns": dict(zip(table.columns, columns.targets, strict=True)),
                "posts": [
                    {"row": p.row, "folder": p.folder, "name": p.post.name}
                    for p in plan.posts[:_SHOWN]
                ],
                "problems": _problems(plan),
            }
        )
    else:
        rows = [
            (name, target or "–")
            for name, target in zip(table.columns, columns.targets, strict=True)
        ]
        print_table(_("Columns"), (_("Column"), _("Fills")), rows)
        shown = [(str(p.row), p.post.name, p.folder) for p in plan.posts[:_SHOWN]]
        print_table(
            _("The first posts of {count}").format(count=len(plan.posts)),
            (_("Row"), _("Internal name"), _("Folder")),
            shown,
        )
        for problem in plan.problems:
            say(problem.sentence())
        say(_("Nothing was written; name a folder with --out."))
    return PROBLEMS if plan.problems else DONE


def _write(plan: "BatchPlan", out: Path, *, pictures: bool, skip: bool, as_json: bool) -> int:
    from wajo_studio.bootstrap import build
    from wajo_studio.services.batch import make_batch

    studio = build()
    with job(_("Making posts")) as ctx:
        done = make_batch(studio, plan, out, ctx, pictures=pictures, skip_problems=skip)
    if as_json:
        print_json(
            {
                "schema": 1,
                "written": done.is_written,
                "posts": done.posts,
                "pictures": done.pictures,
                "problems": _problems(done),
            }
        )
    for problem in done.problems:
        say(problem.sentence())
    if done.is_written:
        say(
            _("{posts} posts and {pictures} pictures in {path}").format(
                posts=done.posts, pictures=done.pictures, path=out
            )
        )
    else:
        say(_("Nothing was written. Correct the rows, or use --skip to leave them out."))
    return PROBLEMS if done.problems else DONE


def _problems(found: "BatchPlan | BatchDone") -> list[dict[str, Any]]:
    return [
        {"row": p.row, "column": p.column or None, "field": p.field, "message": p.sentence()}
        for p in found.problems
    ]
