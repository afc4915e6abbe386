"""Responses as a client sees them that ignores what the contract does not list (D-108)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from schemathesis import Case, Response

from execution_hooks_conformance.oracle.references import resolved

Node = Mapping[str, Any]


class ListedFields:
    """The fields that a contract lists for each response, by the schema that the response has there."""

    def __init__(self, document: Node) -> None:
        self._document = document

    def seen(self, case: Case[Any], response: Response) -> Response:
        """Return a response to a case whose JSON has listed fields alone."""

        def listed(value: object) -> object:
            return self.of(case.path, case.method, response.status_code, value)

        return cast("Response", _ListedResponse(response, listed))

    def of(self, path: str, method: str, status: int, value: object) -> object:
        """Return the JSON value of a response without unlisted fields.

        It stays as it is where the contract has no schema for the response.
        """
        responses = self._document["paths"][path].get(method.lower(), {}).get("responses", {})
        response = responses.get(str(status)) or responses.get("default") or {}
        content = resolved(response, self._document).get("content", {})
        return next((self._listed(value, [part["schema"]]) for part in content.values()), value)

    def _listed(self, value: object, schemas: list[Node]) -> object:
        """Return a value with those fields that any of some schemas lists; all if none lists one."""
        known = [each for schema in schemas for each in self._branches(schema)]
        if isinstance(value, list):
            items = [each["items"] for each in known if "items" in each]
            return [self._listed(each, items) for each in value]
        fields: dict[str, list[Node]] = {}
        for each in known:
            for name, schema in each.get("properties", {}).items():
                fields.setdefault(name, []).append(schema)
        if not isinstance(value, Mapping) or not fields:
            return value
        return {name: self._listed(each, fields[name]) for name, each in value.items() if name in fields}

    def _branches(self, schema: Node) -> Iterator[Node]:
        """Yield a schema, and those that it is put together from."""
        whole = resolved(schema, self._document)
        yield whole
        for keyword in ("allOf", "anyOf", "oneOf"):
            for each in whole.get(keyword, ()):
                yield from self._branches(each)


class _ListedResponse:
    """Stands in the place of a response; its JSON has listed fields alone."""

    def __init__(self, response: Response, listed: Callable[[object], object]) -> None:
        self._response = response
        self._listed = listed

    def json(self) -> object:
        """Return the JSON value. Raises ValueError if there is none."""
        return self._listed(self._response.json())

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 as in what it stands for
        return getattr(self._response, name)
