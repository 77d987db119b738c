"""The one key in the system's keyring: read, made once, never replaced."""

import base64
import binascii
import os
import secrets
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from wajo_studio.errors import CredentialError
from wajo_studio.i18n import N_

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE, USER = "WajoStudio/vault", "key"
"""The constant entry. One service with one user: keyring moves entries when a service gets two."""

KEY_BYTES = 32
ENTRY_MAX_BYTES = 2560
"""What the Windows Credential Locker takes, counted in UTF-16.
Source: https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw (2026)."""

_CHOSEN = "PYTHON_KEYRING_BACKEND"
_PATIENCE_S = 120.0
"""A locked keyring may ask the person for its password; then nobody answers for a while."""

NONE = N_(
    "This PC has no keyring that the program can use, so accounts cannot be connected. Everything "
    "else works. On Linux install and unlock gnome-keyring or KWallet."
)
LOCKED = N_(
    "The keyring of this PC is locked, so the accounts' sign-ins cannot be read. Unlock it, then "
    "try again. Everything else works."
)
PLAIN = N_(
    "The keyring {name} keeps secrets in plain text and is not used. Set up the system's own "
    "keyring. Everything else works."
)
UNUSABLE = N_(
    "The keyring of this PC does not work, so accounts cannot be used. Everything else works."
)
NOT_KEPT = N_(
    "The keyring of this PC did not keep what was put into it, so no account was connected. "
    "Everything else works."
)

_Result = TypeVar("_Result")


def read_key() -> bytes | None:
    """The key; ``None`` when there is none yet.

    Raises:
        CredentialError: no keyring, a locked one, or one that keeps plain text.
    """
    backend = _backend()
    written = _ask(lambda: backend.get_password(SERVICE, USER))
    return None if written is None else _decoded(written)


def make_key() -> bytes:
    """Put a new random key into the keyring and read it back; the one there already wins.

    Raises:
        CredentialError: as :func:`read_key`, or the keyring did not keep it.
    """
    found = read_key()
    if found is not None:
        return found
    backend = _backend()
    written = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    assert len(written.encode("utf-16-le")) <= ENTRY_MAX_BYTES
    _ask(lambda: backend.set_password(SERVICE, USER, written))
    kept = _ask(lambda: backend.get_password(SERVICE, USER))
    if kept is None:
        raise CredentialError(NOT_KEPT, code="credentials.not_kept")
    return _decoded(kept)


def _decoded(written: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(written.encode("ascii"))
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise CredentialError(
            UNUSABLE, code="credentials.unusable", detail="the entry holds no key of ours"
        )
    return key


def _backend() -> "KeyringBackend":
    """The keyring to use.

    Raises:
        CredentialError: there is none, or only such as keep plain text.
    """
    import keyring

    try:
        backend = keyring.get_keyring()
    except Exception as error:  # whatever a named backend raises when it is loaded
        raise CredentialError(
            UNUSABLE, code="credentials.unusable", detail=type(error).__name__
        ) from None
    if os.environ.get(_CHOSEN):
        return backend
    for candidate in getattr(backend, "backends", None) or [backend]:
        if _name(candidate) == "keyring.backends.fail.Keyring":
            raise CredentialError(NONE, code="credentials.no_keyring")
        if not _is_plain(candidate):
            chosen: KeyringBackend = candidate
            return chosen
    raise CredentialError(PLAIN, code="credentials.plain", name=_name(backend))


def describe() -> str:
    """The name of the keyring in use, for the doctor.

    Raises:
        CredentialError: as :func:`read_key`.
    """
    return _name(_backend())


def _is_plain(backend: object) -> bool:
    name = _name(backend).lower()
    return name.startswith(("keyrings.alt.", "keyring.backends.null.")) or any(
        word in name for word in ("plaintext", "uncrypted", "null")
    )


def _name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _ask(call: Callable[[], _Result]) -> _Result:
    """Ask the keyring in a thread of its own: it may wait for a person.

    Raises:
        CredentialError: it is locked, missing or broken; its words are never passed on, because
            nobody knows what is in them.
    """
    results: list[_Result] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(call())
        except BaseException as error:
            errors.append(error)

    worker = threading.Thread(target=work, daemon=True, name="keyring")
    worker.start()
    worker.join(_PATIENCE_S)
    if results:
        return results[0]
    if not errors:
        raise CredentialError(LOCKED, code="credentials.locked", detail="no answer in time")
    raise _translated(errors[0]) from None


def _translated(error: BaseException) -> CredentialError:
    from keyring import errors

    detail = type(error).__name__
    if isinstance(error, errors.NoKeyringError):
        return CredentialError(NONE, code="credentials.no_keyring", detail=detail)
    if isinstance(error, errors.KeyringLocked | errors.InitError):
        return CredentialError(LOCKED, code="credentials.locked", detail=detail)
    return CredentialError(UNUSABLE, code="credentials.unusable", detail=detail)
