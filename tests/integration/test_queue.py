"""The queue: states, journal, what happens after a crash, limits, schedules, cancelling."""

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import keyring
import pytest

from tests.integration.small_network import (
    MovableClock,
    SmallNetwork,
    SmallPublisher,
    account_of,
    add_account,
    open_desk,
    queue_delivery,
    served,
)
from tests.keyrings import LockedKeyring, MemoryKeyring
from wajo_studio import locks
from wajo_studio.clock import SystemClock
from wajo_studio.domain.delivery import Delivery, DeliveryState
from wajo_studio.domain.placement import Network
from wajo_studio.errors import InputError, StoreError
from wajo_studio.i18n import WITA
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.services.publishing import actions, parcels, runner
from wajo_studio.services.publishing import estimate as estimates
from wajo_studio.services.publishing.accounts import add_account as add_from_json
from wajo_studio.services.publishing.accounts import list_accounts
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.queue import MISSED, queue_lock, run_queue
from wajo_studio.services.publishing.warnings import warnings_for
from wajo_studio.store.database import audit, deliveries, journal, proofs, tables
from wajo_studio.store.database.switches import freeze_queue, keep_upload_limit, upload_limit

START = datetime(2026, 12, 1, 8, 0, tzinfo=WITA)
_S = DeliveryState


@pytest.fixture(autouse=True)
def memory() -> Iterator[MemoryKeyring]:
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def network() -> Iterator[SmallNetwork]:
    with served(SmallNetwork()) as running:
        yield running


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
def publisher(network: SmallNetwork) -> SmallPublisher:
    return SmallPublisher(network.origin)


@pytest.fixture
def desk(tmp_path: Path, clock: MovableClock, publisher: SmallPublisher) -> Iterator[Desk]:
    opened = open_desk(tmp_path, clock, publisher)
    add_account(opened)
    yield opened
    opened.close()


def _now(desk: Desk, delivery_id: str) -> Delivery:
    return actions.find(desk, delivery_id).delivery


def test_a_delivery_is_published_once_with_proof(desk: Desk, network: SmallNetwork) -> None:
    one = queue_delivery(desk, "Layanan keliling")
    run = run_queue(desk, Job())
    assert [entry.id for entry in run.ended] == [one]
    delivery = _now(desk, one)
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
    assert _now(opened, one).state is state
    assert len(network.published) == count
    run_queue(opened, Job())
    assert len(network.published) == count, "an unclear one is never sent again"
    opened.close()


class _Crash(BaseException):
    """The process ends here."""


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
                raise _Crash
            result = inner(*args, **kwargs)
            count += 1
            if count == when:
                raise _Crash
            return result

        return call

    with monkeypatch.context() as patch:
        for module, name in ((journal, "begin"), (journal, "end"), (deliveries, "save")):
            patch.setattr(module, name, crashing(name, getattr(module, name)))
        try:
            run_queue(desk, Job())
            crashed = False
        except _Crash:
            crashed = True
    if not crashed:
        assert count < when
        return
    run_queue(desk, Job())
    delivery = _now(desk, one)
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
    states = [_now(desk, one).state for one in ids]
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
    delivery = _now(desk, one)
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


def test_a_token_about_to_end_is_renewed_first(
    desk: Desk, network: SmallNetwork, clock: MovableClock
) -> None:
    account = add_account(
        desk, "x-wajo", refresh_token="refresh-1", expires_at=clock.now() + timedelta(minutes=1)
    )
    one = queue_delivery(desk, "a")
    run_queue(desk, Job())
    assert _now(desk, one).state is _S.PUBLISHED
    assert network.asked[0] == "POST /token"
    assert network.renewals == 1
    kept = desk.vault.get(account.id)
    assert kept is not None
    assert (kept["access_token"], kept["refresh_token"]) == ("token-2", "refresh-2")


def test_a_new_token_is_on_the_disk_before_it_is_used(desk: Desk, network: SmallNetwork) -> None:
    add_account(desk, "x-wajo", refresh_token="refresh-1", access_token="dead")
    seen: list[Any] = []

    def look(_number: int, path: str) -> None:
        if path != "/token" and network.renewals:
            seen.append(desk.vault.get("x-wajo"))

    network.on_request = look
    queue_delivery(desk, "a")
    run_queue(desk, Job())
    assert seen
    assert all(kept["refresh_token"] == "refresh-2" for kept in seen)


