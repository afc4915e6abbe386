"""Requests of every operation with other ids, media types, sizes and queries than it takes."""

import json
from collections.abc import Iterator
from uuid import uuid4

from execution_hooks_conformance.steps import JSON, Operation, Step

_AT_32_BITS = [str(2**31 + more) for more in (-2, -1, 0)]
_UNKNOWN_IDS = (
    "00000000-0000-0000-0000-000000000000",
    "b1a5c0de-0000-1000-8000-000000000000",
    "B1A5C0DE-0000-4000-8000-00000000ABCD",
    "not-an-id",
)


def of_ids(operation: Operation, right: Step) -> Iterator[Step]:
    """Yield requests about what does not exist, by ids of good form and of near misses."""
    for name in right.path:
        yield from (right.but(path={**right.path, name: each}) for each in (str(uuid4()), *_UNKNOWN_IDS))
    own = right.path.get(str(operation.target.resource))
    if own and own.upper() != own:
        yield right.but(path={**right.path, str(operation.target.resource): own.upper()})


def of_media_types(operation: Operation, right: Step) -> Iterator[Step]:
    """Yield bodies of each type that is read, however it is written, and of siblings that are not."""
    if not operation.media_types:
        return
    payload = json.dumps(right.body).encode()
    for media_type in (
        "text/plain",
        "application/xml",
        "application/jsonp",
        "application/astra-app+json",
        "",
    ):
        yield right.but(body=payload, media_type=media_type)
    if operation.method == "put":  # what is created has a name that is taken from then on
        read = (*operation.media_types, "Application/JSON", "application/json; charset=utf-8")
        yield from (right.but(body=payload, media_type=each) for each in read)


def of_accept(operation: Operation, right: Step) -> Iterator[Step]:
    """Yield requests that prefer one media type or exclude all; those that create are refused alone."""
    offers = operation.offers
    if not offers:
        return
    kind = [each for each in offers if each != JSON]
    preferences = [*offers, "*/*", "application/*", f"{JSON};q=0.1, */*;q=0.5"]
    preferences += [f"{each}, */*;q=0.1" for each in kind]
    excluding = ["text/html", "image/*", f"{JSON};q=0, application/xml", "*/*;q=0"]
    accepted = preferences if operation.method == "get" else []
    yield from (right.but(headers={"Accept": each}) for each in (*accepted, *excluding))


def of_size(operation: Operation, right: Step) -> Iterator[Step]:
    """Yield a body of a byte too many; an update also of the greatest size, and of a byte less."""
    if not operation.most_bytes:
        return
    sizes = [1] if operation.method == "post" else [1, 0, -1]
    payload = json.dumps(right.body).encode()
    yield from (right.but(body=payload.ljust(operation.most_bytes + more)) for more in sizes)


def of_query(operation: Operation, right: Step) -> Iterator[Step]:
    """Yield parameters that the operation lacks; of a list, values at the bounds and beyond them."""
    yield from (right.but(query={name: "1"}) for name in ("dryRun", "Limit", "offset"))
    if operation.is_list:
        yield from (right.but(query=dict([pair])) for pair in _of_list(operation))


def _of_list(operation: Operation) -> Iterator[tuple[str, str]]:
    yield from (
        ("limit", each) for each in ("0", "1", "2", "01", "-1", "+1", "1.0", "1e1", "", "x", *_AT_32_BITS)
    )
    yield from (("include", each) for each in _includes(operation))
    yield from (("filter", each) for each in _filters(operation))
    yield from (("continue", each) for each in ("", "x", "0" * 44, "0" * 46, "A" * 45))


def _includes(operation: Operation) -> Iterator[str]:
    yield from ("id", "id,name", "name,id,metadata", "id,id")
    yield from ("Id", "id, name", "id,", ",id", "", "color", "metadata.labels")
    most = operation.parameters["include"]["schema"]["maxLength"]
    yield from map(_names_of_length, (most - 1, most, most + 1))


def _names_of_length(length: int) -> str:
    """Return names of fields, joined by commas, of so many characters together."""
    last = {2: "id", 1: "name", 0: "name,name"}[length % 3]
    return "id," * ((length - len(last)) // 3) + last


def _filters(operation: Operation) -> Iterator[str]:
    yield from (
        "name eq 'x'",
        "name  eq 'x'",
        "name EQ 'x'",
        "name eq x",
        "name eq 'it''s'",
        "name eq 'it's'",
        "",
    )
    yield from (
        "name ne 'x'",
        "color eq 'x'",
        "name eq 'x',",
        "name eq 'x', id gt '0'",
        "name eq 'x'  ,id gt '0'",
        "name gt '', name eq 'x'",
    )
    for day in ("2026-13-01", "2026-00-01", "2026-02-30", "2026-12-31", "0000-01-01", "2026-1-1"):
        yield f"metadata.creationTimestamp gte '{day}T00:00:00Z'"
    for time in ("24:00:00", "23:60:00", "23:59:60", "23:59:59.123456", "23:59:59.1234567"):
        yield f"metadata.creationTimestamp lte '2026-06-01T{time}Z'"
    yield from (f"metadata.creationTimestamp eq '2026-06-01{time}'" for time in ("", "T00:00:00+00:00"))
    most = operation.parameters["filter"]["schema"]["maxLength"]
    frame = len("name gt ''")
    yield from (f"name gt '{'x' * (most + more - frame)}'" for more in (-1, 0, 1))


def of_headers(operation: Operation, right: Step) -> Iterator[Step]:
    """Yield headers of the operation with values that it cannot read, and conditions that do not hold."""
    if "Idempotency-Key" in operation.parameters:
        keys = ("", "x" * 256, "a key", "k\u00e9y", "\t")
        yield from (right.but(headers={"Idempotency-Key": each}) for each in keys)
    for name in ("If-Match", "If-None-Match"):
        if name in operation.parameters:
            wrong = ("abc", '"open', '"a" "b"', 'w/"a"', "", '"a",')
            most = operation.parameters[name]["schema"].get("maxLength", 0)
            long = [f'"{"a" * (most - 2 + more)}"' for more in (-1, 0, 1) if most]
            yield from (right.but(headers={name: each}) for each in (*wrong, *long))
    if "If-Match" in operation.parameters:
        yield from (
            right.but(headers={"If-Match": each}) for each in ('"another"', 'W/"another"', '"a", "b"')
        )
    if "If-None-Match" in operation.parameters:
        yield right.but(headers={"If-None-Match": "*"})
