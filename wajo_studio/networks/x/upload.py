"""Pictures, clip and subtitles to X. An upload that no post uses publishes nothing.

Source: x.md 4.1, 4.2 (XOAS, OpenAPI 2.167 of 2026-08-22).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wajo_studio.clock import parse_time
from wajo_studio.domain.placement import Network
from wajo_studio.errors import NotAllowedError, PublishError, RejectedError, UnavailableError
from wajo_studio.i18n import N_, _, language_name
from wajo_studio.networks.answers import dig, expecting
from wajo_studio.networks.http import Part, Request
from wajo_studio.networks.parcel import Parcel, ParcelFile
from wajo_studio.networks.publisher import Pause, Session, Step
from wajo_studio.networks.wire import Kind, Wire
from wajo_studio.networks.x.errors import judge
from wajo_studio.specs.model import PlacementSpec

_SEGMENTS_MAX = 1000
_SPARE_S = 600.0
_UNTOLD_WAIT_S = 5.0

VIDEO_REFUSED = N_(
    "X could not process the clip ({words}). Your post is safe; export the clip again, or use a "
    "shorter one."
)
VIDEO_SLOW = N_(
    "X did not finish processing the clip in time. Nothing was published and your post is safe; "
    "try again later."
)
NO_SUBTITLES = N_("Published without subtitles: X refused the subtitle file ({words}).")
NO_ALT_TEXT = N_("Published without the alternative text of picture {number}: X refused it.")


@dataclass(frozen=True)
class Uploads:
    """What of a parcel still has to be uploaded, and the next step of it."""

    parcel: Parcel
    spec: PlacementSpec
    wire: Wire

    def next(self, session: Session) -> Step | Pause | None:
        """Do the next step; ``None``: everything is there and usable."""
        if self._aged(session):
            return Step({"remarks": []})
        clip = self.parcel.clip
        if clip is not None:
            return self._clip(clip, session)
        pictures = self.parcel.pictures[: self._pictures_max]
        done: list[Mapping[str, Any]] = session.get("pictures", [])
        for number, picture in enumerate(pictures):
            if number >= len(done):
                return self._picture(picture, number, len(pictures), session)
            if picture.alt and not done[number]["described"]:
                return self._describe(picture, number, session)
        return None

    def ids(self, session: Session) -> list[str]:
        """The media ids for the post, in order."""
        video = session.get("video")
        if video is not None:
            return [video["id"]]
        return [picture["id"] for picture in session.get("pictures", [])]

    @property
    def _pictures_max(self) -> int:
        assert self.spec.images is not None
        return self.spec.images.max_items

    def _aged(self, session: Session) -> bool:
        """Whether X may have dropped what was uploaded."""
        at = session.get("media_at")
        if at is None:
            return False
        lifetime_s = self._number("media_lifetime_s") - _SPARE_S
        return self.wire.now() - parse_time(at) > timedelta(seconds=lifetime_s)

    def _number(self, name: str) -> float:
        value = self.spec.settings[name]
        assert isinstance(value, int | float)
        return value

    def _url(self, path: str) -> str:
        return self.wire.origins.url(Network.X, "api", path)

    # Pictures ---------------------------------------------------------------------------

    def _picture(self, picture: ParcelFile, number: int, count: int, session: Session) -> Step:
        content = self.wire.slice(picture.path, 0, picture.size_bytes).whole()
        part = Part("media", picture.path.name, content, picture.media_type)
        answer = self.wire.send(
            f"picture {number + 1}",
            Kind.REPEATABLE,
            lambda keys: Request(
                "POST",
                self._url("/2/media/upload"),
                headers=bearer(keys.access_token),
                fields={"media_category": "tweet_image"},
                parts=(part,),
            ),
            judge=expecting(judge, "data", "id"),
        )
        self.wire.report(0.9 * (number + 1) / count)
        uploaded = {"id": str(dig(answer.document, "data", "id")), "described": False}
        return Step(self._dated(session, pictures=[*session.get("pictures", []), uploaded]))

    def _describe(self, picture: ParcelFile, number: int, session: Session) -> Step:
        """Send the alternative text of a picture."""
        done = [dict(entry) for entry in session["pictures"]]
        alt = {"alt_text": {"text": picture.alt}}
        remarks = list(session.get("remarks", []))
        try:
            self._post(
                f"alt text {number + 1}",
                "/2/media/metadata",
                {"id": done[number]["id"], "metadata": alt},
            )
        except (RejectedError, NotAllowedError):
            remarks.append(_(NO_ALT_TEXT).format(number=number + 1))
        done[number]["described"] = True
        return Step({**session, "pictures": done, "remarks": remarks})

    # Clip and subtitles -----------------------------------------------------------------

    def _clip(self, clip: ParcelFile, session: Session) -> Step | Pause | None:
        video = self.spec.video
        assert video is not None
        long = (clip.duration_s or 0.0) > video.max_duration_s
        category = "amplify_video" if long else "tweet_video"
        step = self._pieces("video", clip, clip.media_type, category, session)
        subtitles = self.parcel.subtitles
        if step is not None or subtitles is None or session.get("subtitled"):
            return step
        media_type = f"text/{subtitles.path.suffix.lower().removeprefix('.')}"
        try:
            step = self._pieces("subtitles", subtitles, media_type, "subtitles", session)
            return step or self._subtitle(session, long=long)
        except (RejectedError, NotAllowedError) as error:
            remark = _(NO_SUBTITLES).format(words=error.params.get("words", ""))
            remarks = [*session.get("remarks", []), remark]
            return Step({**session, "remarks": remarks, "subtitled": True})

    def _subtitle(self, session: Session, *, long: bool) -> Step:
        language = self.parcel.subtitles_language
        document = {
            "id": session["video"]["id"],
            "media_category": "AmplifyVideo" if long else "TweetVideo",
            "subtitles": {
                "id": session["subtitles"]["id"],
                "language_code": language.upper(),
                "display_name": language_name(language),
            },
        }
        self._post("subtitles: link", "/2/media/subtitles", document)
        return Step({**session, "subtitled": True})

    def _pieces(
        self, name: str, file: ParcelFile, media_type: str, category: str, session: Session
    ) -> Step | Pause | None:
        """The next step of an upload in pieces; ``None``: it is ready."""
        upload = session.get(name)
        if upload is None:
            document = {
                "media_type": media_type,
                "total_bytes": file.size_bytes,
                "media_category": category,
            }
            path = "/2/media/upload/initialize"
            answer = self._post(f"{name}: begin", path, document, "data", "id")
            begun = {"id": str(dig(answer, "data", "id")), "piece": 0, "state": "pieces"}
            return Step(self._dated(session, **{name: begun}))
        if upload["state"] == "pieces":
            return self._piece(name, file, session)
        if upload["state"] == "ending":
            return self._finish(name, session)
        if upload["state"] == "processing":
            return self._look(name, session)
        return None

    def _piece(self, name: str, file: ParcelFile, session: Session) -> Step:
        upload = session[name]
        least = math.ceil(file.size_bytes / _SEGMENTS_MAX)
        size = max(int(self._number("chunk_bytes")), least)
        number = upload["piece"]
        start = number * size
        if start >= file.size_bytes:
            return Step({**session, name: {**upload, "state": "ending"}})
        content = self.wire.slice(file.path, start, min(size, file.size_bytes - start)).whole()
        self.wire.send(
            f"{name}: piece {number}",
            Kind.REPEATABLE,
            lambda keys: Request(
                "POST",
                self._url(f"/2/media/upload/{upload['id']}/append"),
                headers=bearer(keys.access_token),
                fields={"segment_index": str(number)},
                parts=(Part("media", "piece", content, "application/octet-stream"),),
            ),
        )
        if name == "video":
            self.wire.report(0.8 * (start + len(content)) / file.size_bytes)
        return Step({**session, name: {**upload, "piece": number + 1}})

    def _finish(self, name: str, session: Session) -> Step | Pause:
        """Tell X that all pieces are there. Asked again, X may say it had been told before."""
        path = f"/2/media/upload/{session[name]['id']}/finalize"
        try:
            answer = self._post(f"{name}: end", path, None, "data", "id")
        except RejectedError as refusal:
            try:
                answer = self._status(name, session)
            except PublishError:
                raise refusal from None
        return self._processing(name, session, answer)

    def _look(self, name: str, session: Session) -> Step | Pause:
        return self._processing(name, session, self._status(name, session))

    def _status(self, name: str, session: Session) -> Any:
        answer = self.wire.send(
            f"{name}: status",
            Kind.READ,
            lambda keys: Request(
                "GET",
                self._url("/2/media/upload"),
                headers=bearer(keys.access_token),
                params={"command": "STATUS", "media_id": session[name]["id"]},
            ),
            judge=expecting(judge, "data", "id"),
        )
        return answer.document

    def _processing(self, name: str, session: Session, document: Any) -> Step | Pause:
        upload = session[name]
        info = dig(document, "data", "processing_info") or {"state": "succeeded"}
        if info.get("state") == "succeeded":
            return Step({**session, name: {**upload, "state": "ready"}})
        if info.get("state") == "failed":
            words = dig(info, "error", "message") or dig(info, "error", "name") or "failed"
            raise RejectedError(VIDEO_REFUSED, words=str(words)[:300], detail=f"{name} {words}")
        wait_s = float(info.get("check_after_secs") or _UNTOLD_WAIT_S)
        waited_s = upload.get("waited_s", 0.0) + wait_s
        limit_s = self._number("processing_timeout_s")
        if waited_s > limit_s:  # nothing is published yet, so this is no open outcome
            raise UnavailableError(VIDEO_SLOW, detail=f"{name} processing after {waited_s:.0f} s")
        waiting = {**upload, "state": "processing", "waited_s": waited_s}
        return Pause({**session, name: waiting}, wait_s, 2 * limit_s)

    def _dated(self, session: Session, **changes: Any) -> dict[str, Any]:
        return {"media_at": self.wire.now().isoformat(), **session, **changes}

    def _post(self, step: str, path: str, document: Any, *expected: str) -> Any:
        """A request that may be repeated; gives its JSON."""
        answer = self.wire.send(
            step,
            Kind.REPEATABLE,
            lambda keys: Request(
                "POST", self._url(path), headers=bearer(keys.access_token), document=document
            ),
            judge=expecting(judge, *expected) if expected else judge,
        )
        return answer.document


def bearer(token: str) -> dict[str, str]:
    """The header that carries the access token."""
    return {"Authorization": f"Bearer {token}"}
