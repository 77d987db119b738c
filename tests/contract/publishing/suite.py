"""What every adapter must keep to, whatever its network: the tests of `test_every_adapter`.

A network joins with a module ``cases_<network>.py`` that holds ``CASES``: one :class:`Case` for
each thing that can be published.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.contract.publishing.driver import Delivering, Ending
from tests.contract.publishing.fakes.server import FakeServer, Fault
from wajo_studio.networks.wire import Kind

PROCESSED = frozenset({Fault.CUT_AFTER, Fault.ERROR_AFTER, Fault.HALF_ANSWER, Fault.BAD_JSON})
"""Faults after which the network has done what was asked."""
HARMLESS = frozenset({Fault.BUSY_429})
"""Faults that say for sure that nothing was done: sent again whatever the request."""


@dataclass
class Scene:
    """One delivery and the servers it meets.

    Attributes:
        servers: the network first, then what else takes part, such as a media host.
        published: what got published so far, however the fake keeps it; also what the network
            has taken to publish at a given time.
        renews: whether the account has a refresh token, so that an ended token is no failure.
    """

    delivering: Delivering
    servers: tuple[FakeServer, ...]
    published: Callable[[], list[Any]]
    renews: bool = False


@dataclass(frozen=True)
class Case:
    """One thing that can be published.

    Attributes:
        name: such as ``facebook.feed two pictures``.
        open: gives the scene, made in a folder of its own.
        check: asserts that what got published is what the parcel says; gets the scene and the
            one thing published.
        decisive: the network can tell after a lost answer whether it was published, so that
            *unknown* is no true ending.
        remarks: how many remarks a delivery without trouble ends with.
    """

    name: str
    open: Callable[[Path], AbstractContextManager[Scene]]
    check: Callable[[Scene, Any], None]
    decisive: bool = True
    remarks: int = 0

    def __str__(self) -> str:
        return self.name


def assert_true(case: Case, scene: Scene, ending: Ending) -> None:
    """The state shown is what happened: never twice, never lost, unknown only where it is."""
    published = scene.published()
    told = f"{ending} after {scene.servers[0].lines}"
    assert len(published) <= 1, f"published {len(published)} times: {told}"
    if ending.state == "published":
        assert len(published) == 1, f"said to be published, and is not: {told}"
        case.check(scene, published[0])
    elif ending.state == "failed":
        assert not published, f"said to have failed, and is published: {told}"
    else:
        assert not case.decisive, f"the network could have told: {told}"


def clean_run(case: Case, folder: Path) -> tuple[int, list[int]]:
    """How many events, and requests by server, a delivery without trouble has."""
    with case.open(folder) as scene:
        ending = scene.delivering.run()
        assert ending.state == "published", f"{ending} {ending.error and ending.error.detail}"
        assert_true(case, scene, ending)
        return scene.delivering.disk.events, [len(server.asked) for server in scene.servers]


def fault_points(requests: list[int]) -> Iterator[tuple[int, int]]:
    """Server and number of every request."""
    for server, count in enumerate(requests):
        for number in range(1, count + 1):
            yield server, number


@dataclass(frozen=True)
class Moment:
    """When a publishing request went out: its number at the first server, the event before it."""

    request: int
    event: int


def publishing_moments(case: Case, folder: Path) -> list[Moment]:
    """When the requests that publish go out, in a delivery without trouble."""
    found: list[Moment] = []
    with case.open(folder) as scene:
        disk = scene.delivering.disk
        begin = disk.begin

        def watched(step: str, kind: Kind) -> int:
            if kind is Kind.PUBLISH:
                found.append(Moment(len(scene.servers[0].asked) + 1, disk.events + 1))
            return begin(step, kind)

        disk.begin = watched  # type: ignore[method-assign]
        scene.delivering.run()
    return found


def may_be_unpublished(scene: Scene) -> bool:
    """Whether a publishing request stayed without an answer that was understood and kept."""
    journal = scene.delivering.disk.journal
    return any(entry.kind is Kind.PUBLISH for entry in journal)
