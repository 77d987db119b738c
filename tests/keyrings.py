"""Keyrings for tests; a subprocess is given one by PYTHON_KEYRING_BACKEND."""

import json
import os
from pathlib import Path
from typing import Any

import keyring.backend
import keyring.errors


class MemoryKeyring(keyring.backend.KeyringBackend):
    """Keeps entries in memory, with the limit of the Windows Credential Locker."""

    priority = 0.1  # never chosen by itself

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}
        self.written: list[tuple[str, str]] = []

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError(1783, "CredWrite", "The stub received bad data")
        self.written.append((service, username))
        self.entries[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError(username)


class FileKeyring(keyring.backend.KeyringBackend):
    """Keeps entries in the plain JSON file that WAJO_TEST_KEYRING names."""

    priority = 0.1

    def _read(self) -> dict[str, str]:
        path = Path(os.environ["WAJO_TEST_KEYRING"])
        entries: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        return entries

    def _write(self, entries: dict[str, Any]) -> None:
        Path(os.environ["WAJO_TEST_KEYRING"]).write_text(json.dumps(entries))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service}/{username}": password})

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service}/{username}")

    def delete_password(self, service: str, username: str) -> None:
        entries = self._read()
        if entries.pop(f"{service}/{username}", None) is None:
            raise keyring.errors.PasswordDeleteError(username)
        self._write(entries)


class LockedKeyring(MemoryKeyring):
    """A keyring whose person does not give its password."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("the secret words of the backend")
