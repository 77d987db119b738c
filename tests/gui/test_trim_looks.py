"""The trimming dialog: key points of the focus, the name strip, subtitles heard and corrected."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.gui.conftest import POST, WAIT_MS
from tests.integration.video_clips import make_clip, steady
from ui.pages.trim import timeline_paint
from ui.pages.trim.cue_editor import START, TEXT, CueEditor
from wajo_studio.errors import InputError, WajoError
from wajo_studio.progress import Cancelled, JobContext
from wajo_studio.video.subtitles import Cue, read_subtitles

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage
    from ui.pages.trim.dialog import TrimDialog

LEFT = Qt.MouseButton.LeftButton
CUES = (Cue(Fraction(1), Fraction(3), "Selamat pagi"), Cue(Fraction(4), Fraction(5), "Halo"))


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(
        tmp_path_factory.mktemp("clip") / "klip.mp4", steady(200, Fraction(25), beeps=(0,))
    )


@pytest.fixture
def post_folder(tmp_path: Path, clip: Path) -> Path:
    folder = tmp_path / "konten"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "klip.mp4").write_bytes(clip.read_bytes())
    text = POST.replace('["x.post"]', '["instagram.reel"]')
    text += '\n[[media]]\nid = "klip"\npath = "media/klip.mp4"\nreframe = "fill"\n'
    (folder / "post.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def dialog(page: "ComposePage", qtbot: "QtBot") -> "TrimDialog":
    made = page.media.trim()
    assert made is not None
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.trim.frame_shown, timeout=WAIT_MS):
        pass
    return made


def _path(dialog: "TrimDialog") -> list[tuple[float, float, float]]:
    return list(dialog.trim.item.focus_path)


def _click(dialog: QWidget, name: str) -> None:
    found = dialog.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton), name
    assert found.isEnabled()
    found.click()


def _refusals(dialog: "TrimDialog") -> list[WajoError]:
    said: list[WajoError] = []
    dialog.trim.refused.connect(said.append)
    return said


def test_key_points_are_added_moved_and_removed(dialog: "TrimDialog", page: "ComposePage") -> None:
    trim = dialog.trim
    trim.seek(1.0)
    _click(dialog, "addFocusPoint")
    assert _path(dialog) == [(1.0, 0.5, 0.5)]
    trim.seek(3.0)
    trim.focus.look_at(0.9, 0.5)
    assert _path(dialog) == [(1.0, 0.5, 0.5), (3.0, 0.9, 0.5)]
    trim.seek(2.0)
    assert trim.focus.focus == pytest.approx((0.7, 0.5))
    trim.focus.go(1)
    assert trim.position_s == pytest.approx(3.0)
    trim.focus.look_at(0.8, 0.4)
    assert _path(dialog)[1] == (3.0, 0.8, 0.4)
    _click(dialog, "removeFocusPoint")
    assert _path(dialog) == [(1.0, 0.5, 0.5)]
    page.session.undo()
    assert len(_path(dialog)) == 2
    _click(dialog, "fixFocus")
    assert _path(dialog) == []
    assert trim.item.focus == (0.8, 0.4)
    trim.focus.look_at(0.1, 0.2)
    assert trim.item.focus == (0.1, 0.2)
    assert _path(dialog) == []


def test_a_key_point_is_dragged_along_the_time_line(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    trim, line = dialog.trim, dialog.timeline
    trim.set_values("focus", focus_path=((1.0, 0.3, 0.5), (4.0, 0.7, 0.5)))
    lane = timeline_paint.focus_lane(trim)
    assert lane is not None
    y = round(lane.center().y())
    assert line.height() > y
    start, target = (QPoint(round(line.scale.x(t)), y) for t in (1.0, 2.5))
    qtbot.mousePress(line, LEFT, pos=start)  # type: ignore[no-untyped-call]
    qtbot.mouseMove(line, target)  # type: ignore[no-untyped-call]
    assert trim.focus.path[0][0] == pytest.approx(2.5, abs=0.05)
    assert trim.item.focus_path[0][0] == 1.0, "the post changes when the point is let go"
    qtbot.mouseRelease(line, LEFT, pos=target)  # type: ignore[no-untyped-call]
    assert trim.item.focus_path[0][0] == pytest.approx(2.5, abs=0.05)
    qtbot.mousePress(line, LEFT, pos=target)  # type: ignore[no-untyped-call]
    qtbot.mouseMove(line, start)  # type: ignore[no-untyped-call]
    qtbot.keyClick(line, Qt.Key.Key_Escape)  # type: ignore[no-untyped-call]
    assert trim.focus.path[0][0] == pytest.approx(2.5, abs=0.05)
    qtbot.mouseRelease(line, LEFT, pos=start)  # type: ignore[no-untyped-call]
    assert trim.item.focus_path[0][0] == pytest.approx(2.5, abs=0.05)


def test_dragging_the_frame_sets_the_point_of_this_moment(
    dialog: "TrimDialog", qtbot: "QtBot"
) -> None:
    trim, player = dialog.trim, dialog.player
    trim.set_values("focus", focus_path=((1.0, 0.5, 0.5),))
    trim.seek(4.0)
    middle = player.rect().center()
    qtbot.mousePress(player, LEFT, pos=middle)  # type: ignore[no-untyped-call]
    qtbot.mouseMove(player, middle + QPoint(60, 0))  # type: ignore[no-untyped-call]
    qtbot.mouseRelease(player, LEFT, pos=middle + QPoint(60, 0))  # type: ignore[no-untyped-call]
    assert [point[0] for point in trim.item.focus_path] == [1.0, 4.0]
    assert trim.item.focus_path[1][1] > 0.55


def test_following_proposes_points_or_says_that_nothing_was_seen(
    dialog: "TrimDialog", qtbot: "QtBot", monkeypatch: pytest.MonkeyPatch
) -> None:
    trim, said = dialog.trim, _refusals(dialog)
    points: tuple[tuple[float, float, float], ...] = ((0.0, 0.3, 0.5), (4.0, 0.6, 0.5))
    module = "wajo_studio.services.follow.follow_subject"
    monkeypatch.setattr(module, lambda *_all: points)
    _click(dialog, "followSubject")
    qtbot.waitUntil(lambda: trim.item.focus_path == points, timeout=WAIT_MS)
    monkeypatch.setattr(module, lambda *_all: ())
    qtbot.waitUntil(lambda: not dialog.long.is_busy, timeout=WAIT_MS)
    _click(dialog, "followSubject")
    qtbot.waitUntil(lambda: bool(said), timeout=WAIT_MS)
    assert trim.item.focus_path == points


def test_long_work_is_stopped_and_never_runs_twice(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    ended: list[object] = []

    def work(ctx: JobContext) -> None:
        while True:
            ctx.check()

    def never(value: object) -> None:
        ended.append(value)

    dialog.long.run("a", work, never)
    dialog.long.run("b", work, never)
    assert dialog.long.is_busy
    dialog.long.cancel()
    qtbot.waitUntil(lambda: not dialog.long.is_busy, timeout=WAIT_MS)
    assert ended == []


def test_the_name_strip_is_shown_in_its_time(dialog: "TrimDialog", qtbot: "QtBot") -> None:
    trim, player = dialog.trim, dialog.player
    player.setFixedSize(480, 400)  # whatever stands below it
    qtbot.waitUntil(lambda: player.width() == 480, timeout=WAIT_MS)
    plain = _picture_at(dialog, qtbot, 3.0)
    third = {"name": "Andi Rahma", "role": "Petugas", "from": 2.0, "to": 4.0}
    trim.set_values("name", lower_third=third)
    qtbot.waitUntil(lambda: player.strip is not None, timeout=WAIT_MS)
    assert _picture_at(dialog, qtbot, 3.0) != plain
    outside = _picture_at(dialog, qtbot, 5.0)
    trim.set_values("name", lower_third=None)
    qtbot.waitUntil(lambda: player.strip is None, timeout=WAIT_MS)
    assert _picture_at(dialog, qtbot, 5.0) == outside


def _picture_at(dialog: "TrimDialog", qtbot: "QtBot", time_s: float) -> Any:
    with qtbot.waitSignal(dialog.trim.frame_shown, timeout=WAIT_MS):
        dialog.trim.seek(time_s)
    return dialog.player.grab().toImage()


def test_words_are_corrected_in_a_new_file(
    dialog: "TrimDialog", qtbot: "QtBot", page: "ComposePage"
) -> None:
    trim, root = dialog.trim, page.session.draft.root
    trim.words.save(CUES)
    qtbot.waitUntil(lambda: len(trim.words.cues) == 2, timeout=WAIT_MS)
    first = trim.item.subtitles
    editor = dialog.subtitles.edit()
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    table = editor.table
    assert [table.item(row, TEXT).text() for row in range(2)] == ["Selamat pagi", "Halo"]  # type: ignore[union-attr]
    table.item(1, TEXT).setText("Halo, warga Wajo")  # type: ignore[union-attr]
    table.item(0, START).setText("kapan")  # type: ignore[union-attr]
    _click(editor, "saveCues")
    problem = editor.findChild(QLabel, "cueProblem")
    assert isinstance(problem, QLabel)
    assert "kapan" in problem.text()
    assert table.currentRow() == 0
    table.item(0, START).setText("0:00,5")  # type: ignore[union-attr]
    trim.seek(6.0)
    editor.add_line()
    table.item(2, TEXT).setText("Terima kasih")  # type: ignore[union-attr]
    _click(editor, "saveCues")
    qtbot.waitUntil(lambda: len(trim.words.cues) == 3, timeout=WAIT_MS)
    assert trim.item.subtitles != first
    cues = read_subtitles(root / str(trim.item.subtitles)).cues
    assert [cue.text for cue in cues] == ["Selamat pagi", "Halo, warga Wajo", "Terima kasih"]
    assert cues[0].start_s == Fraction(1, 2)
    assert read_subtitles(root / str(first)).cues == CUES
    page.session.undo()
    assert trim.item.subtitles == first


def test_speech_is_written_down_and_offered_for_correction(
    dialog: "TrimDialog", qtbot: "QtBot", page: "ComposePage", monkeypatch: pytest.MonkeyPatch
) -> None:
    trim = dialog.trim
    trim.set_values("trim", **{"in": 1.0, "out": 6.0})
    asked: list[tuple[object, ...]] = []

    def heard(*all_: object) -> tuple[Cue, ...]:
        asked.append(all_)
        return CUES

    monkeypatch.setattr("wajo_studio.services.speech.heard_cues", heard)
    dialog.subtitles.write_down(Path("/model"))
    qtbot.waitUntil(lambda: len(trim.words.cues) == 2, timeout=WAIT_MS)
    assert asked[0][2:5] == (Path("/model"), "id", (1.0, 6.0))
    editor = dialog.findChild(CueEditor)
    assert isinstance(editor, CueEditor)
    assert editor.table.rowCount() == 2
    editor.reject()
    assert (page.session.draft.root / str(trim.item.subtitles)).suffix == ".srt"


@pytest.mark.parametrize("error", [InputError("no model"), Cancelled()])
def test_speech_that_cannot_be_written_down_changes_nothing(
    dialog: "TrimDialog",
    qtbot: "QtBot",
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    said = _refusals(dialog)

    def heard(*_all: object) -> tuple[Cue, ...]:
        raise error

    monkeypatch.setattr("wajo_studio.services.speech.heard_cues", heard)
    dialog.subtitles.write_down(Path("/model"))
    qtbot.waitUntil(lambda: not dialog.long.is_busy, timeout=WAIT_MS)
    assert said == ([error] if isinstance(error, InputError) else [])
    assert dialog.trim.item.subtitles is None
