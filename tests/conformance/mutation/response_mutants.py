"""Mutants that send wrong responses: a good one is rewritten so that it just breaks one keyword.

The places are those of the contract with its responses closed (see closed_responses.py), since a server that
is judged by this version of the contract sends what this version lists.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from conformance.mutation.breaking import Breaker, breakable
from conformance.mutation.mutant import Mutant
from conformance.mutation.mutating import (
    Behaviour,
    Course,
    MutableRequest,
    MutableResponse,
    is_on_the_path_of,
    mutated,
)
from conformance.mutation.places import Place, response_places
from execution_hooks_conformance.closed_responses import close_responses

Node = dict[str, Any]
Rewrite = Callable[[MutableResponse], None]

_NO_SUCH_METHOD = "405"
_CLOSED = "/components/schemas/Closed"
_OTHER_STATUSES = {
    "200": 202, "201": 200, "204": 200, "400": 422, "401": 403, "403": 401, "404": 400, "405": 404,
    "406": 415, "409": 400, "412": 409, "413": 400, "415": 400, "429": 503, "500": 503, "503": 500,
    "default": 418,
}  # fmt: skip
"""What a careless server responds with in the place of the right status."""


def response_mutants(document: Node) -> Iterator[Mutant]:
    """Yield them in the order of the contract, each at the first operation that reaches its place."""
    closed = json.loads(json.dumps(document))
    close_responses(closed)
    for place in response_places(closed):
        yield from mutants_at(place, closed)


def mutants_at(place: Place, closed: Node) -> Iterator[Mutant]:
    """Yield the mutants of one place of responses."""
    for keyword, rewrite in _rewrites(place, closed["components"]["schemas"]):
        where = place.written.replace(_CLOSED, "/components/schemas/")
        yield Mutant(
            id=f"response {where} {keyword} broken",
            operation=place.operation,
            part=place.part,
            keyword=keyword.partition(" ")[0],
            change="broken",
            pointer=where,
            place=place,
            about=keyword,
            app=mutated(_where(place, rewrite)),
        )


def _where(place: Place, rewrite: Rewrite) -> Behaviour:
    """Return what rewrites the responses with the place's status to its operation."""

    def change(request: MutableRequest) -> Course:
        is_here = request.operation == place.operation or (
            place.status == _NO_SUCH_METHOD
            and not request.operation
            and is_on_the_path_of(place.operation, request.path)
        )
        response = yield
        if is_here and str(response.status) == place.status:
            rewrite(response)

    return change


def _rewrites(place: Place, schemas: Node) -> Iterator[tuple[str, Rewrite]]:
    header = place.part.removeprefix("header ")
    match place.kind:
        case "status":
            yield f"status {place.status}", partial(_with_status, status=_OTHER_STATUSES[place.status])
        case "media type":
            yield "content", _with_other_media_type
        case "header":
            yield "required", partial(_without_header, name=header)
        case _ if place.part != "body":
            for keyword in breakable(dict(place.node)):
                if keyword not in {"type", "type null"}:  # a header is text
                    breaker = Breaker(dict(place.node), schemas, keyword)
                    yield keyword, partial(_with_wrong_header, name=header, breaker=breaker)
        case _:
            for keyword in breakable(dict(place.node)):
                breaker = Breaker(dict(place.node), schemas, keyword)
                yield keyword, partial(_with_wrong_value, place=place, breaker=breaker)


def _with_status(response: MutableResponse, status: int) -> None:
    response.status = status


def _with_other_media_type(response: MutableResponse) -> None:
    is_problem = "problem" in response.headers.get("Content-Type", "")
    response.headers["Content-Type"] = "application/json" if is_problem else "text/plain"


def _without_header(response: MutableResponse, name: str) -> None:
    del response.headers[name]


def _with_wrong_header(response: MutableResponse, name: str, breaker: Breaker) -> None:
    if name in response.headers:
        for wrong in breaker.broken(response.headers[name]):
            response.headers[name] = wrong.replace("\0", " ")


def _with_wrong_value(response: MutableResponse, place: Place, breaker: Breaker) -> None:
    if not (document := response.document):
        return
    if not place.instance:
        for wrong in breaker.broken(document):
            response.body = json.dumps(wrong).encode()
        return
    if _replace(document, place.instance, breaker):
        response.document = document


def _replace(value: Any, instance: tuple[str, ...], breaker: Breaker) -> bool:  # noqa: ANN401 any JSON value
    """Break the first value that stands at a place within another one; tell whether there was one."""
    step, *further = instance
    for name in _members(value, step):
        if further:
            if _replace(value[name], tuple(further), breaker):
                return True
            continue
        for wrong in breaker.broken(value[name]):
            value[name] = wrong
            return True
    return False


def _members(value: Any, step: str) -> list[Any]:  # noqa: ANN401 any JSON value
    """Return the index or name of each member that a step leads to."""
    if step == "*":
        return [*range(len(value))] if isinstance(value, list) else []
    return [step] if isinstance(value, Mapping) and step in value else []
