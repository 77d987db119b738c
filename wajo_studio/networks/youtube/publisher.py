"""The adapter for YouTube: a resumable upload, then what belongs to the video."""

import math
from collections.abc import Mapping
from typing import Any

from wajo_studio.clock import Clock
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.errors import NotAllowedError, PublishError, RejectedError
from wajo_studio.i18n import N_, _, format_datetime
from wajo_studio.networks.answers import dig, expecting, waiting
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Http, Request
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.publisher import (
    Capabilities,
    Done,
    Found,
    Identity,
    NotPublished,
    Pause,
    Session,
    Step,
    Unclear,
    standing,
)
from wajo_studio.networks.verdict import Verdict
from wajo_studio.networks.wire import Kind, Wire
from wajo_studio.networks.youtube import metadata
from wajo_studio.networks.youtube.errors import NO_CHANNEL, judge
from wajo_studio.networks.youtube.finishing import Finishing
from wajo_studio.networks.youtube.lookup import Lookup
from wajo_studio.networks.youtube.resumable import Upload
from wajo_studio.networks.youtube.sign_in import SIGN_IN
from wajo_studio.specs.model import PlacementSpec

OTHER_PRIVACY = N_(
    "YouTube shows the video as {told}, not as {asked} as you chose. Check it in YouTube Studio."
)
NOT_USABLE = N_(
    "YouTube took the video but cannot show it ({words}). Your post is safe; look at it in "
    "YouTube Studio."
)
NOT_WATCHED = N_(
    "The video was uploaded, but whether YouTube finished processing it could not be seen: {reason}"
)
PLANNED = N_("YouTube has it and publishes it on {time}.")


class YouTubePublisher:
    """YouTube as a :class:`~wajo_studio.networks.publisher.Publisher`."""

    network = Network.YOUTUBE

    def __init__(self, specs: Mapping[str, PlacementSpec], origins: Origins) -> None:
        self._specs, self._origins = specs, origins

    def judge(self, answer: Answer) -> Verdict:
        """What an answer of YouTube means."""
        return judge(answer)

    def capabilities(self, placement: str) -> Capabilities:
        """YouTube publishes at any later time by itself; it knows no alternative texts."""
        return Capabilities(schedules=True, schedule_max_s=math.inf)

    def verify(self, account: Account, wire: Wire) -> Identity:
        """Ask which channel the token is bound to."""
        params = {"part": "snippet,contentDetails,statistics", "mine": "true"}
        answer = self._read("verify", "channels", params, wire)
        channel = dig(answer, "items", 0)
        if not channel:
            raise NotAllowedError(NO_CHANNEL)
        handle = str(dig(channel, "snippet", "customUrl") or "").removeprefix("@")
        details = {
            "uploads": dig(channel, "contentDetails", "relatedPlaylists", "uploads"),
            "picture": dig(channel, "snippet", "thumbnails", "default", "url"),
        }
        name = str(dig(channel, "snippet", "title") or channel["id"])
        return Identity(str(channel["id"]), name, handle or None, details=details)

    def advance(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Step | Pause | Done:
        """Upload, then thumbnail, subtitles, playlist, comment, then see it processed."""
        settings = self._specs[parcel.placement].settings
        if "video" not in session:
            if "begun_at" not in session:
                metadata.check(parcel, wire.now())
            return Upload(parcel, settings, wire).step(session)
        finishing = Finishing(parcel, wire, settings)
        processed = session.get("processed", False)
        done = session.get("done", [])
        for job in finishing.jobs(processed=processed):
            if job not in done:
                remark = finishing.do(job, session)
                remarks = [*session.get("remarks", []), *([remark] if remark else [])]
                return Step({**session, "done": [*done, job], "remarks": remarks})
        if not processed:
            return self._watch(session, settings, wire)
        return self._done(parcel, session)

    def _watch(
        self, session: Session, settings: Mapping[str, Any], wire: Wire
    ) -> Step | Pause | Done:
        """Look whether YouTube has processed the video."""
        looks = session.get("looks", 0)
        try:
            params = {"part": "status,processingDetails", "id": session["video"]}
            document = self._read("processing", "videos", params, wire)
        except PublishError as error:
            remarks = [*session.get("remarks", []), _(NOT_WATCHED).format(reason=error)]
            return Step({**session, "processed": True, "remarks": remarks})
        status = dig(document, "items", 0, "status") or {}
        session = {**session, "privacy": session.get("privacy") or status.get("privacyStatus")}
        match status.get("uploadStatus"):
            case "processed":
                return Step({**session, "processed": True})
            case "failed" | "rejected" | "deleted" as word:
                reason = status.get("failureReason") or status.get("rejectionReason") or word
                raise RejectedError(NOT_USABLE, words=reason, detail=f"{word}: {reason}")
        wait_s = waiting(settings["poll_waits_s"], looks)
        limit_s = float(settings["processing_timeout_s"])
        wire.report(0.95)
        return Pause({**session, "looks": looks + 1}, wait_s, limit_s)

    def _done(self, parcel: Parcel, session: Session) -> Done:
        asked, told = metadata.privacy_of(parcel), session.get("privacy")
        remarks = list(session.get("remarks", []))
        if told and told != asked:
            remarks.append(_(OTHER_PRIVACY).format(told=told, asked=asked))
        if parcel.scheduled_at is not None:
            remarks.append(_(PLANNED).format(time=format_datetime(parcel.scheduled_at)))
        video = session["video"]
        page = f"shorts/{video}" if parcel.surface == "short" else f"watch?v={video}"
        return Done(video, f"https://www.youtube.com/{page}", tuple(remarks))

    def find(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Found | NotPublished | Unclear:
        """Ask the upload session; where it is gone, look through the channel's uploads."""
        if standing(session) == "published":
            return Found(session)
        settings = self._specs[parcel.placement].settings
        try:
            if "uri" in session:
                upload = Upload(parcel, settings, wire)
                arrived = upload.ask(session)
                if arrived is not None:
                    resumed = upload.resumed(session, arrived)
                    return Found(resumed) if resumed is not None else NotPublished()
            return self._look(parcel, session, settings, wire)
        except PublishError as error:
            return Unclear(f"YouTube cannot be asked: {type(error).__name__}")

    def _look(
        self, parcel: Parcel, session: Session, settings: Mapping[str, Any], wire: Wire
    ) -> Found | Unclear:
        begun_at = session.get("begun_at")
        if begun_at is None:
            return Unclear("nothing was begun")
        lookup = Lookup(parcel, wire)
        for wait_s in (0.0, *settings["adopt_waits_s"]):
            wire.pause(wait_s)
            if video := lookup.find(begun_at):
                return Found(_adopted(session, video))
        return Unclear("no such video among the newest uploads")

    def refresh(
        self, account: Account, credentials: Credentials, http: Http, clock: Clock
    ) -> Credentials:
        """New credentials; Google keeps the refresh token."""
        return SIGN_IN.renew(http, clock, self._origins, credentials)

    def _read(self, step: str, resource: str, params: Mapping[str, str], wire: Wire) -> Any:
        answer = wire.send(
            step,
            Kind.READ,
            lambda keys: Request(
                "GET",
                self._origins.url(Network.YOUTUBE, "api", f"/youtube/v3/{resource}"),
                headers={"Authorization": f"Bearer {keys.access_token}"},
                params=params,
            ),
            judge=expecting(judge),
        )
        return answer.document


def _adopted(session: Session, video: str) -> dict[str, Any]:
    return {**session, "video": video, "standing": "published"}
