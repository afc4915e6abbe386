"""Requests meet the faults that a test has ordered, in that order, as often as it said, and no others."""

import http.client
import json
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from execution_hooks.contract.document import Contract
from execution_hooks.testing.control.naming import fault_names
from execution_hooks.testing.control_client import ControlRefused
from execution_hooks.testing.demo import ACCOUNT_ID
from execution_hooks.testing.served import Served
from harness.clear_text import NO_TRUST
from harness.controlled import stored_hooks
from harness.waiting import eventually

PATH = f"/accounts/{ACCOUNT_ID}/core/v1/executionHooks"
LIST, CREATE, DELETE = "listExecutionHooks", "createExecutionHook", "deleteExecutionHook"


@pytest.fixture
def contract_problems(bundled: Contract) -> Mapping[str, Any]:
    """The problems of the contract, by name."""
    problems: Mapping[str, Any] = bundled.document["components"]["x-problems"]
    return problems


@pytest.fixture
def hooks(served: Served) -> Iterator[httpx.Client]:
    """What sends requests to the account's hooks."""
    headers = {"Authorization": f"Bearer {served.token}"}
    with httpx.Client(base_url=served.url, headers=headers, verify=NO_TRUST) as client:
        yield client


def _body(served: Served, name: str = "freeze") -> dict[str, str]:
    return {
        "type": "application/astra-executionHook",
        "version": "1.3",
        "name": name,
        "hookType": "custom",
        "action": "snapshot",
        "stage": "pre",
        "appID": served.app_id,
        "hookSourceID": served.hook_source_id,
    }


@pytest.mark.parametrize("status", [429, 503])
def test_the_next_requests_are_refused_with_retry_after(
    served: Served, hooks: httpx.Client, status: int
) -> None:
    served.fail_next(CREATE, status, times=2, retry_after=7)

    first, second, third = (hooks.post(PATH, json=_body(served)) for _ in range(3))

    for refused in (first, second):
        assert (refused.status_code, refused.headers["Retry-After"]) == (status, "7")
        assert refused.headers["Content-Type"] == "application/problem+json"
    assert third.status_code == 201
    assert stored_hooks(served) == ["freeze"]


def test_faults_come_in_their_order_and_to_their_operation_alone(served: Served, hooks: httpx.Client) -> None:
    served.fail_next(LIST, 503)
    served.fail_next(LIST, 504)
    served.fail_next(CREATE, 429)

    statuses = [hooks.get(PATH).status_code for _ in range(3)]

    assert statuses == [503, 504, 200]
    assert served.faults() == [{"operation": CREATE, "fault": "429", "times": 1}]
    served.clear_faults()
    assert served.faults() == []
    assert hooks.post(PATH, json=_body(served)).status_code == 201


def test_a_fault_comes_before_the_token_and_to_head_as_to_get(served: Served, hooks: httpx.Client) -> None:
    served.fail_next(LIST, 503, times=2)

    assert hooks.head(PATH).status_code == 503
    assert hooks.get(PATH, headers={"Authorization": "Bearer nobody"}).status_code == 503
    assert hooks.get(PATH, headers={"Authorization": "Bearer nobody"}).status_code == 401


@pytest.mark.parametrize("status", [502, 504])
def test_a_proxy_responds_in_html(served: Served, hooks: httpx.Client, status: int) -> None:
    served.fail_next(CREATE, status)

    response = hooks.post(PATH, json=_body(served))

    assert (response.status_code, response.headers["Content-Type"]) == (status, "text/html")
    assert stored_hooks(served) == []


@pytest.mark.parametrize("fault", ["cutBefore", "cutAfter"])
@pytest.mark.parametrize("operation", [LIST, CREATE])
def test_a_connection_is_reset_before_the_work_or_after_the_commit(
    served: Served, hooks: httpx.Client, operation: str, fault: str
) -> None:
    served.fail_next(operation, fault)

    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        hooks.request("GET" if operation == LIST else "POST", PATH, json=_body(served))

    assert stored_hooks(served) == (["freeze"] if (operation, fault) == (CREATE, "cutAfter") else [])


def test_a_refused_request_is_cut_as_well(served: Served, hooks: httpx.Client) -> None:
    served.fail_next(CREATE, "cutAfter")

    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        hooks.post(PATH, json={})


@pytest.mark.parametrize("body", [None, {}], ids=["created", "refused"])
def test_a_body_is_cut_in_half_and_the_connection_closed(served: Served, body: dict[str, str] | None) -> None:
    served.fail_next(CREATE, "truncate")
    document = _body(served) if body is None else body

    status, length, received = _post(served, document)

    assert status == (201 if body is None else 400)
    assert 0 < received == length // 2
    assert stored_hooks(served) == (["freeze"] if body is None else [])


