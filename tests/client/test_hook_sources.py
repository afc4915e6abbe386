"""Hook sources by the generated client: scripts in base64, their checksums, and what is kept from clients."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import md5
from typing import Any

import pytest

from execution_hooks.store.directory import Directory
from execution_hooks_client.api.execution_hooks import create_execution_hook
from execution_hooks_client.api.hook_sources import (
    create_hook_source,
    delete_hook_source,
    get_hook_source,
    list_hook_sources,
    update_hook_source,
)
from execution_hooks_client.models import (
    ExecutionHook,
    HookSource,
    HookSourceList,
    HookSourceUpdate,
    NewExecutionHook,
    NewHookSource,
)
from execution_hooks_client.types import Response, Unset
from harness.accounts import Account
from harness.client_problems import is_problem

Ask = Callable[..., Any]

SCRIPT, OTHER_SCRIPT = b"#!/bin/sh\necho frozen\n", b"#!/bin/sh\necho thawed\n"


def _encoded(script: bytes) -> str:
    return b64encode(script).decode()


def _checksum(script: bytes) -> str:
    return md5(b64encode(script), usedforsecurity=False).hexdigest()


def _source(script: bytes = SCRIPT, name: str = "uploaded") -> NewHookSource:
    return NewHookSource("application/astra-hookSource", "1.0", name, "script", _encoded(script))


def _update(**members: Any) -> HookSourceUpdate:  # noqa: ANN401 the model's own
    return HookSourceUpdate(type_="application/astra-hookSource", version="1.0", **members)


@pytest.fixture
def uploaded(ask: Ask) -> Response[Any]:
    """The response to the creation of a source."""
    response: Response[Any] = ask(create_hook_source, body=_source())
    return response


@pytest.fixture
def source(uploaded: Response[Any]) -> HookSource:
    """The source that was created."""
    assert isinstance(uploaded.parsed, HookSource)
    return uploaded.parsed


@pytest.fixture
def tag(uploaded: Response[Any]) -> str:
    """The entity tag of the source as it was created."""
    return uploaded.headers["ETag"]


def test_the_response_to_an_uploaded_script_has_its_checksum(source: HookSource) -> None:
    assert (source.private, source.preloaded) == ("false", "false")
    assert not isinstance(source.source, Unset)
    assert b64decode(source.source) == SCRIPT
    assert source.source_md5_checksum == _checksum(SCRIPT)


def test_a_source_is_read_as_it_was_created(ask: Ask, source: HookSource, tag: str) -> None:
    response = ask(get_hook_source, source.id)

    assert response.parsed == source
    assert response.headers["ETag"] == tag


def test_sources_are_listed_whole_or_by_chosen_members(ask: Ask, source: HookSource) -> None:
    whole = ask(list_hook_sources, filter_="name eq 'uploaded'").parsed
    chosen = ask(list_hook_sources, include="name,description").parsed

    assert isinstance(whole, HookSourceList)
    assert whole.items == [source]
    assert isinstance(chosen, HookSourceList)
    assert chosen.items == [["freeze", None], ["uploaded", None]]


def test_another_script_has_another_checksum(ask: Ask, source: HookSource) -> None:
    response = ask(update_hook_source, source.id, body=_update(source=_encoded(OTHER_SCRIPT)))

    assert (response.status_code, response.parsed) == (204, None)
    assert ask(get_hook_source, source.id).parsed.source_md5_checksum == _checksum(OTHER_SCRIPT)


def test_a_source_that_was_read_can_be_sent_back_unchanged(ask: Ask, source: HookSource) -> None:
    update = HookSourceUpdate.from_dict(source.to_dict())
    assert ask(update_hook_source, source.id, body=update).status_code == 204

    stored = ask(get_hook_source, source.id).parsed
    stored.metadata = source.metadata
    assert stored == source


def test_a_source_is_neither_changed_nor_deleted_by_an_old_tag(
    ask: Ask, source: HookSource, tag: str
) -> None:
    ask(update_hook_source, source.id, body=_update(description="changed"), if_match=tag)
    late = ask(update_hook_source, source.id, body=_update(description="late"), if_match=tag).parsed

    assert is_problem(late, "412")
    assert is_problem(ask(delete_hook_source, source.id, if_match=tag).parsed, "412")
    assert ask(get_hook_source, source.id).parsed.description == "changed"


@pytest.mark.parametrize("script", [b"\r\n", b"\xef\xbb\xbf#!/bin/sh\n"], ids=["CRLF", "byte order mark"])
def test_a_script_that_cannot_start_is_typed_with_its_field(ask: Ask, script: bytes) -> None:
    problem = ask(create_hook_source, body=_source(script)).parsed

    assert is_problem(problem, "400")
    assert [violation.name for violation in problem.invalid_fields or []] == ["/source"]


def test_a_taken_name_and_fixed_members_are_conflicts(ask: Ask, source: HookSource) -> None:
    taken = ask(create_hook_source, body=_source()).parsed
    fixed = ask(update_hook_source, source.id, body=_update(private="true")).parsed

    for problem, field in ((taken, "/name"), (fixed, "/private")):
        assert is_problem(problem, "409")
        assert [violation.name for violation in problem.invalid_fields or []] == [field]


def test_a_source_in_use_is_kept_until_its_hooks_are_gone(
    ask: Ask, account: Account, source: HookSource
) -> None:
    body = account.hook(hookSourceID=str(source.id))
    assert isinstance(ask(create_execution_hook, body=NewExecutionHook.from_dict(body)).parsed, ExecutionHook)

    problem = ask(delete_hook_source, source.id).parsed

    assert is_problem(problem, "403")
    assert problem.type_ == "https://astra.netapp.io/problems/72"


def test_a_deleted_source_is_gone(ask: Ask, source: HookSource) -> None:
    response = ask(delete_hook_source, source.id)

    assert (response.status_code, response.parsed) == (204, None)
    assert is_problem(ask(get_hook_source, source.id).parsed, "404")


def test_a_preloaded_source_is_read_only(ask: Ask, account: Account, directory: Directory) -> None:
    source_id = directory.create_hook_source(account.id, "preloaded", SCRIPT, preloaded=True)
    changed = ask(update_hook_source, source_id, body=_update(description="mine")).parsed
    deleted = ask(delete_hook_source, source_id).parsed

    assert is_problem(changed, "403")
    assert is_problem(deleted, "403")
    assert {changed.type_, deleted.type_} == {"https://astra.netapp.io/problems/71"}


def test_a_private_source_is_read_and_sent_back_without_its_script(
    ask: Ask, account: Account, directory: Directory
) -> None:
    source_id = directory.create_hook_source(account.id, "private", SCRIPT, private=True)
    source = ask(get_hook_source, source_id).parsed
    assert isinstance(source.source, Unset)
    assert source.source_md5_checksum == _checksum(SCRIPT)

    update = HookSourceUpdate.from_dict(source.to_dict())

    assert ask(update_hook_source, source_id, body=update).status_code == 204
    assert ask(get_hook_source, source_id).parsed.source_md5_checksum == _checksum(SCRIPT)
