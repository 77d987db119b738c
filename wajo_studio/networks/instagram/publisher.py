"""The adapter for Instagram professional accounts linked with a Page (Facebook Login)."""

from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.errors import NotAllowedError, PublishError, RejectedError
from wajo_studio.i18n import N_
from wajo_studio.networks.instagram import after, containers
from wajo_studio.networks.instagram.find import find
from wajo_studio.networks.instagram.quota import used_up
from wajo_studio.networks.instagram.stills import sweep, take_all_away, take_away
from wajo_studio.networks.instagram.task import Task
from wajo_studio.networks.meta.codes import CONTAINER
from wajo_studio.networks.meta.identity import INSTAGRAM_SCOPES, identity_of_instagram
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
from wajo_studio.networks.wire import Kind, Wire

_NOTHING = N_("There is nothing to publish. Add a picture or a clip; Instagram takes no bare text.")
_NO_SCHEDULE = N_(
    "Instagram publishes nothing at a given time. Your post is safe; let the program send it when "
    "it is due."
)


class InstagramPublisher(GraphPublisher):
    """Feed, carousel, reels and stories."""

    network = Network.INSTAGRAM

    def capabilities(self, placement: str) -> Capabilities:
        """No scheduling; alternative texts for pictures in feed and carousel."""
        return Capabilities(alt_text=placement in ("instagram.feed", "instagram.carousel"))

    def verify(self, account: Account, wire: Wire) -> Identity:
        """Ask which account the token reaches and whether it may publish."""
        graph = self._graph("instagram.feed", wire)
        return identity_of_instagram(graph, account.remote_id, INSTAGRAM_SCOPES)

    def advance(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Step | Pause | Done:
        """The next step of a delivery."""
        graph = self._graph(parcel.placement, wire)
        try:
            return paced(graph, session, lambda kept: _step(Task(account, parcel, kept, graph)))
        except (RejectedError, NotAllowedError):
            take_all_away(Task(account, parcel, session, graph))
            raise

    def find(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Found | NotPublished | Unclear:
        """Whether the lost publishing request was done."""
        graph = self._graph(parcel.placement, wire)
        return find(Task(account, parcel, session, graph))


def _step(task: Task) -> Step | Pause | Done:
    if standing(task.session) == "published":
        return after.next_step(task)
    if "quota" not in task.session:
        if not task.parcel.items:
            raise RejectedError(_NOTHING)
        if task.parcel.scheduled_at is not None:
            raise RejectedError(_NO_SCHEDULE)
        return task.keep(quota=used_up(task, "quota"))
    swept = sweep(task) if "container" not in task.session else None
    step = swept or containers.next_step(task) or take_away(task)
    return step or _publish(task)


def _publish(task: Task) -> Step:
    if standing(task.session) == "before":
        started = int(task.graph.wire.now().timestamp())
        usage = used_up(task, "quota before")
        return task.keep(quota=usage, started=started, standing="perhaps")
    form = {"creation_id": task.session["container"]}
    try:
        answer = task.graph.write(
            "publish", Kind.PUBLISH, f"{task.user}/media_publish", form, needed=("id",)
        )
    except PublishError as error:
        if error.code != f"publish.{CONTAINER}":
            raise
        return containers.start_again(task, error)
    return task.keep(standing="published", media=str(answer["id"]))
