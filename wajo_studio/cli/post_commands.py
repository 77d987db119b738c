"""``demo``, ``new``, ``export`` and ``check``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio import atomic
from wajo_studio.bootstrap import build
from wajo_studio.cli.output import job, print_findings, print_json, print_table, say
from wajo_studio.clock import Clock, FixedClock, SystemClock, parse_time, today
from wajo_studio.domain.finding import Severity
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _, format_bytes, format_number

if TYPE_CHECKING:
    from wajo_studio.services.export import Exported

DONE, BLOCKED = 0, 1


def clock_of(now: str | None) -> Clock:
    """The clock that ``--now`` asks for.

    Raises:
        InputError: the time cannot be read.
    """
    if now is None:
        return SystemClock()
    try:
        moment = parse_time(now)
    except ValueError:
        moment = None
    if moment is None or not 2000 <= moment.year <= 2999:  # as for a schedule in a post
        raise InputError(
            N_('--now: "{value}" is no usable time; write it as 2026-11-24T09:00.'), value=now
        )
    return FixedClock(moment)


def run_check(post: Path, placements: Sequence[str], now: str | None, *, as_json: bool) -> int:
    """Check a post; 1 when something blocks."""
    from wajo_studio.services.checking import check_post

    studio = build(clock_of(now))
    with job(_("Checking")) as ctx:
        checked = check_post(studio, post, placements, ctx)
    if as_json:
        print_json(checked.as_json())
    else:
        print_findings(checked.findings)
        for entry in checked.not_checked:
            say(_("Not checked: {rule} ({reason})").format(rule=entry.rule, reason=entry.reason))
        say(result_sentence(checked.result))
    return BLOCKED if checked.blocked else DONE


def result_sentence(result: str) -> str:
    """The outcome of a check in words."""
    return {
        "pass": _("Everything was checked and nothing stands in the way."),
        "needs-fix": _("Something must be fixed before this can be published."),
        "needs-approval": _("Ready, except for statements that only you can make."),
    }[result]


def run_export(
    post: Path,
    out: Path,
    placements: Sequence[str],
    now: str | None,
    *,
    as_json: bool,
    force: bool,
) -> int:
    """Export a post; 1 when findings block it."""
    from wajo_studio.services.export import export_post

    studio = build(clock_of(now))
    with job(_("Exporting")) as ctx:
        exported = export_post(studio, post, out, ctx, wanted=placements, force=force)
    return _show(exported, out, as_json=as_json)


def run_demo(out: Path, *, as_json: bool) -> int:
    """Export the sample post to every placement."""
    from wajo_studio.services.export import export_post
    from wajo_studio.services.export_folder import check_target
    from wajo_studio.services.samples import sample_post_folder

    check_target(out)  # before the sample is drawn: a wrong folder should be told at once
    studio = build()
    with atomic.scratch_folder("wajo-demo-") as scratch, job(_("Demo")) as ctx:
        drawing = ctx.part(0, 0.2)
        drawing.report(0, _("drawing the sample picture and clip"))
        folder = sample_post_folder(scratch / "post", today=today(studio.clock), ctx=drawing)
        exported = export_post(studio, folder, out, ctx.part(0.2, 1))
    return _show(exported, out, as_json=as_json)


def run_new(template: str, folder: Path) -> int:
    """Make a new post folder."""
    from wajo_studio.services.new_post import new_post

    post_file = new_post(template, folder)
    say(
        _("Made {path}. Change the texts, then: wajo export {folder} --out DIR").format(
            path=post_file, folder=f'"{folder}"' if " " in str(folder) else folder
        )
    )
    return DONE


def _show(exported: "Exported", out: Path, *, as_json: bool) -> int:
    checked = exported.composition.checked
    if as_json:
        print_json(exported.manifest)
    print_findings([f for f in checked.findings if f.severity is not Severity.INFO])
    hidden = sum(f.severity is Severity.INFO for f in checked.findings)
    if exported.blocked:
        say(_("Nothing was exported: fix what blocks, or export with --force."))
        return BLOCKED
    if hidden:
        say(_("{count} more notes stand in the report.").format(count=hidden))
    for placement in exported.left_out:
        say(_("{placement} was left out: it has no material.").format(placement=placement))
    if not as_json:
        columns = (_("File"), _("Pixels"), _("Size"), _("Seconds"))
        print_table(_("What was made"), columns, _rows(exported.manifest))
    say(_("Everything lies in {folder}; open report.html first.").format(folder=out.absolute()))
    return DONE


def _rows(document: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    rows = []
    for rendition in document["renditions"]:
        seconds = format_number(rendition["duration"], 1) if rendition["duration"] else ""
        pixels = f"{rendition['width']}x{rendition['height']}"
        rows += [
            (path, pixels, format_bytes(rendition["bytes"]), seconds)
            for path in rendition["files"].values()
        ]
    return sorted(rows)
