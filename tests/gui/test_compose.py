"""Writing a post in the window: preview, saving, undo, media, statements."""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from tests.gui.conftest import WAIT_MS, Said
from ui.widgets.text_edit import GrowingTextEdit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage


def _post(page: "ComposePage") -> dict[str, Any]:
    return tomllib.loads((page.session.draft.root / "post.toml").read_text(encoding="utf-8"))


def _title(page: "ComposePage") -> GrowingTextEdit:
    found = page.findChild(GrowingTextEdit, "field-judul")
    assert isinstance(found, GrowingTextEdit)
    return found


def _type(qtbot: "QtBot", widget: QWidget, text: str) -> None:
    qtbot.keyClicks(widget, text)  # type: ignore[no-untyped-call]


def _pixels(page: "ComposePage") -> QImage:
    return page.preview.view.grab().toImage()


def _picture(path: Path, colour: str = "#1F5F8B") -> Path:
    image = QImage(1200, 900, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def test_typing_changes_the_preview_and_the_file_within_two_seconds(
    page: "ComposePage", qtbot: "QtBot"
) -> None:
    before = _pixels(page)
    with qtbot.waitSignals([page.session.drawn, page.session.saved], timeout=WAIT_MS):
        _title(page).setFocus()
        _title(page).selectAll()
        _type(qtbot, _title(page), "Jadwal Baru")
    qtbot.waitUntil(lambda: _post(page)["fields"]["judul"] == "Jadwal Baru", timeout=WAIT_MS)
    assert _pixels(page) != before


def test_the_timer_that_saves_is_not_put_off_by_more_typing(page: "ComposePage") -> None:
    page.session.set_field("judul", "Judul", "A")
    timer = page.session._save_timer
    left = timer.remainingTime()
    page.session.set_field("judul", "Judul", "AB")
    assert timer.isActive()
    assert timer.remainingTime() <= left <= 2_000


def test_undo_and_redo_reach_typing_and_the_form_follows(
    page: "ComposePage", qtbot: "QtBot"
) -> None:
    _title(page).selectAll()
    _type(qtbot, _title(page), "Lain")
    assert page.session.draft.undo_name is not None
    page.undo()
    assert _title(page).text() == "Layanan Keliling"
    page.redo()
    assert _title(page).text() == "Lain"


def test_ctrl_z_in_a_text_field_is_left_to_the_window(page: "ComposePage", qtbot: "QtBot") -> None:
    _title(page).selectAll()
    _type(qtbot, _title(page), "Lain")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(_title(page), Qt.Key.Key_Z, control)  # type: ignore[no-untyped-call]
    assert _title(page).text() == "Lain"


def test_enter_in_a_one_line_text_adds_no_line(page: "ComposePage", qtbot: "QtBot") -> None:
    qtbot.keyClick(_title(page), Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    assert "\n" not in _title(page).text()


def test_the_counter_says_in_words_that_a_text_is_too_long(page: "ComposePage") -> None:
    control = page.content._controls["judul"]
    counter = control.widget.counter
    assert counter is not None
    states = []
    for length in (71, 72, 80, 81):
        control._text_edited("x" * length)
        states.append(counter.state)
    assert states == ["ok", "near", "near", "over"]
    assert "1" in counter.text().partition("80")[2]


def test_a_dropped_file_becomes_media_and_the_original_stays(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path
) -> None:
    original = _picture(tmp_path / "Foto Kantor.png")
    content = original.read_bytes()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(original))])
    event = QDropEvent(
        QPointF(50, 200),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)
    qtbot.waitUntil(lambda: len(page.session.post.media) == 1, timeout=WAIT_MS)
    assert event.isAccepted()
    item = page.session.post.media[0]
    assert (page.session.draft.root / item.path).read_bytes() == content
    assert original.read_bytes() == content
    page.undo()
    assert page.session.post.media == ()


def test_a_pasted_picture_becomes_media(page: "ComposePage", qtbot: "QtBot") -> None:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("#A3262A"))
    mime = QMimeData()
    mime.setImageData(image)
    assert page.add_from(mime)
    qtbot.waitUntil(lambda: len(page.session.post.media) == 1, timeout=WAIT_MS)
    stored = QImage(str(page.session.draft.root / page.session.post.media[0].path))
    assert (stored.width(), stored.height()) == (640, 480)


def test_pasted_text_is_no_media(page: "ComposePage") -> None:
    mime = QMimeData()
    mime.setText("halo")
    assert not page.add_from(mime)


def test_a_file_that_is_no_media_is_refused_in_words(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path, said: Said
) -> None:
    file = tmp_path / "surat.jpg"
    file.write_text("bukan gambar", encoding="utf-8")
    page.add_files([file])
    qtbot.waitUntil(lambda: bool(said.errors), timeout=WAIT_MS)
    assert page.session.post.media == ()
    assert "surat.jpg" in str(said.errors[0])
    assert not (page.session.draft.root / "media").exists()


def test_a_bad_file_among_good_ones_is_refused_alone(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path, said: Said
) -> None:
    bad = tmp_path / "surat.jpg"
    bad.write_text("bukan gambar", encoding="utf-8")
    page.add_files([_picture(tmp_path / "satu.png"), bad, _picture(tmp_path / "dua.png")])
    qtbot.waitUntil(lambda: len(page.session.post.media) == 2, timeout=WAIT_MS)
    assert ["surat.jpg" in str(error) for error in said.errors] == [True]


