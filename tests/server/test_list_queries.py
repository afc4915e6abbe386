"""The query of a list: what it may hold, and how each violation of it is named."""

from urllib.parse import urlencode

import httpx
import pytest

from execution_hooks.contract.document import Contract
from harness import problems
from harness.accounts import HOOK, Account
from harness.problems import assert_problem
from harness.resources import create, listed

KINDS = {"hooks": "path", "hooks of an app": "app_path", "hook sources": "sources_path", "apps": "apps_path"}
LISTED = {
    "hooks": ("an execution hook", "ExecutionHook"),
    "hooks of an app": ("an execution hook", "ExecutionHook"),
    "hook sources": ("a hook source", "HookSource"),
    "apps": ("an app", "App"),
}
"""The noun for the items of a list in reasons, and their schema."""
NOT_A_LIMIT = [
    *("", "0", "00", "01", "-1", "+1", " 1", "1 ", "1.0", "1.", "1e3", "0x1", "1_0", "one", "null", "1,2"),
    *("\u0661", "\uff11", "1\0", "1\n", "'1'", "-0", "inf", "NaN", "true"),
]
LIMIT = "must be a whole number from 1 to 2147483647, written in digits without a leading zero"
CONTINUE = "must be the metadata.continue of an earlier page"
NOT_MEMBERS = [
    *("", "colour", "id,", ",id", "id,,name", "id, name", "ID", "metadata.labels", "id;name", "*", "id\0"),
    "id,colour",
]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """A kind of list."""
    return str(request.param)


@pytest.fixture
def collection(account: Account, kind: str) -> str:
    """The path of the list of a kind."""
    return str(getattr(account, KINDS[kind]))


def _problem(response: httpx.Response, **reasons: str) -> None:
    assert_problem(response, 400, problems.invalid_params(*reasons.items()))


@pytest.mark.parametrize("limit", NOT_A_LIMIT)
def test_an_invalid_limit_is_named(http: httpx.Client, collection: str, limit: str) -> None:
    _problem(http.get(f"{collection}?{urlencode({'limit': limit})}"), limit=LIMIT)


@pytest.mark.parametrize("include", NOT_MEMBERS)
def test_an_invalid_list_of_members_is_named(
    http: httpx.Client, bundled: Contract, kind: str, collection: str, include: str
) -> None:
    noun, schema = LISTED[kind]
    members = ", ".join(bundled.document["components"]["schemas"][schema]["properties"])

    response = http.get(collection, params={"include": include})

    _problem(
        response, include=f"must be members of {noun}, joined by commas, at most 255 characters: {members}"
    )


@pytest.mark.parametrize("name", ["include", "limit", "filter", "continue"])
def test_a_parameter_is_sent_once_at_the_most(http: httpx.Client, collection: str, name: str) -> None:
    good = {"include": "id", "limit": "1", "filter": "id eq ''", "continue": "0" * 45}
    value = urlencode({name: good[name]})
    assert http.get(f"{collection}?{value}").status_code == 200

    _problem(http.get(f"{collection}?{value}&{value}"), **{name: "must be sent once"})


@pytest.mark.parametrize(
    "token", ["", "0" * 44, "0" * 46, "A" * 45, "g" * 45, f" {'0' * 45}", f"{'0' * 45}\n", "\u0660" * 45]
)
def test_an_invalid_cursor_is_named(http: httpx.Client, collection: str, token: str) -> None:
    _problem(http.get(collection, params={"continue": token}), **{"continue": CONTINUE})


@pytest.mark.parametrize("digit", ["0", "7", "f"])
def test_every_text_of_the_form_of_a_cursor_is_accepted(
    http: httpx.Client, account: Account, collection: str, digit: str
) -> None:
    create(http, account.path, account.hook())

    items = listed(http, collection, **{"continue": digit * 45})

    assert bool(items) == (digit == "0")


def test_all_violations_of_a_query_are_named_at_once(http: httpx.Client, account: Account) -> None:
    query = "continue=x&limit=0&limit=1&filter=%ff&include=id&colour=%zz"

    unknown = http.get(f"{account.path}?{query}&shape=round&Limit=1")
    invalid = http.get(f"{account.path}?{query.replace('colour', 'include')}")

    assert_problem(unknown, 400, problems.unknown_query("shape", "Limit"))
    assert invalid.status_code == 400
    assert {each["name"]: each["reason"] for each in invalid.json()["invalidParams"]} == {
        "continue": CONTINUE,
        "limit": "must be sent once",
        "filter": "must be percent-encoded UTF-8",
        "include": "must be percent-encoded UTF-8",
    }


@pytest.mark.parametrize("cursor", ["x", "0" * 45])
def test_a_date_that_does_not_exist_is_named_beside_the_other_violations(
    http: httpx.Client, account: Account, cursor: str
) -> None:
    filter_ = "name eq 'a', metadata.modificationTimestamp lt '2024-02-30T00:00:00Z'"

    response = http.get(account.path, params={"limit": "0", "filter": filter_, "continue": cursor})

    assert response.status_code == 400
    reasons = {each["name"]: each["reason"] for each in response.json()["invalidParams"]}
    assert reasons.pop("filter").startswith("2024-02-30T00:00:00Z is no moment: ")
    assert reasons == {"limit": LIMIT, **({"continue": CONTINUE} if cursor == "x" else {})}


def test_a_value_that_looks_like_a_comparison_is_no_timestamp(http: httpx.Client, account: Account) -> None:
    quoted = "metadata.creationTimestamp lt ''2024-02-30T00:00:00Z''"

    assert http.get(account.path, params={"filter": f"name eq '{quoted}'"}).status_code == 200


def test_a_query_may_be_encoded_in_many_ways(http: httpx.Client, account: Account) -> None:
    hook = create(http, account.path, account.hook(name="a b")).resource

    for query in (
        "include=id&filter=name+eq+'a+b'",
        "include=id&filter=name%20eq%20%27a%20b%27",
        "&&include=id&&filter=name%20eq%20'a b'&",
        "%69nclude=%69d",
    ):
        response = http.get(f"{account.path}?{query}")
        assert response.status_code == 200, response.text
        assert response.json()["items"] == [[hook["id"]]]


@pytest.mark.parametrize("query", ["include=id", "limit=1", "filter=id eq ''", f"continue={'0' * 45}", "x="])
def test_what_is_not_a_list_has_no_query_parameters(http: httpx.Client, account: Account, query: str) -> None:
    hook = create(http, account.path, account.hook())
    source = create(http, account.sources_path, account.source())
    name = query.partition("=")[0]

    for response in (
        http.get(f"{hook.path}?{query}"),
        http.get(f"{source.path}?{query}"),
        http.get(f"{account.apps_path}/{account.app_id}?{query}"),
        http.put(f"{hook.path}?{query}", json=HOOK),
        http.post(f"{account.path}?{query}", json=account.hook()),
        http.post(f"{account.sources_path}?{query}", json=account.source()),
        http.delete(f"{source.path}?{query}"),
        http.delete(f"{hook.path}?{query}"),
    ):
        assert_problem(response, 400, problems.unknown_query(name))
