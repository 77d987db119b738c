"""The secrets of an account, and who keeps them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

HostKind = Literal["s3", "sftp", "webdav"]


@dataclass(frozen=True, repr=False)
class MediaHost:
    """Where stills are put so that a network can fetch them.

    Attributes:
        kind: ``s3``: ``endpoint``, ``bucket``, ``access_key``, ``secret_key``; ``sftp`` and
            ``webdav``: ``endpoint`` is the folder's address, the keys are name and password.
        public_base: the public address of the folder, without a slash at the end.
        host_key: ``sftp`` only: the server's public key as one line of ``known_hosts`` text.
    """

    kind: HostKind
    endpoint: str
    public_base: str
    bucket: str = ""
    access_key: str = ""
    secret_key: str = ""
    region: str = "auto"
    host_key: str = ""

    def __repr__(self) -> str:
        return f"MediaHost(kind={self.kind!r}, ...)"


@dataclass(frozen=True, repr=False)
class Credentials:
    """Secrets of one account; its ``repr`` tells none of them.

    Attributes:
        expires_at: when ``access_token`` ends; ``None``: not by time.
        user_token: Facebook and Instagram: for reads a Page token may not do.
    """

    access_token: str
    refresh_token: str = ""
    expires_at: datetime | None = None
    client_id: str = ""
    client_secret: str = ""
    user_token: str = ""
    media_host: MediaHost | None = field(default=None)

    def __repr__(self) -> str:
        return "Credentials(...)"


class Keys(Protocol):
    """Gives the credentials of the account in use, renewed when needed."""

    def current(self) -> Credentials:
        """The credentials; renewed first when they are about to end.

        Raises:
            CredentialError: the keyring is locked or missing, or the account is not connected.
            AuthExpired: renewing was refused.
        """

    def renewed(self, refused: Credentials) -> Credentials:
        """Credentials newer than ``refused``, which the network turned down.

        Raises:
            AuthExpired: there is nothing to renew with, or renewing was refused.
        """
