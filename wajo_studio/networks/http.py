"""HTTP as everything here uses it: bounded, cancellable, and clear about what was sent.

Time-outs: 10 s to connect, 30 s without a byte of answer, and 120 s plus a second for each
4 kB sent for a whole call. Redirects are not followed: the networks answer with none, and a
publishing request must not wander.
"""

import io
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

from wajo_studio.progress import CancelToken

if TYPE_CHECKING:
    import requests

_CONNECT_S, _READ_S = 10.0, 30.0
_CALL_S, _SLOWEST_BYTES_PER_S = 120.0, 4000.0
_ANSWER_MAX_BYTES = 8_000_000
_LOOK_S = 0.1


class NotSentError(Exception):
    """No byte of the request reached the network.

    Attributes:
        offline: there is no way out to the internet, rather than a server that refuses.
    """

    def __init__(self, detail: str, *, offline: bool) -> None:
        super().__init__(detail)
        self.offline = offline


class NoAnswerError(Exception):
    """The request, or a part of it, went out, and no whole answer came back."""


class Slice:
    """A part of a file as the body of a request: streamed, counted, cancellable.

    Args:
        path: the file.
        start: first byte.
        length: number of bytes.
        watch: called with the number of bytes of each piece, before it goes out; may raise
            :class:`wajo_studio.progress.Cancelled` or wait.
    """

    _PIECE = 65_536

    def __init__(
        self, path: Path, start: int, length: int, watch: Callable[[int], None] = lambda _n: None
    ) -> None:
        self._path, self._start, self._length, self._watch = path, start, length, watch
        self._file: BinaryIO | None = None
        self._left = length

    def __len__(self) -> int:
        return self._length

    def read(self, size: int = -1) -> bytes:
        """The next piece; empty at the end."""
        if self._left == 0:
            return b""
        if self._file is None:
            self._file = self._path.open("rb")
            self._file.seek(self._start)
        wanted = min(self._left, self._PIECE, size if size >= 0 else self._PIECE)
        piece = self._file.read(wanted)
        self._left -= len(piece)
        self._watch(len(piece))
        return piece

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def whole(self) -> bytes:
        """All of it at once, for small parts of a multipart form."""
        pieces = []
        while piece := self.read():
            pieces.append(piece)
        self.close()
        return b"".join(pieces)


@dataclass(frozen=True)
class Part:
    """A file in a multipart form."""

    name: str
    filename: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Request:
    """One request. At most one of ``form``, ``document``, ``parts`` and ``body`` is its content.

    Attributes:
        document: sent as JSON.
        parts: files of a multipart form; ``fields`` are its other values.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    document: Any = None
    fields: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    body: Slice | bytes | None = None

    @property
    def size_bytes(self) -> int:
        """Bytes of the body, roughly."""
        if self.body is not None:
            return len(self.body)
        return sum(len(part.content) for part in self.parts)


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def document(self) -> Any:
        """The JSON in the answer; ``None`` when it holds none."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None

    @property
    def is_html(self) -> bool:
        """A web page where data was expected: a sign-in page of the office's own network."""
        kind = self.headers.get("content-type", "")
        return "html" in kind or self.content[:200].lstrip().lower().startswith(
            (b"<!doc", b"<html")
        )


class Http:
    """Sends requests, one at a time."""

    def __init__(self, token: CancelToken | None = None) -> None:
        self._token = token or CancelToken()
        self._session: requests.Session | None = None

    def __enter__(self) -> "Http":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def send(self, request: Request, *, fresh: bool = False, cancellable: bool = True) -> Answer:
        """Send a request and read the whole answer.

        Args:
            request: what to send.
            fresh: over a connection of its own. A kept one may just have been closed by the
                other side, and then nobody knows whether the request was read.
            cancellable: give up at once when the job is cancelled, without waiting for the
                answer; no for requests whose outcome matters.

        Raises:
            NotSentError: nothing went out.
            NoAnswerError: something went out, and no whole answer came back in time.
            Cancelled: the job was cancelled.
        """
        if cancellable:
            self._token.check()
        session = _new_session() if fresh else self._kept()
        result: list[Answer | BaseException] = []
        given_up = threading.Event()

        def work() -> None:
            try:
                result.append(_exchange(session, request))
            except BaseException as error:
                result.append(error)
            finally:
                if fresh or given_up.is_set():
                    session.close()

        worker = threading.Thread(target=work, daemon=True, name="http")
        worker.start()
        while worker.is_alive():
            worker.join(_LOOK_S)
            if cancellable and self._token.cancelled and worker.is_alive():
                given_up.set()  # the worker ends by itself; its connection is not used again
                self._session = None
                self._token.check()
        [outcome] = result
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def _kept(self) -> "requests.Session":
        if self._session is None:
            self._session = _new_session()
        return self._session


