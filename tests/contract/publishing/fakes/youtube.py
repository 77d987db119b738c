"""YouTube on 127.0.0.1, as youtube.md 4 and 5 describe it: a video exists with its last byte."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from tests.contract.publishing.fakes.base import Asked, FakeNetwork, Told, need, only_keys, refuse
from wajo_studio.domain.placement import Network

CHANNEL, UPLOADS = "UCwajo0000000000000000000", "UUwajo0000000000000000000"
PLAYLIST = "PLlayanan"
_UNIT = 262_144
_SNIPPET = {"title", "description", "tags", "categoryId", "defaultLanguage", "defaultAudioLanguage"}
_STATUS = {
    "privacyStatus",
    "publishAt",
    "selfDeclaredMadeForKids",
    "containsSyntheticMedia",
    "license",
    "embeddable",
    "publicStatsViewable",
}


class FakeYouTube(FakeNetwork):
    """Sessions, videos, thumbnails, captions, playlist, comments.

    Attributes:
        looks: how often a video's status is still "uploaded".
        ends_as: the upload status in the end, and its reason.
        forces: a privacy that every video gets, whatever was asked.
        forgets: sessions are gone: every question about them is answered 404.
        received: bytes of bodies that came in at upload addresses, also those thrown away.
        refusing: an answer to give instead, by path, until it is removed.
    """

    network = Network.YOUTUBE

    def __init__(self) -> None:
        super().__init__()
        self.looks = 1
        self.ends_as = ("processed", "")
        self.forces = ""
        self.forgets = False
        self.keeps = True
        self.received = 0
        self.refusing: dict[str, Told] = {}
        self.sessions: dict[str, dict[str, Any]] = {}
        self.listed: list[str] = []
        self.comments: list[tuple[str, str]] = []

    def origins(self, origin: str) -> dict[str, str]:
        return {"api": origin, "oauth": origin, "www": origin}

    def wrong(self, status: int, why: str) -> Told:
        return error(status, "badRequest", why)

    def expired(self) -> Told:
        return error(401, "authError", "Invalid Credentials")

    def too_many(self) -> Told:
        return error(403, "userRateLimitExceeded", "slower")

    def broken(self, status: int) -> Told:
        return error(status, "backendError", "Backend Error")

    def handle(self, asked: Asked) -> Told:
        if not self.bearer(asked):
            return self.expired()
        if asked.path in self.refusing:
            return self.refusing[asked.path]
        match asked.method, asked.path:
            case "POST", "/upload/youtube/v3/videos":
                return self._begin(asked)
            case "PUT", "/upload-session":
                return self._bytes(asked)
            case "POST", "/upload/youtube/v3/thumbnails/set":
                return self._thumbnail(asked)
            case "POST", "/upload/youtube/v3/captions":
                return self._captions(asked)
            case "POST", "/youtube/v3/playlistItems":
                return self._list(asked)
            case "POST", "/youtube/v3/commentThreads":
                return self._comment(asked)
            case "GET", "/youtube/v3/channels":
                return self._channel(asked)
            case "GET", "/youtube/v3/playlistItems":
                return self._items(asked)
            case "GET", "/youtube/v3/videos":
                return self._videos(asked)
        return refuse(f"no such call: {asked.method} {asked.path}", 404)

    # Upload -----------------------------------------------------------------------------

    def _begin(self, asked: Asked) -> Told:
        query, document = asked.query, asked.document
        need(query.get("uploadType") == "resumable", "uploadType")
        need(query.get("part") == "snippet,status", "part")
        need(query.get("notifySubscribers") in ("true", "false"), "notifySubscribers")
        need(asked.headers.get("x-upload-content-type", "").startswith("video/"), "content type")
        total = int(asked.headers.get("x-upload-content-length", "0"))
        need(total > 0, "content length")
        only_keys(document, {"snippet", "status"}, "video")
        snippet, status = document["snippet"], document["status"]
        only_keys(snippet, _SNIPPET, "snippet")
        only_keys(status, _STATUS, "status")
        need(0 < len(snippet["title"]) <= 100, "title")
        need(len(snippet["description"].encode()) <= 5000, "description")
        need(not re.search("[<>]", snippet["title"] + snippet["description"]), "< or >")
        need(isinstance(snippet["tags"], list), "tags")
        need(re.fullmatch(r"\d+", snippet["categoryId"]), "category")
        need(status["privacyStatus"] in ("private", "unlisted", "public"), "privacy")
        need(isinstance(status["selfDeclaredMadeForKids"], bool), "made for kids")
        need("publishAt" not in status or status["privacyStatus"] == "private", "publishAt")
        key = f"s{len(self.sessions)}"
        self.sessions[key] = {
            "resource": document,
            "notify": query["notifySubscribers"] == "true",
            "total": total,
            "stored": bytearray(),
            "video": None,
        }
        address = f"{asked.origin}/upload-session?upload_id={key}"
        return Told(200, headers={"Location": address}, content=b"")

    def _bytes(self, asked: Asked) -> Told:
        self.received += len(asked.body)
        session = self.sessions.get(asked.query.get("upload_id", ""))
        if session is None or self.forgets:
            return Told(404, content=b"")
        need("content-length" in asked.headers, "no length")
        if session["video"] is not None:
            return Told(200, self._resource(session["video"]))
        header = asked.headers.get("content-range", "")
        if header == f"bytes */{session['total']}":
            need(not asked.body, "a question with a body")
            return self._more(session)
        start, end, total = _range(header)
        stored = session["stored"]
        need(total == session["total"], f"total {total}")
        need(start == len(stored), f"starts at {start}, {len(stored)} are stored")
        need(end - start + 1 == len(asked.body), "range and body differ")
        need(end + 1 == total or len(asked.body) % _UNIT == 0, "piece is no multiple of 256 KiB")
        stored += asked.body
        if len(stored) < total:
            return self._more(session)
        return Told(201, self._resource(self._publish(session)))

    def came_in_part(self, asked: Asked) -> None:
        """Google keeps whole units of a piece that broke off."""
        self.received += len(asked.body)
        session = self.sessions.get(asked.query.get("upload_id", ""))
        match = re.match(r"bytes (\d+)-", asked.headers.get("content-range", ""))
        if session and match and int(match[1]) == len(session["stored"]):
            session["stored"] += asked.body[: len(asked.body) // _UNIT * _UNIT]

    def _more(self, session: dict[str, Any]) -> Told:
        count = len(session["stored"])
        headers = {"Range": f"bytes=0-{count - 1}"} if count else {}
        return Told(308, headers=headers, content=b"")

    def _publish(self, session: dict[str, Any]) -> dict[str, Any]:
        asked_for = session["resource"]["status"]["privacyStatus"]
        video = {
            "id": f"vid{len(self.published):08}",
            "resource": session["resource"],
            "notify": session["notify"],
            "content": bytes(session["stored"]),
            "privacy": self.forces or asked_for,
            "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "looks": 0,
            "thumbnail": None,
            "captions": {},
        }
        session["video"] = video
        session["stored"] = bytearray()
        self.published.append(video)
        return video

    def _resource(self, video: dict[str, Any]) -> dict[str, Any]:
        status = {**video["resource"]["status"], "privacyStatus": video["privacy"]}
        return {
            "kind": "youtube#video",
            "id": video["id"],
            "snippet": video["resource"]["snippet"],
            "status": {**status, "uploadStatus": "uploaded"},
        }

    # After it ---------------------------------------------------------------------------

    def _thumbnail(self, asked: Asked) -> Told:
        video = self._video(asked.query.get("videoId"))
        need(asked.media_type in ("image/jpeg", "image/png"), f"type {asked.media_type}")
        need(0 < len(asked.body) <= 50_000_000, "size")
        tall = video["resource"]["snippet"]["title"].startswith("Short")
        need(not tall or self._is_ready(video), "thumbnail of a Short that is not processed")
        video["thumbnail"] = asked.body
        return Told(document={"kind": "youtube#thumbnailSetResponse", "items": [{}]})

    def _captions(self, asked: Asked) -> Told:
        need(asked.query.get("uploadType") == "multipart", "uploadType")
        need(asked.query.get("part") == "snippet", "part")
        need(asked.media_type == "multipart/related", f"type {asked.media_type}")
        (_n, kind, document), (_n2, _kind2, content) = asked.parts
        need(kind == "application/json", "first part")
        snippet = json.loads(document)["snippet"]
        only_keys(snippet, {"videoId", "language", "name", "isDraft"}, "snippet")
        video = self._video(snippet["videoId"])
        key = (snippet["language"], snippet["name"])
        if key in video["captions"]:
            return error(409, "captionExists", "exists")
        video["captions"][key] = content
        return Told(document={"kind": "youtube#caption", "id": "c1"})

    def _list(self, asked: Asked) -> Told:
        snippet = asked.document["snippet"]
        only_keys(snippet, {"playlistId", "resourceId"}, "snippet")
        need(snippet["playlistId"] == PLAYLIST, "playlist", 404)
        need(snippet["resourceId"]["kind"] == "youtube#video", "kind")
        self.listed.append(self._video(snippet["resourceId"]["videoId"])["id"])
        return Told(document={"kind": "youtube#playlistItem", "id": "p1"})

    def _comment(self, asked: Asked) -> Told:
        need(asked.query.get("part") == "snippet", "part")
        snippet = asked.document["snippet"]
        only_keys(snippet, {"videoId", "channelId", "topLevelComment"}, "snippet")
        text = snippet["topLevelComment"]["snippet"]["textOriginal"]
        self.comments.append((self._video(snippet["videoId"])["id"], text))
        return Told(document={"kind": "youtube#commentThread", "id": "t1"})

    def _channel(self, asked: Asked) -> Told:
        need(asked.query.get("mine") == "true", "mine")
        snippet = {"title": "Pemkab Wajo", "customUrl": "@pemkabwajo"}
        details = {"relatedPlaylists": {"uploads": UPLOADS}}
        return Told(
            document={"items": [{"id": CHANNEL, "snippet": snippet, "contentDetails": details}]}
        )

    def _items(self, asked: Asked) -> Told:
        playlist = asked.query.get("playlistId")
        need(playlist in (UPLOADS, PLAYLIST), "playlist", 404)
        if playlist == PLAYLIST:
            shown = [v for v in self.published if v["id"] in self.listed]
        else:
            shown = self.published if self.keeps else []
        items = [
            {
                "snippet": {
                    "title": video["resource"]["snippet"]["title"],
                    "publishedAt": video["at"],
                    "resourceId": {"kind": "youtube#video", "videoId": video["id"]},
                },
                "contentDetails": {"videoId": video["id"]},
            }
            for video in shown
        ]
        return Told(document={"items": items})

    def _videos(self, asked: Asked) -> Told:
        items = []
        for key in asked.query.get("id", "").split(","):
            video = self._video(key)
            if asked.query.get("part") == "fileDetails":
                items.append({"id": key, "fileDetails": {"fileSize": str(len(video["content"]))}})
                continue
            need(asked.query.get("part") == "status,processingDetails", "part")
            video["looks"] += 1
            status = {"privacyStatus": video["privacy"], "uploadStatus": "uploaded"}
            if self._is_ready(video):
                word, reason = self.ends_as
                status["uploadStatus"] = word
                if reason:
                    status["failureReason" if word == "failed" else "rejectionReason"] = reason
            items.append({"id": key, "status": status})
        return Told(document={"items": items})

    def _is_ready(self, video: dict[str, Any]) -> bool:
        return bool(video["looks"] > self.looks)

    def _video(self, key: object) -> dict[str, Any]:
        for video in self.published:
            if video["id"] == key:
                return video
        return refuse(f"no video {key}", 404)


def _range(header: str) -> tuple[int, int, int]:
    match = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", header)
    if match is None:
        return refuse(f"range {header!r}")
    return int(match[1]), int(match[2]), int(match[3])


def error(status: int, reason: str, message: str) -> Told:
    """An error in YouTube's shape."""
    one = {"domain": "youtube", "reason": reason, "message": message}
    return Told(status, {"error": {"code": status, "message": message, "errors": [one]}})
