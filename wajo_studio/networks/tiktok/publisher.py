"""The adapter for TikTok: clips from this PC, pictures by address; published or as a draft."""

from collections.abc import Mapping
from typing import Any

from wajo_studio.clock import Clock
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.errors import NotAllowedError, PublishError
from wajo_studio.i18n import N_, _
from wajo_studio.networks.answers import waiting
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Http
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
from wajo_studio.networks.tiktok import choices
from wajo_studio.networks.tiktok.api import Api, Status
from wajo_studio.networks.tiktok.errors import NO_SCOPE, failure, judge
from wajo_studio.networks.tiktok.photos import Photos
from wajo_studio.networks.tiktok.sign_in import sign_in
from wajo_studio.networks.tiktok.upload import AGAIN, TRIES_MAX, Upload
from wajo_studio.networks.verdict import Verdict
from wajo_studio.networks.wire import Wire, unclear
from wajo_studio.specs.model import PlacementSpec

_DIRECT, _DRAFT = "/video/init/", "/inbox/video/init/"
_PUBLIC = "PUBLIC_TO_EVERYONE"

IN_THE_APP = N_(
    "The draft lies in the TikTok app's inbox: finish it in the app today. Drafts take no words "
    "along; copy them from the package."
)
NO_LINK_YET = N_(
    "TikTok has published it and is still checking it; the link will show in the TikTok app."
)


