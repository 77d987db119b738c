"""The sealed file with the secrets of every account."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from wajo_studio import atomic, locks
from wajo_studio.errors import CredentialError, disk_error
from wajo_studio.i18n import N_
from wajo_studio.vault.keyring_key import make_key, read_key

FILE_NAME = "accounts.sealed"

_MAGIC = b"WAJOVLT1"
_NONCE_BYTES = 12
_LOCK_WAIT_S = 30.0

KEY_LOST = N_(
    "The keyring of this PC no longer holds the key to the accounts' sign-ins. Connect the "
    "accounts again; your posts are safe."
)
DAMAGED = N_(
    "The file with the accounts' sign-ins cannot be opened with the key in this PC's keyring. "
    "Connect the accounts again; your posts are safe."
)
BUSY = N_("Another program uses the accounts just now; try again in a moment.")


class Vault:
    """Secrets by account id, as JSON values. Safe to use from several threads and processes.

    Args:
        folder: the data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FILE_NAME
        self._key: bytes | None = None

    def get(self, account_id: str) -> dict[str, Any] | None:
        """The secrets of an account; ``None`` when it has none here.

        Raises:
            CredentialError: the keyring is missing or locked, or the key is not the right one.
        """
        entry = self._read().get(account_id)
        return dict(entry) if entry is not None else None

    def connect(self, account_id: str, values: Mapping[str, Any]) -> None:
        """Keep the secrets of an account that a person just connected.

        Where the key is lost or wrong, the old file is set aside and a new one begun: that is
        the way out of it.

        Raises:
            CredentialError: the keyring is missing or locked.
            DiskError: the file cannot be written.
        """
        with self._locked():
            try:
                accounts = self._read()
            except CredentialError as error:
                if error.code not in ("credentials.key_lost", "credentials.damaged"):
                    raise
                self._set_aside()
                accounts = {}
            self._write(accounts | {account_id: dict(values)})

    def renew(self, account_id: str, values: Mapping[str, Any]) -> None:
        """Replace the secrets of an account; they are on the disk when this returns.

        Raises:
            CredentialError: the keyring is missing or locked, or the account is not here.
            DiskError: the file cannot be written.
        """
        with self._locked():
            accounts = self._read()
            if account_id in accounts:  # else somebody removed it meanwhile
                self._write(accounts | {account_id: dict(values)})

    def remove(self, account_id: str) -> None:
        """Forget the secrets of an account.

        Raises:
            CredentialError: the keyring is missing or locked.
            DiskError: the file cannot be written.
        """
        with self._locked():
            accounts = self._read()
            if accounts.pop(account_id, None) is not None:
                self._write(accounts)

    @contextmanager
    def alone(self, account_id: str, wait_s: float) -> Iterator[None]:
        """Be the only one, in all processes, who renews this account while the block runs.

        Raises:
            CredentialError: somebody else takes too long.
        """
        name = "".join(c if c.isalnum() else "-" for c in account_id)
        with locks.held(self._folder / "locks" / f"account-{name}.lock", wait_s) as got:
            if not got:
                raise CredentialError(BUSY, code="credentials.busy")
            yield

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with locks.held(self._folder / "locks" / "vault.lock", _LOCK_WAIT_S) as got:
                if not got:
                    raise CredentialError(BUSY, code="credentials.busy")
                yield
        except OSError as error:
            raise disk_error(error, self._path) from error

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            sealed = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise disk_error(error, self._path) from error
        key = self._key or read_key()
        if key is None:
            raise CredentialError(KEY_LOST, code="credentials.key_lost")
        document = json.loads(_opened(sealed, key))
        self._key = key
        accounts: dict[str, dict[str, Any]] = document["accounts"]
        return accounts

    def _write(self, accounts: Mapping[str, Mapping[str, Any]]) -> None:
        key = self._key = self._key or make_key()
        document = json.dumps({"schema": 1, "accounts": accounts}, ensure_ascii=False)
        try:
            atomic.write_bytes(self._path, _sealed(document.encode("utf-8"), key))
            with suppress(OSError):
                self._path.chmod(0o600)
        except OSError as error:
            raise disk_error(error, self._path) from error

    def _set_aside(self) -> None:
        self._key = None
        target = self._path.with_name(f"{FILE_NAME}.{secrets.token_hex(4)}.lost")
        with suppress(FileNotFoundError):
            os.replace(self._path, target)


def _sealed(content: bytes, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _MAGIC + nonce + AESGCM(key).encrypt(nonce, content, _MAGIC)


def _opened(sealed: bytes, key: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(_MAGIC) + _NONCE_BYTES
    try:
        if not sealed.startswith(_MAGIC):
            raise ValueError("not a file of ours")
        return AESGCM(key).decrypt(sealed[len(_MAGIC) : start], sealed[start:], _MAGIC)
    except (InvalidTag, ValueError) as error:
        raise CredentialError(
            DAMAGED, code="credentials.damaged", detail=type(error).__name__
        ) from None
