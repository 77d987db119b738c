"""Exchanging a code, and renewing: what goes out, what is made of the answer."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.scripted_server import Reply, ScriptedServer, scripted_server
from wajo_studio.clock import FixedClock
from wajo_studio.errors import AuthExpiredError, NotAllowedError, PublishError, UnavailableError
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Http
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.sign_in import Granted, SignIn
from wajo_studio.networks.tiktok.sign_in import sign_in as tiktok
from wajo_studio.networks.x.sign_in import SIGN_IN as X
from wajo_studio.networks.youtube.sign_in import SIGN_IN as YOUTUBE

NOW = datetime(2026, 11, 24, tzinfo=UTC)
OFFICE = Credentials("", refresh_token="old-refresh", client_id="klien", client_secret="kode-7f3a")
PUBLIC = Credentials("", refresh_token="old-refresh", client_id="klien")
EVERY = pytest.mark.parametrize("sign_in", [X, YOUTUBE, tiktok("direct")])


def granted(**more: object) -> Reply:
    document = {"access_token": "new", "expires_in": 7200, "token_type": "bearer", **more}
    return Reply(content=json.dumps(document).encode())


def refused(status: int, code: str) -> Reply:
    return Reply(status, json.dumps({"error": code, "error_description": "x"}).encode())


def origins(server: ScriptedServer, sign_in: SignIn) -> Origins:
    keys = dict.fromkeys(("api", "oauth", "www"), server.origin)
    return Origins({sign_in.network: keys}, scale=0.0)


def exchange(server: ScriptedServer, sign_in: SignIn, client: Credentials) -> Granted:
    with Http() as http:
        return sign_in.exchange(
            http,
            FixedClock(NOW),
            origins(server, sign_in),
            client,
            code="kode/1",
            redirect_uri="http://127.0.0.1:53682/callback",
            verifier="v" * 43,
        )


def renew(server: ScriptedServer, sign_in: SignIn, client: Credentials = OFFICE) -> Credentials:
    with Http() as http:
        return sign_in.renew(http, FixedClock(NOW), origins(server, sign_in), client)


def test_x_public_client_sends_its_id_in_the_body() -> None:
    with scripted_server(granted(refresh_token="r", scope="tweet.read tweet.write")) as server:
        got = exchange(server, X, PUBLIC)
    line, headers, body = server.asked[0]
    assert line == "POST /2/oauth2/token HTTP/1.1"
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert "authorization" not in headers
    assert b"client_id=klien&grant_type=authorization_code&code=kode%2F1" in body
    assert b"code_verifier=" + b"v" * 43 in body
    assert got.scopes == ("tweet.read", "tweet.write")
    assert got.credentials.expires_at == NOW + timedelta(hours=2)
    assert "access_token" not in got.document
    assert "refresh_token" not in got.document


def test_x_confidential_client_sends_basic() -> None:
    with scripted_server(granted()) as server:
        exchange(server, X, OFFICE)
    _line, headers, body = server.asked[0]
    assert headers["authorization"] == "Basic " + b64encode(b"klien:kode-7f3a").decode()
    assert b"client_" not in body


def test_google_and_tiktok_send_the_secret_in_the_body() -> None:
    with scripted_server(granted()) as server:
        exchange(server, YOUTUBE, OFFICE)
        exchange(server, tiktok("inbox"), OFFICE)
    (google, _h, first), (short, _h2, second) = server.asked
    assert google == "POST /token HTTP/1.1"
    assert b"client_id=klien" in first
    assert short == "POST /v2/oauth/token/ HTTP/1.1"
    assert b"client_key=klien" in second
    for body in (first, second):
        assert b"client_secret=kode-7f3a" in body


def test_tiktok_tells_scopes_with_commas_and_who_it_is() -> None:
    answer = granted(scope="user.info.basic,video.publish", open_id="o-1")
    with scripted_server(answer) as server:
        got = exchange(server, tiktok("direct"), OFFICE)
    assert got.scopes == ("user.info.basic", "video.publish")
    assert got.document["open_id"] == "o-1"


@EVERY
def test_renewing_keeps_a_rotated_refresh_token_and_everything_else(sign_in: SignIn) -> None:
    with scripted_server(granted(refresh_token="new-refresh")) as server:
        got = renew(server, sign_in)
    assert (got.access_token, got.refresh_token) == ("new", "new-refresh")
    assert (got.client_id, got.client_secret) == ("klien", "kode-7f3a")
    assert b"grant_type=refresh_token&refresh_token=old-refresh" in server.asked[0][2]


def test_google_sends_no_new_refresh_token_and_the_old_one_stays() -> None:
    with scripted_server(granted()) as server:
        assert renew(server, YOUTUBE).refresh_token == "old-refresh"


@EVERY
@pytest.mark.parametrize(
    "answer",
    [refused(400, "invalid_grant"), refused(401, "invalid_request"), refused(200, "invalid_grant")],
)
def test_a_refused_refresh_token_means_connecting_again(sign_in: SignIn, answer: Reply) -> None:
    with scripted_server(answer) as server, pytest.raises(AuthExpiredError):
        renew(server, sign_in)
    assert len(server.asked) == 1


@EVERY
def test_a_wrong_client_is_said(sign_in: SignIn) -> None:
    with scripted_server(refused(401, "invalid_client")) as server, pytest.raises(NotAllowedError):
        renew(server, sign_in)


@pytest.mark.parametrize("trouble", [Reply(503), Reply(cut="after"), Reply(content=b"<html>")])
def test_a_fault_is_passed_over_twice_and_then_said(trouble: Reply) -> None:
    with scripted_server(trouble, trouble, granted()) as server:
        assert renew(server, X).access_token == "new"
    with scripted_server(trouble) as server, pytest.raises(UnavailableError):
        renew(server, X)
    assert len(server.asked) == 3


def test_without_a_refresh_token_nothing_is_asked() -> None:
    with scripted_server(granted()) as server, pytest.raises(AuthExpiredError):
        renew(server, X, Credentials("t", client_id="klien"))
    assert server.asked == []


@EVERY
def test_no_secret_gets_into_an_error(sign_in: SignIn) -> None:
    for answer in (refused(400, "invalid_grant"), refused(401, "invalid_client"), Reply(500)):
        with scripted_server(answer) as server, pytest.raises(PublishError) as caught:
            renew(server, sign_in)
        told = f"{caught.value} {caught.value.detail} {caught.value.params} {caught.value!r}"
        assert "kode-7f3a" not in told
        assert "old-refresh" not in told
