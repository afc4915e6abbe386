"""``ExecutionHooks`` and ``AsyncExecutionHooks`` on a server: what methods send, return, leave alone."""

import asyncio
import copy
import pickle
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from execution_hooks.domain.access import Role
from execution_hooks.store.directory import Directory
from execution_hooks_client import AsyncExecutionHooks, ExecutionHooks, Hook, Retries
from execution_hooks_client.errors import PreconditionNotMet, PreloadedSourcesReadOnly, ResourceNotFound
from execution_hooks_client.models import NewExecutionHook, NewMatchingCriterion
from execution_hooks_client.types import UNSET
from harness.accounts import Account
from harness.processes import Server


@pytest.fixture
def api(server: Server, account: Account) -> Iterator[ExecutionHooks]:
    """The account, to a member."""
    with ExecutionHooks(server.url, account.tokens[Role.MEMBER], account.id) as api:
        yield api


def _create(api: ExecutionHooks, account: Account, name: str) -> Hook:
    return api.hooks.create(
        name=name,
        action="backup",
        stage="post",
        hook_source_id=account.hook_source_id,
        app_id=account.app_id,
    )


def test_a_hook_is_created_read_changed_and_deleted(api: ExecutionHooks, account: Account) -> None:
    created = _create(api, account, "lifetime")
    assert created == api.hooks.get(created.id) == api.hooks.get(str(created.id))
    assert created.etag

    api.hooks.update(created, enabled="false", matching_criteria=[NewMatchingCriterion("podName", "^db-")])
    changed = api.hooks.get(created.id)
    assert (changed.enabled, changed.name, len(changed.matching_criteria)) == ("false", "lifetime", 1)

    api.hooks.delete(changed)
    with pytest.raises(ResourceNotFound):
        api.hooks.get(created.id)


def test_a_hook_is_changed_only_if_it_is_what_was_read_unless_it_is_named_by_its_id(
    api: ExecutionHooks, account: Account
) -> None:
    read = _create(api, account, "read once")
    api.hooks.update(read, description="first")

    with pytest.raises(PreconditionNotMet):
        api.hooks.update(read, description="second")
    api.hooks.update(read.id, description="third")

    assert api.hooks.get(read.id).description == "third"


def test_a_change_keeps_the_version_of_the_hook_that_was_read(api: ExecutionHooks, account: Account) -> None:
    stored = account.hook(name="of version 1.0", version="1.0")
    created = api.client.connections.sync().post(
        f"/accounts/{account.id}/core/v1/executionHooks",
        json=stored,
        headers=api.client.request_headers({}),
    )
    read = api.hooks.get(created.json()["id"])

    api.hooks.update(read, description="changed")

    assert api.hooks.get(read.id).version == "1.0"


@pytest.mark.parametrize("page_size", [1, 2, 3, 100])
def test_pages_of_any_size_make_up_the_same_list(
    api: ExecutionHooks, account: Account, page_size: int
) -> None:
    names = [f"page {page_size} {number}" for number in range(5)]
    for name in names:
        _create(api, account, name)
    prefix = f"name gte 'page {page_size} ', name lt 'page {page_size}!'"

    assert [each.name for each in api.hooks.list(filter=prefix, page_size=page_size)] == names


def test_a_script_is_uploaded_under_the_name_of_its_file(api: ExecutionHooks, tmp_path: Path) -> None:
    file = tmp_path / f"{uuid4()}.sh"
    file.write_bytes(b"#!/bin/sh\nexit 0\n")

    source = api.sources.upload(file)
    api.sources.update(source, description="it does nothing")

    assert source.name == file.name
    assert api.sources.get(source.id).description == "it does nothing"
    api.sources.delete(source)


def test_the_refusal_of_another_collection_has_its_own_class(
    api: ExecutionHooks, account: Account, directory: Directory
) -> None:
    source_id = directory.create_hook_source(account.id, "preloaded", b"exit 0", preloaded=True)

    with pytest.raises(PreloadedSourcesReadOnly):
        api.sources.delete(source_id)


def test_asyncio_lists_and_reads_apps(server: Server, account: Account) -> None:
    async def apps() -> list[str]:
        token = account.tokens[Role.VIEWER]
        async with AsyncExecutionHooks(server.url, token, account.id) as api:
            listed = [each async for each in api.apps.list(page_size=1)]
            return [(await api.apps.get(each.id)).name for each in listed]

    assert account.app_id
    assert len(asyncio.run(apps())) >= 1


def test_the_whole_response_is_at_hand(api: ExecutionHooks, account: Account) -> None:
    response = api.hooks.with_raw_response.create(
        name="whole",
        action="backup",
        stage="post",
        hook_source_id=account.hook_source_id,
        app_id=account.app_id,
    )

    assert response.status_code == 201
    assert response.headers["Location"].endswith(str(response.parsed.id))
    assert response.parsed.etag == response.headers["ETag"]
    assert b'"whole"' in response.content


def test_options_change_nothing_of_the_account_that_they_were_asked_of(
    api: ExecutionHooks, account: Account
) -> None:
    other = api.with_options(timeout=1, retries=Retries(most=7), headers={"Accept": "text/html"})

    assert (other.client.timeout, other.client.retries.most) == (1, 7)
    assert (api.client.timeout, api.client.retries.most, api.client.headers) == (30.0, 2, {})
    assert other.client.connections is api.client.connections
    assert _create(api, account, "after options").name == "after options"


def test_bodies_can_be_copied_and_pickled(account: Account) -> None:
    body = NewExecutionHook.from_dict(account.hook())

    for again in (copy.copy(body), copy.deepcopy(body), pickle.loads(pickle.dumps(body))):  # noqa: S301 our own
        assert again == body
        assert again.description is UNSET
        assert again.to_dict() == body.to_dict()


def test_the_account_is_taken_from_the_environment(
    server: Server, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXECUTION_HOOKS_URL", server.url)
    monkeypatch.setenv("EXECUTION_HOOKS_TOKEN", account.tokens[Role.VIEWER])
    monkeypatch.setenv("EXECUTION_HOOKS_ACCOUNT", account.id)

    with ExecutionHooks.from_environment() as api:
        assert list(api.apps.list())
