"""Lists by the generated client: whole resources, chosen values, pages, and what is wrong with a query."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from execution_hooks.domain.access import Role
from execution_hooks_client.api.execution_hooks import (
    create_execution_hook,
    list_app_execution_hooks,
    list_execution_hooks,
)
from execution_hooks_client.models import (
    ExecutionHook,
    ExecutionHookList,
    InvalidParam,
    NewExecutionHook,
)
from execution_hooks_client.types import UNSET
from harness.accounts import Account
from harness.client_problems import is_problem

Ask = Callable[..., Any]


@pytest.fixture
def three(ask: Ask, account: Account) -> list[ExecutionHook]:
    """Three hooks of the account, the oldest first; only the last has a description."""
    bodies = [account.hook(name="a"), account.hook(name="b"), account.hook(name="c", description="last")]
    return [ask(create_execution_hook, body=NewExecutionHook.from_dict(body)).parsed for body in bodies]


def test_a_list_holds_whole_hooks_oldest_first(ask: Ask, three: list[ExecutionHook]) -> None:
    response = ask(list_execution_hooks)

    assert response.status_code == 200
    assert isinstance(response.parsed, ExecutionHookList)
    assert response.parsed.items == three
    assert response.parsed.metadata.continue_ is UNSET


def test_the_list_of_an_app_is_of_the_same_type(
    ask: Ask, account: Account, three: list[ExecutionHook]
) -> None:
    listed = ask(list_app_execution_hooks, account.app_id).parsed

    assert isinstance(listed, ExecutionHookList)
    assert listed.items == three


@pytest.mark.usefixtures("three")
def test_chosen_members_come_as_lists_of_values(ask: Ask) -> None:
    listed = ask(list_execution_hooks, include="name,description,arguments").parsed

    assert isinstance(listed, ExecutionHookList)
    assert listed.items == [["a", None, []], ["b", None, []], ["c", "last", []]]


@pytest.mark.usefixtures("three")
def test_a_filter_keeps_what_meets_all_its_comparisons(ask: Ask) -> None:
    listed = ask(list_execution_hooks, filter_="name gte 'b', name lt 'c'", include="name").parsed

    assert listed.items == [["b"]]


def test_each_page_has_the_cursor_of_the_next(ask: Ask, three: list[ExecutionHook]) -> None:
    first = ask(list_execution_hooks, limit=2).parsed
    second = ask(list_execution_hooks, limit=2, continue_=first.metadata.continue_).parsed

    assert [*first.items, *second.items] == three
    assert len(first.items) == 2
    assert second.metadata.continue_ is UNSET


def test_an_empty_list_has_no_items(ask: Ask) -> None:
    assert ask(list_execution_hooks).parsed.items == []


@pytest.mark.parametrize(
    ("name", "value"), [("limit", 0), ("include", "nme"), ("filter", "name"), ("continue", "0")]
)
def test_a_bad_value_is_typed_with_its_parameter(ask: Ask, name: str, value: object) -> None:
    python_name = {"filter": "filter_", "continue": "continue_"}.get(name, name)
    problem = ask(list_execution_hooks, **{python_name: value}).parsed

    assert is_problem(problem, "400")
    assert problem.type_ == "https://astra.netapp.io/problems/5"
    [violation] = problem.invalid_params or []
    assert isinstance(violation, InvalidParam)
    assert violation.name == name


def test_an_unknown_account_or_app_has_no_lists(ask: Ask) -> None:
    of_account = ask(list_execution_hooks, account_id=str(uuid4())).parsed
    of_app = ask(list_app_execution_hooks, uuid4()).parsed

    assert is_problem(of_account, "404")
    assert is_problem(of_app, "404")


def test_a_viewer_may_list(ask: Ask, account: Account, three: list[ExecutionHook]) -> None:
    assert ask(list_execution_hooks, token=account.tokens[Role.VIEWER]).parsed.items == three
