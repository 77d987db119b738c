"""The media host: S3, WebDAV and SFTP, and what is said when it does not work."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import paramiko
import pytest

from tests.contract.publishing.cases_instagram import ACCOUNT, media_host
from tests.contract.publishing.driver import NOW, Disk, KeysInHand
from tests.contract.publishing.fakes.media_host import ACCESS, SECRET, FakeMediaHost
from tests.contract.publishing.material import picture
from tests.contract.publishing.serving import Fault, serving
from wajo_studio.clock import FixedClock
from wajo_studio.errors import NotAllowedError, PublishError, UnavailableError
from wajo_studio.networks.credentials import Credentials, MediaHost
from wajo_studio.networks.http import Http
from wajo_studio.networks.media_host import leftovers, place
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.verdict import by_status
from wajo_studio.networks.wire import Wire
from wajo_studio.paths import data_dir
from wajo_studio.progress import Cancelled, CancelToken, Job


@contextmanager
def wire_to(host: MediaHost) -> Iterator[Wire]:
    with Http() as http:
        keys = KeysInHand(Credentials("token-1", media_host=host))
        origins = Origins(scale=0.0)
        yield Wire(http, keys, Disk(), by_status, Job(), FixedClock(NOW), origins)


@pytest.mark.parametrize("kind", ["s3", "webdav"])
def test_a_still_is_put_and_removed(kind: str, tmp_path: Path) -> None:
    still = picture(tmp_path, 1)
    with serving(FakeMediaHost()) as served, wire_to(media_host(served.origin, kind)) as wire:
        fake = served.fake
        assert isinstance(fake, FakeMediaHost)
        name = place.new_name(still)
        url = place.put(wire, ACCOUNT.id, "host", name, still)
        assert url == f"{served.origin}/public/{name}"
        assert fake.objects == {name: still.path.read_bytes()}
        place.remove(wire, ACCOUNT.id, "unhost", name)
        place.remove(wire, ACCOUNT.id, "unhost", name)  # gone already is no error
        assert fake.objects == {}
        assert fake.wrongs == []


@pytest.mark.parametrize("kind", ["s3", "webdav"])
@pytest.mark.parametrize("wrong", ["secret_key", "access_key"])
def test_a_wrong_key_is_said(kind: str, wrong: str, tmp_path: Path) -> None:
    with serving(FakeMediaHost()) as served:
        right = media_host(served.origin, kind)
        changes = {"access_key": right.access_key, "secret_key": right.secret_key, wrong: "nobody"}
        host = MediaHost(right.kind, right.endpoint, right.public_base, right.bucket, **changes)
        with wire_to(host) as wire, pytest.raises(NotAllowedError) as caught:
            place.put(wire, ACCOUNT.id, "host", "0" * 32 + ".jpg", picture(tmp_path, 1))
        assert caught.value.code == "publish.media_host"
        assert SECRET not in f"{caught.value!r}{caught.value}{caught.value.detail}"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with serving(FakeMediaHost()) as served:
        host = replace(media_host(served.origin, "s3"), bucket="lain")
        with wire_to(host) as wire, pytest.raises(NotAllowedError):
            place.put(wire, ACCOUNT.id, "host", "0" * 32 + ".jpg", picture(tmp_path, 1))


def test_a_host_that_stays_down_is_said_and_the_name_stays_listed(tmp_path: Path) -> None:
    with serving(FakeMediaHost()) as served, wire_to(media_host(served.origin, "s3")) as wire:
        served.faults.update(dict.fromkeys(range(20), Fault.CUT_AFTER))
        with pytest.raises(UnavailableError):
            place.put(wire, ACCOUNT.id, "host", "0" * 32 + ".jpg", picture(tmp_path, 1))
    assert len(leftovers.older_than(ACCOUNT.id, timedelta(-1), NOW)) == 1


def test_names_cannot_be_guessed(tmp_path: Path) -> None:
    still = picture(tmp_path, 1)
    names = {place.new_name(still) for _ in range(200)}
    assert len(names) == 200
    assert all(name.isascii() and len(name) == 36 for name in names)


def test_a_damaged_list_of_leftovers_stands_in_nobodys_way() -> None:
    data_dir().mkdir(exist_ok=True)
    (data_dir() / "media-host.json").write_text("{", encoding="utf-8")
    leftovers.add(ACCOUNT.id, "a.jpg", datetime(2026, 11, 1, tzinfo=UTC))
    assert leftovers.older_than(ACCOUNT.id, timedelta(days=1), NOW) == ("a.jpg",)
    assert leftovers.older_than("other", timedelta(days=1), NOW) == ()
    leftovers.cross_out(ACCOUNT.id, "a.jpg")
    assert leftovers.older_than(ACCOUNT.id, timedelta(days=1), NOW) == ()


# --- SFTP ----------------------------------------------------------------------------------


class _Door(paramiko.ServerInterface):  # type: ignore[misc]
    def check_auth_password(self, username: str, password: str) -> Any:
        right = (username, password) == (ACCESS, SECRET)
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> Any:
        return paramiko.OPEN_SUCCEEDED

    def get_allowed_auths(self, username: str) -> str:
        return "password"


class _Folder(paramiko.SFTPServerInterface):  # type: ignore[misc]
    root: Path

    def _real(self, path: str) -> Path:
        return self.root / path.lstrip("/")

    def open(self, path: str, flags: int, attr: Any) -> Any:
        try:
            number = os.open(self._real(path), flags, 0o600)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        handle = paramiko.SFTPHandle(flags)
        handle.writefile = os.fdopen(number, "wb")
        return handle

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(self._real(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    def remove(self, path: str) -> Any:
        try:
            self._real(path).unlink()
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return paramiko.SFTP_OK


@contextmanager
def sftp_server(root: Path) -> Iterator[MediaHost]:
    """A real SFTP server on 127.0.0.1 that keeps its files under ``root``."""
    key = paramiko.ECDSAKey.generate()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    port = listener.getsockname()[1]
    stop = threading.Event()
    transports: list[paramiko.Transport] = []
    folder = type("Folder", (_Folder,), {"root": root})

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _address = listener.accept()
            except TimeoutError:
                continue
            transport = paramiko.Transport(connection)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, folder)
            transports.append(transport)
            try:
                transport.start_server(server=_Door())
            except (paramiko.SSHException, EOFError, OSError):
                transport.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    line = f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}"
    base = "https://media.wajokab.go.id"
    yield MediaHost("sftp", f"sftp://127.0.0.1:{port}/web", base, "", ACCESS, SECRET, host_key=line)
    stop.set()
    thread.join(5)
    for transport in transports:
        transport.close()
    listener.close()


@pytest.fixture
def still(tmp_path: Path) -> ParcelFile:
    return picture(tmp_path, 1)


@pytest.fixture
def web(tmp_path: Path) -> Path:
    folder = tmp_path / "root" / "web"
    folder.mkdir(parents=True)
    return folder


def test_a_still_is_put_and_removed_by_sftp(still: ParcelFile, web: Path) -> None:
    name = place.new_name(still)
    with sftp_server(web.parent) as host, wire_to(host) as wire:
        url = place.put(wire, ACCOUNT.id, "host", name, still)
        assert url == f"https://media.wajokab.go.id/{name}"
        assert (web / name).read_bytes() == still.path.read_bytes()
        place.remove(wire, ACCOUNT.id, "unhost", name)
        place.remove(wire, ACCOUNT.id, "unhost", name)
        assert list(web.iterdir()) == []


@pytest.mark.parametrize("key", ["", "ssh-ed25519 bukan-kunci", "another"])
def test_only_the_server_whose_key_is_stored_is_spoken_to(
    key: str, still: ParcelFile, web: Path
) -> None:
    if key == "another":
        other = paramiko.ECDSAKey.generate()
        key = f"x {other.get_name()} {other.get_base64()}"
    with sftp_server(web.parent) as host:
        with wire_to(replace(host, host_key=key)) as wire, pytest.raises(NotAllowedError) as caught:
            place.put(wire, ACCOUNT.id, "host", "a.jpg", still)
        assert caught.value.code == "publish.media_host"
        assert list(web.iterdir()) == []


def test_a_wrong_password_is_said_by_sftp(still: ParcelFile, web: Path) -> None:
    with sftp_server(web.parent) as host, wire_to(replace(host, secret_key="salah")) as wire:
        with pytest.raises(NotAllowedError):
            place.put(wire, ACCOUNT.id, "host", "a.jpg", still)
        assert list(web.iterdir()) == []


def test_a_missing_folder_is_said_by_sftp(still: ParcelFile, web: Path) -> None:
    web.rmdir()
    with sftp_server(web.parent) as host, wire_to(host) as wire, pytest.raises(NotAllowedError):
        place.put(wire, ACCOUNT.id, "host", "a.jpg", still)


def test_nobody_listening_is_said_by_sftp(still: ParcelFile, web: Path) -> None:
    with sftp_server(web.parent) as host:
        pass
    with wire_to(host) as wire, pytest.raises(PublishError) as caught:
        place.put(wire, ACCOUNT.id, "host", "a.jpg", still)
    assert isinstance(caught.value, UnavailableError)


def test_cancelling_does_not_wait_for_a_silent_server(still: ParcelFile) -> None:
    token = CancelToken()
    with socket.create_server(("127.0.0.1", 0)) as silent, Http(token) as http:
        endpoint = f"sftp://127.0.0.1:{silent.getsockname()[1]}/web"
        key = paramiko.ECDSAKey.generate()
        line = f"x {key.get_name()} {key.get_base64()}"
        host = MediaHost("sftp", endpoint, "https://media.wajokab.go.id", host_key=line)
        keys = KeysInHand(Credentials("token-1", media_host=host))
        job = Job(token=token)
        wire = Wire(http, keys, Disk(), by_status, job, FixedClock(NOW), Origins(scale=0.0))
        threading.Timer(0.2, token.cancel).start()
        begun = time.monotonic()
        with pytest.raises(Cancelled):
            place.put(wire, ACCOUNT.id, "host", "a.jpg", still)
        assert time.monotonic() - begun < 1.2
