"""An account to be judged on: with all that only the command line can make."""

from dataclasses import replace

from execution_hooks.domain.access import Role
from execution_hooks.domain.hook_service import Hooks
from execution_hooks.matching.containers import Container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.database import Database
from execution_hooks.store.directory import Directory
from execution_hooks.store.hooks import StoredHooks
from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.least_bodies import HOOK
from harness.stored_hooks import provide_hook

_SCRIPT = b"echo frozen\n"
_LABELS = (("app", "payroll"), ("team", "finance"))
_CONTAINERS = [
    Container("payroll", f"payroll-db-{number}", _LABELS, name, image)
    for number in range(3)
    for name, image in (("postgres", "registry.example/postgres:16.4"), ("web", "registry.example/web:2.3"))
]
_NETAPP_HOOK = {**HOOK, "name": "of the product", "hookType": "netapp"}


def new_account(database: Database) -> Facts:
    """Make one in a store.

    It has an app with containers and one that takes no hooks after a failover, a hook of the product, and
    hook sources: one to change, one private, and one of the product.
    """
    directory = Directory(database)
    account_id = directory.create_account("judged")
    app_id = directory.create_app(account_id, "payroll")
    limited_app_id = directory.create_app(account_id, "ledger", post_failover=False)
    StoredApps(database).replace_containers(account_id, app_id, _CONTAINERS)
    source_id = directory.create_hook_source(account_id, "freeze", _SCRIPT)
    directory.create_hook_source(account_id, "thaw", _SCRIPT, private=True)
    directory.create_hook_source(account_id, "quiesce", _SCRIPT, private=True, preloaded=True)
    hook = {**_NETAPP_HOOK, "hookSourceID": source_id, "appID": limited_app_id}
    provide_hook(Hooks(StoredHooks(database)), hook, account_id)
    token = directory.create_token(account_id, Role.MEMBER, user_name="judge")
    return Facts(account_id, token, app_id, limited_app_id)


def known_in_full(database: Database, facts: Facts) -> Facts:
    """Add all that can be known of an account: other tokens of it, and another account with a user."""
    directory = Directory(database)
    account_id, other = facts.account_id, directory.create_account("another")
    revoked = directory.create_token(account_id, Role.MEMBER, user_name="judge")
    directory.revoke_token(revoked)
    only = ["hookSources", "apps"]
    return replace(
        facts,
        second_token=directory.create_token(account_id, Role.MEMBER, user_name="second"),
        limited_token=directory.create_token(account_id, Role.MEMBER, user_name="judge", only=only),
        revoked_token=revoked,
        viewer_token=directory.create_token(account_id, Role.VIEWER, user_name="viewer"),
        foreign_account_id=other,
        foreign_token=directory.create_token(other, Role.MEMBER, user_name="stranger"),
    )
