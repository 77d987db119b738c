"""The office's visual identity: what it is, changing it, handing it on as one file.

Every change writes the office's brand folder anew as a whole, with a new version; what was there
before is kept as a ``.wajobrand`` file, so that a change can be taken back.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from wajo_studio import atomic, paths
from wajo_studio.artwork.brand import (
    AGENCIES_FILE,
    BRAND_FILE,
    check_folder,
    find_agency,
    load_agencies,
    load_brand_kit,
    logo_path,
    source_file,
)
from wajo_studio.artwork.contrast import Weakness, weaknesses
from wajo_studio.artwork.font_check import FontFacts, check_font
from wajo_studio.artwork.fonts import FONT_FOLDER, office_fonts
from wajo_studio.artwork.logo_check import CheckedLogo, check_logo
from wajo_studio.artwork.looks import LOOKS_FILE, find_look, load_looks
from wajo_studio.domain.brand import Agency, BrandKit, Palette
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.store.package import place_folder, read_package, write_package

SUFFIX = ".wajobrand"
MAX_BYTES = 64_000_000
GOVERNMENT = "kabupaten"
"""Stands for the regency where an agency could be named."""

_VERSIONS_KEPT = 20
_TEXTS = (BRAND_FILE, AGENCIES_FILE, LOOKS_FILE)
_DRAWINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp")


@dataclass(frozen=True)
class Identity:
    """The visual identity in force.

    Attributes:
        is_own: whether the office replaced the program's.
        logos: file by owner: ``kabupaten`` or the id of an agency.
        weak: pairs of colours that are too alike, with proposals.
    """

    kit: BrandKit
    agencies: Mapping[str, Agency]
    is_own: bool
    logos: Mapping[str, Path]
    fonts: tuple[FontFacts, ...]
    weak: tuple[Weakness, ...]


def identity() -> Identity:
    """What is in force now.

    Raises:
        InputError: a file of it is broken.
    """
    kit, agencies = load_brand_kit(), load_agencies()
    logos = {}
    own = logo_path(kit.logo, source_file(BRAND_FILE))
    if own is not None:
        logos[GOVERNMENT] = own
    for agency in agencies.values():
        path = logo_path(agency.logo, source_file(AGENCIES_FILE))
        if path is not None:
            logos[agency.id] = path
    return Identity(
        kit=kit,
        agencies=agencies,
        is_own=(paths.user_brand_dir() / BRAND_FILE).is_file(),
        logos=logos,
        fonts=tuple(check_font(path) for path in office_fonts()),
        weak=tuple(weaknesses(kit.palette)),
    )


def change_kit(today: date, **values: Any) -> BrandKit:
    """Change keys of brand.toml, ``palette`` among them.

    Args:
        today: becomes the version.
        values: ``government tagline footer required_hashtags look font_family palette``.

    Raises:
        InputError: a value cannot be used; nothing was changed.
        DiskError: the brand folder cannot be written.
    """
    if "look" in values:
        find_look(values["look"])

    def edit(document: tomlkit.TOMLDocument) -> None:
        for key, value in values.items():
            if isinstance(value, Palette):
                for role, colour in value.model_dump().items():
                    document["palette"][role] = colour
            else:
                document[key] = value

    _change(today, kit=edit)
    return load_brand_kit()


def change_agency(today: date, agency_id: str, **values: Any) -> Agency:
    """Change keys of an agency: ``name short_name website hotline handles``.

    Raises:
        InputError: no such agency, or a value cannot be used; nothing was changed.
        DiskError: the brand folder cannot be written.
    """
    find_agency(agency_id)
    _change(today, agencies=lambda document: _edit_agency(document, agency_id, values))
    return find_agency(agency_id)


def set_logo(today: date, file: Path, owner: str = GOVERNMENT) -> CheckedLogo:
    """Take a logo file for the regency or an agency.

    Raises:
        InputError: no such agency, or the file cannot be used; nothing was changed.
        DiskError: the brand folder cannot be written.
    """
    if owner != GOVERNMENT:
        find_agency(owner)
    logo = check_logo(file)
    name = f"logo-{owner}{logo.suffix}"
    _change_logo(today, owner, name, {name: logo.content})
    return logo


def remove_logo(today: date, owner: str = GOVERNMENT) -> None:
    """Let the drawn monogram stand in again.

    Raises:
        InputError: no such agency.
        DiskError: the brand folder cannot be written.
    """
    _change_logo(today, owner, "", {})


def add_font(today: date, file: Path) -> FontFacts:
    """Take a font file; the brand's texts are set in it once its family is chosen.

    Raises:
        InputError: the file cannot be used; nothing was changed.
        DiskError: the brand folder cannot be written.
    """
    facts = check_font(file)
    name = f"{FONT_FOLDER}/{facts.file_name(file.suffix.lower())}"
    _change(today, {name: file.read_bytes()})
    return facts


def export_identity(target: Path, *, overwrite: bool = False) -> None:
    """Write the identity in force as one ``.wajobrand`` file.

    Raises:
        InputError: ``target`` has another suffix or is there already.
        DiskError: it cannot be written.
    """
    write_package(_files_in_force(), target, SUFFIX, overwrite=overwrite)


def import_identity(archive: Path) -> BrandKit:
    """Take over a ``.wajobrand`` file as a whole; what was in force before is kept.

    Raises:
        InputError: it is damaged, hostile, or something in it cannot be used; nothing changed.
        DiskError: the brand folder cannot be written.
    """
    files = read_package(archive, SUFFIX, BRAND_FILE, MAX_BYTES)
    _put_in_force(_usable(files))
    return load_brand_kit()


def kept_versions() -> list[Path]:
    """Earlier identities as ``.wajobrand`` files, the newest first."""
    folder = paths.data_dir() / "brand-history"
    found = folder.glob(f"*{SUFFIX}") if folder.is_dir() else ()
    return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def next_version(current: str, today: date) -> str:
    """The day; from its second change on with a number, such as ``2026-12-01.2``."""
    day, _dot, number = current.partition(".")
    if day != today.isoformat():
        return today.isoformat()
    return f"{day}.{int(number) + 1 if number.isdigit() else 2}"


_Edit = Callable[[tomlkit.TOMLDocument], None]


def _change_logo(today: date, owner: str, name: str, files: Mapping[str, bytes]) -> None:
    if owner == GOVERNMENT:
        _change(today, files, kit=lambda document: document.update({"logo": name}))
    else:
        find_agency(owner)
        edit = {"logo": name}
        _change(today, files, agencies=lambda document: _edit_agency(document, owner, edit))


def _edit_agency(document: tomlkit.TOMLDocument, agency_id: str, values: Mapping[str, Any]) -> None:
    for table in document["agency"]:
        if table["id"] == agency_id:
            table.update(values)


def _change(
    today: date,
    files: Mapping[str, bytes] | None = None,
    *,
    kit: _Edit | None = None,
    agencies: _Edit | None = None,
) -> None:
    """Put the files in force with changes and a new version."""
    found = {**_files_in_force(), **(files or {})}
    document = tomlkit.parse(found[BRAND_FILE].decode("utf-8-sig"))
    if kit is not None:
        kit(document)
    document["version"] = next_version(str(document["version"]), today)
    found[BRAND_FILE] = tomlkit.dumps(document).encode()
    if agencies is not None:
        listed = tomlkit.parse(found[AGENCIES_FILE].decode("utf-8-sig"))
        agencies(listed)
        found[AGENCIES_FILE] = tomlkit.dumps(listed).encode()
    _put_in_force(found)


def _files_in_force() -> dict[str, bytes]:
    """Everything that makes up the identity, the program's files where the office has none."""
    files = {name: source_file(name).read_bytes() for name in _TEXTS}
    files |= {name: path.read_bytes() for name, path in _logos_in_force().items()}
    for path in office_fonts():
        files[f"{FONT_FOLDER}/{path.name}"] = path.read_bytes()
    return files


