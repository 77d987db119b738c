"""Clips on a Page, in small. Source: the sheet of 2026-11-24, facebook.md 4.4-4.7."""

import hashlib
from typing import Any

from tests.contract.publishing.driver import NOW
from tests.contract.publishing.fakes.base import Asked, Told, Wrong, need
from tests.contract.publishing.fakes.graph import FakeGraph, Upload, error, take_form

PAGE = "100200300"
_CHUNK_MAX, _WINDOW = 8_000_000, 10_000_000
_REELS = {"video_reels", "video_stories"}
_FINISH_KEYS = {
    "videos": {"upload_session_id", "title", "description", "published", "scheduled_publish_time"},
    "video_reels": {"video_id", "video_state", "description", "title", "place"}
    | {"scheduled_publish_time"},
    "video_stories": {"video_id"},
}
EDGES = frozenset(_FINISH_KEYS)


class FakeClips(FakeGraph):
    """Uploads in chunks or at once, finished, worked on, published.

    Attributes:
        processing_looks: how often a clip is still being processed when looked at.
        fails_processing: the clip turns out to be unusable.
        window: how many bytes are asked for at once.
        unsent_as: what an unfinished clip is called instead of the sheet's words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.processing_looks = 2
        self.fails_processing = False
        self.window = _WINDOW
        self.unsent_as = ""

    def video(self, asked: Asked, edge: str) -> Told:
        form, files = take_form(
            asked,
            {"upload_phase", "file_size", "start_offset", *_FINISH_KEYS[edge], "upload_session_id"},
            *("video_file_chunk", "thumb"),
        )
        phase = form.pop("upload_phase", None)
        if phase == "start":
            return self._start(edge, form)
        if phase == "transfer" and edge == "videos":
            return self._transfer(form, files.get("video_file_chunk", b""))
        if phase == "finish":
            return self._finish(edge, form, files.get("thumb"))
        raise Wrong(400, f"upload_phase {phase!r}")

    def _start(self, edge: str, form: dict[str, str]) -> Told:
        video = self.new_id()
        self.uploads[video] = upload = Upload(video, edge)
        if edge in _REELS:
            address = f"{self.origin}/video-upload/v26.0/{video}"
            return Told(200, {"video_id": video, "upload_url": address})
        need(form.get("file_size", "").isdecimal(), "file_size is missing")
        upload.size = int(form["file_size"])
        ids = {"upload_session_id": f"s{video}", "video_id": video}
        return Told(200, {**ids, **self._offsets(upload)})

    def _offsets(self, upload: Upload) -> dict[str, str]:
        start = len(upload.content)
        end = min(start + self.window, upload.size)
        return {"start_offset": str(start), "end_offset": str(end)}

    def _transfer(self, form: dict[str, str], chunk: bytes) -> Told:
        upload = self._of_session(form)
        upload.requests += 1
        upload.sent_bytes += len(chunk)
        if form.get("start_offset") != str(len(upload.content)):
            told = self._offsets(upload)
            return error(6001, "Wrong start_offset", 1363037, error_data=told, is_transient=True)
        need(0 < len(chunk) <= _CHUNK_MAX, f"a chunk of {len(chunk)} bytes")
        need(
            len(chunk) <= int(self._offsets(upload)["end_offset"]) - len(upload.content), "too far"
        )
        upload.content += chunk
        return Told(200, self._offsets(upload))

    def _of_session(self, form: dict[str, str]) -> Upload:
        video = form.get("upload_session_id", "").removeprefix("s")
        found = self.uploads.get(video)
        if found is None or found.kind != "videos":
            raise Wrong(400, "no such upload session")
        return found

    def _finish(self, edge: str, form: dict[str, str], thumb: bytes | None) -> Told:
        need(set(form) <= _FINISH_KEYS[edge], f"unknown fields {set(form) - _FINISH_KEYS[edge]}")
        if edge == "videos":
            upload = self._of_session(form)
        else:
            found = self.uploads.get(form.get("video_id", ""))
            if found is None or found.kind != edge:
                raise Wrong(400, "no such video")
            upload = found
        need(upload.whole, "finished before all bytes are there")
        at = form.get("scheduled_publish_time", "")
        if edge == "video_reels":
            need(form.get("video_state") == ("SCHEDULED" if at else "PUBLISHED"), "video_state")
        if edge == "videos" and at:
            need(form.get("published") == "false", "scheduled and published")
        if at:
            self.in_time(at, 600, 29 if edge == "video_reels" else 30)
        upload.finished += 1
        upload.details = form
        if not self.fails_processing:
            self.published.append(
                {
                    "kind": edge,
                    "text": form.get("description", ""),
                    "place": form.get("place", ""),
                    "media": [hashlib.sha256(upload.content).hexdigest()],
                    "thumb": thumb is not None,
                    "at": at,
                }
            )
        post = f"{PAGE}_{upload.id}"
        return Told(200, {"success": True, **({"post_id": post} if "stories" in edge else {})})

    def status(self, upload: Upload) -> dict[str, Any]:
        arriving = {"bytes_transfered": len(upload.content), "status": "in_progress"}
        at = upload.details.get("scheduled_publish_time")
        waiting = {"status": "not_started"}
        if not upload.finished:
            whole = self.unsent_as or ("upload_complete" if upload.whole else "uploading")
            phases = {"uploading_phase": arriving, "publishing_phase": waiting}
            return {"status": {"video_status": whole, **phases}, "published": False}
        upload.looks += 1
        if upload.looks <= self.processing_looks:
            phases = {"uploading_phase": {"status": "complete"}, "publishing_phase": waiting}
            return {"status": {"video_status": "processing", **phases}, "published": False}
        if self.fails_processing:
            return {"status": {"video_status": "error", "publishing_phase": waiting}}
        as_what = "scheduled" if at else "published"
        done = {"status": "complete", "publish_status": as_what}
        return {
            "status": {"video_status": "ready", "publishing_phase": done},
            "published": not at,
            "post_id": f"{PAGE}_{upload.id}",
            "permalink_url": f"/reel/{upload.id}/",
        }

    def in_time(self, at: str, least_s: int, days: int) -> None:
        need(at.isdecimal(), "scheduled_publish_time is no Unix time")
        ahead_s = int(at) - int(NOW.timestamp())
        need(least_s < ahead_s < days * 86_400, "scheduled_publish_time out of bounds")
