"""Real programs, really killed: the queue's own process against a fake network.

Everything of :mod:`driver` that stands for the queue is the real thing here: command line,
database, vault, journal. A kill is SIGKILL, sent at any request, before or after the network has
done it; then the program is started again, as a person would, with nothing cleared away.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.contract.publishing.driver import NOW
from tests.contract.publishing.fakes.base import Asked, Told
from tests.contract.publishing.suite import Scene
from wajo_studio.domain.delivery import Delivery, DeliveryState
from wajo_studio.services.publishing import parcels
from wajo_studio.services.publishing.credentials import to_json
from wajo_studio.specs.loader import load_specs
from wajo_studio.specs.model import PlacementSpec
from wajo_studio.store.database import accounts, deliveries, journal
from wajo_studio.store.database.deliveries import QueueEntry
from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.migrate import open_database
from wajo_studio.vault.vault import Vault

ROOT = Path(__file__).resolve().parents[3]
DELIVERY = "d1"
_LONGEST_S = 60.0


@dataclass
class Zygote:
    """Starts programs; see :mod:`zygote`."""

    process: "subprocess.Popen[str]"

    def run(
        self,
        words: list[str],
        env: dict[str, str],
        out: Path,
        started: Callable[[int], None] = lambda _pid: None,
        settings: Mapping[str, Any] | None = None,
    ) -> int:
        """Run one program to its end; its exit status, or minus the signal that ended it."""
        order: dict[str, Any] = {
            "words": words,
            "env": env,
            "out": str(out),
            "now": NOW.isoformat(),
        }
        order |= {"settings": dict(settings or {})}
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        pid = int(self._line("pid"))
        started(pid)
        watchdog = threading.Timer(_LONGEST_S, os.kill, (pid, signal.SIGKILL))
        watchdog.start()
        try:
            return int(self._line("exit"))
        finally:
            watchdog.cancel()

    def _line(self, word: str) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().split()
        assert line, "the zygote has died"
        assert line[0] == word, line
        return line[1]


@contextmanager
def zygote() -> Iterator[Zygote]:
    """A zygote until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.contract.publishing.zygote"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Zygote(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


@dataclass
class Kill:
    """When the program is ended: at which request (from 0, over all servers), on which side."""

    at: int
    after: bool


@dataclass
class Office:
    """A data folder with one queued delivery, and the programs that run over it.

    Attributes:
        asked: every request so far, in order.
        places: of each: which server was asked, and its how manieth request it was.
    """

    zygote: Zygote
    scene: Scene
    home: Path
    asked: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    kill: Kill | None = None
    _pid: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def watch(self) -> None:
        """Look at every request of every server."""
        for number, served in enumerate(self.scene.servers):
            setattr(served, "respond", self._watched(number, served.respond))  # noqa: B010 - a method

    def _watched(
        self, server: int, respond: Callable[[Asked], tuple[Told | None, bool]]
    ) -> Callable[[Asked], tuple[Told | None, bool]]:
        def watched(asked: Asked) -> tuple[Told | None, bool]:
            with self._lock:
                number = len(self.asked)
                self.asked.append(f"{asked.method} {asked.path}")
                self.places.append((server, sum(place[0] == server for place in self.places)))
            now = self.kill is not None and self.kill.at == number
            if now and self.kill is not None and not self.kill.after:
                self._end()
                return None, False
            told = respond(asked)
            if now:
                self._end()
                return None, False
            return told

        return watched

    def _end(self) -> None:
        self.kill = None
        os.kill(self._pid, signal.SIGKILL)

    @property
    def environment(self) -> dict[str, str]:
        """What programs over this data folder are told."""
        return {
            "WAJO_HOME": str(self.home),
            "WAJO_ENDPOINTS": str(self.home / "endpoints.toml"),
            "PYTHON_KEYRING_BACKEND": "tests.keyrings.FileKeyring",
            "WAJO_TEST_KEYRING": str(self.home / "keyring.json"),
        }

    def run(self) -> int:
        """One program: ``wajo queue run --json``."""

        def started(pid: int) -> None:
            self._pid = pid

        words = ["queue", "run", "--json"]
        settings = _changed_settings(self.scene)
        return self.zygote.run(words, self.environment, self.home / "out.txt", started, settings)

    def run_through(self, kill: Kill | None) -> tuple[Delivery, int]:
        """Run, be killed, run again; the delivery at its end and the last exit status."""
        self.kill = kill
        status = self.run()
        if kill is not None:
            assert status == -signal.SIGKILL, f"not killed: {status}"
            status = self.run()
        return self.delivery(), status

    def delivery(self) -> Delivery:
        """The delivery as the database has it."""
        database = Database(self.home / "wajo.db")
        try:
            entry = deliveries.find(database, DELIVERY)
            assert entry is not None
            return entry.delivery
        finally:
            database.close()

    def kinds(self) -> list[str]:
        """The kinds of the requests in the journal, in order."""
        database = Database(self.home / "wajo.db")
        try:
            return [entry.kind for entry in journal.since(database, DELIVERY, 0)]
        finally:
            database.close()


