"""What comes after publishing: the cover, the first comment, a look at what people see.

Nothing here can make a published post anything else: what fails becomes a remark.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from wajo_studio.errors import OutcomeUnknownError, PublishError
from wajo_studio.i18n import N_, WITA
from wajo_studio.networks.facebook.task import LINK, Task
from wajo_studio.networks.http import Part
from wajo_studio.networks.publisher import Done, Pause, Step
from wajo_studio.networks.wire import Kind

_NO_COVER = N_("The cover could not be set ({reason}). Set it on Facebook by hand.")
_NO_COMMENT = N_("The first comment could not be written ({reason}). Write it by hand.")
_NO_COMMENTS_HERE = N_("The first comment was left out: stories take none.")
_COMMENT_LATER = N_("Write the first comment by hand when the post is out.")
_SCHEDULED = N_("Facebook publishes this on {moment} WITA.")
_OTHER_TIME = N_("Facebook shows another time than the one asked for; look at it on Facebook.")
_HIDDEN = N_("Facebook does not show this to everybody; look at it on Facebook.")
_OTHER_TEXT = N_("Facebook shows another text than the one sent; look at it on Facebook.")
_NOT_SEEN = N_("The post could not be looked at after publishing; open the link to see it.")


def next_step(task: Task) -> Step | Pause | Done:
    """The next thing to do with a published post; what is done stands in ``after``."""
    done: list[str] = task.session.get("after", [])
    if "cover" not in done and _takes_cover(task):
        return _extra(task, "cover", _NO_COVER, _send_cover)
    if "comment" not in done and task.parcel.options.get("first_comment"):
        if task.parcel.surface == "story" or task.at:
            text = _COMMENT_LATER if task.at else _NO_COMMENTS_HERE
            return task.keep(after=[*done, "comment"], remarks=task.remark(text))
        return _extra(task, "comment", _NO_COMMENT, _send_comment)
    return _confirm(task)


def _takes_cover(task: Task) -> bool:
    return task.parcel.surface == "reel" and task.parcel.cover is not None


def _extra(task: Task, name: str, failed: str, send: Callable[[Task], None]) -> Step:
    after = [*task.session.get("after", []), name]
    try:
        send(task)
    except (PublishError, OutcomeUnknownError) as error:
        return task.keep(after=after, remarks=task.remark(failed, reason=error.code))
    return task.keep(after=after)


def _send_cover(task: Task) -> None:
    cover = task.parcel.cover
    assert cover is not None

    def parts() -> tuple[Part, ...]:
        content = task.graph.wire.slice(cover.path, 0, cover.size_bytes).whole()
        return (Part("source", cover.path.name, content, cover.media_type),)

    path = f"{task.session['video']}/thumbnails"
    task.graph.write("cover", Kind.EXTRA, path, {"is_preferred": "true"}, parts=parts)


def _send_comment(task: Task) -> None:
    form = {"message": str(task.parcel.options["first_comment"])}
    path = f"{task.session['remote_id']}/comments"
    task.graph.write("comment", Kind.EXTRA, path, form, needed=("id",))


_FIELDS = "id,permalink_url,created_time,is_published,is_hidden,privacy,message"


def _confirm(task: Task) -> Step | Pause | Done:
    if "video" in task.session or task.parcel.surface == "story":
        return _done(task, task.session.get("remarks", []))  # looked at until it was published
    fields = f"{_FIELDS},scheduled_publish_time" if task.at else _FIELDS
    try:
        found = task.graph.read("confirm", task.session["remote_id"], {"fields": fields})
    except PublishError:
        return _done(task, task.remark(_NOT_SEEN))
    if found.get("is_published") is False and not task.at:
        return task.wait()
    link = str(found.get("permalink_url") or task.session.get("link") or "")
    task = Task(task.account, task.parcel, {**task.session, "link": link}, task.graph)
    return _done(task, _differences(task, found))


def _differences(task: Task, found: dict[str, Any]) -> list[str]:
    privacy = found.get("privacy")
    seen_by = privacy.get("value") if isinstance(privacy, dict) else None
    if task.at:
        time = found.get("scheduled_publish_time")
        if time is not None and _unix(time) != task.at:
            return task.remark(_OTHER_TIME)
    elif found.get("is_hidden") or seen_by not in (None, "", "EVERYONE"):
        return task.remark(_HIDDEN)
    if "message" in found and _plain(found["message"]) != _plain(task.caption):
        return task.remark(_OTHER_TEXT)
    return list(task.session.get("remarks", []))


def _plain(text: object) -> str:
    return " ".join(str(text).split())


def _unix(value: object) -> str:
    """A time as the Graph API writes it, in Unix seconds: a number, or ISO 8601 text."""
    text = str(value)
    if text.isdecimal():
        return text
    try:
        return str(int(datetime.fromisoformat(text).timestamp()))
    except ValueError:
        return ""


def _done(task: Task, remarks: list[str]) -> Done:
    if task.parcel.scheduled_at is not None:
        moment = task.parcel.scheduled_at.astimezone(WITA).strftime("%d-%m-%Y %H.%M")
        scheduled = Task(task.account, task.parcel, {"remarks": remarks}, task.graph)
        remarks = scheduled.remark(_SCHEDULED, moment=moment)
    remote_id = task.session["remote_id"]
    link = task.session.get("link") or remote_id
    if link.startswith("/"):
        link = link[1:]
    return Done(remote_id, link if "://" in link else LINK + link, tuple(remarks))