def test_what_only_x_finds_in_the_base_text_is_changed_for_x(
    page: "ComposePage", qtbot: "QtBot"
) -> None:
    with qtbot.waitSignal(page.session.checked, timeout=WAIT_MS):
        page.session.set_caption("base", "Teks dasar", "Layanan keliling. " * 20)
    first = page.checklist.first_blocking()
    assert first is not None
    assert first.where.id == "base"
    page.go_to(first)
    assert page.texts._edits["x"].editor.hasFocus()
    _type(qtbot, page.texts._edits["x"].editor, "!")
    assert page.session.post.captions["x"] != page.session.post.captions["base"]
    assert page.session.post.captions["base"] == "Layanan keliling. " * 20


def test_an_impossible_choice_of_placements_is_refused_and_shown_as_it_was(
    page: "ComposePage", said: Said
) -> None:
    box = page.findChild(QCheckBox, "use-x.post")
    assert isinstance(box, QCheckBox)
    box.click()
    assert page.session.post.placements == ("x.post",)
    assert box.isChecked()
    assert len(said.errors) == 1


def test_a_new_placement_can_be_looked_at(page: "ComposePage", qtbot: "QtBot") -> None:
    box = page.findChild(QCheckBox, "use-instagram.feed")
    assert isinstance(box, QCheckBox)
    with qtbot.waitSignal(page.session.drawn, timeout=WAIT_MS):
        box.click()
    with qtbot.waitSignal(page.session.drawn, timeout=WAIT_MS):
        page.preview._choose_network("instagram")
    line = page.findChild(QLabel, "sizeLine")
    assert isinstance(line, QLabel)
    assert "1080 × 1350" in line.text()


def test_the_networks_own_text_is_kept_and_can_be_given_back(
    page: "ComposePage", qtbot: "QtBot"
) -> None:
    edit = page.texts._edits["x"]
    draft = edit.editor.text()
    assert draft
    edit.editor.selectAll()
    _type(qtbot, edit.editor, "Teks untuk X")
    assert page.session.post.captions == {"x": "Teks untuk X"}
    with qtbot.waitSignal(page.session.drawn, timeout=WAIT_MS):
        edit.reset.emit("x")
    qtbot.waitUntil(lambda: edit.editor.text() == draft, timeout=WAIT_MS)
    assert page.session.post.captions == {}


def test_a_finding_leads_to_its_field_and_a_statement_can_be_ticked(
    page: "ComposePage", qtbot: "QtBot"
) -> None:
    with qtbot.waitSignal(page.session.checked, timeout=WAIT_MS):
        page.session.change(
            "fields.tempat",
            lambda draft: draft.change(
                "x", pillar="krisis", fields={**draft.post.fields, "tempat": ""}
            ),
        )
    first = page.checklist.first_blocking()
    assert first is not None
    assert first.rule == "field-required"
    page.tabs.setCurrentIndex(3)
    page.go_to(first)
    assert page.tabs.currentIndex() == 0
    place = page.findChild(QLineEdit, "field-tempat") or page.findChild(
        GrowingTextEdit, "field-tempat"
    )
    assert place is not None
    assert place is page.content.focusWidget() or place.hasFocus()
    box = page.findChild(QCheckBox, "statement-head-approval-attest")
    assert isinstance(box, QCheckBox)
    with qtbot.waitSignal(page.session.checked, timeout=WAIT_MS):
        box.click()
    given = page.session.post.attestations["head-approval-attest"]
    assert given.covers is not None
    assert given.role == "admin"
    page.undo()
    assert page.session.post.attestations == {}


def test_another_template_keeps_what_was_written(page: "ComposePage", qtbot: "QtBot") -> None:
    with qtbot.waitSignal(page.session.drawn, timeout=WAIT_MS):
        page.content._choose("polos")
    assert page.session.post.fields["tempat"] == "Kantor Kecamatan Tempe"
    assert _title(page).text() == "Layanan Keliling"
    page.undo()
    assert page.session.post.template == "pengumuman-layanan"


def test_a_value_that_cannot_be_used_is_said_instead_of_a_picture(
    page: "ComposePage", qtbot: "QtBot"
) -> None:
    with qtbot.waitSignal(page.session.unusable, timeout=WAIT_MS) as told:
        page.session.set_field("foto", "Foto", "tidak-ada")
    assert told.args is not None
    assert "tidak-ada" in str(told.args[0])


def test_a_post_changed_in_another_window_is_asked_about(
    page: "ComposePage", qtbot: "QtBot", said: Said
) -> None:
    file = page.session.draft.root / "post.toml"
    other = file.read_text(encoding="utf-8").replace("Layanan keliling", "Jendela lain")
    file.write_text(other, encoding="utf-8")
    page.session.set_field("judul", "Judul", "Milik saya")
    qtbot.waitUntil(lambda: bool(said.questions), timeout=WAIT_MS)
    assert "Jendela lain" in file.read_text(encoding="utf-8")
    said.answer = 1
    page.session.set_field("judul", "Judul", "Milik saya juga")
    qtbot.waitUntil(lambda: _post(page)["fields"]["judul"] == "Milik saya juga", timeout=WAIT_MS)
    said.answer = 2
    file.write_text(other, encoding="utf-8")
    with qtbot.waitSignal(page.reload_asked, timeout=WAIT_MS):
        page.session.set_field("judul", "Judul", "Tidak jadi")
