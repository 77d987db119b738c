"""Putting a still where a network can fetch it, and taking it away again.

Names are random ASCII, so that nobody can guess what is published next. Every name is written
into the list of leftovers before its file goes out, and crossed out when the file is gone: what a
crash leaves behind is removed later (see :mod:`wajo_studio.networks.media_host.leftovers`).
"""

import contextlib
import secrets
from datetime import timedelta

from wajo_studio.errors import NotAllowedError, WajoError
from wajo_studio.i18n import N_
from wajo_studio.networks.credentials import MediaHost
from wajo_studio.networks.media_host import leftovers, s3, sftp, webdav
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.wire import Wire

_UNSAFE = N_(
    "The media host's address {address} is not safe. Your post is safe; give an address that "
    "begins with https:// under Settings > Accounts."
)
_MISSING = N_(
    "Instagram takes stills only from a public address, and this account has no media host. Your "
    "post is safe; set one up under Settings > Accounts, or publish it by guided posting."
)


def new_name(file: ParcelFile) -> str:
    """A name nobody can guess, with the file's ending."""
    return secrets.token_hex(16) + file.path.suffix.lower()


def put(wire: Wire, account_id: str, step: str, name: str, file: ParcelFile) -> str:
    """Put a file on the account's media host.

    Returns:
        Its public address.

    Raises:
        NotAllowedError: there is no media host, or it does not let us in.
        UnavailableError: it does not answer.
    """
    host = host_of(wire)
    leftovers.add(account_id, name, wire.now())
    match host.kind:
        case "s3":
            s3.put(wire, host, step, name, file)
        case "webdav":
            webdav.put(wire, host, step, name, file)
        case "sftp":
            sftp.put(wire, host, name, file)
    return f"{host.public_base.rstrip('/')}/{name}"


def remove(wire: Wire, account_id: str, step: str, name: str) -> None:
    """Take a file off the media host; one that is gone already is no error.

    Raises:
        PublishError: it could not be removed; it stays in the list of leftovers.
    """
    host = host_of(wire)
    match host.kind:
        case "s3":
            s3.delete(wire, host, step, name)
        case "webdav":
            webdav.delete(wire, host, step, name)
        case "sftp":
            sftp.delete(wire, host, name)
    leftovers.cross_out(account_id, name)


def sweep(wire: Wire, account_id: str, age: timedelta) -> bool:
    """Remove what crashes and given-up posts left on the media host longer ago than ``age``.

    What cannot be removed now stays in the list for the next time.

    Returns:
        Whether there was anything to remove.
    """
    if wire.credentials().media_host is None:
        return False
    names = leftovers.older_than(account_id, age, wire.now())
    with contextlib.suppress(WajoError):
        for name in names:
            remove(wire, account_id, "sweep", name)
    return bool(names)


def host_of(wire: Wire) -> MediaHost:
    """The account's media host.

    Raises:
        NotAllowedError: there is none, or an address of it is not safe.
    """
    host = wire.credentials().media_host
    if host is None:
        raise NotAllowedError(_MISSING, code="publish.no_media_host")
    addresses = [host.public_base] if host.kind == "sftp" else [host.public_base, host.endpoint]
    for address in addresses:
        if not wire.origins.accepts(address):
            raise NotAllowedError(_UNSAFE, code="publish.media_host", address=address)
    return host
