"""What an account has when a run begins: what only the command line makes, and something to change."""

from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.hooks import StoredHooks
from execution_hooks_conformance.oracle.account_state import AccountState, Document, Resource
from execution_hooks_conformance.oracle.effects import labels, outcome
from execution_hooks_conformance.oracle.matching import Container
from execution_hooks_conformance.oracle.target import APPS, HOOKS, SOURCES
from harness.stored_hooks import provide_hook
from stateful.bodies import NEW_HOOK, NEW_SOURCE
from stateful.remote_account import RemoteAccount
from stateful.resource_paths import Names, ResourcePath

_NOBODY = "00000000-0000-0000-0000-000000000000"
_APP = {"type": "application/astra-app", "version": "2.0", "namespaces": [], "state": "discovering"}
_SOURCES: tuple[Document, ...] = (
    {**NEW_SOURCE, "name": "ours", "preloaded": "true"},
    {**NEW_SOURCE, "name": "hidden", "private": "true", "description": "it's"},
    {**NEW_SOURCE, "name": "it's"},
)


def _criteria(*pairs: tuple[str, str]) -> list[Document]:
    return [{"type": kind, "value": pattern} for kind, pattern in pairs]


_WHOLE: Document = {
    **NEW_HOOK,
    "matchingCriteria": _criteria(("podName", "a"), ("podName", "b")),
    "arguments": ["a"],
    "enabled": "false",
    "description": "it's",
    "metadata": {"labels": [{"name": "a", "value": "a"}]},
}
_HOOKS: tuple[Document, ...] = (
    {
        **NEW_HOOK,
        "name": "netapp",
        "hookType": "netapp",
        "matchingCriteria": _criteria(("namespaceName", "^b$"), ("podLabel", "a=a"), ("containerImage", "b")),
    },
    {**_WHOLE, "name": "a", "action": "backup", "stage": "pre", "hookSourceID": "hidden"},
    {**_WHOLE, "name": "it's", "action": "restore", "hookSourceID": "it's", "appID": "ledger"},
)
_CONTAINERS: list[Document] = [
    {
        "namespaceName": namespace,
        "podName": pod,
        "podLabels": [{"name": "a", "value": pod}],
        "containerName": "a",
        "containerImage": pod,
    }
    for namespace in ("b", "a")
    for pod in ("b", "ab", "a")
]


def fill(account: RemoteAccount) -> tuple[AccountState, Names]:
    """Fill an account; return its state, and the names of what is in it.

    There are an app whose containers are known, and one that takes no hooks after a failover; three hook
    sources, of which one is preloaded and one private; and three hooks, of which one is of type netapp and
    the others have all that a hook can have.
    """
    state = AccountState(account.id, account.authorization, account.user_id, containers={})
    names = Names(state)
    names.give(APPS, "foreign", account.foreign.app_id)
    names.give(SOURCES, "foreign", account.foreign.hook_source_id)
    for name in ("payroll", "ledger"):
        _keep(state, names, account, APPS, {**_APP, "name": name}, _create_app(account, name))
    state.without_failover.add(names.id_of(APPS, "ledger"))
    import_containers(state, account, names.id_of(APPS, "payroll"), _CONTAINERS)
    for source in _SOURCES:
        body = outcome(SOURCES, {}, source)
        _keep(state, names, account, SOURCES, body, _create_source(account, source))
    for hook in _HOOKS:
        sent = names.resolved(hook, HOOKS)
        body = {**outcome(HOOKS, {}, sent), "metadata": sent.get("metadata", {})}
        _keep(state, names, account, HOOKS, body, _create_hook(account, sent))
    return state, names


def import_containers(
    state: AccountState, account: RemoteAccount, app_id: str, containers: list[Document]
) -> None:
    """Import the containers of an app that exists."""
    assert account.import_containers(app_id, containers)
    read = account.read(ResourcePath(APPS, app_id))
    imported: list[Container] = [*containers]
    state.import_containers(app_id, imported, read.document["metadata"]["modificationTimestamp"], read.tag)


def _create_app(account: RemoteAccount, name: str) -> str:
    return account.directory.create_app(account.id, name, post_failover=name != "ledger")


def _create_source(account: RemoteAccount, source: Document) -> str:
    return account.directory.create_hook_source(
        account.id,
        source["name"],
        b"echo\n",
        description=source.get("description"),
        private="private" in source,
        preloaded="preloaded" in source,
    )


def _create_hook(account: RemoteAccount, hook: Document) -> str:
    return provide_hook(Hooks(StoredHooks(account.directory.database)), hook, account.id)


def _keep(
    state: AccountState,
    names: Names,
    account: RemoteAccount,
    collection: str,
    body: Document,
    created_id: str,
) -> None:
    """Put what was created into the state: as predicted, but for its time and tag, which are read."""
    read = account.read(ResourcePath(collection, created_id))
    now = read.document["metadata"]["creationTimestamp"]
    metadata = {
        "labels": labels(body, []),
        "creationTimestamp": now,
        "modificationTimestamp": now,
        "createdBy": _NOBODY,
    }
    state.keep(collection, Resource({**body, "id": created_id, "metadata": metadata}, read.tag))
    names.give(collection, body["name"], created_id)
