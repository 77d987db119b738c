"""The brand kit and the agency list: the office's own where it has one, else the program's.

Both are TOML files; logo files lie beside them. A file is read again only when it changed.
"""

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wajo_studio import paths
from wajo_studio.domain.brand import Agency, BrandKit
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

SCHEMA = 1
"""The brand format this program reads."""

BRAND_FILE = "brand.toml"
AGENCIES_FILE = "agencies.toml"

_Model = TypeVar("_Model", bound=BaseModel)
_Stamp = tuple[int, int]
_read: dict[Path, tuple[_Stamp, BaseModel]] = {}


class _AgencyList(BaseModel):
    """agencies.toml: who may speak in posts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal[1] = Field(alias="schema")
    version: str
    agency: Annotated[tuple[Agency, ...], Field(min_length=1)]


def load_brand_kit() -> BrandKit:
    """The regency-wide brand kit.

    Raises:
        InputError: the file cannot be read or a key in it is wrong; names file and key.
    """
    path = source_file(BRAND_FILE)
    kit = read_file(path, BrandKit)
    logo_path(kit.logo, path)
    return kit


def load_agencies() -> dict[str, Agency]:
    """Every agency by its id, in the order of the list.

    Raises:
        InputError: the file cannot be read or a key in it is wrong; names file and key.
    """
    path = source_file(AGENCIES_FILE)
    agencies: dict[str, Agency] = {}
    for agency in read_file(path, _AgencyList).agency:
        if agency.id in agencies:
            raise InputError(
                N_("{file}: the agency id {id} stands there twice. Remove or rename one."),
                code="input.brand",
                file=path,
                id=agency.id,
            )
        logo_path(agency.logo, path)
        agencies[agency.id] = agency
    return agencies


def check_folder(folder: Path) -> tuple[BrandKit, tuple[Agency, ...]]:
    """The brand kit and agencies of a folder that is not in use yet; both as they would be read.

    Raises:
        InputError: a file cannot be read, a key in it is wrong, a logo is missing.
    """
    kit = read_file(folder / BRAND_FILE, BrandKit)
    logo_path(kit.logo, folder / BRAND_FILE)
    agencies = folder / AGENCIES_FILE
    listed = read_file(agencies, _AgencyList).agency if agencies.is_file() else ()
    for agency in listed:
        logo_path(agency.logo, agencies)
    return kit, listed


def find_agency(agency_id: str) -> Agency:
    """The agency that ``post.toml`` names.

    Raises:
        InputError: the list knows no such id; names the key and the nearest ids.
    """
    agencies = load_agencies()
    if agency_id in agencies:
        return agencies[agency_id]
    asked = "-".join(agency_id.lower().split())
    near = difflib.get_close_matches(asked, agencies, n=3, cutoff=0.5)
    if near:
        message = N_(
            "Key agency: {agency} is not in the agency list. Did you mean {nearest}? "
            "Correct the id or add the agency to {file}."
        )
    else:
        message = N_(
            "Key agency: {agency} is not in the agency list. "
            "Use an id from {file} or add the agency there."
        )
    raise InputError(
        message,
        code="input.agency",
        agency=agency_id,
        nearest=", ".join(near),
        file=source_file(AGENCIES_FILE),
    )


def agency_logo(agency: Agency) -> Path | None:
    """The agency's own logo file; None where the drawn monogram stands in.

    Raises:
        InputError: the list names a logo file that is not there.
    """
    return logo_path(agency.logo, source_file(AGENCIES_FILE))


def government_logo(kit: BrandKit) -> Path | None:
    """The regency's emblem file the office imported; None before that.

    Raises:
        InputError: the brand kit names a logo file that is not there.
    """
    return logo_path(kit.logo, source_file(BRAND_FILE))


def logo_path(name: str, beside: Path) -> Path | None:
    """The logo file ``name`` in the folder of the file ``beside``; None for an empty name.

    Raises:
        InputError: ``name`` leaves that folder or no such file is there.
    """
    if not name:
        return None
    folder = beside.parent.resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise InputError(
            N_(
                "{file}: the logo file {logo} is not in the same folder. "
                "Put it there or empty the key logo."
            ),
            code="input.brand",
            file=beside,
            logo=name,
        )
    return path


def source_file(name: str) -> Path:
    """The office's file where there is one, else the program's."""
    own = paths.user_brand_dir() / name
    return own if own.is_file() else paths.assets_dir() / "brand" / name


def read_file(path: Path, model: type[_Model]) -> _Model:
    """A TOML file of the brand as its model; read again only when it changed.

    Raises:
        InputError: the file cannot be read or a key in it is wrong; names file and key.
    """
    try:
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        known = _read.get(path)
        if known is not None and known[0] == stamp and isinstance(known[1], model):
            return known[1]
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InputError(
            N_("{file} cannot be read. Check the file or remove it to use the program's own."),
            code="input.brand",
            file=path,
            detail=str(error),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            N_("{file} is not valid TOML ({reason}). Correct it or remove the file."),
            code="input.brand",
            file=path,
            reason=error,
        ) from error
    value = _validated(path, content, model)
    _read[path] = (stamp, value)
    return value


def _validated(path: Path, content: dict[str, Any], model: type[_Model]) -> _Model:
    schema = content.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise InputError(
            N_("{file} was written for a newer version of this program. Update the program."),
            code="input.brand",
            file=path,
        )
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "missing":
            message = N_("{file}: the key {key} is missing. Add it.")
        elif first["type"] == "extra_forbidden":
            message = N_("{file}: the key {key} is unknown. Correct its name or remove it.")
        else:
            message = N_("{file}: the value of {key} cannot be used. Correct it.")
        raise InputError(
            message, code="input.brand", file=path, key=key, detail=str(error)
        ) from error
