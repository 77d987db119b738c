"""Feed posts of text, a link, or pictures: unpublished first, then published by one request."""

import contextlib
import json

from wajo_studio.errors import PublishError, RejectedError
from wajo_studio.i18n import N_
from wajo_studio.networks.facebook.photos import next_photo
from wajo_studio.networks.facebook.task import Task
from wajo_studio.networks.meta.codes import PHOTOS_USED
from wajo_studio.networks.publisher import Step
from wajo_studio.networks.wire import Kind

_LINK_LEFT_OUT = N_(
    "The link preview was left out: Facebook shows none together with pictures. Put the link "
    "into the text."
)
_FRESH_PHOTOS_MAX = 2


def next_step(task: Task) -> Step:
    """The next step of a feed post without a clip."""
    if "unwanted" in task.session:
        return _remove_draft(task)
    photo = next_photo(task)
    if photo is not None:
        return photo
    two_phases = (
        task.settings["two_phase_publish"] and not task.at and not task.session.get("one_phase")
    )
    if two_phases and "post" not in task.session:
        return _draft(task)
    about_to = task.about_to_publish()
    if about_to is not None:
        return about_to
    return _flip(task) if two_phases else _post(task)


def _flip(task: Task) -> Step:
    post = task.session["post"]
    flip = {"is_published": "true"}
    try:
        task.graph.write("publish", Kind.PUBLISH, post, flip, needed=("success",))
    except RejectedError as error:
        # This Page cannot publish drafts: nothing was published, and one phase is left.
        if error.code != RejectedError.code:
            raise
        return task.forget("post", "photos", one_phase=True, unwanted=post, standing="before")
    return _published(task, post)


def _post(task: Task) -> Step:
    form = _form(task)
    form["published"] = "false" if task.at else "true"
    if task.at:
        form |= {"scheduled_publish_time": task.at, "unpublished_content_type": "SCHEDULED"}
    answer = task.graph.write("publish", Kind.PUBLISH, f"{task.page}/feed", form, needed=("id",))
    return _published(task, str(answer["id"]))


def _published(task: Task, post: str) -> Step:
    remarks = {}
    if task.parcel.options.get("link") and task.parcel.pictures:
        remarks = {"remarks": task.remark(_LINK_LEFT_OUT)}
    return task.keep(standing="published", remote_id=post, **remarks)


def _draft(task: Task) -> Step:
    form = {**_form(task), "published": "false"}
    if task.settings["unpublished_content_type"]:
        form["unpublished_content_type"] = str(task.settings["unpublished_content_type"])
    path = f"{task.page}/feed"
    try:
        answer = task.graph.write("draft", Kind.REPEATABLE, path, form, needed=("id",))
    except RejectedError as error:
        # An earlier try, whose answer was lost, made a draft with these photos: take new ones.
        again = task.session.get("fresh_photos", 0)
        if error.code == f"publish.{PHOTOS_USED}" and again < _FRESH_PHOTOS_MAX:
            return task.keep(photos=[], fresh_photos=again + 1)
        if error.code != RejectedError.code:
            raise
        return task.keep(one_phase=True)  # perhaps only drafts are refused; if not, it is told
    return task.keep(post=str(answer["id"]))


def _remove_draft(task: Task) -> Step:
    """Take back a draft that cannot be published; nobody sees it if it stays."""
    with contextlib.suppress(PublishError):
        task.graph.write(
            "remove draft", Kind.REPEATABLE, task.session["unwanted"], {}, method="DELETE"
        )
    return task.forget("unwanted")


def _form(task: Task) -> dict[str, str]:
    form = {}
    if task.caption:
        form["message"] = task.caption
    photos: list[str] = task.session.get("photos", [])
    if photos:
        form["attached_media"] = json.dumps([{"media_fbid": photo} for photo in photos])
    elif task.parcel.options.get("link"):
        form["link"] = str(task.parcel.options["link"])
    if task.parcel.options.get("place"):
        form["place"] = str(task.parcel.options["place"])
    return form
