"""Accounts: adding, listing, removing. Secrets go to the vault, the rest to the database."""

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from wajo_studio.clock import parse_time
from wajo_studio.domain.account import Account, AccountMode
from wajo_studio.domain.placement import Network
from wajo_studio.errors import CredentialError, InputError
from wajo_studio.i18n import N_
from wajo_studio.networks.credentials import Credentials, HostKind, MediaHost
from wajo_studio.services.publishing.credentials import from_json, to_json
from wajo_studio.services.publishing.desk import Desk
from wajo_studio.store.database import accounts as store

CODE = "input.account"
WARN_BEFORE = timedelta(days=7)
"""How long before its sign-in ends an account is said to end soon."""

_TEXT_KEYS = frozenset(
    {"name", "id", "access_token", "refresh_token", "client_id", "client_secret", "user_token"}
    | {"page_id", "username"}
)
_KEYS = _TEXT_KEYS | {"expires_at", "mode", "reads", "media_host"}
_REQUIRED = ("id", "access_token")
_NUMBERS_TOO = ("id", "page_id")
"""Ids that somebody may write as numbers; a token of digits would be a mistake."""
_HOST_KEYS = frozenset(
    {"kind", "endpoint", "bucket", "access_key", "secret_key", "public_base", "region", "host_key"}
)
_HOST_REQUIRED = ("kind", "endpoint", "public_base")
_MODES: tuple[AccountMode, ...] = ("direct", "inbox")
_KINDS: tuple[HostKind, ...] = ("s3", "sftp", "webdav")
_MAX_BYTES = 100_000

NO_JSON = N_("What was given on standard input is not one JSON object ({reason}); see the guide.")
UNKNOWN = N_("The key {key} is unknown; remove it or use one of: {choices}.")
MISSING = N_("The key {key} is missing or empty; add it.")
WRONG = N_("The value of {key} cannot be used; it must be {expected}.")
NO_SUCH = N_("There is no account {account}; wajo accounts list shows them.")

A_TEXT = N_("a text in quotes")
A_FLAG = N_("true or false")
A_TIME = N_("a time such as 2026-12-31T00:00:00Z")
AN_OBJECT = N_("an object in curly brackets")
A_MODE = N_("direct or inbox")
A_KIND = N_("s3, sftp or webdav")
AN_ADDRESS = N_("an address that begins with https://")

AccountState = Literal["connected", "ending", "reconnect"]


@dataclass(frozen=True)
class ListedAccount:
    """An account and how its sign-in stands.

    Attributes:
        state: ``connected``; ``ending``: its sign-in ends within seven days and nothing renews
            it; ``reconnect``: the network no longer accepts it, or it has ended.
    """

    account: Account
    state: AccountState


def list_accounts(desk: Desk) -> list[ListedAccount]:
    """Every account; nothing is asked of network or keyring."""
    now = desk.clock.now()
    return [
        ListedAccount(kept.account, _state(kept, now)) for kept in store.all_accounts(desk.database)
    ]


def _state(kept: store.KeptAccount, now: datetime) -> AccountState:
    ends = kept.account.expires_at
    if kept.refused_at is not None:
        return "reconnect"
    if ends is None:
        return "connected"
    if ends <= now:
        return "reconnect"
    return "ending" if ends - now <= WARN_BEFORE else "connected"


def add_account(desk: Desk, network: Network, text: str) -> Account:
    """Keep an account from one JSON object; the network is not asked.

    Args:
        desk: the parts of publishing.
        network: whose account it is.
        text: the JSON object of the contract ("design/endpoints.md").

    Raises:
        InputError: it is no such object; names the key, never a value.
        CredentialError: the keyring is missing or locked; nothing was kept.
    """
    values = _object(text)
    for key in _NUMBERS_TOO:
        if type(values.get(key)) is int:
            values[key] = str(values[key])
    account, credentials = _read(network, values)
    return keep(desk, account, credentials)


def keep(desk: Desk, account: Account, credentials: Credentials) -> Account:
    """Keep an account and its secrets; the one with the same remote id is renewed.

    Raises:
        CredentialError: the keyring is missing or locked; nothing was kept.
    """
    known = [
        kept.account
        for kept in store.all_accounts(desk.database, account.network)
        if kept.account.remote_id == account.remote_id
    ]
    # The secrets first: an account without them would be of no use, secrets without one do
    # no harm and are found again under the same id.
    taken = {kept.account.id for kept in store.all_accounts(desk.database)}
    wish = known[0].id if known else _free(account.id, taken)
    desk.vault.connect(wish, to_json(credentials))
    kept = store.keep_account(desk.database, _with_id(account, wish), desk.clock.now())
    if kept.id != wish:  # another program took the id meanwhile
        desk.vault.connect(kept.id, to_json(credentials))
    return kept


def remove_account(desk: Desk, account_id: str) -> Account:
    """Forget an account and its secrets; its deliveries and proofs stay.

    Raises:
        InputError: there is none.
        CredentialError: the keyring is locked; nothing was removed.
    """
    kept = store.find_account(desk.database, account_id)
    if kept is None:
        raise InputError(NO_SUCH, code=CODE, account=account_id)
    try:
        desk.vault.remove(account_id)
    except CredentialError as error:
        if error.code not in ("credentials.key_lost", "credentials.damaged"):
            raise  # else nobody can read its secrets any more
    store.remove_account(desk.database, account_id, desk.clock.now())
    return kept.account


