"""Requests as clients of the vendor's API send them, which must work as they are."""

import json
from typing import Any

import httpx
import pytest

from execution_hooks.store.directory import Directory
from harness.accounts import Account
from harness.inventories import WEB, import_containers
from harness.resources import create, listed

FORMS = {
    "executionHooks": "application/astra-executionHooks+json",
    "hookSources": "application/astra-hookSources+json",
    "apps": "application/astra-apps+json",
}


def _asked(http: httpx.Client, path: str, media_type: str, content: bytes) -> dict[str, Any]:
    """Read as the vendor's toolkit does: a body with a GET, and the media type in both headers."""
    headers = {"Content-Type": media_type, "Accept": media_type, "User-Agent": "python-requests/2.32.3"}
    response = http.request("GET", path, headers=headers, content=content)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == media_type
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize("content", [b"{}", b""], ids=["body", "no body"])
def test_lists_are_read_whole_and_by_their_media_types(
    http: httpx.Client, account: Account, content: bytes
) -> None:
    hook = create(http, account.path, account.hook()).resource

    hooks = _asked(http, account.path, FORMS["executionHooks"], content)["items"]
    sources = _asked(http, account.sources_path, FORMS["hookSources"], content)["items"]
    apps = _asked(http, account.apps_path, FORMS["apps"], content)["items"]

    assert hooks == [hook]
    assert {(item["id"], item["name"]) for item in apps} == {(account.app_id, "payroll")}
    assert {(item["id"], item["name"]) for item in sources} == {(account.hook_source_id, "freeze")}
    assert all(item["arguments"] == item["matchingCriteria"] == [] for item in hooks)


def test_a_hook_source_is_created_and_replaced_by_the_toolkit(http: httpx.Client, account: Account) -> None:
    media_type = "application/astra-hookSource+json"
    headers = {"Content-Type": media_type, "Accept": media_type}
    new = {
        "sourceType": "script",
        "source": "IyEvYmluL2Jhc2gK",
        "name": "freeze again",
        "type": "application/astra-hookSource",
        "version": "1.0",
    }
    created = http.post(account.sources_path, headers=headers, content=json.dumps(new))
    assert created.status_code == 201, created.text

    changed = {**new, "name": "thaw", "source": "IyEvYmluL2Jhc2gKZXhpdAo="}
    path = f"{account.sources_path}/{created.json()['id']}"
    assert http.put(path, headers=headers, content=json.dumps(changed)).status_code == 204

    shown = http.get(path, headers=headers).json()
    assert {name: shown[name] for name in changed} == changed


@pytest.mark.parametrize(
    ("version", "more"),
    [
        ("1.0", {}),
        ("1.1", {"arguments": []}),
        ("1.2", {"arguments": None, "matchingCriteria": []}),
        ("1.3", {"arguments": ["pre"], "matchingCriteria": [{"type": "containerImage", "value": "web"}]}),
    ],
    ids=["oldest", "no arguments", "null", "criteria"],
)
def test_hooks_of_every_age_are_created(
    http: httpx.Client, account: Account, directory: Directory, version: str, more: dict[str, Any]
) -> None:
    import_containers(directory, account, [WEB])
    media_type = "application/astra-executionHook+json"
    body = {
        "action": "snapshot",
        "appID": account.app_id,
        "enabled": "true",
        "hookSourceID": account.hook_source_id,
        "hookType": "custom",
        "name": f"hook of {version}",
        "stage": "pre",
        "type": "application/astra-executionHook",
        "version": version,
        **more,
    }

    response = http.post(
        account.path, content=json.dumps(body), headers={"Content-Type": media_type, "Accept": media_type}
    )

    assert response.status_code == 201, response.text
    hook = response.json()
    assert hook["version"] == version
    assert hook["arguments"] == (more.get("arguments") or [])
    assert hook["matchingCriteria"] == more.get("matchingCriteria", [])
    assert hook["matchingImages"] == [WEB.container_image]


@pytest.mark.parametrize("content", [b"{}", b'{"type": "application/astra-executionHook"}', b"", b"[]"])
def test_a_hook_is_deleted_with_a_body_and_all_headers(
    http: httpx.Client, account: Account, content: bytes
) -> None:
    hook = create(http, account.path, account.hook())
    media_type = "application/astra-executionHook+json"
    headers = {"Content-Type": media_type, "Accept": media_type, "ForceDelete": "true"}

    response = http.request("DELETE", hook.path, headers=headers, content=content)

    assert response.status_code == 204
    assert listed(http, account.path) == []


def test_what_the_toolkit_finds_by_name_it_can_look_up(http: httpx.Client, account: Account) -> None:
    create(http, account.path, account.hook(name="one"))
    two = create(http, account.path, account.hook(name="two"))

    items = _asked(http, account.path, FORMS["executionHooks"], b"{}")["items"]
    [found] = [item["id"] for item in items if item["name"] == "two"]

    assert http.get(f"{account.path}/{found}").json() == two.resource


def test_a_provider_that_sends_everything_back_may_do_so(http: httpx.Client, account: Account) -> None:
    """As tools that keep a state do: read, change one member, send all of it."""
    hook = create(http, account.app_path, account.hook())
    read = http.get(hook.path).json()

    response = http.put(hook.path, json={**read, "enabled": "false"})

    assert response.status_code == 204, response.text
    assert http.get(hook.path).json()["enabled"] == "false"
