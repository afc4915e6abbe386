"""What the soak sends: sessions about hooks and hook sources, of valid and malicious requests."""

import base64
import json
from collections.abc import Generator, Iterator
from itertools import count, cycle
from typing import Any
from urllib.parse import quote, urlsplit

from harness.accounts import Account

from .connection import Request, Response

Session = Generator[Request, Response, None]
"""Requests, each yielded for the response to it."""

_WHOLE_LIST_EVERY = 64
"""A list that comes whole takes as long as a hundred other requests."""


class Workload:
    """An endless mix of sessions on one account, for any number of clients to share."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._numbers = count()
        self._kinds = cycle((self._hook, self._malicious_creates, self._source, self._lists))

    def __iter__(self) -> Iterator[Session]:
        """Yield sessions, none of which ends the iteration."""
        for kind in self._kinds:
            yield kind(next(self._numbers))

    def _hook(self, number: int) -> Session:
        collection = self._hooks(of_app=number % 8 == 0)
        body = self._document(number, matchingCriteria=[{"type": "podName", "value": f"^db-{number}$"}])
        key = (f"Idempotency-Key: soak-{number}",)
        made = yield Request(201, "POST", collection, _bytes(body), key)
        yield Request(201, "POST", collection, _bytes(body), key)
        hook, tag = _place(made), made.header("etag")
        shown = yield Request(200, "GET", hook, b"{}")
        yield Request(204, "PUT", hook, shown.body, (f"If-Match: {tag}",))
        yield Request(412, "PUT", hook, shown.body, (f"If-Match: {tag}",))
        yield Request(400, "PUT", hook, shown.body, ('If-Match: "half',))
        yield Request(409, "PUT", hook, _bytes({**body, "id": self._account.app_id}))
        yield Request(400, "PUT", hook, b"[" * 20_000)
        yield Request(412, "DELETE", hook, headers=(f"If-Match: {tag}",))
        yield Request(204, "DELETE", hook, b"\x00not JSON" * 2_000)
        yield Request(404, "GET", hook)
        yield Request(404, "DELETE", hook)

    def _source(self, number: int) -> Session:
        collection = f"/accounts/{self._account.id}/core/v1/hookSources"
        body = _source(f"soak {number}", b"echo frozen\n" * (8_000 if number % 32 == 2 else 80))
        made = yield Request(201, "POST", collection, _bytes(body))
        source = _place(made)
        using = self._document(number, hookSourceID=json.loads(made.body)["id"])
        used = yield Request(201, "POST", self._hooks(), _bytes(using))
        yield Request(403, "DELETE", source)
        shown = yield Request(200, "GET", source)
        yield Request(204, "PUT", source, shown.body)
        yield Request(409, "PUT", source, _bytes({**body, "sourceMD5Checksum": "0" * 32}))
        yield Request(409, "POST", collection, _bytes(body))
        yield Request(400, "POST", collection, _bytes(_source(f"soak {number} binary", b"\x00\xff")))
        yield Request(400, "POST", collection, _bytes({**body, "source": "A" * 200_000}))
        yield Request(413, "POST", collection, b" " * 300_000)
        yield Request(200, "GET", f"{collection}?limit=3&include=name,sourceMD5Checksum")
        yield Request(204, "DELETE", _place(used))
        yield Request(204, "DELETE", source)

    def _lists(self, number: int) -> Session:
        collection = self._hooks(of_app=number % 8 == 3)
        page = yield Request(200, "GET", f"{collection}?limit=20", b"{}")
        position = json.loads(page.body)["metadata"]["continue"]
        yield Request(200, "GET", f"{collection}?limit=20&include=id,matchingImages&continue={position}")
        name = quote(f"name eq 'soak {number}'")
        yield Request(200, "GET", f"{collection}?filter={name}")
        yield Request(200, "GET", f"/accounts/{self._account.id}/k8s/v2/apps?include=name,state")
        for query in _MALICIOUS_QUERIES:
            yield Request(400, "GET", f"{collection}?{query}")
        yield Request(404, "GET", f"/accounts/{self._account.id}/k8s/v2/apps/{'%2e' * 300}")
        yield Request(405, "PATCH", collection, b"{}")
        if number % _WHOLE_LIST_EVERY == 3:
            yield Request(200, "GET", collection)
            yield Request(200, "GET", collection, disconnect=True)

    def _malicious_creates(self, number: int) -> Session:
        collection = self._hooks()
        hook = self._document(number)
        costly = [{"type": "podName", "value": "((a{99}){99}){99}"}]
        yield Request(400, "POST", collection, _bytes({**hook, "name": "n" * 64, f"x{number}": [None] * 200}))
        yield Request(400, "POST", collection, b"[" * 20_000)
        yield Request(400, "POST", collection, b'{"name": "\\ud800", "name": 1e999}')
        yield Request(400, "POST", collection, _bytes({**hook, "matchingCriteria": costly}))
        yield Request(413, "POST", collection, b" " * 300_000)
        yield Request(403, "POST", collection, _bytes({**hook, "hookType": "netapp"}))

    def _hooks(self, *, of_app: bool = False) -> str:
        below = f"k8s/v1/apps/{self._account.app_id}" if of_app else "core/v1"
        return f"/accounts/{self._account.id}/{below}/executionHooks"

    def _document(self, number: int, **changes: object) -> dict[str, Any]:
        return self._account.hook(name=f"soak {number}", **changes)


_MALICIOUS_QUERIES = (
    "limit=0",
    "limit=5&limit=5",
    "limit=" + "9" * 5_000,
    "continue=%ff",
    "filter=" + "name%20eq%20'" * 200,
    "include=" + "id," * 500,
    "&".join(f"p{number}=1" for number in range(500)),
)


def _bytes(document: object) -> bytes:
    return json.dumps(document).encode()


def _place(made: Response) -> str:
    return urlsplit(made.header("location")).path


def _source(name: str, script: bytes) -> dict[str, Any]:
    return {
        "type": "application/astra-hookSource",
        "version": "1.0",
        "name": name,
        "sourceType": "script",
        "source": base64.b64encode(script).decode(),
    }
