"""Jobs end exactly once; of many requests for the same thing the newest counts."""

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject

from ui.jobs import JobRunner, Newest
from wajo_studio.errors import InputError
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WAIT_MS = 5_000


def test_a_job_is_done_in_another_thread_and_tells_in_this_one(qtbot: "QtBot") -> None:
    runner = JobRunner()
    seen: list[object] = []
    with qtbot.waitSignal(runner.idle, timeout=WAIT_MS):
        runner.submit(
            "disk",
            lambda _ctx: threading.get_ident(),
            on_done=lambda worker: seen.extend([worker, threading.get_ident()]),
        )
    assert seen[0] != seen[1]
    assert seen[1] == threading.get_ident()
    assert not runner.is_busy


def test_an_error_for_people_is_told_and_a_bug_is_told_apart(qtbot: "QtBot") -> None:
    runner = JobRunner()
    told: list[tuple[str, object]] = []
    runner.failed.connect(lambda error: told.append(("failed", error)))
    runner.broke.connect(lambda error: told.append(("broke", error)))

    def unusable(_ctx: JobContext) -> None:
        raise InputError("no")

    def broken(_ctx: JobContext) -> None:
        raise ZeroDivisionError

    runner.submit("disk", unusable)
    with qtbot.waitSignal(runner.idle, timeout=WAIT_MS):
        runner.submit("disk", broken)
    assert [(kind, type(error)) for kind, error in told] == [
        ("failed", InputError),
        ("broke", ZeroDivisionError),
    ]


def test_a_cancelled_job_is_neither_done_nor_failed(qtbot: "QtBot") -> None:
    runner = JobRunner()
    began, ends = threading.Event(), []

    def long(ctx: JobContext) -> None:
        began.set()
        while True:
            ctx.check()

    handle = runner.submit(
        "export",
        long,
        on_done=lambda _value: ends.append("done"),
        on_failed=lambda _error: ends.append("failed"),
        on_cancelled=lambda: ends.append("cancelled"),
    )
    assert began.wait(5)
    with qtbot.waitSignal(runner.idle, timeout=WAIT_MS):
        handle.cancel()
    assert ends == ["cancelled"]


def _answer(number: int, _ctx: JobContext) -> int:
    return number


@pytest.mark.parametrize("interrupt", [True, False])
def test_only_the_newest_of_what_waits_is_run(qtbot: "QtBot", interrupt: bool) -> None:
    runner = JobRunner()
    newest = Newest(runner, "artwork", interrupt=interrupt)
    gate = threading.Event()
    seen: list[int] = []

    def first(ctx: JobContext) -> int:
        while not gate.is_set():
            ctx.check()
        return 1

    newest.ask(first, seen.append)
    for number in (2, 3, 4):
        newest.ask(partial(_answer, number), seen.append)
    gate.set()
    qtbot.waitUntil(lambda: 4 in seen, timeout=WAIT_MS)
    assert seen == ([4] if interrupt else [1, 4])
    assert not newest.is_busy


def test_a_deleted_owner_hears_nothing(qtbot: "QtBot") -> None:
    runner = JobRunner()
    owner = QObject()
    heard: list[object] = []
    with qtbot.waitSignal(runner.idle, timeout=WAIT_MS):
        runner.submit("disk", lambda _ctx: 1, on_done=heard.append, owner=owner)
        shiboken6.delete(owner)
    assert heard == []
