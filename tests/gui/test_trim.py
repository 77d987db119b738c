"""The dialog that trims a clip: keys, handles, parts, undo, subtitles, framing, closing."""

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QToolButton,
    QWidget,
)

from tests.gui.conftest import POST, WAIT_MS, Said
from tests.integration.video_clips import make_clip, steady
from ui.widgets.percent_edit import PercentEdit
from ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage
    from ui.pages.trim.dialog import TrimDialog

RATE = 25
WHOLE_S = 8.0
SRT = "1\n00:00:01,000 --> 00:00:03,000\nSelamat pagi\n\n2\n00:00:04,000 --> 00:00:05,000\nHalo\n"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clip")
    count = round(WHOLE_S * RATE)
    return make_clip(folder / "klip.mp4", steady(count, Fraction(RATE), beeps=(0, 50)))


@pytest.fixture
def post_folder(tmp_path: Path, clip: Path) -> Path:
    folder = tmp_path / "konten"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "klip.mp4").write_bytes(clip.read_bytes())
    placements = '["instagram.reel", "youtube.video", "tiktok.video"]'
    text = POST.replace('["x.post"]', placements)
    text += '\n[[media]]\nid = "klip"\npath = "media/klip.mp4"\nalt = "Petugas melayani warga"\n'
    (folder / "post.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def dialog(page: "ComposePage", qtbot: "QtBot") -> "TrimDialog":
    made = page.media.trim()
    assert made is not None
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)  # closed before the page is
    with qtbot.waitSignal(made.trim.frame_shown, timeout=WAIT_MS):
        pass
    made.activateWindow()
    made.player.setFocus()
    return made


