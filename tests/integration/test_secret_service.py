"""The vault against a real Secret Service: unlocked, locked, and none at all."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MISSING = [
    name for name in ("dbus-run-session", "gnome-keyring-daemon") if shutil.which(name) is None
]
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"no Secret Service here: {', '.join(MISSING)} not installed"
)

_USE = """
import sys
from pathlib import Path
from wajo_studio.errors import CredentialError
from wajo_studio.vault.keyring_key import describe
from wajo_studio.vault.vault import Vault
vault = Vault(Path(sys.argv[1]))
try:
    if sys.argv[2] == "connect":
        vault.connect("x-1", {"access_token": "t" * 4000})
    found = vault.get("x-1")
    print(describe(), len(found["access_token"]) if found else None)
except CredentialError as error:
    print(error.code)
"""


def _run(home: Path, password: str | None, action: str, *, bus: bool = True) -> str:
    """Use the vault in a session of its own; without ``password`` no keyring runs in it."""
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND")
    }
    environment |= {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    command = [sys.executable, "-c", _USE, str(home / "data"), action]
    if bus:
        unlock = "cat >/dev/null; "
        if password is not None:
            unlock = "gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        command = ["dbus-run-session", "--", "sh", "-c", unlock + 'exec "$@"', "sh", *command]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        input=password or "",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_secrets_live_from_session_to_session(tmp_path: Path) -> None:
    assert _run(tmp_path, "word", "connect") == "keyring.backends.SecretService.Keyring 4000"
    assert _run(tmp_path, "word", "get").endswith(" 4000")


def test_a_locked_keyring_is_said(tmp_path: Path) -> None:
    _run(tmp_path, "word", "connect")
    assert _run(tmp_path, "wrong", "get") == "credentials.locked"


def test_a_session_whose_keyring_nobody_opened_is_said(tmp_path: Path) -> None:
    assert _run(tmp_path, None, "connect") in ("credentials.locked", "credentials.no_keyring")


def test_no_keyring_is_said(tmp_path: Path) -> None:
    assert _run(tmp_path, None, "connect", bus=False) == "credentials.no_keyring"
