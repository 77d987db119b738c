"""``publish`` and ``queue``: arguments; the work is imported when a command runs."""

from pathlib import Path
from typing import Annotated, Any

import typer

from wajo_studio.cli.help_words import Command, Group
from wajo_studio.i18n import _


def add_publish(app: typer.Typer) -> None:
    """Add ``publish``."""

    @app.command(
        cls=Command,
        help=_("Check a post, make its files and publish it through the connected accounts."),
    )
    def publish(
        post: Annotated[
            Path,
            typer.Argument(
                metavar="POST",
                help=_("The post: a folder, a post.toml or a .wajo file."),
                show_default=False,
            ),
        ],
        placement: Annotated[
            list[str] | None,
            typer.Option(
                "--placement",
                metavar="ID",
                help=_("Only this placement; may be repeated."),
                show_default=False,
            ),
        ] = None,
        account: Annotated[
            str | None,
            typer.Option(
                "--account",
                metavar="ID",
                help=_("The account to use where a network has several; see accounts list."),
                show_default=False,
            ),
        ] = None,
        at: Annotated[
            str | None,
            typer.Option(
                "--at",
                metavar="TIME",
                help=_(
                    "When to publish (ISO 8601, WITA without zone), or now; otherwise as the "
                    "post's schedule says."
                ),
                show_default=False,
            ),
        ] = None,
        practice: Annotated[
            bool,
            typer.Option(
                "--practice", help=_("Practise: the whole way, but nothing is published.")
            ),
        ] = False,
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        from wajo_studio.cli.publishing import run_publish

        return run_publish(post, placement or [], account, at, practice=practice, as_json=as_json)


def queue_commands() -> typer.Typer:
    """The commands of ``queue``."""
    queue = typer.Typer(
        help=_("The delivery queue: what goes out, went out, or waits for you."),
        no_args_is_help=True,
        rich_markup_mode=None,
        cls=Group,
    )

    @queue.command("list", cls=Command, help=_("List the deliveries, newest last."))
    def list_(
        everything: Annotated[
            bool, typer.Option("--all", help=_("All of them, not only the newest hundred."))
        ] = False,
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        from wajo_studio.cli.queue import run_list

        return run_list(everything=everything, as_json=as_json)

    @queue.command(cls=Command, help=_("Send what is due and go on with what was interrupted."))
    def run(as_json: Annotated[bool, _json_option()] = False) -> int:
        from wajo_studio.cli.queue import run_run

        return run_run(as_json=as_json)

    @queue.command(cls=Command, help=_("Send a failed or missed delivery again."))
    def retry(
        delivery: Annotated[str, _delivery_argument()],
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        from wajo_studio.cli.queue import run_retry

        return run_retry(delivery, as_json=as_json)

    @queue.command(cls=Command, help=_("Cancel a delivery of which nothing is published."))
    def cancel(
        delivery: Annotated[str, _delivery_argument()],
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        from wajo_studio.cli.queue import run_cancel

        return run_cancel(delivery, as_json=as_json)

    @queue.command(
        cls=Command, help=_("Tell what became of a delivery of which that is not certain.")
    )
    def resolve(
        delivery: Annotated[str, _delivery_argument()],
        published: Annotated[
            str | None,
            typer.Option(
                "--published",
                metavar="URL",
                help=_("It is there: the address of the post."),
                show_default=False,
            ),
        ] = None,
        not_published: Annotated[
            bool, typer.Option("--not-published", help=_("It is not there."))
        ] = False,
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        from wajo_studio.cli.queue import run_resolve

        return run_resolve(delivery, published, not_published=not_published, as_json=as_json)

    _add_records(queue)
    _add_care(queue)
    return queue


def _add_records(queue: typer.Typer) -> None:
    @queue.command(
        cls=Command,
        help=_("Write the record of a delivery and its post, or of a year, into a folder."),
    )
    def record(
        out: Annotated[
            Path,
            typer.Option(
                "--out", metavar="DIR", help=_("New or empty folder."), show_default=False
            ),
        ],
        delivery: Annotated[
            str | None, typer.Argument(metavar="ID", help=_("The delivery."), show_default=False)
        ] = None,
        year: Annotated[
            int | None,
            typer.Option(
                "--year",
                metavar="YEAR",
                help=_("All that was published in this year."),
                show_default=False,
            ),
        ] = None,
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        from wajo_studio.cli.queue import run_record

        return run_record(delivery, year, out, as_json=as_json)


def _add_care(queue: typer.Typer) -> None:
    @queue.command(cls=Command, help=_("Stop everything that has not gone out yet (crisis)."))
    def freeze() -> int:
        from wajo_studio.cli.queue import run_freeze

        return run_freeze(frozen=True)

    @queue.command(cls=Command, help=_("Let the queue go on after a freeze."))
    def thaw() -> int:
        from wajo_studio.cli.queue import run_freeze

        return run_freeze(frozen=False)

    @queue.command(cls=Command, help=_("Bound uploads, so that others in the office can work."))
    def limit(
        kb_per_s: Annotated[
            int,
            typer.Argument(
                metavar="KB", help=_("Kilobytes a second; 0: no bound."), show_default=False
            ),
        ],
    ) -> int:
        from wajo_studio.cli.queue import run_limit

        return run_limit(kb_per_s)

    @queue.command(
        cls=Command,
        help=_("Put the newest good copy in the place of a damaged database, which is kept."),
    )
    def restore() -> int:
        from wajo_studio.cli.queue import run_restore

        return run_restore()

    @queue.command(cls=Command, help=_("Check that nobody changed the log of what was done."))
    def audit(as_json: Annotated[bool, _json_option()] = False) -> int:
        from wajo_studio.cli.queue import run_audit

        return run_audit(as_json=as_json)


def _delivery_argument() -> Any:
    return typer.Argument(metavar="ID", help=_("The delivery, see queue list."), show_default=False)


def _json_option() -> Any:
    return typer.Option("--json", help=_("Print one JSON document on standard output."))
