"""Clips: feed videos in chunks, reels and story clips in one go, and how far they are."""

from collections.abc import Callable
from typing import Any, Literal

from wajo_studio.errors import (
    OutcomeUnknownError,
    PublishError,
    RejectedError,
    UnavailableError,
)
from wajo_studio.i18n import N_
from wajo_studio.networks.facebook.task import Task
from wajo_studio.networks.http import Answer, Part
from wajo_studio.networks.meta.graph import is_not_visible
from wajo_studio.networks.meta.judging import cleaned, graph_judge
from wajo_studio.networks.meta.rupload import transferred, upload
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.publisher import Pause, Step
from wajo_studio.networks.verdict import DONE, Judge, Verdict
from wajo_studio.networks.wire import Kind

EDGES = {"feed": "videos", "reel": "video_reels", "story": "video_stories"}
_UPLOADS_MAX = 2
_OF_UPLOAD = ("video", "upload", "offsets", "stuck", "address", "upload_from", "upload_tries")
_WRONG_OFFSET = 1363037
"""A chunk from the wrong byte; ``error_data`` tells the right one. Seen in public clients, 2026."""

Stage = Literal["unsent", "working", "published", "failed"]

_FAILED = N_(
    "Facebook could not process the clip. Your post is safe; export it again, then send it again."
)
_ACCEPTED = N_(
    "Facebook has taken the clip, but does not tell whether it is published. Look at the Page, "
    "then tell whether it is there."
)


def next_step(task: Task, clip: ParcelFile) -> Step | Pause:
    """The next step of a post with a clip, until it is published."""
    if task.session.get("finished"):
        return _look(task)
    if "video" not in task.session:
        return _start(task, clip)
    if not task.session.get("uploaded"):
        return _send(task, clip)
    return task.about_to_publish() or _finish(task)


def stage(document: dict[str, Any], *, scheduled: bool, acknowledged: bool) -> Stage:
    """Where a video stands, by its ``status``, ``published`` and ``post_id``.

    ``unsent``: its upload was never finished; ``published``: also taken for the asked time.

    Args:
        document: what was read.
        scheduled: it was sent to be published later.
        acknowledged: finishing was answered with success, so that "ready" is enough; else a word
            about publishing itself is needed.
    """
    status = document.get("status")
    status = status if isinstance(status, dict) else {}
    whole = status.get("video_status")
    phase = status.get("publishing_phase")
    phase = phase if isinstance(phase, dict) else {}
    if whole in ("error", "expired", "upload_failed") or phase.get("status") == "error":
        return "failed"
    if phase.get("status") in ("complete", "completed"):
        as_what = phase.get("publish_status", "published")
        taken = ("published", "scheduled") if scheduled else ("published",)
        return "published" if as_what in taken else "failed" if as_what == "error" else "working"
    if whole in ("uploading", "upload_complete"):
        return "unsent"
    if document.get("post_id") and document.get("published"):
        return "published"
    if whole == "ready" and scheduled and phase.get("publish_status") == "scheduled":
        return "published"
    if whole == "ready" and acknowledged and (document.get("published") or scheduled or not phase):
        return "published"
    return "working"


def _start(task: Task, clip: ParcelFile) -> Step:
    form = {"upload_phase": "start"}
    feed = task.parcel.surface == "feed"
    if feed:
        form["file_size"] = str(clip.size_bytes)
    needed = ("upload_session_id", "video_id") if feed else ("video_id", "upload_url")
    path = f"{task.page}/{EDGES[task.parcel.surface]}"
    judge = _offsets_judge(task, *needed) if feed else graph_judge(task.graph.label, *needed)
    answer = task.graph.write("start", Kind.REPEATABLE, path, form, judge=judge)
    if not feed:
        return task.keep(video=str(answer["video_id"]), address=str(answer["upload_url"]))
    return task.keep(
        video=str(answer["video_id"]),
        upload=str(answer["upload_session_id"]),
        offsets=[int(answer["start_offset"]), int(answer["end_offset"])],
    )


def _send(task: Task, clip: ParcelFile) -> Step:
    try:
        if task.parcel.surface == "feed":
            return _chunk(task, clip)
        return upload(task.graph, task.session, clip, task.session["address"], _has_bytes(task))
    except RejectedError:
        again = task.session.get("uploads", 1)
        if again >= _UPLOADS_MAX:
            raise
        fresh = {key: value for key, value in task.session.items() if key not in _OF_UPLOAD}
        return Step({**fresh, "uploads": again + 1})


