"""The redirect address of a sign-in: a server on 127.0.0.1 that takes one answer and ends."""

import secrets
import socket
import time
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

from wajo_studio.errors import NotAllowedError, PublishError
from wajo_studio.i18n import N_, _
from wajo_studio.progress import JobContext

_LOOK_S = 0.2
_READ_S = 5.0
_HOST = "127.0.0.1"

PORTS_TAKEN = N_(
    "The sign-in cannot be received: other programs use the ports {ports}. Close them, then try "
    "again."
)
TOO_LATE = N_("Nobody signed in within {minutes} minutes. Try again.")
REFUSED = N_("The sign-in was refused or cancelled in the browser ({reason}). Try again.")
STRANGE = N_(
    "An answer arrived that does not belong to this sign-in. Nothing was connected; try again."
)

_PAGE = """<!DOCTYPE html><html lang="id"><meta charset="utf-8"><title>Wajo Studio</title>
<body style="font:18px/1.5 sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem">
<h1 style="font-size:1.4rem">Wajo Studio</h1><p>{text}</p></body></html>"""


class Loopback:
    """Waits for the browser to come back. Bound to 127.0.0.1 alone; close it after use.

    Args:
        ports: the only ports to try, in order; empty: any free one.
        callback: path of the redirect address.

    Raises:
        PublishError: all the ports are in use.
    """

    def __init__(self, ports: Sequence[int], callback: str) -> None:
        self.state = secrets.token_urlsafe(32)
        self._callback = callback
        self._answers: list[dict[str, str]] = []
        self._server = self._bound(ports or (0,))
        self.redirect_uri = f"http://{_HOST}:{self._server.server_address[1]}{callback}"

    def _bound(self, ports: Sequence[int]) -> HTTPServer:
        handler = type("_Handler", (_Handler,), {"loopback": self})
        for port in ports:
            try:
                return _Server((_HOST, port), handler)
            except OSError:
                continue
        raise PublishError(
            PORTS_TAKEN, code="accounts.ports", ports=", ".join(str(port) for port in ports)
        )

    def __enter__(self) -> "Loopback":
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.server_close()

    def wait(self, ctx: JobContext, limit_s: float) -> str:
        """The code that the network gave.

        Args:
            ctx: cancel.
            limit_s: how long to wait for the person, in seconds.

        Raises:
            NotAllowedError: the person refused, or the answer is not of this sign-in.
            PublishError: nobody came in time.
            Cancelled: the job was cancelled.
        """
        until = time.monotonic() + limit_s
        self._server.timeout = _LOOK_S
        while not self._answers:
            ctx.check()
            if time.monotonic() > until:
                minutes = max(round(limit_s / 60), 1)
                raise PublishError(TOO_LATE, code="accounts.too_late", minutes=minutes)
            self._server.handle_request()
        self._server.server_close()
        return self._code(self._answers[0])

    def _code(self, answer: Mapping[str, str]) -> str:
        if not secrets.compare_digest(answer.get("state", "").encode(), self.state.encode()):
            raise NotAllowedError(STRANGE, code="accounts.state")
        if "code" not in answer:
            reason = "".join(c for c in answer.get("error", "?")[:60] if c.isprintable())
            raise NotAllowedError(REFUSED, code="accounts.refused", reason=reason)
        return answer["code"]

    def take(self, target: str) -> str | None:
        """Take the answer in a request's target; what the browser shows, ``None``: not ours."""
        parts = urlsplit(target)
        if parts.path != self._callback or self._answers:
            return None
        answer = dict(parse_qsl(parts.query, keep_blank_values=True))
        if "code" not in answer and "error" not in answer:
            return None
        self._answers.append(answer)
        if "code" in answer:
            return _("You can close this page and go back to Wajo Studio.")
        return _("Nothing was connected. You can close this page and go back to Wajo Studio.")


class _Server(HTTPServer):
    # On Windows the option would let a second program take the same port.
    allow_reuse_address = False

    def server_bind(self) -> None:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        super().server_bind()

    def handle_error(self, *_words: object) -> None:
        """A browser that goes away is none of our business."""


class _Handler(BaseHTTPRequestHandler):
    timeout = _READ_S
    loopback: Loopback

    def do_GET(self) -> None:
        """Take the answer; everything else is not found."""
        text = self.loopback.take(self.path)
        content = _PAGE.format(text=text or "404").encode("utf-8")
        self.send_response(200 if text is not None else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the target holds the code."""
