"""Whether a video is there although its upload session can no longer tell.

Source: youtube.md 5.3: the newest of the uploads playlist, by title, time and file size.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wajo_studio.clock import parse_time
from wajo_studio.domain.placement import Network
from wajo_studio.networks.answers import dig
from wajo_studio.networks.http import Request
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.wire import Kind, Wire

_SLACK_S = 60
_LOOKS_AT = "10"


@dataclass(frozen=True)
class Lookup:
    """Looks for the video of one parcel in the channel's uploads."""

    parcel: Parcel
    wire: Wire

    def find(self, begun_at: str) -> str | None:
        """The id of the video that was uploaded since ``begun_at``, an ISO time."""
        since = parse_time(begun_at) - timedelta(seconds=_SLACK_S)
        channel = self._read("channels", {"part": "contentDetails", "mine": "true"})
        path = ("items", 0, "contentDetails", "relatedPlaylists", "uploads")
        uploads = dig(channel, *path)
        if not uploads:
            return None
        params = {
            "part": "snippet,contentDetails",
            "playlistId": str(uploads),
            "maxResults": _LOOKS_AT,
        }
        items = dig(self._read("playlistItems", params), "items") or []
        videos = [video for item in items if (video := self._candidate(item, since))]
        if not videos:
            return None
        params = {"part": "fileDetails", "id": ",".join(videos)}
        details = dig(self._read("videos", params), "items") or []
        sizes = {entry.get("id"): dig(entry, "fileDetails", "fileSize") for entry in details}
        return next((video for video in videos if self._has_size(sizes.get(video))), None)

    def _candidate(self, item: Mapping[str, Any], since: datetime) -> str | None:
        video = dig(item, "contentDetails", "videoId") or dig(
            item, "snippet", "resourceId", "videoId"
        )
        told = dig(item, "snippet", "publishedAt")
        same = dig(item, "snippet", "title") == self.parcel.text("title")
        if not (same and isinstance(told, str) and isinstance(video, str)):
            return None
        try:
            return video if parse_time(told) >= since else None
        except ValueError:
            return None

    def _has_size(self, told: object) -> bool:
        """Without the owner's file details title and time have to do."""
        clip = self.parcel.clip
        assert clip is not None
        return told is None or str(told) == str(clip.size_bytes)

    def _read(self, resource: str, params: Mapping[str, str]) -> Any:
        answer = self.wire.send(
            f"look: {resource}",
            Kind.READ,
            lambda keys: Request(
                "GET",
                self.wire.origins.url(Network.YOUTUBE, "api", f"/youtube/v3/{resource}"),
                headers={"Authorization": f"Bearer {keys.access_token}"},
                params=params,
            ),
        )
        return answer.document
