"""The adapter for X: uploads, then one post, or a thread of own replies.

Source: x.md 4.3, 4.4, 5.4 (XOAS, XDOC-errors, August 2026). X knows no key against doing a
request twice, so ``POST /2/tweets`` is never repeated after an unclear answer.
"""

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any

from wajo_studio.clock import Clock, parse_time
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.errors import OutcomeUnknownError, PublishError
from wajo_studio.i18n import N_, _
from wajo_studio.networks.answers import dig, expecting
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
from wajo_studio.networks.x.errors import judge
from wajo_studio.networks.x.matching import same_text
from wajo_studio.networks.x.parts import parts_of
from wajo_studio.networks.x.sign_in import SIGN_IN
from wajo_studio.networks.x.upload import Uploads, bearer
from wajo_studio.specs.model import PlacementSpec

_LOOK_BACK_S = 60
_POSTS_READ = "5"

PART_REFUSED = N_("The thread ends after part {number} of {count}: {reason}")
PART_UNCLEAR = N_(
    "It is not certain whether part {number} of {count} of the thread appeared; the parts after "
    "it were not sent. Look at the thread on X."
)


class XPublisher:
    """X as a :class:`~wajo_studio.networks.publisher.Publisher`."""

    network = Network.X

    def __init__(self, specs: Mapping[str, PlacementSpec], origins: Origins) -> None:
        self._spec, self._origins = specs["x.post"], origins

    def judge(self, answer: Answer) -> Verdict:
        """What an answer of X means."""
        return judge(answer)

    def capabilities(self, placement: str) -> Capabilities:
        """X has no scheduling; pictures get alternative texts."""
        return Capabilities(alt_text=True)

    def verify(self, account: Account, wire: Wire) -> Identity:
        """Ask X whose token it is: one paid reading call (USD 0.010 in the price list)."""
        fields = "profile_image_url,verified,verified_type,subscription_type,protected"
        answer = wire.send(
            "verify",
            Kind.READ,
            lambda keys: Request(
                "GET",
                self._url("/2/users/me"),
                headers=bearer(keys.access_token),
                params={"user.fields": fields},
            ),
            judge=expecting(judge, "data", "id"),
        )
        user = answer.document["data"]
        details = {name: user[name] for name in fields.split(",") if name in user}
        username = user.get("username")
        return Identity(
            str(user["id"]), str(user.get("name") or username), username, details=details
        )

    def advance(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Step | Pause | Done:
        """Upload, then post, then post the other parts of the thread."""
        parts = parts_of(parcel, self._spec)
        posts = session.get("posts", [])
        if posts:
            return self._continue(account, parcel, parts, session, wire)
        uploads = Uploads(parcel, self._spec, wire)
        step = uploads.next(session)
        if step is not None:
            return step
        if "since" not in session:
            return Step({**session, "since": wire.now().astimezone(UTC).isoformat()})
        document: dict[str, Any] = {"text": parts[0]} if parts[0] else {}
        if ids := uploads.ids(session):
            document["media"] = {"media_ids": ids}
        post = self._post("post", Kind.PUBLISH, document, parcel, wire)
        wire.report(1.0 / len(parts))
        return Step({**session, "posts": [post], "standing": "published"})

    def _continue(
        self, account: Account, parcel: Parcel, parts: list[str], session: Session, wire: Wire
    ) -> Step | Done:
        """The next part of a thread; what goes wrong with it does not undo what is there."""
        posts = session["posts"]
        number, count = len(posts), len(parts)
        if number == count:
            return self._done(account, session)
        if session.get("part") != number:
            since = wire.now().astimezone(UTC).isoformat()
            return Step({**session, "part": number, "since": since})
        document = {"text": parts[number], "reply": {"in_reply_to_tweet_id": posts[-1]}}
        try:
            post = self._post(f"part {number + 1}", Kind.EXTRA, document, parcel, wire)
        except OutcomeUnknownError:
            found = self._shown(account, parts[number], session, wire)
            if found is None:
                return self._done(account, session, PART_UNCLEAR, number=number + 1, count=count)
            post = found
        except PublishError as error:
            return self._done(
                account, session, PART_REFUSED, number=number, count=count, reason=error
            )
        wire.report((number + 1) / count)
        return Step({**session, "posts": [*posts, post]})

    def _done(self, account: Account, session: Session, remark: str = "", **params: object) -> Done:
        post = session["posts"][0]
        link = f"https://x.com/{account.username or 'i'}/status/{post}"
        remarks = list(session.get("remarks", []))
        if remark:
            remarks.append(_(remark).format(**params))
        return Done(post, link, tuple(remarks))

    def find(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Found | NotPublished | Unclear:
        """Look at the account's newest posts, if it may make paid reading calls.

        A post that is not shown is no proof: X may show it later.
        """
        if standing(session) == "published":
            return Found(session)
        if not account.reads:
            return Unclear("this account may not read")
        found = self._shown(account, parts_of(parcel, self._spec)[0], session, wire)
        if found is None:
            return Unclear("no such post among the newest")
        return Found({**session, "posts": [found], "standing": "published"})

    def _shown(self, account: Account, text: str, session: Session, wire: Wire) -> str | None:
        """The id of the post with ``text`` if X shows one since it was sent."""
        if not account.reads or "since" not in session:
            return None
        wait_s = self._spec.settings["verify_wait_s"]
        assert isinstance(wait_s, int | float)
        start = parse_time(session["since"]).astimezone(UTC) - timedelta(seconds=_LOOK_BACK_S)
        params = {
            "max_results": _POSTS_READ,
            "start_time": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "tweet.fields": "created_at,entities,attachments,referenced_tweets",
        }
        try:
            wire.pause(float(wait_s))
            answer = wire.send(
                "look",
                Kind.READ,
                lambda keys: Request(
                    "GET",
                    self._url(f"/2/users/{account.remote_id}/tweets"),
                    headers=bearer(keys.access_token),
                    params=params,
                ),
            )
        except PublishError:
            return None
        known = set(session.get("posts", []))
        for shown in dig(answer.document, "data") or []:
            if str(shown.get("id")) not in known and same_text(text, shown):
                return str(shown["id"])
        return None

    def refresh(
        self, account: Account, credentials: Credentials, http: Http, clock: Clock
    ) -> Credentials:
        """New credentials; X gives a new refresh token each time and forgets the old one."""
        return SIGN_IN.renew(http, clock, self._origins, credentials)

    def _post(
        self, step: str, kind: Kind, document: dict[str, Any], parcel: Parcel, wire: Wire
    ) -> str:
        """Create a post; gives its id."""
        if parcel.options.get("ai_generated"):
            document = {**document, "made_with_ai": True}
        answer = wire.send(
            step,
            kind,
            lambda keys: Request(
                "POST",
                self._url("/2/tweets"),
                headers=bearer(keys.access_token),
                document=document,
            ),
            judge=expecting(judge, "data", "id"),
        )
        return str(answer.document["data"]["id"])

    def _url(self, path: str) -> str:
        return self._origins.url(Network.X, "api", path)
