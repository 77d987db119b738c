"""The wire: what is repeated, what never is, and that everything is journalled first."""

import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests
from urllib3.exceptions import MaxRetryError, SSLError

from tests.integration.scripted_server import Reply, ScriptedServer, scripted_server
from wajo_studio.clock import FixedClock
from wajo_studio.errors import (
    AuthExpiredError,
    OutcomeUnknownError,
    RateLimitedError,
    RejectedError,
    UnavailableError,
)
from wajo_studio.networks import http
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Http, NoAnswerError, NotSentError, Part, Request
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.verdict import by_status
from wajo_studio.networks.wire import Kind, Outcome, Unanswered, Wire
from wajo_studio.progress import Cancelled, CancelToken, Job

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass
class KeysInHand:
    tokens: list[str] = field(default_factory=lambda: ["first", "second"])

    def current(self) -> Credentials:
        return Credentials(self.tokens[0])

    def renewed(self, refused: Credentials) -> Credentials:
        if len(self.tokens) < 2:
            raise AuthExpiredError("no more")
        self.tokens.pop(0)
        return self.current()


@dataclass
class Notes:
    lines: list[str] = field(default_factory=list)

    def begin(self, step: str, kind: Kind) -> int:
        self.lines.append(f"begin {step} {kind}")
        return len(self.lines)

    def end(self, entry: int, outcome: Outcome, detail: str = "") -> None:
        self.lines.append(f"end {entry} {outcome}")


def wire(
    notes: Notes | None = None,
    keys: KeysInHand | None = None,
    unanswered: Unanswered | None = None,
    token: CancelToken | None = None,
) -> Wire:
    token = token or CancelToken()
    return Wire(
        Http(token),
        keys or KeysInHand(),
        notes or Notes(),
        by_status,
        Job(token=token),
        FixedClock(NOW),
        Origins(scale=0.0),
        unanswered=unanswered,
    )


def send(
    server: ScriptedServer, kind: Kind, line: Wire | None = None, *, once: bool = False
) -> int:
    def build(keys: Credentials) -> Request:
        headers = {"Authorization": f"Bearer {keys.access_token}"}
        return Request("POST", f"{server.origin}/x", headers=headers, document={"a": 1})

    return (line or wire()).send("step", kind, build, once=once).status


@pytest.mark.parametrize("kind", Kind)
def test_a_good_answer_is_given_and_journalled_before_and_after(kind: Kind) -> None:
    notes = Notes()
    with scripted_server(Reply()) as server:
        assert send(server, kind, wire(notes)) == 200
    assert notes.lines == [f"begin step {kind}", "end 1 answered"]
    assert server.asked[0][1]["authorization"] == "Bearer first"
    assert server.asked[0][2] == b'{"a": 1}'


@pytest.mark.parametrize("trouble", [Reply(500), Reply(503), Reply(cut="after"), Reply(cut="half")])
def test_what_may_be_repeated_is_repeated(trouble: Reply) -> None:
    with scripted_server(trouble, trouble, Reply()) as server:
        assert send(server, Kind.REPEATABLE) == 200
    assert len(server.asked) == 3


@pytest.mark.parametrize("kind", [Kind.PUBLISH, Kind.EXTRA])
@pytest.mark.parametrize("trouble", [Reply(500), Reply(cut="before"), Reply(cut="after")])
def test_an_unclear_publishing_request_is_never_repeated(kind: Kind, trouble: Reply) -> None:
    notes = Notes()
    with scripted_server(trouble, Reply()) as server, pytest.raises(OutcomeUnknownError):
        send(server, kind, wire(notes))
    assert len(server.asked) == 1
    assert notes.lines[-1] == f"end 1 {'no-answer' if trouble.cut else 'unclear'}"


def test_a_request_refused_for_now_is_repeated_even_when_it_publishes() -> None:
    busy = Reply(429, headers=(("Retry-After", "20"),))
    notes = Notes()
    with scripted_server(busy, Reply()) as server:
        assert send(server, Kind.PUBLISH, wire(notes)) == 200
    assert len(server.asked) == 2
    assert notes.lines[1::2] == ["end 1 refused", "end 3 answered"]


def test_too_long_a_wait_ends_the_delivery() -> None:
    busy = Reply(429, headers=(("Retry-After", "3600"),))
    with scripted_server(busy) as server, pytest.raises(RateLimitedError) as caught:
        send(server, Kind.PUBLISH)
    assert caught.value.params["retry_after_s"] == 3600
    assert len(server.asked) == 1


def test_repeating_ends() -> None:
    with scripted_server(Reply(500)) as server, pytest.raises(UnavailableError):
        send(server, Kind.READ)
    assert len(server.asked) == 6


def test_a_lost_upload_is_left_to_the_adapter_when_it_asks() -> None:
    lost = Reply(cut="after")
    with scripted_server(lost, Reply()) as server, pytest.raises(UnavailableError):
        send(server, Kind.REPEATABLE, once=True)
    assert len(server.asked) == 1


def test_a_dead_token_is_renewed_once() -> None:
    with scripted_server(Reply(401), Reply()) as server:
        assert send(server, Kind.PUBLISH) == 200
    assert [headers["authorization"] for _line, headers, _body in server.asked] == [
        "Bearer first",
        "Bearer second",
    ]
    with scripted_server(Reply(401)) as server, pytest.raises(AuthExpiredError):
        send(server, Kind.PUBLISH)
    assert len(server.asked) == 2


