"""The adapter for Facebook Pages."""

from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.errors import RejectedError
from wajo_studio.i18n import N_
from wajo_studio.networks.facebook import after, clip, feed, story
from wajo_studio.networks.facebook.find import find
from wajo_studio.networks.facebook.task import Task
from wajo_studio.networks.meta.identity import FACEBOOK_SCOPES, identity_of_page
from wajo_studio.networks.meta.pacing import paced
from wajo_studio.networks.meta.publisher import GraphPublisher
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
from wajo_studio.networks.wire import Wire

_TOO_NEAR = N_(
    "Facebook takes posts for later only when there are {minutes} minutes left. Your post is safe; "
    "choose a later time, or send it at once."
)
_TOO_FAR = N_(
    "Facebook takes posts for at most {days} days ahead. Your post is safe; choose an earlier time."
)
_NO_SCHEDULE = N_(
    "Facebook publishes no stories at a given time. Your post is safe; let the program send it "
    "when it is due."
)
_NOTHING = N_("There is nothing to publish. Write a text, or add a picture or clip.")


class FacebookPublisher(GraphPublisher):
    """Feed, reels and stories of a Page."""

    network = Network.FACEBOOK

    def capabilities(self, placement: str) -> Capabilities:
        """Scheduling for feed and reels, alternative texts where there are pictures."""
        if placement == "facebook.story":
            return Capabilities(alt_text=True)
        settings = self._specs[placement].settings
        return Capabilities(
            schedules=True,
            schedule_min_s=float(settings["schedule_min_s"]),  # type: ignore[arg-type]
            schedule_max_s=float(settings["schedule_max_s"]),  # type: ignore[arg-type]
            alt_text=placement == "facebook.feed",
        )

    def verify(self, account: Account, wire: Wire) -> Identity:
        """Ask which Page the token belongs to and what it may do."""
        graph = self._graph("facebook.feed", wire)
        return identity_of_page(graph, account.remote_id, FACEBOOK_SCOPES)

    def advance(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Step | Pause | Done:
        """The next step of a delivery."""
        graph = self._graph(parcel.placement, wire)
        return paced(graph, session, lambda kept: _step(Task(account, parcel, kept, graph)))

    def find(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Found | NotPublished | Unclear:
        """Whether the lost publishing request was done."""
        graph = self._graph(parcel.placement, wire)
        return find(Task(account, parcel, session, graph))


def _step(task: Task) -> Step | Pause | Done:
    if standing(task.session) == "published":
        return after.next_step(task)
    if standing(task.session) == "before":
        _check(task)
    moving = task.parcel.clip
    if moving is not None:
        return clip.next_step(task, moving)
    if task.parcel.surface == "story":
        return story.next_step(task)
    return feed.next_step(task)


def _check(task: Task) -> None:
    """Refuse what cannot become a post, before anything is sent."""
    if not (task.parcel.items or task.caption or task.parcel.options.get("link")):
        raise RejectedError(_NOTHING)
    moment = task.parcel.scheduled_at
    if moment is None:
        return
    if task.parcel.surface == "story":
        raise RejectedError(_NO_SCHEDULE)
    ahead_s = (moment - task.graph.wire.now()).total_seconds()
    least_s, most_s = (
        float(task.settings[key]) for key in ("network_schedule_min_s", "network_schedule_max_s")
    )
    if ahead_s < least_s:
        raise RejectedError(_TOO_NEAR, code="publish.schedule_too_near", minutes=int(least_s / 60))
    if ahead_s > most_s:
        raise RejectedError(_TOO_FAR, code="publish.schedule_too_far", days=int(most_s / 86_400))
