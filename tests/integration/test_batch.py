"""A table becomes posts: all of them or none, with what is wrong told by row and column."""

import threading
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PIL import Image

from tests.integration.cli_helpers import call, jpeg
from wajo_studio.artwork.template import find_template
from wajo_studio.bootstrap import build
from wajo_studio.errors import InputError
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.services.batch import make_batch, preview_row
from wajo_studio.services.batch_columns import map_columns
from wajo_studio.services.batch_rows import BatchPlan, plan_batch
from wajo_studio.store.post_folder import load_folder
from wajo_studio.store.table_file import MAX_ROWS, read_table

HEAD = ("Judul", "Isi", "Tanggal", "Waktu", "Tempat")
ROWS: list[tuple[Any, ...]] = [
    (
        "Layanan Keliling Tempe",
        "Perekaman KTP-el.",
        date(2026, 12, 1),
        "08.00 WITA",
        "Kantor Camat",
    ),
    ("Layanan Keliling Belawa", "Cetak KK.", date(2026, 12, 2), "09.00 WITA", "Balai Desa"),
]


def _sheet(path: Path, rows: list[tuple[Any, ...]], head: tuple[str, ...] = HEAD) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(row)
    book.save(path)
    return path


def _plan(path: Path, template_id: str = "pengumuman-layanan", **more: Any) -> BatchPlan:
    template, table = find_template(template_id), read_table(path)
    return plan_batch(template, table, map_columns(template, table.columns), path.parent, **more)


# -- tables ------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_as_spreadsheets_write_it(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    text = (
        separator.join(("Judul", "Isi")) + "\r\n" + separator.join(('"A–B"', '"x\ny"')) + "\r\n\r\n"
    )
    path.write_bytes(text.encode(encoding))
    table = read_table(path)
    assert table.columns == ("Judul", "Isi")
    assert table.rows[0].cells == ("A–B", "x\ny")
    assert len(table.rows) == 1


def test_a_workbook_keeps_row_numbers_and_kinds(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "a.xlsx", [ROWS[0], (None,) * 5, ("B", 3.0, date(2026, 1, 2))])
    table = read_table(path)
    assert [row.number for row in table.rows] == [2, 4]
    assert table.rows[1].cells == ("B", 3, date(2026, 1, 2), "", "")


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/worksheets/sheet1.xml", "0" * 210_000_000)
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04nothing")
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "a.csv").write_bytes(b"")
    (tmp_path / "b.csv").write_bytes(b"Judul;Isi\n")
    (tmp_path / "c.csv").write_bytes(b"a\0b\n1\n")
    (tmp_path / "d.csv").write_text("Judul\n" + "x\n" * (MAX_ROWS + 1), encoding="utf-8")
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(InputError, match=path.name):
            read_table(path)
    with pytest.raises(InputError, match=r"missing\.csv"):
        read_table(tmp_path / "missing.csv")


# -- posts -------------------------------------------------------------------------------------


def test_each_row_becomes_a_post_that_can_be_opened(tmp_path: Path) -> None:
    plan = _plan(_sheet(tmp_path / "a.xlsx", ROWS), agency="dinkes", look="segar")
    done = make_batch(build(), plan, tmp_path / "out", Job())
    assert (done.posts, done.pictures, done.problems, done.is_written) == (2, 0, (), True)
    folders = sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_dir())
    assert folders == ["002-layanan-keliling-tempe", "003-layanan-keliling-belawa"]
    post = load_folder(tmp_path / "out" / folders[0]).post
    assert (post.agency, post.template) == ("dinkes", "pengumuman-layanan")
    assert post.fields["tanggal"] == date(2026, 12, 1)
    assert post.fields["gaya"] == "segar"
    assert (tmp_path / "out" / "daftar.csv").read_text(encoding="utf-8-sig").count("\n") == 3


def test_pictures_and_photos(tmp_path: Path) -> None:
    (tmp_path / "foto").mkdir()
    (tmp_path / "foto" / "a.jpg").write_bytes(jpeg())
    head = (*HEAD, "Foto", "Teks alternatif", "Kredit foto")
    rows = [(*ROWS[0], "foto/a.jpg", "Warga antre", "Dok. Dinas"), (*ROWS[1], "", "", "")]
    plan = _plan(_sheet(tmp_path / "a.xlsx", rows, head))
    done = make_batch(build(), plan, tmp_path / "out", Job(), pictures=True)
    assert (done.posts, done.pictures) == (2, 8)
    with Image.open(tmp_path / "out" / "gambar" / "002-layanan-keliling-tempe-9x16.jpg") as picture:
        assert picture.size == (1080, 1920)
    item = load_folder(tmp_path / "out" / "002-layanan-keliling-tempe").post.media[0]
    assert (item.path, item.alt, item.credit) == ("media/foto1.jpg", "Warga antre", "Dok. Dinas")
    shown = preview_row(build(), plan.template, plan.posts[0], 300)
    assert (shown.width, shown.height) == (300, 375)


