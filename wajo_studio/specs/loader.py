"""Spec files to placement specs. What is wrong is refused with file and key, never guessed."""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wajo_studio.clock import SystemClock, today
from wajo_studio.domain.placement import PLACEMENTS, Network
from wajo_studio.domain.validation import explain, quoted_key
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_
from wajo_studio.specs.checks import problems
from wajo_studio.specs.document import SCHEMA, Placement, Setting, SpecFile
from wajo_studio.specs.files import CODE, Stamp, read_file, spec_files, stamp
from wajo_studio.specs.model import PlacementSpec

NEWEST_SHIPPED = date(2026, 11, 24)
"""The newest ``checked`` of the program's own files. A PC whose clock stands before it must
still start, so no date up to it counts as future."""

NEWER_SCHEMA = N_("{file} was made for a newer version of the program; update the program.")
OTHER_NETWORK = N_("{file}: {key} must be {network}, as the name of the file says; correct it.")
UNKNOWN_PLACEMENT = N_("{file}: {key} is no placement of this network; it has {placements}.")
MISSING_PLACEMENT = N_("{file}: the placement {key} is missing; add it.")

_cache: dict[tuple[Stamp, ...], dict[str, PlacementSpec]] = {}


def load_specs(folder: Path | None = None) -> dict[str, PlacementSpec]:
    """Every placement's spec, in the order of ``PLACEMENTS``.

    Args:
        folder: a folder with all five files; None takes the program's own, each replaced by
            the office's file of the same name. Files are read again only when they changed.

    Raises:
        InputError: a file is missing or unreadable, a key is unknown, missing, of the wrong
            type or impossible, a block has no source, a placement is missing or unknown;
            names file and key.
    """
    files = spec_files(folder)
    stamps = tuple(stamp(path) for path in files.values())
    if stamps not in _cache:
        loaded: dict[str, PlacementSpec] = {}
        for network, path in files.items():
            loaded |= _load_file(network, path)
        _cache.clear()
        _cache[stamps] = {placement: loaded[placement] for placement in PLACEMENTS}
    return dict(_cache[stamps])


def spec_as_json(spec: PlacementSpec) -> dict[str, Any]:
    """A spec as ``placements --json`` prints it: ``id`` first, dates as ISO text."""
    return spec.model_dump(mode="json")


def _load_file(network: Network, path: Path) -> dict[str, PlacementSpec]:
    content = read_file(path)
    schema = content.get("schema")
    if type(schema) is int and schema > SCHEMA:
        raise _refusal(path, "schema", NEWER_SCHEMA)
    try:
        file = SpecFile.model_validate(_tuples(content), strict=True)
    except ValidationError as error:
        refused = explain(error, file=str(path), model=SpecFile, document=content)
        refused.code = CODE
        raise refused from error
    if file.network != network:
        raise _refusal(path, "network", OTHER_NETWORK, network=f'"{network}"')
    return {spec.id: spec for spec in _placements(network, path, file)}


def _placements(network: Network, path: Path, file: SpecFile) -> list[PlacementSpec]:
    wanted = [p.partition(".")[2] for p in PLACEMENTS if p.startswith(f"{network}.")]
    for surface in file.placement:
        if surface not in wanted:
            key = f"placement.{quoted_key(surface)}"
            raise _refusal(path, key, UNKNOWN_PLACEMENT, placements=", ".join(wanted))
    specs = []
    newest = max(today(SystemClock()), NEWEST_SHIPPED)
    for surface in wanted:
        key = f"placement.{surface}"
        if surface not in file.placement:
            raise _refusal(path, key, MISSING_PLACEMENT)
        spec = _spec(f"{network}.{surface}", file.placement[surface], file.settings)
        for problem in problems(spec, newest):
            place = f"{key}.{problem.key}" if problem.key else key
            raise _refusal(path, place, problem.message, **problem.params)
        specs.append(spec)
    return specs


def _spec(placement: str, table: Placement, general: dict[str, Setting]) -> PlacementSpec:
    settings = general | table.settings
    options = table.required_options
    return PlacementSpec(
        id=placement,
        label=table.label,
        images=table.images,
        video=table.video,
        texts={part: text for part, text in table.texts if text is not None},
        alt_text=table.alt_text,
        safe_zone=table.safe_zone,
        required_options=options.names if options else (),
        options_source=options.source if options else None,
        settings={name: setting.value for name, setting in settings.items()},
        setting_sources={name: setting.source for name, setting in settings.items()},
    )


def _tuples(value: Any) -> Any:
    """TOML's arrays as tuples, which strict models take."""
    if isinstance(value, dict):
        return {key: _tuples(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return tuple(_tuples(entry) for entry in value)
    return value


def _refusal(path: Path, key: str, message: str, **params: Any) -> InputError:
    return InputError(message, code=CODE, file=path, key=key, **params)
