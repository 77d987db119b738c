"""``media probe`` and ``media trim``."""

import dataclasses
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

from wajo_studio.cli.output import job, print_json, print_table, say
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.i18n import _, format_bytes, format_number

DONE = 0


def run_probe(file: Path, *, as_json: bool) -> int:
    """Tell what a media file is."""
    from wajo_studio.services.media import MediaInspector

    info = MediaInspector().inspect(file)
    facts = {name: _plain(value) for name, value in _members(info).items()}
    if as_json:
        print_json({"schema": 1, "file": str(file), "bytes": file.stat().st_size, **facts})
        return DONE
    rows = [(_("Size of the file"), format_bytes(file.stat().st_size))]
    rows += [(name, str(value)) for name, value in facts.items() if value is not None]
    print_table(file.name, (_("What"), _("Value")), rows)
    return DONE


def _members(info: Any) -> dict[str, Any]:
    return {field.name: getattr(info, field.name) for field in dataclasses.fields(info)}


def _plain(value: Any) -> Any:
    if isinstance(value, PixelSize):
        return {"width": value.width, "height": value.height}
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def run_trim(
    file: Path,
    placement: str,
    out_file: Path,
    in_s: float,
    out_s: float | None,
    *,
    split: bool,
    follow: bool,
    as_json: bool,
) -> int:
    """Cut a clip and bring it to a placement's size; in several parts where ``split`` says so."""
    from wajo_studio.bootstrap import build
    from wajo_studio.services.trimming import split_clip, trim_clip

    studio = build()
    kept_s = (in_s, out_s)
    with job(_("Trimming")) as ctx:
        if split:
            made = split_clip(studio, file, placement, out_file, kept_s, ctx, follow=follow)
        else:
            facts = trim_clip(studio, file, placement, out_file, kept_s, ctx, follow=follow)
            made = [(out_file, facts)]
    if as_json:
        files = [{"file": str(path), **facts} for path, facts in made]
        print_json({"schema": 1, "parts": files} if split else {"schema": 1, **files[0]})
        return DONE
    for path, facts in made:
        tell_clip(path, facts)
    return DONE


def tell_clip(file: Path, made: Mapping[str, Any]) -> None:
    """Tell a person what clip was made, from what was measured in it."""
    say(
        _("Made {file}: {width}x{height}, {seconds} s, {size}.").format(
            file=file,
            width=made["width"],
            height=made["height"],
            seconds=format_number(made["duration_s"], 2),
            size=format_bytes(made["size_bytes"]),
        )
    )