def office(zygote: Zygote, scene: Scene, home: Path, empty: Path) -> Office:
    """Set up a data folder with the scene's delivery in the queue.

    Args:
        zygote: what starts the programs.
        scene: the servers, account, secrets and parcel.
        home: the data folder to make.
        empty: a data folder with an empty database, to copy.
    """
    shutil.copytree(empty, home)
    bench = scene.bench
    table = {name.value: dict(keys) for name, keys in bench.origins.table.items()}
    lines = ["[timing]", "scale = 0.0"]
    for name, keys in table.items():
        lines += [f"[{name}]", *(f'{key} = "{origin}"' for key, origin in keys.items())]
    (home / "endpoints.toml").write_text("\n".join(lines) + "\n")
    database = Database(home / "wajo.db")
    try:
        account = accounts.keep_account(database, bench.account, NOW)
        os.environ["WAJO_TEST_KEYRING"] = str(home / "keyring.json")
        Vault(home).connect(account.id, to_json(bench.keys.credentials))
        parcel = bench.parcel
        _write_parcel(home, parcel)
        delivery = Delivery(
            id=DELIVERY,
            post_name="Layanan",
            placement=parcel.placement,
            account_id=account.id,
            mode="api",
            state=DeliveryState.QUEUED,
            created_at=NOW,
            updated_at=NOW,
            due=parcel.scheduled_at,
        )
        native = parcel.scheduled_at is not None
        entry = QueueEntry(delivery, account.name, native=native)
        deliveries.add(database, [entry])
    finally:
        database.close()
    made = Office(zygote, scene, home)
    made.watch()
    return made


def _changed_settings(scene: Scene) -> dict[str, dict[str, Any]]:
    """The settings with which the scene's adapter was made, where they differ from the data."""
    placement = scene.bench.parcel.placement
    usual = load_specs()[placement].settings
    found: dict[str, Any] = {}
    for value in vars(scene.bench.publisher).values():
        spec = value.get(placement) if isinstance(value, Mapping) else value
        if isinstance(spec, PlacementSpec) and spec.id == placement:
            found = {k: v for k, v in spec.settings.items() if v != usual.get(k)}
    return {placement: found}


def empty_home(folder: Path) -> Path:
    """A data folder with an empty database."""
    open_database(folder, NOW).close()
    return folder


def _write_parcel(home: Path, parcel: Any) -> None:
    folder = parcels.folder_of(home, DELIVERY)
    folder.mkdir(parents=True)

    def moved(file: Any) -> Any:
        if file is None:
            return None
        shutil.copyfile(file.path, folder / file.path.name)
        return replace(file, path=folder / file.path.name)

    packed = replace(
        parcel,
        items=tuple(moved(file) for file in parcel.items),
        cover=moved(parcel.cover),
        subtitles=moved(parcel.subtitles),
    )
    document = {
        "schema": 1,
        "parcel": parcels._as_json(packed, folder),
        "record": {"post": {"name": "Layanan"}, "checklist": {}, "approvals": [], "waivers": []},
    }
    (folder / parcels.DOCUMENT).write_text(json.dumps(document), encoding="utf-8")
