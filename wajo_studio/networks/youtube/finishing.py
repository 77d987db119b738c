"""What follows the upload: thumbnail, subtitles, playlist, comment. None may upload again.

Each is a job of its own whose failure becomes a remark. Source: youtube.md 4.5, 5.3, 6.1.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wajo_studio.domain.placement import Network
from wajo_studio.errors import OutcomeUnknownError, PublishError
from wajo_studio.i18n import N_, _, language_name
from wajo_studio.networks.answers import dig
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Request
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.publisher import Session
from wajo_studio.networks.verdict import DONE, Verdict
from wajo_studio.networks.wire import Kind, Wire
from wajo_studio.networks.youtube.errors import judge

_BOUNDARY = "wajo-studio-5c1b9a0e"

NO_THUMBNAIL = N_("The video is online without its thumbnail: {reason}")
NO_SUBTITLES = N_("The video is online without its subtitles: {reason}")
NOT_LISTED = N_("The video is online, but not in the playlist: {reason}")
NO_COMMENT = N_("The video is online, but the first comment is missing: {reason}")
PERHAPS = N_("YouTube's answer did not arrive. Look at the video before you do it again.")


@dataclass(frozen=True)
class Finishing:
    """The jobs after the upload of one video."""

    parcel: Parcel
    wire: Wire
    settings: Mapping[str, Any]

    def jobs(self, *, processed: bool) -> list[str]:
        """The jobs that can be done now, in order. A Short's thumbnail waits for processing."""
        found = []
        if self.parcel.cover and (processed or self.parcel.surface != "short"):
            found.append("thumbnail")
        if self.parcel.subtitles:
            found.append("subtitles")
        if self.parcel.options.get("playlist"):
            found.append("playlist")
        if self.parcel.options.get("first_comment"):
            found.append("comment")
        return found

    def do(self, job: str, session: Session) -> str | None:
        """Do one job; gives a remark when it failed."""
        act, failed = {
            "thumbnail": (self._thumbnail, NO_THUMBNAIL),
            "subtitles": (self._subtitles, NO_SUBTITLES),
            "playlist": (self._playlist, NOT_LISTED),
            "comment": (self._comment, NO_COMMENT),
        }[job]
        try:
            act(session)
        except OutcomeUnknownError:
            if job == "playlist" and self._is_listed(session):
                return None
            return _(failed).format(reason=_(PERHAPS))
        except PublishError as error:
            return _(failed).format(reason=error)
        return None

    def _thumbnail(self, session: Session) -> None:
        """Setting it again changes nothing."""
        cover = self.parcel.cover
        assert cover is not None
        self.wire.send(
            "thumbnail",
            Kind.REPEATABLE,
            lambda keys: Request(
                "POST",
                self._url("/upload/youtube/v3/thumbnails/set"),
                headers=_headers(keys, cover.media_type),
                params={"videoId": session["video"]},
                body=self.wire.slice(cover.path, 0, cover.size_bytes),
            ),
        )

    def _subtitles(self, session: Session) -> None:
        """A second time is refused as a duplicate, which means that it is there."""
        subtitles = self.parcel.subtitles
        assert subtitles is not None
        language = self.parcel.subtitles_language
        name = language_name(language)[: int(self.settings["subtitle_name_max"])]
        snippet = {
            "videoId": session["video"],
            "language": language,
            "name": name,
            "isDraft": False,
        }
        text = self.wire.slice(subtitles.path, 0, subtitles.size_bytes).whole()
        body = _related(json.dumps({"snippet": snippet}).encode(), text)
        self.wire.send(
            "subtitles",
            Kind.REPEATABLE,
            lambda keys: Request(
                "POST",
                self._url("/upload/youtube/v3/captions"),
                headers=_headers(keys, f"multipart/related; boundary={_BOUNDARY}"),
                params={"uploadType": "multipart", "part": "snippet"},
                body=body,
            ),
            judge=_judge_subtitles,
        )

    def _playlist(self, session: Session) -> None:
        playlist = self.parcel.options["playlist"]
        video = {"kind": "youtube#video", "videoId": session["video"]}
        document = {"snippet": {"playlistId": playlist, "resourceId": video}}
        self._insert("playlist", "/youtube/v3/playlistItems", document)

    def _is_listed(self, session: Session) -> bool:
        playlist = self.parcel.options["playlist"]
        params = {"part": "snippet", "playlistId": playlist, "videoId": session["video"]}
        try:
            answer = self.wire.send(
                "playlist: look",
                Kind.READ,
                lambda keys: Request(
                    "GET",
                    self._url("/youtube/v3/playlistItems"),
                    headers=_headers(keys),
                    params=params,
                ),
            )
        except PublishError:
            return False
        items = dig(answer.document, "items") or []
        videos = [dig(item, "snippet", "resourceId", "videoId") for item in items]
        return session["video"] in videos

    def _comment(self, session: Session) -> None:
        comment = {"snippet": {"textOriginal": self.parcel.options["first_comment"]}}
        document = {"snippet": {"videoId": session["video"], "topLevelComment": comment}}
        self._insert("comment", "/youtube/v3/commentThreads", document)

    def _insert(self, step: str, path: str, document: Mapping[str, Any]) -> None:
        def build(keys: Credentials) -> Request:
            return Request(
                "POST",
                self._url(path),
                headers=_headers(keys),
                params={"part": "snippet"},
                document=document,
            )

        self.wire.send(step, Kind.EXTRA, build)

    def _url(self, path: str) -> str:
        return self.wire.origins.url(Network.YOUTUBE, "api", path)


def _headers(keys: Credentials, media_type: str = "") -> dict[str, str]:
    headers = {"Authorization": f"Bearer {keys.access_token}"}
    return {**headers, "Content-Type": media_type} if media_type else headers


def _related(document: bytes, content: bytes) -> bytes:
    """A ``multipart/related`` body: a JSON document and a file."""
    head = f"--{_BOUNDARY}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n".encode()
    middle = f"\r\n--{_BOUNDARY}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
    return head + document + middle + content + f"\r\n--{_BOUNDARY}--\r\n".encode()


def _judge_subtitles(answer: Answer) -> Verdict:
    reason = dig(answer.document, "error", "errors", 0, "reason")
    if answer.status == 409 and reason in ("captionExists", None):
        return DONE
    return judge(answer)
