"""Every problem that the contract documents for an operation, provoked over HTTP, each body whole."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from execution_hooks.contract.document import Contract
from execution_hooks.store.directory import Directory
from harness import problems
from harness.conformity import Conformity
from harness.problems import assert_problem
from harness.processes import TIMEOUT_SECONDS, Server
from harness.provocations import TAKEN, Prepared, Refused

BAD_PATTERN = [{"type": "podName", "value": "("}]
_EMPTY = "must be at least 1 character long"

EVERYWHERE = [
    Refused(400, problems.unknown_query("colour"), query="?colour=red"),
    Refused(400, problems.invalid_params(("limit", "must be percent-encoded UTF-8")), query="?limit=%ff"),
    Refused(401, problems.MISSING_TOKEN, bearer=None),
    Refused(401, problems.INVALID_TOKEN, bearer="unknown"),
    Refused(405, problems.NO_METHOD, method="PATCH"),
]
NO_ACCOUNT = [
    Refused(404, problems.NO_COLLECTION, ids={"account_id": account_id})
    for account_id in ("unknown", "account of another")
]
NO_ACCOUNT_TO_CHANGE = [replace(refused, problem=problems.NO_RESOURCE) for refused in NO_ACCOUNT]
WITH_A_RESPONSE_BODY = [Refused(406, problems.NOT_ACCEPTABLE, headers={"Accept": "text/html"})]
WITH_A_BODY = [
    Refused(400, problems.NOT_JSON, content=b"{"),
    Refused(
        400,
        problems.schema_violation(f"1 violation: /name {_EMPTY}", ("/name", _EMPTY)),
        members=lambda _: {"name": ""},
    ),
    Refused(413, problems.TOO_LARGE, too_long=True),
]
WRITING = [Refused(403, problems.NOT_PERMITTED, bearer="viewer")]
CONDITIONAL = [
    Refused(412, problems.NOT_MET, headers={"If-Match": '"another"'}),
    Refused(
        400,
        problems.invalid_params(
            (
                "If-Match",
                "must be * or entity tags in double quotes, joined by commas, at most 8,000 characters",
            )
        ),
        headers={"If-Match": "another"},
    ),
]
KEYED = [
    Refused(
        400,
        problems.invalid_params(
            ("Idempotency-Key", "must be 1 to 255 visible characters of ASCII, without spaces")
        ),
        headers={"Idempotency-Key": "a b"},
    )
]
SWITCHED_OFF = Refused(
    403, problems.HOOKS_OFF, bearer="switched off", ids={"account_id": "account switched off"}
)

HOOKS = [SWITCHED_OFF, Refused(403, problems.NOT_PERMITTED, bearer="only hookSources")]
HOOK_BODY = [
    Refused(415, problems.UNSUPPORTED_MEDIA_TYPE, headers={"Content-Type": "text/plain"}),
    Refused(
        400,
        problems.rules_broken(("/matchingCriteria/0/value", "is not an RE2 pattern: missing ): (")),
        members=lambda _: {"matchingCriteria": BAD_PATTERN},
    ),
    Refused(403, problems.NETAPP_READ_ONLY, members=lambda _: {"hookType": "netapp"}),
    Refused(409, problems.NAME_TAKEN, members=lambda _: {"name": TAKEN}),
]
ONE_HOOK = [Refused(404, problems.NO_RESOURCE, ids={"executionHook_id": "unknown"})]
NETAPP = Refused(403, problems.NETAPP_READ_ONLY, ids={"executionHook_id": "netapp"})
OTHER_ID = Refused(409, problems.OTHER_ID, members=lambda prepared: {"id": prepared.ids["unknown"]})
FAILOVER = {"action": "failover", "stage": "post"}
INELIGIBLE = Refused(
    409, problems.NO_POST_FAILOVER, members=lambda prepared: {**FAILOVER, "appID": prepared.ids["ineligible"]}
)
INELIGIBLE_IN_THE_PATH = replace(INELIGIBLE, ids={"app_id": "ineligible"})
APP_OF_A_COLLECTION = [
    Refused(404, problems.NO_COLLECTION, ids={"app_id": "unknown"}),
    Refused(404, problems.NO_COLLECTION, ids={"app_id": "hookSource_id"}),
]
APP_OF_A_RESOURCE = [
    Refused(404, problems.NO_RESOURCE, ids={"app_id": "unknown"}),
    Refused(404, problems.NO_RESOURCE, ids={"app_id": "ineligible"}),
]
OTHER_APP = Refused(
    400,
    problems.rules_broken(("/appID", "is not the id of the app in the path")),
    members=lambda prepared: {"appID": prepared.ids["ineligible"]},
)

SOURCES = [SWITCHED_OFF, Refused(403, problems.NOT_PERMITTED, bearer="only executionHooks")]
SOURCE_BODY = [
    Refused(415, problems.UNSUPPORTED_SOURCE_MEDIA_TYPE, headers={"Content-Type": "text/plain"}),
    Refused(
        400,
        problems.rules_broken(("/source", "contains a carriage return in line 2")),
        members=lambda _: {"source": "YQpiDQo="},
    ),
    Refused(409, problems.SOURCE_NAME_TAKEN, members=lambda _: {"name": TAKEN}),
]
ONE_SOURCE = [Refused(404, problems.NO_RESOURCE, ids={"hookSource_id": "unknown"})]
PRELOADED = Refused(403, problems.PRELOADED_READ_ONLY, ids={"hookSource_id": "preloaded"})
FIXED = Refused(
    409,
    problems.conflict(("/private", "is not that of this hook source")),
    members=lambda _: {"private": "true"},
)
USED = Refused(403, problems.SOURCE_IN_USE, ids={"hookSource_id": "used"})

APPS = [Refused(403, problems.NOT_PERMITTED, bearer="only executionHooks")]

CREATE = [*EVERYWHERE, *NO_ACCOUNT, *WITH_A_RESPONSE_BODY, *WITH_A_BODY, *WRITING, *KEYED]
READ = [*EVERYWHERE, *NO_ACCOUNT, *WITH_A_RESPONSE_BODY]
UPDATE = [*EVERYWHERE, *NO_ACCOUNT_TO_CHANGE, *WITH_A_BODY, *WRITING, *CONDITIONAL]
DELETE = [*EVERYWHERE, *NO_ACCOUNT_TO_CHANGE, *WRITING, *CONDITIONAL]

ROWS: dict[str, list[Refused]] = {
    "createExecutionHook": [*CREATE, *HOOKS, *HOOK_BODY, INELIGIBLE],
    "listExecutionHooks": [*READ, *HOOKS],
    "getExecutionHook": [*READ, *HOOKS, *ONE_HOOK],
    "updateExecutionHook": [*UPDATE, *HOOKS, *HOOK_BODY, *ONE_HOOK, NETAPP, OTHER_ID, INELIGIBLE],
    "deleteExecutionHook": [*DELETE, *HOOKS, *ONE_HOOK, NETAPP],
    "createAppExecutionHook": [
        *(*CREATE, *HOOKS, *HOOK_BODY, *APP_OF_A_COLLECTION),
        *(OTHER_APP, INELIGIBLE_IN_THE_PATH),
    ],
    "listAppExecutionHooks": [*READ, *HOOKS, *APP_OF_A_COLLECTION],
    "getAppExecutionHook": [*READ, *HOOKS, *ONE_HOOK, *APP_OF_A_RESOURCE],
    "updateAppExecutionHook": [
        *(*UPDATE, *HOOKS, *HOOK_BODY, *ONE_HOOK, *APP_OF_A_RESOURCE, NETAPP, OTHER_ID, OTHER_APP),
        replace(INELIGIBLE, ids={"app_id": "ineligible", "executionHook_id": "hook of ineligible"}),
    ],
    "deleteAppExecutionHook": [*DELETE, *HOOKS, *ONE_HOOK, *APP_OF_A_RESOURCE, NETAPP],
    "createHookSource": [*CREATE, *SOURCES, *SOURCE_BODY],
    "listHookSources": [*READ, *SOURCES],
    "getHookSource": [*READ, *SOURCES, *ONE_SOURCE],
    "updateHookSource": [*UPDATE, *SOURCES, *SOURCE_BODY, *ONE_SOURCE, PRELOADED, FIXED],
    "deleteHookSource": [*DELETE, *SOURCES, *ONE_SOURCE, PRELOADED, USED],
    "listApps": [*READ, *APPS],
    "getApp": [*READ, *APPS, Refused(404, problems.NO_RESOURCE, ids={"app_id": "unknown"})],
}
"""The requests that each operation refuses."""

ELSEWHERE = {
    ("429", "about:blank"): "server/test_limits.py::test_a_token_over_its_rate_is_refused_with_when_to_retry",
    ("500", "https://astra.netapp.io/problems/34"): "server/test_failures.py::test_a_defect_is_a_500",
    (
        "503",
        "https://astra.netapp.io/problems/41",
    ): "server/test_limits.py::test_beyond_its_share_of_those_in_flight",
}
"""The problems that no single request provokes, with the test of each, by the beginning of its name."""

CASES = [(operation_id, refused) for operation_id, row in ROWS.items() for refused in row]


@pytest.fixture(scope="module")
def prepared(directory: Directory) -> Prepared:
    """One account for all: a refusal changes nothing in it."""
    return Prepared.new(directory)


@pytest.fixture(scope="module")
def client(server: Server, conformity: Conformity) -> Iterator[httpx.Client]:
    """A client without credentials."""
    with httpx.Client(
        base_url=server.url, timeout=TIMEOUT_SECONDS, event_hooks={"response": [conformity]}
    ) as opened:
        yield opened


@pytest.mark.parametrize(
    ("operation_id", "refused"),
    CASES,
    ids=[f"{name} {refused.status} {refused.problem['type'][-3:]}" for name, refused in CASES],
)
def test_a_violation_gets_its_problem(
    bundled: Contract, client: httpx.Client, prepared: Prepared, operation_id: str, refused: Refused
) -> None:
    response = refused.send(client, bundled.operations[operation_id], prepared)

    assert_problem(response, refused.status, refused.problem)


def test_no_refusal_changes_anything(bundled: Contract, client: httpx.Client, prepared: Prepared) -> None:
    account = prepared.account

    def everything() -> list[bytes]:
        paths = (account.path, account.sources_path, account.apps_path)
        return [client.get(path, headers=account.bearer()).content for path in paths]

    before = everything()
    for operation_id, refused in CASES:
        refused.send(client, bundled.operations[operation_id], prepared)

    assert everything() == before


@pytest.mark.parametrize("operation_id", ROWS)
def test_without_the_violation_the_request_succeeds(
    bundled: Contract, client: httpx.Client, directory: Directory, operation_id: str
) -> None:
    operation = bundled.operations[operation_id]

    response = Refused(0, {}).send(client, operation, Prepared.new(directory))

    assert response.status_code == {"POST": 201, "GET": 200}.get(operation.method, 204), response.text


def test_the_rows_are_those_of_the_contract(bundled: Contract) -> None:
    documented = {operation_id: _documented(bundled, operation_id) for operation_id in bundled.operations}

    produced = {operation_id: {refused.pair for refused in row} for operation_id, row in ROWS.items()}
    assert {name: row | ELSEWHERE.keys() for name, row in produced.items()} == documented


def test_what_is_provoked_elsewhere_is_there() -> None:
    for test in ELSEWHERE.values():
        file, _, name = test.partition("::")
        assert f"\ndef {name}" in (Path(__file__).parents[1] / file).read_text("utf-8")


def _documented(contract: Contract, operation_id: str) -> set[tuple[str, str]]:
    """Every status of an operation that is no success, with each type of problem that it may have."""
    operation = contract.operations[operation_id]
    spec = contract.document["paths"][operation.template][operation.method.lower()]
    listed = contract.document["components"]["x-problems"]
    return {
        (status, listed[name]["type"])
        for status, response in spec["responses"].items()
        for name in contract.resolve(response).get("x-problems", ())
    }
