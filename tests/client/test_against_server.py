"""The generated client against a real server process: sync and async, success and each typed problem."""

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from execution_hooks.access import Role
from execution_hooks.demo import ACCOUNT_ID
from execution_hooks.store.database import open_database
from execution_hooks.store.directory import Directory
from execution_hooks_client import AuthenticatedClient
from execution_hooks_client.api.execution_hooks import create_execution_hook
from execution_hooks_client.models import (
    BadRequestProblem,
    ConflictProblem,
    ContentTooLargeProblem,
    ExecutionHook,
    ForbiddenProblem,
    InvalidField,
    MatchingCriterion,
    NewExecutionHook,
    NotAcceptableProblem,
    NotFoundProblem,
    UnauthorizedProblem,
)
from execution_hooks_client.types import Response, Unset
from harness.accounts import Account
from harness.processes import Server, StartServer

Create = Callable[..., Response[Any]]


@pytest.fixture(params=["sync", "async"])
def create(request: pytest.FixtureRequest, server: Server, account: Account) -> Create:
    """Create a hook, by each way the client has; keywords change the client or the account."""

    def send(
        hook: NewExecutionHook,
        *,
        account_id: str = account.id,
        token: str | None = None,
        **options: Any,  # noqa: ANN401 the client's
    ) -> Response[Any]:
        bearer = account.tokens[Role.MEMBER] if token is None else token
        client = AuthenticatedClient(base_url=server.url, token=bearer, **options)
        if request.param == "sync":
            with client:
                return create_execution_hook.sync_detailed(UUID(account_id), client=client, body=hook)

        async def send_async() -> Response[Any]:
            async with client:
                return await create_execution_hook.asyncio_detailed(
                    UUID(account_id), client=client, body=hook
                )

        return asyncio.run(send_async())

    return send


def _hook(account: Account, **changes: object) -> NewExecutionHook:
    return NewExecutionHook.from_dict(account.hook(**changes))


def _fields(problem: BadRequestProblem | ConflictProblem) -> list[InvalidField]:
    assert not isinstance(problem.invalid_fields, Unset)
    return problem.invalid_fields


def test_a_created_hook_is_answered_as_a_typed_resource(create: Create, account: Account) -> None:
    criterion = MatchingCriterion("podName", "^db-")
    hook = _hook(account, description="typed")
    hook.matching_criteria = [criterion]

    answer = create(hook)

    created = answer.parsed
    assert answer.status_code == 201
    assert isinstance(created, ExecutionHook)
    assert (created.name, created.description) == (hook.name, "typed")
    assert created.matching_criteria == [criterion]
    assert created.app_id == UUID(account.app_id)
    assert created.metadata.labels == []
    assert answer.headers["Location"].endswith(f"/{created.id}")


def test_a_refused_schema_is_typed_with_its_faults(create: Create, account: Account) -> None:
    problem = create(_hook(account, name="", description="d" * 512)).parsed

    assert isinstance(problem, BadRequestProblem)
    assert (problem.type_, problem.status) == ("https://astra.netapp.io/problems/8", "400")
    assert [fault.name for fault in _fields(problem)] == ["/name", "/description"]
    assert isinstance(problem.schema_validation_failure, str)
    assert isinstance(problem.correlation_id, UUID)


def test_a_broken_rule_is_typed_with_its_faults(create: Create, account: Account) -> None:
    problem = create(_hook(account, appID=str(uuid4()))).parsed

    assert isinstance(problem, BadRequestProblem)
    assert problem.type_ == "https://astra.netapp.io/problems/9"
    assert [fault.name for fault in _fields(problem)] == ["/appID"]


def test_a_bad_token_is_typed(create: Create, account: Account) -> None:
    problem = create(_hook(account), token="unknown").parsed  # noqa: S106 no secret

    assert isinstance(problem, UnauthorizedProblem)
    assert problem.type_ == "https://astra.netapp.io/problems/4"


def test_no_token_is_typed(create: Create, account: Account) -> None:
    problem = create(_hook(account), prefix="Basic").parsed

    assert isinstance(problem, UnauthorizedProblem)
    assert problem.type_ == "https://astra.netapp.io/problems/3"


def test_too_low_a_role_is_typed(create: Create, account: Account) -> None:
    problem = create(_hook(account), token=account.tokens[Role.VIEWER]).parsed

    assert isinstance(problem, ForbiddenProblem)
    assert problem.type_ == "https://astra.netapp.io/problems/11"


def test_a_hook_of_type_netapp_is_typed(create: Create, account: Account) -> None:
    problem = create(_hook(account, hookType="netapp")).parsed

    assert isinstance(problem, ForbiddenProblem)
    assert problem.type_ == "https://astra.netapp.io/problems/73"


def test_an_unknown_account_is_typed(create: Create, account: Account) -> None:
    problem = create(_hook(account), account_id=str(uuid4())).parsed

    assert isinstance(problem, NotFoundProblem)
    assert problem.detail == "The collection specified in the request URI wasn't found."


def test_a_taken_name_is_typed_with_its_field(create: Create, account: Account) -> None:
    hook = _hook(account)
    create(hook)

    problem = create(hook).parsed

    assert isinstance(problem, ConflictProblem)
    assert [fault.name for fault in _fields(problem)] == ["/name"]


def test_what_is_not_on_the_page_is_typed_too(create: Create, account: Account) -> None:
    unacceptable = create(_hook(account), headers={"Accept": "text/html"}).parsed
    too_large = create(_hook(account, matchingCriteria=[{"type": "podName", "value": "x" * 262_144}])).parsed

    assert isinstance(unacceptable, NotAcceptableProblem)
    assert isinstance(too_large, ContentTooLargeProblem)


@pytest.fixture
def demo_account(start_server: StartServer, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment that the client's README asks for."""
    url = f"sqlite:///{tmp_path}/demo.db"
    with start_server(url, "--demo") as server, open_database(url) as database:
        token = Directory(database).create_token(ACCOUNT_ID, Role.MEMBER, user_name="readme")
        yield {
            "EXECUTION_HOOKS_URL": server.url,
            "EXECUTION_HOOKS_ACCOUNT": ACCOUNT_ID,
            "EXECUTION_HOOKS_TOKEN": token,
        }


def test_the_code_of_the_readme_runs(
    demo_account: dict[str, str],
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in demo_account.items():
        monkeypatch.setenv(name, value)
    text = (repository / "client" / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    namespace: dict[str, Any] = {"__name__": "readme"}

    for block in blocks:
        exec(compile(block, "README.md", "exec"), namespace)  # noqa: S102 our own README

    printed = capsys.readouterr().out
    assert len(blocks) >= 5
    assert "choose another name" in printed
    assert "/appID is not the id of an app of this account" in printed
