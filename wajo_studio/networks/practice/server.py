"""The practice network: a small server on 127.0.0.1 that takes files and "publishes" nothing."""

import json
import secrets
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_LOOKS_UNTIL_READY = 2
_posts: dict[str, dict[str, Any]] = {}
_lock = threading.Lock()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_PUT(self) -> None:
        """Take a file and forget it; only its size is answered."""
        left = int(self.headers.get("Content-Length", "0"))
        size = 0
        while left > 0 and (piece := self.rfile.read(min(left, 65_536))):
            left -= len(piece)
            size += len(piece)
        self._answer({"bytes": size})

    def do_POST(self) -> None:
        """Begin to publish."""
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        post_id = secrets.token_hex(8)
        with _lock:
            _posts.setdefault(post_id, {"looks": 0})
        self._answer({"id": post_id})

    def do_GET(self) -> None:
        """Tell whether it is ready."""
        with _lock:
            post = _posts.get(self.path.rpartition("/")[2])
            if post is not None:
                post["looks"] += 1
        if post is None:
            self._answer({"error": "unknown"}, 404)
        else:
            self._answer({"ready": post["looks"] >= _LOOKS_UNTIL_READY})

    def _answer(self, document: Any, status: int = 200) -> None:
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


@cache
def practice_origin() -> str:
    """The address of the practice network; it is started when it is first asked for."""
    server = _Server(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True, name="practice-network").start()
    return f"http://127.0.0.1:{server.server_address[1]}"
