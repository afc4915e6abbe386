"""The rules of an update: those of a create, for the merged hook, and members that never change."""

import json

import httpx
import pytest

from execution_hooks.store.directory import Directory
from harness import problems
from harness.accounts import HOOK, Account
from harness.problems import assert_problem
from harness.resources import Created, create, delete, read, update

CRITERION = {"type": "containerName", "value": "^postgres$"}
NOT_NULL = [
    *("id", "name", "version", "hookType", "matchingCriteria", "matchingContainers", "matchingImages"),
    *("action", "stage", "hookSourceID", "appID", "enabled", "description", "metadata"),
]


@pytest.fixture
def hook(http: httpx.Client, account: Account) -> Created:
    """A hook with a criterion."""
    return create(http, account.path, account.hook(matchingCriteria=[CRITERION]))


@pytest.mark.parametrize("member", NOT_NULL)
def test_null_is_refused_everywhere_but_for_arguments(http: httpx.Client, hook: Created, member: str) -> None:
    response = http.put(hook.path, json={**HOOK, member: None})

    assert response.status_code == 400, response.text
    assert [violation["name"] for violation in response.json()["invalidFields"]] == [f"/{member}"]


def test_what_is_computed_is_checked_against_its_schema_and_ignored(
    http: httpx.Client, hook: Created
) -> None:
    update(http, hook.path, {**HOOK, "matchingContainers": [{"podName": "x"}], "matchingImages": ["x"]})
    assert "matchingContainers" not in read(http, hook.path)

    response = http.put(hook.path, json={**HOOK, "matchingImages": [""]})

    assert response.status_code == 400
    assert [violation["name"] for violation in response.json()["invalidFields"]] == ["/matchingImages/0"]


def test_an_update_needs_its_type_and_version_and_takes_no_other_members(
    http: httpx.Client, hook: Created
) -> None:
    response = http.put(hook.path, json={"colour": "red"})

    expected = problems.schema_violation(
        "3 violations: /colour is not a member of this object; /type is required; /version is required",
        ("/colour", "is not a member of this object"),
        ("/type", "is required"),
        ("/version", "is required"),
    )
    assert_problem(response, 400, expected)


@pytest.mark.parametrize("action", ["restore", "failover"])
def test_the_stage_is_checked_with_the_action_that_is_kept_or_sent(
    http: httpx.Client, account: Account, action: str
) -> None:
    hook = create(http, account.path, account.hook())
    after = create(http, account.path, account.hook(action=action, stage="post"))

    to_action = http.put(hook.path, json={**HOOK, "action": action})
    to_stage = http.put(after.path, json={**HOOK, "stage": "pre"})
    both = http.put(hook.path, json={**HOOK, "action": action, "stage": "pre"})

    broken = problems.rules_broken(("/stage", f'must not be "pre" when action is "{action}"'))
    assert_problem(to_action, 400, broken)
    assert_problem(to_stage, 400, broken)
    reason = 'must not be "pre" when action is "restore" or "failover"'
    assert_problem(both, 400, problems.schema_violation(f"1 violation: /stage {reason}", ("/stage", reason)))
    update(http, hook.path, {**HOOK, "action": action, "stage": "post"})


def test_only_the_invalid_one_of_two_criteria_is_named(http: httpx.Client, hook: Created) -> None:
    bad = {"matchingCriteria": [CRITERION, {"type": "podName", "value": "a("}]}

    response = http.put(hook.path, json={**HOOK, **bad})

    assert_problem(
        response,
        400,
        problems.rules_broken(("/matchingCriteria/1/value", "is not an RE2 pattern: missing ): a(")),
    )
    update(http, hook.path, {**HOOK, "name": "renamed"})


def test_all_rules_that_an_update_breaks_are_named_in_the_order_of_its_body(
    http: httpx.Client, account: Account, directory: Directory, hook: Created
) -> None:
    foreign = Account.new(directory)
    body = {
        "appID": foreign.app_id,
        "action": "restore",
        "matchingCriteria": [{"type": "podName", "value": "("}],
        **HOOK,
        "hookSourceID": foreign.hook_source_id,
    }

    response = http.put(f"{account.app_path}/{hook.id}", json=body)

    of_account = "of this account"
    expected = problems.rules_broken(
        ("/appID", f"is not the id of the app in the path; is not the id of an app {of_account}"),
        ("/matchingCriteria/0/value", "is not an RE2 pattern: missing ): ("),
        ("/hookSourceID", f"is not the id of a hook source {of_account}"),
        ("/stage", 'must not be "pre" when action is "restore"'),
    )
    assert_problem(response, 400, expected)


def test_a_name_may_be_sent_again_and_must_not_be_that_of_another_hook(
    http: httpx.Client, account: Account, hook: Created
) -> None:
    other = create(http, account.path, account.hook(name="other"))

    update(http, hook.path, {**HOOK, "name": hook.resource["name"]})
    response = http.put(hook.path, json={**HOOK, "name": "other"})

    assert_problem(response, 409, problems.NAME_TAKEN)
    update(http, other.path, {**HOOK, "name": "gives the name up"})
    update(http, hook.path, {**HOOK, "name": "other"})


def test_the_id_may_be_sent_and_must_be_that_of_the_path(http: httpx.Client, hook: Created) -> None:
    update(http, hook.path, {**HOOK, "id": hook.id})

    response = http.put(hook.path, json={**HOOK, "id": "8f84cf09-8036-51e4-b579-bd30cb07b269"})

    assert_problem(response, 409, problems.OTHER_ID)


def test_a_body_may_have_8_mib_and_not_one_byte_more(http: httpx.Client, hook: Created) -> None:
    body = json.dumps({**HOOK, "name": "large"}).encode()
    headers = {"Content-Type": "application/json"}
    padded = body + b" " * (8_388_608 - len(body))

    assert http.put(hook.path, content=padded, headers=headers).status_code == 204
    assert_problem(http.put(hook.path, content=padded + b" ", headers=headers), 413, problems.TOO_LARGE)


def test_a_deleted_hook_cannot_be_changed(http: httpx.Client, hook: Created) -> None:
    delete(http, hook.path)

    assert_problem(http.put(hook.path, json=HOOK), 404, problems.NO_RESOURCE)
