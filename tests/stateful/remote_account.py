"""An account on a running server: what is sent to it over HTTP, and what is done in its store."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from execution_hooks.domain.access import HookSwitch, Role
from execution_hooks.domain.errors import UnknownResource
from execution_hooks.matching.containers import Container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.directory import Directory, UnknownAccount
from execution_hooks_conformance.oracle.account_state import Document, Resource
from harness.accounts import Account
from stateful.resource_paths import UNKNOWN_ID, ResourcePath


@dataclass(frozen=True)
class RemoteAccount:
    """A fresh account. ``foreign`` is another one on the same server."""

    http: httpx.Client
    directory: Directory
    foreign: Account
    id: str
    token: str
    user_id: str

    @classmethod
    def new(cls, http: httpx.Client, directory: Directory, foreign: Account) -> "RemoteAccount":
        """Make an account with nothing in it."""
        account_id = directory.create_account("stateful")
        token = directory.create_token(account_id, Role.MEMBER, user_name="member")
        caller = directory.caller(token)
        assert caller is not None
        return cls(http, directory, foreign, account_id, token, caller.user_id)

    @property
    def authorization(self) -> str:
        """The header value that authenticates a member of the account."""
        return f"Bearer {self.token}"

    def url_path(self, path: ResourcePath) -> str:
        """Return the path of a resource or collection in URLs of the account."""
        return path.template.format(**path.parameters(self.id))

    def send(
        self,
        method: str,
        path: ResourcePath,
        body: Document | None = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request as a member of the account."""
        all_headers = {"Authorization": self.authorization, **(headers or {})}
        return self.http.request(method, self.url_path(path), headers=all_headers, params=query, json=body)

    def read(self, path: ResourcePath) -> Resource:
        """Read a resource that exists."""
        response = self.send("GET", path)
        return Resource(response.json(), response.headers["ETag"])

    def import_containers(self, app_id: str, containers: list[Document]) -> bool:
        """Replace an app's containers as the command line does; False if the account has no such app."""
        imported = [_container(container) for container in containers]
        try:
            StoredApps(self.directory.database).replace_containers(self.id, app_id, imported)
        except UnknownResource:
            return False
        return True

    def switch_hooks(self, to: str, *, here: bool) -> bool:
        """Switch the account's hooks; without ``here``, those of an unknown account, which returns False."""
        try:
            self.directory.switch_hooks(self.id if here else UNKNOWN_ID, HookSwitch(to))
        except UnknownAccount:
            return False
        return True


def _container(document: Document) -> Container:
    return Container(
        namespace_name=document["namespaceName"],
        pod_name=document["podName"],
        pod_labels=tuple((label["name"], label["value"]) for label in document["podLabels"]),
        container_name=document["containerName"],
        container_image=document["containerImage"],
    )
