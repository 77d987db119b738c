"""A photo post: the pictures go to the office's media host, and TikTok fetches them there.

Source: tiktok.md 2.2, 4.8, 5.3 (TT-photo). TikTok fetches and publishes on its own once it is
asked, and tells nothing without the id in its answer: that request is never repeated.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wajo_studio.domain.account import Account
from wajo_studio.errors import NotAllowedError, OutcomeUnknownError, PublishError
from wajo_studio.i18n import N_
from wajo_studio.networks.media_host import place
from wajo_studio.networks.parcel import Parcel
from wajo_studio.networks.publisher import Session, Step
from wajo_studio.networks.tiktok import choices
from wajo_studio.networks.tiktok.api import Api
from wajo_studio.networks.wire import Wire

NO_HOST = N_(
    "TikTok fetches pictures from a public address, and this account has no media host. Your "
    "post is safe; set one up under Settings > Accounts, or upload it by hand."
)
_FETCHED_WITHIN = timedelta(days=1)
"""Pictures older than this were fetched, or their post was given up. A choice of ours."""


@dataclass(frozen=True)
class Photos:
    """The pictures of one parcel.

    Session keys: ``hosted`` (name on the media host and public address of each picture),
    ``publish_id``.
    """

    account: Account
    parcel: Parcel
    wire: Wire

    def step(self, session: Session) -> Step:
        """Put the next picture on the media host, or have TikTok fetch them."""
        pictures = self.parcel.pictures
        hosted = session.get("hosted")
        if hosted is None:
            self._check()
            place.sweep(self.wire, self.account.id, _FETCHED_WITHIN)
            names = [{"name": place.new_name(picture), "address": ""} for picture in pictures]
            return Step({**session, "hosted": names})
        for number, picture in enumerate(pictures):
            if not hosted[number]["address"]:
                name = hosted[number]["name"]
                step = f"picture {number + 1}"
                address = place.put(self.wire, self.account.id, step, name, picture)
                done = {"name": name, "address": address}
                self.wire.report(0.8 * (number + 1) / len(pictures))
                return Step({**session, "hosted": [*hosted[:number], done, *hosted[number + 1 :]]})
        try:
            return self._publish(session)
        except OutcomeUnknownError:
            raise  # TikTok may still fetch them
        except PublishError:
            for entry in hosted:
                self._remove(entry["name"])
            raise

    def tidy(self, session: Session) -> Step:
        """Take the next picture off the media host; what stays is removed later."""
        first, *rest = session["hosted"]
        self._remove(first["name"])
        return Step({**session, "hosted": rest})

    def _check(self) -> None:
        if self.wire.credentials().media_host is None:
            raise NotAllowedError(NO_HOST, code="publish.no_media_host")
        if self.account.mode == "direct":
            choices.check(self.parcel)
            choices.Creator.of(Api(self.wire).creator()).check(self.parcel)

    def _publish(self, session: Session) -> Step:
        api = Api(self.wire)
        addresses = [entry["address"] for entry in session["hosted"]]
        source = {"source": "PULL_FROM_URL", "photo_images": addresses, "photo_cover_index": 0}
        document: dict[str, Any] = {"media_type": "PHOTO", "source_info": source}
        if self.account.mode == "direct":
            creator = choices.Creator.of(api.creator())
            creator.check(self.parcel)
            info, remarks = choices.post_info(self.parcel, creator)
            document |= {"post_mode": "DIRECT_POST", "post_info": info}
            session = {**session, "username": creator.username}
        else:
            remarks = choices.standing_remarks(self.parcel)
            info = dict(choices.photo_texts(self.parcel))
            document |= {"post_mode": "MEDIA_UPLOAD", "post_info": info}
        publish_id = str(api.pull(document)["data"]["publish_id"])
        begun = {"publish_id": publish_id, "standing": "perhaps", "remarks": remarks}
        return Step({**session, **begun})

    def _remove(self, name: str) -> None:
        try:
            place.remove(self.wire, self.account.id, f"remove {name}", name)
        except PublishError:
            return  # it stays in the list of what is to be removed
