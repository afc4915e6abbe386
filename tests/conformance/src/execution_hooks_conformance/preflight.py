"""Sees, before a server is judged, whether it can be: whether it is there and accepts the token."""

from typing import Any

import httpx

from execution_hooks_conformance.facts import Facts

_SECONDS = 10


class CannotBeJudged(Exception):
    """What keeps a server from being judged, in one line."""


def check(url: str, facts: Facts) -> None:
    """Read the account's lists. Raises CannotBeJudged if that fails, or if what the facts name is missing."""
    core = f"{url}/accounts/{facts.account_id}"
    with httpx.Client(headers={"Authorization": facts.authorization}, timeout=_SECONDS) as client:
        apps = {each.get("id") for each in _items(client, f"{core}/k8s/v2/apps")}
        for app_id in filter(None, (facts.app_id, facts.limited_app_id)):
            if app_id not in apps:
                raise CannotBeJudged(f"The account has no app {app_id}.")
        if not _items(client, f"{core}/core/v1/hookSources"):
            raise CannotBeJudged("The account has no hook source; create one, which hooks can name.")
        _items(client, f"{core}/core/v1/executionHooks")


def _items(client: httpx.Client, url: str) -> list[dict[str, Any]]:
    """Return the resources of a list."""
    try:
        response = client.get(url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CannotBeJudged(f"GET {url} failed: {str(error) or type(error).__name__}") from error
    if response.status_code == httpx.codes.UNAUTHORIZED:
        raise CannotBeJudged(f"GET {url} led to 401: the server does not accept the token.")
    if response.status_code != httpx.codes.OK:
        raise CannotBeJudged(f"GET {url} led to {response.status_code}, not 200.")
    try:
        items = response.json()["items"]
    except (ValueError, KeyError, TypeError):
        items = None
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise CannotBeJudged(f"GET {url} led to 200, but not to a list in JSON.")
    return items
