"""A bucket that speaks S3: path-style addresses, signed with AWS4."""

from wajo_studio.networks.credentials import Credentials, MediaHost
from wajo_studio.networks.http import Request
from wajo_studio.networks.media_host.answers import judge, judge_removal
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.wire import Kind, Wire


def put(wire: Wire, host: MediaHost, step: str, name: str, file: ParcelFile) -> None:
    """Put a file into the bucket."""

    def build(_keys: Credentials) -> Request:
        content = wire.slice(file.path, 0, file.size_bytes).whole()
        return _signed("PUT", host, name, content, file.media_type)

    wire.send(step, Kind.REPEATABLE, build, judge=judge)


def delete(wire: Wire, host: MediaHost, step: str, name: str) -> None:
    """Take a file out of the bucket."""
    wire.send(
        step, Kind.REPEATABLE, lambda _keys: _signed("DELETE", host, name), judge=judge_removal
    )


def _signed(
    method: str, host: MediaHost, name: str, content: bytes = b"", media_type: str = ""
) -> Request:
    import requests
    from requests_aws4auth import AWS4Auth

    auth = AWS4Auth(host.access_key, host.secret_key, host.region, "s3")
    url = f"{host.endpoint.rstrip('/')}/{host.bucket}/{name}"
    headers = {"Content-Type": media_type} if media_type else {}
    request = requests.Request(method, url, headers=headers, data=content or None, auth=auth)
    signed = {key: str(value) for key, value in request.prepare().headers.items()}
    signed.pop("Content-Length", None)
    return Request(method, url, headers=signed, body=content or None)
