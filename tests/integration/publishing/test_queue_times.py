"""When the queue sends: schedules, missed times, a frozen queue, what an account may send."""

import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.integration.publishing.conftest import START
from tests.integration.publishing.steps import now, run_until_an_answer_is_lost
from tests.integration.small_network import (
    MovableClock,
    SmallNetwork,
    SmallPublisher,
    add_account,
    open_desk,
    queue_delivery,
)
from wajo_studio.clock import SystemClock
from wajo_studio.domain.delivery import DeliveryState
from wajo_studio.progress import Job
from wajo_studio.services.publishing import actions, parcels
from wajo_studio.services.publishing import estimate as estimates
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.queue import MISSED, run_queue
from wajo_studio.services.publishing.warnings import warnings_for
from wajo_studio.store.database import tables
from wajo_studio.store.database.switches import freeze_queue, keep_upload_limit, upload_limit

_S = DeliveryState


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
    assert now(desk, one).state is _S.PUBLISHED


def test_a_missed_one_is_asked_about_and_never_sent_late(
    desk: Desk, network: SmallNetwork, clock: MovableClock
) -> None:
    one = queue_delivery(desk, "a", due=START + timedelta(hours=1))
    clock.forward(hours=3)
    run = run_queue(desk, Job())
    assert [entry.id for entry in run.missed] == [one]
    delivery = now(desk, one)
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
    assert now(desk, one).state is _S.PUBLISHED


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
    assert now(opened, one).state is _S.PUBLISHED
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
    run_until_an_answer_is_lost(desk, monkeypatch)
    second = queue_delivery(desk, "b")
    freeze_queue(desk.database, clock.now(), frozen=True)
    assert run_queue(desk, Job()).frozen
    assert now(desk, first).state is _S.PUBLISHED
    assert now(desk, second).state is _S.QUEUED
    freeze_queue(desk.database, clock.now(), frozen=False)
    run_queue(desk, Job())
    assert now(desk, second).state is _S.PUBLISHED


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
    delivery = now(desk, late)
    assert delivery.error is not None
    assert (delivery.state, delivery.error.code) == (_S.FAILED, "publish.rate_limited")
    assert "08.15" in delivery.error.message
    clock.forward(minutes=11)
    actions.retry(desk, late)
    run_queue(desk, Job())
    assert now(desk, late).state is _S.PUBLISHED


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
