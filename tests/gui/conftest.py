"""Fixtures of the window's tests: a themed application, an open post, recorded messages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wajo_studio.errors import WajoError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage

WAIT_MS = 30_000

POST = """schema = 1
name = "Layanan keliling"
agency = "disdukcapil"
pillar = "layanan-publik"
information_class = "berkala"
template = "pengumuman-layanan"
placements = ["x.post"]

[fields]
judul = "Layanan Keliling"
isi = "Perekaman KTP-el."
tanggal = 2026-12-01
waktu = "08.00 WITA"
tempat = "Kantor Kecamatan Tempe"
"""


@dataclass
class Said:
    """What was shown to the person."""

    toasts: list[str] = field(default_factory=list)
    actions: list[Callable[[], object]] = field(default_factory=list)
    errors: list[WajoError] = field(default_factory=list)
    crashes: list[BaseException] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    answer: int = 0

    def toast(
        self, text: str, action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        self.toasts.append(text)
        if on_action is not None:
            self.actions.append(on_action)

    def error(self, error: WajoError) -> None:
        self.errors.append(error)

    def crash(self, error: BaseException) -> None:
        self.crashes.append(error)

    def ask(self, title: str, text: str, answers: Sequence[str], *, default: int = 0) -> int:
        self.questions.append(title)
        return self.answer


@pytest.fixture(scope="session")
def themed(qapp: "QApplication") -> "QApplication":
    """The application with our font and theme."""
    from ui import qt_i18n
    from ui.theme.theme import Theme

    qt_i18n.install(qapp, "id")
    Theme(qapp)
    return qapp


@pytest.fixture
def said() -> Said:
    """Stands in for the messages on screen."""
    return Said()


@pytest.fixture
def post_folder(tmp_path: Path) -> Path:
    """A small post with one placement."""
    folder = tmp_path / "konten"
    folder.mkdir()
    (folder / "post.toml").write_text(POST, encoding="utf-8")
    return folder


@pytest.fixture
def page(
    themed: "QApplication", qtbot: "QtBot", post_folder: Path, said: Said
) -> Iterator["ComposePage"]:
    """The compose page with the post open and drawn once; no job is alive after the test."""
    from ui.jobs import JobRunner
    from ui.pages.compose.page import ComposePage, build_parts
    from ui.pages.compose.session import EditSession
    from wajo_studio.bootstrap import build
    from wajo_studio.progress import Job
    from wajo_studio.services.draft import open_draft

    jobs = JobRunner()
    jobs.failed.connect(said.error)
    jobs.broke.connect(said.crash)
    session = EditSession(build(), open_draft(post_folder, Job()), jobs)
    parts = next(parts for parts in build_parts(session) if parts is not None)
    made = ComposePage(session, said, parts)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1186, 740)
    made.show()
    with qtbot.waitSignal(session.drawn, timeout=WAIT_MS):
        session.start()
    yield made
    session.stop()
    jobs.cancel_all()
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=WAIT_MS)
    assert said.crashes == []
