"""The queue: one post whatever happens, turns, what it keeps and clears away."""

import json
import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.integration.publishing.conftest import START
from tests.integration.publishing.steps import Crash, now
from tests.integration.small_network import (
    MovableClock,
    SmallNetwork,
    SmallPublisher,
    add_account,
    open_desk,
    queue_delivery,
)
from wajo_studio import locks
from wajo_studio.domain.delivery import DeliveryState
from wajo_studio.errors import InputError, StoreError
from wajo_studio.progress import Job
from wajo_studio.services.publishing import actions, parcels, runner
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.queue import queue_lock, run_queue
from wajo_studio.store.database import audit, deliveries, journal, proofs

_S = DeliveryState


def test_a_delivery_is_published_once_with_proof(desk: Desk, network: SmallNetwork) -> None:
    one = queue_delivery(desk, "Layanan keliling")
    run = run_queue(desk, Job())
    assert [entry.id for entry in run.ended] == [one]
    delivery = now(desk, one)
    assert delivery.state is _S.PUBLISHED
    assert delivery.remote_id == "id-Layanan keliling"
    assert network.published == ["Layanan keliling"]
    [proof] = proofs.of_deliveries(desk.database, [one])
    assert proof.document["texts"] == {"caption": "Layanan keliling"}
    assert proof.document["link"] == delivery.link
    assert [len(file["sha256"]) for file in proof.document["files"]] == [64, 64]
    kinds = [entry.kind for entry in journal.since(desk.database, one, 0)]
    assert kinds == ["repeatable", "repeatable", "publish", "read"]
    with desk.database.reading() as connection:
        told = [entry.action for entry in audit.entries(connection) if entry.subject == one]
    assert told == ["delivery.queued", "delivery.begun", "delivery.published"]
    assert run_queue(desk, Job()).ended == ()
    assert network.published == ["Layanan keliling"]


@pytest.mark.parametrize(
    ("fault", "can_tell", "state", "count"),
    [
        ("cut-after", True, _S.PUBLISHED, 1),
        ("cut-before", True, _S.FAILED, 0),
        ("500", True, _S.FAILED, 0),
        ("cut-after", False, _S.UNKNOWN, 1),
        ("cut-before", False, _S.UNKNOWN, 0),
        ("500", False, _S.UNKNOWN, 0),
        ("400", False, _S.FAILED, 0),
        ("429", False, _S.PUBLISHED, 1),
    ],
)
def test_a_publishing_request_that_goes_wrong(
    tmp_path: Path,
    clock: MovableClock,
    network: SmallNetwork,
    fault: str,
    can_tell: bool,
    state: DeliveryState,
    count: int,
) -> None:
    opened = open_desk(tmp_path, clock, SmallPublisher(network.origin, can_tell=can_tell))
    add_account(opened)
    network.faults[2] = fault
    one = queue_delivery(opened, "Layanan")
    run_queue(opened, Job())
    assert now(opened, one).state is state
    assert len(network.published) == count
    run_queue(opened, Job())
    assert len(network.published) == count, "an unclear one is never sent again"
    opened.close()


