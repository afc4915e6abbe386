"""A server in another process, and what a test may do with it and with its store."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, not_

from execution_hooks.matching.containers import Container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.database import Database, open_database
from execution_hooks.store.directory import Directory
from execution_hooks.store.tables import apps, execution_hooks, hook_sources, idempotency_keys, inventories
from execution_hooks_client import ExecutionHooks


@dataclass(frozen=True)
class Served:
    """A server with an account, an app whose containers are known, and a hook source.

    ``client`` is the account to a member; ``token`` is a member's, too.
    """

    url: str
    account_id: str
    token: str = field(repr=False)
    app_id: str
    hook_source_id: str
    client: ExecutionHooks
    _database: Database = field(repr=False)

    @classmethod
    @contextmanager
    def at(cls, ready: Mapping[str, str], database: str) -> Iterator["Served"]:
        """Take what the server's ready file says, and the URL of its store."""
        url, token, account_id = (ready[name] for name in ("url", "token", "account"))
        with open_database(database) as opened, ExecutionHooks(url, token, account_id) as client:
            yield cls(url, account_id, token, ready["app"], ready["hookSource"], client, opened)

    def reset(self) -> None:
        """Remove what was stored since the start: every hook, and all other apps and hook sources."""

        def work(connection: Connection) -> None:
            connection.execute(delete(idempotency_keys))
            connection.execute(delete(execution_hooks))
            connection.execute(delete(hook_sources).where(not_(hook_sources.c.id == self.hook_source_id)))
            connection.execute(delete(inventories).where(not_(inventories.c.app_id == self.app_id)))
            connection.execute(delete(apps).where(not_(apps.c.id == self.app_id)))

        self._database.write(work)

    def add_app(self, name: str, containers: Iterable[Container] = ()) -> str:
        """Add an app with containers, of which none may be given, and return its id."""
        app_id = Directory(self._database).create_app(self.account_id, name)
        if found := list(containers):
            StoredApps(self._database).replace_containers(self.account_id, app_id, found)
        return app_id
