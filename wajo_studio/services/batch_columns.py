"""Which column of a table fills which field of a template."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wajo_studio.artwork.looks import LOOK_FIELD
from wajo_studio.artwork.template import Template
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

NAME, AGENCY, SCHEDULE, CAPTION, ALT, CREDIT, LOOK = (
    ":name",
    ":agency",
    ":schedule",
    ":caption",
    ":alt",
    ":credit",
    ":look",
)
"""Targets beside the template's fields."""

_HEADERS: Mapping[str, tuple[str, ...]] = {
    NAME: ("nama konten", "nama internal", "nama post"),
    AGENCY: ("opd", "instansi", "perangkat daerah"),
    SCHEDULE: ("jadwal tayang", "tayang", "waktu tayang"),
    CAPTION: ("teks unggahan", "takarir", "caption"),
    ALT: ("teks alternatif", "alt", "deskripsi foto"),
    CREDIT: ("kredit foto", "kredit", "sumber foto"),
    LOOK: (LOOK_FIELD, "gaya tampilan"),
}
_SIMILAR = 0.84

UNKNOWN_TARGET = N_("The column {column} cannot fill {target}; choose one of: {known}.")
UNKNOWN_COLUMN = N_("The table has no column {column}; it has: {known}.")
NOTHING = N_(
    "No column of the table fits a field of the template; name the columns like its fields: "
    "{known}."
)


@dataclass(frozen=True)
class ColumnMap:
    """What each column fills, in the table's order; None for columns that are left out."""

    targets: tuple[str | None, ...]

    def columns_of(self, target: str) -> list[int]:
        """Numbers (from 0) of the columns that fill a target: several where a list is spread."""
        return [number for number, name in enumerate(self.targets) if name == target]


def all_targets(template: Template) -> dict[str, str]:
    """What a column can fill, with the name a person knows it by."""
    from wajo_studio.i18n import _

    named = {spec.id: spec.label for spec in template.fields}
    return {
        **named,
        NAME: _("Internal name"),
        AGENCY: _("Agency"),
        SCHEDULE: _("Schedule"),
        CAPTION: _("Caption"),
        ALT: _("Alternative text of the photo"),
        CREDIT: _("Credit of the photo"),
        LOOK: _("Look"),
    }


def map_columns(
    template: Template, columns: Sequence[str], wanted: Mapping[str, str] | None = None
) -> ColumnMap:
    """Find what each column fills: by the field's id or label, then by a name like it.

    A number at the end of a column's name is passed over where the field is a list, so that
    "Syarat 1" and "Syarat 2" become its first and second entry.

    Args:
        template: whose fields are filled.
        columns: names of the columns.
        wanted: what the person decided, target by name of the column; ``""`` leaves it out.

    Raises:
        InputError: ``wanted`` names a column or a target there is none of, or nothing fits.
    """
    targets = all_targets(template)
    for column, chosen in (wanted or {}).items():
        if column not in columns:
            raise InputError(
                UNKNOWN_COLUMN, column=column, known=", ".join(columns), code="input.batch"
            )
        if chosen and chosen not in targets:
            known = ", ".join(targets)
            raise InputError(
                UNKNOWN_TARGET, column=column, target=chosen, known=known, code="input.batch"
            )
    names = _names(template)
    lists = {spec.id for spec in template.fields if spec.type in ("list", "photos")}
    found: list[str | None] = []
    target: str | None
    for column in columns:
        if wanted and column in wanted:
            found.append(wanted[column] or None)
            continue
        target = _target(column, names, lists)
        if target in found and target not in lists:
            target = None
        found.append(target)
    if not any(target in {spec.id for spec in template.fields} for target in found):
        labels = ", ".join(spec.label for spec in template.fields)
        raise InputError(NOTHING, known=labels, code="input.batch")
    return ColumnMap(tuple(found))


def _names(template: Template) -> dict[str, str]:
    """Target by every name it goes by; the template's fields come before the rest."""
    names: dict[str, str] = {}
    for spec in template.fields:
        names.setdefault(_plain(spec.id), spec.id)
        names.setdefault(_plain(spec.label), spec.id)
    for target, headers in _HEADERS.items():
        for header in headers:
            names.setdefault(_plain(header), target)
    return names


def _target(column: str, names: Mapping[str, str], lists: set[str]) -> str | None:
    plain = _plain(column)
    if plain in names:
        return names[plain]
    without = re.sub(r"\d+$", "", plain)
    if without and without != plain and names.get(without) in lists:
        return names[without]
    near = difflib.get_close_matches(plain, names, n=1, cutoff=_SIMILAR)
    return names[near[0]] if near else None


def _plain(text: str) -> str:
    """Letters and digits alone, without accents and capitals."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if sign.isalnum())
