"""Facebook Pages in small. Source: the sheet of 2026-11-24, facebook.md 4 and 5."""

import hashlib
from datetime import datetime
from typing import Any

from tests.contract.publishing.driver import NOW
from tests.contract.publishing.fakes.base import Asked, Told, Wrong, need
from tests.contract.publishing.fakes.facebook_clips import EDGES, PAGE, FakeClips
from tests.contract.publishing.fakes.graph import (
    Upload,
    as_list,
    error,
    gone,
    picked,
    take_form,
)
from wajo_studio.domain.placement import Network

_PHOTO_MAX = 4_000_000
_FEED_KEYS = {
    *("message", "link", "attached_media", "place", "published"),
    *("scheduled_publish_time", "unpublished_content_type"),
}


class FakeFacebook(FakeClips):
    """One Page.

    Attributes:
        lists_posts: whether ``published_posts`` shows new posts (the real one may omit some).
        page_reads: whether the Page's token may read; else 100/33.
    """

    network = Network.FACEBOOK

    def __init__(self) -> None:
        super().__init__()
        self.photos: dict[str, dict[str, Any]] = {}
        self.posts: dict[str, dict[str, Any]] = {}
        self.stories: list[dict[str, Any]] = []
        self.lists_posts = True
        self.page_reads = True
        self.privacy = "EVERYONE"
        self.flips = 0
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
        if edge in EDGES:
            return self.video(asked, edge)
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
            self.in_time(at, 600, 30)
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
            return picked(asked, {**nothing, **self.status(upload)})
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
