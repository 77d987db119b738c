"""Instagram in small. Source: the sheet of 2026-11-24, instagram.md 4 and 5."""

import hashlib
import urllib.error
import urllib.request
from dataclasses import dataclass, field
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

USER, PAGE = "17841405822304914", "100200300"
_STILL_MAX, _CAPTION_MAX, _ITEMS = 8_000_000, 2200, range(2, 11)
_SHARED = {"caption", "location_id", "collaborators", "is_ai_generated"}
_KEYS = {
    "": {"image_url", "alt_text", "is_carousel_item", *_SHARED},
    "CAROUSEL": {"children", *_SHARED},
    "REELS": {"upload_type", "share_to_feed", "cover_url", "thumb_offset", *_SHARED},
    "STORIES": {"upload_type", "image_url", "is_ai_generated"},
}


@dataclass
class Container:
    """What is to be published."""

    id: str
    kind: str
    form: dict[str, str]
    media: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    cover: str = ""
    looks: int = 0
    state: str = "IN_PROGRESS"
    why: str = ""


class FakeInstagram(FakeGraph):
    """One professional account.

    Attributes:
        working_looks: how often a container is still being worked on when looked at.
        page_reads: whether the Page's token may read containers and media.
        person_reads: whether the person's token may.
        total: how many posts a day.
    """

    network = Network.INSTAGRAM

    def __init__(self) -> None:
        super().__init__()
        self.containers: dict[str, Container] = {}
        self.media: dict[str, dict[str, Any]] = {}
        self.page_photos: dict[str, bytes] = {}
        self.working_looks = 2
        self.page_reads = False
        self.person_reads = True
        self.fails: dict[str, str] = {}
        """Why containers of a kind fail: the ``status`` text by kind."""
        self.usage_count, self.total = 2, 50

    def on(self, asked: Asked, by_person: bool, *path: str) -> Told:
        if asked.method == "GET":
            return self._read(asked, by_person, *path)
        if asked.method == "DELETE":
            need(self.page_photos.pop(path[0], None) is not None, "nothing to delete")
            return Told(200, {"success": True})
        need(asked.method == "POST" and len(path) == 2, "no such edge", 405)
        owner, edge = path
        if edge == "comments":
            form, _files = take_form(asked, {"message"})
            need(owner in self.media and form.get("message"), "nothing to comment on")
            self.extras.append(f"comment {form['message']}")
            return Told(200, {"id": self.new_id()})
        if (owner, edge) == (PAGE, "photos"):
            return self._page_photo(asked)
        need(owner == USER, "not your account", 403)
        if edge == "media":
            return self._create(asked)
        if edge == "media_publish":
            return self._publish(asked)
        raise Wrong(400, f"Unknown path components: /{edge}")

    # Containers ---------------------------------------------------------------------------

    def _create(self, asked: Asked) -> Told:
        form, _files = take_form(asked, {"media_type", *set().union(*_KEYS.values())})
        kind = form.pop("media_type", "")
        need(kind in _KEYS, f"media_type {kind!r}")
        need(set(form) <= _KEYS[kind], f"not for {kind!r}: {set(form) - _KEYS[kind]}")
        if len(form.get("caption", "")) > _CAPTION_MAX:
            return error(36004, "The caption was too long.", 2207010)
        need(len(as_list(form.get("collaborators", "[]"))) <= 3, "more than three collaborators")
        child = form.get("is_carousel_item") == "true"
        need(not (child and _SHARED & set(form)), "words on an item of a carousel")
        container = Container(self.new_id(), kind, form)
        try:
            self._fill(container)
        except _NotFetchedError as problem:
            return error(9004, f"Only photo or video can be accepted: {problem}", 2207052)
        self.containers[container.id] = container
        if form.get("upload_type") != "resumable":
            return Told(200, {"id": container.id})
        self.uploads[container.id] = Upload(container.id, kind)
        uri = f"{self.origin}/ig-api-upload/v26.0/{container.id}"
        return Told(200, {"id": container.id, "uri": uri})

    def _fill(self, container: Container) -> None:
        form = container.form
        if container.kind == "CAROUSEL":
            children = [self.containers.get(part) for part in form["children"].split(",")]
            need(len(children) in _ITEMS, "two to ten items")
            for child in children:
                need(child is not None and child.form.get("is_carousel_item"), "no such item")
                assert child is not None
                need(child.state == "FINISHED", "an item that is not finished")
                container.media += child.media
                container.alts += child.alts
            return
        if "image_url" in form:
            container.media = [self._fetch(form["image_url"])]
            container.alts = [form.get("alt_text", "")]
        else:
            need(form.get("upload_type") == "resumable", "neither picture nor clip")
        if "cover_url" in form:
            container.cover = self._fetch(form["cover_url"])

    def _fetch(self, url: str) -> str:
        """Fetch a still as the network does: once, directly, and it must be a JPEG."""
        if not url.isascii() or not url.startswith(("https://", "http://127.0.0.1:")):
            raise _NotFetchedError(url)
        if url.startswith(f"{self.origin}/cdn/"):
            return hashlib.sha256(self.page_photos[url.rpartition("/")[2]]).hexdigest()
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                content = answer.read()
                kind = answer.headers.get("content-type", "")
        except urllib.error.URLError as problem:
            raise _NotFetchedError(str(problem)) from None
        if kind != "image/jpeg" or not content.startswith(b"\xff\xd8"):
            raise _NotFetchedError(kind)
        need(len(content) <= _STILL_MAX, "over 8 MB")
        return hashlib.sha256(content).hexdigest()

    def _look(self, container: Container) -> None:
        upload = self.uploads.get(container.id)
        if container.state != "IN_PROGRESS" or (upload is not None and not upload.whole):
            return
        container.looks += 1
        if container.looks > self.working_looks:
            container.why = self.fails.get(container.kind, "")
            container.state = "ERROR" if container.why else "FINISHED"
            if upload is not None:
                container.media = [hashlib.sha256(upload.content).hexdigest()]

    def _publish(self, asked: Asked) -> Told:
        form, _files = take_form(asked, {"creation_id"})
        container = self.containers.get(form.get("creation_id", ""))
        if container is None:
            return error(24, "The requested resource does not exist", 2207008)
        need(container.form.get("is_carousel_item") is None, "an item alone")
        self._look(container)
        if container.state == "IN_PROGRESS":
            self.wrongs.append("published too early")
            return error(9007, "Media ID is not available", 2207027)
        if self.usage_count >= self.total:
            return error(9, "Application request limit reached", 2207042)
        need(container.state in ("FINISHED", "PUBLISHED"), f"a container {container.state}")
        if container.state == "PUBLISHED":
            self.wrongs.append("published a second time")
        container.state = "PUBLISHED"
        self.usage_count += 1
        media = self.new_id()
        caption = container.form.get("caption", "")
        self.media[media] = {
            "caption": caption or None,
            "timestamp": NOW.strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "permalink": f"https://www.instagram.com/p/{media}/",
            "media_type": "IMAGE",
            "media_product_type": "STORY" if container.kind == "STORIES" else "FEED",
            "shortcode": media,
        }
        self.published.append(
            {
                "kind": container.kind,
                "text": caption,
                "media": container.media,
                "alts": container.alts,
                "cover": container.cover,
                "form": container.form,
            }
        )
        return Told(200, {"id": media})

    def _page_photo(self, asked: Asked) -> Told:
        form, files = take_form(asked, {"published", "temporary"}, "source")
        need(form == {"published": "false", "temporary": "true"}, "a photo that people see")
        photo = self.new_id()
        self.page_photos[photo] = files["source"]
        return Told(200, {"id": photo})

    # Reading ------------------------------------------------------------------------------

    def _read(self, asked: Asked, by_person: bool, *path: str) -> Told:
        if path == (USER, "content_publishing_limit"):
            config = {"quota_total": self.total, "quota_duration": 86_400}
            return Told(200, {"data": [{"quota_usage": self.usage_count, "config": config}]})
        if path == (USER, "media"):
            need(asked.query.get("since", "").isdecimal(), "since is no Unix time")
            return self._list("FEED")
        if path == (USER, "stories"):
            return self._list("STORY")
        if path == (USER,):
            name = {"name": "Diskominfotik Wajo", "username": "diskominfotik.wajo"}
            return picked(asked, {"id": USER, **name})
        if path == ("me", "permissions"):
            granted = [{"permission": "instagram_basic", "status": "granted"}]
            return Told(200, {"data": granted if by_person else []})
        if path == ("debug_token",):
            return error(100, "(#100) You must provide an app access token")
        if path[0] in self.page_photos:
            widths = [{"width": 320, "source": "https://cdn.invalid/small"}]
            source = f"{self.origin}/cdn/{path[0]}"
            return picked(asked, {"images": [*widths, {"width": 1080, "source": source}]})
        if not (self.person_reads if by_person else self.page_reads):
            return gone()
        if path[0] in self.containers:
            return self._container(asked, self.containers[path[0]])
        if path[0] in self.media:
            return picked(asked, {"id": path[0], **self.media[path[0]]})
        return gone()

    def _container(self, asked: Asked, container: Container) -> Told:
        if "video_status" not in asked.query.get("fields", ""):
            self._look(container)
        upload = self.uploads.get(container.id)
        arrived = {"uploading_phase": {"bytes_transferred": len(upload.content) if upload else 0}}
        status = container.why or f"{container.state.title()}: Media"
        return picked(
            asked,
            {"status_code": container.state, "status": status, "video_status": arrived},
        )

    def _list(self, product: str) -> Told:
        rows = [
            {"id": media, **{key: value for key, value in row.items() if value is not None}}
            for media, row in self.media.items()
            if row["media_product_type"] == product
        ]
        return Told(200, {"data": rows[::-1]})


class _NotFetchedError(Exception):
    """The picture could not be fetched."""