def _new_session() -> "requests.Session":
    import ssl

    import requests
    import truststore
    from requests.adapters import HTTPAdapter

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    class SystemRoots(HTTPAdapter):
        """Trusts what the PC trusts: offices add roots of their own."""

        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs, ssl_context=context)

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
            kwargs["ssl_context"] = context
            return super().proxy_manager_for(proxy, **kwargs)

    session = requests.Session()
    session.mount("https://", SystemRoots())
    session.headers["User-Agent"] = "WajoStudio"
    return session


def _exchange(session: "requests.Session", request: Request) -> Answer:
    import requests

    deadline = time.monotonic() + _CALL_S + request.size_bytes / _SLOWEST_BYTES_PER_S
    files = [(p.name, (p.filename, p.content, p.media_type)) for p in request.parts]
    if request.fields and not files:  # a multipart form without a file
        files = [(name, (None, value)) for name, value in request.fields.items()]  # type: ignore[misc]
    data: Any = request.body if request.body is not None else (request.form or request.fields)
    prepared = session.prepare_request(
        requests.Request(
            request.method,
            request.url,
            headers=dict(request.headers),
            params=dict(request.params),
            data=None if files and not request.parts else data or None,
            json=request.document,
            files=files or None,
        )
    )
    if isinstance(prepared.body, bytes):
        # Sent whole, all of it would have to go out within one time-out: too fast for slow links.
        prepared.body = io.BytesIO(prepared.body)
    settings = session.merge_environment_settings(prepared.url or "", {}, True, None, None)
    try:
        with session.send(
            prepared, timeout=(_CONNECT_S, _READ_S), allow_redirects=False, **settings
        ) as response:
            pieces, size = [], 0
            for piece in response.iter_content(65_536):
                pieces.append(piece)
                size += len(piece)
                if size > _ANSWER_MAX_BYTES or time.monotonic() > deadline:
                    raise NoAnswerError(f"answer too long or too slow ({size} bytes)")
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, b"".join(pieces))
    except requests.RequestException as error:
        raise _translated(error) from error
    finally:
        if isinstance(request.body, Slice):
            request.body.close()


def _translated(error: "requests.RequestException") -> NotSentError | NoAnswerError:
    """Tell whether a byte can have gone out. No address or header gets into the text."""
    import requests
    from urllib3 import exceptions as below

    reason = getattr(error.args[0] if error.args else None, "reason", None)
    name = type(reason or error).__name__
    if isinstance(error, requests.exceptions.SSLError) and _in_handshake(reason):
        return NotSentError(f"no secure connection ({name})", offline=False)
    if isinstance(reason, below.NameResolutionError):
        return NotSentError("the server's name is not known (no internet?)", offline=True)
    if isinstance(error, requests.exceptions.ConnectTimeout) or isinstance(
        reason, below.NewConnectionError | below.ConnectTimeoutError
    ):
        return NotSentError(f"no connection ({name})", offline=False)
    if isinstance(error, requests.exceptions.ProxyError):
        return NotSentError(f"the office's proxy does not answer ({name})", offline=True)
    return NoAnswerError(f"the connection broke ({name})")


_HANDSHAKE_REASONS = frozenset(
    {
        "WRONG_VERSION_NUMBER",
        "UNSUPPORTED_PROTOCOL",
        "NO_PROTOCOLS_AVAILABLE",
        "TLSV1_ALERT_PROTOCOL_VERSION",
        "TLSV1_UNRECOGNIZED_NAME",
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "HTTP_REQUEST",
        "HTTPS_PROXY_REQUEST",
    }
)
"""OpenSSL's words for what can only go wrong before the connection is secure."""


def _in_handshake(error: BaseException | None) -> bool:
    """Whether a TLS error came before anything was sent; a broken line raises them later too."""
    import ssl

    cause = error.args[0] if error is not None and error.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return True
    return getattr(cause, "reason", None) in _HANDSHAKE_REASONS
