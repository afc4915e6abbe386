"""What the messages of a run exercised: which keywords of the contract one of them met, or broke.

To have sent a value that a keyword speaks of is less than to prove that a server keeps it: a keyword may be
exercised by every request, and a server that ignores it pass all the same.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

from starlette.types import ASGIApp

from conformance.mutation.breaking import applies_to
from conformance.mutation.every_mutant import every_mutant
from conformance.mutation.mutant import Mutant
from conformance.mutation.mutating import (
    Course,
    MutableRequest,
    MutableResponse,
    is_on_the_path_of,
    mutated,
    position_in_path,
)
from conformance.mutation.places import Place, Pointer
from execution_hooks_conformance.bundled import read_contract
from execution_hooks_conformance.closed_responses import close_responses
from execution_hooks_conformance.oracle.body_schema import BodySchema

MET, BROKEN = "met", "broken"
Exchange = tuple[MutableRequest, MutableResponse]
_UNASSERTED = {"format", "default"}
"""Keywords of which a value counts as met, whatever it is."""


def watched(exchanges: list[Exchange]) -> Callable[[ASGIApp], ASGIApp]:
    """Put something around an app that notes each request and its response."""

    def note(request: MutableRequest) -> Course:
        body, headers = request.body, [*request.scope["headers"]]
        response = yield
        sent = MutableRequest({**request.scope, "headers": headers}, body)
        exchanges.append((sent, response))

    return mutated(note)


def exercised_at(right: Mutant, exchanges: Sequence[Exchange]) -> dict[str, str]:
    """Return of which mutants, by their ids, the keyword was exercised: ``met``, ``broken``, ``met, broken``.

    They are those that are judged at the operation of ``right``, the server as it is.
    """
    if not exchanges:
        return {}
    closed = json.loads(json.dumps(read_contract()))
    close_responses(closed)
    here = [each for each in every_mutant().values() if each.operation == right.operation]
    return exercised(here, exchanges, closed["components"]["schemas"])


def exercised(
    mutants: Iterable[Mutant], exchanges: Iterable[Exchange], schemas: Mapping[str, Any]
) -> dict[str, str]:
    """Do so for some mutants; ``schemas`` are those that schemas of their places may refer to."""
    probes = [_Probe(each, each.place, schemas) for each in mutants if each.place is not None]
    for request, response in exchanges:
        for probe in probes:
            if not probe.is_done and probe.is_about(request, response):
                probe.found.update(probe.seen(request, response))
    return {each.mutant.id: ", ".join(sorted(each.found, reverse=True)) for each in probes if each.found}


class _Probe:
    """Looks at messages for one keyword at one place."""

    def __init__(self, mutant: Mutant, place: Place, schemas: Mapping[str, Any]) -> None:
        self.mutant = mutant
        self._place = place
        self._schemas = schemas
        self._keyword, _, self._member = mutant.about.partition(" ")
        self.found: set[str] = set()

    @property
    def is_done(self) -> bool:
        """Whether no more can be found."""
        return self.found == {MET, BROKEN}

    def is_about(self, request: MutableRequest, response: MutableResponse) -> bool:
        """Tell whether an exchange is one of the operation, and has the status of the place."""
        place = self._place
        is_here = request.operation == place.operation or (
            not request.operation and is_on_the_path_of(place.operation, request.path)
        )
        return is_here and place.status in ("", str(response.status))

    def seen(self, request: MutableRequest, response: MutableResponse) -> Iterator[str]:
        """Yield what a message does to the keyword."""
        place = self._place
        message = response if place.status else request
        match place.kind:
            case "operation":
                yield _said("Authorization" in request.headers)
            case "status":
                yield MET
            case "parameter" | "header":
                yield _said(bool(_texts(place, request, response)))
            case "media type":
                yield _said(place.pointer[-1] == _media_type(message))
            case "body":
                yield _said(self._is_met_by_body(request))
            case _:
                for value in self._values(message, _texts(place, request, response)):
                    yield from self._of_value(value)

    def _is_met_by_body(self, request: MutableRequest) -> bool:
        node: Any = self._place.node
        if self._keyword == "required":
            return bool(request.body)
        if self._keyword == "x-max-bytes":
            return len(request.body) <= int(node["x-max-bytes"])
        return _media_type(request) in ([self._member] if self._member else node["content"])

    def _values(self, message: MutableRequest | MutableResponse, texts: list[str]) -> Iterator[Any]:
        """Yield the values that the schema is for: in a body, or the texts of a parameter or header."""
        if self._place.part == "body":
            for document in _json(message.body):
                yield from _members(document, self._place.instance)
        elif self._place.node.get("type") == "integer":
            yield from map(_number, texts)
        else:
            yield from texts

    def _of_value(self, value: Any) -> Iterator[str]:  # noqa: ANN401 any JSON value
        keyword, is_null = self._keyword, value is None and bool(self._place.node.get("nullable"))
        if is_null or keyword == "nullable":
            yield from [MET] if is_null and keyword in {"type", "nullable"} else []
        elif not isinstance(value, applies_to(keyword)):
            return
        elif isinstance(value, Mapping) and self._member and keyword in {"properties", "required"}:
            is_met = self._member in value
            yield from [_said(is_met)] if is_met or keyword == "required" else []
        elif self._member and keyword == "enum":
            yield from [MET] if value == self._member else []
        else:
            yield _said(keyword in _UNASSERTED or self._schema.is_met(value))

    @cached_property
    def _schema(self) -> BodySchema:
        node = self._place.node
        if self._keyword == "additionalProperties":
            return BodySchema({**node, "required": []}, self._schemas)
        if self._member.isdigit():
            return BodySchema(node[self._keyword][int(self._member)], self._schemas)
        return BodySchema({self._keyword: node[self._keyword]}, self._schemas)


def _said(is_met: bool) -> str:  # noqa: FBT001 the one thing it says
    return MET if is_met else BROKEN


def _texts(place: Place, request: MutableRequest, response: MutableResponse) -> list[str]:
    """Return the values of a parameter, or of a response's header."""
    where, _, name = place.part.partition(" ")
    if where == "query":
        return [value for key, value in request.query if key == name]
    if where == "path":
        return [request.path.split("/")[position_in_path(place.operation, name)]]
    return (response if place.status else request).headers.getlist(name)


def _media_type(message: MutableRequest | MutableResponse) -> str:
    return message.headers.get("Content-Type", "").partition(";")[0]


def _number(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


def _json(body: bytes) -> list[Any]:
    """Return the JSON value that a body is; nothing if it is none that a validator can read."""
    with suppress(ValueError, RecursionError):
        value = json.loads(body)
        json.dumps(value, ensure_ascii=False).encode()
        return [value]
    return []


def _members(value: Any, instance: Pointer) -> Iterator[Any]:  # noqa: ANN401 any JSON value
    if not instance:
        yield value
        return
    step, *further = instance
    members: Any = value if step == "*" and isinstance(value, list) else []
    if isinstance(value, Mapping) and step in value:
        members = [value[step]]
    for each in members:
        yield from _members(each, tuple(further))
