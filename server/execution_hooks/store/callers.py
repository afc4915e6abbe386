"""Whose token a request carries, and when each token was last used."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, select, update

from execution_hooks.domain.access import ROLES, Caller, HookSwitch, token_digest
from execution_hooks.store.database import Database
from execution_hooks.store.statements import LookUp, Row
from execution_hooks.store.tables import accounts, tokens
from execution_hooks.store.writer import Work

USE_IS_NOTED_EVERY_SECONDS = 60

_CALLER = LookUp(
    tokens.c.digest,
    select(
        tokens.c.user_id,
        tokens.c.account_id,
        tokens.c.role,
        tokens.c.collections,
        accounts.c.hooks,
        tokens.c.expires_at,
        tokens.c.last_used_at,
    )
    .join(accounts, accounts.c.id == tokens.c.account_id)
    .where(tokens.c.revoked_at.is_(None)),
)


def _drop(_work: Work[None]) -> None:
    """Stand in for a writer where the use of tokens is not noted."""


class Callers:
    """The callers behind tokens. Those whose token is unknown, revoked or expired are None.

    A use is noted once a minute for each token, by work that is given to ``later``, which must not block:
    no request waits for it. A use that cannot be written is not noted.
    """

    def __init__(
        self, database: Database, now: Callable[[], datetime], later: Callable[[Work[None]], object] = _drop
    ) -> None:
        self._database = database
        self._now = now
        self._later = later
        self._noted: dict[bytes, int] = {}

    async def look_up(self, token: str) -> Caller | None:
        """Return whose token this is. Raises StoreUnavailable or StoreDamaged."""
        digest = token_digest(token)
        return self._caller(digest, await self._database.look_up(_CALLER, digest))

    def find(self, token: str) -> Caller | None:
        """Do the same where no event loop is."""
        digest = token_digest(token)
        return self._caller(digest, self._database.first(_CALLER.one, {"key": digest}))

    def _caller(self, digest: bytes, row: Row | None) -> Caller | None:
        if row is None:
            return None
        user_id, account_id, role, only, hooks, expires_at, last_used_at = row
        now = int(self._now().timestamp())
        if expires_at is not None and expires_at <= now:
            return None
        noted = self._noted.get(digest, last_used_at)
        if noted is None or not noted <= now < noted + USE_IS_NOTED_EVERY_SECONDS:
            self._note(digest, now)
        collections = None if only is None else frozenset(only.split(","))
        return Caller(user_id, account_id, ROLES[role], collections, HookSwitch(hooks))

    def _note(self, digest: bytes, now: int) -> None:
        self._noted[digest] = now
        noted = update(tokens).where(tokens.c.digest == digest).values(last_used_at=now)

        def work(connection: Connection) -> None:
            connection.execute(noted)

        self._later(work)
