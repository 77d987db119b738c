"""The base of every fake network: a server on 127.0.0.1 that breaks when and how a test says.

A fake answers as its sheet says, refuses wrong requests, and keeps what got published, so that a
test can count. It never guesses: what it does not know is a refusal, noted in ``refusals``.
"""

import contextlib
import hashlib
import json
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

_KEPT_BYTES = 64_000_000


class Fault(StrEnum):
    """How one request goes wrong."""

    CUT_BEFORE = "cut before it was processed"
    CUT_AFTER = "cut after it was processed"
    CUT_HALFWAY = "cut when half of the body had come in"
    ERROR_BEFORE = "500, not processed"
    ERROR_AFTER = "500, processed"
    BUSY_503 = "503 with Retry-After, not processed"
    BUSY_429 = "429 with Retry-After, not processed"
    HALF_ANSWER = "half of the answer, processed"
    BAD_JSON = "no JSON, processed"
    WEB_PAGE = "a portal's web page, not processed"
    EXPIRED = "the token has ended, not processed"


@dataclass(frozen=True)
class Asked:
    """A request as it came in. Header names are lower case.

    ``body`` is cut off behind 64 MB; ``size`` and ``sha256`` are of all of it.
    """

    number: int
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    size: int
    sha256: str

    @property
    def line(self) -> str:
        """Method and path, for lists."""
        return f"{self.method} {self.path}"

    @property
    def document(self) -> Any:
        """The JSON of the body; ``None`` without."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def form(self) -> dict[str, str]:
        """The values of a form, plain or multipart, or of a JSON object."""
        kind = self.headers.get("content-type", "")
        if kind.startswith("application/json"):
            found = self.document
            return {name: _text(value) for name, value in (found or {}).items()}
        if kind.startswith("multipart/"):
            return {name: body.decode() for name, (file, body) in self.parts.items() if not file}
        if kind.startswith("application/x-www-form-urlencoded"):
            return dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        return {}

    @property
    def parts(self) -> dict[str, tuple[str, bytes]]:
        """File name (empty for plain values) and content of each part of a multipart form."""
        kind = self.headers.get("content-type", "")
        if not kind.startswith("multipart/"):
            return {}
        message = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + self.body)
        found = {}
        for part in message.walk():
            name = part.get_param("name", header="content-disposition")
            if isinstance(name, str):
                content = part.get_payload(decode=True)
                found[name] = (part.get_filename() or "", bytes(content or b""))
        return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@dataclass(frozen=True)
class Reply:
    """An answer; a ``document`` goes out as JSON."""

    status: int = 200
    document: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def body(self) -> bytes:
        """The bytes that go out."""
        return self.content if self.document is None else json.dumps(self.document).encode()


class FakeServer:
    """A server with its log and its faults. Subclasses say what they do in :meth:`handle`.

    Attributes:
        faults: by the number of the request, counted from 1.
        always: a fault of every request that it names.
        asked: every request that came in whole, in order.
        refusals: what a subclass found wrong with a request. Empty after a good delivery.
        late: called with each request before it is handled; tests look in.
    """

    def __init__(self) -> None:
        self.faults: dict[int, Fault] = {}
        self.always: Callable[[Asked], Fault | None] = lambda _asked: None
        self.asked: list[Asked] = []
        self.refusals: list[str] = []
        self.received_bytes = 0
        self._count = 0
        self._lock = threading.RLock()
        self._server: ThreadingHTTPServer | None = None

    # What subclasses give ---------------------------------------------------------------

    def handle(self, asked: Asked) -> Reply:
        """Answer a request; called for one at a time."""
        raise NotImplementedError

    def handle_part(self, asked: Asked, wanted: int) -> None:
        """A request whose connection broke when ``asked.body`` of ``wanted`` bytes was in."""

    def expired(self) -> Reply:
        """The answer to a token that has ended. After it that token is never accepted again."""
        return Reply(401, {"error": "expired"})

    # ------------------------------------------------------------------------------------

    @property
    def origin(self) -> str:
        """Where it listens."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def lines(self) -> list[str]:
        """Method and path of each request."""
        return [asked.line for asked in self.asked]

    def refuse(self, why: str, reply: Reply) -> Reply:
        """Note what was wrong and give the answer."""
        self.refusals.append(why)
        return reply

    def __enter__(self) -> Self:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 20

            def log_message(self, *_args: object) -> None:
                pass

            def answer(self) -> None:
                with contextlib.suppress(OSError):
                    fake._serve(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = answer

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_args: None  # type: ignore[method-assign]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_args: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self._count += 1
            number = self._count
        wanted = int(handler.headers.get("Content-Length") or 0)
        planned = self.faults.pop(number, None)
        if planned is Fault.CUT_HALFWAY and wanted > 1:
            part = self._read(handler, number, wanted // 2)
            with self._lock:
                self.handle_part(part, wanted)
            return _cut(handler)
        asked = self._read(handler, number, wanted)
        if asked.size < wanted:  # the other side went away
            with self._lock:
                self.handle_part(asked, wanted)
            handler.close_connection = True
            return None
        fault = planned or self.always(asked)
        with self._lock:
            self.asked.append(asked)
            reply = self._reply(asked, fault)
        if reply is None:
            return _cut(handler)
        body = reply.body
        handler.send_response(reply.status)
        kind = "application/json" if reply.document is not None else "application/octet-stream"
        for name, value in ({"Content-Type": kind} | dict(reply.headers)).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if fault is Fault.HALF_ANSWER:
            handler.wfile.write(body[: len(body) // 2])
            return _cut(handler)
        if asked.method != "HEAD":
            handler.wfile.write(body)
        return None

    def _reply(self, asked: Asked, fault: Fault | None) -> Reply | None:
        match fault:
            case Fault.CUT_BEFORE | Fault.CUT_HALFWAY:
                return None
            case Fault.ERROR_BEFORE:
                return Reply(500, content=b"Internal Server Error")
            case Fault.BUSY_503:
                return Reply(503, content=b"busy", headers={"Retry-After": "2"})
            case Fault.BUSY_429:
                return Reply(429, content=b"too many", headers={"Retry-After": "2"})
            case Fault.WEB_PAGE:
                page = b"<!DOCTYPE html><html><h1>Wifi kantor</h1></html>"
                return Reply(200, content=page, headers={"Content-Type": "text/html"})
            case Fault.EXPIRED:
                return self.expired()
        reply = self.handle(asked)
        match fault:
            case Fault.CUT_AFTER:
                return None
            case Fault.ERROR_AFTER:
                return Reply(500, content=b"Internal Server Error")
            case Fault.BAD_JSON:
                return Reply(reply.status, content=b'{"id": ')
        return reply

    def _read(self, handler: BaseHTTPRequestHandler, number: int, size: int) -> Asked:
        kept, digest, left = bytearray(), hashlib.sha256(), size
        while left and (piece := handler.rfile.read1(min(left, 1_000_000))):
            left -= len(piece)
            digest.update(piece)
            if len(kept) < _KEPT_BYTES:
                kept += piece
        self.received_bytes += size - left
        parts = urlsplit(handler.path)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        method = handler.command
        done = size - left
        return Asked(
            number, method, parts.path, query, headers, bytes(kept), done, digest.hexdigest()
        )


def _cut(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.wfile.flush()
    with contextlib.suppress(OSError):
        handler.connection.shutdown(socket.SHUT_RDWR)
