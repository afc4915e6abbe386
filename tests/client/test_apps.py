"""Apps by the generated client, which can only read them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from execution_hooks.domain.access import Role
from execution_hooks.matching.containers import Container
from execution_hooks.store.apps import StoredApps
from execution_hooks.store.directory import Directory
from execution_hooks_client.api.apps import get_app, list_apps
from execution_hooks_client.api.execution_hooks import create_execution_hook
from execution_hooks_client.models import (
    App,
    AppList,
    MatchingContainer,
    NewExecutionHook,
    PodLabel,
)
from harness.accounts import Account
from harness.client_problems import is_problem

Ask = Callable[..., Any]

DATABASE = Container("payroll", "db-0", (("app", "payroll"),), "postgres", "registry.example/postgres:16.4")


def test_an_app_without_containers_is_being_discovered(ask: Ask, account: Account) -> None:
    app = ask(get_app, account.app_id).parsed

    assert isinstance(app, App)
    assert (app.id, app.name) == (UUID(account.app_id), "payroll")
    assert (app.state, app.namespaces, app.metadata.labels) == ("discovering", [], [])


def test_an_app_with_containers_is_ready_and_its_hooks_name_them(
    ask: Ask, account: Account, directory: Directory
) -> None:
    StoredApps(directory.database).replace_containers(account.id, account.app_id, [DATABASE])
    hook = ask(create_execution_hook, body=NewExecutionHook.from_dict(account.hook())).parsed
    app = ask(get_app, account.app_id).parsed

    assert (app.state, app.namespaces) == ("ready", ["payroll"])
    labels = [PodLabel("app", "payroll")]
    assert hook.matching_containers == [
        MatchingContainer("db-0", labels, "registry.example/postgres:16.4", "postgres", "payroll")
    ]
    assert hook.matching_images == ["registry.example/postgres:16.4"]


def test_apps_are_listed_whole_or_by_chosen_members(ask: Ask, account: Account) -> None:
    whole = ask(list_apps).parsed
    chosen = ask(list_apps, include="id,name", filter_="state eq 'discovering'", limit=1).parsed

    assert isinstance(whole, AppList)
    assert whole.items == [ask(get_app, account.app_id).parsed]
    assert isinstance(chosen, AppList)
    assert chosen.items == [[account.app_id, "payroll"]]


def test_an_unknown_app_is_typed(ask: Ask) -> None:
    assert is_problem(ask(get_app, uuid4()).parsed, "404")


def test_a_token_for_hooks_alone_reads_no_apps(ask: Ask, account: Account, directory: Directory) -> None:
    token = directory.create_token(account.id, Role.ADMIN, user_name="hooks", only=["executionHooks"])

    for operation, *ids in ((list_apps,), (get_app, account.app_id)):
        problem = ask(operation, *ids, token=token).parsed
        assert is_problem(problem, "403")
        assert problem.type_ == "https://astra.netapp.io/problems/11"
