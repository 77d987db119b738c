"""A small network of our own for tests of the queue: its server, its adapter, a desk around it.

It takes files, publishes on one request with a key of the client's, and can be asked for what it
holds under a key. Faults are set by the number of the request, from 0.
"""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from wajo_studio.clock import Clock
from wajo_studio.domain.account import Account
from wajo_studio.domain.delivery import Delivery, DeliveryState
from wajo_studio.domain.placement import Network
from wajo_studio.errors import AuthExpiredError
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
)
from wajo_studio.networks.verdict import Verdict, by_status
from wajo_studio.networks.wire import Kind, Wire
from wajo_studio.services.published import published_file
from wajo_studio.services.publishing import parcels
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.specs.loader import load_specs
from wajo_studio.store.database import accounts, deliveries
from wajo_studio.store.database.deliveries import QueueEntry
from wajo_studio.store.database.migrate import open_database
from wajo_studio.vault.vault import Vault


@dataclass
class SmallNetwork:
    """What the network holds, and what goes wrong.

    Attributes:
        posts: text by key.
        published: how often something was published, by text.
        faults: by request number: ``cut-before``, ``cut-after``, ``500``, ``429``, ``400``,
            ``401``.
        on_request: called with number and path before a request is handled.
        slow_s: how long the ready-look stays "not yet".
        looks_until_ready: how many looks until a post is ready.
    """

    posts: dict[str, str] = field(default_factory=dict)
    published: list[str] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=lambda: {"token-1"})
    looks_until_ready: int = 1
    looks: dict[str, int] = field(default_factory=dict)
    renewals: int = 0
    refresh_token: str = "refresh-1"
    port: int = 0
    on_request: Callable[[int, str], None] = lambda _number, _path: None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    network: SmallNetwork

    def _do(self) -> None:
        network = self.network
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        with network.lock:
            number = len(network.asked)
            network.asked.append(f"{self.command} {self.path}")
        network.on_request(number, self.path)
        fault = network.faults.get(number, "")
        if fault == "cut-before":
            self.close_connection = True
            return
        if fault in ("500", "429", "400", "401"):
            self._answer(int(fault), {})
            return
        with network.lock:
            status, document = self._handle(network, body)
        if fault == "cut-after":
            self.close_connection = True
            return
        self._answer(status, document)

    def _handle(self, network: SmallNetwork, body: bytes) -> tuple[int, Any]:
        if self.path == "/token":
            if json.loads(body)["refresh_token"] != network.refresh_token:
                return 400, {"error": "invalid_grant"}
            network.renewals += 1
            network.refresh_token = f"refresh-{network.renewals + 1}"
            network.tokens = {f"token-{network.renewals + 1}"}
            return 200, {
                "access_token": next(iter(network.tokens)),
                "refresh_token": network.refresh_token,
            }
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in network.tokens:
            return 401, {}
        if self.command == "PUT":
            return 200, {"bytes": len(body)}
        if self.command == "POST":
            document = json.loads(body)
            network.posts[document["key"]] = document["text"]
            network.published.append(document["text"])
            return 200, {"id": f"id-{document['key']}"}
        key = self.path.rpartition("/")[2]
        network.looks[key] = network.looks.get(key, 0) + 1
        ready = network.looks[key] >= network.looks_until_ready
        return 200, {"there": key in network.posts, "ready": ready}

    def _answer(self, status: int, document: Any) -> None:
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = _do

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_words: Any) -> None:
        """Clients that go away are what these tests are about."""


@contextmanager
def served(network: SmallNetwork) -> Iterator[SmallNetwork]:
    """Serve until the block ends."""
    handler = type("Handler", (_Handler,), {"network": network})
    with _Server(("127.0.0.1", 0), handler) as server:
        network.port = server.server_address[1]
        thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
        thread.start()
        try:
            yield network
        finally:
            server.shutdown()
            thread.join(5)


