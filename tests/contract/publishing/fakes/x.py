"""X on 127.0.0.1, as x.md 4 and 5 describe it. Posts are public; replies of a thread are extras."""

import re
import time
from typing import Any

from tests.contract.publishing.fakes.base import Asked, FakeNetwork, Told, need, only_keys, refuse
from wajo_studio.domain.placement import Network
from wajo_studio.text import find_links, measure

USER = "2244994945"
_POST_FIELDS = {"text", "media", "reply", "reply_settings", "made_with_ai", "paid_partnership"}
_PIECES_MAX_BYTES = 5_000_000
_CATEGORIES = {
    "tweet_video": {"video/mp4", "video/quicktime", "video/webm", "video/mp2t"},
    "amplify_video": {"video/mp4"},
    "subtitles": {"text/srt", "text/vtt"},
}


class FakeX(FakeNetwork):
    """Uploads, metadata, subtitles, posts, and paid reading where ``reads`` allows it.

    Attributes:
        looks: how often a clip's status is still "in progress".
        processing_fails: a clip ends as "failed".
        credit: how many posts can be paid for.
        refusing: an answer to give instead, by path, until it is removed.
        media: everything uploaded, by id.
    """

    network = Network.X

    def __init__(self) -> None:
        super().__init__()
        self.looks = 1
        self.processing_fails = False
        self.credit = 100
        self.reads = False
        self.refusing: dict[str, Told] = {}
        self.media: dict[str, dict[str, Any]] = {}
        self.replies: list[dict[str, Any]] = []
        self._next = 1_990_000_000_000_000_000

    def origins(self, origin: str) -> dict[str, str]:
        return {"api": origin, "www": origin}

    def wrong(self, status: int, why: str) -> Told:
        return _problem(status, "invalid-request", why)

    def expired(self) -> Told:
        return _problem(401, "about:blank", "Unauthorized")

    def too_many(self) -> Told:
        reset = str(int(time.time()) + 3)
        headers = {"x-rate-limit-limit": "100", "x-rate-limit-remaining": "0"}
        told = _problem(429, "rate-limit-exceeded", "Too Many Requests")
        return Told(429, told.document, {**headers, "x-rate-limit-reset": reset})

    def broken(self, status: int) -> Told:
        return _problem(status, "about:blank", "Service Unavailable")

    def handle(self, asked: Asked) -> Told:
        if not self.bearer(asked):
            return self.expired()
        if asked.path in self.refusing:
            return self.refusing[asked.path]
        upload = re.fullmatch(r"/2/media/upload/(\d+)/(append|finalize)", asked.path)
        match asked.method, asked.path:
            case "GET", "/2/users/me":
                need("subscription_type" in asked.query.get("user.fields", ""), "fields")
                user = {"id": USER, "name": "Diskominfotik Wajo", "username": "diskominfowajo"}
                return Told(document={"data": {**user, "subscription_type": "None"}})
            case "POST", "/2/media/upload":
                return self._picture(asked)
            case "POST", "/2/media/upload/initialize":
                return self._initialize(asked)
            case "GET", "/2/media/upload":
                need(asked.query.get("command") == "STATUS", "command")
                return self._status(asked.query.get("media_id", ""))
            case "POST", "/2/media/metadata":
                return self._metadata(asked)
            case "POST", "/2/media/subtitles":
                return self._subtitles(asked)
            case "POST", "/2/tweets":
                return self._post(asked)
            case "GET", path if path == f"/2/users/{USER}/tweets":
                return self._timeline(asked)
            case "POST", _ if upload and upload[2] == "append":
                return self._append(asked, upload[1])
            case "POST", _ if upload:
                return self._finalize(asked, upload[1])
        return refuse(f"no such call: {asked.method} {asked.path}", 404)

    # Media ------------------------------------------------------------------------------

    def _picture(self, asked: Asked) -> Told:
        parts = {name: (kind, content) for name, kind, content in asked.parts}
        need(set(parts) == {"media", "media_category"}, f"parts {set(parts)}")
        need(parts["media_category"][1] == b"tweet_image", "category")
        kind, content = parts["media"]
        need(kind in ("image/jpeg", "image/png", "image/webp"), f"media type {kind}")
        need(0 < len(content) <= 5_000_000, "picture size")
        key = self._new_id()
        self.media[key] = {"kind": "picture", "content": content, "ready": True, "alt": ""}
        return Told(document={"data": {"id": key, "media_key": f"3_{key}"}})

    def _initialize(self, asked: Asked) -> Told:
        only_keys(asked.document, {"media_type", "total_bytes", "media_category"}, "initialize")
        document = asked.document
        category = document["media_category"]
        need(category in _CATEGORIES, f"category {category}")
        need(document["media_type"] in _CATEGORIES[category], f"type {document['media_type']}")
        need(isinstance(document["total_bytes"], int) and document["total_bytes"] > 0, "total")
        key = self._new_id()
        self.media[key] = {
            "kind": category,
            "total": document["total_bytes"],
            "pieces": {},
            "final": False,
            "ready": False,
            "looks": 0,
            "subtitles": None,
        }
        data = {"id": key, "media_key": f"13_{key}", "expires_after_secs": 1295999}
        return Told(document={"data": data})

    def _append(self, asked: Asked, key: str) -> Told:
        media = self._upload(key)
        need(not media["final"], "append after finalize")
        parts = {name: content for name, _kind, content in asked.parts}
        need(set(parts) == {"media", "segment_index"}, f"parts {set(parts)}")
        index = int(parts["segment_index"])
        need(0 <= index <= 999, f"segment {index}")
        need(index == 0 or index - 1 in media["pieces"], f"segment {index} before its turn")
        need(0 < len(parts["media"]) <= _PIECES_MAX_BYTES, "segment size")
        media["pieces"][index] = parts["media"]
        return Told(document={"data": {"expires_at": 1_800_000_000}})

    def _finalize(self, asked: Asked, key: str) -> Told:
        media = self._upload(key)
        need(not asked.body, "finalize has a body")
        if media["final"]:
            return _problem(400, "invalid-request", "media is finalized already")
        content = b"".join(media["pieces"][index] for index in sorted(media["pieces"]))
        need(len(content) == media["total"], f"{len(content)} of {media['total']} bytes")
        media |= {"final": True, "content": content}
        if media["kind"] == "subtitles":
            media["ready"] = True
            return Told(document={"data": {"id": key, "size": len(content)}})
        return Told(document={"data": self._processing(key, "pending")})

    def _status(self, key: str) -> Told:
        media = self._upload(key)
        if not media["final"]:
            return _problem(400, "invalid-request", "not finalized")
        media["looks"] += 1
        if media["looks"] <= self.looks:
            return Told(document={"data": self._processing(key, "in_progress")})
        if self.processing_fails:
            return Told(document={"data": self._processing(key, "failed")})
        media["ready"] = True
        return Told(document={"data": self._processing(key, "succeeded")})

    def _processing(self, key: str, state: str) -> dict[str, Any]:
        info: dict[str, Any] = {"state": state}
        if state in ("pending", "in_progress"):
            info |= {"check_after_secs": 1, "progress_percent": 50}
        if state == "failed":
            info["error"] = {"code": 1, "name": "InvalidMedia", "message": "Unsupported video"}
        return {"id": key, "expires_after_secs": 86400, "processing_info": info}

    def _metadata(self, asked: Asked) -> Told:
        only_keys(asked.document, {"id", "metadata"}, "metadata")
        media = self.media.get(asked.document["id"])
        if media is None or media["kind"] != "picture":
            return refuse("metadata for no picture")
        text = asked.document["metadata"]["alt_text"]["text"]
        need(0 < len(text) <= 1000, "alt text length")
        media["alt"] = text
        return Told(document={"data": {"id": asked.document["id"]}})

    def _subtitles(self, asked: Asked) -> Told:
        document = asked.document
        only_keys(document, {"id", "media_category", "subtitles"}, "subtitles")
        video, track = self._upload(document["id"]), document["subtitles"]
        only_keys(track, {"id", "language_code", "display_name"}, "subtitles.subtitles")
        category = {"TweetVideo": "tweet_video", "AmplifyVideo": "amplify_video"}
        need(category.get(document["media_category"]) == video["kind"], "category")
        need(re.fullmatch("[A-Z]{2}", track["language_code"]), "language code")
        need(self._upload(track["id"])["ready"], "subtitles are not uploaded")
        video["subtitles"] = (track["language_code"], track["display_name"])
        return Told(document={"data": {"id": document["id"]}})

    def _upload(self, key: str) -> dict[str, Any]:
        media = self.media.get(key)
        if media is None or media["kind"] == "picture":
            return refuse(f"no upload {key}", 404)
        return media

    # Posts ------------------------------------------------------------------------------

    def _post(self, asked: Asked) -> Told:
        document = asked.document
        only_keys(document, _POST_FIELDS, "post")
        text, media = document.get("text", ""), document.get("media", {})
        need(text or media, "neither text nor media")
        only_keys(media, {"media_ids"}, "media")
        ids = media.get("media_ids", [])
        kinds = [self.media[key]["kind"] for key in ids if key in self.media]
        need(len(kinds) == len(ids), "unknown media id")
        need(kinds in ([], ["tweet_video"], ["amplify_video"]) or set(kinds) == {"picture"}, "mix")
        need(len(ids) <= 4 and all(self.media[key]["ready"] for key in ids), "media not usable")
        if text and not measure("x", text).valid:
            return _problem(403, "about:blank", "You are not permitted to perform this action.")
        everything = [*self.published, *self.replies]
        if any(text and post["text"] == text for post in everything):
            words = "You are not allowed to create a Tweet with duplicate content."
            return _problem(403, "about:blank", words)
        if self.credit <= len(everything):
            words = "Your enrolled account does not have any credits to fulfill this request."
            return Told(402, {"title": "CreditsDepleted", "detail": words, "type": "about:blank"})
        return self._published(document, text, ids)

    def _published(self, document: dict[str, Any], text: str, ids: list[str]) -> Told:
        key = self._new_id()
        post = {"id": key, "text": text, "media": ids, "made_with_ai": "made_with_ai" in document}
        reply = document.get("reply")
        if reply is None:
            self.published.append(post)
        else:
            only_keys(reply, {"in_reply_to_tweet_id"}, "reply")
            known = {entry["id"] for entry in (*self.published, *self.replies)}
            need(reply["in_reply_to_tweet_id"] in known, "reply to a stranger's post", 403)
            self.replies.append({**post, "to": reply["in_reply_to_tweet_id"]})
            self.extras.append(text)
        shown = {"id": key, "text": _shown(text, ids)[0], "edit_history_post_ids": [key]}
        return Told(201, {"data": shown})

    def _timeline(self, asked: Asked) -> Told:
        need(self.reads, "paid reading by an account that may not")
        need(asked.query.get("max_results") == "5", "max_results")
        need(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", asked.query["start_time"]), "time")
        need("entities" in asked.query.get("tweet.fields", ""), "fields")
        posts = []
        for post in [*self.replies, *self.published][:5]:
            text, entities = _shown(post["text"], post["media"])
            one = {"id": post["id"], "text": text, "entities": entities}
            if post["media"]:
                one["attachments"] = {"media_keys": [f"3_{key}" for key in post["media"]]}
            posts.append(one)
        return Told(document={"data": posts} if posts else {"meta": {"result_count": 0}})

    def _new_id(self) -> str:
        self._next += 1
        return str(self._next)


def _shown(text: str, media: list[str]) -> tuple[str, dict[str, Any]]:
    """How X returns a text: links as ``t.co``, escapes, a link to the media at the end."""
    urls = []
    for number, found in enumerate(reversed(find_links(text))):
        short = f"https://t.co/Ab{number}"
        link = found.text if "://" in found.text else f"http://{found.text}"
        urls.append({"url": short, "expanded_url": link, "display_url": found.text[:20]})
        text = text[: found.start] + short + text[found.end :]
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if media:
        page = "https://x.com/diskominfowajo/status/1/photo/1"
        urls.append({"url": "https://t.co/Media1", "expanded_url": page, "media_key": "3_1"})
        text = f"{text} https://t.co/Media1".strip()
    return text, {"urls": urls}


def _problem(status: int, name: str, detail: str) -> Told:
    kind = name if ":" in name else f"https://api.x.com/2/problems/{name}"
    document = {"title": detail, "detail": detail, "type": kind, "status": status}
    return Told(status, document)
