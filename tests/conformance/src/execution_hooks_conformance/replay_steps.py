"""Which requests of a run one failure needs, so that it can be shown again by these alone."""

import json
import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import unquote

from execution_hooks_conformance.received_json import parsed
from execution_hooks_conformance.results import RunLog

_TEXTS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{45}|\"[!#-~]+\"")
"""What a response gives and a later request sends: ids, the places in lists, entity tags."""
_CHANGING = {"PUT", "DELETE"}
MOST_STEPS = 100
"""How many requests one failure is shown again by. One that needs more may not occur again."""
Exchange = Mapping[str, Any]
_Index = dict[str, list[int]]


class Steps:
    """What each request of a run rests on, found by one pass over its log."""

    def __init__(self, log: RunLog) -> None:
        self._exchanges = log.exchanges
        self._gave: _Index = defaultdict(list)
        self._named: _Index = defaultdict(list)
        self._keyed: _Index = defaultdict(list)
        self._changed: _Index = defaultdict(list)
        for number in sorted(log.exchanges):
            self._note(number, log.exchanges[number])

    def needed(self, number: int) -> list[int]:
        """Return the numbers of the requests that the one of a number rests on, itself the last of them.

        There are at most MOST_STEPS: those that it rests on at first hand come before those that these rest
        on, and among changes of one resource the last ones.
        """
        found, waiting = {number}, deque([number])
        while waiting:
            for earlier in self._before(waiting.popleft()):
                if len(found) == MOST_STEPS:
                    return sorted(found)
                if earlier not in found:
                    found.add(earlier)
                    waiting.append(earlier)
        return sorted(found)

    def _note(self, number: int, exchange: Exchange) -> None:
        given = given_by(exchange)
        if exchange["sent"]["method"] == "POST":
            if (name := name_of(exchange)) is not None and "id" in given:
                self._named[name].append(number)
        else:
            given.pop("id", None)
        for text in given.values():
            self._gave[text].append(number)
        if (key := key_of(exchange)) is not None:
            self._keyed[key].append(number)
        if exchange["sent"]["method"] in _CHANGING:
            for changed in _done_to(exchange):
                self._changed[changed].append(number)

    def _before(self, number: int) -> Iterator[int]:
        """Yield what one request rests on at first hand: what gave what it names, or had its name or key.

        Of several responses that gave the same text, and of creates of the same name, it is the last one,
        with what became of its hook.
        """
        one = self._exchanges[number]
        texts = sorted(_texts(one["sent"]))
        for text in texts:
            yield from islice(_earlier(self._gave, text, number), 1)
        for earlier in islice(_earlier(self._named, name_of(one), number), 1):
            yield earlier
            yield from _earlier(self._changed, given_by(self._exchanges[earlier])["id"], number)
        yield from _earlier(self._keyed, key_of(one), number)
        for text in texts:
            yield from _earlier(self._changed, text, number)


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
        body = parsed(received["body"])
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


def _texts(sent: Mapping[str, Any]) -> set[str]:
    """Return what a request sends that a response may have given."""
    found = _TEXTS.findall(f"{unquote(sent['url'])} {sent['body']} {json.dumps(sent['headers'])}")
    return {*found, *_TEXTS.findall(" ".join(map(str, sent["headers"].values())))}


def _earlier(index: _Index, text: str | None, number: int) -> Iterator[int]:
    """Yield the numbers below this one under which an index has a text, the last first; none for None."""
    numbers = [] if text is None else index.get(text, [])
    return reversed(numbers[: bisect_left(numbers, number)])


def _done_to(exchange: Exchange) -> set[str]:
    """Return the id of what a request changed or deleted; nothing if it failed."""
    received = exchange["received"]
    succeeded = received is not None and received["status"] < 300
    return {exchange["sent"]["url"].rpartition("/")[2]} if succeeded else set()
