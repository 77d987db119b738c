"""What every part of the Instagram adapter works on: one delivery at one moment."""

from dataclasses import dataclass

from wajo_studio.networks.meta.task import GraphTask
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.publisher import Pause


@dataclass(frozen=True)
class Task(GraphTask):
    """One delivery at one moment.

    Attributes:
        session: what is remembered: ``quota`` (used before publishing), ``names`` and ``hosted``
            (what is to lie and lies on the media host, by the still's number), ``items``
            (containers of a carousel's pictures), ``container`` (what gets published), ``ready``
            (how many containers are finished), ``media`` (id of what was published),
            ``started`` (Unix seconds), ``standing``, ``remarks``.
    """

    @property
    def user(self) -> str:
        """The Instagram account's id."""
        return self.account.remote_id

    @property
    def caption(self) -> str:
        """The text of the post; stories have none."""
        return "" if self.parcel.surface == "story" else self.parcel.text("caption")

    @property
    def stills(self) -> tuple[ParcelFile, ...]:
        """The pictures that Instagram has to fetch: the items, or a clip's cover."""
        if self.parcel.clip is None:
            return self.parcel.pictures
        cover = self.parcel.cover if self.parcel.surface == "reel" else None
        return () if cover is None or not self.hosts_covers else (cover,)

    @property
    def hosts_covers(self) -> bool:
        """Whether there is a place from which a cover can be fetched."""
        has_host = self.graph.wire.credentials().media_host is not None
        by_page = self.settings["still_via_page_photo"] and self.account.page_id is not None
        return has_host or bool(by_page)

    def wait(self) -> Pause:
        """Look again when the sheet says so; longer for clips."""
        kind = "image" if self.parcel.clip is None else "video"
        looks = self.session.get("looks", 0)
        waits: tuple[float, ...] = self.settings[f"{kind}_poll_waits_s"]
        wait_s = waits[min(looks, len(waits) - 1)]
        session = {**self.session, "looks": looks + 1}
        return Pause(session, wait_s, self.patience_s)

    @property
    def patience_s(self) -> float:
        """How long the pauses of this delivery may be in sum: so much for each container."""
        kind = "image" if self.parcel.clip is None else "video"
        each_s = float(self.settings[f"{kind}_poll_timeout_s"])
        return each_s * (1 + int(self.session.get("ready", 0)))
