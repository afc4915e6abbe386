"""An account on a running server: what is sent to it over HTTP, and what is done to it beside the server."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from execution_hooks.domain.access import HookSwitch, Role
from execution_hooks.domain.errors import UnknownResource
from execution_hooks.matching.containers import Container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.directory import Directory, UnknownAccount
from harness.accounts import Account
from life.matcher import Resource
from life.model import NEVER_MADE, Place

_COLLECTIONS = {"hooks": "core/v1/executionHooks", "sources": "core/v1/hookSources", "apps": "k8s/v2/apps"}


@dataclass(frozen=True)
class Site:
    """A fresh account. ``foreign`` is another one on the same server."""

    http: httpx.Client
    directory: Directory
    foreign: Account
    account_id: str
    token: str

    @classmethod
    def new(cls, http: httpx.Client, directory: Directory, foreign: Account) -> "Site":
        """Make an account with nothing in it."""
        account_id = directory.create_account("life")
        token = directory.create_token(account_id, Role.MEMBER, user_name="member")
        return cls(http, directory, foreign, account_id, token)

    def path(self, place: Place) -> str:
        """Return the path of a place."""
        below = f"k8s/v1/apps/{place.app_id}/executionHooks"
        collection = _COLLECTIONS[place.kind] if place.app_id is None else below
        return f"/accounts/{self.account_id}/{collection}/{place.id}".rstrip("/")

    def send(
        self,
        method: str,
        place: Place,
        body: Resource | None = None,
        *,
        query: dict[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request as a member of the account."""
        all_headers = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return self.http.request(method, self.path(place), headers=all_headers, params=query, json=body)

    def changed_at(self, place: Place) -> str:
        """Read when a resource was changed last, or created."""
        metadata: dict[str, str] = self.send("GET", place).json()["metadata"]
        return metadata["modificationTimestamp"]

    def import_containers(self, app_id: str, containers: list[Resource]) -> bool:
        """Replace an app's containers as the command line does; False if the account has no such app."""
        read = [_container(container) for container in containers]
        try:
            StoredApps(self.directory.database).replace_containers(self.account_id, app_id, read)
        except UnknownResource:
            return False
        return True

    def switch_hooks(self, to: str, *, here: bool) -> bool:
        """Switch the account's hooks; elsewhere than here there is no account, which gives False."""
        try:
            self.directory.switch_hooks(self.account_id if here else NEVER_MADE, HookSwitch(to))
        except UnknownAccount:
            return False
        return True


def _container(document: Resource) -> Container:
    return Container(
        namespace_name=document["namespaceName"],
        pod_name=document["podName"],
        pod_labels=tuple((label["name"], label["value"]) for label in document["podLabels"]),
        container_name=document["containerName"],
        container_image=document["containerImage"],
    )
