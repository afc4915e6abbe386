"""Requests of the suite's own, beside those that Schemathesis generates."""

from collections.abc import Mapping
from typing import Any

import requests
from schemathesis import Case, Response
from schemathesis.core import NOT_SET
from schemathesis.specs.openapi.schemas import OpenApiSchema

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.level_contract import operations
from execution_hooks_conformance.listed_fields import ListedFields
from execution_hooks_conformance.oracle.account_state import Resource
from execution_hooks_conformance.oracle.target import Target
from execution_hooks_conformance.received_json import without_halves


class Probe:
    """Sends what Schemathesis does not record, the way it sends its own: over HTTP or within this process.

    ``listed`` are the fields that are seen in what ``send`` returns; None is all.
    """

    def __init__(self, schema: OpenApiSchema, facts: Facts, listed: ListedFields | None = None) -> None:
        self._schema = schema
        self._facts = facts
        self._listed = listed
        self._operations: dict[str, Any] = {}
        self._offered = {operation["operationId"] for _, _, operation in operations(schema.raw_schema)}
        self._session = requests.Session()
        self._session.trust_env = False

    def offers(self, operation_id: str) -> bool:
        """Tell whether the contract that is judged by has an operation."""
        return operation_id in self._offered

    def path_of(self, operation_id: str, known: Mapping[str, str]) -> dict[str, str]:
        """Return those of some path parameters that an operation has."""
        path = self._operation(operation_id).path
        return {name: value for name, value in known.items() if f"{{{name}}}" in path}

    def send(
        self,
        operation_id: str,
        path: Mapping[str, object] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        body: object = NOT_SET,
    ) -> Response:
        """Send a request for an operation, as the account's user."""
        case, whole = self.exchange(
            operation_id,
            {**(path or {}), "account_id": self._facts.account_id},
            headers={"Authorization": self._facts.authorization},
            query=query,
            body=body,
        )
        return self._listed.seen(case, whole) if self._listed else whole

    def listed(self, target: Target, path: Mapping[str, object]) -> dict[str, Resource]:
        """Return the whole resources that a list shows, by their ids; none if the server has no such list."""
        if not self.offers(target.many):
            return {}
        above = {name: value for name, value in path.items() if name != target.resource}
        read = map(whole_resource, read_items(self.send(target.many, above)))
        return {each.id: each for each in read if each}

    def exchange(
        self,
        operation_id: str,
        path: Mapping[str, object],
        *,
        headers: Mapping[str, str],
        query: Mapping[str, str] | None = None,
        body: object = NOT_SET,
        media_type: str = "application/json",
    ) -> tuple[Case[Any], Response]:
        """Send a request as it is given; a body of bytes goes out as it is. Return the case, too."""
        operation = self._operation(operation_id)
        raw = isinstance(body, bytes)
        case: Case[Any] = operation.Case(
            path_parameters=dict(path),
            headers={**headers, "Content-Type": media_type} if raw else dict(headers),
            query=dict(query or {}),
            body=NOT_SET if raw else body,
            media_type=None if raw or body is NOT_SET else media_type,
        )
        options: dict[str, Any] = {"data": body} if raw else {}
        session = self._session if operation.app is None else None
        # Said once more, since what a session has by itself, such as Accept, would take their place.
        return case, case.call(session=session, headers=dict(case.headers), **options)

    def _operation(self, operation_id: str) -> Any:  # noqa: ANN401 Schemathesis says no more of it
        if operation_id not in self._operations:
            self._operations[operation_id] = self._schema.find_operation_by_id(operation_id)
        return self._operations[operation_id]


def read_resource(response: Response) -> Resource | None:
    """Return the resource that a response holds, untagged if it has no ETag; None if it holds none."""
    return whole_resource(read_object(response), response.headers.get("etag", [""])[0])


def whole_resource(document: Mapping[str, Any], tag: str = "") -> Resource | None:
    """Return a resource; None if the document lacks what a list is ordered by."""
    resource = Resource(dict(document), tag)
    try:
        resource.position  # noqa: B018 it raises what tells
    except (ValueError, KeyError, TypeError):
        return None
    return resource


def known_resource(response: Response) -> Resource | None:
    """Return a resource of which at least the id is known; what a list is ordered by is made up."""
    found = read_object(response)
    if not isinstance(found.get("id"), str):
        return None
    return placeholder(found)


def placeholder(document: Mapping[str, Any]) -> Resource:
    """Return a resource of which little is known: it has an id, and is taken for older than all others."""
    metadata = {"labels": [], "creationTimestamp": "1970-01-01T00:00:00Z"}
    return Resource({"name": None, **document, "metadata": metadata}, "")


def read_items(response: Response) -> list[dict[str, Any]]:
    """Return the resources of a list, which have at least an id."""
    items = read_object(response).get("items")
    found = items if isinstance(items, list) else []
    return [each for each in found if isinstance(each, dict) and isinstance(each.get("id"), str)]


def read_object(response: Response) -> dict[str, Any]:
    """Return the JSON object that a response holds; an empty one if it holds none."""
    value = read_json(response)
    return value if isinstance(value, dict) else {}


def read_json(response: Response) -> object:
    """Return the JSON value that a response holds; None if it holds none."""
    try:
        value: object = without_halves(response.json(), response.text_lossy())
    except (ValueError, LookupError, RecursionError):
        return None
    return value
