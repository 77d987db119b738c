"""``publish``, and how deliveries are printed."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from wajo_studio.bootstrap import build, build_desk
from wajo_studio.cli.output import job, print_findings, print_json, print_table, say
from wajo_studio.clock import parse_time
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _, format_bytes, format_datetime, format_number
from wajo_studio.progress import Cancelled

if TYPE_CHECKING:
    from wajo_studio.services.publishing.desk import Desk
    from wajo_studio.services.publishing.publish import Queued, Refused
    from wajo_studio.store.database.deliveries import QueueEntry

DONE, REFUSED, SOME_FAILED, SOME_UNKNOWN = 0, 1, 4, 5


def run_publish(
    post: Path,
    placements: Sequence[str],
    account: str | None,
    at: str | None,
    *,
    practice: bool,
    as_json: bool,
) -> int:
    """Publish a post; 1 refused, 4 some failed, 5 some are not certain."""
    from wajo_studio.services.publishing.publish import Refused, queue_post
    from wajo_studio.services.publishing.queue import run_until_ended

    when = time_of(at)
    studio = build()
    with closing(build_desk(studio.clock)) as desk, job(_("Publishing")) as ctx:
        outcome = queue_post(
            studio,
            desk,
            post,
            ctx.part(0, 0.5),
            wanted=placements,
            account=account,
            at=when,
            mode="practice" if practice else "api",
        )
        if isinstance(outcome, Refused):
            return _show_refusal(outcome, as_json=as_json)
        _say_warnings(outcome)
        _say_size(desk, outcome)
        ids = [entry.id for entry in outcome.entries]
        try:
            entries = run_until_ended(desk, ctx.part(0.5, 1), ids)
        except Cancelled:
            say(_("What has not ended is gone on with by wajo queue run, or by the window."))
            raise
    return show_deliveries(entries, as_json=as_json)


def time_of(at: str | None) -> datetime | Literal["now"] | None:
    """The moment that ``--at`` names.

    Raises:
        InputError: it cannot be read.
    """
    if at is None:
        return None
    if at == "now":
        return "now"
    try:
        moment = parse_time(at)
    except ValueError:
        moment = None
    if moment is None or not 2000 <= moment.year <= 2999:
        raise InputError(
            N_('--at: "{value}" is no usable time; write it as 2026-12-01T09:00, or now.'),
            value=at,
        )
    return moment


def _show_refusal(refused: "Refused", *, as_json: bool) -> int:
    if as_json:
        findings = [finding.as_json() for finding in refused.findings]
        print_json({"deliveries": [], "findings": findings})
    print_findings(refused.findings)
    say(_("Nothing was sent: see the points above."))
    return REFUSED


def _say_warnings(queued: "Queued") -> None:
    for warned in queued.warnings:
        say(_("Please check: {message}").format(message=warned.message))


def _say_size(desk: "Desk", queued: "Queued") -> None:
    from wajo_studio.services.publishing.estimate import cost_usd, estimate

    found = estimate(desk, queued.entries)
    size = format_bytes(found.size_bytes)
    if found.seconds is None or found.seconds < 1:
        say(_("To be sent: {size}.").format(size=size))
    else:
        seconds = format_number(round(found.seconds))
        say(_("To be sent: {size}, about {seconds} s.").format(size=size, seconds=seconds))
    cost = cost_usd(desk, queued.entries)
    if cost:
        say(_("X charges about {usd} US dollars for this.").format(usd=format_number(cost, 3)))


def show_deliveries(
    entries: Sequence["QueueEntry"], *, as_json: bool, judged: Sequence["QueueEntry"] | None = None
) -> int:
    """Print deliveries and give the exit status.

    Args:
        entries: what is printed.
        as_json: as one JSON document; a table for people otherwise.
        judged: the deliveries whose failures count; all of ``entries`` unless given. Unclear
            ones count always.
    """
    if as_json:
        print_json({"deliveries": [as_document(entry) for entry in entries]})
    else:
        print_deliveries(entries)
    failed = entries if judged is None else judged
    if any(entry.delivery.state == "unknown" for entry in entries):
        return SOME_UNKNOWN
    if any(entry.delivery.state == "failed" for entry in failed):
        return SOME_FAILED
    return DONE


def as_document(entry: "QueueEntry") -> dict[str, Any]:
    """A delivery as the contract writes it."""
    delivery, error = entry.delivery, entry.delivery.error
    return {
        "id": delivery.id,
        "post": delivery.post_name,
        "placement": delivery.placement,
        "account": delivery.account_id,
        "mode": delivery.mode,
        "state": delivery.state.value,
        "due": delivery.due.isoformat() if delivery.due else None,
        "link": delivery.link,
        "remote_id": delivery.remote_id,
        "remarks": list(delivery.remarks),
        "error": {"code": error.code, "message": error.message, "detail": error.detail}
        if error is not None
        else None,
    }


def print_deliveries(entries: Sequence["QueueEntry"]) -> None:
    """Print deliveries for people, with what they should know below."""
    from wajo_studio.services.publishing.words import state_word

    columns = (
        _("Delivery"),
        _("Post"),
        _("Placement"),
        _("Account"),
        _("State"),
        _("Link or time"),
    )
    rows = []
    for entry in entries:
        delivery = entry.delivery
        where = delivery.link or (format_datetime(delivery.due) if delivery.due else "")
        rows.append(
            (
                delivery.id,
                delivery.post_name,
                delivery.placement,
                entry.account_name,
                state_word(delivery.state),
                where,
            )
        )
    print_table(_("Deliveries"), columns, rows)
    for entry in entries:
        delivery = entry.delivery
        if delivery.error is not None:
            say(f"{delivery.id} ({delivery.placement}): {delivery.error.message}")
        for remark in delivery.remarks:
            say(f"{delivery.id} ({delivery.placement}): {remark}")