def test_a_long_list_is_cut_in_half_without_an_end(served: Served, hooks: httpx.Client) -> None:
    account = {
        "id": served.account_id,
        "sources": [{"name": f"s{n}", "script": "x" * 900} for n in range(500)],
    }
    served.seed({"accounts": [account]})
    served.fail_next("listHookSources", "truncate")

    with (
        pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"),
        hooks.stream("GET", PATH.replace("executionHooks", "hookSources")) as response,
    ):
        response.read()

    assert response.status_code == 200


def test_a_response_without_a_body_is_cut_whole(served: Served, hooks: httpx.Client) -> None:
    created = hooks.post(PATH, json=_body(served)).json()
    served.fail_next(DELETE, "truncate")

    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        hooks.delete(f"{PATH}/{created['id']}")

    assert stored_hooks(served) == []


@pytest.mark.parametrize("fault", ["delayBefore", "delayAfter"])
def test_a_delay_comes_before_the_work_or_after_the_commit(
    served: Served, hooks: httpx.Client, fault: str
) -> None:
    served.fail_next(CREATE, fault, seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        hooks.post(PATH, json=_body(served), timeout=0.5)
    if fault == "delayAfter":
        eventually(lambda: stored_hooks(served) == ["freeze"])
    else:
        assert stored_hooks(served) == []

    served.fail_next(CREATE, fault, seconds=0.1)
    began = time.monotonic()
    response = hooks.post(PATH, json=_body(served, "late"))
    assert response.status_code == 201
    assert time.monotonic() - began >= 0.1


def test_a_problem_names_what_the_test_says(served: Served, hooks: httpx.Client) -> None:
    fields = [{"name": "/name", "reason": "is the name of another hook"}]
    served.fail_next(CREATE, "resourceConflict", invalid_fields=fields)

    response = hooks.post(PATH, json=_body(served))

    assert response.status_code == 409
    assert response.json()["invalidFields"] == fields


def test_every_problem_of_the_contract_can_be_given(
    served: Served, hooks: httpx.Client, contract_problems: Mapping[str, Any]
) -> None:
    for name, problem in contract_problems.items():
        served.fail_next(CREATE, name)
        response = hooks.post(PATH, json=_body(served))
        assert response.status_code == int(problem["status"])
        given = response.json()
        assert (given["type"], given["title"]) == (problem["type"], problem["title"])
        assert "{" not in given["detail"]
    assert stored_hooks(served) == []


def test_each_fault_can_be_named_and_no_other(served: Served, contract_problems: Mapping[str, Any]) -> None:
    assert set(contract_problems) < set(fault_names())
    for name in fault_names():
        served.fail_next(LIST, name)
    assert [each["fault"] for each in served.faults()] == fault_names()

    with pytest.raises(ControlRefused, match="/fault must be one of"):
        served.fail_next(LIST, 404)
    with pytest.raises(ControlRefused, match="/operation must be one of"):
        served.fail_next("eatExecutionHook", 503)


@pytest.mark.parametrize(
    ("fault", "more", "named"),
    [
        ("cutAfter", {"seconds": 1}, "/seconds"),
        ("503", {"seconds": 1, "invalid_fields": [{"name": "/a", "reason": "b"}]}, "/seconds"),
        ("502", {"retry_after": 1}, "/retryAfter"),
        ("keyReused", {"retry_after": 1}, "/retryAfter"),
        ("delayAfter", {"seconds": 601}, "/seconds"),
        ("503", {"times": 0}, "/times"),
        ("503", {"retry_after": -1}, "/retryAfter"),
    ],
)
def test_what_means_nothing_for_a_fault_is_refused(
    served: Served, fault: str, more: dict[str, Any], named: str
) -> None:
    with pytest.raises(ControlRefused) as raised:
        served.fail_next(LIST, fault, **more)

    assert [line.split(" ")[0] for line in str(raised.value).splitlines()[1:]] == [named]
    assert served.faults() == []


def _post(served: Served, document: Mapping[str, str]) -> tuple[int, int, int]:
    """Create a hook; return the status, the length that was announced, and how much came before the end."""
    connection = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=20)
    headers = {"Authorization": f"Bearer {served.token}", "Content-Type": "application/json"}
    connection.request("POST", PATH, json.dumps(document), headers)
    response = connection.getresponse()
    try:
        response.read()
    except http.client.IncompleteRead as error:
        return response.status, len(error.partial) + (error.expected or 0), len(error.partial)
    finally:
        connection.close()
    raise AssertionError("the body is whole")
