"""A folder on a web server that takes WebDAV's PUT and DELETE."""

from base64 import b64encode

from wajo_studio.networks.credentials import Credentials, MediaHost
from wajo_studio.networks.http import Request
from wajo_studio.networks.media_host.answers import judge, judge_removal
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.wire import Kind, Wire


def put(wire: Wire, host: MediaHost, step: str, name: str, file: ParcelFile) -> None:
    """Put a file into the folder."""

    def build(_keys: Credentials) -> Request:
        body = wire.slice(file.path, 0, file.size_bytes)
        headers = {**_basic(host), "Content-Type": file.media_type}
        return Request("PUT", _address(host, name), headers=headers, body=body)

    wire.send(step, Kind.REPEATABLE, build, judge=judge)


def delete(wire: Wire, host: MediaHost, step: str, name: str) -> None:
    """Take a file out of the folder."""
    request = Request("DELETE", _address(host, name), headers=_basic(host))
    wire.send(step, Kind.REPEATABLE, lambda _keys: request, judge=judge_removal)


def _address(host: MediaHost, name: str) -> str:
    return f"{host.endpoint.rstrip('/')}/{name}"


def _basic(host: MediaHost) -> dict[str, str]:
    pair = b64encode(f"{host.access_key}:{host.secret_key}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}
