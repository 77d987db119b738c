"""Jobs that a crash cut off are offered at the start and begun again on request."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.gui.conftest import WAIT_MS, Said
from ui.resume import CONTINUE, FORGET, Resume
from wajo_studio.services.job_list import ExportJob, interrupted_jobs, jobs_folder, on_the_list

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage


def _cut_off(job: ExportJob) -> None:
    """Leave a job on the list as a killed program does."""
    with on_the_list(job):
        (file,) = jobs_folder().iterdir()
        content = file.read_bytes()
    file.write_bytes(content)


@pytest.fixture
def job(page: "ComposePage", tmp_path: Path) -> ExportJob:
    made = ExportJob(page.session.draft.root, "Layanan", tmp_path / "paket", ("x.post",))
    _cut_off(made)
    return made


def _resume(page: "ComposePage", said: Said) -> Resume:
    return Resume(page.session.studio, page.session.jobs, said, page)  # type: ignore[arg-type]


def test_a_wanted_job_is_done_and_leaves_the_list(
    page: "ComposePage", qtbot: "QtBot", said: Said, job: ExportJob
) -> None:
    said.answer = CONTINUE
    _resume(page, said).offer(interrupted_jobs())
    assert len(said.questions) == 1
    qtbot.waitUntil(lambda: bool(said.toasts), timeout=WAIT_MS * 2)
    assert said.errors == []
    assert (job.target / "manifest.json").is_file()
    assert interrupted_jobs() == []
    assert list(jobs_folder().iterdir()) == []


@pytest.mark.parametrize(("answer", "left"), [(FORGET, 0), (-1, 1)])
def test_an_unwanted_job_is_forgotten_an_unanswered_one_is_kept(
    page: "ComposePage", said: Said, job: ExportJob, answer: int, left: int
) -> None:
    said.answer = answer
    _resume(page, said).offer(interrupted_jobs())
    assert len(interrupted_jobs()) == left
    assert not job.target.exists()


def test_nothing_is_asked_without_a_job(page: "ComposePage", said: Said) -> None:
    _resume(page, said).offer(interrupted_jobs())
    assert said.questions == []


def test_a_post_that_is_gone_is_said_and_the_next_one_goes_on(
    page: "ComposePage", qtbot: "QtBot", said: Said, job: ExportJob, tmp_path: Path
) -> None:
    (kept,) = interrupted_jobs()
    gone = ExportJob(tmp_path / "hilang", "Hilang", tmp_path / "lain", ("x.post",))
    content = kept.file.read_bytes()
    kept.file.unlink()
    _cut_off(gone)
    kept.file.write_bytes(content)
    said.answer = CONTINUE
    left = sorted(interrupted_jobs(), key=lambda entry: entry.job.name)
    _resume(page, said).offer(left)
    qtbot.waitUntil(lambda: bool(said.toasts), timeout=WAIT_MS * 2)
    assert len(said.errors) == 1
    assert (job.target / "manifest.json").is_file()
    assert interrupted_jobs() == []


def test_an_export_is_on_the_list_while_it_runs(
    page: "ComposePage", qtbot: "QtBot", tmp_path: Path
) -> None:
    seen: list[int] = []
    ended: list[object] = []
    page.session.export(
        tmp_path / "paket",
        ("x.post",),
        on_done=ended.append,
        on_failed=ended.append,
        on_cancelled=lambda: ended.append(None),
        on_progress=lambda _fraction, _text: seen.append(len(list(jobs_folder().iterdir()))),
    )
    qtbot.waitUntil(lambda: bool(ended), timeout=WAIT_MS * 2)
    assert seen
    assert seen[0] == 1
    assert list(jobs_folder().iterdir()) == []


def test_the_window_asks_at_its_start(
    themed: object,
    qtbot: "QtBot",
    said: Said,
    post_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ui.main_window import MainWindow
    from wajo_studio.bootstrap import build

    monkeypatch.setattr("wajo_studio.services.thumbnails.template_picture", lambda *_a: None)
    _cut_off(ExportJob(post_folder, "Layanan", tmp_path / "paket", ("x.post",)))
    said.answer = FORGET
    window = MainWindow(build)
    window.messages = said  # type: ignore[assignment]
    qtbot.addWidget(window)
    window.show()
    window.begin()
    qtbot.waitUntil(lambda: bool(said.questions), timeout=WAIT_MS)
    assert interrupted_jobs() == []
    window.close()
