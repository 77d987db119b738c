"""Every adapter, every placement: killed and cut anywhere, it is never twice and never lost."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import tests.contract.publishing as here
from tests.contract.publishing.fakes.server import Fault
from tests.contract.publishing.suite import (
    HARMLESS,
    PROCESSED,
    Case,
    assert_true,
    clean_run,
    fault_points,
    may_be_unpublished,
    publishing_moments,
)
from wajo_studio.errors import PublishError
from wajo_studio.networks.wire import Kind


def _cases() -> list[Case]:
    found: list[Case] = []
    for module in pkgutil.iter_modules(here.__path__):
        if module.name.startswith("cases_"):
            found += importlib.import_module(f"{here.__name__}.{module.name}").CASES
    return found


_LATER_MAX = 60
CASES = _cases()
every_case = pytest.mark.parametrize("case", CASES, ids=str)


@every_case
def test_it_is_published_once_and_as_the_network_wants_it(case: Case, tmp_path: Path) -> None:
    with case.open(tmp_path) as scene:
        ending = scene.delivering.run()
        assert ending.state == "published", f"{ending} {ending.error and ending.error.detail}"
        assert_true(case, scene, ending)
        assert [server.refusals for server in scene.servers] == [[] for _ in scene.servers]
        assert ending.remote_id
        assert len(ending.remarks) == case.remarks, ending.remarks
        session, keys = scene.delivering.disk.session_text, scene.delivering.keys.now
        for secret in (keys.access_token, keys.user_token, keys.refresh_token):
            assert not secret or secret not in session


@every_case
def test_one_request_at_a_time_has_an_effect(case: Case, tmp_path: Path) -> None:
    """Between two kept sessions at most one request is more than a question."""
    with case.open(tmp_path) as scene:
        disk = scene.delivering.disk
        effects: list[int] = []
        keep = disk.keep

        def counted(session: object) -> None:
            since = disk.journal[disk.saved_entries :]
            effects.append(sum(entry.kind is not Kind.READ for entry in since))
            keep(session)  # type: ignore[arg-type]

        disk.keep = counted  # type: ignore[method-assign]
        scene.delivering.run()
        assert max(effects) <= 1


@every_case
def test_killed_anywhere(
    case: Case, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    events, _requests = clean_run(case, tmp_path / "clean")
    for event in range(1, events + 1):
        with case.open(tmp_path / str(event)) as scene, telling(f"killed at event {event}"):
            ending = scene.delivering.run_through_kills(event)
            assert_true(case, scene, ending)
            assert ending.state == "published" or may_be_unpublished(scene), f"lost: {ending}"
    record_property("cases", events)


@every_case
@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
def test_one_request_goes_wrong(
    case: Case, fault: Fault, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    _events, requests = clean_run(case, tmp_path / "clean")
    points = list(fault_points(requests))
    for server, number in points:
        with (
            case.open(tmp_path / f"{server}-{number}") as scene,
            telling(f"{fault}, request {number} at server {server}"),
        ):
            scene.servers[server].faults[number] = fault
            ending = scene.delivering.run()
            assert_true(case, scene, ending)
            journal = scene.delivering.disk.journal
            publishing_hurt = any(
                entry.kind is Kind.PUBLISH and not entry.outcome.endswith("done")
                for entry in journal
            )
            if fault is Fault.EXPIRED and not scene.renews:
                expired = isinstance(ending.error, PublishError)
                assert ending.state == "published" or (ending.state == "failed" and expired)
            elif not publishing_hurt or fault in HARMLESS | {Fault.EXPIRED}:
                assert ending.state == "published", f"lost: {ending} {ending.error!r}"
            elif fault in PROCESSED and case.decisive:
                assert ending.state == "published", f"not found: {ending} {ending.error!r}"
    record_property("cases", len(points))


@every_case
@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.ERROR_AFTER])
def test_the_publishing_request_is_cut_and_then_the_process_ends(
    case: Case, fault: Fault, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    count = 0
    for moment in publishing_moments(case, tmp_path / "clean"):
        for later in range(1, _LATER_MAX):
            with (
                case.open(tmp_path / f"{moment.request}-{later}") as scene,
                telling(f"{fault} of {moment}, killed {later} events later"),
            ):
                scene.servers[0].faults[moment.request] = fault
                ending = scene.delivering.run_through_kills(moment.event + later)
                assert_true(case, scene, ending)
                count += 1
                if scene.delivering.disk.was_never_killed:
                    break
    record_property("cases", count)


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Say in which of many tries an assertion failed."""
    try:
        yield
    except AssertionError as error:
        raise AssertionError(f"{what}: {error}") from error
