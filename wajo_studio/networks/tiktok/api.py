"""Calls of TikTok's API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wajo_studio.domain.placement import Network
from wajo_studio.networks.answers import dig, expecting
from wajo_studio.networks.http import Request
from wajo_studio.networks.tiktok.errors import judge
from wajo_studio.networks.wire import Kind, Wire

_PUBLISH = "/v2/post/publish"


@dataclass(frozen=True)
class Status:
    """How a post stands at TikTok.

    Attributes:
        word: ``PROCESSING_UPLOAD``, ``PROCESSING_DOWNLOAD``, ``SEND_TO_USER_INBOX``,
            ``PUBLISH_COMPLETE``, ``FAILED``.
        uploaded: bytes received; ``None`` where TikTok does not tell.
        reason: of a failure.
        posts: ids of the public posts, known after moderation.
    """

    word: str
    uploaded: int | None = None
    reason: str = ""
    posts: tuple[str, ...] = ()

    @property
    def processing(self) -> bool:
        """Whether TikTok is still at work."""
        return self.word.startswith("PROCESSING")


@dataclass(frozen=True)
class Api:
    """TikTok's API over one wire."""

    wire: Wire

    def creator(self) -> Any:
        """What the account may do now."""
        return self._call("creator", Kind.READ, "/creator_info/query/", {}, "data")

    def begin(self, path: str, document: Mapping[str, Any]) -> Any:
        """Begin the upload of a clip: nothing can be published before its bytes are sent."""
        return self._call("begin", Kind.REPEATABLE, path, document, "data", "publish_id")

    def pull(self, document: Mapping[str, Any]) -> Any:
        """Have TikTok fetch and publish pictures: what came of a lost answer nobody can tell."""
        path = "/content/init/"
        return self._call("publish", Kind.PUBLISH, path, document, "data", "publish_id")

    def status(self, publish_id: str, step: str = "status") -> Status:
        """How a post stands; ``step`` names the question in the journal."""
        path, document = "/status/fetch/", {"publish_id": publish_id}
        answer = self._call(step, Kind.READ, path, document, "data", "status")
        data = answer["data"]
        uploaded = data.get("uploaded_bytes")
        posts = data.get("publicaly_available_post_id") or data.get("publicly_available_post_id")
        return Status(
            str(data["status"]),
            uploaded if isinstance(uploaded, int) else None,
            str(data.get("fail_reason") or ""),
            tuple(str(post) for post in posts or ()),
        )

    def user(self, fields: str) -> Any:
        """The connected account."""
        answer = self.wire.send(
            "verify",
            Kind.READ,
            lambda keys: Request(
                "GET",
                self._url("/v2/user/info/"),
                headers={"Authorization": f"Bearer {keys.access_token}"},
                params={"fields": fields},
            ),
            judge=expecting(judge, "data", "user", "open_id"),
        )
        return answer.document["data"]["user"]

    def _call(
        self, step: str, kind: Kind, path: str, document: Mapping[str, Any], *expected: str
    ) -> Any:
        answer = self.wire.send(
            step,
            kind,
            lambda keys: Request(
                "POST",
                self._url(_PUBLISH + path),
                headers={
                    "Authorization": f"Bearer {keys.access_token}",
                    "Content-Type": "application/json; charset=UTF-8",
                },
                document=document,
            ),
            judge=expecting(judge, *expected),
        )
        assert dig(answer.document, *expected) is not None
        return answer.document

    def _url(self, path: str) -> str:
        return self.wire.origins.url(Network.TIKTOK, "api", path)
