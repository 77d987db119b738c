"""The dialog of the visual identity."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import Said
from ui.pages.identity.dialog import IdentityDialog
from wajo_studio import paths
from wajo_studio.artwork.brand import load_agencies, load_brand_kit
from wajo_studio.services import brand_kit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

DAY = date(2026, 12, 1)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/>{}</svg>'


@pytest.fixture
def dialog(themed: "QApplication", qtbot: "QtBot", said: Said) -> IdentityDialog:
    made = IdentityDialog(said, DAY, "dinkes", None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    return made


def _edit(dialog: IdentityDialog, key: str, text: str) -> None:
    line = dialog._lines[key]
    line.setText(text)
    line.editingFinished.emit()


def test_lines_are_kept_at_once(dialog: IdentityDialog) -> None:
    _edit(dialog, "required_hashtags", "#Wajo, #MaradekaToWajoe")
    _edit(dialog, "footer", "wajokab.go.id/ppid")
    _edit(dialog, "handle-instagram", "@dinkes.wajo")
    kit = load_brand_kit()
    assert kit.required_hashtags == ("Wajo", "MaradekaToWajoe")
    assert kit.footer == "wajokab.go.id/ppid"
    assert load_agencies()["dinkes"].handles == {"instagram": "dinkes.wajo"}
    assert kit.version == "2026-12-01.3"
    assert "2026-12-01.3" in dialog.version.text()


def test_leaving_a_line_unchanged_makes_no_version(dialog: IdentityDialog) -> None:
    for line in dialog._lines.values():
        line.editingFinished.emit()
    assert not paths.user_brand_dir().exists()


def test_a_logo_is_taken_with_remarks(dialog: IdentityDialog, tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    file.write_text(SVG.format("<script>x</script>"), encoding="utf-8")
    dialog.take_logo(file, "kabupaten")
    assert load_brand_kit().logo == "logo-kabupaten.svg"
    assert "script" in dialog.remarks.text()
    assert dialog.remarks.isVisible()


def test_a_file_that_cannot_be_used_is_told(
    dialog: IdentityDialog, said: Said, tmp_path: Path
) -> None:
    (tmp_path / "a.svg").write_text("<svg", encoding="utf-8")
    dialog.take_logo(tmp_path / "a.svg", "kabupaten")
    dialog.take_identity(tmp_path / "a.svg")
    dialog.take_font(tmp_path / "a.svg")
    assert len(said.errors) == 3
    assert not paths.user_brand_dir().exists()


def test_weak_colours_are_told_and_mended(dialog: IdentityDialog) -> None:
    dialog._set_colour("alert", "#E0484C")
    mend = dialog.findChild(QPushButton, "repairPalette")
    assert mend is not None
    mend.click()
    assert brand_kit.identity().weak == ()
    assert load_brand_kit().palette.alert != "#E0484C"


def test_an_identity_is_written_and_taken_back(dialog: IdentityDialog, tmp_path: Path) -> None:
    _edit(dialog, "footer", "satu.go.id")
    dialog.export_to(tmp_path / "a.wajobrand")
    _edit(dialog, "footer", "dua.go.id")
    with_signal = []
    dialog.changed.connect(lambda: with_signal.append(1))
    dialog.take_identity(tmp_path / "a.wajobrand")
    assert load_brand_kit().footer == "satu.go.id"
    assert with_signal == [1]
