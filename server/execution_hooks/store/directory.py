"""Accounts, users, tokens, apps and hook sources in the database, as they are administered."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    exists,
    insert,
    literal_column,
    select,
    update,
)

from execution_hooks.contract.bundled import limits
from execution_hooks.domain.access import Caller, HookSwitch, Role, digests_of_id, new_token, token_digest
from execution_hooks.domain.hook_source import HookSource, encoded
from execution_hooks.domain.metadata import NIL, Metadata, new_identifier, utc_now
from execution_hooks.store.callers import Callers
from execution_hooks.store.database import Database
from execution_hooks.store.hook_sources import source_row
from execution_hooks.store.rows import naive_utc
from execution_hooks.store.tables import accounts, apps, hook_sources, tokens, users

_ANY_ACCOUNT = select(accounts.c.id).limit(literal_column("1", Integer))  # a number would be a parameter


class UnknownAccount(Exception):
    """There is no account of this id."""


class AlreadyThere(Exception):
    """The store holds one of this id or name already."""


class SeveralApps(Exception):
    """The account has more than one app of this name."""


@dataclass(frozen=True)
class Directory:
    """Who and what the API refers to. ``Caller``s are looked up here, the rest is administered."""

    database: Database
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_identifier

    def caller(self, token: str) -> Caller | None:
        """Return whose token this is; None if it is unknown, revoked or expired. The use is not noted."""
        return Callers(self.database, self.now).find(token)

    def ping(self) -> None:
        """Read a row of the store, if there is one. Raises StoreUnavailable or StoreDamaged if that fails."""
        self.database.first(_ANY_ACCOUNT, {})

    def create_account(self, name: str, *, account_id: str | None = None) -> str:
        """Add an account and return its id. Raises AlreadyThere if the given id is in use."""
        return self._add(accounts, {"id": account_id, "name": name})

    def switch_hooks(self, account_id: str, switch: HookSwitch) -> None:
        """Switch an account's hooks on or off, at once. Raises UnknownAccount."""
        switched = update(accounts).where(accounts.c.id == account_id).values(hooks=switch.value)

        def work(connection: Connection) -> None:
            _check_account(connection, account_id)
            connection.execute(switched)

        self.database.write(work)

    def create_token(
        self,
        account_id: str,
        role: Role,
        *,
        user_name: str,
        only: Collection[str] = (),
        valid_for: timedelta | None = None,
    ) -> str:
        """Make a token for a user of the account (added if new) and return it; only its digest is kept.

        It opens the collections ``only``, or all if that is empty; without ``valid_for`` it never expires.
        Raises UnknownAccount.
        """
        token = new_token()
        collections = ",".join(sorted(only)) or None
        now = self.now()
        expires_at = None if valid_for is None else int((now + valid_for).timestamp())
        owned = {"account_id": account_id, "created_at": naive_utc(now)}

        def work(connection: Connection) -> None:
            _check_account(connection, account_id)
            known = select(users.c.id).where(users.c.account_id == account_id, users.c.name == user_name)
            user_id = connection.scalar(known)
            if user_id is None:
                user_id = self.new_id()
                connection.execute(insert(users).values(id=user_id, name=user_name, **owned))
            row = {"digest": token_digest(token), "user_id": user_id, "role": role.label, **owned}
            connection.execute(insert(tokens).values(**row, collections=collections, expires_at=expires_at))

        self.database.write(work)
        return token

    def revoke_token(self, token: str) -> bool:
        """Revoke a token at once and for good; False if it is unknown or revoked already."""
        return self._revoke(tokens.c.digest == token_digest(token))

    def revoke_token_of_id(self, text: str) -> bool:
        """Do the same by the id that lists show."""
        digests = digests_of_id(text)
        return digests is not None and self._revoke(tokens.c.digest.between(*digests))

    def _revoke(self, which: ColumnElement[bool]) -> bool:
        revocation = update(tokens).where(which, tokens.c.revoked_at.is_(None))
        revoked = revocation.values(revoked_at=naive_utc(self.now())).returning(tokens.c.user_id)
        return self.database.write(lambda connection: connection.execute(revoked).first() is not None)

    def create_app(
        self, account_id: str, name: str, *, app_id: str | None = None, post_failover: bool = True
    ) -> str:
        """Add an app and return its id; without ``post_failover`` it takes no hooks for that.

        Raises UnknownAccount, or AlreadyThere for an id in use.
        """
        row = {"id": app_id, "account_id": account_id, "name": name}
        return self._add(apps, {**row, "post_failover": post_failover})

    def app_for_import(self, account_id: str, name: str, app_id: str | None) -> str:
        """Return the id of the account's app of this id, else of this name; add the app if there is none.

        Raises UnknownAccount, SeveralApps, or AlreadyThere if another account has the id.
        """
        key = apps.c.name == name if app_id is None else apps.c.id == app_id
        row = self._new({"id": app_id, "account_id": account_id, "name": name})

        def work(connection: Connection) -> str:
            # Locked, so that two imports at once do not both add the app: its name is not unique.
            _check_account(connection, account_id, locking=True)
            known = connection.scalars(select(apps.c.id).where(apps.c.account_id == account_id, key)).all()
            if len(known) > 1:
                raise SeveralApps(name)
            return known[0] if known else _add(connection, apps, row)

        return self.database.write(work)

    def create_hook_source(
        self,
        account_id: str,
        name: str,
        script: bytes,
        *,
        source_id: str | None = None,
        description: str | None = None,
        private: bool = False,
        preloaded: bool = False,
    ) -> str:
        """Add a hook source and return its id. Its creator is the system, not a user.

        Raises InvalidScript, UnknownAccount, or AlreadyThere for an id in use or a name taken in this
        account.
        """
        source = HookSource(
            id=source_id or self.new_id(),
            account_id=account_id,
            name=name,
            source=encoded(script, limits().longest_script),
            description=description,
            metadata=Metadata.new(NIL, self.now()),
            private=private,
            preloaded=preloaded,
        )
        return self._write(hook_sources, source_row(source))

    def _add(self, table: Table, given: dict[str, Any]) -> str:
        return self._write(table, self._new(given))

    def _write(self, table: Table, row: dict[str, Any]) -> str:
        def work(connection: Connection) -> str:
            if "account_id" in row:
                _check_account(connection, row["account_id"])
            return _add(connection, table, row)

        return self.database.write(work)

    def _new(self, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "id": row["id"] or self.new_id(), "created_at": naive_utc(self.now())}

    def check_account(self, account_id: str) -> None:
        """Raise UnknownAccount if there is no account of this id."""
        with self.database.reading() as connection:
            _check_account(connection, account_id)


def _check_account(connection: Connection, account_id: str, *, locking: bool = False) -> None:
    account = select(accounts.c.id).where(accounts.c.id == account_id)
    if connection.scalar(account.with_for_update(key_share=True) if locking else account) is None:
        raise UnknownAccount(account_id)


def _add(connection: Connection, table: Table, row: dict[str, Any]) -> str:
    """Add a row and return its id. Raises AlreadyThere."""
    taken = table.c.id == row["id"]
    if table is hook_sources:
        taken |= (table.c.account_id == row["account_id"]) & (table.c.name == row["name"])
    if connection.scalar(select(exists().where(taken))):
        raise AlreadyThere(row["id"], row["name"])
    connection.execute(insert(table).values(row))
    added: str = row["id"]
    return added