def test_a_refusal_is_a_failure() -> None:
    with scripted_server(Reply(400)) as server, pytest.raises(RejectedError):
        send(server, Kind.PUBLISH)


def test_nobody_listening_is_certain_not_to_have_published() -> None:
    with scripted_server(Reply()) as server:
        pass
    notes = Notes()
    with pytest.raises(UnavailableError):
        send(server, Kind.PUBLISH, wire(notes))
    assert notes.lines[1] == "end 1 not-sent"


def test_an_extra_that_an_earlier_run_left_open_is_not_sent_again() -> None:
    left = Unanswered("step", Kind.EXTRA, NOW)
    with scripted_server(Reply()) as server, pytest.raises(OutcomeUnknownError):
        send(server, Kind.EXTRA, wire(unanswered=left))
    assert server.asked == []


def test_a_web_page_instead_of_data_is_said_and_publishes_nothing_twice() -> None:
    page = Reply(content=b"<!DOCTYPE html><h1>Wifi</h1>", headers=(("Content-Type", "text/html"),))
    with scripted_server(page) as server:
        with pytest.raises(UnavailableError) as caught:
            send(server, Kind.READ)
        assert caught.value.code == "publish.portal"
        with pytest.raises(OutcomeUnknownError):
            send(server, Kind.PUBLISH)


def test_a_slice_is_streamed_with_its_length(tmp_path: Path) -> None:
    file = tmp_path / "klip.mp4"
    file.write_bytes(bytes(range(256)) * 1000)
    sent: list[int] = []
    line = wire()
    with scripted_server(Reply()) as server:
        body = line.slice(file, 1000, 100_000, sent.append)
        line.send("chunk", Kind.REPEATABLE, lambda _k: Request("PUT", server.origin, body=body))
    _first, headers, content = server.asked[0]
    assert headers["content-length"] == "100000"
    assert content == file.read_bytes()[1000:101_000]
    assert sum(sent) == 100_000


def test_a_form_with_a_file_and_values() -> None:
    part = Part("source", "foto.jpg", b"JPEG", "image/jpeg")
    with scripted_server(Reply()) as server:
        request = Request("POST", server.origin, fields={"alt": "Danau"}, parts=(part,))
        wire().send("photo", Kind.REPEATABLE, lambda _k: request)
    _first, headers, content = server.asked[0]
    assert headers["content-type"].startswith("multipart/form-data")
    assert b"JPEG" in content
    assert b"Danau" in content


def test_cancelling_does_not_wait_for_the_answer() -> None:
    token = CancelToken()
    line = wire(token=token)
    with scripted_server(Reply()) as server:
        silent = Request("GET", server.origin, headers={"Content-Length": "5"})
        threading.Timer(0.3, token.cancel).start()  # the server waits for five bytes
        begun = time.monotonic()
        with pytest.raises(Cancelled):
            line.send("read", Kind.READ, lambda _k: silent)
        assert time.monotonic() - begun < 1.3


def test_secrets_do_not_show() -> None:
    keys = Credentials("tok-123", client_secret="sec-456")
    assert "tok-123" not in f"{keys!r} {keys}"
    assert "sec-456" not in f"{keys!r} {keys}"


def test_a_slow_line_may_take_longer_than_one_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_CONNECT_S", 0.5)
    received = bytearray()

    def read_slowly(listener: socket.socket) -> None:
        connection, _address = listener.accept()
        with connection:
            while len(received) < 2_000_000 and (piece := connection.recv(65_536)):
                received.extend(piece)
                time.sleep(0.04)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        listener.settimeout(5)
        thread = threading.Thread(target=read_slowly, args=(listener,), daemon=True)
        thread.start()
        part = Part("media", "a.bin", bytes(2_000_000), "application/octet-stream")
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with Http() as door:
            assert door.send(Request("POST", url, parts=(part,))).status == 200
        thread.join(5)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("UNEXPECTED_EOF_WHILE_READING", NoAnswerError),
        ("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", NoAnswerError),
        ("WRONG_VERSION_NUMBER", NotSentError),
    ],
)
def test_only_a_failed_handshake_is_certain_not_to_have_sent(
    reason: str, expected: type[Exception]
) -> None:
    below = ssl.SSLError(1, f"[SSL: {reason}] words")
    below.reason = reason
    seen = requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError(below)))  # type: ignore[arg-type]
    assert isinstance(http._translated(seen), expected)


def test_a_patient_request_gives_its_answer_even_when_cancelled_meanwhile() -> None:
    token, notes = CancelToken(), Notes()
    line = wire(notes, token=token)
    with scripted_server(Reply()) as server:
        # The server answers after three seconds, having waited for bytes that never come.
        silent = Request("PUT", server.origin, headers={"Content-Length": "5"})
        threading.Timer(0.3, token.cancel).start()
        with pytest.raises(UnavailableError):
            line.send("last", Kind.REPEATABLE, lambda _k: silent, once=True, patient=True)
    assert notes.lines[-1] == "end 1 no-answer"


def test_a_cancelled_request_is_journalled_as_such() -> None:
    token, notes = CancelToken(), Notes()
    with scripted_server(Reply()) as server:
        silent = Request("GET", server.origin, headers={"Content-Length": "5"})
        threading.Timer(0.3, token.cancel).start()
        with pytest.raises(Cancelled):
            wire(notes, token=token).send("read", Kind.READ, lambda _k: silent)
    assert notes.lines[-1] == "end 1 cancelled"
