"""The vault: one key in the keyring, the rest sealed; what happens when either is gone."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends import chainer, fail, null

from tests.keyrings import LockedKeyring, MemoryKeyring
from wajo_studio.errors import CredentialError
from wajo_studio.vault import keyring_key
from wajo_studio.vault.vault import FILE_NAME, Vault

SECRETS = {"access_token": "EAAB-token-of-the-page", "client_secret": "s3cret"}


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_secrets_come_back_and_the_file_tells_nothing(
    memory: MemoryKeyring, tmp_path: Path
) -> None:
    Vault(tmp_path).connect("x-1", SECRETS)
    assert Vault(tmp_path).get("x-1") == SECRETS
    assert Vault(tmp_path).get("x-2") is None
    sealed = (tmp_path / FILE_NAME).read_bytes()
    assert not any(word in sealed for word in (b"EAAB", b"s3cret", b"x-1", b"access_token"))
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def test_the_key_is_made_once_and_is_the_only_entry(memory: MemoryKeyring, tmp_path: Path) -> None:
    for number in range(3):
        Vault(tmp_path).connect(f"x-{number}", SECRETS | {"more": "t" * 5000})
    Vault(tmp_path).renew("x-1", {"access_token": "new"})
    Vault(tmp_path).remove("x-0")
    Vault(tmp_path / "other").connect("x-9", SECRETS)
    assert memory.written == [(keyring_key.SERVICE, keyring_key.USER)]
    [written] = memory.entries.values()
    assert len(written.encode("utf-16-le")) <= 2560
    assert Vault(tmp_path).get("x-0") is None
    assert Vault(tmp_path).get("x-1") == {"access_token": "new"}


def test_reading_makes_no_key(memory: MemoryKeyring, tmp_path: Path) -> None:
    assert Vault(tmp_path).get("x-1") is None
    Vault(tmp_path).remove("x-1")
    Vault(tmp_path).renew("x-1", SECRETS)
    assert memory.entries == {}
    assert not (tmp_path / FILE_NAME).exists()


def test_a_key_that_is_there_is_never_replaced(memory: MemoryKeyring, tmp_path: Path) -> None:
    memory.entries[keyring_key.SERVICE, keyring_key.USER] = "no key of ours"
    with pytest.raises(CredentialError) as refusal:
        Vault(tmp_path).connect("x-1", SECRETS)
    assert refusal.value.code == "credentials.unusable"
    assert memory.written == []


def test_a_lost_key_is_said_and_connecting_anew_helps(
    memory: MemoryKeyring, tmp_path: Path
) -> None:
    Vault(tmp_path).connect("x-1", SECRETS)
    sealed = (tmp_path / FILE_NAME).read_bytes()
    memory.entries.clear()
    with pytest.raises(CredentialError) as lost:
        Vault(tmp_path).get("x-1")
    assert lost.value.code == "credentials.key_lost"
    with pytest.raises(CredentialError):
        Vault(tmp_path).renew("x-1", SECRETS)
    assert memory.entries == {}
    Vault(tmp_path).connect("x-2", SECRETS)
    assert Vault(tmp_path).get("x-2") == SECRETS
    assert Vault(tmp_path).get("x-1") is None
    [aside] = tmp_path.glob("*.lost")
    assert aside.read_bytes() == sealed


@pytest.mark.parametrize("change", [b"WAJOVLT1", b"", b"x" * 200])
def test_a_damaged_file_is_said(memory: MemoryKeyring, tmp_path: Path, change: bytes) -> None:
    Vault(tmp_path).connect("x-1", SECRETS)
    (tmp_path / FILE_NAME).write_bytes(change)
    with pytest.raises(CredentialError) as damaged:
        Vault(tmp_path).get("x-1")
    assert damaged.value.code == "credentials.damaged"


def test_one_changed_bit_is_found(memory: MemoryKeyring, tmp_path: Path) -> None:
    Vault(tmp_path).connect("x-1", SECRETS)
    sealed = bytearray((tmp_path / FILE_NAME).read_bytes())
    sealed[-1] ^= 1
    (tmp_path / FILE_NAME).write_bytes(sealed)
    with pytest.raises(CredentialError):
        Vault(tmp_path).get("x-1")


class PlaintextKeyring(MemoryKeyring):
    """Named as such backends are."""


@pytest.mark.parametrize(
    ("backend", "code"),
    [
        (fail.Keyring(), "credentials.no_keyring"),  # type: ignore[no-untyped-call]
        (null.Keyring(), "credentials.plain"),  # type: ignore[no-untyped-call]
        (PlaintextKeyring(), "credentials.plain"),
        (LockedKeyring(), "credentials.locked"),
    ],
)
def test_a_keyring_that_is_no_help_is_named(
    memory: MemoryKeyring, tmp_path: Path, backend: Any, code: str
) -> None:
    keyring.set_keyring(backend)
    with pytest.raises(CredentialError) as refusal:
        Vault(tmp_path).connect("x-1", SECRETS)
    assert refusal.value.code == code
    assert "secret words" not in str(refusal.value) + refusal.value.detail
    assert not (tmp_path / FILE_NAME).exists()


def test_in_a_chain_the_first_safe_keyring_is_taken(
    memory: MemoryKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = PlaintextKeyring()
    chain = chainer.ChainerBackend()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain, memory])
    keyring.set_keyring(chain)
    Vault(tmp_path).connect("x-1", SECRETS)
    assert len(memory.entries) == 1
    assert plain.entries == {}


def test_a_keyring_named_by_the_environment_is_taken_whatever_it_is(
    memory: MemoryKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = PlaintextKeyring()
    keyring.set_keyring(plain)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyrings.PlaintextKeyring")
    Vault(tmp_path).connect("x-1", SECRETS)
    assert len(plain.entries) == 1
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]
    with pytest.raises(CredentialError) as refusal:
        Vault(tmp_path / "other").connect("x-1", SECRETS)
    assert refusal.value.code == "credentials.not_kept"


def test_a_keyring_that_waits_for_somebody_is_given_up(
    memory: MemoryKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    monkeypatch.setattr(keyring_key, "_PATIENCE_S", 0.05)
    monkeypatch.setattr(memory, "get_password", lambda *_: done.wait(10))
    with pytest.raises(CredentialError) as refusal:
        Vault(tmp_path).connect("x-1", SECRETS)
    done.set()
    assert refusal.value.code == "credentials.locked"


def test_many_threads_lose_nothing(memory: MemoryKeyring, tmp_path: Path) -> None:
    def work(number: int) -> None:
        Vault(tmp_path).connect(f"x-{number}", {"access_token": str(number)})

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    vault = Vault(tmp_path)
    assert [vault.get(f"x-{number}") for number in range(12)] == [
        {"access_token": str(number)} for number in range(12)
    ]
