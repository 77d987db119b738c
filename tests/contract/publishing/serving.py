"""Serves a fake network on 127.0.0.1, with a fault at any request one asks for."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.contract.publishing.fakes.base import Asked, FakeNetwork, Told


class Fault(StrEnum):
    """What can go wrong with one request."""

    CUT_BEFORE = "cut-before"
    """The connection breaks before the network read the request."""
    CUT_AFTER = "cut-after"
    """The network did it, then the connection breaks."""
    FAULT_BEFORE = "500-before"
    FAULT_AFTER = "500-after"
    """The network did it and still answers with a server fault."""
    BUSY = "503"
    """503 with Retry-After; not done."""
    TOO_MANY = "429"
    CUT_HALFWAY = "cut-halfway"
    """The connection breaks when half of the request's body has come in."""
    HALF = "half"
    """Done, but half of the answer is lost."""
    EXPIRED = "expired"
    """The token is refused from now on; a renewed one works."""
    BAD_JSON = "bad-json"
    """Done, and the answer is no JSON."""
    PORTAL = "portal"
    """Not done: the office's sign-in page came instead."""


DONE_ALL_THE_SAME = {Fault.CUT_AFTER, Fault.FAULT_AFTER, Fault.HALF, Fault.BAD_JSON}
"""Faults after which the network did what it was asked."""
RENEWED = "token-2"
_PAGE = Told(
    200,
    headers={"Content-Type": "text/html"},
    content=b"<!DOCTYPE html><html><body>Masuk ke WiFi</body></html>",
)


@dataclass
class Served:
    """A fake network being served.

    Attributes:
        faults: fault by request number, from 0; tests may add to it while it runs.
        asked: method and target of every request, in order.
    """

    fake: FakeNetwork
    faults: dict[int, Fault]
    port: int = 0
    asked: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def cuts_next_halfway(self) -> bool:
        """Whether only half of the next request is read."""
        with self.lock:
            return self.faults.get(len(self.asked)) is Fault.CUT_HALFWAY

    def respond(self, asked: Asked) -> tuple[Told | None, bool]:
        """The answer (``None``: cut the connection), and whether only half of it is sent."""
        with self.lock:
            fault = self.faults.get(len(self.asked))
            self.asked.append(f"{asked.method} {asked.target.partition('?')[0]}")
            if fault is Fault.EXPIRED and self.fake.takes_token(asked):
                self.fake.tokens = {RENEWED}
                fault = None
            told = (
                {
                    Fault.FAULT_BEFORE: self.fake.broken(500),
                    Fault.BUSY: self.fake.broken(503),
                    Fault.TOO_MANY: self.fake.too_many(),
                    Fault.PORTAL: _PAGE,
                }.get(fault)
                if fault
                else None
            )
            if fault is Fault.CUT_HALFWAY:
                self.fake.came_in_part(asked)
            elif told is None and fault is not Fault.CUT_BEFORE:
                told = self.fake.answer(asked)
        if fault is Fault.BUSY and told is not None:
            return Told(503, told.document, {**told.headers, "Retry-After": "2"}), False
        if fault in (Fault.CUT_BEFORE, Fault.CUT_HALFWAY, Fault.CUT_AFTER):
            return None, False
        if fault is Fault.FAULT_AFTER:
            return self.fake.broken(500), False
        if fault is Fault.BAD_JSON and told is not None:
            return Told(told.status, headers=told.headers, content=b'{"data": {'), False
        return told, fault is Fault.HALF


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the other side
    served: Served

    def _do(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        if self.served.cuts_next_halfway:
            length //= 2
        body = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, body, self.served.origin)
        told, half = self.served.respond(asked)
        if told is None:
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        content = told.bytes
        self.send_response(told.status)
        for name, value in {"Content-Type": "application/json", **told.headers}.items():
            self.send_header(name, value)
        # Without a body, half an answer is one whose announced byte never comes.
        self.send_header("Content-Length", str(len(content) or int(half)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if half else content)
        if half:
            self.wfile.flush()
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = do_MKCOL = do_PROPFIND = _do

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_words: Any) -> None:
        """A client that goes away is what these tests are about."""


@contextmanager
def serving(fake: FakeNetwork, faults: Mapping[int, Fault] | None = None) -> Iterator[Served]:
    """Serve ``fake`` until the block ends."""
    served = Served(fake, dict(faults or {}))
    handler = type("Handler", (_Handler,), {"served": served})
    with _Server(("127.0.0.1", 0), handler) as server:
        served.port = server.server_address[1]
        thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join(5)
