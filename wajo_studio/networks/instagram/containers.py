"""Containers: what is to be published lies in one, which Instagram fills and then says so.

Source: instagram.md 4.2-4.6.
"""

import json
import re

from wajo_studio.errors import PublishError, RejectedError, UnavailableError
from wajo_studio.i18n import N_
from wajo_studio.networks.instagram.stills import address_of, next_still
from wajo_studio.networks.instagram.task import Task
from wajo_studio.networks.meta.codes import CONTAINER, OTHER, code_of
from wajo_studio.networks.meta.graph import is_not_visible
from wajo_studio.networks.meta.judging import cleaned, error_of
from wajo_studio.networks.meta.rupload import WRONG_OFFSET, transferred, upload
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.publisher import Pause, Step
from wajo_studio.networks.wire import Kind

_CONTAINERS_MAX = 3
_SUBCODE = re.compile(r"\b(22\d{5})\b")
_OF_CONTAINERS = ("items", "container", "address", "uploaded", "ready", "looks", "blind")
_OF_UPLOAD = ("upload_from", "upload_tries")
_TOO_MANY = N_("Instagram takes at most {count} collaborators. Your post is safe; leave some out.")
_LOST_OFTEN = N_("Instagram lost this several times. Your post is safe; try again in an hour.")


def next_step(task: Task) -> Step | Pause | None:
    """The next step towards a container that can be published; ``None``: it is there."""
    try:
        return next_still(task) or _made(task) or _finished(task)
    except PublishError as error:
        if error.code != f"publish.{CONTAINER}":
            raise
        return start_again(task, error)


def start_again(task: Task, error: PublishError) -> Step:
    """Make new containers, as nothing was published; not for ever.

    Raises:
        PublishError: ``error``, after several of them.
    """
    tries = task.session.get("containers", 1)
    if tries >= _CONTAINERS_MAX:
        raise error
    return task.forget(*_OF_CONTAINERS, *_OF_UPLOAD, containers=tries + 1, standing="before")


def read_status(task: Task, step: str, container: str) -> str | None:
    """A container's ``status_code``; ``None`` when no token may read it.

    Raises:
        PublishError: it failed, for the reason told, or the network does not answer.
    """
    try:
        found = task.graph.read(step, container, {"fields": "status_code,status"}, first="user")
    except PublishError as error:
        if is_not_visible(error):
            return None
        raise
    code = str(found.get("status_code", ""))
    if code == "ERROR":
        raise _failure(task, str(found.get("status", "")))
    return code


def _failure(task: Task, status: str) -> PublishError:
    number = _SUBCODE.search(status)
    row = code_of(0, int(number[1])) if number else None
    return error_of(row or OTHER, task.graph.label, detail=f"container: {cleaned(status)}")


def _made(task: Task) -> Step | None:
    """Make the next container that is missing; ``None``: all are there, with their bytes."""
    if "container" in task.session:
        clip = task.parcel.clip
        return None if clip is None or task.session.get("uploaded") else _send(task, clip)
    if task.parcel.surface != "carousel":
        return _make(task, _single(task))
    items: list[str] = task.session.get("items", [])
    if len(items) < len(task.stills):
        number = len(items)
        form = {"is_carousel_item": "true", **_still(task, number)}
        answer = task.graph.write(
            f"item {number + 1}", Kind.REPEATABLE, f"{task.user}/media", form, needed=("id",)
        )
        return task.keep(items=[*items, str(answer["id"])])
    if task.session.get("ready", 0) < len(items):
        return None  # the parent is made of finished ones
    form = {"media_type": "CAROUSEL", "children": ",".join(items), **_words(task)}
    return _make(task, form)