def test_renewing_happens_once_in_many_threads(
    desk: Desk, network: SmallNetwork, clock: MovableClock, publisher: SmallPublisher
) -> None:
    from wajo_studio.networks.http import Http
    from wajo_studio.services.publishing.keys import AccountKeys

    account = add_account(
        desk, "x-wajo", refresh_token="refresh-1", expires_at=clock.now() - timedelta(hours=1)
    )
    tokens: list[str] = []

    def work() -> None:
        with Http() as http:
            tokens.append(AccountKeys(desk, account, publisher, http).current().access_token)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tokens == ["token-2"] * 6
    assert network.renewals == 1


def test_a_dead_token_asks_to_connect_again(desk: Desk, network: SmallNetwork) -> None:
    network.tokens = {"other"}
    one = queue_delivery(desk, "a")
    run_queue(desk, Job())
    delivery = _now(desk, one)
    assert delivery.state is _S.FAILED
    assert delivery.error is not None
    assert delivery.error.code == "publish.auth_expired"
    assert account_of(desk, "x-wajo").refused_at is not None
    add_account(desk, "x-wajo", access_token="other")
    assert account_of(desk, "x-wajo").refused_at is None
    actions.retry(desk, one)
    run_queue(desk, Job())
    assert _now(desk, one).state is _S.PUBLISHED


def test_a_locked_keyring_fails_the_delivery_and_nothing_else(
    desk: Desk, network: SmallNetwork
) -> None:
    desk.vault._key = None
    keyring.set_keyring(LockedKeyring())
    one = queue_delivery(desk, "a")
    run_queue(desk, Job())
    delivery = _now(desk, one)
    assert delivery.error is not None
    assert (delivery.state, delivery.error.code) == (_S.FAILED, "credentials.locked")
    assert network.asked == []


def test_an_unclear_one_stays_unclear_while_the_keyring_is_locked(
    desk: Desk, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch, memory: MemoryKeyring
) -> None:
    one = queue_delivery(desk, "a", files=0)
    end = journal.end

    def crash(*args: Any) -> None:
        raise _Crash

    monkeypatch.setattr(journal, "end", crash)
    with pytest.raises(_Crash):
        run_queue(desk, Job())
    monkeypatch.setattr(journal, "end", end)
    desk.vault._key = None
    keyring.set_keyring(LockedKeyring())
    run_queue(desk, Job())
    assert _now(desk, one).state is _S.UNKNOWN


def test_a_changed_parcel_is_not_sent(desk: Desk, network: SmallNetwork) -> None:
    one = queue_delivery(desk, "a")
    file = desk.folder / "parcels" / one / "00.jpg"
    file.write_bytes(b"x" * file.stat().st_size)
    run_queue(desk, Job())
    delivery = _now(desk, one)
    assert delivery.error is not None
    assert (delivery.state, delivery.error.code) == (_S.FAILED, "store.parcel")
    assert network.asked == []


def test_a_scheduled_one_waits_for_its_wita_time(
    desk: Desk, network: SmallNetwork, clock: MovableClock
) -> None:
    one = queue_delivery(desk, "a", due=START + timedelta(hours=1))
    assert run_queue(desk, Job()).ended == ()
    clock.forward(minutes=59)
    run_queue(desk, Job())
    assert network.published == []
    clock.forward(minutes=-300)  # somebody sets the clock back
    run_queue(desk, Job())
    assert network.published == []
    clock.moment = datetime.fromisoformat("2026-12-01T10:00:30+09:00")  # another zone, 09.00 WITA
    run_queue(desk, Job())
    assert _now(desk, one).state is _S.PUBLISHED


def test_a_missed_one_is_asked_about_and_never_sent_late(
    desk: Desk, network: SmallNetwork, clock: MovableClock
) -> None:
    one = queue_delivery(desk, "a", due=START + timedelta(hours=1))
    clock.forward(hours=3)
    run = run_queue(desk, Job())
    assert [entry.id for entry in run.missed] == [one]
    delivery = _now(desk, one)
    assert delivery.error is not None
    assert (delivery.state, delivery.error.code) == (_S.QUEUED, MISSED)
    assert run_queue(desk, Job()).ended == ()
    assert network.asked == []
    actions.retry(desk, one)
    run_queue(desk, Job())
    assert network.published == ["a"]


def test_a_clock_that_was_wrong_for_a_while_leaves_nothing_missed(
    desk: Desk, network: SmallNetwork, clock: MovableClock
) -> None:
    one = queue_delivery(desk, "a", due=START + timedelta(hours=1))
    clock.forward(days=2000)
    assert [entry.id for entry in run_queue(desk, Job()).missed] == [one]
    clock.moment = START
    assert run_queue(desk, Job()).missed == ()
    clock.forward(hours=1)
    run_queue(desk, Job())
    assert _now(desk, one).state is _S.PUBLISHED