class SmallPublisher:
    """The adapter: a file at a time, then the publishing request, then looks until it is ready.

    Args:
        origin: of the network.
        can_tell: whether :meth:`find` can prove anything.
        schedules: whether the network publishes at a time by itself.
    """

    def __init__(self, origin: str, *, can_tell: bool = True, schedules: bool = False) -> None:
        self.network = Network.X
        self._origin, self._can_tell, self._schedules = origin, can_tell, schedules
        self.scheduled: list[datetime | None] = []

    def judge(self, answer: Answer) -> Verdict:
        return by_status(answer)

    def capabilities(self, placement: str) -> Capabilities:
        return Capabilities(self._schedules, 600, 86_400 * 30)

    def verify(self, account: Account, wire: Wire) -> Identity:
        return Identity(account.remote_id, account.name)

    def advance(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Step | Pause | Done:
        self.scheduled.append(parcel.scheduled_at)
        sent = session.get("sent", 0)
        if sent < len(parcel.items):
            file = parcel.items[sent]
            wire.send(
                f"file {sent}",
                Kind.REPEATABLE,
                lambda keys: self._request(
                    keys, "PUT", f"/files/{sent}", body=wire.slice(file.path, 0, file.size_bytes)
                ),
            )
            return Step({**session, "sent": sent + 1})
        key = f"{parcel.text('caption')}"
        if session.get("standing", "before") == "before":
            return Step({**session, "standing": "perhaps"})
        if session["standing"] == "perhaps":
            document = {"key": key, "text": parcel.text("caption")}
            answer = wire.send(
                "publish",
                Kind.PUBLISH,
                lambda keys: self._request(keys, "POST", "/posts", document=document),
            )
            return Step({**session, "standing": "published", "id": answer.document["id"]})
        answer = wire.send(
            "look", Kind.READ, lambda keys: self._request(keys, "GET", f"/posts/{key}")
        )
        if not answer.document["ready"]:
            return Pause(session, 1.0, 10.0)
        return Done(session["id"], f"https://x.com/wajo/status/{len(key)}")

    def find(
        self, account: Account, parcel: Parcel, session: Session, wire: Wire
    ) -> Found | NotPublished | Unclear:
        if not self._can_tell:
            return Unclear("no reads")
        key = f"{parcel.text('caption')}"
        answer = wire.send(
            "find", Kind.READ, lambda keys: self._request(keys, "GET", f"/posts/{key}")
        )
        if answer.document["there"]:
            return Found({**session, "standing": "published", "id": f"id-{key}"})
        return NotPublished()

    def refresh(
        self, account: Account, credentials: Credentials, http: Http, clock: Clock
    ) -> Credentials:
        document = {"refresh_token": credentials.refresh_token}
        answer = http.send(Request("POST", f"{self._origin}/token", document=document))
        if answer.status != 200:
            raise AuthExpiredError("refused")
        return replace(
            credentials,
            access_token=answer.document["access_token"],
            refresh_token=answer.document["refresh_token"],
            expires_at=clock.now() + timedelta(hours=2),
        )

    def _request(self, keys: Credentials, method: str, path: str, **values: Any) -> Request:
        headers = {"Authorization": f"Bearer {keys.access_token}"}
        return Request(method, f"{self._origin}{path}", headers, **values)


@dataclass
class MovableClock:
    """A clock that a test moves; it stands still otherwise."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


def open_desk(folder: Path, clock: Clock, publisher: Any) -> Desk:
    """A desk whose only adapter is ``publisher``."""
    return Desk(
        folder=folder,
        clock=clock,
        specs=load_specs(),
        database=open_database(folder, clock.now()),
        vault=Vault(folder),
        origins=Origins(scale=0.01),
        publishers=lambda _network: publisher,
        published=published_file(folder),
    )


def add_account(desk: Desk, name: str = "x-wajo", **credentials: Any) -> Account:
    """An account of the small network, with ``token-1`` unless said otherwise."""
    from wajo_studio.services.publishing.accounts import keep

    account = Account(name, Network.X, "Kominfo Wajo", f"remote-{name}", username="wajo")
    return keep(desk, account, Credentials(**{"access_token": "token-1"} | credentials))


def queue_delivery(
    desk: Desk,
    text: str,
    *,
    account: str = "x-wajo",
    files: int = 2,
    due: datetime | None = None,
    native: bool = False,
    mode: Any = "api",
) -> str:
    """A delivery with a parcel of small files, in the queue; returns its id."""
    import hashlib

    number = len(deliveries.listed(desk.database)) + 1
    new_id = f"d{number:04}"
    folder = parcels.folder_of(desk.folder, new_id)
    folder.mkdir(parents=True)
    items = []
    for item in range(files):
        content = f"{text} {item}".encode() * 50
        (folder / f"{item:02}.jpg").write_bytes(content)
        items.append(
            {
                "name": f"{item:02}.jpg",
                "kind": "image",
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "width": 10,
                "height": 10,
                "duration": None,
                "alt": "Warga",
            }
        )
    document = {
        "schema": 1,
        "parcel": {
            "placement": "x.post",
            "items": items,
            "cover": None,
            "subtitles": None,
            "subtitles_language": "id",
            "texts": {"caption": text},
            "options": {},
        },
        "record": {"post": {"name": "Layanan"}, "checklist": {}, "approvals": [], "waivers": []},
    }
    (folder / parcels.DOCUMENT).write_text(json.dumps(document), encoding="utf-8")
    now = desk.clock.now()
    delivery = Delivery(
        id=new_id,
        post_name="Layanan",
        placement="x.post",
        account_id=account,
        mode=mode,
        state=DeliveryState.QUEUED,
        created_at=now,
        updated_at=now,
        due=due,
    )
    deliveries.add(desk.database, [QueueEntry(delivery, "Kominfo Wajo", native=native)])
    return new_id


def account_of(desk: Desk, account_id: str) -> accounts.KeptAccount:
    found = accounts.find_account(desk.database, account_id)
    assert found is not None
    return found