@pytest.mark.parametrize("when", range(1, 30))
def test_a_crash_at_any_write_leads_to_one_post(
    desk: Desk, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    """Every write of journal or session is the last one of a process, before or after it."""
    one = queue_delivery(desk, "Layanan")
    count = 0

    def crashing(name: str, inner: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count == when:
                raise Crash
            result = inner(*args, **kwargs)
            count += 1
            if count == when:
                raise Crash
            return result

        return call

    with monkeypatch.context() as patch:
        for module, name in ((journal, "begin"), (journal, "end"), (deliveries, "save")):
            patch.setattr(module, name, crashing(name, getattr(module, name)))
        try:
            run_queue(desk, Job())
            crashed = False
        except Crash:
            crashed = True
    if not crashed:
        assert count < when
        return
    run_queue(desk, Job())
    delivery = now(desk, one)
    assert network.published in ([], ["Layanan"])
    if network.published:
        assert delivery.state is _S.PUBLISHED
        assert proofs.of_deliveries(desk.database, [one])
    else:
        assert delivery.state is _S.FAILED
        assert delivery.error is not None
        assert delivery.error.code == "publish.not_published"


def test_two_accept_and_one_refuses(desk: Desk, network: SmallNetwork) -> None:
    ids = [queue_delivery(desk, text, files=0) for text in ("a", "b", "c")]
    network.faults[2] = "400"  # publish, look, publish
    run_queue(desk, Job())
    states = [now(desk, one).state for one in ids]
    assert states == [_S.PUBLISHED, _S.FAILED, _S.PUBLISHED]
    for one in (ids[0], ids[2]):
        with pytest.raises(InputError):
            actions.retry(desk, one)
    actions.retry(desk, ids[1])
    run_queue(desk, Job())
    assert sorted(network.published) == ["a", "b", "c"]


def test_a_delivery_that_waits_lets_others_go_first(desk: Desk, network: SmallNetwork) -> None:
    network.looks_until_ready = 4
    for text in ("a", "b"):
        queue_delivery(desk, text, files=0)
    run_queue(desk, Job())
    assert network.asked[:4] == ["POST /posts", "GET /posts/a", "POST /posts", "GET /posts/b"]
    assert network.published == ["a", "b"]


def test_processing_that_never_ends_is_unclear(desk: Desk, network: SmallNetwork) -> None:
    network.looks_until_ready = 1000
    one = queue_delivery(desk, "a", files=0)
    run_queue(desk, Job())
    delivery = now(desk, one)
    assert delivery.state is _S.UNKNOWN
    assert delivery.error is not None
    assert delivery.error.code == "publish.still_processing"
    assert len(network.asked) < 20


def test_only_one_program_runs_the_queue(desk: Desk) -> None:
    with locks.held(desk.folder / "locks" / "queue.lock") as got:
        assert got
        with pytest.raises(StoreError) as refusal:
            run_queue(desk, Job())
    assert refusal.value.code == "queue.busy"


def test_a_changed_parcel_is_not_sent(desk: Desk, network: SmallNetwork) -> None:
    one = queue_delivery(desk, "a")
    file = desk.folder / "parcels" / one / "00.jpg"
    file.write_bytes(b"x" * file.stat().st_size)
    run_queue(desk, Job())
    delivery = now(desk, one)
    assert delivery.error is not None
    assert (delivery.state, delivery.error.code) == (_S.FAILED, "store.parcel")
    assert network.asked == []


def test_a_bug_in_an_adapter_ends_one_delivery(
    desk: Desk, publisher: SmallPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "advance", lambda *_: 1 / 0)
    monkeypatch.setattr(runner._log, "exception", lambda *_: None)
    one = queue_delivery(desk, "a")
    run_queue(desk, Job())
    delivery = now(desk, one)
    assert delivery.error is not None
    assert (delivery.state, delivery.error.code) == (_S.FAILED, "unexpected")


def test_a_thousand_queued_ones_open_fast_and_change_one_by_one(
    desk: Desk, clock: MovableClock
) -> None:
    due = START + timedelta(days=1)
    entries = []
    one = queue_delivery(desk, "a", due=due)
    first = actions.find(desk, one)
    for number in range(1000):
        new = replace(first.delivery, id=f"q{number:04}")
        entries.append(replace(first, delivery=new))
    deliveries.add(desk.database, entries)
    started = time.perf_counter()
    assert len(deliveries.listed(desk.database)) == 1001
    assert time.perf_counter() - started < 0.5
    with desk.database.reading() as connection:
        from sqlalchemy import text

        plan = connection.execute(
            text("EXPLAIN QUERY PLAN UPDATE deliveries SET state='x' WHERE id='a' AND state='b'")
        ).all()
        due_plan = connection.execute(
            text("EXPLAIN QUERY PLAN SELECT id FROM deliveries WHERE state='queued' AND due<='a'")
        ).all()
    assert "USING INDEX" in str(plan)
    assert "USING COVERING INDEX" in str(due_plan) or "USING INDEX" in str(due_plan)


def test_parcels_that_were_never_queued_go_after_a_while(desk: Desk) -> None:
    one = queue_delivery(desk, "a")
    folder = desk.folder / "parcels"
    for name, age_s in (("old", 7200), ("new", 0)):
        (folder / name).mkdir()
        moment = time.time() - age_s
        os.utime(folder / name, (moment, moment))
    run_queue(desk, Job())
    assert sorted(path.name for path in folder.iterdir()) == [one, "new"]


def test_published_pictures_are_listed_so_that_checks_notice_them(desk: Desk) -> None:
    one = queue_delivery(desk, "a")
    document = desk.folder / "parcels" / one / parcels.DOCUMENT
    content = json.loads(document.read_text(encoding="utf-8"))
    content["record"]["pictures"] = ["00ff" * 4]
    document.write_text(json.dumps(content), encoding="utf-8")
    run_queue(desk, Job())
    [picture] = desk.published.all()
    assert (picture.likeness, picture.post) == ("00ff" * 4, "Layanan")


def test_the_queue_lock_is_given_back(desk: Desk) -> None:
    run_queue(desk, Job())
    lock = queue_lock(desk)
    assert lock.acquire()
    lock.release()
