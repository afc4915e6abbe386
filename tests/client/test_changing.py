"""Reading, changing and deleting hooks by the generated client, on both paths that lead to a hook."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest

from execution_hooks.domain.access import Role
from execution_hooks_client.api.execution_hooks import (
    create_execution_hook,
    delete_app_execution_hook,
    delete_execution_hook,
    get_app_execution_hook,
    get_execution_hook,
    update_app_execution_hook,
    update_execution_hook,
)
from execution_hooks_client.models import (
    ExecutionHook,
    ExecutionHookUpdate,
    Label,
    NewExecutionHook,
    NewLabel,
    NewMetadata,
)
from execution_hooks_client.types import UNSET, Response, Unset
from harness.accounts import Account
from harness.client_problems import is_problem

Ask = Callable[..., Any]


@dataclass(frozen=True)
class Path:
    """A path to hooks: the ids that it begins with, after the account's, and its operations."""

    ids: tuple[str, ...]
    get: ModuleType
    update: ModuleType
    delete: ModuleType


@pytest.fixture(params=["core", "app"])
def path(request: pytest.FixtureRequest, account: Account) -> Path:
    """Return each of the two paths."""
    if request.param == "core":
        return Path((), get_execution_hook, update_execution_hook, delete_execution_hook)
    below = (account.app_id,)
    return Path(below, get_app_execution_hook, update_app_execution_hook, delete_app_execution_hook)


@pytest.fixture
def created(ask: Ask, account: Account) -> Response[Any]:
    """The response to the creation of a hook with an argument and a label."""
    body = account.hook(arguments=["freeze"], metadata={"labels": [{"name": "team", "value": "finance"}]})
    response: Response[Any] = ask(create_execution_hook, body=NewExecutionHook.from_dict(body))
    return response


@pytest.fixture
def hook(created: Response[Any]) -> ExecutionHook:
    """The hook that was created."""
    assert isinstance(created.parsed, ExecutionHook)
    return created.parsed


@pytest.fixture
def tag(created: Response[Any]) -> str:
    """The entity tag of the hook as it was created."""
    return created.headers["ETag"]


def _update(**members: Any) -> ExecutionHookUpdate:  # noqa: ANN401 the model's own
    return ExecutionHookUpdate(type_="application/astra-executionHook", version="1.3", **members)


def test_a_hook_is_read_as_it_was_created(ask: Ask, path: Path, hook: ExecutionHook, tag: str) -> None:
    response = ask(path.get, *path.ids, hook.id)

    assert response.status_code == 200
    assert response.parsed == hook
    assert response.headers["ETag"] == tag


def test_the_response_to_a_change_has_no_body(ask: Ask, path: Path, hook: ExecutionHook) -> None:
    response = ask(path.update, *path.ids, hook.id, body=_update(enabled="false"))

    assert (response.status_code, response.content, response.parsed) == (204, b"", None)
    assert ask(path.get, *path.ids, hook.id).parsed.enabled == "false"


def test_a_resource_that_was_read_can_be_sent_back_unchanged(
    ask: Ask, path: Path, hook: ExecutionHook
) -> None:
    update = ExecutionHookUpdate.from_dict(hook.to_dict())
    assert update.to_dict() == hook.to_dict()

    assert ask(path.update, *path.ids, hook.id, body=update).status_code == 204
    stored = ask(path.get, *path.ids, hook.id).parsed
    assert stored.metadata.modified_by == hook.metadata.created_by
    assert stored.metadata.modification_timestamp != hook.metadata.modification_timestamp
    stored.metadata = hook.metadata
    assert stored == hook


@pytest.mark.parametrize(
    ("sent", "kept"), [(UNSET, ["freeze"]), (None, ["freeze"]), ([], []), (["thaw"], ["thaw"])]
)
def test_only_a_list_replaces_the_arguments(
    ask: Ask,
    path: Path,
    hook: ExecutionHook,
    sent: list[str] | Unset | None,
    kept: list[str],
) -> None:
    update = _update(arguments=sent)
    assert update.to_dict().get("arguments", UNSET) == sent

    ask(path.update, *path.ids, hook.id, body=update)

    assert ask(path.get, *path.ids, hook.id).parsed.arguments == kept


