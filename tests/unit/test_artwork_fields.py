"""Field values against their types, and which picture goes into which field."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from wajo_studio.artwork.fields import assign_photos, check_fields, missing_fields
from wajo_studio.artwork.request import items_shown, slide_at, slide_count
from wajo_studio.artwork.template import Template, load_template
from wajo_studio.domain.post import Pillar
from wajo_studio.errors import InputError

MANIFEST = """schema = 1
id = "uji"
name = "Uji"
pillars = ["edukasi", "krisis"]
formats = []
[fields.judul]
type = "text"
label = "Judul"
required = true
[fields.isi]
type = "lines"
label = "Isi"
required = ["krisis"]
[fields.kapan]
type = "date"
label = "Kapan"
[fields.angka]
type = "number"
label = "Angka"
[fields.tips]
type = "list"
label = "Tips"
[fields.jenis]
type = "choice"
label = "Jenis"
choices = ["satu", "dua"]
[fields.foto]
type = "photo"
label = "Foto"
[fields.foto_lain]
type = "photo"
label = "Foto lain"
[fields.galeri]
type = "photos"
label = "Galeri"
max = 2
[slides]
each = "tips"
closing = true
min = 3
max = 5
"""


@pytest.fixture
def template(tmp_path: Path) -> Template:
    folder = tmp_path / "uji"
    folder.mkdir()
    (folder / "template.toml").write_text(MANIFEST, encoding="utf-8")
    return load_template(folder)


def test_values_get_their_type(template: Template) -> None:
    checked = check_fields(
        template,
        {
            "judul": " Judul\r\nbaru ",
            "isi": "satu\r\ndua",
            "kapan": "2026-12-01",
            "angka": 12.5,
            "tips": ["a", " ", ["b", "c"], []],
            "jenis": "dua",
            "foto": "f1",
            "milik_templat_lain": 3,
        },
    )
    assert checked == {
        "judul": "Judul baru",
        "isi": "satu\ndua",
        "kapan": date(2026, 12, 1),
        "angka": "12.5",
        "tips": ("a", ("b", "c")),
        "jenis": "dua",
        "foto": "f1",
    }
    evening = datetime(2026, 11, 30, 22, tzinfo=UTC)
    assert check_fields(template, {"kapan": evening})["kapan"] == date(2026, 12, 1)
    assert check_fields(template, {})["kapan"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("judul", 3),
        ("isi", ["a"]),
        ("kapan", "1 Desember"),
        ("kapan", 20261201),
        ("angka", True),
        ("angka", [1]),
        ("tips", "a"),
        ("tips", [1]),
        ("tips", [["a", 1]]),
        ("jenis", "tiga"),
        ("foto", ["f1"]),
        ("galeri", "f1"),
        ("galeri", [1]),
    ],
)
def test_a_wrong_type_names_the_field(template: Template, field: str, value: Any) -> None:
    with pytest.raises(InputError) as caught:
        check_fields(template, {field: value})
    assert f"fields.{field}" in str(caught.value)


def test_required_fields_depend_on_the_pillar(template: Template) -> None:
    fields = check_fields(template, {})
    assert [spec.id for spec in missing_fields(template, fields, Pillar.EDUCATION)] == ["judul"]
    assert [spec.id for spec in missing_fields(template, fields, Pillar.CRISIS)] == ["judul", "isi"]


@pytest.mark.parametrize(
    ("said", "by_field", "left"),
    [
        ({}, {"foto": "a", "foto_lain": "b", "galeri": ("c", "d")}, ("e",)),
        ({"foto": ""}, {"foto": "", "foto_lain": "a", "galeri": ("b", "c")}, ("d", "e")),
        ({"foto_lain": "a"}, {"foto_lain": "a", "foto": "b", "galeri": ("c", "d")}, ("e",)),
        (
            {"galeri": ["e", "a", "b"], "foto": "e"},
            {"foto": "e", "galeri": ("e", "a", "b"), "foto_lain": "c"},
            ("d",),
        ),
        ({"galeri": []}, {"galeri": (), "foto": "a", "foto_lain": "b"}, ("c", "d", "e")),
    ],
)
def test_pictures_find_their_fields(
    template: Template, said: dict[str, Any], by_field: dict[str, Any], left: tuple[str, ...]
) -> None:
    assigned = assign_photos(template, check_fields(template, said), list("abcde"))
    assert dict(assigned.by_field) == by_field
    assert assigned.left == left


def test_a_picture_that_is_not_there_is_named(template: Template) -> None:
    with pytest.raises(InputError) as caught:
        assign_photos(template, check_fields(template, {"galeri": ["z"]}), ["a"])
    assert caught.value.params["media"] == "z"
    assert assign_photos(template, check_fields(template, {}), []).by_field == {
        "foto": "",
        "foto_lain": "",
        "galeri": (),
    }


@pytest.mark.parametrize(
    ("tips", "kinds"),
    [
        ([], ["cover", "closing"]),
        (["a"], ["cover", "item", "closing"]),
        (list("abcdef"), ["cover", "item", "item", "item", "closing"]),
    ],
)
def test_slides_follow_the_list_up_to_the_maximum(
    template: Template, tips: list[str], kinds: list[str]
) -> None:
    fields = check_fields(template, {"tips": tips})
    slides = [slide_at(template, fields, i) for i in range(slide_count(template, fields))]
    assert [slide.kind for slide in slides] == kinds
    assert [slide.position for slide in slides if slide.kind == "item"] == list(
        range(kinds.count("item"))
    )
    with pytest.raises(IndexError):
        slide_at(template, fields, len(kinds))


@pytest.mark.parametrize(
    ("rows", "shares"),
    [(0, []), (1, [1]), (6, [6]), (7, [4, 3]), (13, [5, 4, 4]), (24, [6] * 4), (30, [6] * 4)],
)
def test_a_table_is_shared_out_evenly(tmp_path: Path, rows: int, shares: list[int]) -> None:
    folder = tmp_path / "tabel"
    folder.mkdir()
    (folder / "template.toml").write_text(
        'schema = 1\nid = "tabel"\nname = "Tabel"\npillars = ["edukasi"]\nformats = []\n'
        '[fields.baris]\ntype = "list"\nlabel = "Baris"\n'
        '[slides]\neach = "baris"\ncover = false\nmin = 1\nmax = 4\nper = 6\n',
        encoding="utf-8",
    )
    template = load_template(folder)
    fields = check_fields(template, {"baris": [f"Baris {n}" for n in range(rows)]})
    slides = [slide_at(template, fields, i) for i in range(slide_count(template, fields))]
    assert [slide.entries for slide in slides if slide.kind == "item"] == shares
    assert [slide.position for slide in slides if slide.kind == "item"] == [
        sum(shares[:n]) for n in range(len(shares))
    ]
    assert items_shown(template, fields) == sum(shares)
    if not rows:
        assert [slide.kind for slide in slides] == ["single"]
