"""What people do with deliveries: cancel, stop the program, tell what became of one."""

import threading
import time
from pathlib import Path

import pytest

from tests.integration.publishing.steps import now
from tests.integration.small_network import (
    MovableClock,
    SmallNetwork,
    SmallPublisher,
    add_account,
    open_desk,
    queue_delivery,
)
from wajo_studio.domain.delivery import DeliveryState
from wajo_studio.errors import InputError
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.services.publishing import actions
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.queue import run_queue
from wajo_studio.store.database import proofs

_S = DeliveryState


def test_a_queued_one_is_cancelled_at_once(desk: Desk, network: SmallNetwork) -> None:
    one = queue_delivery(desk, "a")
    assert actions.cancel(desk, one).delivery.state is _S.CANCELLED
    run_queue(desk, Job())
    assert network.asked == []
    with pytest.raises(InputError):
        actions.retry(desk, one)


def test_one_being_sent_is_cancelled_within_a_second(desk: Desk, network: SmallNetwork) -> None:
    one = queue_delivery(desk, "a", files=3)
    began = threading.Event()

    def slow(_number: int, path: str) -> None:
        if path == "/files/1":
            began.set()
            time.sleep(3)

    network.on_request = slow
    worker = threading.Thread(target=run_queue, args=(desk, Job()))
    worker.start()
    assert began.wait(10)
    started = time.monotonic()
    assert actions.cancel(desk, one).delivery.state is _S.CANCELLED
    took_s = time.monotonic() - started
    worker.join(10)
    assert took_s < 1.0
    assert network.published == []


def test_one_that_may_be_out_is_not_cancelled(desk: Desk, network: SmallNetwork) -> None:
    one = queue_delivery(desk, "a", files=0)
    began = threading.Event()

    def slow(_number: int, path: str) -> None:
        if path == "/posts":
            began.set()
            time.sleep(1.5)

    network.on_request = slow
    worker = threading.Thread(target=run_queue, args=(desk, Job()))
    worker.start()
    assert began.wait(10)
    with pytest.raises(InputError):
        actions.cancel(desk, one)
    worker.join(10)
    assert now(desk, one).state is _S.PUBLISHED


def test_stopping_the_program_leaves_a_delivery_to_go_on_with(
    desk: Desk, network: SmallNetwork
) -> None:
    one = queue_delivery(desk, "a", files=3)
    token = CancelToken()
    network.on_request = lambda _n, path: token.cancel() if path == "/files/1" else None
    with pytest.raises(Cancelled):
        run_queue(desk, Job(token=token))
    assert now(desk, one).state is _S.SENDING
    before = len(network.asked)
    run_queue(desk, Job())
    assert network.asked[before] in ("PUT /files/1", "PUT /files/2"), "what is there stays there"
    assert now(desk, one).state is _S.PUBLISHED


def test_resolving_an_unclear_one(
    tmp_path: Path, clock: MovableClock, network: SmallNetwork
) -> None:
    opened = open_desk(tmp_path, clock, SmallPublisher(network.origin, can_tell=False))
    add_account(opened)
    network.faults = {0: "500", 1: "500"}
    there, gone = (queue_delivery(opened, text, files=0) for text in ("a", "b"))
    run_queue(opened, Job())
    assert {now(opened, one).state for one in (there, gone)} == {_S.UNKNOWN}
    with pytest.raises(InputError):
        actions.retry(opened, there)
    with pytest.raises(InputError):
        actions.cancel(opened, there)
    with pytest.raises(InputError):
        actions.resolve_published(opened, there, "https://www.instagram.com/p/abc/")
    assert now(opened, there).state is _S.UNKNOWN
    actions.resolve_published(opened, there, "https://x.com/wajo/status/123?s=20")
    delivery = now(opened, there)
    assert (delivery.state, delivery.remote_id) == (_S.PUBLISHED, "123")
    assert proofs.of_deliveries(opened.database, [there])
    assert actions.resolve_not_published(opened, gone).delivery.state is _S.FAILED
    actions.retry(opened, gone)
    run_queue(opened, Job())
    assert now(opened, gone).state is _S.PUBLISHED
    assert network.published == ["b"]
    opened.close()
