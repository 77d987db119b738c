"""Columns to fields, and cells to values."""

from datetime import date, datetime, time

import pytest

from wajo_studio.artwork.manifest import FieldSpec
from wajo_studio.artwork.template import find_template
from wajo_studio.errors import InputError
from wajo_studio.services.batch_columns import AGENCY, CREDIT, LOOK, NAME, map_columns
from wajo_studio.services.batch_values import CellError, field_value, text_of

LAYANAN = find_template("pengumuman-layanan")


def _spec(type_: str, **more: object) -> FieldSpec:
    return FieldSpec.model_validate({"id": "x", "label": "X", "type": type_, **more})


def test_columns_are_found_by_id_label_and_likeness() -> None:
    columns = (
        "JUDUL",
        "Isi",
        "Tanggal ",
        "Waktu",
        "Tempatt",
        "OPD",
        "Kredit foto",
        "Gaya",
        "Catatan lain",
    )
    found = map_columns(LAYANAN, columns).targets
    assert found[:5] == ("judul", "isi", "tanggal", "waktu", "tempat")
    assert found[5:] == (AGENCY, CREDIT, LOOK, None)


def test_numbered_columns_fill_a_list() -> None:
    template = find_template("edukasi-tips")
    each = next(spec for spec in template.fields if spec.type == "list")
    columns = ("Judul", f"{each.label} 1", f"{each.label} 2")
    assert map_columns(template, columns).columns_of(each.id) == [1, 2]


def test_a_column_fills_one_field_and_a_person_may_decide() -> None:
    found = map_columns(LAYANAN, ("Judul", "judul", "Nama"), {"Nama": NAME, "Judul": ""})
    assert found.targets == (None, "judul", NAME)
    for wanted in ({"Tidak ada": "judul"}, {"Judul": "tidakada"}):
        with pytest.raises(InputError):
            map_columns(LAYANAN, ("Judul",), wanted)
    with pytest.raises(InputError, match="Judul"):
        map_columns(LAYANAN, ("A", "B"))


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 12, 1),
        datetime(2026, 12, 1, 8, 0),  # noqa: DTZ001 - as workbooks hold it
        "2026-12-01",
        "1 Desember 2026",
        "Selasa, 1 Des 2026",
        "01/12/2026",
        "1-12-2026",
    ],
)
def test_dates(cell: object) -> None:
    assert field_value(_spec("date"), [cell]) == date(2026, 12, 1)  # type: ignore[list-item]


@pytest.mark.parametrize("cell", ["besok", "31/02/2026", "1 Desembre 2026", 7])
def test_no_dates(cell: object) -> None:
    with pytest.raises(CellError):
        field_value(_spec("date"), [cell])  # type: ignore[list-item]


def test_texts_numbers_and_times_read_as_people_write_them() -> None:
    assert text_of(time(8, 30)) == "08.30"
    assert text_of(12.5) == "12,5"
    assert text_of(1200) == "1200"
    assert text_of(date(2026, 12, 1)) == "1 Desember 2026"
    assert field_value(_spec("text"), [""]) is None
    with pytest.raises(CellError):
        field_value(_spec("text", max=3), ["empat"])


def test_choices_are_found_whatever_their_capitals() -> None:
    spec = _spec("choice", choices=["Kesehatan", "Pajak"])
    assert field_value(spec, ["KESEHATAN"]) == "Kesehatan"
    with pytest.raises(CellError):
        field_value(spec, ["Lain"])


def test_lists() -> None:
    assert field_value(_spec("list"), ["KTP-el; KK ;"]) == ["KTP-el", "KK"]
    assert field_value(_spec("list"), ["KTP; asli\nKK"]) == ["KTP; asli", "KK"]
    assert field_value(_spec("list"), ["KTP", "", "KK"]) == ["KTP", "KK"]
    table = _spec("list", columns=["Hari", "Jam"])
    assert field_value(table, ["Senin | 08.00\nRabu|09.00"]) == [
        ["Senin", "08.00"],
        ["Rabu", "09.00"],
    ]
    for cells in (["Senin"], ["a|b|c"]):
        with pytest.raises(CellError):
            field_value(table, cells)
    with pytest.raises(CellError):
        field_value(_spec("list", max=1), ["a", "b"])
