"""Members and values that a later server sends and this client does not know are kept (D-108)."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from execution_hooks_client import ApiError, AuthenticatedClient
from execution_hooks_client.api.execution_hooks import create_execution_hook, get_execution_hook
from execution_hooks_client.models import ExecutionHook, NewExecutionHook


def _client(status: int, body: dict[str, Any]) -> AuthenticatedClient:
    """Return a client of a server that has one response."""
    transport = httpx.MockTransport(lambda _: httpx.Response(status, json=body))
    return AuthenticatedClient("http://server", "token", httpx_args={"transport": transport})


def test_fields_and_values_of_a_later_version_are_kept(contract: dict[str, Any]) -> None:
    shown = contract["components"]["examples"]["SelectiveResponse"]["value"]
    later = {**shown, "action": "clone", "timeout": 30, "metadata": {**shown["metadata"], "team": "db"}}

    read = get_execution_hook.sync(uuid4(), uuid4(), client=_client(200, later))

    assert isinstance(read, ExecutionHook)
    assert read.action == "clone"
    assert read.additional_properties == {"timeout": 30}
    assert read.metadata.additional_properties == {"team": "db"}
    assert read.to_dict() == later


def test_a_status_and_a_problem_of_a_later_version_are_a_problem(contract: dict[str, Any]) -> None:
    body = contract["components"]["examples"]["PayrollRequest"]["value"]
    problem = {
        "type": "https://astra.netapp.io/problems/999",
        "title": "Quota exceeded",
        "detail": "The account has all the hooks that it may have.",
        "status": "422",
        "quota": 100,
    }

    with pytest.raises(ApiError) as refused:
        create_execution_hook.sync(
            uuid4(), client=_client(422, problem), body=NewExecutionHook.from_dict(body)
        )

    assert (refused.value.status, refused.value.type) == (422, problem["type"])
    assert refused.value.problem is not None
    assert refused.value.problem.additional_properties == {"quota": 100}
