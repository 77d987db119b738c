"""The adapter of the practice network: the same steps as real ones have, and nothing goes out."""

from wajo_studio.clock import Clock
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.i18n import N_, _
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Answer, Http, Request
from wajo_studio.networks.parcel import Parcel, ParcelFile
from wajo_studio.networks.practice.server import practice_origin
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
)
from wajo_studio.networks.verdict import Verdict, by_status
from wajo_studio.networks.wire import Kind, Wire

PRACTICE = N_("Practice: nothing was published.")
_LOOK_WAIT_S, _LOOKS_LIMIT_S = 1.0, 60.0


class PracticePublisher:
    """Publishes to the practice network."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def judge(self, answer: Answer) -> Verdict:
        """By the status alone."""
        return by_status(answer)

    def capabilities(self, placement: str) -> Capabilities:
        """It waits for the time like a network without scheduling."""
        return Capabilities(alt_text=True)

    def verify(self, account: Account, wire: Wire) -> Identity:
        """Everybody is welcome."""
        return Identity(account.remote_id, account.name)

    def advance(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Step | Pause | Done:
        """Upload file by file, publish, look until it is ready."""
        files = [*parcel.items, *(f for f in (parcel.cover, parcel.subtitles) if f is not None)]
        sent = int(session.get("sent", 0))
        if sent < len(files):
            _upload(files[sent], sent, len(files), wire)
            return Step({**session, "sent": sent + 1})
        if "id" not in session:
            if session.get("standing") != "perhaps":
                return Step({**session, "standing": "perhaps"})
            answer = wire.send("publish", Kind.PUBLISH, lambda _keys: _post(parcel))
            return Step({**session, "id": answer.document["id"], "standing": "published"})
        answer = wire.send("look", Kind.READ, lambda _keys: _look(session["id"]))
        if not answer.document["ready"]:
            return Pause(session, _LOOK_WAIT_S, _LOOKS_LIMIT_S)
        return Done(session["id"], None, (_(PRACTICE),))

    def find(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Found | NotPublished | Unclear:
        """Nothing is ever published here."""
        return NotPublished()

    def refresh(
        self, account: Account, credentials: Credentials, http: Http, clock: Clock
    ) -> Credentials:
        """There is nothing to renew."""
        return credentials


def _upload(file: ParcelFile, number: int, count: int, wire: Wire) -> None:
    sent = 0

    def told(size: int) -> None:
        nonlocal sent
        sent += size
        wire.report((number + sent / max(file.size_bytes, 1)) / count, file.path.name)

    def build(_keys: Credentials) -> Request:
        nonlocal sent
        sent = 0
        body = wire.slice(file.path, 0, file.size_bytes, told)
        return Request("PUT", f"{practice_origin()}/files/{file.path.name}", body=body)

    wire.send(f"file {number + 1}", Kind.REPEATABLE, build)


def _post(parcel: Parcel) -> Request:
    document = {"placement": parcel.placement, "texts": dict(parcel.texts)}
    return Request("POST", f"{practice_origin()}/posts", document=document)


def _look(post_id: str) -> Request:
    return Request("GET", f"{practice_origin()}/posts/{post_id}")
