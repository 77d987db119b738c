"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a data folder of its own and Indonesian messages."""
    monkeypatch.setenv("WAJO_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.delenv("WAJO_LANG", raising=False)


@pytest.fixture(scope="session")
def shared_media() -> Path:
    """The folder of real photos, clips and subtitles; skips where it is not there."""
    folder = SHARED / "media"
    if not folder.is_dir():
        pytest.skip("the shared media collection is not beside this checkout")
    return folder
