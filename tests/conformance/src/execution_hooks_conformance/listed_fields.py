"""Responses as a client sees them that ignores what the contract does not list (D-108)."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from schemathesis import Response


class ListedResponse:
    """Stands in the place of a response; its JSON has no fields but those of some names."""

    def __init__(self, response: Response, names: frozenset[str]) -> None:
        self._response = response
        self._names = names

    def json(self) -> object:
        """Return the JSON value. Raises ValueError if there is none."""
        return _listed(self._response.json(), self._names)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 as in what it stands for
        return getattr(self._response, name)


def as_listed(response: Response, names: frozenset[str] | None) -> Response:
    """Return a response with fields of some names alone; None is all."""
    return response if names is None else cast("Response", ListedResponse(response, names))


def names_of_fields(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of all fields that the schemas of a contract have."""
    return frozenset(_names(document["components"]["schemas"]))


def _names(node: Any) -> Iterator[str]:  # noqa: ANN401 any JSON value
    if isinstance(node, Mapping):
        yield from node.get("properties", ())
        node = [*node.values()]
    if isinstance(node, list):
        for each in node:
            yield from _names(each)


def _listed(value: Any, names: frozenset[str]) -> Any:  # noqa: ANN401 any JSON value
    if isinstance(value, list):
        return [_listed(each, names) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {name: _listed(each, names) for name, each in value.items() if name in names}
