"""A server on 127.0.0.1 that answers as a test tells it, and remembers what it was asked."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO


@dataclass(frozen=True)
class Reply:
    """One answer; ``cut`` closes the connection instead, before or after reading the request."""

    status: int = 200
    content: bytes = b"{}"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    cut: str = ""


@dataclass
class ScriptedServer:
    """Answers the n-th request with the n-th reply; the last one repeats. At most 100 requests."""

    replies: list[Reply]
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def scripted_server(*replies: Reply) -> Iterator[ScriptedServer]:
    """Serve until the block ends, three seconds a read at most."""
    server = ScriptedServer(list(replies))
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    server.port = listener.getsockname()[1]
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set() and len(server.asked) < 100:
            try:
                connection, _address = listener.accept()
            except TimeoutError:
                continue
            connection.settimeout(3)
            with connection, contextlib.suppress(OSError), connection.makefile("rb") as stream:
                _answer(connection, stream, server)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stop.set()
        thread.join(5)
        listener.close()


def _answer(connection: socket.socket, stream: BinaryIO, server: ScriptedServer) -> None:
    reply = server.replies[min(len(server.asked), len(server.replies) - 1)]
    if reply.cut == "before":
        server.asked.append(("(unread)", {}, b""))
        return
    first = stream.readline().decode("latin-1").strip()
    headers: dict[str, str] = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", 0)))
    server.asked.append((first, headers, body))
    if reply.cut == "after":
        return
    lines = [f"HTTP/1.1 {reply.status} X", *(f"{name}: {value}" for name, value in reply.headers)]
    lines += [f"Content-Length: {len(reply.content)}", "Connection: close", "", ""]
    half = reply.content[: len(reply.content) // 2] if reply.cut == "half" else reply.content
    connection.sendall("\r\n".join(lines).encode("latin-1") + half)
