"""What a hook hits: computed when it is read, from its criteria and the known containers of its app."""

from typing import Any

import httpx
import pytest

from execution_hooks.matching.container_json import write_container
from execution_hooks.matching.containers import Container
from execution_hooks.store.directory import Directory
from harness.accounts import HOOK, Account
from harness.inventories import DATABASE, METRICS, WEB, container, import_containers
from harness.resources import Created, Resource, create, listed, page, read, update

DATABASES = [{"type": "podLabel", "value": "^tier=database$"}]
NOTHING = [{"type": "podName", "value": "^nothing$"}]
COMPUTED = ("matchingContainers", "matchingImages")


def _matches(hook: Resource) -> tuple[Any, Any]:
    return hook.get("matchingContainers"), hook.get("matchingImages")


def _expected(*containers: Container) -> tuple[Any, Any]:
    documents = [write_container(each) for each in containers]
    return documents, sorted({each.container_image for each in containers})


def _everywhere(http: httpx.Client, account: Account, hook: Created) -> list[Resource]:
    """The hook as each operation shows it that does."""
    return [
        read(http, hook.path),
        read(http, f"{account.app_path}/{hook.id}"),
        *listed(http, account.path),
        *listed(http, account.app_path),
    ]


def test_while_the_containers_of_the_app_are_unknown_there_are_no_matches(
    http: httpx.Client, account: Account
) -> None:
    hook = create(http, account.path, account.hook(matchingCriteria=DATABASES))

    for shown in (hook.resource, *_everywhere(http, account, hook)):
        assert not set(COMPUTED) & set(shown)


