"""Sending a clip's bytes to TikTok, piece by piece, asking what arrived whenever a line breaks.

Source: tiktok.md 4.3, 4.5, 4.6, 5.3 (TT-media, TT-cpa). TikTok publishes a clip (or puts the
draft into the inbox) by itself once the last byte is there; it never begins a second time
while the first may still end well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wajo_studio.clock import parse_time
from wajo_studio.errors import PublishError, RejectedError, UnavailableError
from wajo_studio.i18n import N_
from wajo_studio.networks.answers import waiting
from wajo_studio.networks.http import Answer, Request
from wajo_studio.networks.parcel import Parcel, ParcelFile
from wajo_studio.networks.publisher import Session, Step
from wajo_studio.networks.tiktok.api import Api, Status
from wajo_studio.networks.tiktok.chunks import Cut, cut_for
from wajo_studio.networks.tiktok.errors import failure
from wajo_studio.networks.verdict import DONE, Verdict, by_status
from wajo_studio.networks.wire import Kind, Wire, unclear

TRIES_MAX = 8
"""How often the same piece, or the same question, is tried without getting on."""
_BEGINNINGS_MAX = 3
_BACKOFF_S = (1, 2, 4, 8, 16)
AGAIN = "internal"
"""The reason of a failure after which TikTok itself is to be tried again."""

REFUSED = N_("TikTok refused the clip's bytes (HTTP {status}). Your post is safe; try again.")
NO_UPLOAD = N_("TikTok gave up the upload more than once. Your post is safe; try again later.")


class _NotAcceptedError(RejectedError):
    """The address is over, unknown, or wants other bytes: ask what arrived."""


@dataclass(frozen=True)
class Upload:
    """The upload of one clip.

    Session keys: ``publish_id``, ``address`` (as good as a key: never shown), ``ends_at``,
    ``next`` (piece to send), ``tries`` (without progress), ``beginnings``, ``received``.
    """

    parcel: Parcel
    settings: Mapping[str, Any]
    wire: Wire

    @property
    def clip(self) -> ParcelFile:
        """The file."""
        clip = self.parcel.clip
        assert clip is not None
        return clip

    @property
    def cut(self) -> Cut:
        """How it is cut."""
        return cut_for(self.clip.size_bytes, self.settings)

    def begin(self, path: str, post_info: Mapping[str, Any] | None, session: Session) -> Step:
        """Ask for an address. Doing it again is safe as long as no byte was sent."""
        cut = self.cut
        source = {
            "source": "FILE_UPLOAD",
            "video_size": cut.size,
            "chunk_size": cut.piece,
            "total_chunk_count": cut.count,
        }
        document: dict[str, Any] = {"source_info": source}
        if post_info is not None:
            document["post_info"] = post_info
        data = Api(self.wire).begin(path, document)["data"]
        address = str(data.get("upload_url") or "")
        if not self.wire.origins.accepts(address):
            raise UnavailableError(NO_UPLOAD, detail="no upload address")
        lifetime = timedelta(seconds=float(self.settings["upload_address_lifetime_s"]))
        begun = {
            "publish_id": str(data["publish_id"]),
            "address": address,
            "ends_at": (self.wire.now() + lifetime).isoformat(),
            "next": 0,
        }
        return Step({**session, **begun})

    def step(self, session: Session) -> Step:
        """Send the next piece, or find out what arrived of it. ``received`` ends the upload."""
        number = session["next"]
        name = f"piece {number}"
        left_open = self.wire.unanswered
        if left_open is not None and left_open.step in (name, _question(number)):
            settled = self._settled(session, self._status(session))
            if settled.session.get("next") != number or settled.session.get("received"):
                return settled
        if self.wire.now() >= parse_time(session["ends_at"]):
            return self._over(session)
        last = number == self.cut.count - 1
        if last and session.get("standing") != "perhaps":
            return Step({**session, "standing": "perhaps"})
        try:
            self._send(name, number, session, last=last)
        except (_NotAcceptedError, UnavailableError) as error:
            return self._lost(session, error)
        start, length = self.cut.span(number)
        self.wire.report(0.9 * (start + length) / self.cut.size)
        return Step({**session, "next": number + 1, "received": last, "tries": 0})

    def _send(self, name: str, number: int, session: Session, *, last: bool) -> None:
        start, length = self.cut.span(number)
        self.wire.send(
            name,
            Kind.REPEATABLE,
            lambda _keys: Request(  # the address is the key: no token goes along
                "PUT",
                session["address"],
                headers={
                    "Content-Type": self.clip.media_type,
                    "Content-Range": f"bytes {start}-{start + length - 1}/{self.cut.size}",
                },
                body=self.wire.slice(self.clip.path, start, length),
            ),
            judge=_judge_piece,
            once=True,
            patient=last,
        )

    def _lost(self, session: Session, error: PublishError) -> Step:
        """A piece that was not taken for sure: wait, ask, go on with what is missing."""
        tries = session.get("tries", 0)
        try:
            self.wire.pause(waiting(_BACKOFF_S, tries))
            status = self._status(session)
        except PublishError:
            if session.get("standing") == "perhaps":
                raise unclear("no answer to the last piece") from error
            raise
        if tries + 1 >= TRIES_MAX and not self._complete(status):
            if session.get("standing") == "perhaps" and status.uploaded is None:
                raise unclear("TikTok does not tell what arrived") from error
            raise error
        return self._settled({**session, "tries": tries + 1}, status, error)

    def resumed(self, session: Session, status: Status) -> Session | None:
        """The session at what has arrived; ``None``: TikTok does not tell, or told too often."""
        tries = session.get("tries", 0) + 1
        known = status.uploaded is not None and tries < TRIES_MAX
        if not known and not self._complete(status):
            return None
        return self._settled({**session, "tries": tries}, status).session

    def _settled(self, session: Session, status: Status, error: PublishError | None = None) -> Step:
        """Go on from what TikTok says has arrived."""
        if self._complete(status):
            return Step({**session, "received": True, "standing": "perhaps"})
        if status.word == "FAILED":
            if status.reason == AGAIN:
                return self.anew(session)
            raise failure(status.reason)
        if isinstance(error, _NotAcceptedError) and error.params["status"] in (403, 404):
            # The address is over and bytes are missing, so this one can never be published.
            return self.anew(session) if status.uploaded is not None else self._over(session)
        if status.uploaded is None:
            return Step(session)
        missing = self.cut.holding(status.uploaded)
        return Step({**session, "next": missing, "standing": "before"})

    def _status(self, session: Session) -> Status:
        return Api(self.wire).status(session["publish_id"], _question(session["next"]))

    def _complete(self, status: Status) -> bool:
        if status.word == "FAILED":
            return False
        ended = status.word in ("PUBLISH_COMPLETE", "SEND_TO_USER_INBOX", "PROCESSING_DOWNLOAD")
        return ended or (status.uploaded is not None and status.uploaded >= self.cut.size)

    def _over(self, session: Session) -> Step:
        """The address has ended. Begin again, unless all bytes may have arrived."""
        if session.get("standing") != "perhaps":
            return self.anew(session)
        status = self._status(session)
        if self._complete(status):
            return Step({**session, "received": True})
        if status.word == "FAILED" or status.uploaded is not None:
            return self.anew(session)
        raise unclear("the upload address has ended and TikTok does not tell what arrived")

    def anew(self, session: Session) -> Step:
        """Forget this upload, which can never be published, and begin another."""
        beginnings = session.get("beginnings", 1)
        if beginnings >= _BEGINNINGS_MAX:
            raise UnavailableError(NO_UPLOAD, detail=f"{beginnings} uploads given up")
        return Step({"beginnings": beginnings + 1})


def _question(number: int) -> str:
    """The step that asks what came of piece ``number``."""
    return f"status of piece {number}"


def _judge_piece(answer: Answer) -> Verdict:
    """At an upload address only the HTTP status counts."""
    status = answer.status
    if status in (201, 206):
        return DONE
    if status in (403, 404, 416):
        error = _NotAcceptedError(REFUSED, status=status, detail=f"HTTP {status}")
        return Verdict("refused", error, detail=f"HTTP {status}")
    if status == 400:
        refused = RejectedError(REFUSED, status=status, detail="HTTP 400")
        return Verdict("refused", refused, detail="HTTP 400")
    verdict = by_status(answer)
    if verdict.kind in ("done", "token"):
        return Verdict("unclear", detail=f"HTTP {status} at an upload address")
    return verdict