def _chunk(task: Task, clip: ParcelFile) -> Step:
    start, end = task.session["offsets"]
    if start >= end:
        return task.keep(uploaded=True)
    size = min(end - start, int(task.settings["video_chunk_bytes"]), clip.size_bytes - start)
    if size <= 0:
        raise RejectedError(_FAILED, detail=f"asked for bytes {start}-{end} of {clip.size_bytes}")

    def parts() -> tuple[Part, ...]:
        sent = start

        def count(piece: int) -> None:
            nonlocal sent
            sent += piece
            task.graph.wire.report(0.9 * sent / clip.size_bytes)

        content = task.graph.wire.slice(clip.path, start, size, count).whole()
        return (Part("video_file_chunk", "chunk", content, "application/octet-stream"),)

    form = {
        "upload_phase": "transfer",
        "upload_session_id": task.session["upload"],
        "start_offset": str(start),
    }
    answer = task.graph.write(
        f"chunk at {start}",
        Kind.REPEATABLE,
        f"{task.page}/videos",
        form,
        parts=parts,
        judge=_offsets_judge(task),
    )
    told = answer.get("error", {}).get("error_data", answer)
    offsets = [int(told["start_offset"]), int(told["end_offset"])]
    stuck = task.session.get("stuck", 0) + 1 if offsets[0] <= start else 0
    if stuck > _UPLOADS_MAX:
        raise RejectedError(_FAILED, detail=f"no progress at byte {start}")
    return task.keep(offsets=offsets, stuck=stuck)


def _offsets_judge(task: Task, *needed: str) -> Judge:
    """Offsets have to be told; so does the answer to a chunk from the wrong byte."""
    usual = graph_judge(task.graph.label, *needed)

    def judge(answer: Answer) -> Verdict:
        document = answer.document
        error = document.get("error") if isinstance(document, dict) else None
        if isinstance(error, dict) and error.get("error_subcode") == _WRONG_OFFSET:
            return DONE if _offsets_in(error.get("error_data")) else usual(answer)
        verdict = usual(answer)
        if verdict.kind == "done" and not _offsets_in(document):
            return Verdict("unclear", detail="answer without offsets")
        return verdict

    return judge


def _offsets_in(document: Any) -> bool:
    try:
        return int(document["start_offset"]) >= 0 and int(document["end_offset"]) >= 0
    except (TypeError, KeyError, ValueError):
        return False


def _has_bytes(task: Task) -> Callable[[], int]:
    def ask() -> int:
        try:
            found = task.graph.read("upload offset", task.session["video"], {"fields": "status"})
        except RejectedError:
            return 0
        status = found.get("status")
        return transferred(status.get("uploading_phase") if isinstance(status, dict) else None)

    return ask


def _finish(task: Task) -> Step:
    surface = task.parcel.surface
    form = {"upload_phase": "finish"}
    if surface == "feed":
        form["upload_session_id"] = task.session["upload"]
        if task.at:
            form |= {"published": "false", "scheduled_publish_time": task.at}
    else:
        form["video_id"] = task.session["video"]
    if surface == "reel":
        form["video_state"] = "SCHEDULED" if task.at else "PUBLISHED"
        if task.at:
            form["scheduled_publish_time"] = task.at
        if task.parcel.options.get("place"):
            form["place"] = str(task.parcel.options["place"])
    if surface != "story":
        form |= {"description": task.caption} if task.caption else {}
        form |= {"title": task.parcel.text("title")} if task.parcel.text("title") else {}
    cover = task.parcel.cover if surface == "feed" else None

    def parts() -> tuple[Part, ...]:
        assert cover is not None
        content = task.graph.wire.slice(cover.path, 0, cover.size_bytes).whole()
        return (Part("thumb", cover.path.name, content, cover.media_type),)

    answer = task.graph.write(
        "publish",
        Kind.PUBLISH,
        f"{task.page}/{EDGES[surface]}",
        form,
        parts=parts if cover is not None else None,
        needed=("success",),
    )
    post = answer.get("post_id")
    return task.keep(finished="acknowledged", **({"remote_id": str(post)} if post else {}))


def _look(task: Task) -> Step | Pause:
    """Whether Facebook is done with it; its "success" only said that it had begun."""
    video = task.session["video"]
    try:
        found = task.graph.read(
            "status", video, {"fields": "status,published,post_id,permalink_url"}
        )
    except PublishError as error:
        # "Success" was said: a network that does not answer now makes nothing fail.
        if not is_not_visible(error) and not isinstance(error, UnavailableError):
            raise OutcomeUnknownError(_ACCEPTED, detail=error.detail) from error
        return task.wait()
    sure = task.session["finished"] == "acknowledged"
    now = stage(found, scheduled=bool(task.at), acknowledged=sure)
    if now == "failed":
        raise RejectedError(_FAILED, detail=cleaned(str(found.get("status"))))
    if now in {"working", "unsent"}:
        return task.wait()
    post = found.get("post_id") or task.session.get("remote_id")
    link = found.get("permalink_url")
    return task.keep(
        standing="published",
        remote_id=str(post or video),
        **({"link": str(link)} if link else {}),
    )
