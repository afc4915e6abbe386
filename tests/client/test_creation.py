"""Creating hooks by the generated client, sync and async: the resource, and each refusal, typed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from execution_hooks.domain.access import Role
from execution_hooks_client.api.execution_hooks import create_app_execution_hook, create_execution_hook
from execution_hooks_client.models import (
    ExecutionHook,
    InvalidField,
    MatchingCriterion,
    NewExecutionHook,
    NewMatchingCriterion,
    Problem,
)
from execution_hooks_client.types import Unset
from harness.accounts import Account
from harness.client_problems import is_problem

Ask = Callable[..., Any]


def _hook(account: Account, **changes: object) -> NewExecutionHook:
    return NewExecutionHook.from_dict(account.hook(**changes))


def _fields(problem: Problem) -> list[InvalidField]:
    assert not isinstance(problem.invalid_fields, Unset)
    return problem.invalid_fields


def test_a_created_hook_comes_as_a_typed_resource(ask: Ask, account: Account) -> None:
    hook = _hook(account, description="typed")
    hook.matching_criteria = [NewMatchingCriterion("podName", "^db-")]

    response = ask(create_execution_hook, body=hook)

    created = response.parsed
    assert response.status_code == 201
    assert isinstance(created, ExecutionHook)
    assert (created.name, created.description) == (hook.name, "typed")
    assert created.matching_criteria == [MatchingCriterion("podName", "^db-")]
    assert created.app_id == UUID(account.app_id)
    assert created.metadata.labels == []
    assert response.headers["Location"].endswith(f"/{created.id}")


def test_a_hook_is_created_below_its_app_too(ask: Ask, account: Account) -> None:
    response = ask(create_app_execution_hook, account.app_id, body=_hook(account))

    assert isinstance(response.parsed, ExecutionHook)
    assert response.headers["Location"].endswith(
        f"/apps/{account.app_id}/executionHooks/{response.parsed.id}"
    )


def test_arguments_of_none_are_sent_as_null_and_taken_as_left_out(ask: Ask, account: Account) -> None:
    hook = _hook(account)
    assert "arguments" not in hook.to_dict()
    hook.arguments = None
    assert hook.to_dict()["arguments"] is None

    assert ask(create_execution_hook, body=hook).parsed.arguments == []


def test_arguments_may_repeat_and_keep_their_order(ask: Ask, account: Account) -> None:
    hook = _hook(account, arguments=["--db", "b", "--db", "a"])

    assert ask(create_execution_hook, body=hook).parsed.arguments == ["--db", "b", "--db", "a"]


def test_what_the_server_does_not_know_is_unset(ask: Ask, account: Account) -> None:
    created = ask(create_execution_hook, body=_hook(account)).parsed

    assert isinstance(created.matching_containers, Unset)
    assert isinstance(created.matching_images, Unset)
    assert isinstance(created.description, Unset)
    assert isinstance(created.metadata.modified_by, Unset)


def test_a_repeated_key_returns_the_same_hook(ask: Ask, account: Account) -> None:
    hook, key = _hook(account), str(uuid4())
    first = ask(create_execution_hook, body=hook, idempotency_key=key)
    again = ask(create_execution_hook, body=hook, idempotency_key=key)

    assert isinstance(first.parsed, ExecutionHook)
    assert again.parsed == first.parsed
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_refused_schema_is_typed_with_its_violations(ask: Ask, account: Account) -> None:
    problem = ask(create_execution_hook, body=_hook(account, name="", description="d" * 512)).parsed

    assert is_problem(problem, "400")
    assert (problem.type_, problem.status) == ("https://astra.netapp.io/problems/8", "400")
    assert [violation.name for violation in _fields(problem)] == ["/name", "/description"]
    assert isinstance(problem.schema_validation_failure, str)
    assert isinstance(problem.correlation_id, UUID)


def test_a_broken_rule_is_typed_with_its_violations(ask: Ask, account: Account) -> None:
    problem = ask(create_execution_hook, body=_hook(account, appID=str(uuid4()))).parsed

    assert is_problem(problem, "400")
    assert problem.type_ == "https://astra.netapp.io/problems/9"
    assert [violation.name for violation in _fields(problem)] == ["/appID"]


def test_a_bad_token_is_typed(ask: Ask, account: Account) -> None:
    problem = ask(create_execution_hook, body=_hook(account), token="unknown").parsed  # noqa: S106 no secret

    assert is_problem(problem, "401")
    assert problem.type_ == "https://astra.netapp.io/problems/4"


def test_no_token_is_typed(ask: Ask, account: Account) -> None:
    problem = ask(
        create_execution_hook, body=_hook(account), settings={"headers": {"Authorization": "Basic bWU6bWU="}}
    ).parsed

    assert is_problem(problem, "401")
    assert problem.type_ == "https://astra.netapp.io/problems/3"


def test_too_low_a_role_is_typed(ask: Ask, account: Account) -> None:
    problem = ask(create_execution_hook, body=_hook(account), token=account.tokens[Role.VIEWER]).parsed

    assert is_problem(problem, "403")
    assert problem.type_ == "https://astra.netapp.io/problems/11"


def test_a_hook_of_type_netapp_is_typed(ask: Ask, account: Account) -> None:
    problem = ask(create_execution_hook, body=_hook(account, hookType="netapp")).parsed

    assert is_problem(problem, "403")
    assert problem.type_ == "https://astra.netapp.io/problems/73"


def test_an_unknown_account_is_typed(ask: Ask, account: Account) -> None:
    problem = ask(create_execution_hook, body=_hook(account), account_id=str(uuid4())).parsed

    assert is_problem(problem, "404")
    assert problem.detail == "The collection specified in the request URI wasn't found."


def test_a_taken_name_is_typed_with_its_field(ask: Ask, account: Account) -> None:
    hook = _hook(account)
    ask(create_execution_hook, body=hook)

    problem = ask(create_execution_hook, body=hook).parsed

    assert is_problem(problem, "409")
    assert [violation.name for violation in _fields(problem)] == ["/name"]


def test_what_is_not_on_the_page_is_typed_too(ask: Ask, account: Account) -> None:
    html = {"headers": {"Accept": "text/html"}}
    large = [{"type": "podName", "value": "x" * 262_144}]
    unacceptable = ask(create_execution_hook, body=_hook(account), settings=html).parsed
    too_large = ask(create_execution_hook, body=_hook(account, matchingCriteria=large)).parsed

    assert is_problem(unacceptable, "406")
    assert is_problem(too_large, "413")
