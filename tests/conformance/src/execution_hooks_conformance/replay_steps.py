"""Which requests of a run one failure needs, so that it can be shown again by these alone."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from execution_hooks_conformance.results import RunLog

_TEXTS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{45}|\"[!#-~]+\"")
"""What a response gives and a later request sends: ids, the places in lists, entity tags."""
_CHANGING = {"PUT", "DELETE"}
Exchange = Mapping[str, Any]


def needed(number: int, log: RunLog) -> list[int]:
    """Return the numbers of the requests that the one of a number rests on, itself the last of them."""
    found, open_ = {number}, [number]
    while open_:
        one = open_.pop()
        more = {*_before(one, log)} - found
        found |= more
        open_ += more
    return sorted(found)


def name_of(exchange: Exchange) -> str | None:
    """Return the name in the body of a request; None if it has none."""
    try:
        body = json.loads(exchange["sent"]["body"])
    except ValueError:
        return None
    name = body.get("name") if isinstance(body, dict) else None
    return name if isinstance(name, str) else None


def key_of(exchange: Exchange) -> str | None:
    """Return the idempotency key of a request; None if it has none."""
    headers = {name.lower(): value for name, value in exchange["sent"]["headers"].items()}
    return headers.get("idempotency-key")


def given_by(exchange: Exchange) -> dict[str, str]:
    """Return what later requests may name of a response: the id, the place in a list, the entity tag."""
    received = exchange["received"]
    if received is None or received["status"] >= 300:
        return {}
    try:
        body = json.loads(received["body"])
    except ValueError:
        body = {}
    body = body if isinstance(body, dict) else {}
    metadata = body.get("metadata")
    texts = {
        "id": body.get("id"),
        "continue": metadata.get("continue") if isinstance(metadata, dict) else None,
        "etag": {name.lower(): value for name, value in received["headers"].items()}.get("etag"),
    }
    return {name: text for name, text in texts.items() if isinstance(text, str)}


def _before(number: int, log: RunLog) -> Iterator[int]:
    """Yield what one request rests on at first hand: what gave what it names, or had its name or key."""
    one = log.exchanges[number]
    sent = one["sent"]
    texts = {*_TEXTS.findall(f"{unquote(sent['url'])} {sent['body']} {json.dumps(sent['headers'])}")}
    texts |= {*_TEXTS.findall(" ".join(map(str, sent["headers"].values())))}
    for earlier, other in log.exchanges.items():
        if earlier >= number:
            return
        given = given_by(other)
        creates = other["sent"]["method"] == "POST" and "id" in given
        is_named = creates and given["id"] in texts
        is_alike = creates and name_of(one) is not None and name_of(other) == name_of(one)
        is_replayed = key_of(one) is not None and key_of(other) == key_of(one)
        is_changed = other["sent"]["method"] in _CHANGING and bool(_done_to(other) & texts)
        leads_on = bool(texts & {given.get("continue"), given.get("etag")})
        if is_named or is_alike or is_replayed or is_changed or leads_on:
            yield earlier


def _done_to(exchange: Exchange) -> set[str]:
    """Return the id of what a request changed or deleted; nothing if it failed."""
    received = exchange["received"]
    succeeded = received is not None and received["status"] < 300
    return {exchange["sent"]["url"].rpartition("/")[2]} if succeeded else set()