def _press(qtbot: "QtBot", widget: QWidget, key: Qt.Key, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(widget, key, held)  # type: ignore[no-untyped-call]


def _find(dialog: "TrimDialog", kind: type[Any], name: str) -> Any:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def _item(dialog: "TrimDialog") -> dict[str, Any]:
    return dialog.trim.item.model_dump(by_alias=True)


def test_arrow_keys_go_by_pictures_and_with_shift_by_seconds(
    dialog: "TrimDialog", qtbot: "QtBot"
) -> None:
    trim = dialog.trim
    for key, shift, lands_s in (
        (Qt.Key.Key_Right, False, 0.04),
        (Qt.Key.Key_Right, True, 1.04),
        (Qt.Key.Key_Left, False, 1.0),
        (Qt.Key.Key_Left, True, 0.0),
        (Qt.Key.Key_Left, False, 0.0),
    ):
        _press(qtbot, dialog.player, key, shift)
        assert trim.position_s == pytest.approx(lands_s)
    trim.seek(100.0)
    assert trim.position_s == pytest.approx(trim.duration_s - 0.04)
    assert _find(dialog, QLabel, "playTime").text() in ("00:07,9", "00:08,0")


def test_the_picture_follows_the_position(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    shown: list[float] = []
    dialog.trim.frame_shown.connect(lambda frame: shown.append(frame.time_s))
    for _press_number in range(5):
        _press(qtbot, dialog.timeline, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1] == pytest.approx(0.2), timeout=WAIT_MS)


def test_i_and_o_set_in_and_out_which_undo_takes_back_one_by_one(
    dialog: "TrimDialog", qtbot: "QtBot", page: "ComposePage"
) -> None:
    dialog.trim.seek(2.0)
    _press(qtbot, dialog.player, Qt.Key.Key_I)
    dialog.trim.seek(5.0)
    _press(qtbot, dialog.timeline, Qt.Key.Key_O)
    item = _item(dialog)
    assert (item["in"], item["out"]) == (2.0, 5.04)  # the picture shown is kept as well
    page.session.undo()
    assert (_item(dialog)["in"], _item(dialog)["out"]) == (2.0, None)
    page.session.undo()
    assert (_item(dialog)["in"], _item(dialog)["out"]) == (None, None)
    page.session.redo()
    assert _item(dialog)["in"] == 2.0
    with qtbot.waitSignal(page.session.saved, timeout=WAIT_MS):
        page.session.save()
    text = (page.session.draft.root / "post.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["media"][0]["in"] == 2.0


def test_letters_typed_into_fields_move_nothing(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    before = _item(dialog)
    at_s = dialog.trim.position_s
    role = _find(dialog, QLineEdit, "thirdRole")
    role.setFocus()
    qtbot.keyClicks(role, "ijklo JKL IO")  # type: ignore[no-untyped-call]
    assert role.text() == "ijklo JKL IO"
    assert dialog.trim.position_s == at_s
    assert not dialog.trim.is_playing
    assert _item(dialog) == before


def test_a_handle_is_dragged_with_the_mouse_as_one_step(
    dialog: "TrimDialog", qtbot: "QtBot", page: "ComposePage"
) -> None:
    line = dialog.timeline
    names: list[object] = []
    y = 60
    start = QPoint(2, y)
    target = QPoint(round(line.scale.x(3.0)) + 2, y)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(line, left, pos=start)  # type: ignore[no-untyped-call]
    for part in (0.3, 0.6, 1.0):
        at = start + (target - start) * part
        qtbot.mouseMove(line, at)  # type: ignore[no-untyped-call]
        names.append(page.session.draft.undo_name)
    assert dialog.trim.ranges[0][0] == pytest.approx(3.0, abs=0.05)
    assert _item(dialog)["in"] is None, "the post changes when the handle is let go"
    qtbot.mouseRelease(line, left, pos=target)  # type: ignore[no-untyped-call]
    assert _item(dialog)["in"] == pytest.approx(3.0, abs=0.05)
    assert round(_item(dialog)["in"] * RATE, 3) == round(_item(dialog)["in"] * RATE)
    page.session.undo()
    assert _item(dialog)["in"] is None


def test_escape_cancels_a_drag_and_closes_nothing(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    line = dialog.timeline
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(2, 60))  # type: ignore[no-untyped-call]
    qtbot.mouseMove(line, QPoint(200, 60))  # type: ignore[no-untyped-call]
    assert dialog.trim.ranges[0][0] > 0
    _press(qtbot, line, Qt.Key.Key_Escape)
    assert dialog.trim.ranges == ((0.0, dialog.trim.duration_s),)
    assert dialog.isVisible()
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))  # type: ignore[no-untyped-call]
    assert _item(dialog)["in"] is None


def test_parts_are_added_edited_and_removed(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    trim = dialog.trim
    trim.seek(3.0)
    _find(dialog, QAbstractButton, "addPart").click()
    assert _item(dialog)["keep"] == ((0.0, 3.0), (3.0, trim.duration_s))
    start = _find(dialog, TimeEdit, "part2-start")
    start.setFocus()
    start.selectAll()
    qtbot.keyClicks(start, "00:05,2")  # type: ignore[no-untyped-call]
    _press(qtbot, start, Qt.Key.Key_Return)
    assert _item(dialog)["keep"] == ((0.0, 3.0), (5.2, trim.duration_s))
    assert dialog.isVisible(), "Enter in a field must not close the dialog"
    _press(qtbot, start, Qt.Key.Key_Up)
    assert _item(dialog)["keep"][1][0] == pytest.approx(5.24)
    assert "00:05,8" in _find(dialog, QLabel, "keptLength").text()
    _press(qtbot, dialog.player, Qt.Key.Key_Delete)
    assert (_item(dialog)["in"], _item(dialog)["out"], _item(dialog)["keep"]) == (None, 3.0, ())


def test_what_is_no_time_is_said_and_changes_nothing(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    end = _find(dialog, TimeEdit, "part1-end")
    end.setFocus()
    end.selectAll()
    qtbot.keyClicks(end, "nanti")  # type: ignore[no-untyped-call]
    _press(qtbot, end, Qt.Key.Key_Return)
    problem = _find(dialog, QLabel, "trimProblem")
    assert problem.isVisible()
    assert "nanti" in problem.text()
    assert _item(dialog)["out"] is None


def test_too_short_is_said_in_red_and_in_words(dialog: "TrimDialog") -> None:
    def said() -> tuple[str, set[object]]:
        row = _find(dialog, QWidget, "limit-instagram.reel")
        return row.accessibleName(), {label.property("tone") for label in row.findChildren(QLabel)}

    fits, tones = said()
    assert "danger" not in tones
    dialog.trim.set_edge(0, "end", 1.0)
    short, tones = said()
    assert short != fits
    assert "danger" in tones


def test_fill_shows_a_box_that_drags_the_focus_point(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    mode = _find(dialog, QComboBox, "reframe")
    mode.setCurrentIndex(mode.findData("fill"))
    mode.activated.emit(mode.currentIndex())
    assert _item(dialog)["reframe"] == "fill"
    view = dialog.player
    box = view._crop_place()
    middle = box.center().toPoint()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=middle)  # type: ignore[no-untyped-call]
    qtbot.mouseMove(view, middle + QPoint(60, 0))  # type: ignore[no-untyped-call]
    qtbot.mouseRelease(view, left, pos=middle + QPoint(60, 0))  # type: ignore[no-untyped-call]
    focus = _item(dialog)["focus"]
    assert focus[0] > 0.55
    assert focus[1] == pytest.approx(0.5, abs=0.01)
    assert view._crop_place().center().x() == pytest.approx(middle.x() + 60, abs=2)
    across = _find(dialog, PercentEdit, "focusX")
    assert across.percent == round(focus[0] * 100)
    across.setFocus()
    across.selectAll()
    qtbot.keyClicks(across, "30")  # type: ignore[no-untyped-call]
    _press(qtbot, across, Qt.Key.Key_Return)
    assert _item(dialog)["focus"][0] == 0.3
    _press(qtbot, across, Qt.Key.Key_Down)
    assert _item(dialog)["focus"][0] == 0.29


def test_the_safe_area_is_drawn_where_the_placement_has_one(dialog: "TrimDialog") -> None:
    shape = _find(dialog, QComboBox, "trimPlacement")
    shape.setCurrentIndex(shape.findData("instagram.reel"))
    shape.activated.emit(shape.currentIndex())
    before = dialog.player.grab().toImage()
    box = _find(dialog, QCheckBox, "trimSafeZone")
    assert box.isEnabled()
    box.setChecked(True)
    assert dialog.player.grab().toImage() != before


def test_the_cover_is_the_picture_shown(dialog: "TrimDialog") -> None:
    dialog.trim.seek(4.52)
    _find(dialog, QAbstractButton, "useCover").click()
    assert _item(dialog)["cover_s"] == 4.52
    assert _find(dialog, QLabel, "coverTime").text() == "00:04,5"


def test_subtitles_are_copied_into_the_post_and_shown(
    dialog: "TrimDialog", qtbot: "QtBot", tmp_path: Path, page: "ComposePage"
) -> None:
    file = tmp_path / "kata.srt"
    file.write_text(SRT, encoding="utf-8")
    with qtbot.waitSignal(dialog.trim.words.changed, timeout=WAIT_MS):
        dialog.trim.words.choose_file(file)
    assert _item(dialog)["subtitles"] == "media/kata.srt"
    assert (page.session.draft.root / "media" / "kata.srt").is_file()
    assert [cue.text for cue in dialog.trim.words.cues] == ["Selamat pagi", "Halo"]
    dialog.trim.seek(2.0)
    assert dialog.trim.words.at(2.0) == dialog.trim.words.cues[0]
    mode = _find(dialog, QComboBox, "subtitlesMode")
    mode.setCurrentIndex(mode.findData("both"))
    mode.activated.emit(mode.currentIndex())
    assert _item(dialog)["subtitles_mode"] == "both"
    _find(dialog, QAbstractButton, "removeSubtitles").click()
    qtbot.waitUntil(lambda: dialog.trim.words.cues == (), timeout=WAIT_MS)
    assert _item(dialog)["subtitles"] is None
    page.session.undo()
    qtbot.waitUntil(lambda: len(dialog.trim.words.cues) == 2, timeout=WAIT_MS)


def test_a_file_without_subtitles_is_refused(
    dialog: "TrimDialog", qtbot: "QtBot", tmp_path: Path
) -> None:
    file = tmp_path / "kosong.srt"
    file.write_text("tanpa waktu", encoding="utf-8")
    with qtbot.waitSignal(dialog.trim.refused, timeout=WAIT_MS):
        dialog.trim.words.choose_file(file)
    assert "kosong.srt" in _find(dialog, QLabel, "trimProblem").text()
    assert _item(dialog)["subtitles"] is None


def test_a_name_is_shown_over_the_clip(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    dialog.trim.set_edge(0, "start", 2.0)
    name = _find(dialog, QLineEdit, "thirdName")
    name.setFocus()
    qtbot.keyClicks(name, "Andi Tenri")  # type: ignore[no-untyped-call]
    third = dialog.trim.item.lower_third
    assert third is not None
    assert (third.name, third.start, third.end) == ("Andi Tenri", 2.0, 6.0)
    end = _find(dialog, TimeEdit, "thirdTo")
    end.setFocus()
    end.selectAll()
    qtbot.keyClicks(end, "1,0")  # type: ignore[no-untyped-call]
    _press(qtbot, end, Qt.Key.Key_Return)
    assert _find(dialog, QLabel, "trimProblem").isVisible(), "an end before its start is refused"
    assert dialog.trim.item.lower_third == third
    name.selectAll()
    _press(qtbot, name, Qt.Key.Key_Delete)
    assert dialog.trim.item.lower_third is None


def test_playing_moves_on_and_stops_at_the_end(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    dialog.trim.playback.sound = "no_device"  # as on a PC without a loudspeaker
    dialog.trim.seek(WHOLE_S - 0.6)
    _press(qtbot, dialog.player, Qt.Key.Key_Space)
    assert dialog.trim.is_playing
    assert _find(dialog, QLabel, "soundState").text(), "silence is said"
    qtbot.waitUntil(lambda: not dialog.trim.is_playing, timeout=WAIT_MS)
    assert dialog.trim.position_s > WHOLE_S - 0.1
    _press(qtbot, dialog.player, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: dialog.trim.position_s < WHOLE_S - 0.3, timeout=WAIT_MS)
    _press(qtbot, dialog.player, Qt.Key.Key_J)
    assert dialog.trim.playback.speed == -2
    _press(qtbot, dialog.player, Qt.Key.Key_K)
    assert not dialog.trim.is_playing


def test_zooming_shows_a_stretch_that_can_be_moved(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    line = dialog.timeline
    dialog.trim.seek(4.0)
    _press(qtbot, line, Qt.Key.Key_Plus)
    assert line.span_s < WHOLE_S
    assert line.left_s < 4.0 < line.left_s + line.span_s
    dialog.trim.seek(0.0)
    assert line.left_s == 0.0
    for _turn in range(5):
        _press(qtbot, line, Qt.Key.Key_Minus)
    assert line.span_s == dialog.trim.duration_s


def test_the_strip_and_the_sound_fill_in(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    overview = dialog.trim.overview
    qtbot.waitUntil(lambda: overview.is_complete, timeout=WAIT_MS)
    assert overview.sound is not None
    assert overview.sound.done
    assert max(overview.sound.peaks) > 60
    assert overview.image(1.0) is not None


def test_everything_speaks_is_reached_by_tab_and_fits_a_small_screen(
    dialog: "TrimDialog", qtbot: "QtBot"
) -> None:
    dialog.trim.seek(3.0)
    dialog.trim.add_part()
    dialog.resize(1240, 690)
    QApplication.processEvents()
    hint = dialog.minimumSizeHint()
    assert hint.width() <= 1000
    assert hint.height() <= 690
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for control in dialog.findChildren(kind):
            if control.objectName().startswith("qt_") or isinstance(control.parent(), QTabBar):
                continue
            said = control.accessibleName() or getattr(control, "text", str)()
            assert said, f"{type(control).__name__} {control.objectName()!r} says nothing"
            if control.isVisible() and not isinstance(control, QToolButton | QCheckBox):
                assert control.height() >= 28, control.objectName()
    names: list[str] = []
    widget = dialog.nextInFocusChain()
    while widget is not None and widget is not dialog and len(names) < 500:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(dialog):
            names.append(widget.objectName())
        widget = widget.nextInFocusChain()
    wanted = [
        "trimPlacement", "trimDone", "trimPlayer", "part1-start", "part2-end", "reframe",
        "thirdName", "play", "timeline",
    ]  # fmt: skip
    assert [name for name in names if name in wanted] == wanted


def test_no_step_of_it_holds_up_the_window(
    page: "ComposePage", qtbot: "QtBot", dialog: "TrimDialog"
) -> None:
    """Work in the window's thread, in processor time, which other programs do not change."""
    import time

    costs: list[float] = []
    for number in range(40):
        before = time.thread_time()
        dialog.trim.seek(number * 0.1)
        dialog.timeline.repaint()
        dialog.player.repaint()
        QApplication.processEvents()
        costs.append(time.thread_time() - before)
    costs.sort()
    assert costs[len(costs) // 2] < 0.05
    assert costs[-2] < 0.1


def test_closing_ends_the_reading_and_removing_the_clip_closes(
    page: "ComposePage", qtbot: "QtBot", dialog: "TrimDialog", said: Said
) -> None:
    page.session.change("media", lambda draft: draft.remove_media("hapus", "klip"))
    assert not dialog.isVisible()
    page.session.stop()
    qtbot.waitUntil(lambda: not page.jobs.is_busy, timeout=WAIT_MS)
    file = page.session.draft.root / "media" / "klip.mp4"
    file.unlink()  # on Windows this works only when nobody holds the file open
    assert said.errors == []


def test_the_button_is_there_for_clips_only(page: "ComposePage") -> None:
    knob = page.media.findChild(QAbstractButton, "trimClip")
    assert isinstance(knob, QAbstractButton)
    page.tabs.setCurrentIndex(1)
    QApplication.processEvents()
    assert knob.isVisible()
    page.session.change("media", lambda draft: draft.remove_media("hapus", "klip"))
    assert not knob.isVisible()
