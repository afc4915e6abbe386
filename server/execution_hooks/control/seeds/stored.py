"""What is stored, as a seed that would store it anew."""

import base64
import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from execution_hooks.api.metadata_json import flag
from execution_hooks.store.contents import Contents, Row

_BY_ACCOUNT = ("tokens", "apps", "hook_sources", "execution_hooks")


def as_seed(contents: Contents) -> dict[str, Any]:
    """Write all that is stored as a seed, in the order of creation.

    Idempotency keys, revoked tokens, times, and who created and changed what are left out, and so is the text
    of tokens, of which none is kept.
    """
    owned: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {table: [] for table in _BY_ACCOUNT})
    for table in _BY_ACCOUNT:
        for row in contents[table]:
            owned[row["account_id"]][table].append(row)
    users = {row["id"]: row["name"] for row in contents["users"]}
    inventories = {row["app_id"]: json.loads(row["containers"]) for row in contents["inventories"]}
    return {"accounts": [_account(row, owned[row["id"]], users, inventories) for row in contents["accounts"]]}


def _account(
    row: Row, owned: Mapping[str, list[Row]], users: Mapping[str, str], inventories: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "hookSwitch": row["hooks"],
        "tokens": [_token(each, users) for each in owned["tokens"] if each["revoked_at"] is None],
        "apps": [_app(each, inventories) for each in owned["apps"]],
        "sources": [_source(each) for each in owned["hook_sources"]],
        "hooks": [_hook(each) for each in owned["execution_hooks"]],
    }


def _token(row: Row, users: Mapping[str, str]) -> dict[str, Any]:
    only = {} if row["collections"] is None else {"only": row["collections"].split(",")}
    return {"user": users[row["user_id"]], "role": row["role"], **only}


def _app(row: Row, inventories: Mapping[str, Any]) -> dict[str, Any]:
    known = {} if row["inventory"] is None else {"containers": inventories[row["id"]]}
    return {"id": row["id"], "name": row["name"], "postFailover": row["post_failover"], **known}


def _source(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "script": base64.b64decode(row["source"]).decode("utf-8"),
        **_description(row),
        "private": row["private"],
        "preloaded": row["preloaded"],
        "metadata": {"labels": row["labels"]},
    }


def _hook(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "version": row["version"],
        "name": row["name"],
        "hookType": row["hook_type"],
        "matchingCriteria": row["matching_criteria"],
        "action": row["action"],
        "stage": row["stage"],
        "app": row["app_id"],
        "source": row["hook_source_id"],
        "arguments": row["arguments"],
        "enabled": flag(row["enabled"]),
        **_description(row),
        "metadata": {"labels": row["labels"]},
    }


def _description(row: Row) -> dict[str, str]:
    return {} if row["description"] is None else {"description": row["description"]}
