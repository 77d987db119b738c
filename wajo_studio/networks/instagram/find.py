"""Whether ``media_publish`` was done when its answer was lost.

Source: instagram.md 5, "Avoiding double posts".
"""

from datetime import datetime
from typing import Any

from wajo_studio.errors import PublishError
from wajo_studio.networks.instagram.containers import read_status
from wajo_studio.networks.instagram.quota import read_quota
from wajo_studio.networks.instagram.task import Task
from wajo_studio.networks.publisher import Found, NotPublished, Unclear

_EARLIER_S = 120
_LIST_MAX = "10"


def find(task: Task) -> Found | NotPublished | Unclear:
    """Read the container at the waits of the settings; then count, then look at the list."""
    codes: list[str | None] = []
    for wait_s in task.settings["verify_waits_s"]:
        task.graph.wire.pause(wait_s)
        try:
            code = read_status(task, "find", task.session["container"])
        except PublishError as error:
            code = "ERROR" if error.detail.startswith("container:") else None
        if code == "PUBLISHED":
            return _found(task, media_in_list(task))
        codes.append(code)
    if codes[-1] in ("ERROR", "EXPIRED"):
        return NotPublished()
    usage = _usage(task)
    before = task.session.get("quota")
    if usage is not None and usage == before and all(code == "FINISHED" for code in codes):
        return NotPublished()
    media = media_in_list(task) if usage != before else None
    if media is not None:
        return _found(task, media)
    return Unclear(f"container reads {codes}, quota {before} -> {usage}")


def media_in_list(task: Task) -> str | None:
    """The id of the one post that has our words and appeared since; ``None``: none, or several."""
    edge = "stories" if task.parcel.surface == "story" else "media"
    started = int(task.session.get("started", 0))
    params = {"fields": "id,caption,timestamp,permalink,media_product_type"}
    if edge == "media":
        params |= {"since": str(started - _EARLIER_S), "limit": _LIST_MAX}
    try:
        found = task.graph.read("list", f"{task.user}/{edge}", params, first="user")
    except PublishError:
        return None
    rows = found.get("data")
    same = [
        row
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and _is_ours(task, row, started)
    ]
    return str(same[0]["id"]) if len(same) == 1 else None


def _is_ours(task: Task, row: dict[str, Any], started: int) -> bool:
    if str(row.get("caption") or "") != task.caption:
        return False
    try:
        made = datetime.fromisoformat(str(row.get("timestamp"))).timestamp()
    except ValueError:
        return False
    return made >= started - _EARLIER_S


def _usage(task: Task) -> int | None:
    try:
        return read_quota(task, "quota after")[0]
    except PublishError:
        return None


def _found(task: Task, media: str | None) -> Found:
    known = {"media": media} if media else {}
    return Found({**task.session, "standing": "published", **known})
