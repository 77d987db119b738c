"""Signing in through the browser: the loopback address, its state, what is kept."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import keyring
import pytest

from tests.integration.scripted_server import Reply, ScriptedServer, scripted_server
from tests.integration.small_network import MovableClock, open_desk
from tests.keyrings import MemoryKeyring
from wajo_studio.domain.placement import Network
from wajo_studio.errors import InputError, NotAllowedError, PublishError
from wajo_studio.networks.loopback import Loopback
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.registry import publisher_for
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.services.publishing.accounts import list_accounts
from wajo_studio.services.publishing.connecting import (
    keep_choice,
    keep_client,
    meta_choices,
    sign_in,
)
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.specs.loader import load_specs

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def memory() -> Iterator[MemoryKeyring]:
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def _visit(address: str) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as answer:
            return int(answer.status), str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def _in_browser(*addresses: str) -> threading.Thread:
    def work() -> None:
        for address in addresses:
            with suppress(OSError):
                _visit(address)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_one_answer_is_taken_and_the_door_is_shut() -> None:
    with Loopback((), "/callback") as loopback:
        host = urlsplit(loopback.redirect_uri)
        assert host.hostname == "127.0.0.1"
        base = loopback.redirect_uri
        browser = _in_browser(
            base.replace("/callback", "/favicon.ico"),
            f"{base}?nothing=1",
            f"{base}?code=one&state={loopback.state}",
        )
        assert loopback.wait(Job(), 10) == "one"
        browser.join()
        with pytest.raises(OSError, match="refused"):
            _visit(f"{base}?code=two&state={loopback.state}")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("code=one&state=other", "accounts.state"),
        ("code=one", "accounts.state"),
        ("error=access_denied&state={state}", "accounts.refused"),
    ],
)
def test_a_strange_or_refused_answer_connects_nothing(query: str, code: str) -> None:
    with Loopback((), "/callback") as loopback:
        browser = _in_browser(f"{loopback.redirect_uri}?{query.format(state=loopback.state)}")
        with pytest.raises(NotAllowedError) as refusal:
            loopback.wait(Job(), 10)
        browser.join()
    assert refusal.value.code == code


def test_waiting_ends_in_time_or_when_cancelled() -> None:
    with Loopback((), "/") as loopback, pytest.raises(PublishError) as late:
        loopback.wait(Job(), 0.1)
    assert late.value.code == "accounts.too_late"
    token = CancelToken()
    threading.Timer(0.2, token.cancel).start()
    with Loopback((), "/") as loopback, pytest.raises(Cancelled):
        loopback.wait(Job(token=token), 30)


def test_fixed_ports_are_tried_in_order() -> None:
    with Loopback((), "/") as first:
        taken = urlsplit(first.redirect_uri).port
        assert taken is not None
        with pytest.raises(PublishError) as refusal:
            Loopback((taken,), "/")
        assert refusal.value.code == "accounts.ports"
        with Loopback((taken, 0), "/") as second:
            assert urlsplit(second.redirect_uri).port != taken


def _desk(folder: Path, network: Network, keys: dict[str, str]) -> Desk:
    origins = Origins({network: keys}, scale=0.0)
    desk = open_desk(folder, MovableClock(NOW), None)
    from dataclasses import replace

    return replace(
        desk,
        origins=origins,
        publishers=lambda wanted: publisher_for(wanted, load_specs(), origins),
    )


def _person(seen: list[dict[str, str]]) -> Callable[[str], None]:
    """A browser whose person agrees."""

    def open_page(address: str) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        seen.append(query)
        _in_browser(f"{query['redirect_uri']}?code=kode&state={query['state']}")

    return open_page


def _json(document: Any, status: int = 200) -> Reply:
    return Reply(status, json.dumps(document).encode())


def _form(server: ScriptedServer, number: int) -> dict[str, str]:
    body = server.asked[number][2].decode()
    return {name: values[0] for name, values in parse_qs(body).items()}


def test_x_is_connected_with_its_fixed_ports(tmp_path: Path) -> None:
    granted = {
        "token_type": "bearer",
        "expires_in": 7200,
        "access_token": "akses-1",
        "refresh_token": "segar-1",
        "scope": "tweet.read tweet.write users.read offline.access",
    }
    user = {"data": {"id": "99", "name": "Kominfo Wajo", "username": "kominfowajo"}}
    with scripted_server(_json(granted), _json(user)) as server:
        desk = _desk(tmp_path, Network.X, {"api": server.origin, "www": "https://x.com"})
        with pytest.raises(InputError):
            sign_in(desk, Network.X, Job(), lambda _address: None)
        keep_client(desk, Network.X, "klien", "")
        seen: list[dict[str, str]] = []
        connected = sign_in(desk, Network.X, Job(), _person(seen), limit_s=20)
        desk.close()
    [asked] = seen
    assert asked["code_challenge_method"] == "S256"
    assert urlsplit(asked["redirect_uri"]).port in (53682, 53683, 53684)
    form = _form(server, 0)
    assert (form["code"], form["client_id"]) == ("kode", "klien")
    assert form["redirect_uri"] == asked["redirect_uri"]
    from base64 import urlsafe_b64encode
    from hashlib import sha256

    digest = sha256(form["code_verifier"].encode()).digest()
    assert urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
    account = connected.account
    assert (account.id, account.remote_id, account.username) == (
        "x-kominfo-wajo",
        "99",
        "kominfowajo",
    )
    assert account.expires_at is None
    assert connected.missing_scopes == ("media.write",)
    kept = desk.vault.get(account.id)
    assert kept is not None
    assert (kept["access_token"], kept["refresh_token"]) == ("akses-1", "segar-1")


def test_tiktok_gets_its_hex_challenge(tmp_path: Path) -> None:
    granted = {
        "access_token": "akses-1",
        "expires_in": 86400,
        "open_id": "buka-1",
        "refresh_token": "segar-1",
        "refresh_expires_in": 31536000,
        "scope": "user.info.basic,video.upload",
        "token_type": "Bearer",
    }
    told = {
        "data": {"user": {"open_id": "buka-1", "display_name": "Wajo", "username": "wajo.kab"}},
        "error": {"code": "ok", "message": "", "log_id": "1"},
    }
    with scripted_server(_json(granted), _json(told)) as server:
        desk = _desk(tmp_path, Network.TIKTOK, {"api": server.origin, "www": "https://t.com"})
        keep_client(desk, Network.TIKTOK, "kunci", "rahasia")
        seen: list[dict[str, str]] = []
        connected = sign_in(desk, Network.TIKTOK, Job(), _person(seen), mode="inbox", limit_s=20)
        desk.close()
    [asked] = seen
    from hashlib import sha256

    form = _form(server, 0)
    assert asked["client_key"] == form["client_key"] == "kunci"
    assert asked["code_challenge"] == sha256(form["code_verifier"].encode()).hexdigest()
    assert (connected.account.remote_id, connected.account.mode) == ("buka-1", "inbox")


def test_a_refused_code_keeps_nothing(tmp_path: Path) -> None:
    with scripted_server(_json({"error": "invalid_grant"}, 400)) as server:
        desk = _desk(tmp_path, Network.X, {"api": server.origin, "www": "https://x.com"})
        keep_client(desk, Network.X, "klien", "")
        with pytest.raises(PublishError):
            sign_in(desk, Network.X, Job(), _person([]), limit_s=20)
        assert list_accounts(desk) == []
        desk.close()


PAGES = {
    "data": [
        {
            "id": "100",
            "name": "Pemkab Wajo",
            "username": "pemkabwajo",
            "access_token": "halaman-1",
            "tasks": ["CREATE_CONTENT", "MANAGE"],
            "instagram_business_account": {"id": "178", "username": "pemkabwajo", "name": "Wajo"},
        }
    ]
}
GRANTED = {
    "data": {
        "is_valid": True,
        "expires_at": 1798761600,
        "scopes": ["pages_show_list", "pages_read_engagement"],
    }
}


def test_a_pasted_token_shows_pages_rights_and_end(tmp_path: Path) -> None:
    replies = [
        _json(PAGES),
        _json({"data": []}),
        _json({"id": "100", "name": "Pemkab Wajo", "username": "pemkabwajo"}),
        _json(GRANTED),
    ]
    with scripted_server(*replies) as server:
        desk = _desk(tmp_path, Network.FACEBOOK, {"graph": server.origin, "www": "https://f.com"})
        [choice] = meta_choices(desk, Network.FACEBOOK, " sistem-1 ", Job())
        assert "pages_manage_posts" in choice.missing_scopes
        assert choice.expires_at == datetime.fromtimestamp(1798761600, UTC)
        assert "halaman-1" not in repr(choice)
        connected = keep_choice(desk, choice)
        kept = desk.vault.get(connected.account.id)
        desk.close()
    assert (connected.account.remote_id, connected.account.name) == ("100", "Pemkab Wajo")
    assert kept is not None
    assert (kept["access_token"], kept["user_token"]) == ("halaman-1", "sistem-1")
