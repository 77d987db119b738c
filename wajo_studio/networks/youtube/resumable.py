"""Sending a video's bytes so that a broken line costs a piece, never the video, and never two.

Source: youtube.md 4.1, 4.3, 4.4, 5.3 (YT-resumable, copy of 2026-03-01). A session makes its
video when the last byte is stored, and can be asked how much it has: what became of a lost
answer is always found out by asking, never by sending blindly.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wajo_studio.domain.placement import Network
from wajo_studio.errors import PublishError, RejectedError, UnavailableError
from wajo_studio.i18n import N_
from wajo_studio.networks.answers import dig, waiting
from wajo_studio.networks.http import Answer, Request
from wajo_studio.networks.parcel import Parcel, ParcelFile
from wajo_studio.networks.publisher import Session, Step
from wajo_studio.networks.verdict import DONE, Verdict
from wajo_studio.networks.wire import Kind, Wire, unclear
from wajo_studio.networks.youtube.errors import judge
from wajo_studio.networks.youtube.metadata import check_time, resource

PIECE_UNIT_BYTES = 262_144
_SESSIONS_MAX = 3
_TRIES_MAX = 8
_BACKOFF_S = (1, 2, 4, 8, 16, 32, 64)
_UPLOADED_PART = 0.9

NO_SESSION = N_("YouTube gave up the upload more than once. Your post is safe; try again later.")
CHANGED = N_("The clip's file has changed since the upload began. Export the post again.")


class SessionGoneError(RejectedError):
    """The upload session is no longer known."""


@dataclass(frozen=True)
class Arrived:
    """What a session has.

    Attributes:
        count: bytes stored, from the start of the file.
        video: the video resource once it is complete.
    """

    count: int
    video: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Upload:
    """The upload of one clip.

    Session keys: ``uri`` (the upload's address, which is as good as a key: never shown),
    ``file``, ``begun_at``, ``sent`` (bytes that YouTube has confirmed), ``tries`` (without
    progress), ``sessions``.
    """

    parcel: Parcel
    settings: Mapping[str, Any]
    wire: Wire

    def step(self, session: Session) -> Step:
        """Begin, or send the next piece. The session has ``video`` when it is complete."""
        if "uri" not in session:
            return self._begin(session)
        self._check_file(session["file"])
        sent = session["sent"]
        name = f"piece at {sent}"
        left_open = self.wire.unanswered
        if left_open is not None and left_open.step in (name, _question(sent)):
            arrived = self.ask(session)
            if arrived is None:
                return self._anew(session)
            if arrived.video is not None or arrived.count != sent:
                return self._kept(session, arrived)
        return self._piece(name, session)

    @property
    def clip(self) -> ParcelFile:
        """The file to upload."""
        clip = self.parcel.clip
        assert clip is not None
        return clip

    def _begin(self, session: Session) -> Step:
        """Open a session: it may be done again, a session without bytes makes no video."""
        clip = self.clip
        notify = self.parcel.options.get("notify_subscribers", True)
        params = {
            "uploadType": "resumable",
            "part": "snippet,status",
            "notifySubscribers": "true" if notify else "false",
        }
        answer = self.wire.send(
            "begin",
            Kind.REPEATABLE,
            lambda keys: Request(
                "POST",
                self.wire.origins.url(Network.YOUTUBE, "api", "/upload/youtube/v3/videos"),
                headers={
                    "Authorization": f"Bearer {keys.access_token}",
                    "Content-Type": "application/json; charset=UTF-8",
                    "X-Upload-Content-Length": str(clip.size_bytes),
                    "X-Upload-Content-Type": clip.media_type,
                },
                params=params,
                document=resource(self.parcel, self.settings),
            ),
            judge=self._judge_begin,
        )
        stat = clip.path.stat()
        file = {"sha256": clip.sha256, "size": stat.st_size, "changed": stat.st_mtime_ns}
        begun = {"begun_at": self.wire.now().isoformat(), **session}
        return Step({**begun, "uri": answer.headers["location"], "file": file, "sent": 0})

    def _judge_begin(self, answer: Answer) -> Verdict:
        verdict = judge(answer)
        address = answer.headers.get("location", "")
        if verdict.kind == "done" and not self.wire.origins.accepts(address):
            return Verdict("unclear", detail=f"HTTP {answer.status} without an upload address")
        return verdict

    def _piece(self, name: str, session: Session) -> Step:
        clip, sent = self.clip, session["sent"]
        size = max(int(self.settings["chunk_bytes"]) // PIECE_UNIT_BYTES, 1) * PIECE_UNIT_BYTES
        length = min(size, clip.size_bytes - sent)
        last = sent + length == clip.size_bytes
        if last and session.get("standing") != "perhaps":
            check_time(self.parcel, self.wire.now())
            return Step({**session, "standing": "perhaps"})
        try:
            answer = self.wire.send(
                name,
                Kind.REPEATABLE,
                lambda keys: Request(
                    "PUT",
                    session["uri"],
                    headers={
                        "Authorization": f"Bearer {keys.access_token}",
                        "Content-Type": clip.media_type,
                        "Content-Range": f"bytes {sent}-{sent + length - 1}/{clip.size_bytes}",
                    },
                    body=self.wire.slice(clip.path, sent, length),
                ),
                judge=_judge_piece,
                once=True,
                patient=last,
            )
        except SessionGoneError:
            return self._anew(session)
        except UnavailableError as error:
            return self._lost(session, error)
        self.wire.report(_UPLOADED_PART * (sent + length) / clip.size_bytes)
        return self._kept(session, _arrived(answer, clip.size_bytes))

    def _lost(self, session: Session, error: UnavailableError) -> Step:
        """A piece without a clear answer: wait, ask, go on with what has arrived."""
        tries = session.get("tries", 0)
        try:
            self.wire.pause(waiting(_BACKOFF_S, tries))
            arrived = self.ask(session)
        except PublishError:
            if session.get("standing") == "perhaps":
                raise unclear("no answer to the last piece") from error
            raise
        if arrived is None:
            return self._anew(session)
        if arrived.video is None and tries + 1 >= _TRIES_MAX:
            raise error
        return self._kept({**session, "tries": tries + 1}, arrived)

    def ask(self, session: Session) -> Arrived | None:
        """How much has arrived; ``None``: the session is gone."""
        size = self.clip.size_bytes
        try:
            answer = self.wire.send(
                _question(session["sent"]),
                Kind.READ,
                lambda keys: Request(
                    "PUT",
                    session["uri"],
                    headers={
                        "Authorization": f"Bearer {keys.access_token}",
                        "Content-Range": f"bytes */{size}",
                    },
                    body=b"",
                ),
                judge=_judge_piece,
            )
        except SessionGoneError:
            return None
        return _arrived(answer, size)

    def resumed(self, session: Session, arrived: Arrived) -> Session | None:
        """The session at what has arrived; ``None``: it was begun again too often."""
        tries = session.get("tries", 0) + 1
        if arrived.video is None and tries >= _TRIES_MAX:
            return None
        return self._kept({**session, "tries": tries}, arrived).session

    def _kept(self, session: Session, arrived: Arrived) -> Step:
        if arrived.video is not None:
            told = dig(arrived.video, "status", "privacyStatus")
            video = {"video": str(arrived.video["id"]), "privacy": told, "standing": "published"}
            return Step({**session, **video})
        tries = 0 if arrived.count > session["sent"] else session.get("tries", 0)
        # The network itself says that it is not complete.
        return Step({**session, "sent": arrived.count, "tries": tries, "standing": "before"})

    def _anew(self, session: Session) -> Step:
        """Begin another session, but only where the first surely made no video."""
        if session.get("standing") == "perhaps":
            raise unclear("the session is gone after all bytes were sent")
        begun = session.get("sessions", 1)
        if begun >= _SESSIONS_MAX:
            raise UnavailableError(NO_SESSION, detail=f"{begun} sessions gone")
        return Step({"begun_at": session["begun_at"], "sessions": begun + 1})

    def _check_file(self, file: Mapping[str, Any]) -> None:
        stat = self.clip.path.stat()
        if (stat.st_size, stat.st_mtime_ns) == (file["size"], file["changed"]):
            return
        with self.clip.path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != file["sha256"]:
                raise RejectedError(CHANGED)


def _question(sent: int) -> str:
    """The step that asks what came of the piece at ``sent``."""
    return f"ask at {sent}"


def _judge_piece(answer: Answer) -> Verdict:
    """At an upload's address, 308 means "go on"."""
    status = answer.status
    if status == 308:
        return DONE
    if status in (404, 410):
        return Verdict("refused", SessionGoneError(NO_SESSION), detail=f"HTTP {status}")
    if status in (200, 201) and not dig(answer.document, "id"):
        return Verdict("unclear", detail=f"HTTP {status} without a video")
    return judge(answer)


def _arrived(answer: Answer, size: int) -> Arrived:
    if answer.status != 308:
        return Arrived(size, answer.document)
    match = re.fullmatch(r"bytes=0-(\d+)", answer.headers.get("range", "").strip())
    return Arrived(int(match[1]) + 1 if match else 0)
