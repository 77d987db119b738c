"""``demo``: what it shows and where it goes; its post is tested with the samples."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli_helpers import call, jpeg, make_post, tree
from wajo_studio.services import samples


@pytest.fixture
def _small_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample post of one picture instead of the one that takes a minute."""

    def small(target: Path, *, today: date | None = None, ctx: Any = None) -> Path:
        return make_post(target, ("x.post",), files={"media/foto1.jpg": jpeg(400, 300)})

    monkeypatch.setattr(samples, "sample_post_folder", small)


@pytest.mark.usefixtures("_small_sample")
def test_demo_prints_files_sizes_and_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):  # the second time it replaces the first
        shown = call("demo", "--lang", "en")
        assert (shown.status, shown.out) == (0, "")
    assert "x.post/01.jpg" in shown.err
    assert "400x300" in shown.err
    assert "[please check]" not in shown.err
    assert str(tmp_path / "wajo-demo") in shown.err.replace("\n", "")
    assert tree(tmp_path / "wajo-demo")[0] == "manifest.json"
    as_json = call("demo", "--out", "lain", "--json")
    assert as_json.json["files"] == tree(tmp_path / "lain")


def test_demo_refuses_a_strange_folder_before_it_draws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn(*_args: Any, **_more: Any) -> None:
        raise AssertionError("drawn")

    monkeypatch.setattr(samples, "sample_post_folder", drawn)
    (tmp_path / "mine.txt").write_text("mine")
    outcome = call("demo", "--out", tmp_path, "--json")
    assert outcome.status == 2
    assert "--out" in outcome.error["message"]
    assert tree(tmp_path) == ["mine.txt"]
