"""A table's rows as posts, and what is wrong with them, by row and column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wajo_studio.artwork.brand import find_agency, load_agencies
from wajo_studio.artwork.fields import check_fields, missing_fields
from wajo_studio.artwork.looks import LOOK_FIELD, find_look, load_looks
from wajo_studio.artwork.template import Template
from wajo_studio.domain.post import SCHEMA, Post
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, _
from wajo_studio.services.batch_columns import (
    AGENCY,
    ALT,
    CAPTION,
    CREDIT,
    LOOK,
    NAME,
    SCHEDULE,
    ColumnMap,
)
from wajo_studio.services.batch_values import CellError, field_value, text_of
from wajo_studio.services.new_post import fitting_placements
from wajo_studio.store.post_file import FILE_NAME
from wajo_studio.store.table_file import Cell, Row, Table

REQUIRED = N_("{field} is required and empty.")
NO_PHOTO = N_("the photo {path} is not there; paths are read from the table's folder.")
NO_LOOK = N_("{value} is no look; choose one of: {choices}.")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row.

    Attributes:
        row: number as the spreadsheet shows it.
        column: name of the column; empty where it is about the whole row.
        field: id of the field, or a target such as ``:agency``.
    """

    row: int
    column: str
    field: str
    message: str
    params: Mapping[str, Any]

    def sentence(self) -> str:
        """Translated, with row and column."""
        where = _("row {row}, {column}") if self.column else _("row {row}")
        reason = _(self.message).format(**self.params)
        return f"{where.format(row=self.row, column=self.column)}: {reason}"


@dataclass(frozen=True)
class RowPost:
    """A post made of a row; ``files`` are its photos: where they lie, their place in the post."""

    row: int
    folder: str
    post: Post
    files: tuple[tuple[Path, str], ...]


@dataclass(frozen=True)
class BatchPlan:
    """Every row as a post, or as what is wrong with it."""

    template: Template
    posts: tuple[RowPost, ...]
    problems: tuple[Problem, ...]