def test_what_waited_too_long_for_the_networks_schedule_is_kept_here(
    tmp_path: Path, clock: MovableClock, network: SmallNetwork
) -> None:
    opened = open_desk(tmp_path, clock, SmallPublisher(network.origin, schedules=True))
    add_account(opened)
    due = START + timedelta(hours=1)
    one = queue_delivery(opened, "a", due=due, native=True)
    freeze_queue(opened.database, clock.now(), frozen=True)
    run_queue(opened, Job())
    clock.forward(minutes=55)
    freeze_queue(opened.database, clock.now(), frozen=False)
    run_queue(opened, Job())
    assert network.asked == []
    clock.forward(minutes=5)
    run_queue(opened, Job())
    assert _now(opened, one).state is _S.PUBLISHED
    opened.close()


def test_a_network_that_schedules_gets_it_at_once(
    tmp_path: Path, clock: MovableClock, network: SmallNetwork
) -> None:
    publisher = SmallPublisher(network.origin, schedules=True)
    opened = open_desk(tmp_path, clock, publisher)
    add_account(opened)
    due = START + timedelta(days=1)
    queue_delivery(opened, "a", due=due, native=True)
    run_queue(opened, Job())
    assert network.published == ["a"]
    assert set(publisher.scheduled) == {due}
    opened.close()


def test_a_frozen_queue_begins_nothing_but_finds_out_what_happened(
    desk: Desk, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch, clock: MovableClock
) -> None:
    first = queue_delivery(desk, "a", files=0)
    end = journal.end

    def crash(*args: Any) -> None:
        raise _Crash

    monkeypatch.setattr(journal, "end", crash)
    with pytest.raises(_Crash):
        run_queue(desk, Job())
    monkeypatch.setattr(journal, "end", end)
    second = queue_delivery(desk, "b")
    freeze_queue(desk.database, clock.now(), frozen=True)
    assert run_queue(desk, Job()).frozen
    assert _now(desk, first).state is _S.PUBLISHED
    assert _now(desk, second).state is _S.QUEUED
    freeze_queue(desk.database, clock.now(), frozen=False)
    run_queue(desk, Job())
    assert _now(desk, second).state is _S.PUBLISHED


def test_an_account_that_has_sent_its_share_fails_with_the_time(
    desk: Desk, network: SmallNetwork, clock: MovableClock
) -> None:
    limit = desk.specs["x.post"].settings["posts_per_15_min"]
    assert isinstance(limit, int)
    for number in range(limit):
        queue_delivery(desk, f"t{number}", files=0)
    run_queue(desk, Job())
    late = queue_delivery(desk, "late", files=0)
    clock.forward(minutes=5)
    run_queue(desk, Job())
    delivery = _now(desk, late)
    assert delivery.error is not None
    assert (delivery.state, delivery.error.code) == (_S.FAILED, "publish.rate_limited")
    assert "08.15" in delivery.error.message
    clock.forward(minutes=11)
    actions.retry(desk, late)
    run_queue(desk, Job())
    assert _now(desk, late).state is _S.PUBLISHED


def test_short_windows_are_waited_for(desk: Desk, network: SmallNetwork) -> None:
    spec = desk.specs["x.post"]
    bounded = spec.model_copy(update={"settings": {**spec.settings, "starts_per_minute": 2}})
    running = replace(desk, specs={**desk.specs, "x.post": bounded}, clock=SystemClock())
    for text in ("a", "b", "c"):
        queue_delivery(running, text, files=0)
    started = time.monotonic()
    run_queue(running, Job())
    assert network.published == ["a", "b", "c"]
    assert time.monotonic() - started > 0.3, "a minute, at the desk's hundredth of the time"


