"""On a machine without Qt's system libraries all other tests run, and the window's say why not."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_only_the_windows_tests_are_skipped(tmp_path: Path) -> None:
    broken = tmp_path / "PySide6"
    broken.mkdir()
    (broken / "__init__.py").write_text('raise ImportError("libEGL.so.1: not found")')
    paths = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/gui", "tests/unit/test_i18n.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths, "PYTEST_ADDOPTS": "-p no:cacheprovider"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    windows = len(list((ROOT / "tests" / "gui").glob("test_*.py")))
    if windows:
        assert f"SKIPPED [{windows}]" in done.stdout
        assert "Qt cannot be loaded: libEGL.so.1: not found" in done.stdout
