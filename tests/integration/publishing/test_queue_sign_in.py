"""The queue and the accounts' sign-ins: renewed in time and once, refused, locked away."""

import json
import threading
from datetime import timedelta
from typing import Any

import keyring
import pytest

from tests.integration.publishing.steps import now, run_until_an_answer_is_lost
from tests.integration.small_network import (
    MovableClock,
    SmallNetwork,
    SmallPublisher,
    account_of,
    add_account,
    queue_delivery,
)
from tests.keyrings import LockedKeyring, MemoryKeyring
from wajo_studio.domain.delivery import DeliveryState
from wajo_studio.domain.placement import Network
from wajo_studio.progress import Job
from wajo_studio.services.publishing import actions
from wajo_studio.services.publishing.accounts import add_account as add_from_json
from wajo_studio.services.publishing.accounts import list_accounts
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.services.publishing.queue import run_queue

_S = DeliveryState


def test_a_token_about_to_end_is_renewed_first(
    desk: Desk, network: SmallNetwork, clock: MovableClock
) -> None:
    account = add_account(
        desk, "x-wajo", refresh_token="refresh-1", expires_at=clock.now() + timedelta(minutes=1)
    )
    one = queue_delivery(desk, "a")
    run_queue(desk, Job())
    assert now(desk, one).state is _S.PUBLISHED
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
    delivery = now(desk, one)
    assert delivery.state is _S.FAILED
    assert delivery.error is not None
    assert delivery.error.code == "publish.auth_expired"
    assert account_of(desk, "x-wajo").refused_at is not None
    add_account(desk, "x-wajo", access_token="other")
    assert account_of(desk, "x-wajo").refused_at is None
    actions.retry(desk, one)
    run_queue(desk, Job())
    assert now(desk, one).state is _S.PUBLISHED


def test_a_locked_keyring_fails_the_delivery_and_nothing_else(
    desk: Desk, network: SmallNetwork
) -> None:
    desk.vault._key = None
    keyring.set_keyring(LockedKeyring())
    one = queue_delivery(desk, "a")
    run_queue(desk, Job())
    delivery = now(desk, one)
    assert delivery.error is not None
    assert (delivery.state, delivery.error.code) == (_S.FAILED, "credentials.locked")
    assert network.asked == []


def test_an_unclear_one_stays_unclear_while_the_keyring_is_locked(
    desk: Desk, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch, memory: MemoryKeyring
) -> None:
    one = queue_delivery(desk, "a", files=0)
    run_until_an_answer_is_lost(desk, monkeypatch)
    desk.vault._key = None
    keyring.set_keyring(LockedKeyring())
    run_queue(desk, Job())
    assert now(desk, one).state is _S.UNKNOWN


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