def test_uploads_are_bounded_and_tell_how_long_the_next_takes(
    desk: Desk, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = replace(desk, clock=SystemClock())
    keep_upload_limit(running.database, 200_000)
    first = queue_delivery(running, "a" * 600, files=2)  # 60 kB
    size = parcels.size_bytes(parcels.open_parcel(running.folder, first).parcel)
    monkeypatch.setattr(estimates, "_TELLING_BYTES", 1)
    entry = actions.find(running, first)
    told = estimates.estimate(running, [entry])
    assert (told.size_bytes, told.seconds) == (size, size / 200_000)
    started = time.monotonic()
    run_queue(running, Job())
    assert time.monotonic() - started > size / 200_000
    speed = estimates.measured_speed(running)
    assert speed is not None
    assert 10_000 < speed < 210_000
    keep_upload_limit(running.database, None)
    assert upload_limit(running.database) is None


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
    assert _now(desk, one).state is _S.PUBLISHED


def test_stopping_the_program_leaves_a_delivery_to_go_on_with(
    desk: Desk, network: SmallNetwork
) -> None:
    one = queue_delivery(desk, "a", files=3)
    token = CancelToken()
    network.on_request = lambda _n, path: token.cancel() if path == "/files/1" else None
    with pytest.raises(Cancelled):
        run_queue(desk, Job(token=token))
    assert _now(desk, one).state is _S.SENDING
    before = len(network.asked)
    run_queue(desk, Job())
    assert network.asked[before] in ("PUT /files/1", "PUT /files/2"), "what is there stays there"
    assert _now(desk, one).state is _S.PUBLISHED


def test_a_bug_in_an_adapter_ends_one_delivery(
    desk: Desk, publisher: SmallPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "advance", lambda *_: 1 / 0)
    monkeypatch.setattr(runner._log, "exception", lambda *_: None)
    one = queue_delivery(desk, "a")
    run_queue(desk, Job())
    delivery = _now(desk, one)
    assert delivery.error is not None
    assert (delivery.state, delivery.error.code) == (_S.FAILED, "unexpected")


def test_resolving_an_unclear_one(
    tmp_path: Path, clock: MovableClock, network: SmallNetwork
) -> None:
    opened = open_desk(tmp_path, clock, SmallPublisher(network.origin, can_tell=False))
    add_account(opened)
    network.faults = {0: "500", 1: "500"}
    there, gone = (queue_delivery(opened, text, files=0) for text in ("a", "b"))
    run_queue(opened, Job())
    assert {_now(opened, one).state for one in (there, gone)} == {_S.UNKNOWN}
    with pytest.raises(InputError):
        actions.retry(opened, there)
    with pytest.raises(InputError):
        actions.cancel(opened, there)
    with pytest.raises(InputError):
        actions.resolve_published(opened, there, "https://www.instagram.com/p/abc/")
    assert _now(opened, there).state is _S.UNKNOWN
    actions.resolve_published(opened, there, "https://x.com/wajo/status/123?s=20")
    delivery = _now(opened, there)
    assert (delivery.state, delivery.remote_id) == (_S.PUBLISHED, "123")
    assert proofs.of_deliveries(opened.database, [there])
    assert actions.resolve_not_published(opened, gone).delivery.state is _S.FAILED
    actions.retry(opened, gone)
    run_queue(opened, Job())
    assert _now(opened, gone).state is _S.PUBLISHED
    assert network.published == ["b"]
    opened.close()


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


@pytest.mark.parametrize(
    ("ends", "refresh_token", "state"),
    [
        (None, "", "connected"),
        (timedelta(days=8), "", "connected"),
        (timedelta(days=6), "", "ending"),
        (timedelta(days=-1), "", "reconnect"),
        (timedelta(hours=1), "refresh-1", "connected"),
    ],
)
def test_an_account_tells_in_time_that_its_sign_in_ends(
    desk: Desk, clock: MovableClock, ends: timedelta | None, refresh_token: str, state: str
) -> None:
    document = {"id": "7", "access_token": "t", "refresh_token": refresh_token}
    if ends is not None:
        document["expires_at"] = (clock.now() + ends).isoformat()
    account = add_from_json(desk, Network.X, json.dumps(document))
    found = {listed.account.id: listed.state for listed in list_accounts(desk)}
    assert found[account.id] == state


def test_the_same_text_and_the_same_hour_are_pointed_out(desk: Desk, clock: MovableClock) -> None:
    first = actions.find(desk, queue_delivery(desk, "a", files=0))
    stamped = replace(first, text_hash="same", post_id=None)
    later = replace(stamped.delivery, id="new", due=clock.now() + timedelta(minutes=30))
    with desk.database.writing() as connection:
        connection.execute(tables.deliveries.update().values(text_hash="same"))
    another = replace(stamped, delivery=later, post_id="other")
    assert [w.kind for w in warnings_for(desk, [another])] == ["same-text", "same-hour"]
    far = replace(later, due=clock.now() + timedelta(hours=5))
    apart = replace(another, delivery=far, text_hash="different")
    assert warnings_for(desk, [apart]) == []
    actions.cancel(desk, first.id)
    assert warnings_for(desk, [another]) == []
