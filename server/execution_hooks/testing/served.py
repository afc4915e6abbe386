"""A server in another process, and what a test may do with it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from execution_hooks.matching.container_json import write_imported
from execution_hooks.matching.containers import Container
from execution_hooks.testing.control_client import Control
from execution_hooks_client import ExecutionHooks


class Served(Control):
    """A server with an account, an app whose containers are known, and a hook source; and its control.

    ``client`` is the account to a member; ``token`` is a member's, too.
    """

    def __init__(self, ready: Mapping[str, str], client: ExecutionHooks) -> None:
        super().__init__(ready["control"], ready["controlToken"])
        self.url = ready["url"]
        self.account_id = ready["account"]
        self.token = ready["token"]
        self.app_id = ready["app"]
        self.hook_source_id = ready["hookSource"]
        self.client = client

    def __repr__(self) -> str:
        return f"{type(self).__name__}(url={self.url!r}, account_id={self.account_id!r})"

    @classmethod
    @contextmanager
    def at(cls, ready: Mapping[str, str]) -> Iterator["Served"]:
        """Take what the ready file of a server says that was started with ``--demo --control``."""
        with (
            ExecutionHooks(ready["url"], ready["token"], ready["account"]) as client,
            cls(ready, client) as served,
        ):
            yield served

    def add_app(self, name: str, containers: Iterable[Container] = ()) -> str:
        """Add an app with containers, of which none may be given, and return its id."""
        app: dict[str, Any] = {"name": name}
        if found := [write_imported(each) for each in containers]:
            app["containers"] = found
        seeded = self.seed({"accounts": [{"id": self.account_id, "apps": [app]}]})
        app_id: str = seeded["accounts"][0]["apps"][0]["id"]
        return app_id