def _logos_in_force() -> dict[str, Path]:
    """The logo files that brand kit and agency list name, by the name they give."""
    named = [(load_brand_kit().logo, source_file(BRAND_FILE))]
    named += [(agency.logo, source_file(AGENCIES_FILE)) for agency in load_agencies().values()]
    found = {name: logo_path(name, beside) for name, beside in named}
    return {name: path for name, path in found.items() if path is not None}


def _usable(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What of a foreign package belongs to an identity, logos and fonts looked at anew.

    Raises:
        InputError: something in it cannot be used.
    """
    with atomic.scratch_folder("wajo-brand-") as folder:
        kept = {}
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if name in _TEXTS:
                kept[name] = content
        kit, agencies = check_folder(folder)
        for logo in {kit.logo, *(agency.logo for agency in agencies)} - {""}:
            if Path(logo).suffix.lower() not in _DRAWINGS:
                raise InputError(
                    N_(
                        "The logo file {file} cannot be read. Use a PNG, JPEG, WebP or SVG picture."
                    ),
                    file=logo,
                    code="input.logo",
                )
            kept[Path(logo).as_posix()] = check_logo(folder / logo).content
        for path in sorted((folder / FONT_FOLDER).glob("*.[to]tf")):
            facts = check_font(path)
            kept[f"{FONT_FOLDER}/{facts.file_name(path.suffix)}"] = path.read_bytes()
    return kept


def _put_in_force(files: Mapping[str, bytes]) -> None:
    """Replace the office's brand folder by these files, after trying them."""
    with atomic.scratch_folder("wajo-brand-") as folder:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        kit, agencies = check_folder(folder)
    named = {kit.logo, *(agency.logo for agency in agencies)}
    kept = {
        name: content
        for name, content in files.items()
        if name in _TEXTS or name in named or name.startswith(f"{FONT_FOLDER}/")
    }
    _keep_former()
    place_folder(kept, paths.user_brand_dir())


def _keep_former() -> None:
    """Keep the identity that was in force, under its version; the oldest go."""
    if not (paths.user_brand_dir() / BRAND_FILE).is_file():
        return
    version = tomllib.loads(source_file(BRAND_FILE).read_text(encoding="utf-8-sig"))["version"]
    safe = "".join(c if c.isalnum() or c in "-." else "-" for c in str(version))
    target = paths.data_dir() / "brand-history" / f"{safe}{SUFFIX}"
    write_package(_files_in_force(), target, SUFFIX, overwrite=True)
    for old in kept_versions()[_VERSIONS_KEPT:]:
        old.unlink(missing_ok=True)


def all_looks_hold(kit: BrandKit) -> dict[str, list[Weakness]]:
    """For every look the pairs that are too alike over this brand kit; empty lists are good."""
    from wajo_studio.artwork.looks import dressed

    return {look.id: weaknesses(dressed(kit, look).palette) for look in load_looks().values()}
