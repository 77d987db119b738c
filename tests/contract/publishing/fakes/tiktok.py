"""TikTok on 127.0.0.1, as tiktok.md 4 and 5 describe it: it publishes once it has every byte."""

import re
from collections.abc import Callable
from typing import Any

from tests.contract.publishing.fakes.base import Asked, FakeNetwork, Told, need, only_keys, refuse
from wajo_studio.domain.placement import Network

OPEN_ID, USERNAME = "open-wajo-1", "diskominfowajo"
_MB = 1_000_000
_PUBLISH = "/v2/post/publish"
_SWITCHES = {"disable_comment", "disable_duet", "disable_stitch"}
_BRANDS = {"brand_content_toggle", "brand_organic_toggle"}
_VIDEO = {"title", "privacy_level", "video_cover_timestamp_ms", "is_aigc"} | _SWITCHES | _BRANDS
_PHOTO = {"title", "description", "privacy_level", "disable_comment", "auto_add_music"} | _BRANDS


class FakeTikTok(FakeNetwork):
    """Creator info, uploads, drafts, photos by address, statuses.

    Attributes:
        audiences, off, longest_s: what creator info tells.
        looks: how often a status is still "processing"; link_looks: without a public id.
        fails: the reason for which everything ends as FAILED.
        tells_bytes: whether a status holds ``uploaded_bytes``.
        fetch: gives what lies at a picture's address; ``None``: nothing.
        refusing: an answer to give instead, by path, until it is removed.
        received: bytes that came in at upload addresses.
        posts: every beginning, by publish id.
    """

    network = Network.TIKTOK

    def __init__(self) -> None:
        super().__init__()
        self.audiences = ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]
        self.off: set[str] = set()
        self.longest_s = 180
        self.looks = 1
        self.link_looks = 2
        self.fails = ""
        self.tells_bytes = True
        self.fetch: Callable[[str], bytes | None] = lambda _address: None
        self.refusing: dict[str, Told] = {}
        self.received = 0
        self.posts: dict[str, dict[str, Any]] = {}

    def origins(self, origin: str) -> dict[str, str]:
        return {"api": origin, "www": origin}

    def wrong(self, status: int, why: str) -> Told:
        return error(status, "invalid_params", why)

    def expired(self) -> Told:
        return error(401, "access_token_invalid", "The access token is invalid.")

    def too_many(self) -> Told:
        return error(429, "rate_limit_exceeded", "slower")

    def broken(self, status: int) -> Told:
        return error(status, "internal_error", "later")

    def takes_token(self, asked: Asked) -> bool:
        return asked.method != "PUT"

    def handle(self, asked: Asked) -> Told:
        if asked.method == "PUT" and asked.path.startswith("/upload/"):
            return self._bytes(asked)
        if not self.bearer(asked):
            return self.expired()
        if asked.path in self.refusing:
            return self.refusing[asked.path]
        if asked.method == "GET" and asked.path == "/v2/user/info/":
            return self._user(asked)
        need(asked.method == "POST", "method", 405)
        kind = asked.headers.get("content-type", "").lower()
        need(kind == "application/json; charset=utf-8", f"content type {kind}")
        match asked.path.removeprefix(_PUBLISH):
            case "/creator_info/query/":
                return self._creator()
            case "/video/init/":
                return self._begin(asked, direct=True)
            case "/inbox/video/init/":
                return self._begin(asked, direct=False)
            case "/content/init/":
                return self._pull(asked)
            case "/status/fetch/":
                return self._status(asked)
        return refuse(f"no such call: {asked.path}", 404)

    def _user(self, asked: Asked) -> Told:
        fields = asked.query.get("fields", "").split(",")
        values = {"open_id": OPEN_ID, "display_name": "Diskominfo Wajo", "username": USERNAME}
        user = {name: value for name, value in values.items() if name in fields}
        return ok({"user": user})

    def _creator(self) -> Told:
        data = {
            "creator_username": USERNAME,
            "creator_nickname": "Diskominfo Wajo",
            "privacy_level_options": self.audiences,
            "max_video_post_duration_sec": self.longest_s,
        }
        off = {f"{name}_disabled": name in self.off for name in ("comment", "duet", "stitch")}
        return ok(data | off)

    # Clips ------------------------------------------------------------------------------

    def _begin(self, asked: Asked, *, direct: bool) -> Told:
        document = asked.document
        only_keys(document, {"post_info", "source_info"} if direct else {"source_info"}, "init")
        source = document["source_info"]
        only_keys(source, {"source", "video_size", "chunk_size", "total_chunk_count"}, "source")
        need(source["source"] == "FILE_UPLOAD", "source")
        size, piece, count = (
            source[name] for name in ("video_size", "chunk_size", "total_chunk_count")
        )
        need(0 < size <= 4096 * _MB, "video size")
        need(count == max(size // piece, 1), f"{count} pieces of {piece} for {size}")
        need(piece == size or piece >= 5 * _MB, "piece under 5 MB")
        need(piece <= 64 * _MB and 1 <= count <= 1000, "piece over 64 MB, or too many")
        need(size - (count - 1) * piece <= 128 * _MB, "last piece over 128 MB")
        if direct:
            refused = self._check_info(document["post_info"], _VIDEO, _SWITCHES)
            if refused is not None:
                return refused
        key = f"v_{'pub' if direct else 'inbox'}_file~{len(self.posts)}"
        self.posts[key] = {
            "direct": direct,
            "info": document.get("post_info"),
            "size": size,
            "piece": piece,
            "count": count,
            "pieces": [],
            "looks": 0,
            "links": 0,
            "done": False,
        }
        address = f"{asked.origin}/upload/{key.replace('~', '_')}?token=t"
        return ok({"publish_id": key, "upload_url": address})

    def _check_info(self, info: Any, allowed: set[str], switches: set[str]) -> Told | None:
        only_keys(info, allowed, "post_info")
        need(switches <= set(info), "a switch is missing")
        need(set(info) >= _BRANDS, "brand choices are missing")
        if info.get("privacy_level") not in self.audiences:
            return error(403, "privacy_level_option_mismatch", "mismatch")
        for name in self.off:
            need(info.get(f"disable_{name}", True), f"{name} is off in the account")
        need(not (info["brand_content_toggle"] and info["privacy_level"] == "SELF_ONLY"), "brand")
        need(len(info.get("title", "").encode("utf-16-le")) // 2 <= 2200, "title")
        return None

    def _bytes(self, asked: Asked) -> Told:
        self.received += len(asked.body)
        need("authorization" not in asked.headers, "a token at an upload address")
        need(asked.query.get("token") == "t", "address changed", 403)
        post = self._at(asked)
        if post is None or post.get("over"):
            return Told(403 if post else 404, content=b"")
        need(asked.media_type in ("video/mp4", "video/webm", "video/quicktime"), "media type")
        match = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", asked.headers.get("content-range", ""))
        if match is None:
            return refuse("content range")
        start, end, total = map(int, match.groups())
        need(total == post["size"] and end - start + 1 == len(asked.body), "range")
        arrived = sum(map(len, post["pieces"]))
        if start != arrived:
            self.wrongs.append(f"starts at {start}, {arrived} have arrived")
            return Told(416, content=b"")
        last = len(post["pieces"]) == post["count"] - 1
        need(len(asked.body) == (post["size"] - start if last else post["piece"]), "piece size")
        post["pieces"].append(asked.body)
        headers = {"Content-Range": f"bytes 0-{end}/{total}"}
        if not last:
            return Told(206, headers=headers, content=b"")
        self._publish(post)
        return Told(201, headers=headers, content=b"")

    def _at(self, asked: Asked) -> dict[str, Any] | None:
        name = asked.path.removeprefix("/upload/")
        return next((p for k, p in self.posts.items() if k.replace("~", "_") == name), None)

    def _publish(self, post: dict[str, Any]) -> None:
        post["done"] = True
        if not self.fails:
            self.published.append(post)

    # Photos -----------------------------------------------------------------------------

    def _pull(self, asked: Asked) -> Told:
        document = asked.document
        only_keys(document, {"media_type", "post_mode", "post_info", "source_info"}, "init")
        need(document["media_type"] == "PHOTO", "media type")
        direct = document["post_mode"] == "DIRECT_POST"
        need(direct or document["post_mode"] == "MEDIA_UPLOAD", "post mode")
        source = document["source_info"]
        only_keys(source, {"source", "photo_images", "photo_cover_index"}, "source")
        need(source["source"] == "PULL_FROM_URL", "source")
        pictures = source["photo_images"]
        need(1 <= len(pictures) <= 35 and source["photo_cover_index"] < len(pictures), "pictures")
        if direct:
            refused = self._check_info(document["post_info"], _PHOTO, {"disable_comment"})
            if refused is not None:
                return refused
        else:
            only_keys(document["post_info"], {"title", "description"}, "post_info")
        need(len(document["post_info"].get("title", "").encode("utf-16-le")) // 2 <= 90, "title")
        fetched = [self.fetch(address) for address in pictures]
        key = f"p_pub_url~{len(self.posts)}"
        post = {
            "direct": direct,
            "info": document["post_info"],
            "pictures": fetched,
            "looks": 0,
            "links": 0,
            "done": False,
        }
        self.posts[key] = post
        if None in fetched:
            post |= {"done": True, "fails": "photo_pull_failed"}
        else:
            self._publish(post)
        return ok({"publish_id": key})

    # Status -----------------------------------------------------------------------------

    def _status(self, asked: Asked) -> Told:
        only_keys(asked.document, {"publish_id"}, "status")
        post = self.posts.get(asked.document["publish_id"])
        if post is None:
            return error(400, "invalid_publish_id", "unknown")
        data: dict[str, Any] = {"status": self._word(post)}
        if self.tells_bytes and "size" in post:
            data["uploaded_bytes"] = sum(map(len, post["pieces"]))
        if data["status"] == "FAILED":
            data["fail_reason"] = post.get("fails") or self.fails
        if data["status"] == "PUBLISH_COMPLETE":
            post["links"] += 1
            if post["links"] > self.link_looks:
                data["publicaly_available_post_id"] = [7_300_000_000_000_000_001]
        return ok(data)

    def _word(self, post: dict[str, Any]) -> str:
        pulled = "size" not in post
        processing = "PROCESSING_DOWNLOAD" if pulled else "PROCESSING_UPLOAD"
        if not post["done"]:
            return processing
        post["looks"] += 1
        if post["looks"] <= self.looks:
            return processing
        if post.get("fails") or self.fails:
            return "FAILED"
        return "PUBLISH_COMPLETE" if post["direct"] else "SEND_TO_USER_INBOX"


def ok(data: dict[str, Any]) -> Told:
    """A success in TikTok's shape."""
    return Told(200, {"data": data, "error": {"code": "ok", "message": "", "log_id": "20261124"}})


def error(status: int, code: str, message: str) -> Told:
    """An error in TikTok's shape."""
    one = {"code": code, "message": message, "log_id": "20261124"}
    return Told(status, {"data": {}, "error": one})
