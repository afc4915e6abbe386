"""What is stored, as a seed that would store it anew."""

import base64
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from execution_hooks.api.representation import flag
from execution_hooks.store.contents import Contents, Row


def as_seed(contents: Contents, now: datetime) -> dict[str, Any]:
    """Write all that is stored now as a seed, in the order of creation.

    Left out are idempotency keys, tokens that are revoked or expired, times, who created and changed what,
    and the text of tokens, of which none is kept.
    """
    seconds = int(now.timestamp())
    users = {row["id"]: row["name"] for row in contents["users"]}
    inventories = {row["app_id"]: json.loads(row["containers"]) for row in contents["inventories"]}
    valid = [row for row in contents["tokens"] if _is_valid(row, seconds)]
    lists = {
        "tokens": _by_account(valid, partial(_token, users, seconds)),
        "apps": _by_account(contents["apps"], partial(_app, inventories)),
        "sources": _by_account(contents["hook_sources"], _source),
        "hooks": _by_account(contents["execution_hooks"], _hook),
    }
    accounts = [
        {"id": row["id"], "name": row["name"], "hookSwitch": row["hooks"]}
        | {member: owned[row["id"]] for member, owned in lists.items()}
        for row in contents["accounts"]
    ]
    return {"accounts": accounts}


def _by_account(
    rows: Iterable[Row], write: Callable[[Row], dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    written: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        written[row["account_id"]].append(write(row))
    return written


def _is_valid(token: Row, now: int) -> bool:
    return token["revoked_at"] is None and (token["expires_at"] is None or token["expires_at"] > now)


def _token(users: Mapping[str, str], now: int, row: Row) -> dict[str, Any]:
    only = {} if row["collections"] is None else {"only": row["collections"].split(",")}
    expiry = {} if row["expires_at"] is None else {"expiresAfterSeconds": row["expires_at"] - now}
    return {"user": users[row["user_id"]], "role": row["role"], **only, **expiry}


def _app(inventories: Mapping[str, Any], row: Row) -> dict[str, Any]:
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
