"""Whether a publishing request whose answer was lost was done, as the sheet says to find out.

Source: facebook.md 5, "Avoiding double posts".
"""

from collections.abc import Callable
from typing import Any

from wajo_studio.errors import PublishError
from wajo_studio.networks.facebook.clip import stage
from wajo_studio.networks.facebook.task import Task
from wajo_studio.networks.publisher import Found, NotPublished, Unclear, standing

_EARLIER_S = 120
_LIST_MAX = "25"


def find(task: Task) -> Found | NotPublished | Unclear:
    """Ask the network at the waits of the settings."""
    if "video" in task.session:
        return _looked(task, _look_at_video)
    if "post" in task.session:
        return _looked(task, _look_at_draft)
    if task.parcel.surface == "story":
        return _looked(task, _look_at_stories)
    return _looked(task, _look_at_posts)


def _looked(
    task: Task, look: Callable[[Task], Found | NotPublished | None]
) -> Found | NotPublished | Unclear:
    last: Found | NotPublished | None = None
    detail = "the network shows nothing, which proves nothing"
    for wait_s in task.settings["verify_waits_s"]:
        task.graph.wire.pause(wait_s)
        try:
            last = look(task)
        except PublishError as error:
            last, detail = None, error.detail
        if isinstance(last, Found):
            return last
    return last or Unclear(detail)


def _look_at_video(task: Task) -> Found | NotPublished | None:
    fields = {"fields": "status,published,post_id,permalink_url"}
    found = task.graph.read("find", task.session["video"], fields)
    now = stage(found, scheduled=bool(task.at), acknowledged=False)
    if now in {"unsent", "failed"}:
        return NotPublished()
    # At work or out: the looks that follow tell which, and they want proof.
    return Found({**task.session, "finished": "perhaps", "looks": 0})


def _look_at_draft(task: Task) -> Found | NotPublished | None:
    post = task.session["post"]
    found = task.graph.read("find", post, {"fields": "is_published"})
    if "is_published" not in found:
        return None
    return _published(task, post) if found["is_published"] else NotPublished()


def _look_at_stories(task: Task) -> Found | None:
    """A story that shows our photo proves it; one that shows nothing proves nothing."""
    params = {"fields": "post_id,media_id,status", "since": _since(task)}
    found = task.graph.read("find", f"{task.page}/stories", params)
    photo = task.session["photos"][0]
    for story in _rows(found):
        if str(story.get("media_id")) == photo:
            return _published(task, str(story.get("post_id") or photo))
    return None


def _look_at_posts(task: Task) -> Found | None:
    photos: list[str] = task.session.get("photos", [])
    draft: Found | None = None
    if photos:
        try:
            seen = task.graph.read("find photo", photos[0], {"fields": "page_story_id"})
        except PublishError:
            seen = {}
        if seen.get("page_story_id"):
            story = _look_at_story(task, str(seen["page_story_id"]))
            if story is not None and standing(story.session) == "published":
                return story
            draft = story
    fields = "id,message,created_time,permalink_url,attachments{target{id},subattachments}"
    edge = "scheduled_posts" if task.at else "published_posts"
    params = {"fields": fields, "limit": _LIST_MAX}
    if not task.at:
        params["since"] = _since(task)
    found = task.graph.read("find", f"{task.page}/{edge}", params)
    rows = [row for row in _rows(found) if row.get("message", "") == task.caption]
    showing = [row for row in rows if set(photos) & _targets(row)] if photos else []
    if not task.caption:
        rows = []  # without words only the pictures tell
    match = (showing or rows)[:1]
    return _published(task, str(match[0]["id"])) if match else draft


def _look_at_story(task: Task, post: str) -> Found | None:
    """What holds our photo: the post, or a draft of an earlier try whose answer was lost."""
    found = task.graph.read("find", post, {"fields": "is_published"})
    if "is_published" not in found:
        return None
    if found["is_published"] or task.at:
        return _published(task, post)
    session = {key: value for key, value in task.session.items() if key != "one_phase"}
    return Found({**session, "post": post, "standing": "before"})  # it is there to be published


def _published(task: Task, remote_id: str) -> Found:
    return Found({**task.session, "standing": "published", "remote_id": remote_id})


def _since(task: Task) -> str:
    return str(int(task.session.get("started", 0)) - _EARLIER_S)


def _rows(found: dict[str, Any]) -> list[dict[str, Any]]:
    rows = found.get("data")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _targets(row: dict[str, Any]) -> set[str]:
    """The ids of everything attached to a post."""
    ids: set[str] = set()
    waiting = [row.get("attachments")]
    while waiting:
        for item in _rows(waiting.pop() or {}):
            target = item.get("target")
            if isinstance(target, dict):
                ids.add(str(target.get("id")))
            waiting.append(item.get("subattachments"))
    return ids
