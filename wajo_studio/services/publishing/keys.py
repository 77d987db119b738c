"""The credentials of the account in use: from the vault, renewed in time, by one at a time."""

from dataclasses import replace
from datetime import timedelta

from wajo_studio.domain.account import Account
from wajo_studio.errors import AuthExpiredError, CredentialError, PublishError
from wajo_studio.i18n import N_
from wajo_studio.networks.credentials import Credentials
from wajo_studio.networks.http import Http
from wajo_studio.networks.publisher import Publisher
from wajo_studio.networks.wire import expired
from wajo_studio.services.publishing.credentials import from_json, to_json
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.store.database import accounts

RENEW_BEFORE = timedelta(minutes=5)
"""An access token is renewed when it ends within this time; a choice, below every lifetime."""

_RENEWAL_WAIT_S = 180.0

NOT_CONNECTED = N_(
    "The sign-in of the account {account} is not on this PC. Connect the account again; your "
    "posts are safe."
)


class AccountKeys:
    """Fulfils :class:`wajo_studio.networks.credentials.Keys` for one account."""

    def __init__(self, desk: Desk, account: Account, publisher: Publisher, http: Http) -> None:
        self._desk, self._account = desk, account
        self._publisher, self._http = publisher, http
        self._known: Credentials | None = None

    def current(self) -> Credentials:
        """The credentials; renewed first when they are about to end.

        Raises:
            CredentialError: the keyring is locked or missing, or the account is not connected.
            AuthExpiredError: renewing was refused.
        """
        if self._known is None:
            self._known = self._read()
        if self._ends_soon(self._known, RENEW_BEFORE):
            self._known = self._renew(self._known)
        return self._known

    def renewed(self, refused: Credentials) -> Credentials:
        """Credentials newer than ``refused``, which the network turned down.

        Raises:
            CredentialError: the keyring is locked or missing, or the account is not connected.
            AuthExpiredError: there is nothing to renew with, or renewing was refused.
        """
        self._known = self._renew(refused, turned_down=True)
        return self._known

    def _read(self) -> Credentials:
        values = self._desk.vault.get(self._account.id)
        if values is None:
            raise CredentialError(
                NOT_CONNECTED, code="credentials.not_connected", account=self._account.name
            )
        return from_json(values)

    def _ends_soon(self, credentials: Credentials, margin: timedelta) -> bool:
        ends = credentials.expires_at
        return ends is not None and ends - self._desk.clock.now() <= margin

    def _renew(self, old: Credentials, *, turned_down: bool = False) -> Credentials:
        with self._desk.vault.alone(self._account.id, _RENEWAL_WAIT_S):
            kept = self._read()  # another program may just have renewed it
            if kept.access_token != old.access_token and not self._ends_soon(kept, RENEW_BEFORE):
                return kept
            if not kept.refresh_token:
                if turned_down or self._ends_soon(kept, timedelta(0)):
                    raise expired("no refresh token")
                return kept
            try:
                fresh = self._publisher.refresh(self._account, kept, self._http, self._desk.clock)
            except AuthExpiredError:
                raise
            except PublishError:
                if turned_down or self._ends_soon(kept, timedelta(0)):
                    raise
                return kept  # still good for a while; the network could not be asked now
            if not fresh.refresh_token:
                fresh = replace(fresh, refresh_token=kept.refresh_token)
            # On the disk before anybody uses it: the old refresh token may be dead already.
            self._desk.vault.renew(self._account.id, to_json(fresh))
            ends = None if fresh.refresh_token else fresh.expires_at  # renewed again by itself
            accounts.note_expiry(self._desk.database, self._account.id, ends)
            return fresh
