"""Bad days: several faults and several ends of the process in one delivery, at random."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.publishing.driver import Killed, Result
from tests.contract.publishing.every_case import every_case
from tests.contract.publishing.serving import Fault
from tests.contract.publishing.suite import Case, Scene, assert_not_lost, assert_true, clean_run

DAYS = int(os.environ.get("WAJO_BAD_DAYS", "6"))
"""Days per case; more with the variable."""
_FAULTS_MAX = 4
"""Fewer than the wire's attempts, so that a network that can tell always gets to tell."""
_KILLS_MAX = 3
_WHERE = ("before", "after", "unsaved", "saved")


@pytest.mark.parametrize("case", every_case(), ids=str)
def test_bad_days(
    case: Case, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    clean = clean_run(case, tmp_path / "clean")
    faults = [fault for fault in Fault if case.renews or fault is not Fault.EXPIRED]
    for seed in range(DAYS):
        chance = random.Random(f"{case.name} {seed}")
        folder = tmp_path / str(seed)
        folder.mkdir()
        with case.open(folder) as scene:
            for _fault in range(chance.randint(1, _FAULTS_MAX)):
                server = chance.randrange(len(scene.servers))
                number = chance.randrange(clean.requests[server] + 6)
                scene.servers[server].faults[number] = chance.choice(faults)
            kills = sorted(
                (chance.randrange(clean.entries + 8), chance.choice(_WHERE))
                for _kill in range(chance.randint(0, _KILLS_MAX))
            )
            day = f"{case.name}, day {seed}: {[s.faults for s in scene.servers]}, {kills}"
            try:
                result = _through(scene, kills)
                assert_true(case, scene, result)
                assert_not_lost(scene, result)
            except AssertionError as error:
                raise AssertionError(f"{day}: {error}") from error
    record_property("cases", DAYS)


def _through(scene: Scene, kills: list[tuple[int, str]]) -> Result:
    for kill in kills:
        scene.bench.disk.kill_at = kill
        try:
            return scene.bench.deliver()
        except Killed:
            continue
    scene.bench.disk.kill_at = None
    return scene.bench.deliver()
