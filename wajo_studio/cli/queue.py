"""The commands of ``queue``."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.bootstrap import build_desk
from wajo_studio.cli.output import job, print_json, say
from wajo_studio.cli.publishing import (
    DONE,
    as_document,
    print_deliveries,
    show_deliveries,
)
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _, format_datetime

if TYPE_CHECKING:
    from wajo_studio.store.database.deliveries import QueueEntry

_SHOWN = 100
BROKEN = 1


def run_list(*, everything: bool, as_json: bool) -> int:
    """List the deliveries."""
    from wajo_studio.store.database.deliveries import listed

    with closing(build_desk()) as desk:
        entries = listed(desk.database, limit=None if everything or as_json else _SHOWN)
    if as_json:
        print_json({"deliveries": [as_document(entry) for entry in entries]})
    elif entries:
        print_deliveries(entries)
    else:
        say(_("There are no deliveries yet."))
    return DONE


def run_run(*, as_json: bool) -> int:
    """Run the queue; 4 something failed in this run, 5 something is not certain."""
    from wajo_studio.domain.delivery import DeliveryState
    from wajo_studio.services.publishing.queue import run_queue
    from wajo_studio.store.database.deliveries import listed

    with closing(build_desk()) as desk, job(_("Sending")) as ctx:
        run = run_queue(desk, ctx)
        open_states = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.PROCESSING)
        standing = listed(desk.database, (DeliveryState.UNKNOWN, *open_states))
        ended = listed(desk.database, ids=[e.id for e in run.ended]) if run.ended else []
    ids = {entry.id for entry in ended}
    entries = [*ended, *(entry for entry in standing if entry.id not in ids)]
    if run.frozen:
        say(_("The queue is frozen: nothing new goes out until wajo queue thaw."))
    return show_deliveries(entries, as_json=as_json, judged=ended)


def run_retry(delivery_id: str, *, as_json: bool) -> int:
    """Queue a delivery again and send it."""
    from wajo_studio.services.publishing.actions import retry
    from wajo_studio.services.publishing.queue import run_until_ended

    with closing(build_desk()) as desk, job(_("Sending")) as ctx:
        retry(desk, delivery_id)
        entries = run_until_ended(desk, ctx, [delivery_id])
    return show_deliveries(entries, as_json=as_json)


def run_cancel(delivery_id: str, *, as_json: bool) -> int:
    """Cancel a delivery."""
    from wajo_studio.services.publishing.actions import cancel

    with closing(build_desk()) as desk:
        return _show_one(cancel(desk, delivery_id), as_json=as_json)


def run_resolve(
    delivery_id: str, published: str | None, *, not_published: bool, as_json: bool
) -> int:
    """Take a person's word for what became of a delivery."""
    from wajo_studio.services.publishing.actions import resolve_not_published, resolve_published

    if (published is None) == (not not_published):
        raise InputError(
            N_("Say either --published with the address of the post, or --not-published."),
            code="usage",
        )
    with closing(build_desk()) as desk:
        if published is not None:
            entry = resolve_published(desk, delivery_id, published)
        else:
            entry = resolve_not_published(desk, delivery_id)
    return _show_one(entry, as_json=as_json)


def _show_one(entry: "QueueEntry", *, as_json: bool) -> int:
    show_deliveries([entry], as_json=as_json)
    return DONE


def run_record(delivery_id: str | None, year: int | None, out: Path, *, as_json: bool) -> int:
    """Write the record of a post or of a year."""
    from wajo_studio.services.publishing.records import write_post_record, write_year_record

    if (delivery_id is None) == (year is None):
        raise InputError(N_("Name either a delivery or --year."), code="usage")
    with closing(build_desk()) as desk, job(_("Writing")) as ctx:
        if delivery_id is not None:
            files = write_post_record(desk, delivery_id, out, ctx)
        else:
            assert year is not None
            files = write_year_record(desk, year, out, ctx)
    if as_json:
        print_json({"schema": 1, "files": files})
    say(_("The record lies in {folder}.").format(folder=out.absolute()))
    return DONE


def run_freeze(*, frozen: bool) -> int:
    """Freeze the queue, or let it go on."""
    from wajo_studio.store.database.switches import freeze_queue

    with closing(build_desk()) as desk:
        freeze_queue(desk.database, desk.clock.now(), frozen=frozen)
    if frozen:
        say(_("The queue is frozen: nothing new goes out until wajo queue thaw."))
    else:
        say(_("The queue goes on."))
    return DONE


def run_limit(kb_per_s: int) -> int:
    """Bound uploads."""
    from wajo_studio.store.database.switches import keep_upload_limit

    if kb_per_s < 0:
        raise InputError(N_("KB must be 0 or more."), code="usage")
    with closing(build_desk()) as desk:
        keep_upload_limit(desk.database, kb_per_s * 1000 or None)
    if kb_per_s:
        say(_("Uploads take at most {kb} KB a second.").format(kb=kb_per_s))
    else:
        say(_("Uploads are not bounded."))
    return DONE


def run_restore() -> int:
    """Put a copy in the place of a damaged database."""
    from wajo_studio.clock import SystemClock
    from wajo_studio.paths import data_dir
    from wajo_studio.store.database import backup
    from wajo_studio.store.database.engine import FILE_NAME
    from wajo_studio.store.database.migrate import restore

    if backup.is_good(data_dir() / FILE_NAME):
        raise InputError(N_("The database is sound: nothing has to be put back."), code="usage")
    copy = restore(data_dir(), SystemClock().now())
    if copy is None:
        say(_("There was no good copy; a new database is begun. The damaged file is kept."))
    else:
        when = format_datetime(backup.made_at(copy))
        say(_("The copy of {when} was put back. The damaged file is kept.").format(when=when))
    return DONE


def run_audit(*, as_json: bool) -> int:
    """Check the audit log; 1 when it was changed."""
    from wajo_studio.store.database import audit

    with closing(build_desk()) as desk, desk.database.reading() as connection:
        first = audit.first_broken(connection)
        count = sum(1 for _entry in audit.entries(connection))
    if as_json:
        print_json({"schema": 1, "entries": count, "first_broken": first})
    if first is None:
        say(_("The log is whole: {count} entries.").format(count=count))
        return DONE
    say(_("The log was changed: entry {number} is not as it was written.").format(number=first))
    return BROKEN
