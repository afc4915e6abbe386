"""What an account has when a walk begins: what only the command line makes, and something to change."""

from execution_hooks.domain.hook_service import Hooks
from execution_hooks.store.hooks import StoredHooks
from harness.stored_hooks import provide_hook
from life.bodies import HOOK, SOURCE
from life.matcher import Resource
from life.model import NOBODY, Model, Place
from life.site import Site

_SOURCES: tuple[Resource, ...] = (
    {**SOURCE, "name": "ours", "preloaded": "true"},
    {**SOURCE, "name": "hidden", "private": "true", "description": "it's"},
    {**SOURCE, "name": "it's"},
)


def _criteria(*pairs: tuple[str, str]) -> list[Resource]:
    return [{"type": kind, "value": pattern} for kind, pattern in pairs]


_WHOLE: Resource = {
    **HOOK,
    "matchingCriteria": _criteria(("podName", "a"), ("podName", "b")),
    "arguments": ["a"],
    "enabled": "false",
    "description": "it's",
    "metadata": {"labels": [{"name": "a", "value": "a"}]},
}
_HOOKS: tuple[Resource, ...] = (
    {
        **HOOK,
        "name": "netapp",
        "hookType": "netapp",
        "matchingCriteria": _criteria(("namespaceName", "^b$"), ("podLabel", "a=a"), ("containerImage", "b")),
    },
    {**_WHOLE, "name": "a", "action": "backup", "stage": "pre", "hookSourceID": "hidden"},
    {**_WHOLE, "name": "it's", "action": "restore", "hookSourceID": "it's", "appID": "ledger"},
)
_CONTAINERS: list[Resource] = [
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


def initial_account(site: Site) -> Model:
    """Furnish an account, and return the model of it.

    There are an app whose containers are known, and one that takes no hooks after a failover; three hook
    sources, of which one is preloaded and one private; and three hooks, of which one is of type netapp and
    the others have all that a hook can have.
    """
    caller = site.directory.caller(site.token)
    assert caller is not None
    model = Model(caller.user_id)
    model.called["apps", "foreign"] = site.foreign.app_id
    model.called["sources", "foreign"] = site.foreign.hook_source_id
    for name in ("payroll", "ledger"):
        _add(model, site, "apps", {"name": name}, _app(site, name))
    model.without_failover.add(model.id_of("apps", "ledger"))
    payroll = Place("apps", model.id_of("apps", "payroll"))
    site.import_containers(payroll.id, _CONTAINERS)
    model.import_containers(payroll.id, _CONTAINERS, site.changed_at(payroll))
    for source in _SOURCES:
        _add(model, site, "sources", source, _source(site, source))
    for body in _HOOKS:
        hook = model.resolved(body, "hooks")
        _add(model, site, "hooks", hook, _hook(site, hook))
    return model


def _app(site: Site, name: str) -> str:
    return site.directory.create_app(site.account_id, name, post_failover=name != "ledger")


def _source(site: Site, source: Resource) -> str:
    return site.directory.create_hook_source(
        site.account_id,
        source["name"],
        b"echo\n",
        description=source.get("description"),
        private="private" in source,
        preloaded="preloaded" in source,
    )


def _hook(site: Site, hook: Resource) -> str:
    return provide_hook(Hooks(StoredHooks(site.directory.database)), hook, site.account_id)


def _add(model: Model, site: Site, kind: str, body: Resource, made_id: str) -> None:
    place = Place(kind, made_id)
    model.add(place, body, site.changed_at(place), NOBODY)
