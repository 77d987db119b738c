"""What the fakes of Facebook and Instagram share: tokens, errors, fields, and rupload."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.contract.publishing.fakes.base import Asked, FakeNetwork, Told, Wrong, need

VERSION = "v26.0"
USER_TOKEN = "user-1"


@dataclass
class Upload:
    """A clip on its way in.

    Attributes:
        offset_is_told: whether reading the object tells how much has come in.
    """

    id: str
    kind: str
    size: int = 0
    content: bytearray = field(default_factory=bytearray)
    sent_bytes: int = 0
    requests: int = 0
    finished: int = 0
    looks: int = 0
    details: dict[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return self.size > 0 and len(self.content) == self.size


class FakeGraph(FakeNetwork):
    """Versioned paths, tokens in headers only, form or multipart bodies."""

    def __init__(self) -> None:
        super().__init__()
        self.user_tokens = {USER_TOKEN}
        self.uploads: dict[str, Upload] = {}
        self.usage: dict[str, str] = {}
        self.refuse_next: dict[str, dict[str, Any]] = {}
        """An error object by "METHOD edge": what the next such request is refused with."""
        self._ids = 17_841_400_000_000_000
        self.origin = ""

    def new_id(self) -> str:
        self._ids += 7
        return str(self._ids)

    def origins(self, origin: str) -> dict[str, str]:
        self.origin = origin
        found = {"graph": origin, "rupload": origin}
        return {**found, "www": origin} if self.network == "facebook" else found

    def wrong(self, status: int, why: str) -> Told:
        return error(100, f"(#100) {why}", status=status)

    def expired(self) -> Told:
        return error(190, "Error validating access token: Session has expired", 463, status=401)

    def too_many(self) -> Told:
        return error(32, "(#32) Page request limit reached", status=400)

    def broken(self, status: int) -> Told:
        return error(2, "Service temporarily unavailable", status=status, is_transient=True)

    def handle(self, asked: Asked) -> Told:
        kind, _, token = asked.headers.get("authorization", "").partition(" ")
        need("access_token" not in asked.query, "the token is in the address")
        binary = asked.path.startswith(("/video-upload/", "/ig-api-upload/"))
        need(kind == ("OAuth" if binary else "Bearer"), f"authorization by {kind!r}", 401)
        if token not in self.tokens | self.user_tokens:
            return self.expired()
        if binary:
            return self._take(asked)
        head = f"/{VERSION}/"
        need(asked.path.startswith(head), "no version in the path")
        parts = asked.path.removeprefix(head).split("/")
        need(asked.method != "POST" or token in self.tokens, "written with a person's token", 403)
        edge = parts[1] if len(parts) > 1 else ""
        refusal = self.refuse_next.pop(f"{asked.method} {edge}", None)
        if refusal is not None:
            return Told(400, {"error": refusal}, self.usage)
        told = self.on(asked, token in self.user_tokens, *parts)
        return Told(told.status, told.document, {**told.headers, **self.usage}, told.content)

    def on(self, asked: Asked, by_person: bool, *path: str) -> Told:
        """Answer a request to the path behind the version."""
        raise NotImplementedError

    # rupload ----------------------------------------------------------------------------

    def _take(self, asked: Asked) -> Told:
        upload = self._upload(asked)
        start, size = self._range(asked)
        if start != len(upload.content):
            return debug("OffsetInvalidError", f"server has {len(upload.content)}", retriable=False)
        upload.requests += 1
        upload.size = size
        if len(asked.body) != size - start:
            self.wrongs.append("the body is not the rest of the file")
            return debug("PartialRequestError", "did not match length of file")
        upload.content += asked.body
        upload.sent_bytes += len(asked.body)
        return Told(200, {"success": True, "message": "Upload successful."})

    def _upload(self, asked: Asked) -> Upload:
        need(asked.method == "POST", "rupload takes POST", 405)
        found = self.uploads.get(asked.path.rpartition("/")[2])
        if found is None:
            raise Wrong(404, "no such upload")
        return found

    def _range(self, asked: Asked) -> tuple[int, int]:
        need(asked.media_type == "application/octet-stream", "not sent as octets")
        try:
            start, size = int(asked.headers["offset"]), int(asked.headers["file_size"])
        except (KeyError, ValueError):
            raise Wrong(400, "offset or file_size is missing") from None
        need(0 <= start < size, "offset outside of the file")
        return start, size

    def came_in_part(self, asked: Asked) -> None:
        if asked.path.startswith(("/video-upload/", "/ig-api-upload/")):
            upload = self._upload(asked)
            start, upload.size = self._range(asked)
            if start == len(upload.content):
                upload.content += asked.body
                upload.sent_bytes += len(asked.body)
                upload.requests += 1


def error(
    code: int, message: str, subcode: int | None = None, *, status: int = 400, **more: Any
) -> Told:
    """An error as the Graph API writes it."""
    document: dict[str, Any] = {
        "message": message,
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "Atest",
    }
    if subcode is not None:
        document["error_subcode"] = subcode
    return Told(status, {"error": {**document, **more}})


def debug(kind: str, message: str, *, retriable: bool = True) -> Told:
    """An error as rupload writes it."""
    info = {"retriable": retriable, "type": kind, "message": message}
    return Told(400, {"debug_info": info})


def gone() -> Told:
    """100/33."""
    return error(100, "Unsupported get request. Object does not exist", 33)


def take_form(
    asked: Asked, allowed: set[str], *files: str
) -> tuple[dict[str, str], dict[str, bytes]]:
    """Values and files of a request, refused when anything is not allowed."""
    values: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    if asked.media_type == "multipart/form-data":
        for name, kind, content in asked.parts:
            if name in files:
                need(kind != "text/plain", f"{name} has no media type")
                contents[name] = content
            else:
                values[name] = content.decode()
    elif asked.body:
        values = asked.form
    need(set(values) <= allowed, f"unknown fields {set(values) - allowed}")
    return values, contents


def picked(asked: Asked, whole: Mapping[str, Any]) -> Told:
    """The asked fields of an object; unknown ones are refused."""
    names = [part.partition("{")[0] for part in split_fields(asked.query.get("fields", "id"))]
    unknown = set(names) - set(whole) - {"id"}
    need(not unknown, f"Tried accessing nonexisting field {unknown}")
    found = {name: whole.get(name) for name in {*names, "id"}}
    return Told(200, {name: value for name, value in found.items() if value is not None})


def split_fields(text: str) -> list[str]:
    """Names at the top level of a ``fields`` text with braces."""
    found, depth = [""], 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return found


def as_list(text: str) -> list[Any]:
    """A JSON list in a form value."""
    try:
        found = json.loads(text)
    except ValueError:
        raise Wrong(400, f"{text!r} is no JSON") from None
    need(isinstance(found, list), "not a list")
    return list(found)