def test_an_image_longer_than_the_list_of_images_may_hold_is_named_at_its_container_only(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    long, longest = (container(name, image="i" * length) for name, length in (("a", 256), ("b", 255)))
    import_containers(directory, account, [long, longest])

    hook = create(http, account.path, account.hook(matchingCriteria=[])).resource

    assert hook["matchingContainers"] == [write_container(long), write_container(longest)]
    assert hook["matchingImages"] == [longest.container_image]
    whole = {"type": "containerImage", "value": "^i{256}$"}
    assert (
        len(create(http, account.path, account.hook(matchingCriteria=[whole])).resource["matchingContainers"])
        == 1
    )


@pytest.mark.parametrize("below", ["account", "app"])
def test_the_response_to_a_create_has_the_matches(
    http: httpx.Client, account: Account, directory: Directory, below: str
) -> None:
    import_containers(directory, account, [WEB, DATABASE, METRICS])
    collection = account.path if below == "account" else account.app_path

    hook = create(http, collection, account.hook(matchingCriteria=DATABASES))

    assert _matches(hook.resource) == _expected(DATABASE, METRICS)
    assert hook.resource == read(http, hook.path)


def test_every_response_has_the_same_matches(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    import_containers(directory, account, [WEB, DATABASE, METRICS])
    hook = create(http, account.path, account.hook(matchingCriteria=DATABASES))

    assert _everywhere(http, account, hook) == [hook.resource] * 4


def test_computed_members_follow_the_criteria(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    import_containers(directory, account, [WEB])

    hook = create(http, account.path, account.hook(description="x")).resource

    assert list(hook) == [
        *("type", "version", "id", "name", "hookType", "matchingCriteria", *COMPUTED, "action", "stage"),
        *("hookSourceID", "arguments", "appID", "enabled", "description", "metadata"),
    ]


def test_a_hook_without_criteria_hits_every_container(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    import_containers(directory, account, [WEB, METRICS, DATABASE])

    hook = create(http, account.path, account.hook())

    assert _matches(hook.resource) == _expected(WEB, METRICS, DATABASE)


@pytest.mark.parametrize("containers", [[], [WEB]], ids=["no containers", "others"])
def test_a_hook_that_hits_nothing_has_empty_lists(
    http: httpx.Client, account: Account, directory: Directory, containers: list[Container]
) -> None:
    import_containers(directory, account, containers)

    hook = create(http, account.path, account.hook(matchingCriteria=NOTHING))

    for shown in (hook.resource, *_everywhere(http, account, hook)):
        assert _matches(shown) == ([], [])


def test_matches_follow_each_import_at_once(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    hook = create(http, account.path, account.hook(matchingCriteria=DATABASES))

    for known in ([DATABASE], [WEB], [WEB, METRICS, DATABASE], []):
        import_containers(directory, account, known)

        hit = [each for each in known if each is not WEB]
        assert {str(_matches(shown)) for shown in _everywhere(http, account, hook)} == {str(_expected(*hit))}


def test_matches_follow_each_change_of_the_criteria_at_once(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    import_containers(directory, account, [WEB, DATABASE])
    hook = create(http, account.path, account.hook())

    for criteria, hit in ((DATABASES, [DATABASE]), (NOTHING, []), ([], [WEB, DATABASE])):
        update(http, hook.path, {**HOOK, "matchingCriteria": criteria})

        assert _matches(read(http, hook.path)) == _expected(*hit)


def test_a_hook_that_moves_is_matched_with_its_new_app(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    import_containers(directory, account, [WEB])
    other = directory.create_app(account.id, "other")
    import_containers(directory, account, [DATABASE], other)
    unknown = directory.create_app(account.id, "unknown")
    hook = create(http, account.path, account.hook())

    for app_id, expected in ((other, _expected(DATABASE)), (unknown, (None, None))):
        update(http, hook.path, {**HOOK, "appID": app_id})

        assert _matches(read(http, hook.path)) == expected


def test_in_one_list_each_hook_is_matched_with_its_own_app(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    other, unknown = (directory.create_app(account.id, name) for name in ("other", "unknown"))
    import_containers(directory, account, [WEB])
    import_containers(directory, account, [DATABASE, METRICS], other)
    for app_id in (account.app_id, other, unknown, account.app_id):
        create(http, account.path, account.hook(appID=app_id))

    found = [_matches(hook) for hook in listed(http, account.path)]

    web = _expected(WEB)
    assert found == [web, _expected(DATABASE, METRICS), (None, None), web]


def test_images_are_distinct_and_sorted(http: httpx.Client, account: Account, directory: Directory) -> None:
    images = ["z:1", "a:2", "z:1", "A:1", "a:10", "\u00e9:1", "z:1"]
    known = [container(f"pod-{number}", image=image) for number, image in enumerate(images)]
    import_containers(directory, account, known)

    hook = create(http, account.path, account.hook()).resource

    assert hook["matchingImages"] == ["A:1", "a:10", "a:2", "z:1", "\u00e9:1"]
    assert [each["podName"] for each in hook["matchingContainers"]] == [f"pod-{n}" for n in range(7)]


def test_no_more_than_4095_images_are_listed_but_every_container_is(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    known = [container(f"pod-{number}", image=f"image:{number:04}") for number in range(4096)]
    import_containers(directory, account, known)

    hook = create(http, account.path, account.hook()).resource

    assert len(hook["matchingContainers"]) == 4096
    assert hook["matchingImages"] == [f"image:{number:04}" for number in range(4095)]


def test_a_container_is_shown_as_it_was_imported(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    strange = container("p\u202e", "\U0001f4b6", 'i"\\', "<n>", **{"a/b": "", "tier": "\u00e9"})
    import_containers(directory, account, [strange])

    [shown] = create(http, account.path, account.hook()).resource["matchingContainers"]

    assert shown == {
        "podName": "p\u202e",
        "podLabels": [{"name": "a/b", "value": ""}, {"name": "tier", "value": "\u00e9"}],
        "containerImage": 'i"\\',
        "containerName": "\U0001f4b6",
        "namespaceName": "<n>",
    }


@pytest.mark.parametrize("member", COMPUTED)
def test_what_is_computed_can_be_included_by_name(
    http: httpx.Client, account: Account, directory: Directory, member: str
) -> None:
    import_containers(directory, account, [WEB, DATABASE])
    unknown = directory.create_app(account.id, "unknown")
    hook = create(http, account.path, account.hook(matchingCriteria=DATABASES)).resource
    create(http, account.path, account.hook(appID=unknown))

    items, _ = page(http, account.path, include=f"{member},name")

    assert items[0] == [hook[member], hook["name"]]
    assert items[1][0] is None


def test_a_replayed_response_has_the_current_matches(
    http: httpx.Client, account: Account, directory: Directory
) -> None:
    body, key = account.hook(), {"Idempotency-Key": "key"}
    first = create(http, account.path, body, key)
    import_containers(directory, account, [WEB])

    again = create(http, account.path, body, key)

    assert again.tag == first.tag
    assert _matches(again.resource) == _expected(WEB)
    assert {k: v for k, v in again.resource.items() if k not in COMPUTED} == first.resource