def set_media_host(desk: Desk, account_id: str, values: dict[str, Any]) -> None:
    """Keep where stills of an account are put so that its network can fetch them.

    Args:
        desk: the parts of publishing.
        account_id: a connected account.
        values: the object ``media_host`` of the contract.

    Raises:
        InputError: a value cannot be used, or the account is not connected on this PC.
        CredentialError: the keyring is missing or locked.
    """
    host = _media_host(values)
    known = desk.vault.get(account_id)
    if known is None:
        raise InputError(NO_SUCH, code=CODE, account=account_id)
    desk.vault.renew(account_id, to_json(replace(from_json(known), media_host=host)))


def local_id(network: Network, name: str) -> str:
    """Our own id for an account, such as ``x-diskominfotik-wajo``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join([network.value, *words])[:60].rstrip("-")


def _free(wish: str, taken: set[str]) -> str:
    number, found = 2, wish
    while found in taken:
        found, number = f"{wish}-{number}", number + 1
    return found


def _with_id(account: Account, new_id: str) -> Account:
    return replace(account, id=new_id)


def _object(text: str) -> dict[str, Any]:
    if len(text) > _MAX_BYTES:
        raise InputError(NO_JSON, code=CODE, reason="size")
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)  # never the words: they may hold a token
        reason = type(error).__name__ if line is None else f"line {line}"
        raise InputError(NO_JSON, code=CODE, reason=reason) from None
    if not isinstance(values, dict):
        raise InputError(NO_JSON, code=CODE, reason=type(values).__name__)
    return values


def _read(network: Network, values: dict[str, Any]) -> tuple[Account, Credentials]:
    _check_keys(values, _KEYS, _REQUIRED)
    expires = values.get("expires_at")
    mode = values.get("mode") or "direct"
    reads = values.get("reads", False)
    if mode not in _MODES:
        raise _wrong("mode", A_MODE)
    if not isinstance(reads, bool):
        raise _wrong("reads", A_FLAG)
    ends = _time(expires) if expires is not None else None
    name = (values.get("name") or values["id"]).strip()
    account = Account(
        id=local_id(network, name),
        network=network,
        name=name,
        remote_id=values["id"].strip(),
        page_id=values.get("page_id") if network is Network.INSTAGRAM else None,
        username=(values.get("username") or "").removeprefix("@") or None,
        mode=mode if network is Network.TIKTOK else "direct",
        reads=reads if network is Network.X else False,
        # What is renewed by itself does not end for the person.
        expires_at=None if values.get("refresh_token") else ends,
    )
    host = values.get("media_host")
    credentials = Credentials(
        access_token=values["access_token"],
        refresh_token=values.get("refresh_token") or "",
        expires_at=ends,
        client_id=values.get("client_id") or "",
        client_secret=values.get("client_secret") or "",
        user_token=values.get("user_token") or "",
        media_host=_media_host(host) if host is not None else None,
    )
    return account, credentials


def _check_keys(
    values: dict[str, Any], known: frozenset[str], required: tuple[str, ...], prefix: str = ""
) -> None:
    for key, value in values.items():
        if key not in known:
            choices = ", ".join(sorted(known))
            raise InputError(UNKNOWN, code=CODE, key=f"{prefix}{key}"[:80], choices=choices)
        is_text = key in _TEXT_KEYS or prefix
        if is_text and value is not None and not isinstance(value, str):
            raise _wrong(f"{prefix}{key}", A_TEXT)
    for key in required:
        if not (values.get(key) or "").strip():
            raise InputError(MISSING, code=CODE, key=f"{prefix}{key}")


def _media_host(values: Any) -> MediaHost:
    if not isinstance(values, dict):
        raise _wrong("media_host", AN_OBJECT)
    _check_keys(values, _HOST_KEYS, _HOST_REQUIRED, "media_host.")
    if values["kind"] not in _KINDS:
        raise _wrong("media_host.kind", A_KIND)
    for key in ("endpoint", "public_base"):
        scheme = "sftp" if (key, values["kind"]) == ("endpoint", "sftp") else "https"
        if not _is_address(values[key], scheme):
            raise _wrong(f"media_host.{key}", AN_ADDRESS)
    given = {key: value for key, value in values.items() if value}
    for key in ("endpoint", "public_base"):
        given[key] = given[key].rstrip("/")
    return MediaHost(**given)


def _is_address(text: str, scheme: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    loopback = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    return bool(parts.hostname) and (parts.scheme == scheme or loopback)


def _time(value: Any) -> datetime:
    try:
        return parse_time(value)
    except (TypeError, ValueError):
        raise _wrong("expires_at", A_TIME) from None


def _wrong(key: str, expected: str) -> InputError:
    from wajo_studio.i18n import _

    return InputError(WRONG, code=CODE, key=key, expected=_(expected))
