"""What every part of the Facebook adapter works on: one delivery at one moment."""

from dataclasses import dataclass
from typing import Any

from wajo_studio.networks.meta.task import GraphTask
from wajo_studio.networks.publisher import Pause, Step, standing

LINK = "https://www.facebook.com/"


@dataclass(frozen=True)
class Task(GraphTask):
    """One delivery at one moment.

    Attributes:
        session: what is remembered: ``photos`` (ids), ``post`` (unpublished), ``video``,
            ``finished`` (a clip's: ``acknowledged`` or ``perhaps``), ``remote_id``,
            ``started`` (Unix seconds), ``standing``, ``remarks``, and more that
            the part which keeps it explains.
    """

    @property
    def page(self) -> str:
        """The Page's id."""
        return self.account.remote_id

    @property
    def caption(self) -> str:
        """The text of the post."""
        return self.parcel.text("caption")

    @property
    def at(self) -> str:
        """When Facebook is to publish it, in Unix seconds; empty: at once."""
        moment = self.parcel.scheduled_at
        return "" if moment is None else str(int(moment.timestamp()))

    def about_to_publish(self) -> Step | None:
        """The step to keep before the request that publishes; ``None`` when it was kept."""
        if standing(self.session) != "before":
            return None
        return self.keep(standing="perhaps", started=int(self.graph.wire.now().timestamp()))

    def wait(self, **changes: Any) -> Pause:
        """Look again when the sheet says so."""
        looks = self.session.get("looks", 0)
        waits: tuple[float, ...] = self.settings["poll_waits_s"]
        session = {**self.session, **changes, "looks": looks + 1}
        return Pause(session, waits[min(looks, len(waits) - 1)], self.settings["poll_timeout_s"])
