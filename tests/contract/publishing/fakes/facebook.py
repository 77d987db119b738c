"""Facebook Pages in small. Source: the sheet of 2026-11-24, facebook.md 4 and 5."""

import hashlib
from datetime import datetime
from typing import Any

from tests.contract.publishing.driver import NOW
from tests.contract.publishing.fakes.base import Asked, Told, Wrong, need
from tests.contract.publishing.fakes.graph import (
    FakeGraph,
    Upload,
    as_list,
    error,
    gone,
    picked,
    take_form,
)
from wajo_studio.domain.placement import Network

PAGE = "100200300"
_PHOTO_MAX, _CHUNK_MAX, _WINDOW = 4_000_000, 8_000_000, 10_000_000
_REELS = {"video_reels", "video_stories"}
_FEED_KEYS = {
    *("message", "link", "attached_media", "place", "published"),
    *("scheduled_publish_time", "unpublished_content_type"),
}
_FINISH_KEYS = {
    "videos": {"upload_session_id", "title", "description", "published", "scheduled_publish_time"},
    "video_reels": {"video_id", "video_state", "description", "title", "place"}
    | {"scheduled_publish_time"},
    "video_stories": {"video_id"},
}


class FakeFacebook(FakeGraph):
    """One Page.

    Attributes:
        lists_posts: whether ``published_posts`` shows new posts (the real one may omit some).
        processing_looks: how often a clip is still being processed when looked at.
        fails_processing: the clip turns out to be unusable.
        page_reads: whether the Page's token may read; else 100/33.
    """

    network = Network.FACEBOOK

    def __init__(self) -> None:
        super().__init__()
        self.photos: dict[str, dict[str, Any]] = {}
        self.posts: dict[str, dict[str, Any]] = {}
        self.stories: list[dict[str, Any]] = []
        self.lists_posts = True
        self.processing_looks = 2
        self.fails_processing = False
        self.page_reads = True
        self.privacy = "EVERYONE"
        self.window = _WINDOW
        self.flips = 0
        self.unsent_as = ""
        """What an unfinished clip is called instead of the sheet's words."""
        self.takes_drafts, self.takes_flips = True, True
        self.accounts: list[dict[str, Any]] = []
        """Pages of a person's token, three to an answer."""

    def on(self, asked: Asked, by_person: bool, *path: str) -> Told:
        if asked.method == "GET":
            if not self.page_reads and not by_person and path[0] not in ("me", PAGE):
                return gone()
            return self._read(asked, by_person, *path)
        if asked.method == "DELETE":
            need(not self.posts[path[0]]["is_published"], "a post that people see")
            del self.posts[path[0]]
            return Told(200, {"success": True})
        need(asked.method == "POST", "no such method", 405)
        if len(path) == 1:
            return self._flip(asked, path[0])
        owner, edge = path
        if edge == "comments":
            return self._comment(asked, owner)
        if edge == "thumbnails":
            return self._thumbnail(asked, owner)
        need(owner == PAGE, "not your Page", 403)
        if edge == "photos":
            return self._photo(asked)
        if edge == "feed":
            return self._feed(asked)
        if edge == "photo_stories":
            return self._photo_story(asked)
        if edge in _FINISH_KEYS:
            return self._video(asked, edge)
        raise Wrong(400, f"Unknown path components: /{edge}")

    # Pictures and posts -----------------------------------------------------------------

    def _photo(self, asked: Asked) -> Told:
        allowed = {"published", "alt_text_custom", "temporary"}
        form, files = take_form(asked, allowed, "source")
        content = files.get("source", b"")
        if not content.startswith(b"\xff\xd8"):
            raise Wrong(400, "source is no JPEG")
        if len(content) > _PHOTO_MAX:
            return error(324, "Missing or invalid image file", 1366046)
        need(form.get("published") == "false", "a photo that is published at once")
        photo = self.new_id()
        alt = form.get("alt_text_custom", "")
        sha256 = hashlib.sha256(content).hexdigest()
        self.photos[photo] = {"alt": alt, "sha256": sha256, "post": None}
        return Told(200, {"id": photo})

    def _feed(self, asked: Asked) -> Told:
        form, _files = take_form(asked, _FEED_KEYS)
        photos = [str(item.get("media_fbid")) for item in as_list(form.get("attached_media", "[]"))]
        need(not (photos and "link" in form), "link together with pictures")
        need(form.get("message") or photos or "link" in form, "an empty post")
        need(all(photo in self.photos for photo in photos), "no such photo")
        if any(self.photos[photo]["post"] for photo in photos):
            return error(100, "Already posted", 1366051)
        post = f"{PAGE}_{self.new_id()}"
        at = form.get("scheduled_publish_time", "")
        if at:
            need(form.get("published") == "false", "scheduled and published")
            self._in_time(at, 600, 30)
        public = form.get("published", "true") == "true"
        if not public and not at and not self.takes_drafts:
            return error(100, "(#100) unpublished posts are not supported")
        need(public or at or form.get("unpublished_content_type") == "DRAFT", "neither nor")
        for photo in photos:
            self.photos[photo]["post"] = post
        self.posts[post] = {
            "id": post,
            "message": form.get("message", ""),
            "link": form.get("link", ""),
            "place": form.get("place", ""),
            "photos": photos,
            "is_published": public,
            "scheduled": at,
        }
        if public or at:
            self._out(post)
        return Told(200, {"id": post})

    def _flip(self, asked: Asked, post: str) -> Told:
        form, _files = take_form(asked, {"is_published"})
        if post not in self.posts:
            return gone()
        need(form == {"is_published": "true"}, "nothing to do")
        if not self.takes_flips:
            return error(100, "(#100) is_published cannot be changed")
        self.flips += 1
        if self.posts[post]["is_published"]:
            self.wrongs.append("published a second time")
        else:
            self.posts[post]["is_published"] = True
            self._out(post)
        return Told(200, {"success": True})

    def _out(self, post: str) -> None:
        shown = self.posts[post]
        photos = [self.photos[photo] for photo in shown["photos"]]
        self.published.append(
            {
                "kind": "feed",
                "text": shown["message"],
                "link": shown["link"],
                "place": shown["place"],
                "alts": [photo["alt"] for photo in photos],
                "media": [photo["sha256"] for photo in photos],
                "at": shown["scheduled"],
            }
        )

    def _photo_story(self, asked: Asked) -> Told:
        form, _files = take_form(asked, {"photo_id"})
        photo = self.photos.get(form.get("photo_id", ""))
        if photo is None:
            return gone()
        if photo["post"]:
            return error(100, "Already posted", 1366051)
        photo["post"] = post = f"{PAGE}_{self.new_id()}"
        self.stories.append({"post_id": post, "media_id": form["photo_id"], "status": "PUBLISHED"})
        self.published.append({"kind": "story", "media": [photo["sha256"]], "text": "", "at": ""})
        return Told(200, {"success": True, "post_id": post})

    def _in_time(self, at: str, least_s: int, days: int) -> None:
        need(at.isdecimal(), "scheduled_publish_time is no Unix time")
        ahead_s = int(at) - int(NOW.timestamp())
        need(least_s < ahead_s < days * 86_400, "scheduled_publish_time out of bounds")

    # Clips --------------------------------------------------------------------------------

    def _video(self, asked: Asked, edge: str) -> Told:
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
            self._in_time(at, 600, 29 if edge == "video_reels" else 30)
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

    def _status(self, upload: Upload) -> dict[str, Any]:
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

    # After --------------------------------------------------------------------------------

    def _comment(self, asked: Asked, owner: str) -> Told:
        form, _files = take_form(asked, {"message"})
        need(form.get("message"), "an empty comment")
        video = owner.removeprefix(f"{PAGE}_")
        known = owner in self.posts and self.posts[owner]["is_published"]
        need(known or self.uploads.get(video, Upload("", "")).finished, "nothing to comment on")
        self.extras.append(f"comment {form['message']}")
        return Told(200, {"id": f"{owner}_{self.new_id()}"})

    def _thumbnail(self, asked: Asked, owner: str) -> Told:
        form, files = take_form(asked, {"is_preferred"}, "source")
        need(owner in self.uploads, "no such video")
        need(files.get("source", b"").startswith(b"\xff\xd8"), "source is no JPEG")
        need(form == {"is_preferred": "true"}, "is_preferred")
        self.extras.append("cover")
        return Told(200, {"success": True})

    # Reading ------------------------------------------------------------------------------

    def _read(self, asked: Asked, by_person: bool, *path: str) -> Told:
        if path == (PAGE, "published_posts"):
            need(asked.query.get("since", "").isdecimal(), "since is no Unix time")
            shown = [self._post(post) for post in self.posts.values() if post["is_published"]]
            return Told(200, {"data": shown if self.lists_posts else []})
        if path == (PAGE, "scheduled_posts"):
            later = [self._post(post) for post in self.posts.values() if post["scheduled"]]
            return Told(200, {"data": later})
        if path == (PAGE, "stories"):
            return Told(200, {"data": self.stories})
        if path == (PAGE,):
            linked = {"id": "17841", "username": "diskominfotik.wajo", "name": "Diskominfotik"}
            return picked(
                asked,
                {
                    "id": PAGE,
                    "name": "Diskominfotik Wajo",
                    "username": "diskominfotikwajo",
                    "instagram_business_account": linked,
                },
            )
        if (path[0] == "me" and by_person) or path == ("b1", "owned_pages"):
            return self._pages(asked, path)
        if path == ("b1", "client_pages"):
            return Told(200, {"data": []})
        if path == ("me", "accounts"):
            return error(
                100, "(#100) Tried accessing nonexisting field (accounts) on node type (Page)"
            )
        if path == ("me",):
            return picked(
                asked,
                {
                    "id": PAGE,
                    "name": "Diskominfotik Wajo",
                    "username": None,
                    "instagram_business_account": None,
                },
            )
        if path == ("debug_token",):
            scopes = ["pages_show_list", "pages_read_engagement"]
            return Told(200, {"data": {"is_valid": True, "scopes": scopes, "expires_at": 0}})
        if len(path) != 1:
            return error(2500, "Unknown path components")
        if path[0] in self.uploads:
            upload = self.uploads[path[0]]
            nothing = {"published": None, "post_id": None, "permalink_url": None}
            return picked(asked, {**nothing, **self._status(upload)})
        if path[0] in self.posts:
            return picked(asked, self._post(self.posts[path[0]]))
        if path[0] in self.photos:
            return picked(asked, {"page_story_id": self.photos[path[0]]["post"]})
        return gone()

    def _pages(self, asked: Asked, path: tuple[str, ...]) -> Told:
        if path == ("me", "businesses"):
            return Told(200, {"data": [{"id": "b1", "name": "Pemkab Wajo"}]})
        if path == ("b1", "owned_pages"):
            return Told(200, {"data": [*self.accounts[:1], {"id": "77", "name": "Portofolio"}]})
        start = int(asked.query.get("after", "0"))
        more = (
            {"next": f"{self.origin}/?access_token=secret"}
            if start + 3 < len(self.accounts)
            else {}
        )
        paging = {"cursors": {"after": str(start + 3)}, **more}
        return Told(200, {"data": self.accounts[start : start + 3], "paging": paging})

    def _post(self, post: dict[str, Any]) -> dict[str, Any]:
        targets = [{"target": {"id": photo}} for photo in post["photos"]]
        at = post["scheduled"]
        return {
            "id": post["id"],
            "message": post["message"] or None,
            "created_time": _iso(NOW),
            "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{post['id']}",
            "is_published": post["is_published"],
            "is_hidden": False,
            "privacy": {"value": self.privacy},
            "scheduled_publish_time": int(at) if at else None,
            "attachments": {"data": [{"subattachments": {"data": targets}}]} if targets else None,
        }


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")
