"""The dialog of many posts from a table."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import WAIT_MS, Said
from ui.pages.batch.dialog import SHOWN, BatchDialog
from wajo_studio.bootstrap import build

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

HEAD = "Judul;Isi;Tanggal;Waktu;Tempat;Catatan\n"
ROW = "Layanan {n};Perekaman KTP-el;{n}/12/2026;08.00;Balai;x\n"


@pytest.fixture
def dialog(themed: "QApplication", qtbot: "QtBot", said: Said) -> Iterator[BatchDialog]:
    from ui.jobs import JobRunner

    jobs = JobRunner()
    jobs.broke.connect(said.crash)
    made = BatchDialog(build(), jobs, said, None, template_id="pengumuman-layanan")  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    yield made
    jobs.cancel_all()
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=WAIT_MS)
    assert said.crashes == []


def _table(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "tabel.csv"
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    return file


def _button(dialog: BatchDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "makeBatch")
    assert isinstance(found, QPushButton)
    return found


def test_a_table_is_shown_and_made(dialog: BatchDialog, qtbot: "QtBot", tmp_path: Path) -> None:
    assert not _button(dialog).isEnabled()
    file = _table(tmp_path, *(ROW.format(n=n) for n in range(1, 13)))
    with qtbot.waitSignal(dialog.previewed, timeout=WAIT_MS):
        dialog.open_table(file)
    assert dialog.previews.count() == SHOWN
    assert not dialog.previews.item(0).icon().isNull()
    assert dialog.targets["Catatan"].value() is None
    assert _button(dialog).isEnabled()
    dialog.pictures.setChecked(False)
    with qtbot.waitSignal(dialog.finished_batch, timeout=WAIT_MS) as made:
        dialog.make(tmp_path / "out")
    assert made.args[0].posts == 12
    assert len(list((tmp_path / "out").glob("*/post.toml"))) == 12


def test_errors_stand_by_row_and_may_be_left_out(dialog: BatchDialog, tmp_path: Path) -> None:
    dialog.open_table(_table(tmp_path, ROW.format(n=1), ROW.format(n=40), ";x;;;;\n"))
    assert not _button(dialog).isEnabled()
    text = dialog.problems.toPlainText()
    assert dialog.problems.isVisible()
    assert "3" in text
    assert "4" in text
    dialog.skip.setChecked(True)
    assert _button(dialog).isEnabled()
    assert dialog.plan is not None
    assert len(dialog.plan.posts) == 1


def test_a_column_may_be_given_to_another_field(dialog: BatchDialog, tmp_path: Path) -> None:
    dialog.open_table(_table(tmp_path, ROW.format(n=1)))
    dialog.targets["Isi"].set_value(None)
    dialog.targets["Catatan"].set_value("isi")
    dialog.targets["Catatan"].chosen.emit("isi")
    assert dialog.plan is not None
    assert dialog.plan.posts[0].post.fields["isi"] == "x"


def test_what_is_no_table_is_told(dialog: BatchDialog, said: Said, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    dialog.open_table(tmp_path / "a.xlsx")
    assert len(said.errors) == 1
    assert dialog.plan is None


def test_a_text_that_does_not_fit_writes_nothing(
    dialog: BatchDialog, qtbot: "QtBot", tmp_path: Path
) -> None:
    wide = "W" * 24
    dialog.open_table(_table(tmp_path, f"{wide} {wide} {wide};x;1/12/2026;08.00;Balai;\n"))
    with qtbot.waitSignal(dialog.finished_batch, timeout=WAIT_MS) as made:
        dialog.make(tmp_path / "out")
    assert not made.args[0].is_written
    assert "2" in dialog.problems.toPlainText()
    assert not (tmp_path / "out").exists()
