"""``brand show|check|import|export``: the office's visual identity."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wajo_studio.cli.help_words import Command, Group
from wajo_studio.cli.output import print_json, print_table, say
from wajo_studio.i18n import WITA, _

if TYPE_CHECKING:
    from wajo_studio.artwork.contrast import Weakness
    from wajo_studio.artwork.logo_check import CheckedLogo
    from wajo_studio.services.brand_kit import Identity

DONE, WEAK = 0, 1
_FONTS = (".ttf", ".otf")


def brand_commands() -> typer.Typer:
    """The group of commands."""
    brand = typer.Typer(
        help=_("Show, check, import and export the visual identity."),
        no_args_is_help=True,
        rich_markup_mode=None,
        cls=Group,
    )

    @brand.command(
        cls=Command, help=_("Show the identity in force: version, colours, logos, fonts.")
    )
    def show(as_json: Annotated[bool, _json_option()] = False) -> int:
        return run_show(as_json=as_json)

    @brand.command(
        cls=Command,
        help=_("Check whether the colours can be read on each other; ends in 1 when some cannot."),
    )
    def check(
        fix: Annotated[
            bool, typer.Option("--fix", help=_("Take over the proposed colours."))
        ] = False,
        as_json: Annotated[bool, _json_option()] = False,
    ) -> int:
        return run_check(fix=fix, as_json=as_json)

    @brand.command(
        "import",
        cls=Command,
        help=_("Take over a .wajobrand file, a logo (SVG, PNG) or a font (TTF, OTF)."),
    )
    def import_(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The file."))],
        agency: Annotated[
            str | None,
            typer.Option(
                "--agency",
                metavar="ID",
                help=_("The logo is this agency's; without it, the regency's emblem."),
                show_default=False,
            ),
        ] = None,
    ) -> int:
        return run_import(file, agency)

    @brand.command(cls=Command, help=_("Write the identity in force as one .wajobrand file."))
    def export(
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The file to write."))],
    ) -> int:
        return run_export(file)

    return brand


def _json_option() -> Any:
    return typer.Option("--json", help=_("Print one JSON document on standard output."))


def _today() -> date:
    from wajo_studio.clock import SystemClock

    return SystemClock().now().astimezone(WITA).date()


def run_show(*, as_json: bool) -> int:
    """Show the identity in force."""
    from wajo_studio.services.brand_kit import identity, kept_versions

    found = identity()
    if as_json:
        print_json(_document(found))
        return DONE
    kit = found.kit
    say(_("Version: {version}").format(version=kit.version))
    say(_("Government: {name}").format(name=kit.government))
    say(_("Footer: {text}").format(text=kit.footer or "–"))
    say(_("Required hashtags: {tags}").format(tags=" ".join(kit.required_hashtags) or "–"))
    say(_("Look of new posts: {look}").format(look=kit.look))
    say(_("Font: {family}").format(family=kit.font_family))
    print_table(_("Colours"), (_("Role"), _("Colour")), kit.palette.model_dump().items())
    if found.logos:
        rows = [(owner, path.name) for owner, path in found.logos.items()]
        print_table(_("Logos"), (_("Owner"), _("File")), rows)
    else:
        say(_("No logo was imported yet; a drawn monogram stands in."))
    for font in found.fonts:
        say(f"{font.family} {font.weights[0]}–{font.weights[1]}: {font.licence or '–'}")
    for path in kept_versions():
        say(_("Earlier version: {path}").format(path=path))
    return DONE


def run_check(*, fix: bool, as_json: bool) -> int:
    """Check the palette, alone and in every look."""
    from wajo_studio.artwork.contrast import repaired, weaknesses
    from wajo_studio.services.brand_kit import all_looks_hold, change_kit, identity

    found = identity()
    weak = found.weak
    if fix and weak:
        kit = change_kit(_today(), palette=repaired(found.kit.palette))
        weak = tuple(weaknesses(kit.palette))
        found = identity()
    looks = all_looks_hold(found.kit)
    if as_json:
        print_json(
            {
                "schema": 1,
                "result": "needs-fix" if weak or any(looks.values()) else "pass",
                "version": found.kit.version,
                "weak": [_weak_entry(w) for w in weak],
                "looks": {look: [_weak_entry(w) for w in found] for look, found in looks.items()},
            }
        )
    for one in weak:
        say(weakness_sentence(one))
    if not weak:
        say(_("All colours can be read on each other."))
    return WEAK if weak or any(looks.values()) else DONE


def weakness_sentence(weak: "Weakness") -> str:
    """What is too alike, and what to take instead."""
    return _(
        "{front} on {ground} has a contrast of {ratio}:1, at least {least}:1 is needed. "
        "Change {role} from {colour} to {proposal}."
    ).format(
        front=weak.pair.front,
        ground=weak.pair.ground,
        ratio=f"{weak.ratio:.1f}",
        least=f"{weak.pair.ratio:g}",
        role=weak.pair.role,
        colour=weak.colour,
        proposal=weak.proposal,
    )


def run_import(file: Path, agency: str | None) -> int:
    """Take over an identity, a logo or a font."""
    from wajo_studio.services import brand_kit

    suffix = file.suffix.lower()
    if suffix == brand_kit.SUFFIX:
        kit = brand_kit.import_identity(file)
        say(_("Identity {version} is in force now.").format(version=kit.version))
    elif suffix in _FONTS:
        font = brand_kit.add_font(_today(), file)
        say(_("Font taken over: {family}.").format(family=font.family))
        say(_("Licence: {licence}").format(licence=font.licence or "–"))
        if font.is_restricted:
            say(_("Its owner allows no embedding without leave; ask before you use it."))
    else:
        logo = brand_kit.set_logo(_today(), file, agency or brand_kit.GOVERNMENT)
        say(_("Logo taken over."))
        for remark in remarks(logo):
            say(f"- {remark}")
    return DONE


def remarks(logo: "CheckedLogo") -> list[str]:
    """What is not as good as it could be about a logo, translated."""
    return [
        _(r.message).format(**{k: _(v) if k == "tone" else v for k, v in r.params.items()})
        for r in logo.remarks
    ]


def run_export(file: Path) -> int:
    """Write the identity as one file."""
    from wajo_studio.services.brand_kit import export_identity

    export_identity(file)
    say(_("Written: {path}").format(path=file))
    return DONE


def _weak_entry(weak: "Weakness") -> dict[str, Any]:
    return {
        "front": weak.pair.front,
        "ground": weak.pair.ground,
        "ratio": round(weak.ratio, 2),
        "required": weak.pair.ratio,
        "role": weak.pair.role,
        "colour": weak.colour,
        "proposal": weak.proposal,
    }


def _document(found: "Identity") -> dict[str, Any]:
    kit = found.kit
    return {
        "schema": 1,
        "version": kit.version,
        "own": found.is_own,
        "government": kit.government,
        "footer": kit.footer,
        "required_hashtags": list(kit.required_hashtags),
        "look": kit.look,
        "font_family": kit.font_family,
        "palette": kit.palette.model_dump(),
        "logos": {owner: path.name for owner, path in found.logos.items()},
        "fonts": [
            {"family": f.family, "weights": list(f.weights), "licence": f.licence}
            for f in found.fonts
        ],
        "agencies": len(found.agencies),
    }
