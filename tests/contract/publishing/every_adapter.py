"""What every adapter must stand: killed and cut anywhere, it is never twice and never lost.

Each network has a file that takes these tests in, so that they can run side by side.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contract.publishing.driver import Bench, Killed, Result
from tests.contract.publishing.serving import DONE_ALL_THE_SAME, Fault
from tests.contract.publishing.suite import Case, Scene, assert_not_lost, assert_true, clean_run
from wajo_studio.errors import AuthExpiredError
from wajo_studio.networks.wire import Kind

Count = Callable[[str, object], None]
"""``record_property``: the number of cases in a test is kept in the report."""

KILLS = ("before", "after", "unsaved", "saved")


def test_it_is_published_once_as_the_network_wants_it(case: Case, tmp_path: Path) -> None:
    with case.open(tmp_path) as scene:
        bench = scene.bench
        result = bench.deliver()
        assert result.state == "published", f"{result} {result.error!r}"
        assert_true(case, scene, result)
        assert [served.fake.wrongs for served in scene.servers] == [[] for _ in scene.servers]
        assert result.remote_id
        assert len(result.remarks) == case.remarks, result.remarks
        keys = bench.keys.credentials
        for secret in (keys.access_token, keys.user_token, keys.refresh_token):
            assert not secret or secret not in bench.disk.session


def test_one_effect_at_a_time(case: Case, tmp_path: Path) -> None:
    """Between two kept sessions at most one request is more than a question."""
    with case.open(tmp_path) as scene:
        disk = scene.bench.disk
        effects = [0]

        def count(_session: object) -> None:
            effects.append(sum(entry.kind is not Kind.READ for entry in disk.entries))

        scene.bench.watch = count
        scene.bench.deliver()
        assert all(
            after - before <= 1 for before, after in zip([0, *effects], effects, strict=False)
        )


@pytest.mark.parametrize("where", KILLS)
def test_killed_at_any_request(
    case: Case, where: str, tmp_path: Path, record_property: Count
) -> None:
    clean = clean_run(case, tmp_path / "clean")
    for entry in range(clean.entries):
        with _scene(case, tmp_path / str(entry), f"killed {where} no. {entry}") as scene:
            scene.bench.disk.kill_at = (entry, where)
            result = _through_kills(scene.bench)
            assert_true(case, scene, result)
            assert_not_lost(scene, result)
    record_property("cases", clean.entries)


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_one_request_goes_wrong(
    case: Case, fault: Fault, tmp_path: Path, record_property: Count
) -> None:
    clean = clean_run(case, tmp_path / "clean")
    points = list(clean.points)
    for server, number in points:
        name = f"{server}-{number}"
        with _scene(case, tmp_path / name, f"{fault} at request {name}") as scene:
            scene.servers[server].faults[number] = fault
            result = scene.bench.deliver()
            assert_true(case, scene, result)
            if fault is Fault.EXPIRED and not case.renews:
                dead = isinstance(result.error, AuthExpiredError)
                assert result.state == "published" or dead, f"{result} {result.error!r}"
            else:
                assert_not_lost(scene, result)
            if fault in DONE_ALL_THE_SAME and case.decisive:
                assert result.state == "published", f"not found: {result} {result.error!r}"
    record_property("cases", len(points))


@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.FAULT_AFTER])
def test_the_publishing_request_is_cut_and_then_the_process_ends(
    case: Case, fault: Fault, tmp_path: Path, record_property: Count
) -> None:
    count = 0
    clean = clean_run(case, tmp_path / "clean")
    for first, request in clean.publishing:
        for entry in range(first, clean.entries + 4):
            for where in KILLS:
                name = f"{request}-{entry}-{where}"
                with _scene(case, tmp_path / name, f"{fault}, killed {name}") as scene:
                    scene.bench.served.faults[request] = fault
                    scene.bench.disk.kill_at = (entry, where)
                    result = _through_kills(scene.bench)
                    assert_true(case, scene, result)
                    count += 1
    record_property("cases", count)


def test_a_network_that_stays_down_ends_it_truly(case: Case, tmp_path: Path) -> None:
    clean = clean_run(case, tmp_path / "clean")
    for number in range(clean.requests[0]):
        with _scene(case, tmp_path / str(number), f"down from request {number}") as scene:
            scene.bench.served.faults.update(dict.fromkeys(range(number, 400), Fault.FAULT_BEFORE))
            result = scene.bench.deliver()
            published = len(scene.bench.fake.published)
            allowed = {0: {"failed", "unknown"}, 1: {"published", "unknown"}}[published]
            assert result.state in allowed, f"{result} {result.error!r}"


@contextmanager
def _scene(case: Case, folder: Path, what: str) -> Iterator[Scene]:
    """A scene in a folder of its own; says in which of many tries an assertion failed."""
    folder.mkdir()
    with case.open(folder) as scene:
        try:
            yield scene
        except AssertionError as error:
            raise AssertionError(f"{what}: {error}") from error


def _through_kills(bench: Bench) -> Result:
    try:
        return bench.deliver()
    except Killed:
        bench.disk.kill_at = None
    return bench.deliver()
