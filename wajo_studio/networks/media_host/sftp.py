"""A folder reached by SFTP. Only the server whose key was stored is spoken to."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from wajo_studio.errors import NotAllowedError, UnavailableError
from wajo_studio.i18n import N_
from wajo_studio.networks.credentials import MediaHost
from wajo_studio.networks.media_host.answers import DOWN, NO_FOLDER, NOT_LET_IN
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.wire import Wire

if TYPE_CHECKING:
    import paramiko

_CONNECT_S = 10.0
_ANSWER_S = 30.0
_TRIES = 3
_LOOK_S = 0.1
_CODE = "publish.media_host"
_OTHER_KEY = N_(
    "The media host shows another key than the one stored: somebody may stand in between. Your "
    "post is safe; ask whoever runs the server, then store its key anew."
)
_NO_KEY = N_(
    "The key of the media host's server is missing or unreadable. Your post is safe; store one "
    "line of its known_hosts under Settings > Accounts."
)


def put(wire: Wire, host: MediaHost, name: str, file: ParcelFile) -> None:
    """Put a file into the folder."""

    def work(client: "paramiko.SFTPClient", folder: str) -> None:
        body = wire.slice(file.path, 0, file.size_bytes)
        try:
            client.putfo(body, f"{folder}/{name}", file.size_bytes)
        finally:
            body.close()

    _patiently(wire, host, work)


def delete(wire: Wire, host: MediaHost, name: str) -> None:
    """Take a file out of the folder."""

    def work(client: "paramiko.SFTPClient", folder: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            client.remove(f"{folder}/{name}")

    _patiently(wire, host, work)


def _patiently(
    wire: Wire, host: MediaHost, work: Callable[["paramiko.SFTPClient", str], None]
) -> None:
    """Do it, again after a broken line; both kinds of work may be repeated."""

    def try_once() -> None:
        with _client(host) as (client, folder):
            work(client, folder)

    for attempt in range(1, _TRIES + 1):
        try:
            _cancellable(wire, try_once)
        except UnavailableError:
            if attempt == _TRIES:
                raise
            wire.pause(2.0**attempt)
        else:
            return


def _cancellable(wire: Wire, work: Callable[[], None]) -> None:
    """Do ``work`` in a thread, which is left to itself when the person cancels."""
    outcome: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            outcome.append(error)

    worker = threading.Thread(target=run, daemon=True, name="sftp")
    worker.start()
    while worker.is_alive():
        worker.join(_LOOK_S)
        wire.pause(0)  # raises when cancelled
    if outcome:
        raise outcome[0]


@contextmanager
def _client(host: MediaHost) -> Iterator[tuple["paramiko.SFTPClient", str]]:
    import paramiko

    parts = urlsplit(host.endpoint)
    name, port = parts.hostname or "", parts.port or 22
    with paramiko.SSHClient() as ssh:
        ssh.set_missing_host_key_policy(paramiko.RejectPolicy())
        key = _pinned_key(host)
        lookup = name if port == 22 else f"[{name}]:{port}"
        ssh.get_host_keys().add(lookup, key.get_name(), key)
        try:
            ssh.connect(
                name,
                port,
                username=host.access_key,
                password=host.secret_key,
                allow_agent=False,
                look_for_keys=False,
                timeout=_CONNECT_S,
                banner_timeout=_CONNECT_S,
                auth_timeout=_ANSWER_S,
            )
            with ssh.open_sftp() as client:
                channel = client.get_channel()
                if channel is not None:
                    channel.settimeout(_ANSWER_S)
                yield client, unquote(parts.path).rstrip("/")
        except paramiko.BadHostKeyException as error:
            raise NotAllowedError(_OTHER_KEY, code=_CODE, detail=type(error).__name__) from error
        except paramiko.AuthenticationException as error:
            raise NotAllowedError(NOT_LET_IN, code=_CODE, detail=type(error).__name__) from error
        except FileNotFoundError as error:
            raise NotAllowedError(NO_FOLDER, code=_CODE, detail="no such folder") from error
        except PermissionError as error:
            raise NotAllowedError(NOT_LET_IN, code=_CODE, detail="no right to write") from error
        except (paramiko.SSHException, OSError, EOFError) as error:
            raise UnavailableError(DOWN, code=_CODE, detail=type(error).__name__) from error


def _pinned_key(host: MediaHost) -> "paramiko.PKey":
    from paramiko.hostkeys import HostKeyEntry, InvalidHostKey

    try:
        entry = HostKeyEntry.from_line(host.host_key)
    except InvalidHostKey:
        entry = None
    if entry is None or entry.key is None:
        raise NotAllowedError(_NO_KEY, code=_CODE)
    return entry.key
