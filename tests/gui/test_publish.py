"""Publishing from the window: the dialog, practice, the list of deliveries, what a person does."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

from tests.gui.conftest import WAIT_MS, Said
from ui.pages.deliveries.page import DeliveriesPage
from ui.pages.publish.assisted import AssistedDialog
from ui.pages.publish.dialog import BY_HAND, PublishDialog, Wish
from ui.pages.publish.flow import PublishFlow
from ui.pages.publish.sending import Sent
from ui.queue_runner import Queue, QueueRunner
from wajo_studio.bootstrap import build_desk
from wajo_studio.domain.delivery import DeliveryState
from wajo_studio.services.publishing.assisted import Assistance, assistance
from wajo_studio.store.database import proofs as proof_store

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.pages.compose.page import ComposePage

PRACTICE = Wish({"x.post": BY_HAND}, None, practice=True)


@pytest.fixture
def runner(
    page: "ComposePage", qtbot: "QtBot", monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[QueueRunner]:
    endpoints = tmp_path / "endpoints.toml"
    endpoints.write_text("[timing]\nscale = 0.01\n", encoding="utf-8")
    monkeypatch.setenv("WAJO_ENDPOINTS", str(endpoints))
    made = QueueRunner(page.jobs, build_desk, page)
    yield made
    made.stop()
    qtbot.waitUntil(lambda: not page.jobs.is_busy, timeout=WAIT_MS)
    made.close()


@pytest.fixture
def deliveries(
    themed: QApplication, qtbot: "QtBot", runner: QueueRunner, said: Said
) -> DeliveriesPage:
    made = DeliveriesPage(runner, said, lambda _entry: None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(1186, 740)
    made.show()
    return made


@pytest.fixture
def sent() -> list[Sent]:
    return []


@pytest.fixture
def flow(page: "ComposePage", runner: QueueRunner, said: Said, sent: list[Sent]) -> PublishFlow:
    return PublishFlow(page, runner, said, sent.append)  # type: ignore[arg-type]


def _ready(page: "ComposePage", qtbot: "QtBot") -> None:
    """Every statement is given, so that nothing but the network stands in the way."""
    qtbot.waitUntil(lambda: page.session.composition is not None, timeout=WAIT_MS)
    assert page.session.composition is not None
    for statement in page.session.composition.checked.statements:
        page.session.attest(statement.rule, statement.title, given=True)
    page.session.save_now()


def test_practice_goes_the_whole_way_and_publishes_nothing(
    page: "ComposePage",
    qtbot: "QtBot",
    flow: PublishFlow,
    deliveries: DeliveriesPage,
    sent: list[Sent],
) -> None:
    _ready(page, qtbot)
    flow.publish(PRACTICE)
    qtbot.waitUntil(lambda: bool(sent), timeout=WAIT_MS)

    def is_published() -> bool:
        entries = deliveries.model.entries
        return bool(entries) and entries[0].delivery.state is DeliveryState.PUBLISHED

    qtbot.waitUntil(is_published, timeout=WAIT_MS)
    deliveries.choose(deliveries.model.entries[0].id)
    entry = deliveries.chosen()
    assert entry is not None
    assert entry.delivery.mode == "practice"
    assert deliveries.model.data(deliveries.model.index(0, 0)).startswith("Latihan")


def test_what_blocks_is_said_and_nothing_is_queued(
    page: "ComposePage", qtbot: "QtBot", flow: PublishFlow, said: Said, sent: list[Sent]
) -> None:
    page.session.set_field("tempat", "Tempat", None)
    page.session.save_now()
    flow.publish(PRACTICE)
    qtbot.waitUntil(lambda: bool(said.toasts), timeout=WAIT_MS)
    assert sent == []
    assert "Tidak ada yang terbit" in said.toasts[0]


def test_the_dialog_asks_for_what_is_unclear(page: "ComposePage", qtbot: "QtBot") -> None:
    dialog = PublishDialog(page.session, [], page)
    qtbot.addWidget(dialog)
    assert dialog.wish == Wish({"x.post": BY_HAND}, None, practice=False)
    assert dialog.send.isEnabled()
    dialog._later.setChecked(True)
    assert not dialog.send.isEnabled()
    box = dialog.findChild(QCheckBox, "publish-x.post")
    assert isinstance(box, QCheckBox)
    dialog._now.setChecked(True)
    box.setChecked(False)
    assert not dialog.send.isEnabled()


def test_the_queue_can_be_frozen_in_a_crisis(
    qtbot: "QtBot", deliveries: DeliveriesPage, runner: QueueRunner
) -> None:
    with qtbot.waitSignal(runner.listed, timeout=WAIT_MS):
        runner.refresh()
    deliveries.frozen.click()
    queues: list[Queue] = []
    runner.listed.connect(queues.append)
    qtbot.waitUntil(lambda: bool(queues) and queues[-1].frozen, timeout=WAIT_MS)
    assert deliveries.frozen.isChecked()


def test_a_delivery_is_cancelled_from_its_panel(
    page: "ComposePage",
    qtbot: "QtBot",
    flow: PublishFlow,
    deliveries: DeliveriesPage,
    runner: QueueRunner,
    sent: list[Sent],
) -> None:
    _ready(page, qtbot)
    with qtbot.waitSignal(runner.listed, timeout=WAIT_MS):
        runner.refresh()
    deliveries.frozen.click()
    flow.publish(PRACTICE)
    qtbot.waitUntil(lambda: bool(deliveries.model.entries), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not page.jobs.is_busy, timeout=WAIT_MS)
    deliveries.table.selectRow(0)
    cancel = deliveries.detail.findChild(QPushButton, "delivery-cancel")
    assert isinstance(cancel, QPushButton)
    cancel.click()
    cancelled = DeliveryState.CANCELLED
    qtbot.waitUntil(
        lambda: deliveries.model.entries[0].delivery.state is cancelled, timeout=WAIT_MS
    )


def test_an_address_of_another_network_is_refused_at_once(
    page: "ComposePage",
    qtbot: "QtBot",
    flow: PublishFlow,
    deliveries: DeliveriesPage,
    said: Said,
) -> None:
    _ready(page, qtbot)
    flow.publish(PRACTICE)
    qtbot.waitUntil(lambda: bool(deliveries.model.entries), timeout=WAIT_MS)
    deliveries.tell_published(deliveries.model.entries[0], "https://www.youtube.com/watch?v=x")
    assert [error.code for error in said.errors] == ["input.link"]


def test_an_upload_by_hand_is_laid_out_and_ends_with_proof(
    page: "ComposePage",
    qtbot: "QtBot",
    flow: PublishFlow,
    deliveries: DeliveriesPage,
    runner: QueueRunner,
    said: Said,
    sent: list[Sent],
) -> None:
    _ready(page, qtbot)
    flow.publish(Wish({"x.post": BY_HAND}, None, practice=False))
    qtbot.waitUntil(lambda: bool(sent), timeout=WAIT_MS)
    laid: list[Assistance] = []
    runner.ask(lambda desk, _ctx: assistance(desk, sent[0].entries[0].id), laid.append)
    qtbot.waitUntil(lambda: bool(laid), timeout=WAIT_MS)
    dialog = AssistedDialog(laid[0], runner, said, page)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    assert QApplication.clipboard().text() == laid[0].texts["caption"]
    assert all((laid[0].folder / name).is_file() for name in laid[0].files)
    dialog.link.setText("https://www.youtube.com/watch?v=abc")
    dialog.tell_published()
    assert dialog._problem.text(), "an address of another network is refused"
    dialog.link.setText("https://x.com/diskominfotik/status/1234567890123456789")
    dialog.tell_published()

    def is_published() -> bool:
        entries = deliveries.model.entries
        return bool(entries) and entries[0].delivery.state is DeliveryState.PUBLISHED

    qtbot.waitUntil(is_published, timeout=WAIT_MS)
    assert deliveries.model.entries[0].delivery.remote_id == "1234567890123456789"
    proofs: list[object] = []
    runner.ask(
        lambda desk, _ctx: proof_store.of_deliveries(desk.database, [sent[0].entries[0].id]),
        proofs.extend,
    )
    qtbot.waitUntil(lambda: bool(proofs), timeout=WAIT_MS)
    assert len(proofs) == 1
