"""Connected accounts, without their secrets."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import Network
from wajo_studio.store.database import audit
from wajo_studio.store.database.engine import Database
from wajo_studio.store.database.tables import accounts


@dataclass(frozen=True)
class KeptAccount:
    """An account, and since when its network turns its token down (``None``: it does not)."""

    account: Account
    refused_at: datetime | None = None


def all_accounts(database: Database, network: Network | None = None) -> list[KeptAccount]:
    """The accounts, by network and name."""
    query = select(accounts).order_by(accounts.c.network, accounts.c.name, accounts.c.id)
    if network is not None:
        query = query.where(accounts.c.network == network.value)
    with database.reading() as connection:
        return [_kept(row) for row in connection.execute(query)]


def find_account(database: Database, account_id: str) -> KeptAccount | None:
    """The account of this id, if there is one."""
    with database.reading() as connection:
        row = connection.execute(select(accounts).where(accounts.c.id == account_id)).one_or_none()
    return _kept(row) if row is not None else None


def keep_account(database: Database, account: Account, now: datetime) -> Account:
    """Add an account, or renew the one with the same network and remote id.

    Args:
        database: the store.
        account: what to keep; its ``id`` is a wish. One that is there already keeps its own; a
            wish that is taken gets a number.
        now: the present moment, with zone.

    Returns:
        The account with the id it has.
    """
    with database.writing() as connection:
        known = connection.execute(
            select(accounts.c.id).where(
                accounts.c.network == account.network.value,
                accounts.c.remote_id == account.remote_id,
            )
        ).scalar()
        if known is not None:
            account = replace(account, id=known)
            values = _values(account) | {"refused_at": None}
            connection.execute(accounts.update().where(accounts.c.id == known).values(values))
        else:
            taken = set(connection.execute(select(accounts.c.id)).scalars())
            account = replace(account, id=_free(account.id, taken))
            connection.execute(accounts.insert().values(_values(account) | {"added_at": now}))
        audit.record(
            connection,
            now,
            "account.connected",
            account.id,
            network=account.network.value,
            remote_id=account.remote_id,
        )
    return account


def note_expiry(database: Database, account_id: str, expires_at: datetime | None) -> None:
    """Keep when an account's renewed token ends."""
    with database.writing() as connection:
        connection.execute(
            accounts.update()
            .where(accounts.c.id == account_id)
            .values(expires_at=expires_at, refused_at=None)
        )


def note_refused(database: Database, account_id: str, now: datetime) -> None:
    """Keep that the network no longer accepts an account's token."""
    with database.writing() as connection:
        connection.execute(
            accounts.update()
            .where(accounts.c.id == account_id, accounts.c.refused_at.is_(None))
            .values(refused_at=now)
        )


def remove_account(database: Database, account_id: str, now: datetime) -> bool:
    """Forget an account; its deliveries stay. Whether it was there."""
    with database.writing() as connection:
        gone = connection.execute(accounts.delete().where(accounts.c.id == account_id))
        if gone.rowcount:
            audit.record(connection, now, "account.removed", account_id)
        return bool(gone.rowcount)


def _free(wish: str, taken: set[str]) -> str:
    number, found = 2, wish
    while found in taken:
        found, number = f"{wish}-{number}", number + 1
    return found


def _values(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "network": account.network.value,
        "name": account.name,
        "remote_id": account.remote_id,
        "page_id": account.page_id,
        "username": account.username,
        "mode": account.mode,
        "reads": account.reads,
        "expires_at": account.expires_at,
    }


def _kept(row: Row[Any]) -> KeptAccount:
    account = Account(
        id=row.id,
        network=Network(row.network),
        name=row.name,
        remote_id=row.remote_id,
        page_id=row.page_id,
        username=row.username,
        mode=row.mode,
        reads=row.reads,
        expires_at=row.expires_at,
    )
    return KeptAccount(account, row.refused_at)