def _single(task: Task) -> dict[str, str]:
    surface = task.parcel.surface
    if surface == "story":
        form = {"media_type": "STORIES"}
        flags = _flags(task)
        if task.parcel.clip is not None:
            return {**form, "upload_type": "resumable", **flags}
        return {**form, "image_url": address_of(task, 0), **flags}
    if task.parcel.clip is None:
        return {**_still(task, 0), **_words(task)}
    form = {"media_type": "REELS", "upload_type": "resumable", **_words(task)}
    if "share_to_feed" in task.parcel.options:
        form["share_to_feed"] = _bool(task.parcel.options["share_to_feed"])
    if task.stills:
        form["cover_url"] = address_of(task, 0)
    elif task.parcel.cover_s is not None:
        form["thumb_offset"] = str(round(task.parcel.cover_s * 1000))
    return form


def _still(task: Task, number: int) -> dict[str, str]:
    form = {"image_url": address_of(task, number)}
    alt = task.stills[number].alt
    return {**form, "alt_text": alt} if alt else form


def _words(task: Task) -> dict[str, str]:
    """Caption, place, collaborators and label: of single posts and of a carousel's parent."""
    form = _flags(task)
    if task.caption:
        form["caption"] = task.caption
    if task.parcel.options.get("location_id"):
        form["location_id"] = str(task.parcel.options["location_id"])
    people = [str(name).lstrip("@") for name in task.parcel.options.get("collaborators") or ()]
    most = int(task.settings["max_collaborators"])
    if len(people) > most:
        raise RejectedError(_TOO_MANY, count=most)
    if people:
        form["collaborators"] = json.dumps(people)
    return form


def _flags(task: Task) -> dict[str, str]:
    return {"is_ai_generated": "true"} if task.parcel.options.get("ai_generated") else {}


def _bool(value: object) -> str:
    return "true" if value else "false"


def _make(task: Task, form: dict[str, str]) -> Step:
    resumable = "upload_type" in form
    needed = ("id", "uri") if resumable else ("id",)
    answer = task.graph.write(
        "container", Kind.REPEATABLE, f"{task.user}/media", form, needed=needed
    )
    address = {"address": str(answer["uri"])} if resumable else {}
    return task.forget("looks", container=str(answer["id"]), **address)


def _send(task: Task, clip: ParcelFile) -> Step:
    def has_bytes() -> int:
        """What has arrived. The sheet names no way to ask; public clients read this field."""
        fields = {"fields": "status_code,video_status"}
        try:
            found = task.graph.read(
                "upload offset", task.session["container"], fields, first="user"
            )
        except RejectedError:
            return 0
        status = found.get("video_status")
        return transferred(status.get("uploading_phase") if isinstance(status, dict) else None)

    try:
        return upload(task.graph, task.session, clip, task.session["address"], has_bytes)
    except RejectedError as error:
        if error.code != WRONG_OFFSET:
            raise
        return start_again(task, error)


def _finished(task: Task) -> Step | Pause | None:
    """Wait until every container is finished; ``None``: what is to be published is."""
    items: list[str] = task.session.get("items", [])
    ready = task.session.get("ready", 0)
    parent: str | None = task.session.get("container")
    if parent is not None and ready > len(items):
        return None
    container = items[ready] if parent is None else parent
    code = read_status(task, f"status {ready + 1}", container)
    if code == "FINISHED":
        done = ready + 1 if parent is None else len(items) + 1
        return task.forget("looks", ready=done)
    if code == "EXPIRED":
        return start_again(task, UnavailableError(_LOST_OFTEN, detail="container expired"))
    if code is not None:
        return task.wait()
    return _unreadable(task)


def _unreadable(task: Task) -> Step | Pause:
    """No token may read the container: wait once, then take it for finished.

    Publishing one that is not ready answers so and publishes nothing (instagram.md 4.6).
    """
    if task.session.get("blind"):
        items = task.session.get("items", [])
        ready = task.session.get("ready", 0)
        done = ready + 1 if "container" not in task.session else len(items) + 1
        return task.forget("looks", "blind", ready=done)
    kind = "image" if task.parcel.clip is None else "video"
    wait_s = float(task.settings[f"unreadable_{kind}_wait_s"])
    return Pause({**task.session, "blind": True}, wait_s, task.patience_s)