@dataclass
class _RowReader:
    """Reads one row; collects what is wrong instead of stopping at the first."""

    template: Template
    table: Table
    columns: ColumnMap
    folder: Path
    defaults: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def read(self, row: Row) -> RowPost | None:
        """The row's post; None when something is wrong with it."""
        before = len(self.problems)
        fields, files, media = self._fields(row)
        agency = self._agency(row)
        look = self._text(row, LOOK).lower() or self.defaults.get(LOOK_FIELD, "")
        if look and look not in load_looks():
            self._add(row, LOOK, NO_LOOK, value=look, choices=", ".join(load_looks()))
        elif look:
            fields[LOOK_FIELD] = look
        sample = self.template.sample
        document: dict[str, Any] = {
            "schema": SCHEMA,
            "name": self._text(row, NAME) or self._title(fields) or self.template.name,
            "agency": agency,
            "pillar": sample.get("pillar", self.template.pillars[0].value),
            "template": self.template.id,
            "placements": self.defaults["placements"],
            "fields": fields,
            "media": media,
        }
        if "information_class" in sample:
            document["information_class"] = sample["information_class"]
        if caption := self._text(row, CAPTION):
            document["captions"] = {"base": caption}
        if schedule := self._cell(row, SCHEDULE):
            document["schedule"] = schedule if not isinstance(schedule, str) else schedule.strip()
        post = self._post(row, document)
        if post is None or len(self.problems) > before:
            return None
        slug = "".join(c if c.isalnum() else "-" for c in post.name.lower()).strip("-")
        short = "-".join(part for part in slug.split("-") if part)[:40].strip("-")
        return RowPost(row.number, f"{row.number:03}-{short or 'konten'}", post, tuple(files))

    def _fields(
        self, row: Row
    ) -> tuple[dict[str, Any], list[tuple[Path, str]], list[dict[str, Any]]]:
        """Field values, photo files, media items."""
        fields: dict[str, Any] = dict(self.defaults.get("fields", {}))
        files: list[tuple[Path, str]] = []
        media: list[dict[str, Any]] = []
        for spec in self.template.fields:
            numbers = self.columns.columns_of(spec.id)
            cells = [row.cells[number] for number in numbers]
            if spec.type in ("photo", "photos"):
                ids = list(self._photos(row, spec.id, cells, files, media))
                if ids:
                    fields[spec.id] = ids[0] if spec.type == "photo" else ids
                continue
            try:
                value = field_value(spec, cells)
            except CellError as error:
                self._add(row, spec.id, error.message, **error.params)
                continue
            if value is not None:
                fields[spec.id] = value
        return fields, files, media

    def _photos(
        self,
        row: Row,
        target: str,
        cells: Sequence[Cell],
        files: list[tuple[Path, str]],
        media: list[dict[str, Any]],
    ) -> Iterator[str]:
        for name in (part.strip() for cell in cells for part in str(cell).split(";")):
            if not name:
                continue
            path = self.folder / name
            if not path.is_file():
                self._add(row, target, NO_PHOTO, path=name)
                continue
            media_id = f"foto{len(files) + 1}"
            place = f"media/{media_id}{path.suffix.lower()}"
            files.append((path, place))
            item = {"id": media_id, "path": place}
            for key, about in (("alt", ALT), ("credit", CREDIT)):
                if text := self._text(row, about):
                    item[key] = text
            media.append(item)
            yield media_id

    def _agency(self, row: Row) -> str:
        wanted = self._text(row, AGENCY)
        if not wanted:
            return str(self.defaults["agency"])
        for agency in load_agencies().values():
            if wanted.casefold() in (
                agency.id,
                agency.name.casefold(),
                agency.short_name.casefold(),
            ):
                return agency.id
        try:
            return find_agency(wanted).id
        except InputError as error:
            self._add(row, AGENCY, error.message, **error.params)
            return str(self.defaults["agency"])

    def _post(self, row: Row, document: dict[str, Any]) -> Post | None:
        """The post, with required fields looked at."""
        from wajo_studio.domain.validation import explain

        try:
            post = Post.model_validate(document)
            checked = check_fields(self.template, post.fields)
        except ValidationError as error:
            told = explain(error, file=FILE_NAME, model=Post, document=document)
            self._add(row, "", told.message, **told.params)
            return None
        except InputError as error:
            self._add(row, "", error.message, **error.params)
            return None
        known = {problem.field for problem in self.problems if problem.row == row.number}
        for spec in missing_fields(self.template, checked, post.pillar):
            if spec.id not in known and spec.type not in ("photo", "photos"):
                self._add(row, spec.id, REQUIRED, field=spec.label)
        return post

    def _title(self, fields: Mapping[str, Any]) -> str:
        first = next((s.id for s in self.template.fields if s.type in ("text", "lines")), "")
        return " ".join(str(fields.get(first, "")).split())[:80]

    def _cell(self, row: Row, target: str) -> Cell:
        numbers = self.columns.columns_of(target)
        return row.cells[numbers[0]] if numbers else ""

    def _text(self, row: Row, target: str) -> str:
        cell = self._cell(row, target)
        return text_of(cell).strip() if cell != "" else ""

    def _add(self, row: Row, target: str, message: str, **params: Any) -> None:
        numbers = self.columns.columns_of(target)
        column = self.table.columns[numbers[0]] if numbers else ""
        self.problems.append(Problem(row.number, column, target, message, params))


def plan_batch(
    template: Template,
    table: Table,
    columns: ColumnMap,
    folder: Path,
    *,
    agency: str | None = None,
    placements: Sequence[str] = (),
    look: str | None = None,
    fields: Mapping[str, Any] | None = None,
) -> BatchPlan:
    """Read every row as a post.

    Args:
        template: of all posts.
        table: the rows.
        columns: what each column fills.
        folder: from which paths of photos are read.
        agency: of rows that name none; the template's sample's unless given.
        placements: of all posts; those the artwork alone can serve unless given.
        look: of rows that name none.
        fields: values of fields that are the same in every row.

    Raises:
        InputError: agency or look are unknown.
    """
    usual = agency or template.sample.get("agency") or next(iter(load_agencies()))
    defaults: dict[str, Any] = {
        "agency": find_agency(usual).id,
        "placements": list(placements) or fitting_placements(template),
        "fields": dict(fields or {}),
    }
    if look:
        defaults[LOOK_FIELD] = find_look(look).id
    reader = _RowReader(template, table, columns, folder, defaults)
    posts = [post for row in table.rows if (post := reader.read(row)) is not None]
    return BatchPlan(template, tuple(posts), tuple(reader.problems))