def test_labels_are_replaced_as_one(ask: Ask, path: Path, hook: ExecutionHook) -> None:
    ask(path.update, *path.ids, hook.id, body=_update(metadata=NewMetadata(labels=[NewLabel("tier", "db")])))

    assert ask(path.get, *path.ids, hook.id).parsed.metadata.labels == [Label("tier", "db")]


def test_of_two_writers_with_one_tag_the_second_is_refused(
    ask: Ask, path: Path, hook: ExecutionHook, tag: str
) -> None:
    ids = (*path.ids, hook.id)
    first = ask(path.update, *ids, body=_update(description="first"), if_match=tag)
    second = ask(path.update, *ids, body=_update(description="second"), if_match=tag)

    assert first.status_code == 204
    assert second.status_code == 412
    assert is_problem(second.parsed, "412")
    assert second.parsed.type_ == "https://astra.netapp.io/problems/38"
    assert ask(path.get, *ids).parsed.description == "first"


def test_a_deleted_hook_is_not_found_by_the_client(ask: Ask, path: Path, hook: ExecutionHook) -> None:
    response = ask(path.delete, *path.ids, hook.id)

    assert (response.status_code, response.content, response.parsed) == (204, b"", None)
    gone = ask(path.get, *path.ids, hook.id).parsed
    assert is_problem(gone, "404")
    assert gone.type_ == "https://astra.netapp.io/problems/1"


def test_a_hook_that_was_changed_is_not_deleted_by_its_old_tag(
    ask: Ask, path: Path, hook: ExecutionHook, tag: str
) -> None:
    ids = (*path.ids, hook.id)
    ask(path.update, *ids, body=_update(enabled="false"))

    assert is_problem(ask(path.delete, *ids, if_match=tag).parsed, "412")
    assert ask(path.delete, *ids, if_match=ask(path.get, *ids).headers["ETag"]).status_code == 204


def test_a_taken_name_and_another_id_are_conflicts(
    ask: Ask, path: Path, account: Account, hook: ExecutionHook
) -> None:
    other = ask(create_execution_hook, body=NewExecutionHook.from_dict(account.hook())).parsed
    taken = ask(path.update, *path.ids, hook.id, body=_update(name=other.name)).parsed
    moved = ask(path.update, *path.ids, hook.id, body=_update(id=other.id)).parsed

    for problem, field in ((taken, "/name"), (moved, "/id")):
        assert is_problem(problem, "409")
        assert [violation.name for violation in problem.invalid_fields or []] == [field]


def test_a_bad_change_is_typed_with_its_violations(ask: Ask, path: Path, hook: ExecutionHook) -> None:
    problem = ask(path.update, *path.ids, hook.id, body=_update(name="")).parsed

    assert is_problem(problem, "400")
    assert [violation.name for violation in problem.invalid_fields or []] == ["/name"]


def test_a_viewer_may_read_but_not_write(ask: Ask, path: Path, account: Account, hook: ExecutionHook) -> None:
    ids, viewer = (*path.ids, hook.id), account.tokens[Role.VIEWER]

    assert ask(path.get, *ids, token=viewer).parsed == hook
    assert is_problem(ask(path.delete, *ids, token=viewer).parsed, "403")
    assert is_problem(ask(path.update, *ids, body=_update(), token=viewer).parsed, "403")


def test_an_unknown_account_is_distinguished_from_an_unknown_hook(
    ask: Ask, path: Path, hook: ExecutionHook
) -> None:
    no_account = ask(path.get, *path.ids, hook.id, account_id=str(uuid4())).parsed
    no_hook = ask(path.get, *path.ids, uuid4()).parsed

    assert is_problem(no_account, "404")
    assert is_problem(no_hook, "404")
    assert no_account.type_ == "https://astra.netapp.io/problems/2"
    assert no_hook.type_ == "https://astra.netapp.io/problems/1"
