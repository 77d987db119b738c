"""``pack show|export|import``."""

from pathlib import Path
from typing import Annotated

import typer

from wajo_studio.cli.help_words import Command, Group
from wajo_studio.cli.output import print_json, say
from wajo_studio.i18n import _, format_date

DONE = 0


def pack_commands() -> typer.Typer:
    """The commands on packs of rules, lists and limits."""
    packs = typer.Typer(
        help=_("Take in, make and show packs of rules, lists and network limits."),
        no_args_is_help=True,
        rich_markup_mode=None,
        cls=Group,
    )

    @packs.command(cls=Command, help=_("Tell what a pack holds, without taking it in."))
    def show(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A .wajopack file."))],
        as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    ) -> int:
        from wajo_studio.services.pack import is_trusted, read_pack, shown

        pack = read_pack(file)
        if as_json:
            print_json(
                {
                    "set_by": pack.set_by,
                    "version": pack.version,
                    "date": pack.day.isoformat(),
                    "files": sorted(pack.files),
                    "signer": pack.signer,
                    "trusted": is_trusted(pack),
                }
            )
            return DONE
        text = _("Version {version} of {day}, laid down by {set_by}.")
        say(text.format(version=pack.version, day=format_date(pack.day), set_by=pack.set_by))
        for name in sorted(pack.files):
            say(f"  {name}")
        known = _("known") if is_trusted(pack) else _("not known yet")
        say(_("Signer: {signer} ({known})").format(signer=shown(pack.signer), known=known))
        return DONE

    @packs.command(
        "export", cls=Command, help=_("Make a signed pack of this PC's rules, lists and limits.")
    )
    def export_(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The .wajopack to make."))],
        set_by: Annotated[str, typer.Option("--set-by", help=_("Who lays it down."))],
        version: Annotated[str, typer.Option("--version", help=_("Such as 2026.2."))],
    ) -> int:
        from wajo_studio.clock import SystemClock, today
        from wajo_studio.paths import data_dir
        from wajo_studio.services.pack import make_pack, shown

        pack = make_pack(data_dir(), file, set_by, version, today(SystemClock()))
        say(_("Made {file}.").format(file=file))
        say(_("Publish this fingerprint: {signer}").format(signer=shown(pack.signer)))
        return DONE

    @packs.command("import", cls=Command, help=_("Put a pack in force."))
    def import_(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A .wajopack file."))],
        trust: Annotated[
            bool, typer.Option("--trust", help=_("The signer's fingerprint was compared."))
        ] = False,
        older: Annotated[
            bool, typer.Option("--older", help=_("Take a pack older than the one in force."))
        ] = False,
    ) -> int:
        from wajo_studio.services.pack import install_pack

        pack = install_pack(file, trust=trust, older=older)
        text = _("In force now: version {version}, laid down by {set_by}.")
        say(text.format(version=pack.version, set_by=pack.set_by))
        return DONE

    return packs
