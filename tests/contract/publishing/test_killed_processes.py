"""The program itself, killed at any request of any protocol, then started again.

The usual run ends the program around each request that publishes and at the first and last one;
with WAJO_KILL_EVERYWHERE=1 around every request.
"""

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contract.publishing.every_case import every_case
from tests.contract.publishing.processes import Kill, Zygote, empty_home, office, zygote
from tests.contract.publishing.serving import Fault
from tests.contract.publishing.suite import Case
from wajo_studio.domain.delivery import Delivery, DeliveryState

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

EVERYWHERE = os.environ.get("WAJO_KILL_EVERYWHERE") == "1"
_S = DeliveryState


@pytest.fixture(scope="module")
def programs() -> Iterator[Zygote]:
    with zygote() as running:
        yield running


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_home(tmp_path_factory.mktemp("empty"))


@pytest.fixture(autouse=True)
def _plain_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import keyring

    from tests.keyrings import FileKeyring

    before = keyring.get_keyring()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyrings.FileKeyring")
    monkeypatch.setenv("WAJO_TEST_KEYRING", "")
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.mark.timeout(1200 if EVERYWHERE else 120)
@pytest.mark.parametrize("case", every_case(), ids=str)
def test_killed_and_started_again(
    case: Case,
    programs: Zygote,
    empty: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    material = tmp_path / "material"
    material.mkdir()
    with case.open(material) as scene:
        clean = office(programs, scene, tmp_path / "clean", empty)
        delivery, status = clean.run_through(None)
        assert (delivery.state, status) == (_S.PUBLISHED, 0), _told(clean.home, delivery)
        kinds = clean.kinds()
        count = len(clean.asked)
        assert scene.bench.fake.wrongs == []
        case.check(scene, scene.bench.fake.published[0])
    points = list(range(count))
    if not EVERYWHERE:
        heavy = {n for n, kind in enumerate(kinds) if kind == "publish"}
        points = sorted({0, count - 1} | heavy)
    for at in points:
        for after in (False, True):
            with case.open(material) as scene:
                home = tmp_path / f"{at}-{after}"
                killed = office(programs, scene, home, empty)
                delivery, status = killed.run_through(Kill(at, after))
                published = scene.bench.fake.published
                told = f"killed {'after' if after else 'before'} {at}: {killed.asked}\n"
                told += _told(home, delivery)
                assert len(published) <= 1, told
                if delivery.state is _S.PUBLISHED:
                    assert (len(published), status) == (1, 0), told
                    with telling(told):
                        case.check(scene, published[0])
                elif delivery.state is _S.FAILED:
                    assert (len(published), status) == (0, 4), told
                else:
                    assert (delivery.state, status) == (_S.UNKNOWN, 5), told
                    assert not case.decisive, told
                if delivery.state is not _S.PUBLISHED:
                    assert "publish" in killed.kinds(), f"lost: {told}"
    record_property("cases", len(points) * 2)


@pytest.mark.timeout(1200 if EVERYWHERE else 120)
@pytest.mark.parametrize("case", every_case(), ids=str)
def test_a_fault_while_publishing(
    case: Case,
    programs: Zygote,
    empty: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """The real queue meets each fault at each request that publishes; usually one fault."""
    material = tmp_path / "material"
    material.mkdir()
    with case.open(material) as scene:
        clean = office(programs, scene, tmp_path / "clean", empty)
        clean.run_through(None)
        heavy = [n for n, kind in enumerate(clean.kinds()) if kind == "publish"]
        places = [clean.places[n] for n in heavy]
    faults = list(Fault) if EVERYWHERE else [Fault.CUT_AFTER]
    for (server, number), fault in itertools.product(places, faults):
        with case.open(material) as scene:
            home = tmp_path / f"{server}-{number}-{fault}"
            hurt = office(programs, scene, home, empty)
            scene.servers[server].faults[number] = fault
            delivery, status = hurt.run_through(None)
            published = scene.bench.fake.published
            told = f"{fault} at {number}: {hurt.asked}\n{_told(home, delivery)}"
            assert len(published) <= 1, told
            if delivery.state is _S.PUBLISHED:
                assert (len(published), status) == (1, 0), told
                with telling(told):
                    case.check(scene, published[0])
            elif delivery.state is _S.FAILED:
                assert (len(published), status) == (0, 4), told
            else:
                assert (delivery.state, status) == (_S.UNKNOWN, 5), told
                assert not case.decisive, told
    record_property("cases", len(places) * len(faults))


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Say in which of many tries an assertion failed."""
    try:
        yield
    except AssertionError as error:
        raise AssertionError(f"{what}: {error}") from error


def _told(home: Path, delivery: Delivery) -> str:
    return f"{delivery}\n{(home / 'out.txt').read_text(encoding='utf-8')}"


def test_two_programs_at_once_send_once(programs: Zygote, empty: Path, tmp_path: Path) -> None:
    """One runs the queue, the other is politely refused; nothing goes out twice."""
    import subprocess
    import sys

    from tests.contract.publishing.processes import ROOT

    [case] = [case for case in every_case() if case.name == "x.post text"]
    material = tmp_path / "material"
    material.mkdir()
    with case.open(material) as scene:
        shared = office(programs, scene, tmp_path / "home", empty)
        command = [sys.executable, "main.py", "queue", "run", "--json"]
        runs = [
            subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **shared.environment},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _program in range(3)
        ]
        said = [run.communicate(timeout=60)[1] for run in runs]
        assert {run.returncode for run in runs} <= {0, 3}, said
        assert 0 in {run.returncode for run in runs}
        assert len(scene.bench.fake.published) == 1
        assert shared.delivery().state is _S.PUBLISHED
        assert not any("Traceback" in text for text in said)
