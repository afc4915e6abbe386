"""Requests of the suite's own, beside those that Schemathesis generates."""

from collections.abc import Mapping
from typing import Any

import requests
from schemathesis import Response
from schemathesis.core import NOT_SET
from schemathesis.specs.openapi.schemas import OpenApiSchema

from execution_hooks_conformance.facts import Facts
from execution_hooks_conformance.oracle.account_state import Resource


class Probe:
    """Sends what Schemathesis does not record, the way it sends its own: over HTTP or within this process."""

    def __init__(self, schema: OpenApiSchema, facts: Facts) -> None:
        self._schema = schema
        self._facts = facts
        self._operations: dict[str, Any] = {}
        self._session = requests.Session()
        self._session.trust_env = False

    def send(
        self,
        operation_id: str,
        path: Mapping[str, object] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        body: object = NOT_SET,
    ) -> Response:
        """Send a request for an operation, as the account's user."""
        if operation_id not in self._operations:
            self._operations[operation_id] = self._schema.find_operation_by_id(operation_id)
        operation = self._operations[operation_id]
        case = operation.Case(
            path_parameters={**(path or {}), "account_id": self._facts.account_id},
            headers={"Authorization": self._facts.authorization},
            query=dict(query or {}),
            body=body,
            media_type=None if body is NOT_SET else "application/json",
        )
        response: Response = case.call(session=self._session if operation.app is None else None)
        return response


def read_resource(response: Response) -> Resource | None:
    """Return the resource that a response holds, untagged if it has no ETag; None if it holds none."""
    resource = Resource(read_object(response), response.headers.get("etag", [""])[0])
    try:
        resource.position  # noqa: B018 it raises what tells
    except (ValueError, KeyError, TypeError):
        return None
    return resource


def read_object(response: Response) -> dict[str, Any]:
    """Return the JSON object that a response holds; an empty one if it holds none."""
    value = read_json(response)
    return value if isinstance(value, dict) else {}


def read_json(response: Response) -> object:
    """Return the JSON value that a response holds; None if it holds none."""
    try:
        value: object = response.json()
    except ValueError:
        return None
    return value