def test_every_problem_is_told_by_row_and_column(tmp_path: Path) -> None:
    head = (*HEAD, "OPD", "Gaya", "Foto")
    rows = [
        (*ROWS[0], "Dinas Kesehatan", "Tegas", ""),
        ("", "Isi", "besok", "08.00", "Balai", "", "", ""),
        ("x" * 200, "Isi", date(2026, 12, 3), "08.00", "Balai", "Dinas Sihir", "neon", "tidak.jpg"),
    ]
    path = _sheet(tmp_path / "a.xlsx", rows, head)
    plan = _plan(path)
    assert [post.row for post in plan.posts] == [2]
    assert plan.posts[0].post.agency == "dinkes"
    found = {(problem.row, problem.column) for problem in plan.problems}
    assert found == {
        (3, "Judul"),
        (3, "Tanggal"),
        (4, "Judul"),
        (4, "OPD"),
        (4, "Gaya"),
        (4, "Foto"),
    }
    assert all(str(p.row) in p.sentence() and p.column in p.sentence() for p in plan.problems)
    assert not make_batch(build(), plan, tmp_path / "out", Job()).is_written
    assert not (tmp_path / "out").exists()
    skipped = make_batch(build(), plan, tmp_path / "out", Job(), skip_problems=True)
    assert (skipped.posts, skipped.is_written, len(skipped.problems)) == (1, True, 6)


def test_a_text_that_does_not_fit_stops_everything(tmp_path: Path) -> None:
    long = ("W" * 24 + " ") * 3
    path = _sheet(tmp_path / "a.xlsx", [ROWS[0], (long.strip(), *ROWS[1][1:])])
    plan = _plan(path)
    assert plan.problems == ()
    done = make_batch(build(), plan, tmp_path / "out", Job(), pictures=True)
    assert not done.is_written
    assert [(problem.row, problem.field) for problem in done.problems] == [(3, "judul")]
    assert list(tmp_path.iterdir()) == [path]


def test_a_cancelled_batch_leaves_nothing(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "a.xlsx", ROWS * 10)
    token = CancelToken()
    reported = threading.Event()

    def listen(fraction: float, _text: str) -> None:
        if fraction > 0.05:
            reported.set()
            token.cancel()

    with pytest.raises(Cancelled):
        make_batch(build(), _plan(path), tmp_path / "out", Job(listen, token), pictures=True)
    assert reported.is_set()
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "a.xlsx", ROWS)
    with pytest.raises(InputError):
        make_batch(build(), _plan(path), tmp_path, Job())


def test_a_carousel_from_a_table(tmp_path: Path) -> None:
    head = ("Judul", "Layanan", "Waktu", "Tempat")
    rows = [
        (
            "Urus Dokumen",
            "KTP-el|Fotokopi KK|Gratis|1 hari\nKK|KTP-el|Gratis|2 hari",
            "Senin",
            "Kantor",
        )
    ]
    plan = _plan(_sheet(tmp_path / "a.xlsx", rows, head), "kartu-layanan")
    assert plan.problems == ()
    done = make_batch(build(), plan, tmp_path / "out", Job(), pictures=True)
    assert done.pictures == 16
    assert (tmp_path / "out" / "gambar" / "002-urus-dokumen-4x5-04.jpg").is_file()


# -- command line ------------------------------------------------------------------------------


def test_the_command_shows_first_and_writes_when_asked(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "a.xlsx", ROWS)
    shown = call("batch", "pengumuman-layanan", path, "--json")
    assert shown.status == 0
    assert shown.json["columns"]["Judul"] == "judul"
    assert [post["row"] for post in shown.json["posts"]] == [2, 3]
    out = tmp_path / "out"
    made = call("batch", "pengumuman-layanan", path, "--out", out, "--pictures", "--json")
    assert (made.status, made.json["posts"], made.json["pictures"]) == (0, 2, 8)
    text = (out / "002-layanan-keliling-tempe" / "post.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["fields"]["judul"] == "Layanan Keliling Tempe"
    assert call("check", out / "002-layanan-keliling-tempe", "--json").status in (0, 1)
    assert call("batch", "pengumuman-layanan", path, "--out", out).status == 2


def test_the_command_ends_in_one_when_rows_have_errors(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "a.xlsx", [*ROWS, ("", *ROWS[0][1:])])
    out = tmp_path / "out"
    refused = call("batch", "pengumuman-layanan", path, "--out", out)
    assert refused.status == 1
    assert "4" in refused.err
    assert not out.exists()
    assert call("batch", "pengumuman-layanan", path, "--out", out, "--skip").status == 1
    assert len([p for p in out.iterdir() if p.is_dir()]) == 2
    assert call("batch", "polos", path).status == 2
    assert call("batch", "pengumuman-layanan", path, "--column", "Judul").status == 2
    assert call("batch", "pengumuman-layanan", path, "--column", "Judul=isi2").status == 2
