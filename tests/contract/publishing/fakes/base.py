"""What every fake network shares: requests taken apart, answers, and a list of what got public."""

import email.parser
import email.policy
import json
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import parse_qs, urlsplit

from wajo_studio.domain.placement import Network


@dataclass(frozen=True)
class Asked:
    """One request as it came. Header names are lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    origin: str = ""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        parsed = parse_qs(urlsplit(self.target).query, keep_blank_values=True)
        return {name: values[-1] for name, values in parsed.items()}

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def document(self) -> Any:
        """The JSON body; refused when it is none or not announced as such."""
        if self.media_type != "application/json":
            raise Wrong(415, f"content type {self.media_type!r} is not JSON")
        try:
            return json.loads(self.body)
        except ValueError:
            raise Wrong(400, "no JSON") from None

    @property
    def form(self) -> dict[str, str]:
        if self.media_type != "application/x-www-form-urlencoded":
            raise Wrong(415, f"content type {self.media_type!r} is no form")
        parsed = parse_qs(self.body.decode(), keep_blank_values=True, strict_parsing=True)
        return {name: values[-1] for name, values in parsed.items()}

    @property
    def parts(self) -> list[tuple[str, str, bytes]]:
        """A multipart body: name (of a form) or empty, media type, content of each part."""
        if not self.media_type.startswith("multipart/"):
            raise Wrong(415, f"content type {self.media_type!r} is not multipart")
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        parser = email.parser.BytesParser(policy=email.policy.HTTP)
        message = parser.parsebytes(head + self.body)
        found = []
        for part in message.iter_parts():
            name = str(part.get_param("name", header="content-disposition") or "")
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found.append((name, part.get_content_type(), content))
        return found


@dataclass(frozen=True)
class Told:
    """One answer. ``document`` is sent as JSON unless ``content`` is given."""

    status: int = 200
    document: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None

    @property
    def bytes(self) -> bytes:
        if self.content is not None:
            return self.content
        return b"" if self.document is None else json.dumps(self.document).encode()


class Wrong(Exception):
    """The request breaks the protocol."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class FakeNetwork:
    """Base of the fakes. A subclass gives ``network``, ``handle`` and its own shapes of errors.

    Attributes:
        published: what people can see, in order; to count duplicates and losses.
        extras: what came after publishing (comments, thumbnails, captions), in order.
        wrongs: protocol errors seen; a test that expects none asserts that it is empty.
        tokens: access tokens that work.
    """

    network: Network

    def __init__(self) -> None:
        self.published: list[dict[str, Any]] = []
        self.extras: list[str] = []
        self.wrongs: list[str] = []
        self.tokens = {"token-1"}

    def origins(self, origin: str) -> dict[str, str]:
        """The network's table of origins when it is served at ``origin``."""
        raise NotImplementedError

    def handle(self, asked: Asked) -> Told:
        """Answer as the network does; raise :class:`Wrong` for what it would refuse."""
        raise NotImplementedError

    def wrong(self, status: int, why: str) -> Told:
        """How the network refuses a wrong request."""
        raise NotImplementedError

    def expired(self) -> Told:
        """How the network says that the token is dead."""
        raise NotImplementedError

    def too_many(self) -> Told:
        """How the network says: too many requests, later."""
        raise NotImplementedError

    def broken(self, status: int) -> Told:
        """How the network says that it has a fault."""
        return Told(status, {"error": "internal"})

    def came_in_part(self, asked: Asked) -> None:
        """The connection broke when ``asked.body`` was in; an upload may keep it."""

    def takes_token(self, asked: Asked) -> bool:
        """Whether this request carries the account's token (upload addresses may not)."""
        return True

    def answer(self, asked: Asked) -> Told:
        """:meth:`handle`, with protocol errors noted and told as the network tells them."""
        try:
            return self.handle(asked)
        except Wrong as error:
            self.wrongs.append(f"{asked.method} {asked.target}: {error}")
            return self.wrong(error.status, str(error))

    def bearer(self, asked: Asked) -> bool:
        """Whether the request carries a token that works."""
        kind, _, token = asked.headers.get("authorization", "").partition(" ")
        if kind != "Bearer" or not token:
            raise Wrong(401, "no bearer token")
        return token in self.tokens


def refuse(why: str, status: int = 400) -> NoReturn:
    """Refuse the request."""
    raise Wrong(status, why)


def need(condition: object, why: str, status: int = 400) -> None:
    """Refuse the request unless ``condition`` holds."""
    if not condition:
        raise Wrong(status, why)


def only_keys(document: Any, allowed: set[str], where: str) -> None:
    """Refuse unknown fields."""
    need(isinstance(document, dict), f"{where} is no object")
    need(set(document) <= allowed, f"{where}: unknown fields {set(document) - allowed}")
