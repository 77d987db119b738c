"""Draws the window's pictures for the README: light and dark, with the sample post open.

uv run python -m tools.screenshots [folder]
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.clock import FixedClock
from wajo_studio.i18n import WITA, set_language

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.pages.compose.page import ComposePage
    from ui.theme.theme import Choice, Theme
    from wajo_studio.video.subtitles import Cue

SIZE = (1366, 768)
TRIM_SIZE = (1240, 690)
MAX_BYTES = 300_000
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=WITA)
WAIT_S = 300


def main() -> int:
    """Draw the pictures and return 1 when one of them is too large."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    set_language("id")
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("WAJO_HOME", home)
        files = _draw(folder, Path(home) / "layanan-keliling")
    too_large = [file for file in files if file.stat().st_size > MAX_BYTES]
    for file in files:
        print(f"{file}: {file.stat().st_size // 1000} KB")
    return 1 if too_large else 0


def _draw(folder: Path, post: Path) -> list[Path]:
    from PySide6.QtWidgets import QApplication

    from ui.app import make_app
    from ui.main_window import MainWindow
    from ui.theme.theme import Theme
    from wajo_studio.bootstrap import build
    from wajo_studio.services.samples import sample_post_folder

    sample_post_folder(post)
    _make_unfinished(post / "post.toml")
    app = make_app([])
    theme = app.findChild(Theme)
    assert isinstance(theme, Theme)
    theme.choose("light")
    window = MainWindow(lambda: build(FixedClock(NOW)))
    window.resize(*SIZE)
    window.show()
    window.begin(post)
    _wait(lambda: window.compose is not None)
    page = window.compose
    assert page is not None
    _wait(lambda: page.session.composition is not None)
    page.preview._choose("instagram.feed")
    page.session.save()
    _wait(lambda: not window.jobs.is_busy)
    files = []
    for choice in ("light", "dark"):
        theme.choose(choice)
        QApplication.processEvents()
        files.append(_save(window.grab().toImage(), folder / f"window-{choice}.png"))
    files += _draw_trimming(page, theme, folder)
    files += _draw_publishing(window, folder)
    window.close()
    return files


def _draw_publishing(window: "MainWindow", folder: Path) -> list[Path]:
    """Practice deliveries and an upload by hand, and the dialog that leads through it."""
    from PySide6.QtWidgets import QApplication

    from ui.pages.publish.assisted import AssistedDialog
    from ui.pages.publish.dialog import BY_HAND, PublishDialog, Wish
    from ui.pages.publish.flow import PublishFlow
    from ui.pages.publish.sending import Sent
    from wajo_studio.services.publishing.assisted import Assistance, assistance

    page = window.compose
    assert page is not None
    composition = page.session.composition
    assert composition is not None
    for statement in composition.checked.statements:
        page.session.attest(statement.rule, statement.title, given=True)
    page.session.save()
    _wait(lambda: not window.jobs.is_busy)
    sent: list[Sent] = []
    flow = PublishFlow(page, window.queue, window.messages, sent.append)
    asked = PublishDialog(page.session, [], page)
    asked.show()
    QApplication.processEvents()
    files = [_save(asked.grab().toImage(), folder / "publish-dialog.png")]
    asked.close()
    placements = ("facebook.feed", "x.post")
    flow.publish(Wish(dict.fromkeys(placements, BY_HAND), None, practice=True))
    _wait(lambda: len(sent) == 1 and not flow.is_busy and not window.jobs.is_busy)
    by_hand = Wish({"instagram.carousel": BY_HAND}, None, practice=False)
    flow.publish(by_hand)
    _wait(lambda: len(sent) == 2 and not window.jobs.is_busy)
    window.show_page("deliveries")
    _wait(lambda: not window.jobs.is_busy)
    assert window.deliveries is not None
    window.deliveries.table.selectRow(0)
    QApplication.processEvents()
    files.append(_save(window.grab().toImage(), folder / "deliveries.png"))
    laid: list[Assistance] = []
    window.queue.ask(lambda desk, _ctx: assistance(desk, sent[1].entries[0].id), laid.append)
    _wait(lambda: bool(laid))
    dialog = AssistedDialog(laid[0], window.queue, window.messages, window)
    dialog.show()
    QApplication.processEvents()
    files.append(_save(dialog.grab().toImage(), folder / "upload-by-hand.png"))
    dialog.close()
    return files


def _draw_trimming(page: "ComposePage", theme: "Theme", folder: Path) -> list[Path]:
    """The dialog that trims the sample clip: the whole picture, and filling the frame."""
    from PySide6.QtWidgets import QApplication

    clip = next(item for item in page.session.post.media if item.path.endswith(".mp4"))
    page.media.focus_media(clip.id)
    dialog = page.media.trim()
    assert dialog is not None
    dialog.resize(*TRIM_SIZE)
    trim = dialog.trim
    trim.set_edge(0, "start", 1.2)
    trim.seek(5.4)
    trim.add_part()
    trim.set_edge(1, "start", 6.2)
    third = {"name": "Andi Rahma", "role": "Petugas loket", "from": 1.5, "to": 5.0}
    trim.set_values("name", lower_third=third, subtitles_mode="burn")
    trim.words.save(_words())
    trim.set_values("focus", focus_path=((1.2, 0.3, 0.5), (3.0, 0.45, 0.5), (5.2, 0.7, 0.5)))
    trim.seek(3.0)
    files = []
    looks: tuple[tuple[Choice, str | None], ...] = (("light", None), ("dark", "fill"))
    for choice, mode in looks:
        trim.set_values("reframe", reframe=mode)
        dialog.show_as("instagram.reel", safe_zone=mode == "fill")
        theme.choose(choice)
        _wait(lambda: trim.is_settled and bool(trim.words.cues) and not trim.session.jobs.is_busy)
        QApplication.processEvents()
        files.append(_save(dialog.grab().toImage(), folder / f"trim-{choice}.png"))
    theme.choose("light")
    editor = dialog.subtitles.edit()
    QApplication.processEvents()
    files.append(_save(editor.grab().toImage(), folder / "trim-subtitles.png"))
    editor.reject()
    dialog.close()
    return files


def _words() -> "tuple[Cue, ...]":
    """Subtitles for the sample clip."""
    from fractions import Fraction

    from wajo_studio.video.subtitles import Cue

    return (
        Cue(Fraction(14, 10), Fraction(37, 10), "Selamat pagi, warga Kecamatan Tempe."),
        Cue(Fraction(4), Fraction(53, 10), "Hari ini layanan keliling hadir di sini."),
        Cue(Fraction(63, 10), Fraction(78, 10), "Bawa KTP lama dan fotokopi KK."),
    )


def _make_unfinished(post_file: Path) -> None:
    """Take out an alternative text and the consent, so that the checklist has something to say."""
    text = post_file.read_text(encoding="utf-8")
    lines, in_photo = [], False
    for line in text.splitlines():
        if line.startswith("[["):
            in_photo = False
        in_photo = in_photo or line == 'id = "foto2"'
        if in_photo and line.startswith(("alt =", "consent =")):
            continue
        if not line.startswith("face-consent-attest"):
            lines.append(line)
    post_file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


def _save(image: object, file: Path) -> Path:
    """Save with a palette of 256 colours: the picture is for reading, not for printing."""
    from io import BytesIO

    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    picture = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
    picture.quantize(256, method=Image.Quantize.MEDIANCUT).save(file, optimize=True)
    return file


def _wait(until: Callable[[], bool]) -> None:
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + WAIT_S
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the window did not get ready")
        QApplication.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main())
