"""Fixtures shared by all tests."""

import contextlib
import hashlib
import os
from pathlib import Path

import pytest

from tests.stretched import Stretched
from wajo_studio import i18n

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

GUI_TESTS = Path(__file__).resolve().parent / "gui"
SERVICES = Path(__file__).resolve().parents[1] / "wajo_studio" / "services"
SHARED = Path(__file__).resolve().parents[2] / "shared"


def _why_no_window() -> str:
    """Why Qt cannot be loaded on this machine; empty when it can."""
    try:
        import PySide6.QtTest
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return f"Qt cannot be loaded: {error}"
    return ""


WHY_NO_WINDOW = _why_no_window()


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Without Qt's system libraries pytest-qt would end the whole run; the rest can be tested."""
    parser.addoption(
        "--update-golden", action="store_true", help="store painted pictures as the golden ones"
    )
    if WHY_NO_WINDOW:
        pluginmanager.unregister(name="pytest-qt")


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Tests of the window are skipped, with the reason, where Qt cannot be loaded."""
    if WHY_NO_WINDOW and GUI_TESTS in module_path.parents:
        return _SkippedModule.from_parent(parent, path=module_path)
    return None


class _SkippedModule(pytest.Module):
    """A module that is not even imported."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        pytest.skip(WHY_NO_WINDOW, allow_module_level=True)


@pytest.fixture(scope="session")
def _drawn_samples(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where sample pictures and clip stay drawn from run to run, until their code changes."""
    parts = sorted((SERVICES / "sample_media").glob("*.py"))
    code = b"".join(path.read_bytes() for path in [*parts, SERVICES / "samples.py"])
    if not pytestconfig.pluginmanager.has_plugin("cacheprovider"):
        return tmp_path_factory.mktemp("samples")
    return pytestconfig.cache.mkdir(f"samples-{hashlib.sha256(code).hexdigest()[:12]}")


@pytest.fixture(scope="session")
def _seen_pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was seen in pictures, by their content: reading each again in every test takes long."""
    return tmp_path_factory.mktemp("seen")


@pytest.fixture(autouse=True)
def _own_home(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    _drawn_samples: Path,
    _seen_pictures: Path,
) -> None:
    """Every test has a data folder of its own and Indonesian messages."""
    home = tmp_path_factory.mktemp("home")
    (home / "cache").mkdir()
    with contextlib.suppress(OSError):  # Windows may not allow links: then it is drawn anew
        (home / "cache" / "samples").symlink_to(_drawn_samples, target_is_directory=True)
        (home / "cache" / "seen").symlink_to(_seen_pictures, target_is_directory=True)
    monkeypatch.setenv("WAJO_HOME", str(home))
    monkeypatch.delenv("WAJO_LANG", raising=False)
    i18n.set_language("id")


@pytest.fixture(scope="session")
def shared_media() -> Path:
    """The folder of real photos, clips and subtitles; skips where it is not there."""
    folder = SHARED / "media"
    if not folder.is_dir():
        pytest.skip("the shared media collection is not beside this checkout")
    return folder


@pytest.fixture
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden pictures are to be stored anew instead of compared."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture
def stretched_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every translated text is 40 % longer: layouts must hold."""
    monkeypatch.setattr(i18n._State, "translations", Stretched(i18n._catalogue()))