class TikTokPublisher:
    """TikTok as a :class:`~wajo_studio.networks.publisher.Publisher`."""

    network = Network.TIKTOK

    def __init__(self, specs: Mapping[str, PlacementSpec], origins: Origins) -> None:
        self._specs, self._origins = specs, origins

    def judge(self, answer: Answer) -> Verdict:
        """What an answer of TikTok means."""
        return judge(answer)

    def capabilities(self, placement: str) -> Capabilities:
        """TikTok has neither scheduling nor alternative texts for programs."""
        return Capabilities()

    def verify(self, account: Account, wire: Wire) -> Identity:
        """Ask whose token it is, and whether it may publish."""
        api = Api(wire)
        try:
            user = api.user("open_id,union_id,avatar_url,display_name,username")
        except NotAllowedError:  # the name needs a scope of its own
            user = api.user("open_id,union_id,avatar_url,display_name")
        username = user.get("username")
        missing: tuple[str, ...] = ()
        if account.mode == "direct":
            try:
                username = choices.Creator.of(api.creator()).username or username
            except NotAllowedError as error:
                if error.message != NO_SCOPE:
                    raise
                missing = ("video.publish",)
        name = str(user.get("display_name") or username or user["open_id"])
        details = {"picture": user.get("avatar_url")}
        return Identity(
            str(user["open_id"]), name, username, missing_scopes=missing, details=details
        )

    def advance(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Step | Pause | Done:
        """Ask what is allowed, begin, send, watch."""
        settings = self._specs[parcel.placement].settings
        if "publish_id" not in session:
            if parcel.clip is not None:
                return self._begin(account, parcel, session, settings, wire)
            return Photos(account, parcel, wire).step(session)
        if parcel.clip is not None and not session.get("received"):
            return Upload(parcel, settings, wire).step(session)
        if "ended" not in session:
            return self._watch(session, settings, wire)
        return self._end(account, parcel, session, settings, wire)

    def _begin(
        self,
        account: Account,
        parcel: Parcel,
        session: Session,
        settings: Mapping[str, Any],
        wire: Wire,
    ) -> Step:
        upload = Upload(parcel, settings, wire)
        if account.mode == "inbox":
            remarks = choices.standing_remarks(parcel)
            return upload.begin(_DRAFT, None, {**session, "remarks": remarks})
        choices.check(parcel)
        creator = choices.Creator.of(Api(wire).creator())
        creator.check(parcel)
        info, remarks = choices.post_info(parcel, creator)
        told = {**session, "username": creator.username, "remarks": remarks}
        return upload.begin(_DIRECT, info, told)

    def _watch(self, session: Session, settings: Mapping[str, Any], wire: Wire) -> Step | Pause:
        """Look whether TikTok has made the post. What goes wrong here leaves that open."""
        try:
            status = Api(wire).status(session["publish_id"])
        except PublishError as error:
            raise unclear("TikTok has everything and does not tell what became of it") from error
        if status.processing:
            looks = session.get("looks", 0)
            wait_s = waiting(settings["poll_waits_s"], looks)
            limit_s = float(settings["processing_timeout_s"])
            wire.report(0.95)
            return Pause({**session, "looks": looks + 1}, wait_s, limit_s)
        return Step(_ended(session, status))

    def _end(
        self,
        account: Account,
        parcel: Parcel,
        session: Session,
        settings: Mapping[str, Any],
        wire: Wire,
    ) -> Step | Pause | Done:
        """Tidy up, then wait a while for the link of a public post."""
        if session.get("hosted"):
            return Photos(account, parcel, wire).tidy(session)
        if session["ended"] == "FAILED":
            if parcel.clip is not None and session["reason"] == AGAIN:
                return Upload(parcel, settings, wire).anew(session)
            raise failure(session["reason"])
        if session["ended"] == "SEND_TO_USER_INBOX":
            return self._done(account, parcel, session, _(IN_THE_APP))
        direct = account.mode == "direct"
        public = direct and parcel.options.get("privacy_level") == _PUBLIC
        if session["posts"] or not public:
            return self._done(account, parcel, session)
        waits = settings["link_waits_s"]
        looks = session.get("link_looks", 0)
        if looks >= len(waits):
            return self._done(account, parcel, session, _(NO_LINK_YET))
        try:
            wire.pause(waits[looks])
            posts = Api(wire).status(session["publish_id"]).posts
        except PublishError:
            posts = ()
        return Step({**session, "link_looks": looks + 1, "posts": list(posts)})

    def _done(self, account: Account, parcel: Parcel, session: Session, *more: str) -> Done:
        remarks = (*session.get("remarks", []), *more)
        username = session.get("username") or account.username
        if not session["posts"]:
            return Done(session["publish_id"], None, remarks)
        post = session["posts"][0]
        kind = "video" if parcel.clip is not None else "photo"
        link = f"https://www.tiktok.com/@{username}/{kind}/{post}" if username else None
        return Done(post, link, remarks)

    def find(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Found | NotPublished | Unclear:
        """Ask for the status of the stored id; without one, TikTok cannot be asked."""
        if standing(session) == "published":
            return Found(session)
        if "publish_id" not in session:
            return Unclear("TikTok gave no id to ask with")
        try:
            status = Api(wire).status(session["publish_id"])
        except PublishError as error:
            return Unclear(f"TikTok cannot be asked: {type(error).__name__}")
        if status.word == "FAILED":
            return NotPublished()
        if status.processing:
            return self._processing(parcel, session, status, wire)
        return Found(_ended({**session, "received": True}, status))

    def _processing(
        self, parcel: Parcel, session: Session, status: Status, wire: Wire
    ) -> Found | NotPublished | Unclear:
        """TikTok is at work, or waits for bytes: go on with it, but not for ever."""
        if parcel.clip is not None and not session.get("received"):
            settings = self._specs[parcel.placement].settings
            resumed = Upload(parcel, settings, wire).resumed(session, status)
            if resumed is not None:
                return Found(resumed)
            if status.uploaded is not None:
                return NotPublished()
            return Unclear("TikTok does not tell what arrived")
        asked = session.get("asked", 0) + 1
        if asked >= TRIES_MAX:
            return Unclear(f"still {status.word}")
        return Found({**session, "asked": asked})

    def refresh(
        self, account: Account, credentials: Credentials, http: Http, clock: Clock
    ) -> Credentials:
        """New credentials; the refresh token may be another one afterwards."""
        return sign_in(account.mode).renew(http, clock, self._origins, credentials)


def _ended(session: Session, status: Status) -> dict[str, Any]:
    """What TikTok's last word on a post means for the session."""
    failed = status.word == "FAILED"
    return {
        **session,
        "ended": status.word,
        "reason": status.reason,
        "posts": list(status.posts),
        "standing": "before" if failed else "published",
    }
