"""What a network gives so that `every_adapter` tests its adapter.

A network joins with a module ``cases_<network>.py`` that holds ``CASES``: one :class:`Case` for
each thing that can be published.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.contract.publishing.driver import Bench, Result
from tests.contract.publishing.serving import Served
from wajo_studio.networks.wire import HARMLESS, Kind


@dataclass
class Scene:
    """One delivery and the servers it meets: the network's, and others such as a media host.

    What got public is ``bench.fake.published``; what the network has taken in order to publish it
    at a given time counts too.
    """

    bench: Bench
    others: tuple[Served, ...] = ()

    @property
    def servers(self) -> tuple[Served, ...]:
        """All of them, the network first."""
        return (self.bench.served, *self.others)


@dataclass(frozen=True)
class Case:
    """One thing that can be published.

    Attributes:
        name: such as ``facebook.feed two pictures``.
        open: gives the scene; files may be written into the folder, which exists.
        check: asserts that what got public is what the parcel says.
        decisive: the network can tell after a lost answer whether it was published, so that
            *unknown* is no true ending.
        remarks: how many remarks a delivery without trouble ends with.
        renews: the account has a refresh token: an ended access token is no failure.
    """

    name: str
    open: Callable[[Path], AbstractContextManager[Scene]]
    check: Callable[[Scene, dict[str, Any]], None]
    decisive: bool = True
    remarks: int = 0
    renews: bool = True

    def __str__(self) -> str:
        return self.name


def assert_true(case: Case, scene: Scene, result: Result) -> None:
    """The state shown is what happened: never twice, never lost, unknown only where it is."""
    published = scene.bench.fake.published
    told = f"{result} after {scene.bench.served.asked}"
    assert len(published) <= 1, f"published {len(published)} times: {told}"
    if result.state == "published":
        assert len(published) == 1, f"said to be published, and is not: {told}"
        case.check(scene, published[0])
    elif result.state == "failed":
        assert not published, f"said to have failed, and is published: {told}"
    else:
        assert result.state == "unknown"
        assert not case.decisive, f"the network could have told: {told}"


def assert_not_lost(scene: Scene, result: Result) -> None:
    """What nothing refused is published, unless a publishing request may have gone astray."""
    astray = any(
        entry.kind is Kind.PUBLISH and entry.outcome not in HARMLESS
        for entry in scene.bench.disk.entries
    )
    assert result.state == "published" or astray, f"lost: {result} {result.error!r}"


@dataclass(frozen=True)
class Clean:
    """What a delivery without trouble looks like.

    Attributes:
        entries: lines in the journal.
        requests: by server.
        publishing: numbers of the journal lines and of the network's requests that publish.
    """

    entries: int
    requests: tuple[int, ...]
    publishing: tuple[tuple[int, int], ...]

    @property
    def points(self) -> Iterator[tuple[int, int]]:
        """Server and number of every request."""
        for server, count in enumerate(self.requests):
            for number in range(count):
                yield server, number


def clean_run(case: Case, folder: Path) -> Clean:
    """Publish without trouble and look how."""
    publishing: list[tuple[int, int]] = []
    folder.mkdir()
    with case.open(folder) as scene:
        disk = scene.bench.disk
        begin = disk.begin

        def watched(step: str, kind: Kind) -> int:
            if kind is Kind.PUBLISH:
                publishing.append((len(disk.entries), len(scene.bench.served.asked)))
            return begin(step, kind)

        disk.begin = watched  # type: ignore[method-assign]
        result = scene.bench.deliver()
        assert result.state == "published", f"{result} {result.error!r}"
        requests = tuple(len(served.asked) for served in scene.servers)
        return Clean(len(disk.entries), requests, tuple(publishing))
