"""Saving a package from the window: progress, cancel, what blocks, errors."""

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.gui.conftest import WAIT_MS, Said
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage


def test_a_package_is_saved_with_what_was_typed_last(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path, said: Said
) -> None:
    page.session.set_field("judul", "Judul", "Judul Terakhir")
    target = tmp_path / "paket"
    page.start_export(target, ("x.post",))
    qtbot.waitUntil(lambda: page.is_exporting, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not page.is_exporting, timeout=WAIT_MS)
    assert said.errors == []
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    assert "Judul Terakhir" in json.dumps(manifest, ensure_ascii=False)
    assert all((target / name).is_file() for name in manifest["files"])
    assert len(said.toasts) == 1
    assert said.actions, "the toast offers to open the folder"


def test_what_blocks_is_shown_and_nothing_is_written(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path, said: Said
) -> None:
    page.session.set_field("tempat", "Tempat", None)
    target = tmp_path / "paket"
    page.start_export(target, ("x.post",))
    qtbot.waitUntil(lambda: bool(said.toasts), timeout=WAIT_MS)
    assert not target.exists()
    first = page.checklist.first_blocking()
    assert first is not None
    assert first.where.id == "tempat"


def test_cancel_stops_the_job_and_leaves_nothing(
    page: "ComposePage",
    qtbot: "QtBot",
    tmp_path: Path,
    said: Said,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    began = threading.Event()

    def slow(_studio: object, _root: Path, _target: Path, ctx: JobContext, **_rest: object) -> None:
        ctx.report(0.4, "setengah")
        began.set()
        while True:
            ctx.check()

    monkeypatch.setattr("ui.pages.compose.session.export_post", slow)
    page.start_export(tmp_path / "paket", ("x.post",))
    qtbot.waitUntil(page.job_bar.isVisible, timeout=WAIT_MS)
    assert began.wait(5)
    qtbot.waitUntil(lambda: "40" in page.job_bar._words.text(), timeout=WAIT_MS)
    page.job_bar._cancel.click()
    qtbot.waitUntil(lambda: not page.is_exporting, timeout=1_000)
    assert not page.job_bar.isVisible()
    assert not (tmp_path / "paket").exists()
    assert len(said.toasts) == 1


def test_a_folder_that_holds_other_files_is_refused(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path, said: Said
) -> None:
    target = tmp_path / "penuh"
    target.mkdir()
    (target / "surat.txt").write_text("x", encoding="utf-8")
    page.start_export(target, ("x.post",))
    qtbot.waitUntil(lambda: bool(said.errors), timeout=WAIT_MS)
    assert "surat.txt" in str(said.errors[0])
    assert [p.name for p in target.iterdir()] == ["surat.txt"]
    assert page._export_button.isEnabled()


def test_the_progress_bar_never_runs_backwards(page: "ComposePage") -> None:
    page.job_bar.begin("x")
    for fraction in (0.2, 0.6, 0.4):
        page.job_bar.progress(fraction, "")
    assert page.job_bar._bar.value() == 600
    page.job_bar.end()


def test_the_dialog_names_a_free_folder_and_needs_a_placement(
    page: "ComposePage", tmp_path: Path
) -> None:
    from ui.pages.compose.export_dialog import ExportDialog

    (tmp_path / "Layanan keliling").mkdir()
    dialog = ExportDialog(page.session, tmp_path, page)
    assert dialog.target == tmp_path / "Layanan keliling (2)"
    assert dialog.placements == ("x.post",)
    assert "1" in dialog._amount.text()
    dialog._boxes["x.post"].setChecked(False)
    assert not dialog._save.isEnabled()
    dialog.deleteLater()
